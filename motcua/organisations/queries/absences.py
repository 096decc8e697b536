"""Who is away, who stands in, who signs for whom; every question names its day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.core.prepared import open_cursor
from motcua.organisations.models import Absence, Assignment, SigningRight
from motcua.organisations.rules import ABSENCE_REASONS, POST_LABELS, Post, write_signing_title


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence as it is shown."""

    id: int
    assignment_id: int
    user_id: int
    person_name: str
    unit_id: int
    post: str
    reason: str
    decision_number: str
    substitute_id: int | None
    substitute_name: str
    valid_from: date
    valid_to: date | None

    @property
    def reason_label(self) -> str:
        """The reason in Vietnamese."""
        return ABSENCE_REASONS.get(self.reason, self.reason)

    @property
    def post_label(self) -> str:
        """The post in Vietnamese."""
        return POST_LABELS.get(Post(self.post), self.post)


@dataclass(frozen=True, slots=True)
class SignerView:
    """Somebody who may sign for an agency on a day, and the title over the name."""

    user_id: int
    name: str
    title: str


def _view(row: Absence) -> AbsenceView:
    held = row.assignment
    return AbsenceView(
        id=row.pk,
        assignment_id=held.pk,
        user_id=held.user_id,
        person_name=held.user.full_name,
        unit_id=held.unit_id,
        post=held.post,
        reason=row.reason,
        decision_number=row.decision_number,
        substitute_id=row.substitute_id,
        substitute_name=row.substitute.full_name if row.substitute else "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _rows() -> QuerySet[Absence]:
    return Absence.objects.select_related("assignment__user", "substitute")


def find_absences(
    unit_ids: Collection[int], on: date, *, past: bool = False, limit: int = 300
) -> list[AbsenceView]:
    """Absences of the people of these units: those that hold or are to come, or with `past` those that are over."""
    rows = _rows().filter(assignment__unit_id__in=list(unit_ids))
    if past:
        rows = rows.filter(valid_to__lte=on).order_by("-valid_to", "pk")
    else:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).order_by("valid_from", "pk")
    return [_view(row) for row in rows[:limit]]


def find_absence(absence_id: int) -> AbsenceView | None:
    """One absence by its number."""
    row = _rows().filter(pk=absence_id).first()
    return _view(row) if row else None


_PRESENT = """
SELECT a.user_id FROM organisations_assignment a JOIN accounts_user u ON u.id = a.user_id AND u.is_active
WHERE a.user_id = ANY(%(users)s) AND a.unit_id = %(unit)s
  AND a.valid_from <= %(on)s AND (a.valid_to IS NULL OR a.valid_to > %(on)s)
  AND NOT EXISTS (SELECT 1 FROM organisations_absence b WHERE b.assignment_id = a.id
                  AND b.valid_from <= %(on)s AND (b.valid_to IS NULL OR b.valid_to > %(on)s))
"""


def find_present(user_ids: Iterable[int], unit_id: int, on: date) -> set[int]:
    """Those of these people who are at work in the unit that day: in a post of it, not away from it, not left."""
    with open_cursor() as cursor:
        cursor.execute(_PRESENT, {"users": list(user_ids), "unit": unit_id, "on": on})
        return {user_id for (user_id,) in cursor.fetchall()}


def find_stand_in(user_id: int, unit_id: int, post: str, on: date) -> int | None:
    """Who takes what was meant for a person: the person, else whoever stands in and is present, else nobody (the pool)."""
    if user_id in find_present([user_id], unit_id, on):
        return user_id
    chosen = Absence.objects.on(on).filter(
        assignment__user_id=user_id, assignment__unit_id=unit_id, substitute__isnull=False
    )
    rows = chosen.values_list("substitute_id", "assignment__post")
    ordered = [who for who, _held in sorted(rows, key=lambda row: row[1] != post)]
    present = find_present(ordered, unit_id, on)
    return next((who for who in ordered if who in present), None)


def find_absentees(unit_ids: Collection[int], on: date) -> set[tuple[int, int]]:
    """(person, unit) of everybody away that day from every post held in the unit."""
    rows = Absence.objects.on(on).filter(assignment__unit_id__in=list(unit_ids))
    away = set(rows.values_list("assignment__user_id", "assignment__unit_id"))
    present = {
        (user_id, unit_id)
        for unit_id in {unit for _user, unit in away}
        for user_id in find_present([user for user, at in away if at == unit_id], unit_id, on)
    }
    return away - present


def find_gone(on: date, since: date) -> list[tuple[int, int]]:
    """(person, unit) of those whose posting or presence ended: away that day, left the unit since, or shut out."""
    ended = Assignment.objects.filter(valid_to__lte=on, valid_to__gt=since)
    shut_out = Assignment.objects.on(on).filter(user__is_active=False)
    away = Assignment.objects.on(on).filter(
        Exists(Absence.objects.on(on).filter(assignment_id=OuterRef("pk")))
    )
    found: dict[int, set[int]] = {}
    for rows in (ended, shut_out, away):
        for user_id, unit_id in rows.values_list("user_id", "unit_id"):
            found.setdefault(unit_id, set()).add(user_id)
    return [
        (user_id, unit_id)
        for unit_id, users in sorted(found.items())
        for user_id in sorted(users - find_present(users, unit_id, on))
    ]


def find_signers(agency_units: Collection[int], on: date) -> list[SignerView]:
    """Who may sign for an agency that day: its leaders under their own title, others for them by right; the absent left out."""
    held = Assignment.objects.on(on).filter(unit_id__in=list(agency_units), user__is_active=True)
    leaders = held.filter(post__in=[Post.APPROVER.value, Post.UNIT_HEAD.value]).select_related("user")
    away = find_absentees(agency_units, on)
    signers = {
        one.user_id: SignerView(one.user_id, one.user.full_name, _own_title(one))
        for one in leaders.order_by("unit_id", "post", "pk")
        if (one.user_id, one.unit_id) not in away
    }
    rights = SigningRight.objects.on(on).filter(principal__unit_id__in=list(agency_units))
    for right in rights.select_related("principal", "signer__user").order_by("-pk"):
        one = right.signer
        if (one.user_id, one.unit_id) not in away and one.holds_on(on):
            title = write_signing_title(right.form, _title(right.principal), _title(one))
            signers[one.user_id] = SignerView(one.user_id, one.user.full_name, title)
    return list(signers.values())


def find_rights(unit_ids: Collection[int], on: date) -> list[SigningRight]:
    """Who signs for whom in these units, those that hold or are to come."""
    rows = SigningRight.objects.filter(principal__unit_id__in=list(unit_ids))
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return list(rows.select_related("principal__user", "signer__user").order_by("valid_from", "pk"))


def _title(one: Assignment) -> str:
    return one.position or POST_LABELS[Post(one.post)]


def _own_title(one: Assignment) -> str:
    return write_signing_title("", "", _title(one))
