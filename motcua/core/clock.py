"""The clock of a matter as a person sees it: how far, until when, in which tone. It computes no limit."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from motcua.core.marking import _ as _mark
from motcua.core.wording import gettext as _
from motcua.core.writing import moment, words_left

SHAPES = {
    "ok": "check-circle-fill",
    "due": "alarm-fill",
    "late": "exclamation-triangle-fill",
    "wait": "pause-circle-fill",
    "plain": "dash-circle-fill",
}


_VERDICTS = {"wait": _mark("Đồng hồ đang dừng"), "due": _mark("Đến hạn hôm nay")}
_MINUTE = 60.0


Hatches = tuple[tuple[float, float], ...]


class ClockView(NamedTuple):
    """From received to due, with the pauses; `text` is the working time left as `worktime` says it.

    A tuple, because a list makes fifty of them: a frozen dataclass sets each value by itself.
    """

    received_at: datetime
    due_at: datetime | None
    now: datetime
    finished_at: datetime | None = None
    judgement: str = ""
    """early | on_time | late, from `worktime.rules.judge`; empty while it runs."""
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    """Each pause with its end; an open one runs until now."""
    text: str = ""
    lines: tuple[object, ...] = ()
    """The explanation: objects with `text` and `at`, or plain sentences."""
    is_provisional: bool = False
    is_broken_off: bool = False
    """Withdrawn or stopped: it ended, but nothing was brought to its end in time."""

    @property
    def is_paused(self) -> bool:
        return (
            bool(self.pauses)
            and self.finished_at is None
            and any(until is None for _since, until in self.pauses)
        )

    @property
    def is_late(self) -> bool:
        if self.due_at is None:
            return False
        if self.judgement:
            return self.judgement == "late"
        return (self.finished_at or self.now) > self.due_at

    @property
    def is_due_today(self) -> bool:
        zone = timezone.get_default_timezone()
        return (
            self.due_at is not None
            and self.due_at.astimezone(zone).date() == self.now.astimezone(zone).date()
        )

    @property
    def tone(self) -> str:
        """ok | due | late | wait | plain; always said in words as well."""
        if self.due_at is None:
            return "plain"
        if self.is_late:
            return "late"
        if self.is_paused:
            return "wait"
        if self.is_broken_off:
            return "plain"
        return "due" if self.is_due_today and not self.finished_at else "ok"

    @property
    def shape(self) -> str:
        return SHAPES[self.tone]

    @property
    def words(self) -> str:
        if self.due_at is None:
            return _("Không có thời hạn")
        if self.finished_at:
            return self._finished_words()
        if self.is_paused and not self.is_late:
            return _("Tạm dừng")
        return self.text or words_left(self.due_at, self.now)

    def _finished_words(self) -> str:
        if self.is_broken_off:
            return _("Khép lại khi đã quá hạn") if self.is_late else _("Khép lại, không giải quyết tiếp")
        if self.is_late:
            return _("Xong quá hạn")
        return _("Xong trước hạn") if self.judgement == "early" else _("Xong đúng hạn")

    @property
    def verdict(self) -> str:
        """What the words do not say already."""
        if self.due_at is None:
            return ""
        if self.finished_at:
            said = _("khép lại lúc %(when)s") if self.is_broken_off else _("xong lúc %(when)s")
            return said % {"when": moment(self.finished_at)}
        standing = _VERDICTS.get(self.tone)
        return _(standing) if standing else ""

    def say(self, language: str | None = None, words: str = "") -> str:
        """The bar for whoever does not see it; a list that knows its language and words need not ask for them fifty times."""
        said = _("%(words)s; hẹn trả %(when)s", language)
        return said % {"words": words or self.words, "when": moment(self.due_at)}

    @property
    def bar(self) -> "Bar":
        """Where things lie on the bar, in hundredths of it: the filling never passes the due mark."""
        start, reached = self.received_at, self.finished_at or self.now
        spent = (reached - start).total_seconds()
        allowed = (self.due_at - start).total_seconds() if self.due_at else spent
        filled, whole = (allowed, spent) if spent > allowed else (spent, allowed)
        if whole < _MINUTE:
            whole = _MINUTE
        passed = _place(filled, whole)
        hatches = self._hatch(whole) if self.pauses else ()
        if not self.is_late:
            return Bar(passed, 0.0, 0.0, hatches)
        # What is late has passed its due mark: the filling ends there.
        return Bar(passed, passed, round((_place(spent, whole) - passed) * 10) / 10, hatches)

    def _hatch(self, whole: float) -> Hatches:
        start, reached = self.received_at, self.finished_at or self.now
        spans = [
            (
                _place((since - start).total_seconds(), whole),
                _place(((until or reached) - start).total_seconds(), whole),
            )
            for since, until in self.pauses
        ]
        return tuple((first, round(last - first, 1)) for first, last in spans if last > first)


def _place(since: float, whole: float) -> float:
    """Where a moment so many seconds after the first lies on the bar."""
    share = since / whole
    return 100.0 if share >= 1 else round(share * 1000) / 10 if share > 0 else 0.0


class Bar(NamedTuple):
    """A clock's bar: how much is filled, where the due mark stands once it is passed, by how much, the pauses."""

    passed: float
    due_mark: float
    overrun: float
    hatches: Hatches
    """(start, width)"""
