"""Each article the turns of a dossier stand on, as a table: a row names the article and what it leads to.

`docs/articles.md` says which rule keeps which article and which test reads it; here are those no other file tells row by row.
"""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from motcua.core.refusal import Refused
from motcua.documents.printing import get_annex_number
from motcua.dossiers.rules import (
    acceptance,
    completeness,
    consigning,
    interlinked,
    numbering,
    opinion,
    promise,
    resting,
    route,
    states,
    suspension,
)
from motcua.dossiers.rules import supplement as sup
from motcua.dossiers.rules.interlinked import Group, Order, Part
from motcua.dossiers.rules.powers import POWERS, is_power
from motcua.dossiers.rules.states import Act, State
from motcua.organisations.rules import Post
from motcua.worktime.rules import (
    ClockEvent,
    ClockEventKind,
    LimitUnit,
    StartRule,
    Timeliness,
    compute_due,
    judge,
)
from motcua.worktime.tests.factories import EIGHT_HOURS, day, make_calendar, moment

CALENDAR = make_calendar(segments=EIGHT_HOURS)
HOURS = acceptance.Hours(alert=2, answer=8, complete_days=15)
D61, D118, D297, D63 = "NĐ 61/2018", "NĐ 118/2025", "NĐ 297/2025", "NĐ 63/2024"


def row(article, what, *facts):
    """A row of a table, known by its article and what is hard about it."""
    return pytest.param(*facts, id=f"{article}: {what}")


def refused_with(code, act):
    if code is None:
        act()
        return
    with pytest.raises(Refused) as no:
        act()
    assert no.value.code == code


# Intake

NEEDS = (completeness.Need(1, "Tờ khai", True, "điều 5"), completeness.Need(2, "Giấy khác", False))


def paper(number, *, present=True):
    return completeness.PartFacts(number, int(present), 0, present)


@pytest.mark.parametrize(
    ("given", "reason", "code"),
    [
        row(f"{D61} điều 17.1a", "a required paper is missing", [paper(2)], "", "missing_component"),
        row(f"{D61} điều 17.1a", "a reason does not replace it", [paper(2)], "mai nộp", "missing_component"),
        row(f"{D61} điều 17.1a", "where the source is silent a word", [paper(1)], "", "reason_needed"),
        row(f"{D61} điều 17.1c", "with that word it is received", [paper(1)], "đã có trong CSDL", None),
        row(f"{D61} điều 17.1c", "complete", [paper(1), paper(2)], "", None),
    ],
)
def test_intake_is_refused_for_what_a_source_requires_alone(given, reason, code):
    refused_with(code, lambda: completeness.require_complete(NEEDS, given, reason))


def test_no_paper_outside_the_published_list_is_taken_as_one():
    """NĐ 61/2018 điều 6.1b: applicants may refuse what is not in the law."""
    refused_with("unknown_component", lambda: completeness.require_known(NEEDS, [paper(9)]))


@pytest.mark.parametrize(
    ("state", "act", "leads_to", "told"),
    [
        row(f"{D61} điều 17.1b", "refused at intake", State.SUBMITTED, Act.REFUSE_INTAKE, State.NOT_ACCEPTED, 3),
        row(f"{D61} điều 17.1c", "received", State.SUBMITTED, Act.RECEIVE, State.RECEIVED, 2),
        row(f"{D61} điều 17.4, 17.5", "settled at once", State.RECEIVED, Act.SETTLE_ON_SPOT, State.RESULT_READY, 9),
        row(f"{D61} điều 19.4", "not qualified", State.PROCESSING, Act.REQUEST_SUPPLEMENT, State.AWAITING_SUPPLEMENT, 5),
        row(f"{D61} điều 19.4", "complete again", State.AWAITING_SUPPLEMENT, Act.ACCEPT_SUPPLEMENT, State.PROCESSING, 4),
        row(D297, "not completed in fifteen days", State.AWAITING_SUPPLEMENT, Act.CLOSE_UNANSWERED, State.STOPPED, 8),
        row(f"{D118} điều 21", "withdrawn", State.PROCESSING, Act.WITHDRAW, State.WITHDRAWN, 7),
        row("TT 03/2025 điều 7", "stopped with a notice", State.PROCESSING, Act.STOP, State.STOPPED, 8),
        row(f"{D61} điều 19.6", "a part is handed over", State.SUBMITTED, Act.TRANSFER, State.RECEIVED, 2),
        row("Đất đai, hẹn hai lần", "told what to pay", State.PROCESSING, Act.REQUEST_PAYMENT, State.AWAITING_PAYMENT, 6),
    ],
)  # fmt: skip
def test_an_act_leads_where_its_article_says_and_the_portal_is_told_so(state, act, leads_to, told):
    found = states.move(state, act)
    assert found is leads_to and states.MEANINGS[found].national_code == told


