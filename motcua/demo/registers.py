"""The registers of the plan in the demonstration province: an entry or two in each, of the province and of a commune."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from motcua.organisations.rules import Actor
from motcua.programme.actions import registers


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry, the steps it has taken, and what is written under it; days are counted from the day of loading."""

    code: str
    values: dict[str, Any]
    moves: tuple[str, ...] = ()
    lines: tuple[dict[str, Any], ...] = ()
    days: dict[str, int] = field(default_factory=dict)


def keep_registers(*, control: Actor, head: Actor, on: date, at: datetime) -> None:
    """Fill every register of both agencies, as their own people would."""
    for entry in _of_province(on):
        _keep(control, entry, on, at)
    for entry in _of_commune(on):
        _keep(head, entry, on, at)


def _keep(actor: Actor, entry: _Entry, on: date, at: datetime) -> None:
    days = {name: (on + timedelta(days=count)).isoformat() for name, count in entry.days.items()}
    made = registers.add_entry(actor=actor, code=entry.code, values=entry.values | days, at=at)
    for state in entry.moves:
        made = registers.move_entry(actor=actor, entry_id=made.pk, state=state, revision=made.revision, at=at)
    for values in entry.lines:
        registers.add_line(actor=actor, entry_id=made.pk, values=values, at=at)


def _of_province(on: date) -> Iterator[_Entry]:
    yield _Entry(
        "can-bo-dau-moi",
        {"name": "Cán bộ Kiểm soát thủ tục 01 (mẫu)", "position": "Chuyên viên", "phone": "0233000011"},
    )
    yield _Entry(
        "van-ban-chi-dao",
        {
            "number": "210/UBND-KSTT",
            "abstract": "Đôn đốc số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
        },
        lines=(
            {"unit": "UBND xã Hướng Phùng", "answer": "Đã số hóa hồ sơ từ đầu quý."},
            {"unit": "UBND xã Lao Bảo"},
        ),
        days={"day": -40, "reply_by": 10},
    )
    yield _Entry(
        "truyen-thong",
        {"channel": "portal", "title": "Hướng dẫn nộp hồ sơ trực tuyến", "audience": "Người dân", "officer": "Chuyên viên truyền thông (mẫu)", "count": "3"},
        days={"day": -25},
    )  # fmt: skip
    yield _Entry(
        "tap-huan",
        {"title": "Tập huấn cán bộ đầu mối kiểm soát thủ tục", "place": "Trực tuyến tới các xã", "host": "Văn phòng UBND tỉnh"},
        moves=("held",),
        lines=(
            {"name": "Chuyên viên vp 01 (mẫu)", "unit": "UBND xã Hướng Phùng", "attended": "yes", "score": "8"},
            {"name": "Văn thư 01 (mẫu)", "unit": "UBND xã Lao Bảo", "attended": "yes", "score": "9"},
        ),
        days={"day": -60, "last_day": -59},
    )  # fmt: skip
    yield _Entry(
        "thi-dua",
        {"title": f"Bộ phận Một cửa không hồ sơ trễ hạn năm {on.year}", "criteria": "Hồ sơ đúng hạn; số hóa; hài lòng."},
        lines=({"unit": "UBND xã Hướng Phùng", "score": "92", "rank": "Tốt"}, {"unit": "UBND xã Lao Bảo", "score": "85", "rank": "Khá"}),
        days={"day": -200, "last_day": 30},
    )  # fmt: skip
    yield _Entry(
        "doi-thoai",
        {"topic": "Thủ tục đất đai, xây dựng với doanh nghiệp", "chair": "Lãnh đạo UBND tỉnh (mẫu)", "place": "Hội trường UBND tỉnh", "people": "45"},
        moves=("held",),
        lines=({"question": "Đề nghị rút ngắn thời gian cấp phép xây dựng.", "answer": "Giao Sở Xây dựng đề xuất phương án.", "unit": "Sở Xây dựng"},),
        days={"day": -50},
    )  # fmt: skip
    yield _Entry(
        "hoc-tap",
        {"place": "Trung tâm Phục vụ hành chính công thành phố Huế", "purpose": "Tiếp nhận không phụ thuộc địa giới."},
        lines=({"name": "Cán bộ Kiểm soát thủ tục 01 (mẫu)", "position": "Chuyên viên", "unit": "Văn phòng UBND tỉnh"},),
        days={"day": 20, "last_day": 21},
    )  # fmt: skip
    yield _Entry(
        "kinh-phi",
        {"item": "Tập huấn nghiệp vụ kiểm soát thủ tục", "source": "budget", "basis": "Dự toán được giao đầu năm", "estimate": "60000000"},
    )  # fmt: skip


def _of_commune(on: date) -> Iterator[_Entry]:
    yield _Entry(
        "truyen-thong",
        {"channel": "radio", "title": "Bản tin loa thôn về dịch vụ công trực tuyến", "audience": "Người dân các thôn", "officer": "Chuyên viên vp 01 (mẫu)", "count": "12"},
        days={"day": -15},
    )  # fmt: skip
    yield _Entry(
        "doi-thoai",
        {"topic": "Đối thoại với người dân về thủ tục hành chính", "chair": "Lãnh đạo UBND xã (mẫu)", "place": "Nhà văn hóa xã", "people": "60"},
        days={"day": 12},
    )  # fmt: skip
    yield _Entry(
        "kinh-phi",
        {"item": "In tờ gấp hướng dẫn thủ tục", "source": "budget", "basis": "Dự toán được giao đầu năm", "estimate": "5000000", "settled": "4800000"},
        moves=("approved", "settled"),
    )  # fmt: skip
