"""Every macro of the house on one page, as addresses of their own: what the browser tests look at."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from motcua.core import pages
from motcua.core.clock import ClockView
from motcua.core.forms import DayField, MoneyField, NfcCharField, PhoneField

NOW = datetime(2025, 11, 12, 3, 20, tzinfo=UTC)
DAY = timedelta(days=1)
LONG = "Thủ tục đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp giải quyết tranh chấp, khiếu nại, tố cáo về đất đai; xử lý hợp đồng thế chấp và góp vốn"


class Example(forms.Form):
    full_name = NfcCharField(label="Họ và tên", max_length=40, help_text="Viết như trên giấy tờ.")
    birth_on = DayField(label="Ngày sinh", help_text="Ngày/tháng/năm, ví dụ 05/09/2025.")
    phone = PhoneField(label="Số điện thoại", required=False)
    fee = MoneyField(label="Lệ phí", initial=1234567)
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("male", "Nam"), ("female", "Nữ")], widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(
        label="Đơn vị", choices=[("1", "Ủy ban nhân dân xã Hướng Phùng"), ("2", "Sở Tư pháp")]
    )
    agree = forms.BooleanField(label="Tôi đã đối chiếu bản chính", required=False)
    note = NfcCharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    key = forms.CharField(widget=forms.HiddenInput, required=False)


CLERK = SimpleNamespace(
    post="intake_officer",
    person_name="Nguyễn Thị Thuỳ Dương (minh hoạ)",
    position="Công chức Tư pháp – Hộ tịch",
    unit_name="Ủy ban nhân dân xã Hướng Phùng",
)


def _line(text: str, at: datetime | None = None) -> SimpleNamespace:
    return SimpleNamespace(text=text, at=at)


def clocks() -> dict[str, ClockView]:
    """One clock in each tone."""
    lines = (
        _line("Nhận hồ sơ", NOW - 3 * DAY),
        _line("Thời hạn 5 ngày làm việc"),
        _line("Nghỉ thứ Bảy, Chủ nhật"),
    )
    paused = ((NOW - 2 * DAY, NOW - DAY),)
    return {
        "ok": ClockView(
            received_at=NOW - 3 * DAY,
            due_at=NOW + 2 * DAY,
            now=NOW,
            pauses=paused,
            lines=lines,
            is_provisional=True,
        ),
        "due": ClockView(received_at=NOW - 3 * DAY, due_at=NOW + DAY / 8, now=NOW),
        "late": ClockView(received_at=NOW - 6 * DAY, due_at=NOW - 2 * DAY, now=NOW, lines=lines),
        "wait": ClockView(
            received_at=NOW - 6 * DAY, due_at=NOW + 2 * DAY, now=NOW, pauses=((NOW - 2 * DAY, None),)
        ),
        "done": ClockView(
            received_at=NOW - 6 * DAY, due_at=NOW, now=NOW, finished_at=NOW - DAY, judgement="early"
        ),
        "none": ClockView(received_at=NOW - DAY, due_at=None, now=NOW),
    }


def _context() -> dict[str, object]:
    wrong = Example({"full_name": "A" * 50, "birth_on": "31/02/2025", "fee": "nhiều", "unit": "1"})
    tabs = [
        ("Mới nhận", "late", 3, "ok"),
        ("Sắp đến hạn", "alarm", 2, "due"),
        ("Quá hạn", "x", 1, "late"),
        ("Chờ trả", "x", 0, ""),
    ]
    return {
        "example": Example(),
        "wrong": wrong,
        "clocks": clocks(),
        "long": LONG,
        "page": SimpleNamespace(previous_cursor="aaa", next_cursor="bbb"),
        "tabs": [(words, "#", n, i == 0, tone) for i, (words, _icon, n, tone) in enumerate(tabs)],
        "counts": {"new": 3, "near_due": 2, "overdue": 1, "following": 1001},
        "at": NOW,
    }


@login_not_required
def officer(request: HttpRequest) -> HttpResponse:
    """The gallery as an officer sees it: dense."""
    messages.success(request, "Đã tiếp nhận hồ sơ 000.00.19.H50-251112-0001.")
    messages.error(request, "Chưa chuyển được 1 hồ sơ.")
    return pages.render(request, "gallery.html", {**_context(), "actor": CLERK})


@login_not_required
def citizen(request: HttpRequest) -> HttpResponse:
    """The same for a visitor: large."""
    return pages.render(request, "gallery.html", _context())


@login_not_required
def options(request: HttpRequest) -> HttpResponse:
    """The fragment a combobox asks for."""
    rows = "".join(
        f'<li role="option" data-value="{n}">Khai sinh {n} {request.GET.get("q", "")[:1]}</li>'
        for n in range(3)
    )
    return HttpResponse(rows)


@login_not_required
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a file and answers with its line."""
    return HttpResponse("" if request.FILES else "không có tệp", status=200 if request.FILES else 409)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """The page of a broken server."""
    return pages.server_error(request)


urlpatterns = [
    path("", officer, name="officer"),
    path("cong-dan/", citizen, name="citizen"),
    path("goi-y/", options, name="options"),
    path("tep/", upload, name="upload"),
    path("hong/", broken, name="broken"),
    path("ngon-ngu/", csrf_exempt(set_language), name="set_language"),
]
dossiers = [
    path("viec/<slug:tab>/", officer, name="inbox_tab"),
    path("viec/", officer, name="inbox"),
    path("tiep-nhan/", officer, name="choose"),
    path("tim/", officer, name="search"),
]
urlpatterns += [path("ho-so/", include((dossiers, "dossiers")))]
handler404 = pages.not_found
handler500 = pages.server_error
