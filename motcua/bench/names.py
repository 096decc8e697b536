"""Vietnamese names drawn as people bear them: a handful of family names for most, and given names by fashion."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from motcua.core.text import fold
from motcua.people.rules import words_of

# Family names with their share in thousandths; the rest is spread over the rare ones.
FAMILIES = {
    "Nguyễn": 384, "Trần": 110, "Lê": 95, "Phạm": 71, "Hoàng": 51, "Phan": 45, "Vũ": 39, "Đặng": 21, "Bùi": 20,
    "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5, "Võ": 12, "Đinh": 8, "Trương": 8, "Đoàn": 7, "Lương": 7,
    "Trịnh": 6, "Đào": 6, "Mai": 5, "Cao": 5, "Hà": 5, "Tạ": 4, "Thái": 4, "Châu": 3, "Lâm": 3, "Tô": 3, "Phùng": 3,
    "Quách": 2, "Vương": 2, "Từ": 1, "Kiều": 1, "Chu": 1, "La": 1, "Mạc": 1, "Ninh": 1, "Khổng": 1, "Âu": 1, "Giang": 1,
}  # fmt: skip
MIDDLES = {
    "Thị": 300, "Văn": 230, "": 60, "Đức": 25, "Hữu": 22, "Minh": 30, "Quang": 20, "Ngọc": 28, "Thanh": 30, "Xuân": 16,
    "Đình": 14, "Công": 10, "Quốc": 14, "Thị Thu": 26, "Thị Ngọc": 20, "Thị Thanh": 22, "Thị Kim": 16, "Thị Minh": 12,
    "Thị Hồng": 22, "Thị Bích": 10, "Thị Mỹ": 8, "Thị Phương": 12, "Thị Lan": 6, "Thị Cẩm": 6, "Hoàng": 16, "Gia": 12,
    "Bảo": 8, "Anh": 8, "Tuấn": 6, "Trọng": 6, "Duy": 8, "Như": 5, "Khánh": 6, "Phương": 8, "Thế": 7, "Viết": 6,
}  # fmt: skip
_GIVEN = (
    "An Anh Ánh Ân Ba Bách Bạch Bảo Bắc Bích Biên Bình Bốn Bằng Bội Ca Cảnh Cát Cẩm Cần Châu Chi Chiến Chinh Chung "
    "Chuyên Chương Công Cúc Cường Dân Diễm Diệp Diệu Doanh Dung Duy Duyên Dũng Dương Đan Đào Đạo Đạt Đăng Điệp Định "
    "Đoan Đông Đồng Độ Đức Gấm Giang Giao Giáp Giàu Hà Hải Hạ Hạnh Hào Hảo Hân Hằng Hậu Hiên Hiền Hiển Hiệp Hiếu "
    "Hoa Hoà Hoài Hoan Hoàn Hoàng Hồng Huân Huệ Huy Huyên Huyền Hùng Hưng Hương Hường Hữu Kha Khải Khang Khanh "
    "Khánh Khiêm Khoa Khoát Khôi Khuê Khương Kiên Kiệt Kiều Kim Kỳ Lai Lam Lan Lành Lâm Lân Lệ Liên Liễu Linh Loan "
    "Long Lộc Lợi Lụa Luân Luận Lương Lưu Ly Lý Mai Mạnh Mẫn Mến Miên Minh Mơ Mùi My Mỹ Nam Nga Ngà Ngân Nghĩa "
    "Nghiêm Ngoan Ngọc Nguyên Nguyệt Nhã Nhài Nhàn Nhân Nhật Nhi Nhiên Nhung Như Ninh Nương Oanh Phát Phi Phong Phú "
    "Phúc Phụng Phương Phước Phượng Quang Quân Quế Quốc Quyên Quyết Quỳnh Quý Sang Sáng Sâm Sen Sinh Soạn Sơn Sử "
    "Tài Tám Tâm Tân Tấn Thái Thanh Thành Thạch Thảo Thắm Thắng Thân Thế Thi Thìn Thịnh Thoa Thọ Thơ Thơm Thu Thuận "
    "Thuỷ Thục Thư Thương Thường Tiên Tiến Tín Tính Tình Toàn Toản Trang Trâm Trân Tri Trinh Trí Triều Trọng Trung "
    "Trúc Trường Tú Tuân Tuấn Tuệ Tùng Tuyên Tuyền Tuyết Tuyển Tư Tường Tỵ Uyên Út Vân Vấn Vi Viên Viễn Việt Vinh "
    "Vịnh Vĩnh Vui Vũ Vương Vượng Vy Xuân Xuyến Yên Yến"
)
GIVEN = tuple(_GIVEN.split())
# Two in five have one more word before the given name.
LONGER = 0.4
# Beside these, one in some thousands bears a name hardly anyone else does.
_RARE = "Bua Coong Đơn H'Lan Kpă Mlô Niê Pả Păng Ràng Siu Thào Vừ Xồng Y Ksor Lò Quàng Sùng Giàng Má A Tếnh"
RARE_SYLLABLES = tuple(_RARE.split())


@dataclass(frozen=True, slots=True)
class DrawnName:
    """A name and its words as they are searched: folded, one blank between two."""

    full: str
    folded: str


def draw_names(random: Random, count: int, block: int = 50_000) -> Iterator[list[DrawnName]]:
    """`count` names in blocks, drawn with the shares above; the same seed draws the same names."""
    families = _fold_all(FAMILIES)
    middles = _fold_all(MIDDLES)
    given = [(word, fold(word)) for word in GIVEN]
    rare = [None, *((word, " ".join(words_of(fold(word)))) for word in RARE_SYLLABLES)]
    of_rare = list(accumulate([4000.0, *([1.0] * len(RARE_SYLLABLES))]))
    of_family, of_middle = list(accumulate(FAMILIES.values())), list(accumulate(MIDDLES.values()))
    # Given names thin out from the most common to the rarest, in a fixed shuffled order.
    random.shuffle(given)
    of_given = list(accumulate(1.0 / (8 + place) for place in range(len(given))))
    of_more = list(
        accumulate([(1 - LONGER) / LONGER * of_given[-1], *(1.0 / (40 + n) for n in range(len(given)))])
    )
    for start in range(0, count, block):
        size = min(block, count - start)
        firsts = random.choices(families, cum_weights=of_family, k=size)
        seconds = random.choices(middles, cum_weights=of_middle, k=size)
        thirds = random.choices(given, cum_weights=of_given, k=size)
        more = random.choices([None, *given], cum_weights=of_more, k=size)
        extra = random.choices(rare, cum_weights=of_rare, k=size)
        yield [_join(*parts) for parts in zip(firsts, seconds, more, thirds, extra, strict=True)]


def _fold_all(words: dict[str, int]) -> list[tuple[str, str]]:
    return [(word, fold(word)) for word in words]


def _join(*parts: tuple[str, str] | None) -> DrawnName:
    kept = [part for part in parts if part and part[0]]
    return DrawnName(" ".join(part[0] for part in kept), " ".join(part[1] for part in kept))