@pytest.mark.parametrize(
    ("act", "state", "is_decided", "may"),
    [
        row(f"{D118} điều 21", "no decision yet", Act.WITHDRAW, State.PROCESSING, False, True),
        row(f"{D118} điều 21", "a decision was made", Act.WITHDRAW, State.PROCESSING, True, False),
        row(f"{D118} điều 21", "a result is there", Act.WITHDRAW, State.RESULT_READY, True, False),
        row(f"{D118} điều 21", "while waiting for papers", Act.WITHDRAW, State.AWAITING_SUPPLEMENT, False, True),
        row("TT 03/2025 điều 7", "a decision was made", Act.STOP, State.PROCESSING, True, False),
        row("TT 03/2025 điều 7", "ended already", Act.STOP, State.WITHDRAWN, False, False),
        row(f"{D61} điều 17.5", "decided elsewhere already", Act.SETTLE_ON_SPOT, State.RECEIVED, True, False),
        row(f"{D61} điều 17.5", "on its way to an agency", Act.SETTLE_ON_SPOT, State.PROCESSING, False, False),
        row(f"{D61} điều 20.1", "no result without a decision", Act.SIGN_RESULT, State.PROCESSING, False, False),
        row(f"{D61} điều 20.1", "with one", Act.SIGN_RESULT, State.PROCESSING, True, True),
        row(f"{D61} điều 21.1", "a wrong result is put right", Act.REOPEN, State.RETURNED, True, True),
    ],
)  # fmt: skip
def test_what_a_decision_opens_and_closes(act, state, is_decided, may):
    assert (act in states.get_allowed(state, is_decided=is_decided)) is may


@pytest.mark.parametrize(
    ("act", "post", "may"),
    [
        row(f"{D61} điều 5.1e", "the counter hands the request on", Act.REQUEST_SUPPLEMENT, Post.CLERK, False),
        row(f"{D61} điều 19.9", "the head signs", Act.APOLOGISE, Post.APPROVER, True),
        row(f"{D61} điều 19.9", "the counter does not", Act.APOLOGISE, Post.INTAKE_OFFICER, False),
        row(f"{D61} điều 19.9", "nor the officer", Act.EXTEND, Post.CASE_OFFICER, False),
        row(f"{D118} điều 21", "the one-stop unit looks at it", Act.WITHDRAW, Post.INTAKE_OFFICER, True),
        row("Quyết định của người có thẩm quyền", "reopened by the head", Act.REOPEN, Post.APPROVER, True),
        row("Quyết định của người có thẩm quyền", "by nobody below", Act.REOPEN, Post.CASE_OFFICER, False),
    ],
)  # fmt: skip
def test_who_may_take_a_turn(act, post, may):
    assert act in POWERS and is_power(post, act) is may


# Handing over from the counter


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        row(f"{D61} điều 18.2", "the share of the process", "2026-03-10 09:00", "0.5", "2026-03-10 09:30"),
        row(f"{D61} điều 18.2", "never after the same day", "2026-03-10 14:00", 4, "2026-03-10 17:00"),
        row(f"{D61} điều 18.2", "at 15:00 still the same day", "2026-03-10 15:00", 4, "2026-03-10 17:00"),
        row(
            f"{D61} điều 18.2", "after 15:00 the next morning", "2026-03-10 15:01", "0.5", "2026-03-11 08:00"
        ),
        row(f"{D61} điều 18.2", "after 15:00 on a Friday", "2026-03-13 16:00", "0.5", "2026-03-16 08:00"),
        row(f"{D61} điều 18.2", "before the holidays", "2026-04-29 16:30", "0.5", "2026-05-04 08:00"),
        row(f"{D61} điều 18.2", "on a day off", "2026-03-14 09:00", "0.5", "2026-03-16 08:00"),
        row(f"{D61} điều 18.2", "before the doors open", "2026-03-10 06:00", "0.5", "2026-03-10 08:00"),
    ],
)
def test_the_counter_hands_over_the_same_day_and_after_fifteen_oclock_the_next_morning(received, hours, due):
    found = route.compute_transfer_due(moment(received), Decimal(hours), 15, CALENDAR)
    assert found == moment(due)


