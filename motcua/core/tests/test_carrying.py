"""What a preview showed comes back as it was, to the same page, within the hour."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from motcua.core.carrying import pack, unpack
from motcua.core.refusal import Refused

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
TABLE = ["Xã Thử", [[1, "Tiếp nhận", None, ["a"]], [2, "Ký", "4.5", []]]]


def test_it_comes_back_as_it_was() -> None:
    with time_machine.travel(AT, tick=False) as clock:
        packed = pack(TABLE, "here")
        clock.move_to(AT + timedelta(minutes=59))
        assert unpack(packed, "here") == TABLE


@pytest.mark.parametrize(
    ("at", "salt", "more"), [(61, "here", ""), (1, "there", ""), (1, "here", "x"), (1, "here", None)]
)
def test_too_late_for_another_page_or_altered_it_is_refused_in_words(
    at: int, salt: str, more: str | None
) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        packed = pack(TABLE, "here")
        clock.move_to(AT + timedelta(minutes=at))
        with pytest.raises(Refused) as refusal:
            unpack("" if more is None else packed + more, salt)
    assert (refusal.value.code, refusal.value.field) == ("stale", "file")
    assert refusal.value.message.endswith("Hãy chọn lại tệp.")
