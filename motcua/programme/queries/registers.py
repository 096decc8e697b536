"""Registers as pages, files and the public see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.core.writing import number
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.programme.access import agencies_of
from motcua.programme.models import PlanTask, PublishedList, RegisterEntry
from motcua.programme.printing.papers import Group, Paper, Sheet
from motcua.programme.queries.mine import find_running
from motcua.programme.rules.registers import REGISTERS, Change, Column, Kind, Register, compare_lists

STAFF_BOARD = "bo-phan-mot-cua"
FOCAL_OFFICERS = "can-bo-dau-moi"
_DAYS_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Review:
    """A list against what was published: the last publication, what changed since, whether a review is due."""

    published: PublishedList | None
    change: Change
    is_due: bool


def get_register(code: str) -> Register:
    """A register by its code.

    :raises Refused: there is none.
    """
    register = REGISTERS.get(code)
    if register is None:
        raise Refused("not_found", _("Không có sổ này."))
    return register


def find_entries(actor: Actor, register: Register) -> QuerySet[RegisterEntry]:
    """Entries of the actor's agency and of everything below it, newest first."""
    found = RegisterEntry.objects.filter(register=register.code, is_withdrawn=False)
    if not actor.sees_all:
        found = found.filter(unit_id__in=agencies_of(actor) | set(actor.scope))
    # Said here: a statement that counts forgets the order its model is read in.
    return found.select_related("task").annotate(line_count=Count("lines")).order_by("-pk")


def find_entries_of(task: PlanTask) -> list[RegisterEntry]:
    """What the registers hold for a task."""
    return list(RegisterEntry.objects.filter(task=task, is_withdrawn=False).order_by("register", "pk"))


def get_entry(actor: Actor, entry_id: int) -> RegisterEntry:
    """An entry one may see.

    :raises Refused: there is none.
    """
    entry = RegisterEntry.objects.filter(pk=entry_id, is_withdrawn=False).first()
    if entry is None or not find_entries(actor, get_register(entry.register)).filter(pk=entry_id).exists():
        raise Refused("not_found", _("Không có mục này."))
    return entry


def count_entries(actor: Actor) -> Counter[str]:
    """How many entries each register has within the actor's sight."""
    return Counter({code: find_entries(actor, register).count() for code, register in REGISTERS.items()})


def find_tasks(actor: Actor, today: date) -> list[PlanTask]:
    """Tasks of running plans of the actor's agency, for an entry to belong to."""
    plans = find_running(today).filter(unit_id__in=agencies_of(actor))
    tasks = PlanTask.objects.filter(plan__in=plans, is_withdrawn=False)
    return list(tasks.select_related("plan").order_by("-plan__year", "plan_id", "order"))


def list_current(register: Register, unit_id: int) -> list[dict[str, str]]:
    """The people of a list as it stands, heads first where the register tells them apart."""
    entries = RegisterEntry.objects.filter(register=register.code, unit_id=unit_id, is_withdrawn=False)
    rows = [dict(entry.values) for entry in entries.order_by("pk")]
    ranks = {
        code: n for c in register.columns if c.name == "headship" for n, (code, _w) in enumerate(c.choices)
    }
    return sorted(rows, key=lambda row: ranks.get(row.get("headship", ""), 0))


def review(register: Register, unit_id: int, today: date) -> Review:
    """The list against its last publication; due when it changed or the months of the register have passed."""
    published = PublishedList.objects.filter(register=register.code, unit_id=unit_id).first()
    change = compare_lists(published.rows if published else [], list_current(register, unit_id))
    last = published.published_on if published else date.min
    is_old = last == date.min or today - last > timedelta(days=register.issued * _DAYS_A_MONTH)
    return Review(published, change, is_old or not change.is_empty)


def find_published(register: Register, unit_id: int) -> list[PublishedList]:
    """Every publication of a list, newest first."""
    return list(PublishedList.objects.filter(register=register.code, unit_id=unit_id))


def get_published(actor: Actor, list_id: int) -> PublishedList:
    """A published list; every officer may see it, as the decision was public.

    :raises Refused: there is none.
    """
    found = PublishedList.objects.filter(pk=list_id).first()
    if found is None:
        raise Refused("not_found", _("Không có danh sách này."))
    return found


