"""Giao nhận qua bưu chính: drawing up a list, both signatures, what is missing, what was delivered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.reading import read_row, read_rows
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers import access
from motcua.dossiers.actions.closing import return_result
from motcua.dossiers.actions.turn import Turn
from motcua.dossiers.models import Consignment, ConsignmentItem, Dossier, Task, serials
from motcua.dossiers.queries.consigning import find_items, find_partners, find_ready, get_consignment
from motcua.dossiers.rules.consigning import (
    Content,
    ItemState,
    ListState,
    require_item_move,
    require_list_move,
)
from motcua.dossiers.rules.states import Act, State
from motcua.notifications import actions as notifications
from motcua.organisations.rules import Actor

MOST_ITEMS = 200


@transaction.atomic
def draw_up(
    *,
    actor: Actor,
    to_unit_id: int,
    content: str,
    dossier_codes: Sequence[str],
    tracking: Mapping[str, str],
    note: str = "",
    at: datetime,
) -> Consignment:
    """A list of what is to be handed over, with its own number; a dossier is on one list at a time.

    :raises Refused: not a counter, no partner to exchange with, nothing chosen, or something that does not lie here.
    """
    access.require_intake_post(actor)
    on = timezone.localdate(at)
    if to_unit_id not in dict(find_partners(actor, on)):
        raise Refused(
            "wrong_unit", _("Chọn nơi nhận là đơn vị bưu chính hoặc bộ phận một cửa."), field="to_unit_id"
        )
    if content not in set(Content):
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."), field="content")
    ready = {dossier.code: dossier for dossier in find_ready(actor, Content(content))}
    chosen = list(dict.fromkeys(dossier_codes))[:MOST_ITEMS]
    if not chosen or any(code not in ready for code in chosen):
        raise Refused(
            "nothing_chosen", _("Chọn hồ sơ đang ở quầy này và chưa nằm trong bảng kê khác."), field="codes"
        )
    row = Consignment.objects.create(
        number=_take_number(actor, at),
        content=content,
        state=ListState.DRAFT.value,
        from_unit_id=actor.unit_id,
        to_unit_id=to_unit_id,
        made_at=at,
        made_by=_sign(actor),
        note=clean_line(note)[:500],
    )
    _list(row, [ready[code] for code in chosen], tracking)
    _record("dossiers.consignment_drawn_up", actor, row, at)
    return row


@transaction.atomic
def drop(*, actor: Actor, number: str, at: datetime) -> None:
    """A list nobody signed goes away.

    :raises Refused: another's, or signed.
    """
    row = get_consignment(actor, number, to_act=True)
    _require_side(actor, row.from_unit_id)
    if row.state != ListState.DRAFT:
        raise Refused("not_possible_now", _("Bảng kê đã ký giao, không bỏ được."))
    _record("dossiers.consignment_dropped", actor, row, at)
    row.delete()


@transaction.atomic
def consign(*, actor: Actor, number: str, at: datetime) -> Consignment:
    """The giver signs: from now on the things are on their way; applicants whose result goes by post are told.

    :raises Refused: another's list, or signed already.
    """
    row = get_consignment(actor, number, to_act=True)
    _require_side(actor, row.from_unit_id)
    require_list_move(ListState(row.state), ListState.HANDED, say=_)
    row.state, row.handed_at, row.handed_by = ListState.HANDED.value, at, _sign(actor)
    row.save()
    for item in find_items(row):
        _tell_history(actor, item, row, "handed", at)
        if row.content == Content.RESULT:
            _tell_applicant(item, at)
    _record("dossiers.consignment_handed", actor, row, at)
    return row


@transaction.atomic
def receive_list(
    *, actor: Actor, number: str, received_ids: Collection[int], reasons: Mapping[int, str], at: datetime
) -> Consignment:
    """The receiver signs for what is there; what is not is missing, with a word why, until it is found or lost.

    :raises Refused: another's list, not handed over, signed already, or a missing thing without a word.
    """
    row = get_consignment(actor, number, to_act=True)
    _require_side(actor, row.to_unit_id)
    require_list_move(ListState(row.state), ListState.RECEIVED, say=_)
    for item in find_items(row):
        is_here = item.pk in received_ids
        state = ItemState.RECEIVED if is_here else ItemState.MISSING
        _change(actor, item, row, state, "" if is_here else reasons.get(item.pk, ""), at)
    row.state, row.received_at, row.received_by = ListState.RECEIVED.value, at, _sign(actor)
    row.save()
    _record("dossiers.consignment_received", actor, row, at)
    return row


@transaction.atomic
def settle_item(
    *, actor: Actor, number: str, item_id: int, state: str, words: str = "", at: datetime
) -> ConsignmentItem:
    """What became of one thing: found, lost, delivered to whom, or brought back and why.

    :raises Refused: not of this place, not signed for yet, or it cannot have become that.
    """
    row = get_consignment(actor, number, to_act=True)
    side = row.to_unit_id
    if state == ItemState.LOST and actor.unit_id == row.from_unit_id:
        side = row.from_unit_id
    _require_side(actor, side)
    item = next((one for one in find_items(row) if one.pk == item_id), None)
    if item is None or row.state != ListState.RECEIVED or state not in set(ItemState):
        raise Refused("not_possible_now", _("Chưa ký nhận bảng kê, hoặc không có dòng này."))
    _change(actor, item, row, ItemState(state), words, at)
    return item


@transaction.atomic
def give_back_delivered(*, actor: Actor, number: str, at: datetime) -> int:
    """The counter records results the post delivered as returned to whoever took them; how many.

    :raises Refused: another's list, or the dossier does not wait to be returned here.
    """
    row = get_consignment(actor, number, to_act=True)
    _require_side(actor, row.from_unit_id)
    delivered = [
        item
        for item in find_items(row)
        if item.state == ItemState.DELIVERED and item.dossier.state == State.RESULT_READY
    ]
    for item in delivered if row.content == Content.RESULT else ():
        return_result(
            actor=actor, dossier_code=item.dossier.code, collector_name=item.words, method="postal", at=at
        )
    return len(delivered)


def _take_number(actor: Actor, at: datetime) -> str:
    day = f"{timezone.localdate(at):%y%m%d}"
    code = actor.agency_code or str(actor.unit_id)
    serial = serials.take_number("consignment", code, day)
    return f"BK-{code}-{day}-{serial:02}"


def _list(row: Consignment, dossiers: Sequence[Dossier], tracking: Mapping[str, str]) -> None:
    rows = [
        ConsignmentItem(consignment=row, dossier=one, tracking=clean_line(tracking.get(one.code, ""))[:40])
        for one in dossiers
    ]
    try:
        with transaction.atomic():
            ConsignmentItem.objects.bulk_create(rows)
    except IntegrityError as fault:
        raise Refused("taken", _("Có hồ sơ vừa được đưa vào bảng kê khác."), field="codes") from fault


def _require_side(actor: Actor, unit_id: int) -> None:
    access.require_intake_post(actor)
    if actor.unit_id != unit_id:
        raise Refused("not_yours", _("Việc này do bên kia của bảng kê làm."))


def _change(
    actor: Actor, item: ConsignmentItem, row: Consignment, state: ItemState, words: str, at: datetime
) -> None:
    require_item_move(ItemState(item.state), state, words, say=_)
    item.state, item.words = state.value, clean_line(words)[:500] or item.words
    item.changed_at, item.changed_by = at, _sign(actor)
    item.save()
    _tell_history(actor, item, row, state.value, at)


def _tell_history(actor: Actor, item: ConsignmentItem, row: Consignment, stage: str, at: datetime) -> None:
    """One event for each stage, so that the dossier's history says where its papers were."""
    dossier = read_row(Dossier, "id = %s FOR UPDATE", [item.dossier_id])
    assert dossier is not None
    if dossier.state == State.RETURNED:
        return
    tasks = read_rows(Task, "dossier_id = %s ORDER BY due_at, id", [dossier.pk])
    turn = Turn(actor, Act.CONSIGN, dossier, tasks, [], at)
    turn.data |= {"stage": stage, "number": row.number, "to_unit": row.to_unit_id}
    turn.finish()


def _tell_applicant(item: ConsignmentItem, at: datetime) -> None:
    dossier = item.dossier
    notifications.enqueue(
        "dossiers/posted",
        reference=dossier.code,
        agency_id=dossier.competent_agency_id,
        person_id=dossier.applicant_id,
        params={"code": dossier.code, "tracking": item.tracking},
        at=at,
    )


def _sign(actor: Actor) -> str:
    return f"{actor.person_name}, {actor.unit_name}"[:240]


def _record(what: str, actor: Actor, row: Consignment, at: datetime) -> None:
    audit.record(what, actor=actor, subject=f"dossiers.consignment:{row.pk}", note=row.number, at=at)
