"""The sets of indicators as shipped, by the day they hold: read from the package, without a database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from motcua.core.marking import _
from motcua.indices.rules.nine import NineLimits
from motcua.indices.rules.scoring import GROUPS, Band, Indicator

DATA = Path(__file__).with_name("data")
QUALITY, NINE = "766", "01/2018"
SPREAD = "spread"
# What the nine indicators need beside dossiers; typed as so many of so many, yes as 1 of 1.
NINE_TYPED = {
    "9c5a": _("01/2018, số 5: thủ tục thực hiện toàn bộ quy trình tại Một cửa"),
    "9c5b": _("01/2018, số 5: thủ tục tiếp nhận, trả kết quả tại Một cửa"),
    "9c6a": _("01/2018, số 6: niêm yết đủ, đúng (1 trên 1 là có)"),
    "9c6b": _("01/2018, số 6: công khai điện tử đủ, đúng (1 trên 1 là có)"),
    "9c8": _("01/2018, số 8: phản ánh, kiến nghị trả lời đúng hạn (0 trên 0 là không có phản ánh)"),
    "9c9": _("01/2018, số 9: thủ tục đủ điều kiện được cung cấp trực tuyến"),
}


# Why the house does not count an indicator: what it would have to know.
WHY_TYPED = {
    "1.1": _(
        "Hệ thống không giữ ngày có hiệu lực của văn bản làm căn cứ, nên không so được với ngày công bố."
    ),
    "1.2": _(
        "Ngày công khai trong danh mục là ngày của lần nhập gần nhất từ Cổng quốc gia, không phải lần công khai đầu."
    ),
    "2.2": _(
        "Chỉ số này không có điểm và chỉ có nghĩa với từng thủ tục; thời gian từng bước nằm ở trang Công việc."
    ),
    "3.5a": _(
        "Việc tích hợp thanh toán của một thủ tục do Cổng quốc gia giữ; hệ thống chỉ biết khoản phải thu và lần trả tiền."
    ),
    "4.c": _("Chứng thực bản sao điện tử được cung cấp trên Cổng quốc gia, không qua hệ thống này."),
    "4.3": _("Hệ thống không giữ dấu giấy tờ nào được dùng lại từ kho dữ liệu."),
    "4.4": _(
        "Kho dữ liệu điện tử của tổ chức, cá nhân nằm ở Cổng quốc gia; hệ thống không đọc và không ghi kho."
    ),
    "4.5a": _("Kết nối với Cơ sở dữ liệu quốc gia về dân cư do Cổng quốc gia giữ."),
    "4.5b": _("Việc xác thực tài khoản với VNeID diễn ra ở Cổng quốc gia, không truyền về cùng hồ sơ."),
    "5.1": _(
        "Phản ánh, kiến nghị được tiếp nhận ở hệ thống riêng; đánh giá thấp ở đây không phải là phản ánh, kiến nghị."
    ),
    "5.2": _("Phản ánh, kiến nghị được tiếp nhận và xử lý ở hệ thống riêng."),
    "5.3": _("Phản ánh, kiến nghị được tiếp nhận và xử lý ở hệ thống riêng."),
}


class NoSetOfIndicators(LookupError):
    """No indicator holds on that day: a fault of the question or of the data, never a default in code."""


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _holding(name: str, on: date) -> Iterator[dict[str, str]]:
    for row in _rows(name):
        first, end = date.fromisoformat(row["valid_from"]), row["valid_to"]
        if first <= on and (not end or on < date.fromisoformat(end)):
            yield row


def get_indicators(on: date, which: str = QUALITY) -> tuple[Indicator, ...]:
    """The indicators that hold on a day, in the order of their groups and codes.

    :raises NoSetOfIndicators: none holds.
    """
    found = [_make_indicator(row) for row in _holding("indicators.csv", on) if row["set"] == which]
    if not found:
        raise NoSetOfIndicators(f"no indicators {which} on {on:%d/%m/%Y}")
    order = list(GROUPS)
    if which == NINE:
        return tuple(found)
    return tuple(sorted(found, key=lambda one: order.index(one.group)))


def _make_indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        code=row["code"],
        group=row["group"],
        name=row["name"],
        points=Decimal(row["points"]),
        threshold=Decimal(row["threshold"]) if row["threshold"] else None,
        numerator=row["numerator"],
        denominator=row["denominator"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        basis=row["basis"],
        is_verified=row["is_verified"] == "1",
    )


@dataclass(frozen=True, slots=True)
class EmptyRule:
    """What becomes of an indicator's points when there was nothing to count: `spread` over the others, or `zero`."""

    code: str
    rule: str
    basis: str
    is_verified: bool


def get_empty_rules(on: date, which: str = QUALITY) -> dict[str, EmptyRule]:
    """The rules that hold on a day by indicator; `*` is for all that have none of their own."""
    rows = [row for row in _holding("empty.csv", on) if row["set"] == which]
    return {
        row["code"]: EmptyRule(row["code"], row["rule"], row["basis"], row["is_verified"] == "1")
        for row in rows
    }


def get_spread(on: date) -> frozenset[str]:
    """The indicators whose points go to the others when there was nothing to count."""
    rules = get_empty_rules(on)
    codes = (one.code for one in get_indicators(on))
    return frozenset(
        code for code in codes if (one := rules.get(code) or rules.get("*")) and one.rule == SPREAD
    )


def get_bands(on: date, which: str = QUALITY, scope: str = "unit") -> tuple[Band, ...]:
    """The words for totals, the highest first."""
    rows = [row for row in _holding("bands.csv", on) if row["set"] == which and row["scope"] == scope]
    bands = [Band(Decimal(r["floor"]), r["label"], r["basis"], r["is_verified"] == "1") for r in rows]
    return tuple(sorted(bands, key=lambda band: -band.floor))


def get_nine_limits(on: date) -> NineLimits:
    """The rates Circular 01/2018 sets. :raises NoSetOfIndicators: they do not hold on that day."""
    told = {row["key"]: Decimal(row["value"]) for row in _holding("limits.csv", on)}
    if not told:
        raise NoSetOfIndicators(f"no limits of Circular 01/2018 on {on:%d/%m/%Y}")
    levels = ("province", "district", "commune")
    return NineLimits(
        whole_process={level: told[f"one_stop.whole_process.{level}"] for level in levels},
        feedback_on_time=told["feedback.on_time"],
        online_procedures=told["online.procedures"],
        online_dossiers_high=told["online.dossiers.high"],
        online_dossiers_low=told["online.dossiers.low"],
    )
