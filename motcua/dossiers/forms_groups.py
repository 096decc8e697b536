"""The shape of what is typed about a group of procedures: its limits, and one line of boxes for each part."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.actions import BundleFacts, BundlePartFacts
from motcua.catalogue.queries import BUNDLE_ORDERS, PART_STARTS, START_RULES, BundleView
from motcua.core.forms import DayField, NfcCharField
from motcua.core.several import Choices

MOST_PARTS, SPARE_PARTS = 12, 2
PART_BOXES = (
    "procedure", "name", "days", "second_days", "needs", "start", "may_verify", "tells_at_once", "work", "papers", "basis",
)  # fmt: skip
Papers = Callable[[str], Choices]
_NUMBERS = re.compile(r"\d{1,2}(\s*,\s*\d{1,2})*")


def _lines() -> forms.Textarea:
    """Two lines: what is longer than its box is not read."""
    return forms.Textarea(attrs={"rows": 2})


class StateGroup(forms.Form):
    """A version of a group from a day."""

    code = NfcCharField(label=_("Mã nhóm"), max_length=40, help_text=_("Mã công bố, hoặc mã riêng của tỉnh."))
    name = NfcCharField(label=_("Tên nhóm"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    first_day = DayField(label=_("Áp dụng từ ngày"))
    basis = NfcCharField(label=_("Căn cứ công bố"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    total_days = forms.DecimalField(
        label=_("Thời hạn cả nhóm (ngày làm việc)"), max_digits=5, decimal_places=1, min_value=Decimal("0.5"),
        required=False, help_text=_("Để trống: bằng thời hạn của các phần."),
    )  # fmt: skip
    verified_days = forms.DecimalField(
        label=_("Khi phải xác minh (ngày làm việc)"), max_digits=5, decimal_places=1, min_value=Decimal("0.5"), required=False,
    )  # fmt: skip
    start_rule = forms.ChoiceField(label=_("Cả nhóm tính từ"), choices=START_RULES)
    part_start_rule = forms.ChoiceField(label=_("Phần đầu tính từ"), choices=START_RULES)
    order = forms.ChoiceField(label=_("Thứ tự các phần"), choices=BUNDLE_ORDERS)
    take_over_hours = forms.DecimalField(
        label=_("Nhận phiếu chuyển trong (giờ làm việc)"), max_digits=4, decimal_places=1, min_value=Decimal("0.5"), initial=2
    )  # fmt: skip
    rows = forms.IntegerField(min_value=2, max_value=MOST_PARTS, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        rows: int,
        procedures: Choices = (),
        papers: Papers = lambda _code: (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, min(rows, MOST_PARTS) + 1)
        for no in self.numbers:
            self._add_part(no)
            self._offer(f"p{no}_procedure", [("", "—"), *procedures])
            self._offer(f"p{no}_papers", list(papers(str(self[f"p{no}_procedure"].value() or ""))))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What there is today, and what the box holds already: an option no longer there is seen, and refused."""
        held = self[name].value() or ()
        kept = [held] if isinstance(held, str) else [str(one) for one in held]
        known = {code for code, _words in choices}
        field = self.fields[name]
        offered = [*choices, *((code, code) for code in kept if code not in known)]
        if isinstance(field, forms.ChoiceField):
            field.choices = offered
        else:
            field.widget.choices = offered

    def _add_part(self, no: int) -> None:
        days: dict[str, Any] = {
            "max_digits": 5,
            "decimal_places": 1,
            "min_value": Decimal("0.5"),
            "required": False,
        }
        needs_hint = _("Số của phần phải chờ, ví dụ 1 hoặc 1, 2; để trống: bắt đầu ngay.")
        self.fields |= {
            f"p{no}_procedure": NfcCharField(label=_("Thủ tục"), max_length=40, required=False, widget=forms.Select),
            f"p{no}_name": NfcCharField(label=_("Tên phần"), max_length=200, required=False),
            f"p{no}_days": forms.DecimalField(label=_("Thời hạn (ngày làm việc)"), **days),
            f"p{no}_second_days": forms.DecimalField(label=_("Sau nghĩa vụ tài chính (ngày)"), **days),
            f"p{no}_needs": NfcCharField(label=_("Chờ phần"), max_length=40, required=False, help_text=needs_hint),
            f"p{no}_start": forms.ChoiceField(label=_("Bắt đầu khi"), choices=PART_STARTS, required=False),
            f"p{no}_may_verify": forms.BooleanField(label=_("Có thể phải xác minh"), required=False),
            f"p{no}_tells_at_once": forms.BooleanField(label=_("Báo kết quả phần này ngay"), required=False),
            f"p{no}_work": NfcCharField(label=_("Việc ghi trên phiếu chuyển"), max_length=300, required=False, widget=_lines()),
            f"p{no}_papers": forms.MultipleChoiceField(
                label=_("Giấy tờ tờ khai chung hỏi"), required=False, widget=forms.CheckboxSelectMultiple,
                help_text=_("Không đánh dấu giấy nào: giấy tờ của trường hợp đầu."),
            ),
            f"p{no}_basis": NfcCharField(label=_("Căn cứ thời hạn của phần"), max_length=500, required=False, widget=_lines()),
        }  # fmt: skip

    @property
    def part_rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The parts with their boxes, some spare."""
        for no in self.numbers:
            yield no, [self[f"p{no}_{box}"] for box in PART_BOXES]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for no in self.numbers:
            if not self._is_typed(no, typed):
                continue
            for box, sentence in (
                ("procedure", gettext("Chọn thủ tục của phần.")), ("name", gettext("Ghi tên phần.")),
                ("days", gettext("Ghi thời hạn của phần.")), ("basis", gettext("Ghi căn cứ thời hạn của phần.")),
            ):  # fmt: skip
                if not typed.get(f"p{no}_{box}") and f"p{no}_{box}" not in self.errors:
                    self.add_error(f"p{no}_{box}", sentence)
            needs = typed.get(f"p{no}_needs", "")
            if needs and not _NUMBERS.fullmatch(needs):
                self.add_error(f"p{no}_needs", gettext("Ghi số của phần, cách nhau bằng dấu phẩy."))
        return typed

    def _is_typed(self, no: int, typed: dict[str, Any]) -> bool:
        return any(typed.get(f"p{no}_{box}") for box in ("procedure", "name", "days", "basis"))

    def get_facts(self) -> BundleFacts:
        """What was typed, for the act."""
        typed = self.cleaned_data
        names = ("code", "name", "basis", "total_days", "verified_days", "start_rule", "part_start_rule", "order",
                 "take_over_hours")  # fmt: skip
        parts = tuple(self._read_part(no, typed) for no in self.numbers if self._is_typed(no, typed))
        return BundleFacts(parts=parts, **{name: typed[name] for name in names})

    def _read_part(self, no: int, typed: dict[str, Any]) -> BundlePartFacts:
        def get(box: str) -> Any:
            return typed.get(f"p{no}_{box}")

        return BundlePartFacts(
            no=no, procedure_code=get("procedure"), name=get("name"), days=get("days"), basis=get("basis"),
            second_days=get("second_days"), needs=tuple(int(n) for n in re.findall(r"\d+", get("needs") or "")),
            start=get("start") or "result", may_verify=bool(get("may_verify")), tells_at_once=bool(get("tells_at_once")),
            work=get("work") or "", papers=tuple(get("papers") or ()),
        )  # fmt: skip


def _plain(value: Any) -> Any:
    """Three days as 3 and not as 3.0."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def show_papers(typed: Mapping[str, Any], rows: int, papers: Papers) -> dict[str, Any]:
    """What was typed, with a spare part more where all are used, and only papers that the chosen procedures have."""
    shown = dict(typed)
    used = [no for no in range(1, rows + 1) if typed.get(f"p{no}_procedure") or typed.get(f"p{no}_name")]
    for no in range(1, rows + 1):
        known = {code for code, _words in papers(str(typed.get(f"p{no}_procedure") or ""))}
        shown[f"p{no}_papers"] = [code for code in typed.get(f"p{no}_papers") or () if code in known]
    return shown | {"rows": min(MOST_PARTS, max(rows, max(used, default=0) + SPARE_PARTS))}


class EndGroup(forms.Form):
    """The last day under a group."""

    last_day = DayField(label=_("Ngày cuối còn nhận theo nhóm này"))


def start_from(bundle: BundleView) -> dict[str, Any]:
    """What a new version begins with: the one that is there."""
    names = ("code", "name", "basis", "total_days", "verified_days", "start_rule", "part_start_rule", "order",
             "take_over_hours")  # fmt: skip
    typed: dict[str, Any] = {name: _plain(getattr(bundle, name)) for name in names}
    for part in bundle.parts:
        plain = ("name", "days", "second_days", "start", "may_verify", "tells_at_once", "work", "basis")
        typed |= {f"p{part.no}_{name}": _plain(getattr(part, name)) for name in plain}
        typed |= {
            f"p{part.no}_procedure": part.procedure_code,
            f"p{part.no}_needs": ", ".join(str(no) for no in part.needs),
            f"p{part.no}_papers": list(part.papers),
        }
    return typed