def find_staff_boards(today: date) -> list[tuple[int, str]]:
    """Agencies whose one-stop staff is published, by name."""
    units = PublishedList.objects.filter(register=STAFF_BOARD).order_by().values_list("unit_id", flat=True)
    tree = organisations.get_tree(today)
    names = {unit: tree.units[unit].short_agency_name for unit in set(units) if unit in tree.units}
    return sorted(names.items(), key=lambda pair: pair[1])


def find_staff_board(unit_id: int) -> tuple[PublishedList, list[list[str]]] | None:
    """The published one-stop staff of an agency: name, title, role, field, telephone; nothing else of a person."""
    published = PublishedList.objects.filter(register=STAFF_BOARD, unit_id=unit_id).first()
    if published is None:
        return None
    columns = [column for column in REGISTERS[STAFF_BOARD].columns if column.is_public]
    return published, [
        [say(column, row.get(column.name, "")) for column in columns] for row in published.rows
    ]


def name_public_columns() -> list[str]:
    """Heads of the public staff board."""
    return [_(column.words) for column in REGISTERS[STAFF_BOARD].columns if column.is_public]


def say(column: Column, value: Any) -> str:
    """A value in words."""
    if column.kind is Kind.CHOICE:
        return next((_(words) for code, words in column.choices if code == value), "")
    if column.kind is Kind.DAY and value:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if column.kind in {Kind.NUMBER, Kind.MONEY} and value:
        return number(Decimal(value))
    return str(value)


def sum_lines(register: Register, entry: RegisterEntry) -> Decimal | None:
    """The mean or sum of the lines' figure, where the register has one."""
    name, how = register.sums
    values = [Decimal(line.values[name]) for line in entry.lines.all() if name and line.values.get(name)]
    if not values:
        return None
    total = sum(values, Decimal(0))
    return total if how == "sum" else (total / len(values)).quantize(Decimal("0.1"))


def count_by(entries: Iterable[RegisterEntry], name: str) -> list[tuple[str, int]]:
    """How many entries each word of a column has, most first: how often each officer spoke to the public."""
    return Counter(str(entry.values.get(name, "")) for entry in entries).most_common()


def as_decision_paper(register: Register, actor: Actor, today: date) -> Paper:
    """A draft of the decision that publishes the list, with who came and who went (Decree 30/2020/NĐ-CP)."""
    found = review(register, actor.agency_id, today)
    columns = tuple((column.words, 2.0) for column in register.columns)
    rows = tuple(
        (str(n), *(say(column, row.get(column.name, "")) for column in register.columns))
        for n, row in enumerate(list_current(register, actor.agency_id), start=1)
    )
    articles = [
        f"Điều 1. Công bố danh sách {register.title[:1].lower()}{register.title[1:]} gồm {len(rows)} người (danh sách kèm theo).",
        *_say_change(found.change if found.published else None),
        f"Điều 2. Quyết định này có hiệu lực kể từ ngày ký{_say_replaced(found.published)}.",
        "Điều 3. Chánh Văn phòng, thủ trưởng các đơn vị và những người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
    ]
    return Paper(
        kind="QUYẾT ĐỊNH",
        title=f"Công bố danh sách {register.title[:1].lower()}{register.title[1:]}",
        issuer=actor.agency_name,
        number="      /QĐ-UBND",
        place_and_day=f"ngày      tháng      năm {today.year}",
        paragraphs=tuple(articles),
        recipients=("Như Điều 3", "Lưu: VT"),
        signature=("THỦ TRƯỞNG CƠ QUAN",),
        sheets=(Sheet("DANH SÁCH", "", (("TT", 0.8), *columns), (Group("", "", rows),)),),
    )


def _say_change(change: Change | None) -> list[str]:
    if change is None or change.is_empty:
        return []
    said = [("Bổ sung", change.added), ("Thôi", change.removed), ("Thay đổi thông tin", change.changed)]
    return [f"{words}: {', '.join(names)}." for words, names in said if names]


def _say_replaced(published: PublishedList | None) -> str:
    return f" và thay thế Quyết định số {published.decision_number}" if published else ""
