"""The units and posts of the demonstration province, drawn as tables. Places are real; codes H50.xx, people and decisions are made up."""

from datetime import date
from typing import NamedTuple

NEW, OLD = date(2025, 7, 1), date(2018, 6, 21)
# 1 March 2025: the departments of the province were put together (Resolution 190/2025/QH15 and the province's own).
MERGER = date(2025, 3, 1)
PROVINCE, OLD_PROVINCE = "2025-T44", "2004-T45"
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


class PostRow(NamedTuple):
    """A post of a unit and who holds it: user name, words of the name."""

    username: str
    unit: str
    post: str
    position: str
    name: str
    fields: tuple[str, ...] = ()
    is_reserve: bool = False
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

PROVINCE_POSTS = (
    PostRow("tinh.chutich", PROVINCE, "unit_head", "Chủ tịch Ủy ban nhân dân tỉnh", "Lãnh đạo UBND tỉnh 01"),
    PostRow(
        "tinh.phochutich", PROVINCE, "approver", "Phó Chủ tịch Ủy ban nhân dân tỉnh", "Lãnh đạo UBND tỉnh 02"
    ),
    PostRow("tinh.quantri", PROVINCE, "administrator", "Quản trị hệ thống tỉnh", "Quản trị tỉnh 01"),
    PostRow("tinh.giamsat", PROVINCE, "observer", "Ủy viên tổ chức giám sát", "Giám sát 01"),
    PostRow("tinh.chanhvanphong", "office", "unit_head", "Chánh Văn phòng", "Lãnh đạo Văn phòng 01"),
    PostRow("tinh.kiemsoat1", "office.kstt", "control_officer", "Chuyên viên", "Cán bộ Kiểm soát thủ tục 01"),
    PostRow(
        "tinh.kiemsoat2", "office.kstt", "control_officer", "Trưởng phòng", "Cán bộ Kiểm soát thủ tục 02"
    ),
    PostRow("tinh.vanthu", "office.hctc", "clerk", "Văn thư", "Văn thư Văn phòng 01"),
    PostRow(
        "trungtam.tiepnhan1",
        "centre",
        "intake_officer",
        "Viên chức tiếp nhận",
        "Cán bộ Tiếp nhận 01, Trung tâm tỉnh",
    ),
    PostRow(
        "trungtam.tiepnhan2",
        "centre",
        "intake_officer",
        "Viên chức tiếp nhận",
        "Cán bộ Tiếp nhận 02, Trung tâm tỉnh",
    ),
    PostRow(
        "trungtam.tiepnhan3",
        "centre",
        "intake_officer",
        "Viên chức tiếp nhận",
        "Cán bộ Tiếp nhận 03, Trung tâm tỉnh",
    ),
    PostRow("trungtam.giamdoc", "centre", "one_stop_head", "Giám đốc Trung tâm", "Giám đốc Trung tâm tỉnh"),
    PostRow("thue.chuyenvien1", "tax.nvtc", "case_officer", "Công chức thuế", "Chuyên viên Thuế 01"),
    PostRow("thue.truongphong", "tax.nvtc", "section_head", "Trưởng phòng", "Trưởng phòng Thuế 01"),
    PostRow("thue.lanhdao", "tax", "approver", "Phó Trưởng Thuế tỉnh", "Lãnh đạo Thuế 01"),
    PostRow(
        "buudien.tiepnhan1", "postal.dongha", "intake_officer", "Giao dịch viên", "Nhân viên Bưu điện 01"
    ),
    # Two posts: a ward's clerk of the office also stands at the counter.
    PostRow(
        "kiemnhiem",
        "2025-X19333.vp",
        "case_officer",
        "Chuyên viên",
        "Cán bộ Kiêm nhiệm 01, Đông Hà",
        ("G15-TP03",),
    ),
    PostRow(
        "kiemnhiem",
        "2025-X19333.tt",
        "intake_officer",
        "Tiếp nhận dự phòng",
        "Cán bộ Kiêm nhiệm 01, Đông Hà",
        (),
        True,
    ),
    PostRow(
        "tinh.kiemsoat2", "centre", "one_stop_head", "Phó Giám đốc Trung tâm", "Cán bộ Kiểm soát thủ tục 02"
    ),
    # The same people before 1 July 2025, in the units of then.
    PostRow(
        "trungtam.tiepnhan1",
        "2004.centre",
        "intake_officer",
        "Viên chức tiếp nhận",
        "Cán bộ Tiếp nhận 01, Trung tâm tỉnh",
        (),
        False,
        OLD,
        NEW,
    ),
    PostRow(
        "huyen.tiepnhan1",
        "2004-H465.tn",
        "intake_officer",
        "Công chức tiếp nhận",
        "Cán bộ Tiếp nhận 01, huyện Hướng Hóa",
        (),
        False,
        OLD,
        NEW,
    ),
    PostRow(
        "huyen.tuphap1",
        "2004-H465.tp",
        "case_officer",
        "Chuyên viên",
        "Chuyên viên 01, huyện Hướng Hóa",
        (),
        False,
        OLD,
        NEW,
    ),
    PostRow(
        "huyen.lanhdao",
        "2004-H465",
        "approver",
        "Phó Chủ tịch",
        "Lãnh đạo huyện Hướng Hóa 01",
        (),
        False,
        OLD,
        NEW,
    ),
    PostRow(
        "huongphung.tiepnhan1",
        "2004-X19441.tn",
        "intake_officer",
        "Công chức tiếp nhận",
        "Cán bộ Tiếp nhận 01, Hướng Phùng",
        (),
        False,
        OLD,
        NEW,
    ),
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


def get_department_posts() -> list[PostRow]:
    """For each department its head, the leader who signs, a clerk; for each section a head and two officers."""
    rows: list[PostRow] = []
    for code, _agency_code, name, key, sections in DEPARTMENTS:
        rows.append(PostRow(f"{key}.giamdoc", code, "unit_head", "Giám đốc Sở", f"Giám đốc, {name}"))
        rows.append(PostRow(f"{key}.lanhdao", code, "approver", "Phó Giám đốc Sở", f"Lãnh đạo 01, {name}"))
        rows.append(PostRow(f"{key}.vanthu", code, "clerk", "Văn thư", f"Văn thư 01, {name}"))
        for suffix, title, fields in sections:
            unit = f"{code}.{suffix}"
            rows.append(
                PostRow(
                    f"{key}.{suffix}.truongphong",
                    unit,
                    "section_head",
                    "Trưởng phòng",
                    f"Trưởng phòng 01, {title}",
                    fields,
                )
            )
            for number in (1, 2):
                rows.append(
                    PostRow(
                        f"{key}.{suffix}.chuyenvien{number}",
                        unit,
                        "case_officer",
                        "Chuyên viên",
                        f"Chuyên viên 0{number}, {title}",
                        fields,
                    )
                )
    return rows


def get_commune_posts() -> list[PostRow]:
    """For each commune: the counter, its head, officers and heads of sections, who signs, who seals, who administers."""
    rows: list[PostRow] = []
    for code, key, _agency_code, words in COMMUNES:
        unit = f"2025-X{code}"
        rows += [
            PostRow(
                f"{key}.tiepnhan1",
                f"{unit}.tt",
                "intake_officer",
                "Viên chức tiếp nhận",
                f"Cán bộ Tiếp nhận 01, {words}",
            ),
            PostRow(
                f"{key}.tiepnhan2",
                f"{unit}.tt",
                "intake_officer",
                "Viên chức tiếp nhận",
                f"Cán bộ Tiếp nhận 02, {words}",
            ),
            PostRow(
                f"{key}.giamdoc",
                f"{unit}.tt",
                "one_stop_head",
                "Giám đốc Trung tâm",
                f"Giám đốc Trung tâm, {words}",
            ),
            PostRow(f"{key}.chutich", unit, "unit_head", "Chủ tịch", f"Chủ tịch, {words}"),
            PostRow(f"{key}.lanhdao", unit, "approver", "Phó Chủ tịch", f"Lãnh đạo 01, {words}"),
            PostRow(f"{key}.vanthu", f"{unit}.vp", "clerk", "Văn thư", f"Văn thư 01, {words}"),
            PostRow(f"{key}.quantri", unit, "administrator", "Quản trị hệ thống", f"Quản trị 01, {words}"),
        ]
        for suffix, _title, _ward, fields in COMMUNE_SECTIONS:
            section = f"{unit}.{suffix}"
            rows.append(
                PostRow(
                    f"{key}.{suffix}.truongphong",
                    section,
                    "section_head",
                    "Trưởng phòng",
                    f"Trưởng phòng {suffix}, {words}",
                    fields,
                )
            )
            rows.append(
                PostRow(
                    f"{key}.{suffix}.chuyenvien1",
                    section,
                    "case_officer",
                    "Chuyên viên",
                    f"Chuyên viên {suffix} 01, {words}",
                    fields,
                )
            )
    return rows
