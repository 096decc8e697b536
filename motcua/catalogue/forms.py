"""The shape of what is typed about procedures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.actions.operating import ChargeFacts, OperationFacts, PaperFacts
from motcua.catalogue.models import FEE_KINDS, LIMIT_UNITS, START_RULES, Operation
from motcua.catalogue.queries.keeping import PaperRow
from motcua.core.forms import DayField, MoneyField, NfcCharField, choose_among
from motcua.core.several import Choices, SeveralChoiceField

MOST_FILE_BYTES = 40 * 1024 * 1024
SPARE_FEES = 2
OPERATING_LEVELS = (("commune", _("Cấp xã")), ("province", _("Cấp tỉnh")))


class PaperFields(NamedTuple):
    """The three boxes of one paper."""

    row: PaperRow
    required: forms.BoundField
    basis: forms.BoundField
    label: forms.BoundField


class FileForm(forms.Form):
    """An Excel workbook or an export of the national portal."""

    file = forms.FileField(label=_("Tệp .xlsx, .jsonl hoặc .jsonl.gz"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE_BYTES:
            raise forms.ValidationError(gettext("Tệp lớn hơn 40 MB; hãy dùng lệnh import-catalogue."))
        return file


class OperateForm(forms.Form):
    """How the province operates a procedure: limit, papers, fees, each with its basis."""

    agency_level = forms.ChoiceField(label=_("Cấp giải quyết"), choices=OPERATING_LEVELS)
    unit_codes = SeveralChoiceField(
        label=_("Cơ quan giải quyết"), required=False, help_text=_("Để trống là mọi cơ quan của cấp.")
    )
    limit_amount = forms.DecimalField(
        label=_("Thời hạn"), max_digits=8, decimal_places=2, min_value=Decimal(0), localize=False
    )
    limit_unit = forms.ChoiceField(label=_("Đơn vị"), choices=LIMIT_UNITS)
    start_rule = forms.ChoiceField(label=_("Cách tính ngày đầu"), choices=START_RULES)
    first_day = DayField(
        label=_("Áp dụng từ ngày"),
        required=False,
        help_text=_("Để trống là từ hôm nay."),
    )
    basis = NfcCharField(
        label=_("Căn cứ của thời hạn"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_non_territorial = forms.BooleanField(label=_("Tiếp nhận không phụ thuộc địa giới"), required=False)
    retention_years = forms.IntegerField(
        label=_("Lưu hồ sơ (năm)"), required=False, min_value=1, max_value=200
    )
    retention_basis = NfcCharField(label=_("Căn cứ lưu hồ sơ"), required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        papers: Sequence[PaperRow],
        agencies: Choices = (),
        fee_count: int = 0,
        signing_post: str = "approver",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._papers, self._signing_post = papers, signing_post
        choose_among(self, "unit_codes", agencies)
        self._fee_numbers = range(fee_count + SPARE_FEES)
        for number, paper in enumerate(papers):
            self.fields[f"required_{number}"] = forms.BooleanField(label=paper.name, required=False)
            self.fields[f"label_{number}"] = NfcCharField(
                label=_("Nhãn ngắn"), required=False, max_length=120
            )
            self.fields[f"basis_{number}"] = NfcCharField(
                label=_("Căn cứ bắt buộc"), required=False, max_length=300
            )
        for number in self._fee_numbers:
            self.fields[f"fee_name_{number}"] = NfcCharField(
                label=_("Khoản thu"), required=False, max_length=200
            )
            self.fields[f"fee_amount_{number}"] = MoneyField(label=_("Mức thu (đồng)"), required=False)
            self.fields[f"fee_kind_{number}"] = forms.ChoiceField(
                label=_("Loại"), choices=FEE_KINDS, required=False
            )
            self.fields[f"fee_basis_{number}"] = NfcCharField(
                label=_("Căn cứ"), required=False, max_length=300
            )

    @property
    def paper_rows(self) -> Iterator[PaperFields]:
        """The papers with their boxes."""
        for number, row in enumerate(self._papers):
            yield PaperFields(
                row, self[f"required_{number}"], self[f"basis_{number}"], self[f"label_{number}"]
            )

    @property
    def fee_rows(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """The fees with their boxes, some spare."""
        for number in self._fee_numbers:
            yield tuple(self[f"fee_{part}_{number}"] for part in ("name", "amount", "kind", "basis"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for number in range(len(self._papers)):
            if typed.get(f"required_{number}") and not typed.get(f"basis_{number}"):
                self.add_error(f"basis_{number}", gettext("Giấy tờ bắt buộc phải có căn cứ."))
        for number in self._fee_numbers:
            if typed.get(f"fee_name_{number}") and typed.get(f"fee_amount_{number}") is None:
                self.add_error(f"fee_amount_{number}", gettext("Hãy ghi mức thu."))
            if typed.get(f"fee_name_{number}") and not typed.get(f"fee_basis_{number}"):
                self.add_error(f"fee_basis_{number}", gettext("Khoản thu phải có căn cứ."))
        return typed

    def get_facts(self) -> OperationFacts:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return OperationFacts(
            agency_level=typed["agency_level"],
            signing_post=self._signing_post,
            unit_codes=typed["unit_codes"],
            limit_amount=typed["limit_amount"],
            limit_unit=typed["limit_unit"],
            start_rule=typed["start_rule"],
            basis=typed["basis"],
            is_non_territorial=typed["is_non_territorial"],
            retention_years=typed["retention_years"],
            retention_basis=typed["retention_basis"],
            papers=tuple(
                PaperFacts(row.key, typed[f"basis_{number}"], typed[f"label_{number}"])
                for number, row in enumerate(self._papers)
                if typed[f"required_{number}"]
            ),
            fees=tuple(
                ChargeFacts(*(typed[f"fee_{part}_{number}"] for part in ("name", "amount", "kind", "basis")))
                for number in self._fee_numbers
                if typed[f"fee_name_{number}"]
            ),
        )


def get_initial(operation: Operation | None, papers: Sequence[PaperRow], level: str) -> dict[str, Any]:
    """What the form shows at first: the statement that holds today."""
    if operation is None:
        return {"agency_level": level, "limit_unit": "working_day"}
    shown: dict[str, Any] = {
        name: getattr(operation, name)
        for name in OperateForm.base_fields
        if name not in ("unit_codes", "limit_amount", "first_day")
    }
    shown["unit_codes"] = list(operation.unit_codes)
    shown["limit_amount"] = f"{operation.limit_amount.normalize():f}"
    required = {paper.component_key: paper for paper in operation.required_papers.all()}
    for number, row in enumerate(papers):
        if paper := required.get(row.key):
            shown |= {
                f"required_{number}": True,
                f"basis_{number}": paper.basis,
                f"label_{number}": paper.label,
            }
    for number, fee in enumerate(operation.fees.all()):
        shown |= {f"fee_{part}_{number}": getattr(fee, part) for part in ("name", "amount", "kind", "basis")}
    return shown
