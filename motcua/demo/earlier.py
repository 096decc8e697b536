"""A few dossiers of the commune that was: ended long ago, kept as long as they had to be, and waiting for a decision."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from motcua.catalogue.queries import get_intake_sheet
from motcua.demo.applicants import make_applicant
from motcua.demo.places import NEW, OLD_COMMUNE
from motcua.dossiers import actions
from motcua.dossiers.actions import Intake, PartFacts
from motcua.dossiers.models import Dossier
from motcua.organisations import queries as organisations
from motcua.organisations.models import Assignment
from motcua.organisations.rules import SYSTEM, Actor
from motcua.worktime import queries as worktime
from motcua.worktime.rules import ZONE, add_working_hours

# Certified copies, kept two years: the shortest time there is in the demonstration.
PROCEDURE, YEARS = "2.000815", 2
COUNT, FIRST_NUMBER = 6, 9001
OFFICER = "huongphung.tiepnhan1"
DELEGATION = "Văn bản ủy quyền ký chứng thực (trình diễn)"


def load(at: datetime) -> int:
    """Let them be received and answered at the counter; the commune of today took over what it was; how many, once."""
    first = date(min(timezone.localdate(at).year - YEARS - 1, NEW.year - 1), 9, 18)
    if Dossier.objects.filter(received_at__year=first.year).exists():
        return 0
    old = organisations.find_unit_by_code(OLD_COMMUNE, first)
    row = Assignment.objects.on(first).filter(user__username=OFFICER).select_related("user").first()
    actor = organisations.get_actor(row.user, row.pk, first) if row else None
    if old is None or actor is None:
        return 0
    _open_book(old.id, first)
    for number in range(COUNT):
        _settle(actor, number, first + timedelta(weeks=number))
    return COUNT


def _open_book(agency_id: int, first: date) -> None:
    actions.open_series(
        actor=SYSTEM, agency_id=agency_id, code="CT", name="Sổ chứng thực (trình diễn)", pattern="{n}/CT-BS",
        first_day=date(first.year, 1, 1), at=datetime.combine(first, time(8), ZONE),
    )  # fmt: skip


def _settle(actor: Actor, number: int, day: date) -> None:
    """Received, certified by the power given in writing, and handed back, in one morning."""
    received_at = add_working_hours(datetime.combine(day, time(7), ZONE), 1.5, worktime.get_calendar())
    sheet = get_intake_sheet(PROCEDURE, day)
    parts = sheet.cases[0].components if sheet.cases else ()
    intake = Intake(
        procedure_code=sheet.code,
        portal_id=sheet.portal_id,
        case_id=sheet.cases[0].id if sheet.cases else None,
        applicant=make_applicant(Random(day.toordinal()), FIRST_NUMBER + number, actor.agency_name),
        parts=tuple(PartFacts(part.id, originals=1, copies=1) for part in parts[:2]),
        missing_reason="Không thuộc trường hợp phải nộp.",
    )
    dossier = actions.receive(actor=actor, intake=intake, at=received_at)
    actions.settle_on_spot(
        actor=actor, dossier_code=dossier.code, delegation=DELEGATION,
        collector_name=intake.applicant.full_name, at=received_at + timedelta(minutes=40),
    )  # fmt: skip
