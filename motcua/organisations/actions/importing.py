"""Units and postings from Excel files: first what would happen, then, when no line is wrong, all of it."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.accounts import queries as people_who_sign_in
from motcua.accounts.rules import is_username
from motcua.core.marking import _ as _mark
from motcua.core.refusal import Refused
from motcua.core.text import fold
from motcua.organisations import access, sheets
from motcua.organisations.actions.officers import FirstPassword, register_officer
from motcua.organisations.actions.postings import PostingFacts, appoint, end_assignment
from motcua.organisations.actions.units import UnitFacts, change_unit, correct_unit, create_unit, get_facts
from motcua.organisations.models import Assignment
from motcua.organisations.queries import find_unit_by_code, forget_trees
from motcua.organisations.rules import KIND_LABELS, POST_LABELS, Actor
from motcua.organisations.sheets import SheetRow

_KINDS = {fold(label): kind.value for kind, label in KIND_LABELS.items()} | {
    kind.value: kind.value for kind in KIND_LABELS
}
_POSTS = {fold(label): post.value for post, label in POST_LABELS.items()} | {
    post.value: post.value for post in POST_LABELS
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be taken: where and why."""

    row: int
    column: str
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What the file would do, or did."""

    is_dry_run: bool
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    passwords: list[FirstPassword] = field(default_factory=list)


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def import_units(*, actor: Actor, content: bytes, dry_run: bool, at: datetime) -> ImportReport:
    """Set up and change units as the file says; nothing is kept in a dry run or when a line is wrong."""
    access.require_administrator(actor)
    return _run(sheets.UNIT_COLUMNS, content, dry_run, lambda row, report: _take_unit(row, report, actor, at))


def import_postings(*, actor: Actor, content: bytes, dry_run: bool, at: datetime) -> ImportReport:
    """Appoint as the file says, making accounts for new people; nothing is kept in a dry run or when a line is wrong."""
    access.require_administrator(actor)
    return _run(
        sheets.POSTING_COLUMNS, content, dry_run, lambda row, report: _take_posting(row, report, actor, at)
    )


def _run(
    columns: dict[str, str], content: bytes, dry_run: bool, take: Callable[[SheetRow, ImportReport], None]
) -> ImportReport:
    report = ImportReport(dry_run)
    try:
        with transaction.atomic():
            for row in sheets.read_rows(content, columns):
                _try(row, report, columns, take)
            if dry_run or report.problems:
                raise _Undo
    except _Undo:
        report.passwords.clear()
        # Trees kept while trying are of a transaction that never was.
        forget_trees()
    return report


def _try(
    row: SheetRow,
    report: ImportReport,
    columns: dict[str, str],
    take: Callable[[SheetRow, ImportReport], None],
) -> None:
    try:
        with transaction.atomic():
            take(row, report)
    except Refused as refused:
        forget_trees()
        report.problems.append(Problem(row.number, _name_column(columns, refused.field), refused.message))


def _name_column(columns: dict[str, str], field: str | None) -> str:
    """The column a refusal speaks of; an unknown unit is refused as `code`, whatever the table calls it."""
    known = columns.get(field or "", "")
    return columns.get("unit_code", "") if field == "code" and not known else known


def _take_unit(row: SheetRow, report: ImportReport, actor: Actor, at: datetime) -> None:
    on = row.get_day("first_day") or timezone.localdate(at)
    facts = UnitFacts(**{name: row.get(name) for name in _TYPED})
    known = find_unit_by_code(row.get("code"), on)
    kind = _read_kind(row)
    if known is None:
        _require(row, "kind", "decision_number", "first_day")
        create_unit(
            actor=actor, code=row.get("code"), kind=kind, facts=facts, decision_number=row.get("decision_number"),
            first_day=on, at=at,
        )  # fmt: skip
        report.created.append(f"{row.get('code')} · {facts.name}")
        return
    if kind and kind != known.kind:
        raise Refused("invalid", _("Loại của đơn vị đang có không đổi được. Để nguyên ô này."), field="kind")
    _change_unit(row, report, actor, facts, at)


def _read_kind(row: SheetRow) -> str:
    """The kind as a code; empty where none is said."""
    said = row.get("kind")
    if said and fold(said) not in _KINDS:
        raise Refused("invalid", _choose_of(KIND_LABELS.values()), field="kind")
    return _KINDS[fold(said)] if said else ""


def _choose_of(labels: Iterable[str]) -> str:
    return _("Không có lựa chọn này. Ghi một trong: %(names)s.") % {"names": "; ".join(map(_, labels))}


_TYPED = ("name", "short_name", "parent_code", "agency_code", "calendar_code", "address", "phone")


def _change_unit(row: SheetRow, report: ImportReport, actor: Actor, facts: UnitFacts, at: datetime) -> None:
    code, today = row.get("code"), timezone.localdate(at)
    first_day = row.get_day("first_day")
    before = get_facts(code, first_day or today)
    after = UnitFacts(**{**asdict(facts), "territory_code": before.territory_code, "level": before.level})
    if after == before:
        report.unchanged += 1
        return
    if first_day:
        _require(row, "decision_number")
        change_unit(
            actor=actor,
            code=code,
            facts=after,
            decision_number=row.get("decision_number"),
            first_day=first_day,
            at=at,
        )
    else:
        correct_unit(actor=actor, code=code, facts=after, on=today, at=at)
    report.changed.append(f"{code} · {after.name}: {_say_changes(before, after)}")


def _say_changes(before: UnitFacts, after: UnitFacts) -> str:
    """Each column that differs, with what stands and what is to stand there."""
    kept, typed = asdict(before), asdict(after)
    return "; ".join(
        f"{sheets.UNIT_COLUMNS[name]}: {kept[name] or '–'} → {typed[name] or '–'}"
        for name in _TYPED
        if kept[name] != typed[name]
    )


def _require(row: SheetRow, *fields: str) -> None:
    for name in fields:
        if not row.get(name):
            raise Refused("invalid", _("Dòng này cần ghi cột này."), field=name)


def _take_posting(row: SheetRow, report: ImportReport, actor: Actor, at: datetime) -> None:
    _require(row, "username", "unit_code", "post", "decision_number", "first_day")
    posting = _read_posting(row)
    known = _find_same(posting)
    if known is not None:
        _require_as_kept(row, known, posting)
        _end_if_said(known, posting, report, actor, at)
        return
    if people_who_sign_in.find_user(posting.username) is None:
        _require(row, "full_name")
        _require_username(posting.username)
        report.passwords.append(
            register_officer(actor=actor, username=posting.username, full_name=row.get("full_name"), at=at)
        )
    appoint(actor=actor, posting=posting, at=at)
    report.created.append(f"{posting.username} · {posting.unit_code}")


def _require_username(username: str) -> None:
    if not is_username(people_who_sign_in.normalise_username(username)):
        raise Refused(
            "invalid", _("Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch nối."), field="username"
        )


def _read_posting(row: SheetRow) -> PostingFacts:
    first_day = row.get_day("first_day")
    post = _POSTS.get(fold(row.get("post")))
    if post is None or first_day is None:
        raise Refused("invalid", _choose_of(POST_LABELS.values()), field="post")
    return PostingFacts(
        username=row.get("username"),
        unit_code=row.get("unit_code"),
        post=post,
        decision_number=row.get("decision_number"),
        first_day=first_day,
        last_day=row.get_day("last_day"),
        position=row.get("position"),
        field_codes=tuple(code.strip() for code in row.get("field_codes").split(",") if code.strip()),
        is_reserve=fold(row.get("is_reserve")) in {"co", "x", "1"},
    )


def _find_same(posting: PostingFacts) -> Assignment | None:
    return Assignment.objects.filter(
        user__username=people_who_sign_in.normalise_username(posting.username),
        unit__code=posting.unit_code,
        post=posting.post,
        valid_from=posting.first_day,
    ).first()


def _require_as_kept(row: SheetRow, known: Assignment, posting: PostingFacts) -> None:
    """What was appointed stays as it was decided; a cell that says otherwise would change nothing and is not passed over.

    An empty cell says nothing.
    """
    kept = {
        "position": (known.position, posting.position),
        "field_codes": (tuple(known.field_codes), posting.field_codes),
        "is_reserve": (known.is_reserve, posting.is_reserve),
        "full_name": (known.user.full_name, row.get("full_name")),
    }
    for name, (before, said) in kept.items():
        if row.get(name) and said != before:
            sentence = _NAME_KEPT if name == "full_name" else _POSTING_KEPT
            raise Refused("invalid", _(sentence) % {"kept": before}, field=name)


_NAME_KEPT = _mark("Người này đã có tài khoản với họ tên “%(kept)s”. Để nguyên như thế.")
_POSTING_KEPT = _mark(
    "Phân công đã ghi không sửa bằng tệp. Để nguyên ô này; muốn đổi thì ghi “Đến hết ngày” cho phân công này, rồi thêm"
    " một dòng mới từ ngày sau đó."
)


def _end_if_said(
    known: Assignment, posting: PostingFacts, report: ImportReport, actor: Actor, at: datetime
) -> None:
    if posting.last_day is None or known.valid_to is not None:
        report.unchanged += 1
        return
    end_assignment(
        actor=actor,
        assignment_id=known.pk,
        last_day=posting.last_day,
        decision_number=posting.decision_number,
        at=at,
    )
    report.changed.append(f"{posting.username} · {posting.unit_code}")
