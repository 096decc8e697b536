"""The first draft of a week's note, from the score and what lost it: pure."""

from collections.abc import Callable
from decimal import Decimal

from motcua.core.marking import _
from motcua.indices.rules.scoring import Score

SCORE = _("Điểm chỉ số phục vụ: {total}/{most} (trong các chỉ số đã có số liệu).")
CHANGE = _("So với đầu tuần: {change} điểm.")
PLACE = _("Thứ hạng {place}/{of} trong các đơn vị cùng loại.")
LOST = _("Mất điểm nhiều nhất: {lines}.")
LINE = _("{code} {name} (−{lost})")
RISK = _("{count} hồ sơ đến hạn trong 7 ngày tới; để quá hạn hết thì mất {points} điểm.")
OVERDUE = _("Đang quá hạn: {count} hồ sơ.")
TO_DO = _("Việc cần làm tuần này: [ghi việc, người làm, ngày xong]")


def draft(
    made: Score,
    *,
    change: Decimal | None,
    place: tuple[int, int] | None,
    overdue: int,
    risk: tuple[int, Decimal],
    say: Callable[[str], str] = str,
) -> str:
    """The note as sentences, one a line; what is not known is left out."""
    lost = sorted(
        (line for line in made.lines if line.lost and line.rate is not None), key=lambda one: -one.lost
    )
    said = [say(SCORE).format(total=_write(made.total), most=_write(made.known_most))]
    if change is not None:
        said.append(say(CHANGE).format(change=f"{'+' if change >= 0 else '−'}{_write(abs(change))}"))
    if place:
        said.append(say(PLACE).format(place=place[0], of=place[1]))
    if lost:
        lines = [
            say(LINE).format(code=o.indicator.code, name=o.indicator.name, lost=_write(o.lost))
            for o in lost[:3]
        ]
        said.append(say(LOST).format(lines="; ".join(lines)))
    said.append(say(OVERDUE).format(count=overdue))
    if risk[0]:
        said.append(say(RISK).format(count=risk[0], points=_write(risk[1])))
    return "\n".join([*said, say(TO_DO)])


def _write(value: Decimal) -> str:
    text = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return text.replace(".", ",")
