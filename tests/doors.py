"""A door of the house: one address, whom it is for, and what each kind of visitor is told; the visitors by name."""

import re
from dataclasses import dataclass

from tests.office import Office

COUNTER, OTHER = "huongphung.tiepnhan1", "laobao.tiepnhan1"
PROVINCE, COMMUNE, OTHER_COMMUNE = "tinh.quantri", "huongphung.quantri", "laobao.quantri"
CLERK_NAME, NO_POST = "huongphung.vanthu", "huyen.tiepnhan1"
IN, CHOOSE = "to sign-in", "to the choice of a post"

_OURS = "FROM dossiers_dossier d JOIN organisations_unit u ON u.id = d.receiving_unit_id WHERE u.code = '2025-X19441.tt'"
DOSSIER = f"SELECT d.code {_OURS} AND d.state NOT IN ('not_accepted') ORDER BY d.id LIMIT 1"
FOLLOWED = f"SELECT d.code, d.token {_OURS} ORDER BY d.id LIMIT 1"
CHARGED = f"SELECT d.code, c.no {_OURS.replace('WHERE', 'JOIN payments_charge c ON c.reference = d.code WHERE')} LIMIT 1"
SCANNED = f"""SELECT d.code, pf.file_id {
    _OURS.replace(
        "WHERE",
        '''JOIN dossiers_part p ON p.dossier_id = d.id
    JOIN dossiers_partfile pf ON pf.part_id = p.id WHERE''',
    )
} ORDER BY d.id LIMIT 1"""
SHOWN = SCANNED.replace("pf.file_id", "pf.file_id, 1")
PUBLISHED = "SELECT id FROM processes_processversion WHERE state = 'published' ORDER BY id LIMIT 1"
DRAFT = "SELECT id FROM processes_processversion WHERE state = 'draft' ORDER BY id LIMIT 1"
ASSIGNED = "SELECT a.id FROM organisations_assignment a JOIN accounts_user u ON u.id = a.user_id WHERE u.username = 'huongphung.vanthu' LIMIT 1"
BOOK = "SELECT s.id FROM dossiers_series s JOIN organisations_unit u ON u.id = s.agency_id WHERE u.code = '2025-X19441' LIMIT 1"
NO_ROW = "SELECT 999999999"
LEADER = "huongphung.lanhdao"
REPORT = "SELECT id FROM reports_report ORDER BY id LIMIT 1"
SHEET = "SELECT s.report_id, f.code FROM reports_sheet s JOIN reports_form f ON f.id = s.form_id ORDER BY s.id LIMIT 1"
LAYOUT = "SELECT id FROM reports_form ORDER BY id LIMIT 1"
FORMS = ("receipt", "control_slip", "handover_slip")


def with_word(word: str) -> str:
    """The dossier's code and one more word of its address."""
    return DOSSIER.replace("SELECT d.code", f"SELECT d.code, '{word}'")


@dataclass(frozen=True, slots=True)
class Door:
    """One address: whom it is for, the objects it needs, and its answers.

    `asks` is a question to the database or a tuple of words; `elsewhere` is the answer to the same post in another unit,
    `own` to the right one; `is_page` says that its answer is a page for people.
    """

    name: str
    right: str = COUNTER
    wrong: str = OTHER
    asks: str | tuple[str, ...] = ()
    elsewhere: int | str = 200
    own: int | str = 200
    stranger: int | str = IN
    no_post: int | str = CHOOSE
    method: str = "GET"
    query: str = ""
    is_page: bool = True

    def get_words(self, office: Office) -> tuple[str, ...]:
        """What stands in the address."""
        return office.find(self.asks) if isinstance(self.asks, str) else self.asks

    @property
    def label(self) -> str:
        words = self.asks if isinstance(self.asks, tuple) else re.findall(r"'([a-z_-]+)'", self.asks)[:1]
        return " ".join((self.method, self.name, *words, self.query)).strip()


def open_to_all(name: str, **further: object) -> Door:
    return Door(name, right="", wrong=COUNTER, stranger=200, no_post=200, **further)  # type: ignore[arg-type]


def kept(name: str, elsewhere: int | str = 403, **further: object) -> Door:
    """A room of the province's administrator; another commune's may not enter."""
    return Door(name, right=PROVINCE, wrong=OTHER, elsewhere=elsewhere, **further)  # type: ignore[arg-type]


def posted(name: str, own: int | str, elsewhere: int | str = 403, **further: object) -> Door:
    """An address that only takes what is sent to it; here nothing is, and nothing happens."""
    values = {"method": "POST", "is_page": False, "own": own, "elsewhere": elsewhere} | further
    return Door(name, **values)  # type: ignore[arg-type]


def file_of(name: str, **further: object) -> Door:
    return Door(name, is_page=False, **further)  # type: ignore[arg-type]


def led(name: str, elsewhere: int | str = 404, **further: object) -> Door:
    """A room of leaders; what is their agency's is not another's."""
    return Door(name, right=LEADER, wrong="laobao.lanhdao", elsewhere=elsewhere, **further)  # type: ignore[arg-type]


def absent(name: str, numbers: int = 1, method: str = "GET", told: int = 404) -> Door:
    """An address of things the demonstration does not have: nobody finds any, and strangers are not told so."""
    asks = NO_ROW + ", 1" * (numbers - 1)
    return led(name, told, own=told, method=method, asks=asks, is_page=False)
