"""The units of the demonstration province, drawn as tables. Places are real; codes H50.xx and decisions are made up."""

from datetime import date
from typing import NamedTuple

NEW, OLD = date(2025, 7, 1), date(2018, 6, 21)
# 1 March 2025: the departments of the province were put together (Resolution 190/2025/QH15 and the province's own).
MERGER = date(2025, 3, 1)
PROVINCE, OLD_PROVINCE = "2025-T44", "2004-T45"
# The commune whose officers work before and after the new organisation.
OLD_COMMUNE = "2004-X19441"
DECISION = "Dữ liệu trình diễn"


class UnitRow(NamedTuple):
    """A unit of the demonstration."""

    code: str
    kind: str
    parent: str
    agency_code: str
    name: str
    short_name: str = ""
    valid_from: date = NEW
    valid_to: date | None = None


# GSO code, key of user names, agency code (demonstration), words used in the names of people
COMMUNES = (
    ("19333", "dongha", "H50.101", "Đông Hà"),
    ("19351", "namdongha", "H50.102", "Nam Đông Hà"),
    ("18880", "donghoi", "H50.103", "Đồng Hới"),
    ("19009", "badon", "H50.104", "Ba Đồn"),
    ("19441", "huongphung", "H50.105", "Hướng Phùng"),
    ("19429", "khesanh", "H50.106", "Khe Sanh"),
    ("19432", "laobao", "H50.107", "Lao Bảo"),
    ("19414", "cuatung", "H50.108", "Cửa Tùng"),
    ("19597", "camlo", "H50.109", "Cam Lộ"),
    ("19742", "conco", "H50.110", "Cồn Cỏ"),
)
WARDS = frozenset({"19333", "19351", "18880", "19009"})

# code, agency code, name, key of user names, sections: (suffix, name, fields)
DEPARTMENTS = (
    ("justice", "H50.11", "Sở Tư pháp", "tuphap", (
        ("hctp", "Phòng Hành chính tư pháp", ("G15-TP07", "G15-TP03")),
        ("bttp", "Phòng Bổ trợ tư pháp", ("G15-TP09",)),
    )),
    ("agriculture_environment", "H50.12", "Sở Nông nghiệp và Môi trường", "nnmt", (
        ("datdai", "Phòng Quản lý đất đai", ("G13-TN02",)),
        ("nuockhoangsan", "Phòng Tài nguyên nước và Khoáng sản", ("G13-TN10", "G13-TN03")),
        ("thuy", "Chi cục Chăn nuôi và Thú y", ("G10-NN12", "G10-NN15")),
    )),
    ("construction", "H50.13", "Sở Xây dựng", "xaydung", (
        ("quyhoach", "Phòng Quy hoạch - Kiến trúc", ()),
        ("qlxd", "Phòng Quản lý xây dựng", ("G17-XD11",)),
        ("nhao", "Phòng Quản lý nhà và Thị trường bất động sản", ("G17-XD06",)),
    )),
    ("finance", "H50.14", "Sở Tài chính", "taichinh", (
        ("dkkd", "Phòng Đăng ký kinh doanh", ("G05-KD10",)),
        ("nganhsach", "Phòng Ngân sách", ()),
    )),
    ("health", "H50.15", "Sở Y tế", "yte", (
        ("duoc", "Phòng Nghiệp vụ Dược", ("G18-YT04",)),
        ("attp", "Chi cục An toàn vệ sinh thực phẩm", ("G18-YT01",)),
    )),
    ("education", "H50.16", "Sở Giáo dục và Đào tạo", "giaoduc", (
        ("phothong", "Phòng Giáo dục phổ thông", ("G03-GD11",)),
        ("tccb", "Phòng Tổ chức cán bộ", ()),
    )),
    ("home_affairs", "H50.17", "Sở Nội vụ", "noivu", (
        ("ccvc", "Phòng Công chức, viên chức", ()),
        ("ncc", "Phòng Người có công", ("G09-LĐ09",)),
    )),
    ("culture", "H50.18", "Sở Văn hóa, Thể thao và Du lịch", "vanhoa", (
        ("dulich", "Phòng Quản lý du lịch", ("G16-VH21",)),
        ("disan", "Phòng Quản lý văn hóa", ()),
    )),
    ("industry_trade", "H50.19", "Sở Công Thương", "congthuong", (
        ("nangluong", "Phòng Quản lý năng lượng", ("42",)),
        ("thuongmai", "Phòng Quản lý thương mại", ()),
    )),
)  # fmt: skip

# suffix, name in a commune, name in a ward, fields (Decree 150/2025 on the commune's specialised bodies)
COMMUNE_SECTIONS = (
    ("vp", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
     ("G15-TP07", "G15-TP03")),
    ("kt", "Phòng Kinh tế", "Phòng Kinh tế, Hạ tầng và Đô thị",
     ("G05-KD10", "G13-TN02", "G17-XD11", "G04-GT02", "G10-NN15")),
    ("vhxh", "Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội",
     ("G07-LĐ03", "G09-LĐ09", "G21-DTTG02", "G03-GD11")),
)  # fmt: skip

