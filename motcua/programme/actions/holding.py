"""A draft held by one act: nobody changes it meanwhile, and nothing that was changed unseen is overwritten."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.programme.access import require_keeper
from motcua.programme.models import PlanReading
from motcua.programme.rules.columns import Field
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.plan import deadline_as_json
from motcua.programme.rules.review import review_cells


def lock_draft(*, actor: Actor, reading_id: int, revision: int, state: str = "waiting") -> PlanReading:
    """The draft, locked, in the state an act needs.

    :raises Refused: there is none, it is another agency's, or it changed since it was shown.
    """
    reading = PlanReading.objects.select_for_update().filter(pk=reading_id).first()
    if reading is None:
        raise Refused("not_found", _("Không có bản đọc này."))
    require_keeper(actor, reading.unit_id)
    if reading.state != state or reading.revision != revision:
        raise Refused(
            "stale", _("Bản đọc đã được người khác sửa hoặc đã nhập. Tải lại trang để xem bản mới.")
        )
    return reading


def save_draft(reading: PlanReading) -> PlanReading:
    """Keep the changed draft; whoever still looks at the old one is told."""
    reading.revision += 1
    reading.save()
    return reading


def judge_row(row: dict[str, Any], year: int | None) -> dict[str, Any]:
    """The row with its deadline read anew and what is still doubtful about it."""
    read = parse_deadline(row[Field.TIME], year)
    unsure = [f"time: {doubt}" for doubt in read.doubts] + review_cells(row)
    return row | {"deadline": deadline_as_json(read), "unsure": unsure}
