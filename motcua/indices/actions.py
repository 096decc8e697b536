"""Figures of the index that are known from elsewhere."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line, nfc
from motcua.figures.rules import Period
from motcua.indices import sets
from motcua.indices.access import require_typist
from motcua.indices.models import TypedFigure, WeeklyNote
from motcua.organisations.rules import Actor


@transaction.atomic
def type_figure(
    *,
    actor: Actor,
    unit_id: int,
    period: Period,
    code: str,
    numerator: Decimal,
    denominator: Decimal,
    evidence: str,
    at: datetime,
) -> TypedFigure:
    """Keep how many of how many, with where it was taken from; typed again, it takes the place of the old one.

    :raises Refused: another unit's, no such indicator, no evidence, or more than there are.
    """
    require_typist(actor, unit_id)
    if code not in {one.code for one in sets.get_indicators(period.last_on)} and code not in sets.NINE_TYPED:
        raise Refused("not_found", _("Không có chỉ số này."), field="code")
    if not 0 <= numerator <= denominator:
        raise Refused("not_a_share", _("Tử số từ 0 đến mẫu số."), field="numerator")
    evidence = clean_line(evidence)[:300]
    if not evidence:
        raise Refused("no_evidence", _("Ghi số liệu lấy từ đâu."), field="evidence")
    row, _is_new = TypedFigure.objects.update_or_create(
        unit_id=unit_id,
        first_on=period.first_on,
        last_on=period.last_on,
        code=code,
        defaults={
            "numerator": numerator,
            "denominator": denominator,
            "evidence": evidence,
            "typed_by": f"{actor.person_name}, {actor.unit_name}"[:240],
            "typed_at": at,
        },
    )
    audit.record("indices.typed", actor=actor, subject=f"indices.typedfigure:{row.pk}", note=code, at=at)
    return row


@transaction.atomic
def write_note(*, actor: Actor, unit_id: int, week_on: date, text: str, at: datetime) -> WeeklyNote:
    """Write what the index did in a week and what is to be done; written again, it takes the place of the old one.

    :param week_on: the Monday of the week
    :raises Refused: another unit's, not a Monday, a week to come, or nothing written
    """
    require_typist(actor, unit_id)
    if week_on.weekday() != 0 or week_on > timezone.localdate(at):
        raise Refused("not_a_week", _("Không có tuần này."), field="week_on")
    text = nfc(text).replace("\0", "").replace("\r\n", "\n").strip()[:10_000]
    if not text:
        raise Refused("nothing_written", _("Ghi chép đang trống."), field="text")
    by = f"{actor.person_name}, {actor.unit_name}"[:240]
    row, _is_new = WeeklyNote.objects.update_or_create(
        unit_id=unit_id, week_on=week_on, defaults={"text": text, "written_by": by, "written_at": at}
    )
    audit.record("indices.note_written", actor=actor, subject=f"indices.weeklynote:{row.pk}", at=at)
    return row
