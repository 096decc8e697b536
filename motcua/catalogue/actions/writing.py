"""The rows that hang on a version, written in bulk."""

from collections.abc import Iterable

from motcua.catalogue.exchange.facts import ProcedureFacts
from motcua.catalogue.models import Channel, Component, Fee, ProcedureCase, ProcedureVersion, ResultKind
from motcua.catalogue.rules import short_label


def write_children(pairs: Iterable[tuple[ProcedureVersion, ProcedureFacts]]) -> None:
    """Cases with their components, channels with their fees, and results of new versions."""
    versions = list(pairs)
    _write_cases(versions)
    _write_channels(versions)
    ResultKind.objects.bulk_create(
        ResultKind(version=version, no=no, code=result.code, name=result.name)
        for version, facts in versions
        for no, result in enumerate(facts.results, 1)
    )


def _write_cases(versions: list[tuple[ProcedureVersion, ProcedureFacts]]) -> None:
    blocks = [block for _version, facts in versions for block in facts.blocks]
    cases = ProcedureCase.objects.bulk_create(
        ProcedureCase(version=version, no=no, name=block.name, kind=block.kind)
        for version, facts in versions
        for no, block in enumerate(facts.blocks, 1)
    )
    Component.objects.bulk_create(
        (
            Component(
                case=case,
                no=no,
                code=paper.code,
                name=paper.name,
                label=short_label(paper.name),
                originals=paper.originals,
                copies=paper.copies,
            )
            for case, block in zip(cases, blocks, strict=True)
            for no, paper in enumerate(block.components, 1)
        ),
        batch_size=2000,
    )


def _write_channels(versions: list[tuple[ProcedureVersion, ProcedureFacts]]) -> None:
    ways = [way for _version, facts in versions for way in facts.channels]
    channels = Channel.objects.bulk_create(
        Channel(
            version=version, no=no, kind=way.kind, limit_amount=way.limit_amount, limit_unit=way.limit_unit
        )
        for version, facts in versions
        for no, way in enumerate(facts.channels, 1)
    )
    Fee.objects.bulk_create(
        Fee(channel=channel, no=no, kind=fee.kind, name=fee.name, amount=fee.amount, currency=fee.currency)
        for channel, way in zip(channels, ways, strict=True)
        for no, fee in enumerate(way.fees, 1)
    )