PROVINCE_UNITS = (
    UnitRow("office", "office", PROVINCE, "H50.01", "Văn phòng Ủy ban nhân dân tỉnh"),
    UnitRow("office.kstt", "section", "office", "", "Phòng Kiểm soát thủ tục hành chính"),
    UnitRow("office.hctc", "section", "office", "", "Phòng Hành chính - Tổ chức"),
    UnitRow(
        "centre",
        "centre",
        "office",
        "H50.02",
        "Trung tâm Phục vụ hành chính công tỉnh Quảng Trị",
        "TTPVHCC tỉnh",
    ),
    UnitRow("tax", "vertical_agency", PROVINCE, "H50.81", "Thuế tỉnh Quảng Trị"),
    UnitRow("tax.nvtc", "section", "tax", "", "Phòng Quản lý các khoản thu từ đất"),
    UnitRow("police", "vertical_agency", PROVINCE, "H50.82", "Công an tỉnh Quảng Trị"),
    UnitRow("police.19441", "vertical_agency", "police", "H50.82.105", "Công an xã Hướng Phùng"),
    UnitRow("police.19432", "vertical_agency", "police", "H50.82.107", "Công an xã Lao Bảo"),
    UnitRow("police.19333", "vertical_agency", "police", "H50.82.101", "Công an phường Đông Hà"),
    UnitRow("insurance", "vertical_agency", PROVINCE, "H50.83", "Bảo hiểm xã hội tỉnh Quảng Trị"),
    UnitRow("insurance.thu", "section", "insurance", "", "Phòng Quản lý Thu - Sổ, Thẻ"),
    UnitRow("postal", "postal_partner", PROVINCE, "H50.91", "Bưu điện tỉnh Quảng Trị"),
    UnitRow("postal.dongha", "branch", "postal", "", "Điểm phục vụ bưu chính Đông Hà"),
)

# Before 1 July 2025: a centre of the province, departments (some put together on 1 March 2025), districts' own desks.
OLD_UNITS = (
    UnitRow("2004.office", "office", OLD_PROVINCE, "H50.01", "Văn phòng Ủy ban nhân dân tỉnh", "", OLD, NEW),
    UnitRow(
        "2004.centre",
        "centre",
        "2004.office",
        "H50.02",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "",
        OLD,
        NEW,
    ),
    UnitRow("2004.justice", "department", OLD_PROVINCE, "H50.11", "Sở Tư pháp", "", OLD, NEW),
    UnitRow("2004.justice.hctp", "section", "2004.justice", "", "Phòng Hành chính tư pháp", "", OLD, NEW),
    UnitRow(
        "2004.resources", "department", OLD_PROVINCE, "H50.21", "Sở Tài nguyên và Môi trường", "", OLD, MERGER
    ),
    UnitRow(
        "2004.agriculture",
        "department",
        OLD_PROVINCE,
        "H50.22",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "",
        OLD,
        MERGER,
    ),
    UnitRow(
        "2004.agriculture_environment",
        "department",
        OLD_PROVINCE,
        "H50.12",
        "Sở Nông nghiệp và Môi trường",
        "",
        MERGER,
        NEW,
    ),
    UnitRow("2004.construction", "department", OLD_PROVINCE, "H50.13", "Sở Xây dựng", "", OLD, NEW),
    UnitRow(
        "2004-H461.tn",
        "centre",
        "2004-H461",
        "",
        "Bộ phận Tiếp nhận và Trả kết quả thành phố Đông Hà",
        "",
        OLD,
        NEW,
    ),
    UnitRow(
        "2004-H465.tn",
        "centre",
        "2004-H465",
        "",
        "Bộ phận Tiếp nhận và Trả kết quả huyện Hướng Hóa",
        "",
        OLD,
        NEW,
    ),
    UnitRow("2004-H465.tp", "section", "2004-H465", "", "Phòng Tư pháp huyện Hướng Hóa", "", OLD, NEW),
    UnitRow(
        "2004-X19441.tn",
        "centre",
        "2004-X19441",
        "",
        "Bộ phận Tiếp nhận và Trả kết quả xã Hướng Phùng",
        "",
        OLD,
        NEW,
    ),
)

# from, to, day
SUCCESSIONS = (
    ("2004.resources", "2004.agriculture_environment", MERGER),
    ("2004.agriculture", "2004.agriculture_environment", MERGER),
    ("2004.agriculture_environment", "agriculture_environment", NEW),
    ("2004.office", "office", NEW),
    ("2004.centre", "centre", NEW),
    ("2004.justice", "justice", NEW),
    ("2004.construction", "construction", NEW),
    ("2004-X19441.tn", "2025-X19441.tt", NEW),
)


def get_department_units() -> list[UnitRow]:
    """The departments and their sections."""
    rows: list[UnitRow] = []
    for code, agency_code, name, _key, sections in DEPARTMENTS:
        rows.append(UnitRow(code, "department", PROVINCE, agency_code, name))
        rows += [
            UnitRow(f"{code}.{suffix}", "section", code, "", title) for suffix, title, _fields in sections
        ]
    return rows


def get_commune_units() -> list[UnitRow]:
    """The communes' centres and sections; the communes themselves are reference units."""
    rows: list[UnitRow] = []
    for code, _key, agency_code, words in COMMUNES:
        unit = f"2025-X{code}"
        kind = "phường" if code in WARDS else "đặc khu" if code == "19742" else "xã"
        name = f"Trung tâm Phục vụ hành chính công {kind} {words}"
        rows.append(UnitRow(f"{unit}.tt", "centre", unit, f"{agency_code}.01", name))
        for suffix, in_commune, in_ward, _fields in COMMUNE_SECTIONS:
            rows.append(
                UnitRow(f"{unit}.{suffix}", "section", unit, "", in_ward if code in WARDS else in_commune)
            )
    return rows
