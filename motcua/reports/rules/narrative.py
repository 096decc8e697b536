"""The first draft of the words of a report, from its figures; the outline is that of Decree 63/2010 art. 35.3."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.marking import _
from motcua.figures.rules import Counts

TENTH = Decimal("0.1")
HEADINGS = (
    _("Kiểm soát quy định thủ tục hành chính"),
    _("Công bố, công khai thủ tục hành chính"),
    _("Tiếp nhận, giải quyết thủ tục hành chính"),
    _("Rà soát, đơn giản hóa thủ tục hành chính"),
    _("Tiếp nhận, xử lý phản ánh, kiến nghị"),
    _("Truyền thông"),
    _("Thực hiện cơ chế một cửa, một cửa liên thông"),
    _("Thực hiện thủ tục hành chính trên môi trường điện tử"),
    _("Khó khăn, vướng mắc, kiến nghị"),
    _("Phương hướng kỳ tới"),
)
HANDLING = _(
    "Trong kỳ, {unit} nhận giải quyết {all} hồ sơ (kỳ trước chuyển qua {carried}, mới tiếp nhận {new}); đã giải quyết "
    "{resolved} hồ sơ, trong đó trước hạn và đúng hạn {timely} ({rate}%), quá hạn {late}; đang giải quyết {pending} hồ sơ, "
    "trong đó quá hạn {overdue}."
)
ONLINE = _("Hồ sơ trực tuyến {online}/{new} hồ sơ mới tiếp nhận, đạt {rate}%.")
NOTHING = _("[Đơn vị bổ sung nội dung này.]")


def count_unwritten(text: str, say: Callable[[str], str] = str) -> int:
    """How many parts of the outline nobody has written yet, in the language they were drafted in or in Vietnamese."""
    return sum(text.count(words) for words in {NOTHING, say(NOTHING)})


def draft(unit: str, counts: Counts, say: Callable[[str], str] = str) -> str:
    """The whole text: ten headings, with sentences where figures speak."""
    said = {
        2: _say_handling(unit, counts, say),
        7: say(ONLINE).format(
            online=counts.new_online + counts.new_assisted,
            new=counts.new,
            rate=_rate(counts.new_online + counts.new_assisted, counts.new),
        ),
    }
    parts = [
        f"{n}. {say(heading)}\n{said.get(n - 1, say(NOTHING))}" for n, heading in enumerate(HEADINGS, start=1)
    ]
    return "\n\n".join(parts)


def _say_handling(unit: str, counts: Counts, say: Callable[[str], str]) -> str:
    ended = counts.resolved + counts.withdrawn + counts.stopped
    return say(HANDLING).format(
        unit=unit,
        all=ended + counts.pending,
        carried=counts.carried,
        new=counts.new,
        resolved=ended,
        timely=ended - counts.late,
        rate=_rate(ended - counts.late, ended),
        late=counts.late,
        pending=counts.pending,
        overdue=counts.pending_overdue,
    )


def _rate(part: int, whole: int) -> str:
    if not whole:
        return "0"
    rate = (Decimal(part) * 100 / whole).quantize(TENTH, ROUND_HALF_UP)
    return f"{rate:f}".replace(".", ",").removesuffix(",0")
