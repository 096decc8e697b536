"""People who ask, made up so that nobody takes them for real: no place of birth has the code 000, no mail goes out."""

from random import Random

from motcua.dossiers.actions import PersonFacts

FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
MIDDLES = {"Nam": ("Văn", "Đức", "Minh", "Quang", "Hữu"), "Nữ": ("Thị", "Thu", "Ngọc", "Thanh", "Hoài")}
GIVEN = {
    "Nam": (
        "An",
        "Bình",
        "Cường",
        "Dũng",
        "Hải",
        "Khoa",
        "Long",
        "Nam",
        "Phúc",
        "Sơn",
        "Thắng",
        "Tuấn",
        "Việt",
    ),
    "Nữ": (
        "Anh",
        "Chi",
        "Dung",
        "Hà",
        "Hương",
        "Lan",
        "Mai",
        "Nga",
        "Oanh",
        "Phượng",
        "Thảo",
        "Trang",
        "Yến",
    ),
}
BUSINESSES = ("Thương mại", "Xây dựng", "Nông sản", "Vận tải", "Du lịch")


def make_applicant(random: Random, number: int, place: str, companies: float = 0.0) -> PersonFacts:
    """A person of the demonstration or, as often as `companies` says of the procedure, a company."""
    # People live in a commune, not in its People's Committee.
    place = place.removeprefix("Ủy ban nhân dân ")
    sex = random.choice(("Nam", "Nữ"))
    year = random.randint(1955, 2005)
    if random.random() < companies:
        return PersonFacts(
            full_name=f"Công ty mẫu {random.choice(BUSINESSES)} số {number:03}",
            kind="organisation",
            id_number=f"000{number:07}",
            id_kind="tax_code",
            address=f"{place} (trình diễn)",
            phone=f"0000{number:06}",
            email=f"congty{number}@demo.invalid",
        )
    return PersonFacts(
        full_name=f"{random.choice(FAMILIES)} {random.choice(MIDDLES[sex])} {random.choice(GIVEN[sex])}",
        id_number=f"000{0 if sex == 'Nam' else 1}{year % 100:02}{number:06}",
        id_kind="citizen_id",
        birth_text=f"{random.randint(1, 28):02}/{random.randint(1, 12):02}/{year}",
        sex=sex,
        address=f"Thôn {random.randint(1, 9)}, {place} (trình diễn)",
        phone=f"0000{number:06}",
        email=f"nguoidan{number}@demo.invalid" if random.random() < 0.6 else "",
    )
