"""The posts of the demonstration province and who holds them. People are made up and named after their posts."""

from datetime import date
from typing import NamedTuple

from motcua.demo.places import COMMUNE_SECTIONS, COMMUNES, DEPARTMENTS, NEW, OLD, PROVINCE


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
        "congan.huongphung1",
        "police.19441",
        "case_officer",
        "Cán bộ đăng ký cư trú",
        "Cán bộ Công an 01, Hướng Phùng",
    ),
    PostRow(
        "congan.huongphung2",
        "police.19441",
        "approver",
        "Trưởng Công an xã",
        "Lãnh đạo Công an 01, Hướng Phùng",
    ),
    PostRow(
        "congan.laobao1",
        "police.19432",
        "case_officer",
        "Cán bộ đăng ký cư trú",
        "Cán bộ Công an 01, Lao Bảo",
    ),
    PostRow(
        "congan.laobao2", "police.19432", "approver", "Trưởng Công an xã", "Lãnh đạo Công an 01, Lao Bảo"
    ),
    PostRow(
        "congan.dongha1",
        "police.19333",
        "case_officer",
        "Cán bộ đăng ký cư trú",
        "Cán bộ Công an 01, Đông Hà",
    ),
    PostRow(
        "congan.dongha2", "police.19333", "approver", "Trưởng Công an phường", "Lãnh đạo Công an 01, Đông Hà"
    ),
    PostRow(
        "bhxh.chuyenvien1", "insurance.thu", "case_officer", "Viên chức", "Chuyên viên Bảo hiểm xã hội 01"
    ),
    PostRow("bhxh.lanhdao", "insurance", "approver", "Phó Giám đốc", "Lãnh đạo Bảo hiểm xã hội 01"),
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