# Supplement


@pytest.mark.parametrize(
    ("received", "limit", "asked", "answered", "due", "off_the_index"),
    [
        row(f"{D61} điều 19.4; QĐ 766 chỉ số 2.1", "begins anew, only the wait is taken off",
            "2026-03-05 09:00", 10, "2026-03-10 09:00", "2026-03-13 09:00", "2026-03-27 17:00", timedelta(days=3)),
        row(f"{D61} điều 19.4; QĐ 766 chỉ số 2.1", "answered the same day",
            "2026-03-10 08:00", 3, "2026-03-10 09:00", "2026-03-10 16:00", "2026-03-13 17:00", timedelta(hours=7)),
        row(f"{D61} điều 19.4; QĐ 766 chỉ số 2.1", "over holidays",
            "2026-04-20 09:00", 5, "2026-04-24 09:00", "2026-05-04 09:00", "2026-05-11 17:00", timedelta(days=10)),
    ],
)  # fmt: skip
def test_the_legal_limit_begins_anew_and_the_index_takes_the_wait_off(
    received, limit, asked, answered, due, off_the_index
):
    asked_at, answered_at = moment(asked), moment(answered)
    by = sup.compute_answer_by(asked_at, 15, CALENDAR)
    one = sup.Round(sup.Stage.DURING_HANDLING, sup.Asker.AGENCY, 1, asked_at, by, answered_at)
    found = compute_due(
        moment(received), limit, "working_day", "default", sup.find_clock_events([one]), CALENDAR
    )
    assert found.at == moment(due)
    assert sup.measure_index_wait([one], moment("2026-12-01 09:00")) == off_the_index


@pytest.mark.parametrize(
    ("received", "until"),
    [
        row(f"{D61} điều 19.4", "three working days from reception", "2026-03-10 09:00", "2026-03-13 17:00"),
        row(f"{D61} điều 19.4", "over a weekend", "2026-03-12 16:00", "2026-03-17 17:00"),
        row(f"{D61} điều 19.4", "over holidays", "2026-04-24 09:00", "2026-05-04 17:00"),
    ],
)
def test_a_dossier_found_wanting_goes_back_in_three_working_days(received, until):
    assert sup.compute_return_by(moment(received), 3, CALENDAR) == moment(until)


