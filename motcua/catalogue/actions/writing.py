"""The rows that hang on a version, written in bulk."""

from collections.abc import Sequence

from motcua.catalogue.exchange.facts import ProcedureFacts
from motcua.catalogue.models import Channel, Component, Fee, ProcedureCase, ProcedureVersion, ResultKind
from motcua.catalogue.rules import short_label
from motcua.core.copying import copy_rows, take_keys

Versions = Sequence[tuple[ProcedureVersion, ProcedureFacts]]


def write_children(versions: Versions) -> None:
    """Cases with their components, channels with their fees, and results of new versions."""
    _write_cases(versions)
    _write_channels(versions)
    copy_rows(
        ResultKind,
        ("version_id", "no", "code", "name"),
        (
            (version.pk, no, result.code, result.name)
            for version, facts in versions
            for no, result in enumerate(facts.results, 1)
        ),
    )


def _write_cases(versions: Versions) -> None:
    placed = [
        (version.pk, no, block) for version, facts in versions for no, block in enumerate(facts.blocks, 1)
    ]
    keys = take_keys(ProcedureCase, len(placed))
    copy_rows(
        ProcedureCase,
        ("id", "version_id", "no", "name", "kind"),
        (
            (key, version, no, block.name, block.kind)
            for key, (version, no, block) in zip(keys, placed, strict=True)
        ),
    )
    copy_rows(
        Component,
        ("case_id", "no", "code", "name", "label", "originals", "copies"),
        (
            (key, no, paper.code, paper.name, short_label(paper.name), paper.originals, paper.copies)
            for key, (_version, _no, block) in zip(keys, placed, strict=True)
            for no, paper in enumerate(block.components, 1)
        ),
    )


def _write_channels(versions: Versions) -> None:
    placed = [
        (version.pk, no, way) for version, facts in versions for no, way in enumerate(facts.channels, 1)
    ]
    keys = take_keys(Channel, len(placed))
    copy_rows(
        Channel,
        ("id", "version_id", "no", "kind", "limit_amount", "limit_unit"),
        (
            (key, version, no, way.kind, way.limit_amount, way.limit_unit)
            for key, (version, no, way) in zip(keys, placed, strict=True)
        ),
    )
    copy_rows(
        Fee,
        ("channel_id", "no", "kind", "name", "amount", "currency"),
        (
            (key, no, fee.kind, fee.name, fee.amount, fee.currency)
            for key, (_version, _no, way) in zip(keys, placed, strict=True)
            for no, fee in enumerate(way.fees, 1)
        ),
    )
