"""The clock of a matter as a person sees it: how far, until when, in which tone. It computes no limit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
        return self.finished_at is None and any(until is None for _since, until in self.pauses)

    @property
    def is_late(self) -> bool:
        if self.due_at is None:
            return False
        if self.judgement in ("early", "on_time", "late"):
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

    @property
    def said(self) -> str:
        """The bar for whoever does not see it."""
        return _("%(words)s; hẹn trả %(when)s") % {"words": self.words, "when": moment(self.due_at)}

    @property
    def _end(self) -> datetime:
        latest = max(self.due_at or self.now, self.finished_at or self.now)
        return max(latest, self.received_at + timedelta(minutes=1))

    def _place(self, at: datetime) -> float:
        whole = (self._end - self.received_at).total_seconds()
        share = (at - self.received_at).total_seconds() / whole
        return round(min(max(share, 0.0), 1.0) * 100, 1)

    @property
    def passed(self) -> float:
        """How much of the bar is filled, in hundredths; never past the due mark."""
        reached = self.finished_at or self.now
        return self._place(min(reached, self.due_at) if self.due_at else reached)

    @property
    def due_mark(self) -> float:
        return self._place(self.due_at) if self.is_late and self.due_at else 0.0

    @property
    def overrun(self) -> float:
        return round(self._place(self.finished_at or self.now) - self.due_mark, 1) if self.is_late else 0.0

    @property
    def hatches(self) -> tuple[tuple[float, float], ...]:
        """Where the pauses lie on the bar: (start, width)."""
        until_now = self.finished_at or self.now
        spans = [(self._place(since), self._place(until or until_now)) for since, until in self.pauses]
        return tuple((start, round(end - start, 1)) for start, end in spans if end > start)
