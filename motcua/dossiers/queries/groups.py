"""Groups of procedures as their keeper sees them: versions, what was received under each, places, and what is wrong."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from motcua.catalogue import queries as catalogue
from motcua.catalogue.actions import BundleFacts, BundlePartFacts
from motcua.catalogue.queries import BundlePartView, BundleView, IntakeSheet, VersionView
from motcua.core.refusal import Refused
from motcua.dossiers.models import Joint
from motcua.dossiers.queries.competence import find_agency_choices
from motcua.dossiers.rules import interlinked
from motcua.dossiers.rules.interlinked import Group, Order, Part, Start
from motcua.processes import queries as processes
from motcua.worktime.rules import StartRule

SHOWN_PLACES = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a group from being stated, at the field it is typed in."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Places:
    """Who may decide a part today: how many agencies, the first of them, and whether they have a process."""

    number: int
    names: tuple[str, ...]
    has_process: bool
    procedure_name: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a group with what was received under it."""

    held: VersionView
    received: int

    @property
    def bundle(self) -> BundleView:
        """What it states."""
        return self.held.bundle


def check_group(facts: BundleFacts, on: date) -> list[Fault]:
    """Everything that is wrong with it, part by part, then as a whole."""
    faults = [fault for part in facts.parts for fault in _check_part(part, on)]
    codes = [part.procedure_code for part in facts.parts]
    if len(facts.parts) < 2:
        faults.append(Fault("", _("Nhóm liên thông có từ hai phần.")))
    if len(set(codes)) < len(codes):
        faults.append(Fault("", _("Một thủ tục chỉ là một phần của nhóm.")))
    if facts.verified_days is not None and facts.verified_days < (facts.total_days or 0):
        faults.append(Fault("verified_days", _("Thời hạn khi xác minh không ngắn hơn thời hạn thường.")))
    return faults or _check_whole(facts)


def _check_part(part: BundlePartFacts, on: date) -> list[Fault]:
    try:
        sheet = catalogue.get_intake_sheet(part.procedure_code, on)
    except Refused as no:
        return [Fault(f"p{part.no}_procedure", no.message)]
    if not sheet.is_operated:
        message = _("Thủ tục %(code)s chưa được tổ chức thực hiện tại tỉnh.") % {"code": sheet.code}
        return [Fault(f"p{part.no}_procedure", message)]
    return _check_papers(part, sheet)


def find_paper_choices(code: str, *, on: date) -> list[tuple[str, str]]:
    """The papers of a procedure by name, each once, those that must be there first; none where it is not received."""
    if not code:
        return []
    try:
        sheet = catalogue.get_intake_sheet(code, on)
    except Refused:
        return []
    found: dict[str, str] = {}
    for paper in (component for case in sheet.cases for component in case.components if component.code):
        found.setdefault(paper.code, paper.label or paper.name)
    return list(found.items())


def _check_papers(part: BundlePartFacts, sheet: IntakeSheet) -> list[Fault]:
    known = {c.code for case in sheet.cases for c in case.components}
    missing = [code for code in part.papers if code not in known]
    if not missing:
        return []
    message = _("Thủ tục %(code)s không có giấy tờ mã %(papers)s.")
    return [Fault(f"p{part.no}_papers", message % {"code": sheet.code, "papers": ", ".join(missing)})]


def _check_whole(facts: BundleFacts) -> list[Fault]:
    """As it would be promised: no part waits for itself or for none, the longest way fits."""
    parts = tuple(Part(p.no, p.name, p.days, p.needs, Start(p.start)) for p in facts.parts)
    group = Group(
        facts.name, facts.total_days, StartRule(facts.start_rule), StartRule(facts.part_start_rule), parts, facts.basis
    )  # fmt: skip
    try:
        interlinked.require_group(group, Order(facts.order), _)
    except Refused as no:
        return [Fault("total_days" if no.code == "too_long" else "", no.message)]
    return []


def find_versions(code: str) -> list[Version]:
    """Every version of a group, the newest first, with how many wholes were received under it."""
    held = catalogue.find_bundle_versions(code)
    ids = [one.bundle.id for one in held]
    counted = dict(
        Joint.objects.filter(bundle__in=ids).values_list("bundle").annotate(n=Count("pk")).order_by()
    )
    return [Version(one, counted.get(one.bundle.id, 0)) for one in held]


def find_places_of(part: BundlePartView, on: date) -> Places:
    """Where a part would be decided today."""
    try:
        sheet = catalogue.get_intake_sheet(part.procedure_code, on)
    except Refused as no:
        return Places(0, (), False, "", no.message)
    found = find_agency_choices(sheet, on=on)
    has_process = bool(found) and processes.find_process(sheet.code, found[0][0], on) is not None
    problem = (
        ""
        if has_process
        else _("chưa có quy trình nội bộ được công bố")
        if found
        else _("không có cơ quan giải quyết")
    )
    return Places(
        len(found), tuple(name for _id, name in found[:SHOWN_PLACES]), has_process, sheet.name, problem
    )
