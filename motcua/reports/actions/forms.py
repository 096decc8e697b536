"""Forms: the shipped ones put in, a new layout from a day on."""

import csv
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor, Post
from motcua.reports.models import Form
from motcua.reports.rules.layout import (
    BadLayout,
    Check,
    Column,
    Layout,
    read_layout,
    read_source,
    write_layout,
)

DATA = Path(__file__).resolve().parent.parent / "data"


def load_forms() -> int:
    """Put in the shipped forms that are not there yet; what an installation has changed is left alone. How many."""
    known = set(Form.objects.values_list("regime", "code"))
    new = [
        Form(
            code=row["code"],
            regime=row["regime"],
            title=row["title"],
            rows=row["rows"],
            lines=write_layout(read_shipped(row["regime"], row["code"])),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            basis=row["basis"],
            is_verified=row["is_verified"] == "1",
        )
        for row in _read("forms.csv")
        if (row["regime"], row["code"]) not in known
    ]
    return len(Form.objects.bulk_create(new))


def read_shipped(regime: str, code: str) -> Layout:
    """The layout of a shipped form."""
    columns = tuple(
        Column(row["no"], tuple(row["path"].split(" › ")), row["formula"], read_source(row["source"]))
        for row in _read("columns.csv")
        if (row["regime"], row["form"]) == (regime, code)
    )
    checks = tuple(
        Check(row["rule"], row["kind"] == "error", row["sentence"])
        for row in _read("checks.csv")
        if (row["regime"], row["form"]) == (regime, code)
    )
    return Layout(columns, checks)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def change_form(
    *, actor: Actor, form_id: int, title: str, lines: str, valid_from: date, basis: str, at: datetime
) -> Form:
    """Give a form a new layout from a day on; the one before ends that day, and reports of its time keep it.

    :raises Refused: not an administrator, no basis, a day that is not later, or a line that cannot be read.
    """
    if not actor.has(Post.ADMINISTRATOR):
        raise Refused("forbidden", _("Chỉ quản trị hệ thống được sửa biểu mẫu."))
    form = Form.objects.select_for_update().get(pk=form_id)
    if not basis.strip():
        raise Refused("no_basis", _("Cần ghi căn cứ của biểu mẫu mới."), field="basis")
    if valid_from <= form.valid_from or (form.valid_to and valid_from >= form.valid_to):
        raise Refused(
            "not_later", _("Ngày áp dụng phải trong thời gian áp dụng của biểu hiện có."), field="valid_from"
        )
    require_layout(lines)
    end = form.valid_to
    Form.objects.filter(pk=form.pk).update(valid_to=valid_from)
    made = Form.objects.create(
        code=form.code,
        regime=form.regime,
        title=title.strip() or form.title,
        rows=form.rows,
        lines=lines,
        valid_from=valid_from,
        valid_to=end,
        basis=basis.strip(),
        changed_at=at,
        changed_by=f"{actor.person_name}, {actor.unit_name}"[:240],
    )
    audit.record("reports.form_changed", actor=actor, subject=f"reports.form:{made.pk}", at=at)
    return made


def require_layout(lines: str) -> Layout:
    """The layout lines describe. :raises Refused: a line cannot be read; it is named."""
    try:
        return read_layout(lines)
    except BadLayout as fault:
        told = _(fault.sentence).format(**fault.facts)
        place = _("Dòng %(line)s: %(told)s") % {"line": fault.line, "told": told} if fault.line else told
        raise Refused("bad_layout", place, field="lines") from fault
