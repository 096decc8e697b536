"""Bảng kê giao nhận with the postal partner: who signs when, and what becomes of each thing on the list (Decision 45/2016/QĐ-TTg)."""

from collections.abc import Callable
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused


class ListState(StrEnum):
    """Where a list stands."""

    DRAFT = "draft"
    HANDED = "handed"  # the giver signed
    RECEIVED = "received"  # the receiver signed, things may be missing


class ItemState(StrEnum):
    """What became of one thing on it."""

    LISTED = "listed"
    RECEIVED = "received"
    MISSING = "missing"
    LOST = "lost"
    DELIVERED = "delivered"
    RETURNED = "returned"


class Content(StrEnum):
    """What is handed over."""

    PAPERS = "papers"
    RESULT = "result"


LIST_LABELS = {
    ListState.DRAFT: _("Đang lập"),
    ListState.HANDED: _("Đã giao, chờ ký nhận"),
    ListState.RECEIVED: _("Đã ký nhận"),
}
ITEM_LABELS = {
    ItemState.LISTED: _("Trong bảng kê"),
    ItemState.RECEIVED: _("Đã nhận"),
    ItemState.MISSING: _("Thiếu, đang tìm"),
    ItemState.LOST: _("Mất"),
    ItemState.DELIVERED: _("Đã phát"),
    ItemState.RETURNED: _("Không phát được, chuyển lại"),
}
CONTENT_LABELS = {Content.PAPERS: _("Hồ sơ giấy"), Content.RESULT: _("Kết quả giải quyết")}
# item state → the states it may go to
ITEM_MOVES: dict[ItemState, frozenset[ItemState]] = {
    ItemState.LISTED: frozenset({ItemState.RECEIVED, ItemState.MISSING}),
    ItemState.RECEIVED: frozenset({ItemState.DELIVERED, ItemState.RETURNED, ItemState.LOST}),
    ItemState.MISSING: frozenset({ItemState.RECEIVED, ItemState.LOST}),
    ItemState.LOST: frozenset(),
    ItemState.DELIVERED: frozenset(),
    ItemState.RETURNED: frozenset(),
}
# What still lies with somebody: a dossier is on one such list at a time.
IN_TRANSIT = frozenset({ItemState.LISTED, ItemState.RECEIVED, ItemState.MISSING})
NEEDS_WORDS = frozenset({ItemState.MISSING, ItemState.LOST, ItemState.RETURNED, ItemState.DELIVERED})


def require_list_move(state: ListState, target: ListState, *, say: Callable[[str], str] = str) -> None:
    """The giver signs first, then the receiver, each once.

    :raises Refused: not in this order.
    """
    order = list(ListState)
    if order.index(target) != order.index(state) + 1:
        sentence = say(_("Bảng kê đang ở tình trạng “{state}”."))
        raise Refused("not_possible_now", sentence.format(state=say(LIST_LABELS[state])))


def require_item_move(
    state: ItemState, target: ItemState, words: str, *, say: Callable[[str], str] = str
) -> None:
    """What may become of a thing, and what has to be said of it.

    :raises Refused: it is past that, or the words (why missing, who took it) are missing.
    """
    if target not in ITEM_MOVES[state]:
        sentence = say(_("Không thể ghi “{target}” khi đang là “{state}”."))
        words_said = sentence.format(target=say(ITEM_LABELS[target]), state=say(ITEM_LABELS[state]))
        raise Refused("not_possible_now", words_said)
    if target in NEEDS_WORDS and not words.strip():
        raise Refused("reason_needed", say(_("Ghi lý do, hoặc người nhận khi đã phát.")), field="words")
