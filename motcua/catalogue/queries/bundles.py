"""Groups of procedures under one form, as of a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from motcua.catalogue.models import Bundle, BundlePart
from motcua.catalogue.queries.sheet import Case, IntakeSheet
from motcua.core.reading import read_row
from motcua.core.refusal import Refused


@dataclass(frozen=True, slots=True)
class BundlePartView:
    """One procedure of a group."""

    no: int
    procedure_code: str
    name: str
    days: Decimal
    second_days: Decimal | None
    needs: tuple[int, ...]
    start: str
    may_verify: bool
    tells_at_once: bool
    work: str
    papers: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class BundleView:
    """A group as it holds on a day."""

    id: int
    code: str
    name: str
    total_days: Decimal | None
    verified_days: Decimal | None
    start_rule: str
    part_start_rule: str
    order: str
    take_over_hours: Decimal
    basis: str
    parts: tuple[BundlePartView, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A group as it holds from a day, with the words of its choices."""

    bundle: BundleView
    valid_from: date
    valid_to: date | None
    start_label: str
    part_start_label: str
    order_label: str

    def holds_on(self, on: date) -> bool:
        """Whether something may be received under it on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def last_day(self) -> date | None:
        """The last day it holds, where one is known."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


def find_bundle_versions(code: str = "") -> list[VersionView]:
    """Every version of a group, or of all of them, the newest first."""
    rows = _rows().filter(code=code) if code else _rows()
    return [
        VersionView(
            _view(row),
            row.valid_from,
            row.valid_to,
            str(row.get_start_rule_display()),
            str(row.get_part_start_rule_display()),
            str(row.get_order_display()),
        )
        for row in rows.order_by("-valid_from", "code")
    ]


def find_bundles(on: date) -> list[BundleView]:
    """Every group in force, by name: two statements."""
    return [_view(row) for row in _rows().filter(pk__in=Bundle.objects.on(on).values("pk")).order_by("name")]


def get_bundle(code: str, on: date) -> BundleView:
    """The group with this code on a day.

    :raises Refused: none is in force.
    """
    held = "code = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s) LIMIT 1"
    row = read_row(Bundle, held, [code, on, on]) if "\0" not in code else None
    if row is None:
        raise Refused("not_found", _("Không có nhóm thủ tục liên thông này còn hiệu lực."))
    return get_bundle_version(row.pk)


@lru_cache(maxsize=256)
def get_bundle_version(bundle_id: int) -> BundleView:
    """The group a dossier was received under, in force or not; what was stated of it once is never changed."""
    return _view(_rows().get(pk=bundle_id))


def find_part_case(sheet: IntakeSheet, papers: tuple[str, ...]) -> Case | None:
    """The papers the one form asks of a part: those its group names, else those of the procedure's first case."""
    if not papers:
        return sheet.cases[0] if sheet.cases else None
    found = {
        c.code: (case.id, c) for case in reversed(sheet.cases) for c in case.components if c.code in papers
    }
    named = [found[code] for code in papers if code in found]
    if not named:
        return None
    return Case(named[0][0], "", tuple(component for _case_id, component in named))


def _rows() -> QuerySet[Bundle]:
    return Bundle.objects.prefetch_related(Prefetch("parts", BundlePart.objects.order_by("no")))


def _view(row: Bundle) -> BundleView:
    return BundleView(
        id=row.pk, code=row.code, name=row.name, total_days=row.total_days, verified_days=row.verified_days,
        start_rule=row.start_rule, part_start_rule=row.part_start_rule, order=row.order,
        take_over_hours=row.take_over_hours, basis=row.basis,
        parts=tuple(_part(part) for part in row.parts.all()),
    )  # fmt: skip


def _part(row: BundlePart) -> BundlePartView:
    return BundlePartView(
        no=row.no, procedure_code=row.procedure_code, name=row.name, days=row.days, second_days=row.second_days,
        needs=tuple(row.needs), start=row.start, may_verify=row.may_verify, tells_at_once=row.tells_at_once,
        work=row.work, papers=tuple(row.papers), basis=row.basis,
    )  # fmt: skip
