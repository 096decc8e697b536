"""Forms by the day they hold."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.reports.models import Form
from motcua.reports.rules.layout import Rows


def find_forms(on: date, *, is_parent: bool) -> list[Form]:
    """The forms a unit fills for a period that ends on a day: of II.06a and II.06b, those below use the first,
    those who add up the second."""
    told: dict[str, Form] = {}
    for form in Form.objects.on(on).order_by("code"):
        base = form.code.rstrip("ab")
        known = told.get(base)
        if known is None or (form.rows == Rows.LEVEL_FIELD) == is_parent:
            told[base] = form
    return sorted(told.values(), key=lambda form: form.code)


def get_base(code: str) -> str:
    """What a form and the one that adds it up have in common: `II.06` of `II.06a`."""
    return code.rstrip("ab")


def find_forms_of_all() -> QuerySet[Form]:
    """Every form with its days, the newest first under each code."""
    return Form.objects.order_by("regime", "code", "-valid_from")


def get_form(form_id: int) -> Form:
    """One form. :raises Refused: there is none."""
    form = Form.objects.filter(pk=form_id).first()
    if form is None:
        raise Refused("not_found", _("Không có biểu mẫu này."))
    return form
