"""Who works where on a day, and the Actor that comes of it."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from motcua.core.prepared import open_cursor
from motcua.organisations import rules
from motcua.organisations.models import Assignment
from motcua.organisations.queries.tree import Tree, get_tree
from motcua.organisations.rules import Actor, Kind, Post

MOST_KEPT = 8000


class Person(Protocol):
    """What is asked of a person who signed in."""

    pk: int
    full_name: str
    postings_version: int


@dataclass(frozen=True, slots=True)
class PostingView:
    """A person's posting as it stands on a day."""

    id: int
    user_id: int
    person_name: str
    username: str
    unit_id: int
    post: str
    position: str
    decision_number: str
    field_codes: tuple[str, ...]
    is_reserve: bool
    valid_from: date
    valid_to: date | None

    @property
    def post_label(self) -> str:
        """The post in Vietnamese."""
        return rules.POST_LABELS.get(Post(self.post), self.post)


_FIELDS = (
    "id",
    "user_id",
    "user__full_name",
    "user__username",
    "unit_id",
    "post",
    "position",
    "decision_number",
    "field_codes",
    "is_reserve",
    "valid_from",
    "valid_to",
)
_OFFICERS = """
SELECT a.id, a.user_id, u.full_name, u.username, a.unit_id, a.post, a.position, a.decision_number, a.field_codes,
       a.is_reserve, a.valid_from, a.valid_to
FROM organisations_assignment a JOIN accounts_user u ON u.id = a.user_id
WHERE a.unit_id = ANY(%s) AND a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to > %s)
ORDER BY a.unit_id, a.post, u.full_name
"""
_kept: OrderedDict[tuple[int, int, date], list[PostingView]] = OrderedDict()
_actors: OrderedDict[tuple[object, ...], Actor | None] = OrderedDict()


def _view(row: tuple[Any, ...]) -> PostingView:
    return PostingView(*(row[:8] + (tuple(row[8] or ()),) + row[9:]))


def find_assignments(user: Person, on: date) -> list[PostingView]:
    """The postings of a person on a day; usually from memory.

    What is kept is believed only while the person's `postings_version`, which came with the session, is the same.
    """
    key = (user.pk, user.postings_version, on)
    if key not in _kept:
        rows = Assignment.objects.on(on).filter(user_id=user.pk).order_by("is_reserve", "valid_from", "id")
        _keep(_kept, key, [_view(row) for row in rows.values_list(*_FIELDS)])
    return _kept[key]


def get_actor(user: Person, assignment_id: int | None, on: date) -> Actor | None:
    """The person in the chosen post today; nothing when there is no such posting, or several and none chosen."""
    tree = get_tree(on)
    key = (user.pk, user.full_name, user.postings_version, assignment_id, on, tree.stamp)
    if key not in _actors:
        _keep(_actors, key, _make_actor(user, assignment_id, on, tree))
    return _actors[key]


def _keep(kept: OrderedDict, key: object, value: object) -> None:
    while len(kept) >= MOST_KEPT:
        kept.popitem(last=False)
    kept[key] = value


def _make_actor(user: Person, assignment_id: int | None, on: date, tree: Tree) -> Actor | None:
    postings = [posting for posting in find_assignments(user, on) if posting.unit_id in tree.units]
    if assignment_id is not None:
        postings = [posting for posting in postings if posting.id == assignment_id]
    if len(postings) != 1:
        return None
    return _act_as(postings[0], tree)


def _act_as(posting: PostingView, tree: Tree) -> Actor:
    unit = tree.units[posting.unit_id]
    agency = tree.get_agency_of(unit.id) or unit
    parent = tree.units.get(unit.parent_id) if unit.parent_id else None
    below = frozenset(tree.get_subtree(unit.id))
    is_administrator = posting.post == Post.ADMINISTRATOR
    # Who watches over plans for the Fatherland Front or another body sees no dossier either.
    scope = frozenset() if posting.post in {Post.ADMINISTRATOR, Post.OBSERVER} else below
    return Actor(
        user_id=posting.user_id,
        person_name=posting.person_name,
        assignment_id=posting.id,
        post=Post(posting.post),
        unit_id=unit.id,
        unit_name=unit.agency_name,
        unit_kind=unit.kind,
        agency_id=agency.id,
        agency_name=agency.agency_name,
        agency_code=agency.agency_code,
        calendar_code=tree.get_calendar_code(unit.id),
        position=posting.position,
        scope=scope,
        reads=scope | tree.find_taken_over(scope),
        inherits=frozenset(tree.find_taken_over([agency.id])) if scope else frozenset(),
        sees_all=rules.sees_all(posting.post, unit.kind, parent.kind if parent else Kind.SECTION),
        administers=below if is_administrator else frozenset(),
    )


def find_officers(unit_id: int, post: str | None = None, *, on: date) -> list[PostingView]:
    """Who holds posts in a unit on a day."""
    rows = Assignment.objects.on(on).filter(unit_id=unit_id, user__is_active=True)
    if post:
        rows = rows.filter(post=post)
    return [
        _view(row) for row in rows.order_by("post", "is_reserve", "user__full_name").values_list(*_FIELDS)
    ]


def find_officers_of(unit_ids: set[int], *, on: date) -> list[PostingView]:
    """Who holds posts in any of these units on a day."""
    with open_cursor() as cursor:
        cursor.execute(_OFFICERS, [list(unit_ids), on, on])
        return [_view(row) for row in cursor.fetchall()]


def find_postings_of(user_id: int) -> list[PostingView]:
    """Every posting a person ever held, newest first."""
    rows = Assignment.objects.filter(user_id=user_id).order_by("-valid_from", "-id")
    return [_view(row) for row in rows.values_list(*_FIELDS)]


def find_held_units(user_id: int, on: date) -> set[int]:
    """The units the person works in on the day or will later."""
    return {one.unit_id for one in find_postings_of(user_id) if one.valid_to is None or one.valid_to > on}


def find_assignment(assignment_id: int) -> Assignment | None:
    """One posting by its number."""
    return Assignment.objects.select_related("unit", "user").filter(pk=assignment_id).first()
