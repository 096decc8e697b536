"""The queues an operator looks after: what is told to others, what others told us, where both differ, what people are told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.paging import Page
from motcua.core.refusal import Refused
from motcua.desk.words import name_neighbour, name_traffic
from motcua.dossiers.rules import national
from motcua.integrations import actions as send
from motcua.integrations import queries as integrations
from motcua.notifications import actions as notify
from motcua.notifications import queries as notifications
from motcua.organisations.rules import Actor

Agencies = frozenset[int] | None
"""The agencies somebody looks after; None is all of them."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One tab: what lies in it, in which state, and what may be done with it."""

    slug: str
    label: str | Promise
    kind: str
    state: str
    tone: str = ""
    acts: tuple[str, ...] = ("gui-lai",)

    @property
    def is_mail(self) -> bool:
        """Whether people are told by it."""
        return self.kind == "mail"

    @property
    def asks_note(self) -> bool:
        """Whether one of its acts needs a word why."""
        return bool({"bo-qua", "da-bao"} & set(self.acts))


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    pk: int
    at: datetime
    what: str
    reference: str
    agency_id: int | None
    attempts: int
    next_at: datetime | None
    note: str


QUEUES = (
    Queue("he-thong-loi", gettext_lazy("Hệ thống khác: không gửi được"), "outbox", "failed", "late", ("gui-lai", "bo-qua")),
    Queue("he-thong-cho", gettext_lazy("Hệ thống khác: chờ gửi"), "outbox", "waiting"),
    Queue("lech", gettext_lazy("Lệch với Cổng quốc gia"), "difference", "open", "late"),
    Queue("nhan-loi", gettext_lazy("Nhận về: không xử lý được"), "inbox", "failed", "late", ("gui-lai", "bo-qua")),
    Queue("nhan-cho", gettext_lazy("Nhận về: chờ xử lý"), "inbox", "waiting", "", ()),
    Queue("tin-loi", gettext_lazy("Tin cho người dân: không gửi được"), "mail", "failed", "late", ("gui-lai", "nhan", "da-bao")),
    Queue("tin-khong-dia-chi", gettext_lazy("Không có địa chỉ"), "mail", "no_address", "due", ("gui-lai", "nhan", "da-bao")),
    Queue("tin-cho", gettext_lazy("Tin cho người dân: chờ gửi"), "mail", "waiting"),
)  # fmt: skip
LABELS = {
    "gui-lai": gettext_lazy("Gửi lại"),
    "bo-qua": gettext_lazy("Bỏ qua, có lý do"),
    "nhan": gettext_lazy("Nhận xử lý"),
    "da-bao": gettext_lazy("Đã báo bằng cách khác"),
}


def find_queues(agencies: Agencies, *, only_mail: bool) -> tuple[Queue, ...]:
    """The queues somebody may open: what comes in is nobody's agency yet, so only who looks after all sees it."""
    return tuple(
        q for q in QUEUES if (q.is_mail or not only_mail) and (q.kind != "inbox" or agencies is None)
    )


def count_all(agencies: Agencies) -> dict[tuple[str, str], str]:
    """How much lies in each queue, in words, by kind and state."""
    counts = {
        "outbox": integrations.count_by_state(agencies),
        "mail": notifications.count_by_state(agencies),
        "inbox": integrations.count_arrivals() if agencies is None else {},
        "difference": {"open": integrations.count_differences(agencies)},
    }
    return {(kind, state): n for kind, states in counts.items() for state, n in states.items()}


def find_lines(
    queue: Queue, cursor: str | None, agencies: Agencies, *, reference: str = ""
) -> tuple[Page, list[Line]]:
    """A page of a queue, the oldest first; of one dossier if its code is named."""
    of: dict[str, Any] = {"agency_ids": agencies, "reference": reference}
    finders: dict[str, Callable[[], Page]] = {
        "outbox": lambda: integrations.find_waiting(cursor, state=queue.state, **of),
        "mail": lambda: notifications.find_waiting(cursor, state=queue.state, **of),
        "inbox": lambda: integrations.find_arrivals(cursor, state=queue.state, reference=reference),
        "difference": lambda: integrations.find_differences(cursor, **of),
    }
    page = finders[queue.kind]()
    return page, [READERS[queue.kind](row) for row in page.rows]


