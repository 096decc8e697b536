"""What a reader of figures asks for: a period, a unit, a field; read from the address of the page."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField
from motcua.figures.rules import Period, PeriodKind, find_current, make_period
from motcua.organisations.requests import PublicRequest, today

KINDS = [
    (PeriodKind.MONTH.value, _("Tháng")),
    (PeriodKind.QUARTER.value, _("Quý")),
    (PeriodKind.HALF.value, _("6 tháng")),
    (PeriodKind.NINE.value, _("9 tháng")),
    (PeriodKind.YEAR.value, _("Năm")),
    ("days", _("Từ ngày đến ngày")),
]


class PeriodForm(forms.Form):
    """A period by its name, or by its days."""

    ky = forms.ChoiceField(label=_("Kỳ"), choices=KINDS, required=False)
    so = forms.IntegerField(label=_("Số"), min_value=1, max_value=12, required=False)
    nam = forms.IntegerField(label=_("Năm"), min_value=2011, max_value=2100, required=False)
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of figures as its address says it."""

    period: Period
    unit_id: int | None = None
    field_code: str = ""
    on: date = date.max

    @property
    def counted(self) -> Period:
        """The days that are counted: of a period that still runs, those up to today."""
        return self.period.until(self.on)

    def make_query(self, **more: object) -> str:
        """The address' query for the same period with something more, or less where the value is empty."""
        told: dict[str, object] = {
            "tu": f"{self.period.first_on:%d/%m/%Y}",
            "den": f"{self.period.last_on:%d/%m/%Y}",
        }
        if self.period.year:
            told = {"ky": self.period.kind, "so": self.period.number, "nam": self.period.year}
        told |= {"donvi": self.unit_id or "", "linhvuc": self.field_code, **more}
        return urlencode({name: value for name, value in told.items() if value != ""})


def read_period(request: PublicRequest, first_day: int) -> Asked:
    """What the address asks for; what cannot be read is left at this quarter."""
    unit, field_code = request.GET.get("donvi", ""), request.GET.get("linhvuc", "")
    unit_id = int(unit) if unit.isdecimal() and len(unit) < 19 else None
    return Asked(
        _read_period(PeriodForm(request.GET), today(request), first_day),
        unit_id,
        field_code[:40],
        today(request),
    )


def make_initial(period: Period) -> dict[str, object]:
    """The form as it was filled to ask for this period."""
    days = {"tu": f"{period.first_on:%d/%m/%Y}", "den": f"{period.last_on:%d/%m/%Y}"}
    if not period.year:
        return {"ky": "days", **days}
    return {"ky": str(period.kind), "so": period.number, "nam": period.year}


def name_period(period: Period) -> str:
    """A period in words."""
    if not period.year:
        told = {"first": f"{period.first_on:%d/%m/%Y}", "last": f"{period.last_on:%d/%m/%Y}"}
        return gettext("Từ %(first)s đến %(last)s") % told
    return gettext(period.label).format(number=period.number, year=period.year)


def _read_period(form: PeriodForm, on: date, first_day: int) -> Period:
    told = form.cleaned_data if form.is_valid() else {}
    first_on, last_on = told.get("tu"), told.get("den")
    if first_on and last_on and first_on <= last_on and told.get("ky") in ("", "days", None):
        return Period(first_on, last_on)
    word = str(told.get("ky") or "")
    kind = PeriodKind(word) if word in set(PeriodKind) else PeriodKind.QUARTER
    current = find_current(on, kind, first_day=first_day)
    try:
        return make_period(
            kind, told.get("nam") or current.year, told.get("so") or current.number, first_day=first_day
        )
    except ValueError:
        return current
