"""Dossiers in lists: the register of a unit, search, and what a person has here already."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from motcua.catalogue import queries as catalogue
from motcua.core.paging import Page, page
from motcua.core.refusal import Refused
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, Favourite, Involvement, Joint, Party, SavedList
from motcua.dossiers.queries.by_name import NEWEST_STRETCHES, find_by_names, find_by_words, walk_words
from motcua.dossiers.queries.narrowing import Narrowing, write_conditions
from motcua.dossiers.queries.tails import find_whole_codes
from motcua.dossiers.queries.walking import NEWEST, SHOWN, walk_newest
from motcua.dossiers.rules.numbering import parse_code
from motcua.dossiers.rules.states import State
from motcua.organisations.rules import Actor
from motcua.people import queries as people

FEWEST_DIGITS = 8
FAVOURITES = 9


FEW = 300
"""Over the whole province fewer names are looked up one by one."""
COMMON, COMMON_OVER_ALL = 3500, 2500
"""What so many names hold is met among the newest, of one's units and of the whole province, sooner than any index finds it."""
# A page of a search: what one screen shows. Somebody sought by name is among the newest, or one adds a word.
SOUGHT_SIZE = 15


def find_register(
    actor: Actor, asked: Narrowing | None = None, *, cursor: str | None = None, size: int = 50
) -> Page:
    """The register: dossiers that concern the actor's unit or one below it, newest first."""
    asked = asked or Narrowing()
    parameters: dict[str, Any] = {}
    conditions = write_conditions(asked, parameters)
    is_rare = bool(asked.state) and asked.state != State.RETURNED
    return walk_newest(actor, conditions, parameters, cursor=cursor, size=size, is_rare=is_rare)


class Sought(StrEnum):
    """What a search takes the text for."""

    CODE = "code"
    NUMBER = "number"
    NAME = "name"


def read_search(text: str) -> tuple[str, Sought]:
    """The text without what nobody means, and what it is taken for.

    :raises Refused: nothing to search by.
    """
    text = " ".join(text.replace("\0", "").split())[:200]
    if len(text) < 2:
        raise Refused("too_short", _("Nhập mã hồ sơ, số giấy tờ, số điện thoại hoặc họ tên."), field="q")
    if parse_code(text):
        return text.upper(), Sought.CODE
    return text, Sought.NUMBER if sum(c.isdigit() for c in text) >= FEWEST_DIGITS else Sought.NAME


def search(actor: Actor, text: str, cursor: str | None = None, size: int = SOUGHT_SIZE) -> Page:
    """Dossiers one may see by code or its end, identity number, phone, or words of the name; newest first.

    :raises Refused: nothing to search by.
    """
    text, sought = read_search(text)
    if sought == Sought.CODE:
        return page(_visible(actor).filter(code=text), order=NEWEST, cursor=cursor, size=size)
    if sought == Sought.NUMBER and not text.isdecimal():
        for found in _find_written(actor, text):
            if found.exists():
                return page(found, order=NEWEST, cursor=cursor, size=size)
    if sought == Sought.NUMBER:
        persons = [person.pk for person in (*people.find_by_identifier(text), *people.find_by_phone(text))]
        concerned = Party.objects.filter(person_id__in=persons).values("dossier_id")
        return page(_visible(actor).filter(id__in=concerned), order=NEWEST, cursor=cursor, size=size)
    return _search_names(actor, text, cursor, size)


def _find_written(actor: Actor, text: str) -> Iterator[QuerySet[Dossier]]:
    """What a number with signs between its digits may be, one after the other: the end of a code, or another system's number."""
    if codes := find_whole_codes(text):
        yield _visible(actor).filter(code__in=codes)
    yield _visible(actor).filter(filed_as=text.upper())
    yield _visible(actor).filter(joint__in=Joint.objects.filter(filed_as=text.upper()).values("pk"))


def _visible(actor: Actor) -> QuerySet[Dossier]:
    return access.visible_to(actor).only(*SHOWN)


