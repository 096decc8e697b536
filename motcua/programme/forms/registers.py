"""The form of an entry, made from the columns of its register; values as they are kept."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.forms import DayField, NfcCharField
from motcua.programme.actions.reporting import is_address
from motcua.programme.models import PlanTask
from motcua.programme.rules.registers import Column, Kind


class ColumnsForm(forms.Form):
    """A field for each column; with `tasks`, the task of a plan the entry belongs to."""

    def __init__(
        self,
        data: Any = None,
        *,
        columns: Sequence[Column],
        tasks: Sequence[PlanTask] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        for column in columns:
            self.fields[column.name] = _make_field(column)
        if tasks:
            choices = [
                (str(task.pk), f"{task.plan.number or task.plan.year} – {task.content[:90]}")
                for task in tasks
            ]
            self.fields["task"] = forms.ChoiceField(
                label=_("Nhiệm vụ của kế hoạch"), required=False, choices=[("", "—"), *choices]
            )

    def get_values(self, columns: Sequence[Column]) -> dict[str, Any]:
        """The columns as they are kept: days and sums of money as text, nothing for what is empty."""
        return {column.name: _keep(self.cleaned_data[column.name]) for column in columns}


def _make_field(column: Column) -> forms.Field:
    label, required = _(column.words), column.is_required
    if column.kind is Kind.DAY:
        return DayField(label=label, required=required)
    if column.kind is Kind.CHOICE:
        choices = [("", "—"), *((code, _(words)) for code, words in column.choices)]
        return forms.ChoiceField(label=label, required=required, choices=choices)
    if column.kind in {Kind.NUMBER, Kind.MONEY}:
        places = 0 if column.kind is Kind.MONEY else 2
        return forms.DecimalField(
            label=label, required=required, min_value=0, max_digits=16, decimal_places=places, localize=True
        )
    if column.kind is Kind.LONG:
        return NfcCharField(
            label=label, required=required, max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
        )
    if column.kind is Kind.LINK:
        return NfcCharField(label=label, required=required, max_length=500, validators=[_require_link])
    return NfcCharField(label=label, required=required, max_length=300)


def _require_link(text: str) -> None:
    if not is_address(text):
        raise forms.ValidationError(_("Liên kết phải bắt đầu bằng https:// hoặc /."))


def _keep(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else (value or "")


def read_initial(values: dict[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """Kept values as the form shows them."""
    initial = dict(values)
    for column in columns:
        if column.kind is Kind.DAY and initial.get(column.name):
            initial[column.name] = date.fromisoformat(initial[column.name])
        if column.kind in {Kind.NUMBER, Kind.MONEY} and initial.get(column.name):
            initial[column.name] = Decimal(initial[column.name])
    return initial


class PublishForm(forms.Form):
    """The decision by which a list is published."""

    decision_number = NfcCharField(label=gettext_lazy("Số quyết định"), max_length=100)
    published_on = DayField(label=gettext_lazy("Ngày công bố"))
