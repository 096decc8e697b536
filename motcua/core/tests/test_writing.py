from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from motcua.core import writing

EVENING = datetime(2025, 11, 11, 18, 30, tzinfo=UTC)


def test_days_and_moments_are_those_of_the_office():
    assert writing.day(date(2025, 9, 5)) == "05/09/2025"
    assert writing.day(EVENING) == "12/11/2025"
    assert writing.moment(EVENING) == "01:30 12/11/2025"
    assert writing.short_moment(EVENING) == "01:30 12/11"
    assert writing.iso(EVENING) == "2025-11-12T01:30+07:00"
    assert writing.day(None) == writing.moment(None) == writing.short_moment(None) == writing.iso(None) == ""


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1234567, "1.234.567", "1,234,567"),
        (Decimal("1234.50"), "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (100, "100", "100"),
        (None, "", ""),
    ],
)
def test_numbers_follow_the_language(value, vi, en):
    with translation.override("vi"):
        assert writing.number(value) == vi
    with translation.override("en"):
        assert writing.number(value) == en


def test_money_never_breaks_across_lines():
    with translation.override("vi"):
        assert writing.money(1234567) == "1.234.567\u00a0đ"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=2, hours=3), "còn 2 ngày 3 giờ"),
        (timedelta(minutes=5), "còn 5 phút"),
        (timedelta(0), "còn 0 phút"),
        (timedelta(days=-1, hours=-2), "quá hạn 1 ngày 2 giờ"),
        (timedelta(days=30, hours=3), "còn 30 ngày"),
    ],
)
def test_time_left_is_said_in_words(left, said):
    with translation.override("vi"):
        assert writing.words_left(EVENING + left, EVENING) == said
        assert writing.words_left(None, EVENING) == "không có thời hạn"
