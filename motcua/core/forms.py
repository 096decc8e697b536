"""Field types every form of the house uses: a day, money, a phone number, clean Vietnamese text."""

import copy
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from motcua.core.writing import day, number

_DAY = re.compile(r"(\d{1,2})[\s/.\-](\d{1,2})[\s/.\-](\d{4})")
_DAY_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_PART_OF_DAY = re.compile(r"(?:(0?[1-9]|1[0-2])[/.-])?((?:19|20)\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PHONE_MARKS = re.compile(r"[\s.\-()]+")
_PHONE = re.compile(r"0\d{9,10}")
_PAPER_NUMBER = re.compile(r"(?=.*\d)[A-Z0-9]{5,20}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\ufe0f\ufeff]")
# Little pictures of telephones. No font of papers has them; a box in their place would stand on a receipt.
_DRAWN = re.compile(
    "[\U0001f000-\U0001faff\u2705\u2716\u2728\u274c\u2753\u2757\u2795-\u2797\u26bd\u26d4\u270a\u270b]"
)
# What was left open says what to do there; the sentence of Django is one for everything.
forms.ChoiceField.default_error_messages["required"] = _("Chưa chọn. Hãy chọn một mục.")
forms.MultipleChoiceField.default_error_messages["required"] = _("Chưa chọn. Hãy chọn ít nhất một mục.")
forms.FileField.default_error_messages["required"] = _("Chưa chọn tệp. Hãy chọn tệp từ máy.")


def read_day(text: str) -> date:
    """05/09/2025, 5-9-2025, 05092025 or 2025-09-05; ValueError when it is no day that ever was."""
    cleaned = text.strip()
    if found := _ISO.fullmatch(cleaned):
        year, month, of_month = found.groups()
    elif found := _DAY.fullmatch(cleaned) or _DAY_RUN.fullmatch(cleaned):
        of_month, month, year = found.groups()
    else:
        raise ValueError(text)
    return date(int(year), int(month), int(of_month))


class DayInput(forms.TextInput):
    """A day typed as dd/mm/yyyy; the page helps with the slashes, never insists on a picker."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # No autocomplete="off": a browser that goes back to the page would not give the typed day again.
        super().__init__(
            {"inputmode": "numeric", "maxlength": 10, "size": 10, "data-day": "", **(attrs or {})}
        )

    def format_value(self, value: Any) -> str | None:
        return day(value) if isinstance(value, date) else value


class DayField(forms.Field):
    """A calendar day, dd/mm/yyyy."""

    widget = DayInput
    default_error_messages = {
        "required": _("Nhập ngày, ví dụ 05/09/2025."),
        "invalid": _("Ngày này không có thật hoặc viết chưa đủ. Viết ngày/tháng/năm, ví dụ 05/09/2025."),
        "before": _("Ngày này sớm hơn mức cho phép (%(limit)s)."),
        "after": _("Ngày này muộn hơn mức cho phép (%(limit)s)."),
    }

    def __init__(
        self, *, earliest: date = date(1900, 1, 1), latest: date = date(2199, 12, 31), **kwargs: Any
    ) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_day(str(value))
        except ValueError as unread:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from unread

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value < self.earliest:
            raise ValidationError(
                self.error_messages["before"], code="before", params={"limit": day(self.earliest)}
            )
        if value is not None and value > self.latest:
            raise ValidationError(
                self.error_messages["after"], code="after", params={"limit": day(self.latest)}
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class BirthField(DayField):
    """A day of birth: a whole day, or as much of it as the papers say, `03/1950` or `1950`, which stays a text."""

    default_error_messages = {
        "invalid": _("Ngày sinh không có thật. Viết ngày/tháng/năm; giấy tờ chỉ ghi năm thì viết năm."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput({"data-day": "part"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        found = _PART_OF_DAY.fullmatch(str(value or "").strip())
        if not found:
            return super().to_python(value)
        month, year = found.groups()
        return f"{int(month):02}/{year}" if month else year

    @staticmethod
    def reads(text: str) -> bool:
        """Whether the text is a month or a year of birth."""
        return _PART_OF_DAY.fullmatch(text) is not None

    def validate(self, value: Any) -> None:
        if not isinstance(value, str):
            super().validate(value)


class MoneyInput(forms.TextInput):
    """An amount in đồng, grouped as one types."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "size": 14, "data-money": "", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return number(value) if isinstance(value, int) else value


class MoneyField(forms.Field):
    """A whole number of đồng: 1.234.567, 1,234,567, 1 234 567 đ."""

    widget = MoneyInput
    default_error_messages = {
        "required": _("Nhập số tiền."),
        "invalid": _("Số tiền là số nguyên đồng, ví dụ 1.234.567."),
        "too_much": _("Số tiền này lớn hơn mức cho phép (%(limit)s đ)."),
        "too_little": _("Số tiền này nhỏ hơn mức cho phép (%(limit)s đ)."),
    }

    def __init__(self, *, min_value: int = 0, max_value: int = 999_999_999_999, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = re.sub(r"\s|đồng|đ|vnd|vnđ", "", str(value).lower())
        if not re.fullmatch(r"\d{1,15}|\d{1,3}([.,]\d{3}){1,4}", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(re.sub(r"[.,]", "", text))

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and value > self.max_value:
            raise ValidationError(
                self.error_messages["too_much"], code="too_much", params={"limit": number(self.max_value)}
            )
        if value is not None and value < self.min_value:
            raise ValidationError(
                self.error_messages["too_little"], code="too_little", params={"limit": number(self.min_value)}
            )


class PhoneField(forms.CharField):
    """A telephone number in Vietnam, kept as digits from 0: +84 912 345 678 becomes 0912345678."""

    default_error_messages = {
        "required": _("Nhập số điện thoại."),
        "invalid": _("Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng 0 hoặc +84, ví dụ 0912 345 678."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput({"type": "tel", "inputmode": "tel", "maxlength": 20, "size": 16})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = _PHONE_MARKS.sub("", super().to_python(value) or "")
        if not text:
            return ""
        text = re.sub(r"^(\+84|0084|84(?=\d{9,10}$))", "0", text)
        if not _PHONE.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text


class NfcCharField(forms.CharField):
    """Text in composed Unicode, without control marks and outer spaces; one line unless the widget is a text area."""

    default_error_messages = {
        "required": _("Không được để trống."),
        "drawn": _("Ký hiệu “%(drawn)s” không in được trên giấy tờ. Xóa ký hiệu này, viết bằng chữ."),
        "too_long": ngettext_lazy(
            "Dài quá %(limit)s ký tự (đang có %(length)s). Hãy viết gọn lại.",
            "Dài quá %(limit)s ký tự (đang có %(length)s). Hãy viết gọn lại.",
            "limit",
        ),
    }

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        self.longest = max_length
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        return text.strip() if isinstance(self.widget, forms.Textarea) else " ".join(text.split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if drawn := _DRAWN.search(value):
            raise ValidationError(self.error_messages["drawn"], code="drawn", params={"drawn": drawn[0]})
        if self.longest is not None and len(value) > self.longest:
            raise ValidationError(
                self.error_messages["too_long"],
                code="too_long",
                params={"limit": self.longest, "length": len(value)},
            )


class PaperNumberField(NfcCharField):
    """The number of somebody's paper, of whatever kind: digits, and letters without marks as passports have them."""

    def validate(self, value: str) -> None:
        """:raises ValidationError: words where a number is asked"""
        super().validate(value)
        if value and not _PAPER_NUMBER.fullmatch(re.sub(r"[\s.\-]", "", value.upper())):
            raise ValidationError(
                _("Số giấy tờ có chữ số, và chữ cái không dấu nếu là hộ chiếu. Không có thì để trống.")
            )


AnyForm = TypeVar("AnyForm", bound=type[forms.Form])


class _Kept(dict[str, forms.Field]):
    """Fields that every form of a class reads and none changes."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class LongForm(forms.Form):
    """A form of many fields filled all day: they are cleaned without making what a page would show of each."""

    def _clean_fields(self) -> None:
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = self._clean_field(name, field)
                if hook := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = hook()
            except ValidationError as no:
                self.add_error(name, no)

    def _clean_field(self, name: str, field: forms.Field) -> Any:
        """Files and what may not be changed look at what was there before: these are cleaned as Django does."""
        if field.disabled or isinstance(field, forms.FileField):
            return field._clean_bound_field(self[name])  # type: ignore[attr-defined]
        return field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))


def keep_fields(form: AnyForm) -> AnyForm:
    """For forms of many fields filled all day: their fields are made once, not copied for each request.

    Whoever needs a field otherwise puts another in its place, as `offer` and `require` do.
    """
    form.base_fields = _Kept(form.base_fields)
    return form


def offer(form: forms.Form, name: str, choices: Sequence[tuple[object, object]]) -> None:
    """Let one field of this form offer these choices, after those its class states."""
    form.fields[name] = _offering(type(form), name, tuple(choices))


def choose_among(form: forms.Form, name: str, choices: Iterable[tuple[object, object]]) -> None:
    """Let one field of this form offer exactly these choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


@lru_cache(maxsize=64)
def _offering(
    form: type[forms.Form], name: str, choices: tuple[tuple[object, object], ...]
) -> forms.ChoiceField:
    field = copy.deepcopy(form.base_fields[name])
    assert isinstance(field, forms.ChoiceField)
    field.choices = [*cast(Iterable[Any], field.choices), *choices]
    return field


def require(form: forms.Form, *names: str) -> None:
    """Let this form insist on fields that its class leaves open."""
    for name in names:
        field = form.fields[name] = copy.deepcopy(form.fields[name])
        field.required = field.widget.is_required = True
