"""A change of a calendar tried before it is made: which running dossiers would be promised for another day."""

from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.pages import render
from motcua.dossiers.queries.recount import Moved, count_concerned, find_moved
from motcua.organisations.requests import OfficerRequest
from motcua.worktime import queries as worktime
from motcua.worktime.access import require_keeper

MOST_SHOWN = 100
MOST_TRIED = 20_000
UNSENT = frozenset({"csrfmiddlewaretoken", "again"})


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do to running dossiers."""

    moved: list[Moved]
    failed: list[Moved]
    # Running dossiers of the calendar beyond those that were tried.
    untried: int = 0

    @property
    def later(self) -> int:
        """How many would have to wait longer."""
        return sum(one.is_later for one in self.moved)


@require_POST
def try_change(request: OfficerRequest, rest: str) -> HttpResponse:
    """/van-hanh/thu-lich/…: the act itself is done, its effect read, and everything undone.

    A form that is refused is shown by its own page.
    """
    require_keeper(request.actor)
    address = reverse("worktime:calendars") + rest
    effect = None
    with transaction.atomic():
        answer = _act(request, address)
        if answer.status_code == 302:
            effect = _read_effect()
        transaction.set_rollback(True)
    worktime.forget_calendars()
    if effect is None:
        return answer
    list(get_messages(request))  # what the act said was not so: neither shown now nor later
    context = {
        "messages": (),
        "effect": effect,
        "shown": effect.moved[:MOST_SHOWN],
        "most": MOST_TRIED,
        "address": address,
        "typed": [
            (name, value) for name, values in request.POST.lists() if name not in UNSENT for value in values
        ],
    }
    return render(request, "desk/calendar_effect.html", context)


def _act(request: OfficerRequest, address: str) -> HttpResponse:
    try:
        match = resolve(address)
    except Resolver404 as missing:
        raise Http404(_("Không có địa chỉ này.")) from missing
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


def _read_effect() -> Effect:
    """What the change just made, not yet kept, does to running dossiers."""
    change = worktime.find_unfollowed()[-1:]
    found: list[Moved] = []
    concerned = 0
    for one in change:
        if one.first_on is not None:
            code = one.calendar.code if one.calendar else ""
            found += find_moved(code, one.first_on, worktime.read_calendar, most=MOST_TRIED)
            concerned += count_concerned(code, one.first_on)
    return Effect(
        [one for one in found if not one.fault and not one.is_same_moment],
        [one for one in found if one.fault],
        max(0, concerned - MOST_TRIED),
    )