def _search_names(actor: Actor, text: str, cursor: str | None, size: int) -> Page:
    """By whole words; where nobody at all is called so, the last word may go on, then each of them."""
    words: people.NameWords | None = people.read_words(text)
    page = Page([], None, None)
    while words:
        names = people.seek_names(words)
        page = _find_by_names(actor, words, names, cursor, size)
        if page.rows or names.are_any():
            break
        words = words.loosen()
    return page


def _find_by_names(
    actor: Actor, words: people.NameWords, names: people.SoughtNames, cursor: str | None, size: int
) -> Page:
    """The page of dossiers whose applicant's name holds the words.

    Over the whole province few names are looked up each by itself: their dossiers are years apart.
    """
    if names.count >= (COMMON_OVER_ALL if actor.sees_all else COMMON):
        return walk_words(actor, words, cursor=cursor, size=size)
    if not actor.sees_all:
        return find_by_words(actor, names, cursor=cursor, size=size)
    if names.count >= FEW:
        page = find_by_words(actor, names, cursor=cursor, size=size, stretches=NEWEST_STRETCHES)
        if _is_full(page, cursor):
            return page
    return find_by_names(actor, names, cursor=cursor, size=size)


def _is_full(page: Page, cursor: str | None) -> bool:
    """Whether the page is what it would be among all: it has a next one, and leads back where one comes from somewhere."""
    return bool(page.next_cursor) and (bool(page.previous_cursor) or not cursor)


def find_open_of_person(
    actor: Actor, *, id_number: str = "", phone: str = "", limit: int = 20
) -> list[Dossier]:
    """The person's dossiers still running that one may see, newest first; nothing without a number."""
    persons = [person.pk for person in people.find_by_identifier(id_number)] if id_number else []
    if not persons and phone:
        persons = [person.pk for person in people.find_by_phone(phone)]
    if not persons:
        return []
    concerned = Party.objects.filter(person_id__in=persons).values("dossier_id")
    return list(_visible(actor).filter(id__in=concerned, finished_at=None).order_by(*NEWEST)[:limit])


def find_possible_duplicates(
    actor: Actor, *, procedure_code: str, id_number: str = "", phone: str = ""
) -> list[Dossier]:
    """Of these, the ones under the same procedure."""
    found = find_open_of_person(actor, id_number=id_number, phone=phone)
    return [dossier for dossier in found if dossier.procedure_code == procedure_code]


def find_favourites(actor: Actor, *, on: date) -> list[catalogue.IntakeSheet]:
    """Procedures kept at hand by the officer, then those the unit received most of late."""
    chosen = list(
        Favourite.objects.filter(user_id=actor.user_id)
        .order_by("pk")
        .values_list("procedure_code", flat=True)
    )
    if len(chosen) < FAVOURITES:
        often = [code for code in _often(actor) if code not in chosen]
        chosen += often[: FAVOURITES - len(chosen)]
    return [sheet for code in chosen if (sheet := _find_sheet(code, on))]


def _often(actor: Actor) -> list[str]:
    latest = Involvement.objects.filter(unit_id=actor.unit_id).order_by("-received_at", "-dossier_id")[:300]
    rows = Dossier.objects.filter(pk__in=latest.values("dossier_id")).values("procedure_code")
    return [
        row["procedure_code"]
        for row in rows.annotate(n=Count("pk")).order_by("-n", "procedure_code")[:FAVOURITES]
    ]


def _find_sheet(code: str, on: date) -> catalogue.IntakeSheet | None:
    try:
        sheet = catalogue.get_intake_sheet(code, on)
    except Refused:
        return None
    return sheet if sheet.is_operated else None


def find_favourite_codes(actor: Actor) -> set[str]:
    """The officer's own choice."""
    return set(Favourite.objects.filter(user_id=actor.user_id).values_list("procedure_code", flat=True))


def count_received(actor: Actor, *, since: datetime) -> int:
    """How many the unit received since a moment, for the top of the desk."""
    return Involvement.objects.filter(unit_id=actor.unit_id, received_at__gte=since).count()


def find_saved_list(actor: Actor, list_name: str) -> SavedList | None:
    """How the officer left this list."""
    return SavedList.objects.filter(user_id=actor.user_id, list_name=list_name).first()