def act(
    queue: Queue, what: str, picked: list[int], *, note: str, actor: Actor, agencies: Agencies, at: datetime
) -> int:
    """Do one thing with what was picked; how many it concerned.

    :raises Refused: the queue knows no such act, or a word why is missing.
    """
    if what not in queue.acts:
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."))
    if what == "bo-qua" and not note:
        raise Refused("reason_needed", _("Ghi lý do."), field="ghi_chu")
    given: dict[str, Any] = {"note": note, "actor": actor, "agencies": agencies, "at": at}
    return ACTS[queue.kind, what](picked, given)


def _read_outbox(row: Any) -> Line:
    what = name_traffic(row.destination, row.topic)
    return Line(
        row.pk, row.outgoing_at, what, row.reference, row.agency_id, row.attempts, row.next_at, row.last_error
    )


def _read_mail(row: Any) -> Line:
    owner = _("đang xử lý: %(name)s") % {"name": row.owner_name} if row.owner_name else ""
    note = " · ".join(part for part in (row.last_error, owner) if part)
    return Line(
        row.pk,
        row.message_at,
        notifications.name_template(row.template, row.message_at),
        row.reference,
        row.agency_id,
        row.attempts,
        row.next_at,
        note,
    )


def _read_inbox(row: Any) -> Line:
    what = name_traffic(row.source, row.topic)
    return Line(row.pk, row.incoming_at, what, row.reference, None, row.attempts, row.next_at, row.last_error)


def _read_difference(row: Any) -> Line:
    sides = {"ours": _name_status(row.ours), "theirs": _name_status(row.theirs)}
    note = _("ta: %(ours)s; nơi kia: %(theirs)s") % sides
    return Line(
        row.pk,
        row.found_at,
        name_neighbour(row.destination),
        row.reference,
        row.agency_id,
        0,
        row.replayed_at,
        note,
    )


def _name_status(code: int | None) -> str:
    return _("không có hồ sơ") if code is None else f"{code}. {_(national.STATUSES.get(code, '?'))}"


READERS: Mapping[str, Callable[[Any], Line]] = {
    "outbox": _read_outbox,
    "mail": _read_mail,
    "inbox": _read_inbox,
    "difference": _read_difference,
}
Act = Callable[[list[int], dict[str, Any]], int]
ACTS: Mapping[tuple[str, str], Act] = {
    ("outbox", "gui-lai"): lambda ids, g: send.retry(dispatch_ids=ids, agency_ids=g["agencies"], at=g["at"]),
    ("outbox", "bo-qua"): lambda ids, g: send.set_aside(
        dispatch_ids=ids, reason=g["note"], agency_ids=g["agencies"], at=g["at"]
    ),
    ("inbox", "gui-lai"): lambda ids, g: (
        send.handle_again(arrival_ids=ids, at=g["at"]) if g["agencies"] is None else 0
    ),
    ("inbox", "bo-qua"): lambda ids, g: (
        send.set_arrivals_aside(arrival_ids=ids, reason=g["note"], at=g["at"]) if g["agencies"] is None else 0
    ),
    ("difference", "gui-lai"): lambda ids, g: sum(
        send.replay_difference(difference_id=pk, agency_ids=g["agencies"], at=g["at"]) for pk in ids
    ),
    ("mail", "gui-lai"): lambda ids, g: notify.retry(delivery_ids=ids, agency_ids=g["agencies"], at=g["at"]),
    ("mail", "nhan"): lambda ids, g: notify.take_over(
        delivery_ids=ids,
        owner_id=g["actor"].user_id,
        owner_name=g["actor"].person_name,
        agency_ids=g["agencies"],
        at=g["at"],
    ),
    ("mail", "da-bao"): lambda ids, g: notify.settle(
        delivery_ids=ids, note=g["note"], agency_ids=g["agencies"], at=g["at"]
    ),
}