ONCE = sup.Round(
    sup.Stage.BEFORE_ACCEPTANCE, sup.Asker.INTAKE, 1, moment("2026-03-02 09:00"), moment("2026-03-23 17:00"),
    moment("2026-03-04 09:00"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rounds", "stage", "changed", "code"),
    [
        row(f"{D61} điều 17.2", "one notice with everything", (), "before_acceptance", {}, None),
        row(f"{D61} điều 17.2", "it names what is wanting", (), "before_acceptance", {"items": ["  "]}, "items_missing"),
        row(f"{D61} điều 17.2", "and why", (), "before_acceptance", {"reason": ""}, "reason_needed"),
        row(f"{D118} điều 11.2c", "once by the intake side", (ONCE,), "before_acceptance", {}, "asked_already"),
        row(f"{D118} điều 11.2c", "a second says why", (ONCE,), "before_acceptance", {"override_reason": "Luật đổi"}, None),
        row(f"{D118} điều 11.2c", "the agency's own is another", (ONCE,), "during_handling", {"agency_id": 2}, None),
    ],
)  # fmt: skip
def test_one_full_request(rounds, stage, changed, code):
    facts = {"agency_id": 1, "items": ["Ảnh"], "reason": "Mờ", "limits": sup.Limits(1, 15, 3)} | changed
    refused_with(code, lambda: sup.require_request(rounds, stage=sup.Stage(stage), **facts))


# Online: the clock before acceptance


@pytest.mark.parametrize(
    ("arrived", "alert", "answer"),
    [
        row(f"{D297}: 2 và 8 giờ làm việc", "in the morning", "2026-03-10 08:00", "2026-03-10 10:00", "2026-03-11 08:00"),
        row(f"{D297}: 2 và 8 giờ làm việc", "over lunch", "2026-03-10 10:30", "2026-03-10 14:00", "2026-03-11 10:30"),
        row(f"{D297}: 2 và 8 giờ làm việc", "at night", "2026-03-10 22:00", "2026-03-11 09:30", "2026-03-11 17:00"),
        row(f"{D297}: 2 và 8 giờ làm việc", "on Saturday", "2026-03-14 10:00", "2026-03-16 09:30", "2026-03-16 17:00"),
        row(f"{D297}: 2 và 8 giờ làm việc", "before Tết", "2026-02-13 16:00", "2026-02-23 08:30", "2026-02-23 16:00"),
        row("NQ 66.7/2025: 8 giờ làm việc", "data that cannot be had", "2026-03-12 15:00", "2026-03-12 17:00", "2026-03-13 15:00"),
    ],
)  # fmt: skip
def test_what_is_filed_online_is_seen_and_answered_in_working_hours(arrived, alert, answer):
    found = acceptance.compute_acceptance(acceptance.Filing(moment(arrived)), HOURS, CALENDAR)
    assert (found.alert_at, found.answer_at) == (moment(alert), moment(answer))


@pytest.mark.parametrize(
    ("state", "act", "told"),
    [
        row(f"{D61} điều 17.2", "accepted", "waiting", "accept_filing", 2),
        row(f"{D61} điều 17.2", "one full request", "waiting", "return_filing", 5),
        row(f"{D61} điều 17.1b", "not accepted", "waiting", "refuse_filing", 3),
        row(f"{D61} điều 17.2", "completed", "asked", "complete_filing", 1),
        row(f"{D118} điều 21", "taken back by the applicant", "asked", "withdraw_filing", 7),
        row(f"{D297}: 15 ngày làm việc", "closed", "asked", "close_filing", 8),
    ],
)  # fmt: skip
def test_a_filing_is_answered_in_the_portals_own_statuses(state, act, told):
    found = acceptance.require_move(acceptance.FilingState(state), acceptance.FilingAct(act))
    assert found.national_code == told


# Promises


@pytest.mark.parametrize(
    ("due", "last"),
    [
        row(f"{D61} điều 19.9", "a working day before", "2026-03-12 17:00", "2026-03-11 17:00"),
        row(f"{D61} điều 19.9", "due on Monday", "2026-03-16 17:00", "2026-03-13 17:00"),
        row(f"{D61} điều 19.9", "due after the holidays", "2026-05-04 17:00", "2026-04-29 17:00"),
        row(
            f"{D61} điều 19.9", "due on the worked Saturday's Monday", "2026-08-24 17:00", "2026-08-22 17:00"
        ),
    ],
)
def test_an_apology_is_due_one_working_day_before_the_promise(due, last):
    calendar = CALENDAR if due < "2026-08" else make_calendar(segments=EIGHT_HOURS)
    assert promise.compute_last_day(moment(due), 1, calendar) == moment(last).date()


@pytest.mark.parametrize(
    ("change", "at", "explanation", "outcome"),
    [
        row(f"{D61} điều 19.9", "in time", "apologise", "2026-03-11 16:00", "", promise.Timing.IN_TIME),
        row(f"{D61} điều 19.9", "on the day itself", "apologise", "2026-03-12 09:00", "", promise.Timing.LAST_MOMENT),
        row(f"{D61} điều 19.9", "after it, in silence", "apologise", "2026-03-13 09:00", "", "explanation_needed"),
        row(f"{D61} điều 19.9", "after it, explained", "apologise", "2026-03-13 09:00", "Ốm", promise.Timing.TOO_LATE),
        row(f"{D297} điều 6.5", "when the term ends: said as it is", "apologise", "2026-03-12 17:00", "", promise.Timing.LAST_MOMENT),
        row("Luật chuyên ngành: gia hạn", "before the date", "extend", "2026-03-12 17:00", "", promise.Timing.LAST_MOMENT),
        row("Luật chuyên ngành: gia hạn", "never after it", "extend", "2026-03-13 09:00", "Ốm", "too_late"),
    ],
)  # fmt: skip
def test_a_promise_moves_before_it_is_broken_or_says_why_not(change, at, explanation, outcome):
    def act():
        return promise.require_change(
            promise.Change(change), promise.Promise(moment("2026-03-12 17:00"), {}), new_due_at=moment("2026-03-20 17:00"),
            signer=Post.APPROVER, reason="Chờ thẩm định", explanation=explanation, most_times=1, days_before=1,
            calendar=CALENDAR, at=moment(at),
        )  # fmt: skip

    if isinstance(outcome, promise.Timing):
        assert act() is outcome
    else:
        refused_with(outcome, act)


@pytest.mark.parametrize(
    ("finished", "due", "unit", "judged"),
    [
        row(f"{D61} điều 20.4", "before its day", "2026-03-11 16:00", "2026-03-12 17:00", "working_day", "early"),
        row("TT 01/2018 điều 17: đúng hạn", "on its day", "2026-03-12 08:00", "2026-03-12 17:00", "working_day", "on_time"),
        row("TT 01/2018 điều 17: quá hạn", "the day after", "2026-03-13 08:00", "2026-03-12 17:00", "working_day", "late"),
        row("Giờ làm việc", "a minute late is late", "2026-03-12 10:01", "2026-03-12 10:00", "working_hour", "late"),
        row(f"{D61} điều 19.8", "a refusal ends it as any result", "2026-03-12 16:00", "2026-03-12 17:00", "working_day", "on_time"),
    ],
)  # fmt: skip
def test_a_dossier_is_judged_by_the_end_of_its_handling(finished, due, unit, judged):
    found = judge(moment(finished), moment(due), LimitUnit(unit), now=moment("2026-06-01 09:00"))
    assert found is Timeliness(judged)


def test_a_refusal_after_appraisal_is_a_result_and_no_refused_intake():
    """NĐ 61/2018 điều 19.8: entered as the result, so status 9 and not 3."""
    ready = states.move(State.PROCESSING, Act.SIGN_RESULT, is_decided=True)
    assert states.MEANINGS[ready].national_code == 9 and ready is State.RESULT_READY
    assert Act.REFUSE_INTAKE not in states.get_allowed(State.PROCESSING)


# Standing still, and opinions


@pytest.mark.parametrize(
    ("reason", "basis", "code"),
    [
        row("Đất đai, hẹn hai lần", "a financial obligation", "financial_obligation", "", None),
        row("Luật chuyên ngành", "an opinion the law waits for", "opinion", "Luật X điều 5", None),
        row(f"{D61} điều 19.5", "an opinion by itself stops nothing", "opinion", "", "basis_needed"),
        row(f"{D61} điều 19.5", "a late body is reported instead", "consulted_body_late", "Luật X", "not_a_ground"),
        row(f"{D61} điều 18", "a hand-over stops nothing", "handing_over", "", "not_a_ground"),
        row("Sự cố hệ thống", "stops nothing", "system_down", "", "not_a_ground"),
    ],
)  # fmt: skip
def test_the_clock_stands_still_for_a_listed_reason_alone(reason, basis, code):
    at = moment("2026-03-10 09:00")
    refused_with(
        code,
        lambda: suspension.require_suspension(reason, basis=basis, review_at=at + timedelta(days=9), at=at),
    )


@pytest.mark.parametrize(
    ("silence", "basis", "code"),
    [
        row(f"{D61} điều 19.5b", "no answer is no answer", "waits", "", None),
        row("Luật chuyên ngành", "a yes by its article", "agrees", "Luật Quy hoạch điều 9", None),
        row(f"{D61} điều 19.5", "never a yes without one", "agrees", " ", "basis_needed"),
        row(f"{D61} điều 19.5", "nothing else", "refuses", "Luật X", "unknown_choice"),
    ],
)
def test_what_silence_means(silence, basis, code):
    refused_with(code, lambda: opinion.require_silence(silence, basis))


# One form, several agencies

BIRTH = Group(
    "Khai sinh, cư trú, thẻ BHYT", Decimal(3), StartRule.NEXT_DAY_AFTER_15, StartRule.NEXT_DAY_AFTER_15,
    (Part(1, "Khai sinh", Decimal(1)), Part(2, "Cư trú", Decimal(2), (1,)), Part(3, "Thẻ BHYT", Decimal(2), (1,))),
    D63,
)  # fmt: skip
KARAOKE = Group(
    "Karaoke", Decimal(16), StartRule.LAST_HOUR_NEXT_DAY, StartRule.AFTER_17_NEXT_DAY,
    (Part(1, "Một", Decimal(3)), Part(2, "Hai", Decimal(3), (1,)), Part(3, "Ba", Decimal(10), (2,))), D297,
)  # fmt: skip


@pytest.mark.parametrize(
    ("group", "received", "due"),
    [
        row(f"{D63}: 15 giờ", "until 15:00 it counts from the day", BIRTH, "2026-03-10 15:00", "2026-03-13 17:00"),
        row(f"{D63}: 15 giờ", "after it from the next", BIRTH, "2026-03-10 15:01", "2026-03-16 17:00"),
        row(f"{D297} điều 6.3", "before the last working hour", KARAOKE, "2026-03-10 15:59", "2026-04-01 17:00"),
        row(f"{D297} điều 6.3", "within it", KARAOKE, "2026-03-10 16:30", "2026-04-02 17:00"),
    ],
)  # fmt: skip
def test_a_group_counts_by_its_own_start_rule(group, received, due):
    assert interlinked.make_plan(group, Order.AT_ONCE, moment(received), CALENDAR).due_at == moment(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        row(f"{D297} điều 3.5", "within office hours", "2026-03-10 16:50", "2026-03-11 08:20"),
        row(f"{D297} điều 3.5", "after 17:00 from 08:00", "2026-03-10 17:30", "2026-03-11 09:00"),
        row(f"{D297} điều 3.5", "on a day off from 08:00", "2026-03-14 10:00", "2026-03-16 09:00"),
    ],
)
def test_the_first_part_of_karaoke_begins_at_eight(received, due):
    found = compute_due(moment(received), 1, "working_hour", StartRule.AFTER_17_NEXT_DAY, (), CALENDAR)
    assert found.at == moment(due)


