"""The facts held today, in the shape they are exchanged in: for comparison and for export."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch

from motcua.catalogue.exchange.facts import (
    BlockFacts,
    ChannelFacts,
    ComponentFacts,
    FeeFacts,
    ProcedureFacts,
    ResultFacts,
)
from motcua.catalogue.models import Channel, Component, Fee, ProcedureCase, ProcedureVersion, ResultKind

Key = tuple[str, str]


def get_fingerprints() -> dict[Key, str]:
    """The fingerprint of the latest version of every procedure still in force."""
    rows = ProcedureVersion.objects.filter(valid_to=None).values_list(
        "procedure__code", "procedure__portal_id", "fingerprint"
    )
    return {(code, portal_id): fingerprint for code, portal_id, fingerprint in rows}


def read_facts(keys: Iterable[Key] | None = None, *, operated_only: bool = False) -> Iterator[ProcedureFacts]:
    """The facts of latest versions in order of code: all, those named, or the operated ones."""
    versions = ProcedureVersion.objects.filter(valid_to=None).select_related("procedure", "field")
    if operated_only:
        versions = versions.filter(procedure__operations__valid_to=None, procedure__operations__isnull=False)
    if keys is not None:
        wanted = set(keys)
        versions = versions.filter(procedure__code__in=[code for code, _portal_id in wanted])
    versions = versions.order_by("procedure__code", "procedure__portal_id").prefetch_related(
        Prefetch("cases", ProcedureCase.objects.order_by("no")),
        Prefetch("cases__components", Component.objects.order_by("no")),
        Prefetch("channels", Channel.objects.order_by("no")),
        Prefetch("channels__fees", Fee.objects.order_by("no")),
        Prefetch("results", ResultKind.objects.order_by("no")),
    )
    for version in versions.iterator(chunk_size=500):
        if keys is None or (version.procedure.code, version.procedure.portal_id) in wanted:
            yield _facts(version)


def _facts(version: ProcedureVersion) -> ProcedureFacts:
    return ProcedureFacts(
        code=version.procedure.code,
        portal_id=version.procedure.portal_id,
        name=version.name,
        decision_number=version.decision_number,
        decided_on=version.decided_on,
        published_on=version.published_on,
        field_code=version.field.code,
        field_name=version.field_name,
        promulgator_code=version.promulgator_code,
        promulgator=version.promulgator,
        kind=version.kind,
        levels=tuple(version.levels),
        agencies=tuple(version.agencies),
        legal_basis=tuple(version.legal_basis),
        is_full_online=version.is_full_online,
        is_non_territorial=version.is_non_territorial,
        blocks=tuple(
            BlockFacts(
                b.name,
                b.kind,
                tuple(ComponentFacts(c.code, c.name, c.originals, c.copies) for c in b.components.all()),
            )
            for b in version.cases.all()
        ),
        channels=tuple(
            ChannelFacts(
                c.kind,
                c.limit_amount,
                c.limit_unit,
                tuple(FeeFacts(f.kind, f.name, f.amount, f.currency) for f in c.fees.all()),
            )
            for c in version.channels.all()
        ),
        results=tuple(ResultFacts(r.code, r.name) for r in version.results.all()),
    )
