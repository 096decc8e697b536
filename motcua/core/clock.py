"""The clock of a matter as a person sees it: how far, until when, in which tone. It computes no limit."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from motcua.core.wording import gettext as _
from motcua.core.writing import moment, words_left

SHAPES = {
    "ok": "check-circle-fill",
    "due": "alarm-fill",
    "late": "exclamation-triangle-fill",
    "wait": "pause-circle-fill",
    "plain": "dash-circle-fill",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """From received to due, with the pauses; `text` is the working time left as `worktime` says it."""

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
        if self.is_late:
            return _("Xong quá hạn")
        return _("Xong trước hạn") if self.judgement == "early" else _("Xong đúng hạn")

    @property
    def verdict(self) -> str:
        """What the words do not say already."""
        if self.due_at is None:
            return ""
        if self.finished_at:
            return _("xong lúc %(when)s") % {"when": moment(self.finished_at)}
        named = {"wait": _("Đồng hồ đang dừng"), "due": _("Đến hạn hôm nay")}
        return named.get(self.tone, "")

    def say(self, language: str | None = None) -> str:
        """The bar for whoever does not see it; a list that knows its language need not ask for it fifty times."""
        return _("%(words)s; hẹn trả %(when)s", language) % {"words": self.words, "when": moment(self.due_at)}

    @property
    def bar(self) -> "Bar":
        """Where things lie on the bar, in hundredths of it: the filling never passes the due mark."""
        reached, due = self.finished_at or self.now, self.due_at
        latest = max(reached, due) if due else reached
        start = self.received_at
        whole = max((latest - start).total_seconds(), 60.0)

        def place(at: datetime) -> float:
            share = (at - start).total_seconds() / whole
            return round(min(max(share, 0.0), 1.0) * 100, 1)

        end, is_late = place(reached), self.is_late
        due_mark = place(due) if due else end
        mark = due_mark if due and is_late else 0.0
        spans = (
            [(place(since), place(until or reached)) for since, until in self.pauses] if self.pauses else ()
        )
        return Bar(
            passed=min(end, due_mark),
            due_mark=mark,
            overrun=round(end - mark, 1) if is_late else 0.0,
            hatches=tuple((first, round(last - first, 1)) for first, last in spans if last > first)
            if spans
            else (),
        )


class Bar(NamedTuple):
    """A clock's bar: how much is filled, where the due mark stands once it is passed, by how much, the pauses."""

    passed: float
    due_mark: float
    overrun: float
    hatches: tuple[tuple[float, float], ...]
    """(start, width)"""