YES = interlinked.Standing(State.RETURNED, "approved")
NO = interlinked.Standing(State.RESULT_READY, "refused")
WAITS = interlinked.Standing()


@pytest.mark.parametrize(
    ("order", "parts", "ready", "dropped"),
    [
        row(f"{D61} điều 19.6 (điện tử)", "all that may begin together", Order.AT_ONCE, (YES, WAITS, WAITS), (2, 3), ()),
        row(f"{D61} điều 19.6 (giấy)", "one after the other", Order.SERIES, (YES, WAITS, WAITS), (2,), ()),
        row(f"{D61} điều 19.6", "what waits for a refused result never begins", Order.AT_ONCE, (NO, WAITS, WAITS), (), (2, 3)),
    ],
)  # fmt: skip
def test_the_parts_of_a_whole_begin_in_their_order(order, parts, ready, dropped):
    found = interlinked.find_next(BIRTH, order, dict(enumerate(parts, 1)))
    assert (tuple(found[0]), tuple(found[1])) == (ready, dropped)


@pytest.mark.parametrize(
    ("told", "paid", "finished", "judged"),
    [
        row("Đất đai, hẹn hai lần: 8 = 5 + 3", "both in time however long the wait",
            "2026-03-16 09:00", "2026-06-01 09:00", "2026-06-04 09:00", ("early", "on_time")),
        row("Đất đai, hẹn hai lần: 8 = 5 + 3", "the first late alone",
            "2026-03-18 09:00", "2026-04-01 09:00", "2026-04-02 09:00", ("late", "early")),
        row("Đất đai, hẹn hai lần: 8 = 5 + 3", "the second late alone",
            "2026-03-12 09:00", "2026-04-01 09:00", "2026-04-08 09:00", ("early", "late")),
    ],
)  # fmt: skip
def test_the_wait_for_the_tax_belongs_to_neither_appointment(told, paid, finished, judged):
    stages = [
        ClockEvent(ClockEventKind.PAUSE, moment(told)),
        ClockEvent(ClockEventKind.STAGE, moment(paid), amount=Decimal(3)),
    ]
    dues = [
        compute_due(moment("2026-03-10 09:00"), 5, LimitUnit.WORKING_DAY, StartRule.DEFAULT, events, CALENDAR)
        for events in ([], stages)
    ]
    found = [
        judge(moment(ended), due.at, LimitUnit.WORKING_DAY, now=moment("2026-07-01 09:00"))
        for ended, due in zip((told, finished), dues, strict=True)
    ]
    assert found == [Timeliness(word) for word in judged]


