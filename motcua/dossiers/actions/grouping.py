"""Stating a group of procedures under one form: looked through as it would be promised, then stated from a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue import access
from motcua.catalogue import actions as catalogue
from motcua.catalogue.actions import BundleFacts
from motcua.core.refusal import Refused
from motcua.dossiers.queries.groups import check_group
from motcua.organisations.rules import Actor


@transaction.atomic
def state_group(*, actor: Actor, facts: BundleFacts, first_day: date, at: datetime) -> None:
    """State a new version of a group when everything it promises can be kept (Circular 01/2018 art. 4).

    :raises Refused: not the province's keeper, a fault of a part, the longest way does not fit the whole, or a bad day.
    """
    access.require_keeper(actor)
    catalogue.require_new_day(facts.code, first_day, timezone.localdate(at))
    faults = check_group(facts, first_day)
    if faults:
        first = faults[0]
        raise Refused("faulty_group", first.message, field=first.field or None)
    if not facts.basis.strip():
        raise Refused("basis_needed", _("Ghi căn cứ công bố nhóm thủ tục."), field="basis")
    catalogue.state_bundle(actor=actor, facts=facts, first_day=first_day, at=at)
