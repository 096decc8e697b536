"""The books of result numbers of the demonstration."""

from datetime import date, datetime

from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.models import Series
from motcua.organisations import queries as organisations
from motcua.organisations.models import Assignment
from motcua.organisations.rules import SYSTEM, Kind, Post


def open_series(at: datetime) -> None:
    """A book of results for each agency that decides."""
    on = timezone.localdate(at)
    agencies = [
        u
        for kind in (Kind.COMMUNE, Kind.DEPARTMENT, Kind.VERTICAL_AGENCY)
        for u in organisations.find_units(kind=kind, on=on)
    ]
    posts = Assignment.objects.on(on).filter(post=Post.APPROVER).values_list("unit_id", flat=True)
    deciding = set(posts)
    for unit in agencies:
        if unit.id in deciding and not Series.objects.filter(agency_id=unit.id).exists():
            actions.open_series(
                actor=SYSTEM, agency_id=unit.id, code="KQ", name="Sổ cấp số kết quả giải quyết (trình diễn)",
                pattern="{n}/KQ-TTHC", first_day=date(on.year - 1, 1, 1), at=at,
            )  # fmt: skip
