"""The shape of what is typed about plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField
from motcua.core.text import clean_line
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import KIND_LABELS, Kind
from motcua.programme.models import Plan
from motcua.programme.rules.numerals import Level, split_leading_numeral

MOST_FILE_BYTES = 60 * 1024 * 1024
_TALL = forms.Textarea(attrs={"rows": 4})


class FileForm(forms.Form):
    """A plan's file and, when its own words do not say it, its year."""

    file = forms.FileField(
        label=_("Tệp kế hoạch"),
        help_text=_("Word (.docx), PDF, Excel (.xlsx), văn bản (.txt) hoặc ảnh quét."),
    )
    year = forms.IntegerField(
        label=_("Năm của kế hoạch"),
        required=False,
        min_value=2000,
        max_value=2100,
        localize=False,
        help_text=_("Để trống nếu tên kế hoạch đã ghi năm."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE_BYTES:
            raise forms.ValidationError(gettext("Tệp lớn hơn 60 MB. Nén hoặc tách tệp rồi thử lại."))
        return file


class LetterForm(forms.Form):
    """What stands at the head and the foot of a plan."""

    title = NfcCharField(label=_("Tên kế hoạch"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    number = NfcCharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    date = DayField(label=_("Ngày ban hành"), required=False)
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100, localize=False)
    issuer = NfcCharField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    signer = NfcCharField(label=_("Người ký"), max_length=120, required=False)


class PathField(forms.CharField):
    """The groups around a group, one a line, the outermost first: `A. CÔNG TÁC CHỈ ĐẠO`."""

    def clean(self, value: Any) -> Any:
        path: list[list[str]] = []
        for line in map(clean_line, (super().clean(value) or "").splitlines()):
            numeral, title = split_leading_numeral(line)
            if line and numeral is None:
                raise forms.ValidationError(
                    gettext("Mỗi dòng một nhóm, bắt đầu bằng số của nhóm, ví dụ: A. CÔNG TÁC CHỈ ĐẠO.")
                )
            if numeral is not None:
                path.append([numeral.text, title[:1000]])
        return path


def write_path(path: list[list[str]]) -> str:
    """The groups around a group as they are typed."""
    return "\n".join(f"{number}. {title}" for number, title in path)


class RowForm(forms.Form):
    """A row of an appendix."""

    section_no = NfcCharField(label=_("Số nhóm"), max_length=20, required=False)
    section = NfcCharField(label=_("Tên nhóm"), max_length=1000, required=False)
    no = NfcCharField(label=_("Số"), max_length=20, required=False)
    content = NfcCharField(label=_("Nội dung"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))
    lead = NfcCharField(
        label=_("Chủ trì"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    coordinating = NfcCharField(
        label=_("Phối hợp"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    time = NfcCharField(label=_("Thời gian"), max_length=1000, required=False)
    product = NfcCharField(
        label=_("Sản phẩm"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = NfcCharField(
        label=_("Ghi chú"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    path = PathField(
        label=_("Nhóm lớn bao ngoài"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Mỗi dòng một nhóm, nhóm ngoài cùng trước, ví dụ: A. CÔNG TÁC CHỈ ĐẠO. Để trống nếu không có."
        ),
    )
    whole_group = forms.BooleanField(
        label=_("Sửa số nhóm, tên nhóm và nhóm lớn cho mọi dòng cùng nhóm"), required=False
    )
    appendix = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """What was done, and what shows it."""

    text = NfcCharField(label=_("Kết quả"), max_length=8000, widget=_TALL)
    words = NfcCharField(label=_("Tên minh chứng"), max_length=300, required=False)
    address = NfcCharField(
        label=_("Liên kết"),
        max_length=500,
        required=False,
        help_text=_("Địa chỉ trang, hoặc một trang của hệ thống này, ví dụ /ho-so/…"),
    )
    file = forms.FileField(label=_("Hoặc tệp"), required=False)


class AnswerForm(forms.Form):
    """An opinion on a report."""

    answer = NfcCharField(
        label=_("Ý kiến"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DifficultyForm(forms.Form):
    """What stands in the way."""

    text = NfcCharField(label=_("Khó khăn, vướng mắc"), max_length=4000, widget=_TALL)


class EventForm(forms.Form):
    """That what a task waits for has come."""

    event = NfcCharField(label=_("Sự việc"), max_length=300)
    on = DayField(label=_("Ngày có sự việc"))
    due_on = DayField(label=_("Hạn hoàn thành"), required=False)


class LinesField(forms.CharField):
    """Several lines, each one thing; empty ones are nothing."""

    def __init__(self, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=40_000, **kwargs)

    def clean(self, value: Any) -> Any:
        lines = (clean_line(line).rstrip(";") for line in (super().clean(value) or "").splitlines())
        return [line for line in lines if line]


class PartsField(forms.CharField):
    """The body of a plan: a line with a Roman numeral begins a part, the lines below are its paragraphs."""

    def clean(self, value: Any) -> Any:
        parts: list[dict[str, Any]] = []
        for line in map(clean_line, (super().clean(value) or "").splitlines()):
            numeral, heading = split_leading_numeral(line)
            if numeral is not None and numeral.level is Level.ROMAN:
                parts.append({"number": numeral.text, "heading": heading, "paragraphs": [], "line": 0})
            elif line and not parts:
                raise forms.ValidationError(gettext("Phần thân bắt đầu bằng một mục, ví dụ: I. MỤC ĐÍCH."))
            elif line:
                parts[-1]["paragraphs"].append(line)
        return parts


def write_parts(parts: list[dict[str, Any]]) -> str:
    """The parts as one types them."""
    return "\n".join(
        line for part in parts for line in (f"{part['number']}. {part['heading']}", *part["paragraphs"])
    )


class BodyForm(forms.Form):
    """What stands around the table: bases, the body, recipients by what they are to do."""

    legal_bases = LinesField(label=_("Căn cứ"), required=False, help_text=_("Mỗi dòng một văn bản."), rows=4)
    body = PartsField(
        label=_("Phần thân"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Mục ghi số La Mã ở đầu dòng, ví dụ I. MỤC ĐÍCH; dưới đó mỗi đoạn một dòng."),
    )
    report = LinesField(label=_("Nơi nhận để báo cáo"), required=False)
    carry_out = LinesField(label=_("Nơi nhận để thực hiện"), required=False)
    coordinate = LinesField(label=_("Nơi nhận để phối hợp"), required=False, rows=2)
    publish = LinesField(label=_("Nơi nhận để đưa tin"), required=False, rows=2)
    know = LinesField(label=_("Nơi nhận để biết"), required=False, rows=2)
    keep = LinesField(label=_("Nơi lưu và nơi nhận khác"), required=False, rows=2)


class IssueForm(forms.Form):
    """Number and day, as the clerk gives them."""

    number = NfcCharField(label=_("Số, ký hiệu"), max_length=80, help_text=_("Ví dụ 15/KH-UBND"))
    dated = DayField(label=_("Ngày ban hành"))


class BeginForm(forms.Form):
    """The year of the plan, and what it begins from."""

    year = forms.IntegerField(label=_("Năm của kế hoạch"), min_value=2000, max_value=2100, localize=False)
    source = forms.ChoiceField(label=_("Bắt đầu từ"), required=False, widget=forms.RadioSelect)

    def set_sources(self, sources: list[tuple[Plan, int | None, str]]) -> None:
        """Plans to begin from, each with the ended unit it is begun for (or None) and its words."""
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        choices = [(f"{plan.pk}-{unit or ''}", words) for plan, unit, words in sources]
        field.choices = [("", gettext("Bản trắng")), *choices]

    def get_source(self) -> tuple[int | None, int | None]:
        """The plan and the unit as the act takes them."""
        plan, _dash, unit = self.cleaned_data["source"].partition("-")
        return int(plan) if plan else None, int(unit) if unit else None


class HandDownForm(forms.Form):
    """Which units are to draw up their own plans, by when."""

    groups = forms.MultipleChoiceField(label=_("Đơn vị"), widget=forms.CheckboxSelectMultiple)
    due_on = DayField(label=_("Hạn gửi kế hoạch"), required=False)

    def set_groups(self, groups: list[tuple[Kind, list[UnitView]]]) -> None:
        """Units by kind, as of the plan's day."""
        self._units = {str(kind): [unit.id for unit in units] for kind, units in groups}
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(kind), f"{gettext(KIND_LABELS[kind])} ({len(units)})") for kind, units in groups
        ]

    def get_units(self) -> list[int]:
        """The units of the chosen groups."""
        return [unit for kind in self.cleaned_data["groups"] for unit in self._units[kind]]


class LevelForm(forms.Form):
    """What is to be reached: its words, the comparison, the level, its unit."""

    text = NfcCharField(label=_("Chỉ tiêu"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    op = forms.ChoiceField(
        label=_("So sánh"),
        choices=[
            (">=", _("ít nhất (≥)")),
            ("=", _("đúng bằng, tất cả (=)")),
            (">", _("trên (>)")),
            ("<=", _("không quá (≤)")),
            ("<", _("dưới (<)")),
        ],
    )
    value = forms.DecimalField(label=_("Mức"), min_value=0, max_digits=14, decimal_places=3, localize=True)
    unit_name = NfcCharField(
        label=_("Đơn vị tính"), max_length=40, initial="%", help_text=_("Ví dụ: %, hồ sơ, ngày.")
    )

    def keep_words(self) -> None:
        """The words of the plan itself are not rewritten."""
        self.fields["text"].disabled = True


class FormulaForm(forms.Form):
    """What a target counts, for whom, when, without whom."""

    formula = forms.ChoiceField(label=_("Cách tính"), required=False)
    numerator_words = NfcCharField(
        label=_("Tử số"), max_length=300, required=False, help_text=_("Ghi khi số liệu do người nhập.")
    )
    denominator_words = NfcCharField(label=_("Mẫu số"), max_length=300, required=False)
    scope = forms.ChoiceField(label=_("Phạm vi"), required=False)
    period_kind = forms.ChoiceField(label=_("Kỳ tính"))
    period_number = forms.IntegerField(label=_("Số của kỳ"), min_value=1, max_value=12, initial=1)
    excluded = forms.MultipleChoiceField(
        label=_("Đơn vị không tính"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    exclusion_reason = NfcCharField(label=_("Lý do không tính"), max_length=300, required=False)
    within = forms.ChoiceField(label=_("Nằm trong chỉ tiêu"), required=False)

    def set_choices(self, **choices: list[tuple[str, str]]) -> None:
        """What may be chosen, field by field."""
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = values


class OwnTargetForm(LevelForm, FormulaForm):
    """A target as a person adds it: what is to be reached, and what it counts."""

    field_order = ("text", "op", "value", "unit_name", "formula")


class ValueForm(forms.Form):
    """How many of how many, as of a day, with what shows it."""

    unit = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    as_of = DayField(label=_("Số liệu đến ngày"))
    numerator = forms.DecimalField(
        label=_("Tử số"), min_value=0, max_digits=14, decimal_places=3, localize=True
    )
    denominator = forms.DecimalField(
        label=_("Mẫu số"),
        min_value=0,
        max_digits=14,
        decimal_places=3,
        required=False,
        localize=True,
        help_text=_("Để trống khi chỉ tiêu là một số đếm."),
    )
    words = NfcCharField(label=_("Minh chứng"), max_length=300, required=False)
    address = NfcCharField(label=_("Liên kết"), max_length=500, required=False)
    file = forms.FileField(label=_("Hoặc tệp"), required=False)

    def set_units(self, units: list[tuple[int, str]]) -> None:
        """The units a value may be typed for."""
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = units
