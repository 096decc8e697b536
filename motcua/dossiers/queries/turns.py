"""What the turns of a dossier say: its rounds of completion, its stand-stills, its moved promises."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.dossiers.models import Dossier, PromiseChange, SupplementRequest, Suspension
from motcua.dossiers.rules import supplement as rules


@dataclass(frozen=True, slots=True)
class IndexClock:
    """The dossier as Decision 766 (2.1) counts it: the limit does not begin anew, only the waits are taken off."""

    waited: timedelta
    times_asked: int
    is_overdue_by_times: bool


def find_requests(dossier: Dossier) -> list[SupplementRequest]:
    """The rounds in which the applicant was asked, the first first."""
    return list(SupplementRequest.objects.filter(dossier=dossier).order_by("no"))


def find_suspensions(dossier: Dossier) -> list[Suspension]:
    """The stand-stills on a ground of the list, the first first."""
    return list(Suspension.objects.filter(dossier=dossier).order_by("pk"))


def find_promise_changes(dossier: Dossier) -> list[PromiseChange]:
    """How the promise was moved, the first first."""
    return list(PromiseChange.objects.filter(dossier=dossier).order_by("pk"))


def as_round(request: SupplementRequest) -> rules.Round:
    """A kept round as the rules read it; one that ended with the dossier is answered then."""
    return rules.Round(
        rules.Stage(request.stage),
        rules.Asker(request.asker),
        request.agency_id,
        request.asked_at,
        request.due_at,
        request.answered_at or request.ended_at,
        request.override_reason,
    )


def measure_index(requests: list[SupplementRequest], most_times: int, until: datetime) -> IndexClock:
    """What the national index sees of the rounds up to a moment."""
    rounds = [as_round(one) for one in requests]
    times = sum(one.stage is rules.Stage.DURING_HANDLING for one in rounds)
    return IndexClock(
        rules.measure_index_wait(rounds, until), times, rules.counts_as_late_in_index(rounds, most_times)
    )
