"""What the public pages tell of procedures, in short: whether they are whole, and how one may file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from motcua.catalogue.models import Channel, Component, Operation, ProcedureVersion
from motcua.catalogue.rules import ChannelKind, LimitUnit, ProcedureKind


@dataclass(frozen=True, slots=True)
class PublishedFacts:
    """Of a procedure as published on a day.

    `is_whole`: ways of filing, papers, a time limit and who carries it out are all told (of the seven parts of Decree
    63/2010 art. 8.2 those this house keeps); `is_online`: it may be filed online; `is_full_online`: all of it is done online.
    """

    is_whole: bool
    is_online: bool
    is_full_online: bool


def find_published(codes: Iterable[str], on: date) -> dict[str, PublishedFacts]:
    """The facts of these procedures, those that stand on the public pages alone; one code at two portals is told once."""
    channels = Channel.objects.filter(version=OuterRef("pk"))
    operated = Operation.objects.on(on).filter(procedure=OuterRef("procedure_id"))
    rows = (
        ProcedureVersion.objects.on(on)
        .filter(procedure__code__in=set(codes))
        .exclude(kind=ProcedureKind.INTERNAL)
        .annotate(
            has_ways=Exists(channels),
            has_online=Exists(channels.filter(kind=ChannelKind.ONLINE)),
            has_papers=Exists(Component.objects.filter(case__version=OuterRef("pk"))),
            has_limit=Exists(channels.exclude(limit_unit=LimitUnit.NONE))
            | Exists(operated.exclude(limit_unit=LimitUnit.NONE)),
        )
        .order_by("procedure__code", "procedure__portal_id")
    )
    told: dict[str, PublishedFacts] = {}
    for code, levels, agencies, full, ways, online, papers, limit in rows.values_list(
        "procedure__code", "levels", "agencies", "is_full_online", "has_ways", "has_online", "has_papers", "has_limit"
    ):  # fmt: skip
        is_whole = ways and papers and limit and bool(levels or agencies)
        told.setdefault(code, PublishedFacts(is_whole, online or full, full))
    return told
