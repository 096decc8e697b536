"""Each article the turns of a dossier stand on, as a table: a row names the article and what it leads to.

`docs/articles.md` says which rule keeps which article and which test reads it; here are those no other file tells row by row,
up to the acceptance of a filing.
"""

from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.dossiers.rules import (
    acceptance,
    completeness,
    route,
    states,
)
from motcua.dossiers.rules import supplement as sup
from motcua.dossiers.rules.powers import POWERS, is_power
from motcua.dossiers.rules.states import Act, State
from motcua.dossiers.tests.articles import CALENDAR, D61, D118, D297, HOURS, refused_with, row
from motcua.organisations.rules import Post
from motcua.worktime.rules import (
    compute_due,
)
from motcua.worktime.tests.factories import moment

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
