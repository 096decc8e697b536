"""Whether the figures of a report may be put a name to: the period is over, and they were taken after its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from motcua.core.marking import _


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands in the way of a signature: a stable word, a marked sentence, and its facts (days as days)."""

    code: str
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


def find_hindrance(*, last_on: date, filled_on: date | None, on: date, changed: int) -> Hindrance | None:
    """The first thing in the way on a day, or None.

    A report tells what happened up to the evening of its last day (Decree 09/2019 art. 12), so that it can be signed from
    the next day on, with figures taken then.

    :param filled_on: the day the figures were taken last; None: they were copied from a version that had been signed
    :param changed: reports of units below that went back or were replaced since they were put together
    """
    if on <= last_on:
        facts = {"last": last_on, "first": last_on + timedelta(days=1)}
        return Hindrance(
            "still_running", _("Kỳ báo cáo còn đến hết ngày %(last)s; ký được từ ngày %(first)s."), facts
        )
    if filled_on is not None and filled_on <= last_on:
        words = _(
            "Số liệu lấy ngày %(filled)s, khi kỳ chưa hết. Bấm “Lấy lại số liệu” rồi ký; số đã điều chỉnh được giữ."
        )
        return Hindrance("taken_too_early", words, {"filled": filled_on})
    if changed:
        words = _(
            "Từ khi tổng hợp, %(count)s báo cáo của đơn vị trực thuộc đã bị trả lại hoặc thay thế. Bấm “Lấy lại số liệu” rồi ký."
        )
        return Hindrance("changed_below", words, {"count": changed})
    return None
