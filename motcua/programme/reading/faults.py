"""What can be wrong with a file, in words: the Vietnamese sentence is the one pages translate."""

from motcua.core.marking import _
from motcua.core.refusal import Refused

_FAULTS = {
    "plan_empty": (_("Tệp này trống."), "The file is empty."),
    "plan_kind": (
        _("Không đọc được loại tệp này. Dùng .docx, .pdf, .xlsx, .txt hoặc ảnh quét."),
        "Files of this kind are not read. Use .docx, .pdf, .xlsx, .txt or a scanned picture.",
    ),
    "plan_old_word": (
        _("Tệp Word/Excel kiểu cũ hoặc đang đặt mật khẩu. Bỏ mật khẩu, lưu dạng .docx/.xlsx."),
        "An old Word or Excel file, or one with a password. Remove the password, save as .docx or .xlsx.",
    ),
    "plan_damaged": (
        _("Tệp bị hỏng, không mở được. Lưu lại từ chương trình đã soạn rồi thử lại."),
        "The file is damaged and cannot be opened. Save it again from the program that wrote it.",
    ),
    "plan_too_wide": (
        _("Bảng trong tệp trải quá rộng hoặc quá dài. Xóa các ô thừa ở xa bảng rồi lưu lại."),
        "The table in the file reaches too far. Delete the stray cells far from it and save again.",
    ),
    "plan_locked": (
        _("Tệp PDF đang đặt mật khẩu. Bỏ mật khẩu rồi thử lại."),
        "The PDF has a password. Remove it and try again.",
    ),
    "plan_too_long": (
        _("Tệp có hơn 400 trang. Tách phần kế hoạch và phụ lục ra rồi thử lại."),
        "The file has more than 400 pages. Take the plan and its appendices out and try again.",
    ),
    "plan_too_large": (
        _("Tệp lớn hơn 60 MB. Nén hoặc tách tệp rồi thử lại."),
        "The file is larger than 60 MB. Shrink or split it and try again.",
    ),
    "plan_swollen": (
        _(
            "Nội dung bên trong tệp bung ra quá lớn so với một kế hoạch. Mở tệp, chép phần kế hoạch và phụ lục sang tệp mới "
            "rồi nhập tệp mới đó, hoặc lưu thành PDF."
        ),
        "What is inside the file unpacks to far more than a plan. Copy the plan and its appendices into a new file and take in "
        "that one, or save it as PDF.",
    ),
    "plan_too_many_scanned": (
        _("Tệp có hơn 60 trang quét. Tách phần kế hoạch và phụ lục ra, hoặc dùng tệp Word, rồi thử lại."),
        "The file has more than 60 scanned pages. Take out the plan and its appendices, or use the Word file.",
    ),
    "plan_no_rows": (
        _(
            "Không thấy bảng nhiệm vụ nào trong tệp. Nếu đúng là kế hoạch, thêm dòng tên cột vào bảng "
            "(nội dung, cơ quan chủ trì, thời gian) rồi thử lại."
        ),
        "No table of tasks was found in the file. If it is a plan, put a row of column names above its table "
        "(content, leader, time) and try again.",
    ),
    "plan_columns": (
        _(
            "Bảng trong tệp PDF không kẻ khung và không phân biệt được các cột. Dùng tệp Word, "
            "hoặc xuất lại PDF có kẻ khung bảng, rồi thử lại."
        ),
        "The table of the PDF has no drawn lines and its columns cannot be told. Use the Word file, or write the PDF "
        "again with the table's lines, and try again.",
    ),
    "plan_broken_off": (
        _("Việc đọc tệp bị ngắt giữa chừng. Hãy nhập lại tệp; nếu vẫn vậy, dùng tệp Word."),
        "The reading of the file broke off. Take the file in again; if that does not help, use the Word file.",
    ),
    "plan_unreadable": (
        _("Không đọc được tệp này. Hãy lưu lại tệp rồi nhập lại, hoặc dùng tệp Word."),
        "The file could not be read. Save it again and take it in once more, or use the Word file.",
    ),
    "plan_no_ocr": (
        _("Tệp là ảnh quét nhưng máy này chưa có bộ nhận dạng chữ. Dùng tệp .docx hoặc PDF có chữ."),
        "The file is a scan and this machine has no reader of scans. Use a .docx or a PDF with text.",
    ),
}


def name_no_rows(doubts: tuple[str, ...]) -> str:
    """Why a file holds no tasks: its columns could not be told, or there is no table of tasks."""
    return "plan_columns" if "columns untold" in doubts else "plan_no_rows"


def refuse(code: str) -> Refused:
    """The refusal of a file."""
    return Refused(code, _FAULTS[code][0], field="file")


def in_english(code: str) -> str:
    """The same sentence for the command line's second line."""
    return _FAULTS[code][1]