# Post, codes, forms, nobody forgotten

I = consigning.ItemState  # noqa: E741 - the table is read by its short name


@pytest.mark.parametrize(
    ("state", "target", "words", "code"),
    [
        row("QĐ 45/2016", "signed for", I.LISTED, I.RECEIVED, "", None),
        row("QĐ 45/2016", "what is missing is said", I.LISTED, I.MISSING, "", "reason_needed"),
        row("QĐ 45/2016", "found again", I.MISSING, I.RECEIVED, "", None),
        row(f"{D61} điều 21.2", "lost, and how", I.MISSING, I.LOST, "Thất lạc trên đường", None),
        row(f"{D61} điều 21.2", "what is lost stays lost", I.LOST, I.RECEIVED, "", "not_possible_now"),
        row("QĐ 45/2016", "delivered, to whom", I.RECEIVED, I.DELIVERED, "", "reason_needed"),
        row("QĐ 45/2016", "nothing is delivered before it was handed over", I.LISTED, I.DELIVERED, "A", "not_possible_now"),
    ],
)  # fmt: skip
def test_what_the_post_has_is_signed_for(state, target, words, code):
    refused_with(code, lambda: consigning.require_item_move(state, target, words))


@pytest.mark.parametrize(
    ("agency", "on", "serial", "code"),
    [
        row("TT 01/2018 điều 19", "small to large", "H22.12", "2019-08-15", 3, "000.00.12.H22-190815-0003"),
        row(
            "QĐ 20/2020 điều 4",
            "large to small since 1/7/2025",
            "H50.12",
            "2025-07-01",
            1,
            "H50.12-250701-0001",
        ),
        row(
            "TT 03/2025 điều 13.3",
            "the width is a minimum",
            "H50.12",
            "2026-03-10",
            12345,
            "H50.12-260310-12345",
        ),
    ],
)
def test_a_code_is_written_by_the_text_of_its_day(agency, on, serial, code):
    assert numbering.make_code(agency, day(on), serial) == code


