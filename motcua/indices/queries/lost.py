"""Why points are lost: which procedures, and which dossiers, worst first."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce

from motcua.catalogue import queries as catalogue
from motcua.dossiers import access as dossiers
from motcua.feedback import queries as feedback
from motcua.figures import queries as figures
from motcua.figures.queries import Cell
from motcua.figures.rules import Measure, Period
from motcua.indices.models import paid_store, store
from motcua.indices.queries.live import (
    Known,
    find_full_online,
    find_known,
    find_owed,
    merge_owed,
    merge_units,
)
from motcua.organisations.rules import Actor
from motcua.worktime.rules import ZONE

MOST_PROCEDURES, MOST_DOSSIERS = 30, 60
LATE = (Measure.LATE, Measure.PENDING_OVERDUE)
ELSEWHERE, OF_ONLINE, OF_PORTAL = (Measure.NEW_COUNTER, Measure.NEW_POSTAL), "3.x", "1.4"
OF_PROCEDURES = ("1.3", "3.1", "3.2")
LACKING = {"4.1": Measure.ELECTRONIC, "4.2": Measure.DIGITISED}
OF_PAYMENT, OF_PAYING = "3.6", "3.5b"
BY_LATENESS, BY_ANSWERS = ("2.1", "5.4"), "5.4"


@dataclass(frozen=True, slots=True)
class Loss:
    """What costs points: procedures with how many dossiers, and the dossiers the reader may see."""

    procedures: tuple[tuple[str, str, int], ...]
    dossiers: tuple[object, ...]
    count: int
    is_of_procedures: bool = False


def find_loss(actor: Actor, code: str, period: Period, unit_id: int) -> Loss | None:
    """What costs the points of an indicator; None where the house does not know.

    Late dossiers come with the latest first; those without papers, the newest first.
    """
    agencies = figures.find_agencies(unit_id, period.last_on)
    if code in BY_LATENESS:
        loss = _add_repeated(actor, _find_late(actor, period, agencies), period, agencies)
        return _add_disliked(actor, loss, period, agencies) if code == BY_ANSWERS else loss
    if code == OF_ONLINE:
        return _find_not_online(actor, period, agencies)
    if code in OF_PROCEDURES:
        return _find_procedures(code, period, agencies)
    if code == OF_PORTAL:
        return _find_untold(actor, period, agencies)
    if code == OF_PAYMENT:
        return _find_offline(actor, period, agencies)
    if code == OF_PAYING:
        return _find_unpaid(period, agencies)
    if code in LACKING:
        return _find_lacking(actor, code, period, agencies)
    return None


def _find_late(actor: Actor, period: Period, agencies: list[int] | None) -> Loss:
    rows = figures.get_rows(period, agencies, by=("procedure",))
    procedures = Counter({row.procedure_code: row.counts.sum_of(LATE) for row in rows})
    ids = figures.find_worst(period, agencies, MOST_DOSSIERS * 5)
    seen = dossiers.visible_to(actor).filter(pk__in=ids)
    end = datetime.combine(period.last_on + timedelta(days=1), time.min, ZONE)
    late = Coalesce(F("finished_at"), Value(end, DateTimeField())) - F("due_at")
    worst = seen.annotate(late=late).order_by("-late", "pk")[:MOST_DOSSIERS]
    return Loss(_name(procedures), tuple(worst), procedures.total())


def _add_repeated(actor: Actor, loss: Loss, period: Period, agencies: list[int] | None) -> Loss:
    """Dossiers asked for more than once cost as late ones do."""
    rows = store.find_repeated(period.first_on, period.last_on, agencies)
    ids = {dossier_id for dossier_id, _agency, _code in rows}
    seen = dossiers.visible_to(actor).filter(pk__in=ids).order_by("-pk")[:MOST_DOSSIERS]
    procedures = Counter({code: count for code, _name, count in loss.procedures})
    procedures.update(code for _id, _agency, code in rows)
    return Loss(_name(procedures), (*loss.dossiers, *seen), loss.count + len(ids))


def _find_not_online(actor: Actor, period: Period, agencies: list[int] | None) -> Loss:
    """Dossiers that came by another way though all of their procedure can be done online, the newest first."""
    rows = find_full_online(period, agencies)
    procedures: Counter[str] = Counter()
    for one in rows:
        procedures[one.row.procedure_code] += one.row.total - one.row.online
    cell = Cell(period, ELSEWHERE, frozenset(agencies) if agencies is not None else None)
    stays = figures.find_stays_of(cell).values("dossier_id")
    seen = dossiers.visible_to(actor).filter(pk__in=stays, procedure_code__in=list(procedures))
    return Loss(_name(procedures), tuple(seen.order_by("-pk")[:MOST_DOSSIERS]), procedures.total())


def _find_procedures(code: str, period: Period, agencies: list[int] | None) -> Loss:
    """Procedures with dossiers in the period that lack what the indicator counts, those with most dossiers first."""
    lacking: Counter[str] = Counter()
    for one in merge_units(find_known(period, agencies)):
        if _lacks(code, one):
            lacking[one.row.procedure_code] += one.row.total
    return Loss(_name(lacking), (), len(lacking), is_of_procedures=True)


def _lacks(code: str, one: Known) -> bool:
    if code == "1.3":
        return not one.facts.is_whole
    return not one.facts.is_online if code == "3.1" else one.facts.is_online and not one.row.online


def _find_untold(actor: Actor, period: Period, agencies: list[int] | None) -> Loss | None:
    """Dossiers received in the period with a status the national portal has not taken, the newest first."""
    rows = store.find_untold(period.first_on, period.last_on, agencies)
    if rows is None:
        return None
    seen = dossiers.visible_to(actor).filter(pk__in=[row[0] for row in rows]).order_by("-pk")
    return Loss(_name(Counter(code for _id, _agency, code in rows)), tuple(seen[:MOST_DOSSIERS]), len(rows))


def _find_offline(actor: Actor, period: Period, agencies: list[int] | None) -> Loss:
    """Dossiers with something to pay that was not paid on the portal, the newest first."""
    owed = merge_owed(find_owed(period, agencies).values())
    unpaid = Counter({code: one.total - one.online for code, one in owed.items()})
    ids = paid_store.find_offline(period.first_on, period.last_on, agencies, MOST_DOSSIERS * 5)
    seen = dossiers.visible_to(actor).filter(pk__in=ids).order_by("-pk")
    return Loss(_name(unpaid), tuple(seen[:MOST_DOSSIERS]), unpaid.total())


def _find_unpaid(period: Period, agencies: list[int] | None) -> Loss:
    """Procedures with something to pay that nobody paid on the portal, those with most dossiers first."""
    owed = merge_owed(find_owed(period, agencies).values())
    lacking = Counter({code: one.total for code, one in owed.items() if not one.online})
    return Loss(_name(lacking), (), len(lacking), is_of_procedures=True)


def _add_disliked(actor: Actor, loss: Loss, period: Period, agencies: list[int] | None) -> Loss:
    """Dossiers in time that were answered to badly cost as well."""
    rows = feedback.find_disliked(period.first_on, period.last_on, agencies)
    ids = {dossier_id for dossier_id, _agency in rows}
    ids -= figures.find_late_among(ids, period)
    ids -= {row[0] for row in store.find_repeated(period.first_on, period.last_on, agencies)}
    seen = dossiers.visible_to(actor).filter(pk__in=ids).order_by("-pk")[:MOST_DOSSIERS]
    return Loss(loss.procedures, (*loss.dossiers, *seen), loss.count + len(ids))


def _find_lacking(actor: Actor, code: str, period: Period, agencies: list[int] | None) -> Loss:
    have = LACKING[code]
    rows = figures.get_rows(period, agencies, by=("procedure",))
    lacking = Counter({row.procedure_code: row.counts.resolved - row.counts.get(have) for row in rows})
    ids = store.find_lacking(code, period.first_on, period.last_on, agencies, MOST_DOSSIERS * 5)
    seen = dossiers.visible_to(actor).filter(pk__in=ids).order_by("-pk")
    return Loss(_name(lacking), tuple(seen[:MOST_DOSSIERS]), lacking.total())


def _name(procedures: Counter[str]) -> tuple[tuple[str, str, int], ...]:
    most = [(code, count) for code, count in procedures.most_common(MOST_PROCEDURES) if count]
    names = catalogue.find_names(code for code, _count in most)
    return tuple((code, names.get(code, code), count) for code, count in most)
