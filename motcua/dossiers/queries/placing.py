"""Where a step of a process lands: the unit whose people hold the post, for this dossier, on this day."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.dossiers.models import Dossier
from motcua.organisations import queries as organisations
from motcua.organisations.queries import PostingView
from motcua.processes.rules import StepView


@dataclass(slots=True)
class Places:
    """The units of one dossier; postings of an agency are read once and only when a step asks for them."""

    dossier: Dossier
    on: date
    _postings: dict[int, list[PostingView]] = field(default_factory=dict)

    def place(self, step: StepView, *, is_last: bool) -> int:
        """The unit a step waits in.

        :raises Refused: the process names a unit that does not exist that day.
        """
        if step.role == "one_stop":
            return self.dossier.returning_unit_id if is_last else self.dossier.receiving_unit_id
        if step.role == "opinion":
            return self.place_in(self._find(step.unit_code).id, step.post)
        agency_id = self.dossier.competent_agency_id
        if step.role == "section" and step.unit_code:
            return self.place_in(self._find_section(agency_id, step.unit_code), step.post)
        return self.place_in(agency_id, step.post)

    def place_in(self, unit_id: int, post: str) -> int:
        """The unit at or below `unit_id` where somebody holds the post, best one for the field; else the unit itself."""
        holders = [p for p in _recall(unit_id, self.on, self.postings_of) if p.post == post]
        if not holders or any(p.unit_id == unit_id for p in holders):
            return unit_id
        named = [p for p in holders if self.dossier.field_code and self.dossier.field_code in p.field_codes]
        return min(named or holders, key=lambda p: (p.is_reserve, p.unit_id)).unit_id

    def postings_of(self, unit_id: int) -> list[PostingView]:
        """Who holds posts at or below a unit; one statement per unit."""
        if unit_id not in self._postings:
            below = organisations.get_subtree(unit_id, self.on)
            self._postings[unit_id] = organisations.find_officers_of(below, on=self.on)
        return self._postings[unit_id]

    def require_holder(self, unit_id: int, post: str, user_id: int) -> PostingView:
        """The posting of a person chosen for a step.

        :raises Refused: the person does not hold the post there that day, or is away.
        """
        for posting in self.postings_of(unit_id):
            if posting.user_id == user_id and posting.post == post:
                if not organisations.find_present([user_id], posting.unit_id, self.on):
                    message = _("%(name)s đang vắng mặt; chọn người thay hoặc để cả bộ phận.")
                    raise Refused("away", message % {"name": posting.person_name}, field="assignee_id")
                return posting
        raise Refused(
            "not_a_holder", _("Người được giao không giữ chức danh này ở đơn vị đó."), field="assignee_id"
        )

    def _find(self, code: str) -> organisations.UnitView:
        unit = organisations.find_standing_by_code(
            code, self.on
        ) or organisations.find_standing_by_agency_code(code, self.on)
        if unit is None:
            raise Refused(
                "no_unit", _("Quy trình nêu đơn vị %(code)s không có vào ngày này.") % {"code": code}
            )
        return unit

    def _find_section(self, agency_id: int, code: str) -> int:
        below = [organisations.get_unit(i, self.on) for i in organisations.get_subtree(agency_id, self.on)]
        for unit in sorted(below, key=lambda u: u.id):
            if unit.code == code or unit.code.endswith((f".{code}", f"-{code}")) or unit.short_name == code:
                return unit.id
        return agency_id


SECONDS_BELIEVED, MOST_RECALLED = 5.0, 500
_recalled: dict[tuple[int, date, str], tuple[float, list[PostingView]]] = {}


def _recall(unit_id: int, on: date, read: Callable[[int], list[PostingView]]) -> list[PostingView]:
    """Postings read by any act within the last seconds: enough to find a place, not to check a person."""
    key = (unit_id, on, organisations.get_tree(on).stamp)
    read_at, postings = _recalled.get(key, (0.0, []))
    now = time.monotonic()
    if not read_at or now - read_at > SECONDS_BELIEVED:
        if len(_recalled) > MOST_RECALLED:
            _recalled.clear()
        postings = read(unit_id)
        _recalled[key] = (now, postings)
    return postings


def find_involved(unit_ids: Sequence[tuple[int | None, str]], on: date) -> list[dict[str, object]]:
    """Rows of involvement for units and the agencies they belong to, each unit once, the first role kept."""
    return _find_roles(tuple(unit_ids), on, organisations.get_tree(on).stamp)


@lru_cache(maxsize=2000)
def _find_roles(
    unit_ids: tuple[tuple[int | None, str], ...], on: date, _stamp: str
) -> list[dict[str, object]]:
    """The same few units take part again and again, and a tree changes a few times a year; nobody changes the answer."""
    roles: dict[int, str] = {}
    for unit_id, role in unit_ids:
        if unit_id is None:
            continue
        roles.setdefault(unit_id, role)
        agency = next((u for u in organisations.get_lineage(unit_id, on) if u.kind in _AGENCIES), None)
        if agency and agency.id != unit_id:
            roles.setdefault(agency.id, role)
    return [{"unit_id": unit_id, "role": role} for unit_id, role in roles.items()]


# The province's People's Committee oversees as a whole; a row for each of its centre's dossiers would say nothing.
_AGENCIES = frozenset({"commune", "district", "department", "vertical_agency", "postal_partner"})