@pytest.mark.parametrize(
    ("form", "on", "number"),
    [
        row("TT 01/2018 phụ lục", "control slip", "control_slip", "2025-06-30", "05"),
        row("TT 03/2025 phụ lục I", "control slip", "control_slip", "2025-10-01", "06"),
        row("TT 03/2025 phụ lục I", "stop notice", "stop_notice", "2025-10-01", "05"),
        row("TT 01/2018 phụ lục", "no stop notice before", "stop_notice", "2025-06-30", ""),
        row("TT 03/2025 phụ lục I", "register", "dossier_register", "2025-10-01", "07"),
        row("TT 03/2025 phụ lục I", "apology", "apology_slip", "2025-10-01", "04"),
    ],
)
def test_forms_are_numbered_by_the_circular_of_their_day(form, on, number):
    assert get_annex_number(form, day(on)) == number


@pytest.mark.parametrize(
    ("state", "wake"),
    [
        row(D297, "before acceptance", State.SUBMITTED, resting.Wake.ACCEPTANCE),
        row(D297, "with the applicant", State.RETURNED_FOR_FIX, resting.Wake.ANSWER_BY),
        row(f"{D61} điều 18", "received", State.RECEIVED, resting.Wake.TASK_DUE),
        row(f"{D61} điều 19", "handled", State.PROCESSING, resting.Wake.TASK_DUE),
        row(f"{D61} điều 19.4", "waiting for papers", State.AWAITING_SUPPLEMENT, resting.Wake.ANSWER_BY),
        row("Đất đai, hẹn hai lần", "waiting for payment", State.AWAITING_PAYMENT, resting.Wake.REVIEW),
        row("Luật chuyên ngành", "suspended", State.SUSPENDED, resting.Wake.REVIEW),
        row(f"{D61} điều 20", "a result nobody fetched", State.RESULT_READY, resting.Wake.REMINDER),
    ],
)
def test_what_wakes_whoever_has_it(state, wake):
    assert resting.RESTS[state].wake is wake and resting.RESTS[state].next_acts


def test_moments_of_the_tables_are_on_the_clock_of_viet_nam():
    assert moment("2026-03-10 09:00") == datetime.fromisoformat("2026-03-10T09:00:00+07:00")
