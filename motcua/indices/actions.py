"""Figures of the index that are known from elsewhere."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.figures.rules import Period
from motcua.indices import sets
from motcua.indices.access import require_typist
from motcua.indices.models import TypedFigure
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
    if code not in {one.code for one in sets.get_indicators(period.last_on)}:
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
