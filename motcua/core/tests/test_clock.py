import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.clock import ClockView
from motcua.core.drawing import draw_row
from motcua.core.tests.gallery import DAY, NOW, clocks


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def test_every_state_has_a_tone_a_shape_and_words():
    found = {name: (view.tone, view.words) for name, view in clocks().items()}
    assert found == {
        "ok": ("ok", "còn 2 ngày"),
        "due": ("due", "còn 3 giờ"),
        "late": ("late", "quá hạn 2 ngày"),
        "wait": ("wait", "Tạm dừng"),
        "done": ("ok", "Xong trước hạn"),
        "none": ("plain", "Không có thời hạn"),
    }
    assert len({view.shape for view in clocks().values()}) == 5


def test_the_judgement_of_the_law_wins_over_the_minute():
    """A day limit ended at 17:00 and finished at 17:30 the same day is on time: granularity is the limit's."""
    view = ClockView(
        received_at=NOW - DAY, due_at=NOW, now=NOW + DAY, finished_at=NOW + DAY / 48, judgement="on_time"
    )
    assert view.tone == "ok"
    assert view.words == "Xong đúng hạn"


@pytest.mark.parametrize(
    ("hours", "tone", "words"), [(1, "plain", "không giải quyết tiếp"), (-1, "late", "quá hạn")]
)
def test_what_was_broken_off_is_not_said_to_be_done_in_time(hours: int, tone: str, words: str) -> None:
    view = ClockView(
        received_at=NOW - DAY, due_at=NOW + hours * DAY, now=NOW, finished_at=NOW, is_broken_off=True
    )
    assert view.tone == tone and words in view.words and "Xong" not in view.words
    assert view.verdict.startswith("khép lại lúc")


def test_working_time_left_is_said_when_given():
    view = ClockView(received_at=NOW - DAY, due_at=NOW + DAY, now=NOW, text="còn 8 giờ làm việc")
    assert view.words == "còn 8 giờ làm việc"
    assert "còn 8 giờ làm việc" in view.say()


def test_the_bar_is_filled_up_to_the_due_mark_and_what_is_over_follows():
    running = ClockView(received_at=NOW - DAY, due_at=NOW + 2 * DAY, now=NOW)
    assert running.bar == (33.3, 0.0, 0.0, ())
    late = ClockView(received_at=NOW - 4 * DAY, due_at=NOW - DAY, now=NOW, pauses=((NOW - 2 * DAY, None),))
    assert late.bar == (75.0, 75.0, 25.0, ((50.0, 50.0),))
    in_time = ClockView(
        received_at=NOW - 2 * DAY, due_at=NOW - DAY, now=NOW, finished_at=NOW, judgement="on_time"
    )
    assert in_time.bar == (50.0, 0.0, 0.0, ())


@given(st.integers(-60, 60), st.integers(-60, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_bar_never_leaves_its_frame(due, finished, since, length):
    start = NOW - 30 * DAY
    pause = (start + since * DAY, start + (since + length) * DAY)
    view = ClockView(
        received_at=start,
        due_at=start + due * DAY,
        now=NOW,
        finished_at=NOW + finished * DAY,
        pauses=(pause,),
    )
    passed, mark, over, hatches = view.bar
    assert 0 <= passed <= 100
    assert 0 <= mark + over <= 100.1
    assert all(x >= 0 and x + width <= 100.1 for x, width in hatches)


def test_a_line_says_the_year_of_a_date_that_is_not_of_this_year():
    this, last = NOW + DAY, NOW.replace(year=NOW.year - 1)
    assert f"/{this.year}</time>" not in draw_row(ClockView(received_at=last, due_at=this, now=NOW))
    assert f"/{last.year}</time>" in draw_row(ClockView(received_at=last - DAY, due_at=last, now=NOW))
