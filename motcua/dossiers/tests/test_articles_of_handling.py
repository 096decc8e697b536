"""Each article the handling of a dossier stands on, as a table: promises, standing still, groups, post, codes."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from motcua.documents.printing import get_annex_number
from motcua.dossiers.rules import (
    consigning,
    interlinked,
    numbering,
    opinion,
    promise,
    resting,
    states,
    suspension,
)
from motcua.dossiers.rules.interlinked import Group, Order, Part
from motcua.dossiers.rules.states import Act, State
from motcua.dossiers.tests.articles import CALENDAR, D61, D63, D297, refused_with, row
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
