"""What may be asked of internal processes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.catalogue import queries as catalogue
from motcua.catalogue.stamps import StampedAnswers
from motcua.core.refusal import Refused
from motcua.organisations.rules import SYSTEM, Actor
from motcua.processes import access
from motcua.processes.models import ProcessStamp, ProcessVersion, Step
from motcua.processes.rules import StepView

STAMP = "processes"


@dataclass(frozen=True, slots=True)
class ProcessView:
    """A version of a process with its steps, as a dossier keeps it."""

    version_id: int
    procedure_code: str
    number: int
    decision_number: str
    published_on: date | None
    is_demonstration: bool
    source: str
    total_hours: Decimal | None
    steps: tuple[StepView, ...]

    def get_step(self, no: int) -> StepView:
        """The step with this number."""
        return next(step for step in self.steps if step.no == no)


def _read_stamp() -> str:
    return ProcessStamp.objects.filter(name=STAMP).values_list("value", flat=True).first() or ""


_answers = StampedAnswers(_read_stamp)


def forget() -> None:
    """Empty this server process's memory of processes; others notice the stamp within seconds."""
    _answers.forget()


def get_process(procedure_code: str, agency_id: int | None, on: date) -> ProcessView:
    """The process published for an agency, or for its whole level, as of a day.

    :raises Refused: none was published by that day.
    """
    process = find_process(procedure_code, agency_id, on)
    if process is None:
        raise Refused(
            "no_process",
            _("Thủ tục %(code)s chưa có quy trình nội bộ được công bố.") % {"code": procedure_code},
        )
    return process


def find_process(procedure_code: str, agency_id: int | None, on: date) -> ProcessView | None:
    """As `get_process`, or nothing."""
    return _answers.get((procedure_code, agency_id, on), lambda: _read(procedure_code, agency_id, on))


def get_version(version_id: int) -> ProcessView:
    """The steps of one version; published ones never change and are kept in memory."""
    return _answers.get(("version", version_id), lambda: view(_versions().get(pk=version_id)))


def _read(procedure_code: str, agency_id: int | None, on: date) -> ProcessView | None:
    versions = _versions().filter(
        Q(process__agency=agency_id) | Q(process__agency=None),
        Q(replaced_on=None) | Q(replaced_on__gt=on),
        process__procedure_code=procedure_code,
        published_on__lte=on,
    )
    # An agency's own process comes before the one of its level; `False` sorts first.
    found = min(versions, key=lambda v: (v.process.agency_id is None, -v.number), default=None)
    return view(found) if found else None


def _versions() -> QuerySet[ProcessVersion]:
    return ProcessVersion.objects.select_related("process").prefetch_related(
        Prefetch("steps", Step.objects.order_by("no"))
    )


def find_latest(procedure_code: str, agency_id: int | None) -> ProcessView | None:
    """The newest version, draft or published, of a process; read each time."""
    rows = _versions().filter(process__procedure_code=procedure_code, process__agency=agency_id)
    version = rows.order_by("-number").first()
    return view(version) if version else None


def find_missing_codes(codes: list[str]) -> set[str]:
    """Codes no procedure of the catalogue has."""
    return catalogue.find_missing_codes(codes)


WAITING = "submitted"
"""Drafts an agency has sent to the province, as a choice of the list beside the states."""


def find_versions(text: str = "", state: str = "", actor: Actor = SYSTEM) -> list[ProcessVersion]:
    """The newest version of each process and any draft beside it, as far as the actor sees them."""
    rows = access.visible_to(actor).exclude(state="replaced")
    if state == WAITING:
        rows = rows.filter(state="draft", submitted_at__isnull=False)
    elif state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(
            process__procedure_code__in=[row.code for row in catalogue.search(text, limit=200)]
        )
    return list(
        rows.annotate(step_count=Count("steps")).order_by(
            "process__procedure_code", "process__agency", "number"
        )
    )


def get_version_row(version_id: int, actor: Actor = SYSTEM) -> ProcessVersion:
    """The row of a version, for the administration's page.

    :raises Refused: there is none, or it is a draft of another agency.
    """
    rows = access.visible_to(actor).prefetch_related(Prefetch("steps", Step.objects.order_by("no")))
    version = rows.filter(pk=version_id).first()
    if version is None:
        raise Refused("not_found", _("Không có quy trình này."))
    return version


def find_sisters(process_id: int) -> list[ProcessVersion]:
    """Every version of a process, the newest first."""
    return list(ProcessVersion.objects.filter(process=process_id).order_by("-number"))


def view(version: ProcessVersion) -> ProcessView:
    """The frozen view of a version with its steps."""
    return ProcessView(
        version_id=version.pk,
        procedure_code=version.process.procedure_code,
        number=version.number,
        decision_number=version.decision_number,
        published_on=version.published_on,
        is_demonstration=version.is_demonstration,
        source=version.source,
        total_hours=version.total_hours,
        steps=tuple(
            StepView(s.no, s.name, s.post, s.unit_role, s.hours, s.product, tuple(s.runs_after))
            for s in version.steps.all()
        ),
    )
