"""Every address of the house: who may knock, with what, and what each kind of visitor is told.

A new address gets a line here; `test_addresses.py` says which are missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.dossiers.queries.inbox import TABS
from motcua.dossiers.views.acts import SLUGS
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


def _with(word: str) -> str:
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


def _open(name: str, **further: object) -> Door:
    return Door(name, right="", wrong=COUNTER, stranger=200, no_post=200, **further)  # type: ignore[arg-type]


def _kept(name: str, elsewhere: int | str = 403, **further: object) -> Door:
    """A room of the province's administrator; another commune's may not enter."""
    return Door(name, right=PROVINCE, wrong=OTHER, elsewhere=elsewhere, **further)  # type: ignore[arg-type]


def _posted(name: str, own: int | str, elsewhere: int | str = 403, **further: object) -> Door:
    """An address that only takes what is sent to it; here nothing is, and nothing happens."""
    values = {"method": "POST", "is_page": False, "own": own, "elsewhere": elsewhere} | further
    return Door(name, **values)  # type: ignore[arg-type]


def _file(name: str, **further: object) -> Door:
    return Door(name, is_page=False, **further)  # type: ignore[arg-type]


OPEN = (
    _open("portal:front"),
    _open("portal:procedures"),
    _open("portal:staff"),
    _open("portal:procedure", asks=("1.001193",)),
    _open("portal:track"),
    _open("portal:late"),
    _open("portal:follow", asks=FOLLOWED),
    Door("accounts:sign_in", right="", stranger=200, no_post=302, elsewhere=302, own=200),
    Door(
        "accounts:second_factor", right="", stranger=302, no_post=302, elsewhere=302, own=302, is_page=False
    ),
    Door("home", stranger=302, no_post=CHOOSE, elsewhere=302, own=302, is_page=False),
    _posted("set_language", 302, 302, stranger=302, no_post=302),
)
OWN = (
    Door("organisations:choose_post", right="kiemnhiem", no_post=200),
    Door("accounts:profile", no_post=200),
    Door("accounts:change_password", no_post=200),
    Door("accounts:set_second_factor", no_post=200),
    _posted("accounts:sign_out", 302, 302, no_post=302),
    # Ends the other sessions of whoever asks: tried by people no other test needs.
    _posted(
        "accounts:leave_elsewhere", 302, 302, right="badon.tiepnhan1", wrong="camlo.tiepnhan1", no_post=302
    ),
    Door("desk:help"),
    _file("desk:rail"),
)
_IN_COMMUNE = "FROM organisations_absence x JOIN organisations_assignment a ON a.id = x.assignment_id"
AWAY_NOW = f"SELECT x.id {_IN_COMMUNE} JOIN accounts_user u ON u.id = a.user_id WHERE starts_with(u.username, 'huongphung.') LIMIT 1"
SIGNING = "SELECT id FROM organisations_signingright ORDER BY id LIMIT 1"
FILING = """SELECT f.reference FROM dossiers_filing f JOIN organisations_unit u ON u.id = f.unit_id
    WHERE u.code = '2025-X19441.tt' AND f.state = 'waiting' ORDER BY f.id LIMIT 1"""
FILED_PAPER = FILING.replace("f.reference", "f.reference, p.id").replace(
    "WHERE", "JOIN dossiers_filingpaper p ON p.filing_id = f.id WHERE"
)
MERGED = "SELECT id FROM organisations_reorganisation ORDER BY id LIMIT 1"
MERGERS = (
    _kept("desk:reorganisations"),
    _kept("desk:plan_reorganisation"),
    _kept("desk:reorganisation", asks=MERGED),
    _posted("desk:place_lines", 302, asks=MERGED, right=PROVINCE, wrong=OTHER),
    _posted("desk:carry_out", 404, asks=NO_ROW, right=PROVINCE, wrong=OTHER),
    _posted("desk:undo_reorganisation", 422, asks=MERGED, right=PROVINCE, wrong=OTHER),
    _posted("desk:drop_reorganisation", 404, asks=NO_ROW, right=PROVINCE, wrong=OTHER),
)
AWAY = (
    Door("organisations:absences", right=COMMUNE, wrong="huongphung.vp.chuyenvien1", elsewhere=403),
    Door("organisations:record_absence", right=COMMUNE, wrong=OTHER_COMMUNE, asks=ASSIGNED, elsewhere=403),
    Door("organisations:grant_signing", right=COMMUNE, wrong=LEADER, elsewhere=403),
    Door("organisations:end_absence", right=COMMUNE, wrong=OTHER_COMMUNE, asks=AWAY_NOW, elsewhere=403),
    Door("organisations:end_signing", right=COMMUNE, wrong=LEADER, asks=SIGNING, elsewhere=403),
    Door("dossiers:desk", right=COMMUNE, wrong=OTHER_COMMUNE, asks=ASSIGNED, elsewhere=403),
)
GIVEN = "SELECT number FROM dossiers_consignment ORDER BY id LIMIT 1"
POSTED = (
    Door("dossiers:batch", wrong=LEADER, asks=("1.004873",), elsewhere=403),
    _file("dossiers:batch_blank", wrong=LEADER, asks=("1.004873",), elsewhere=403),
    Door("dossiers:consignments", wrong=LEADER, elsewhere=403),
    Door("dossiers:draw_up", wrong=LEADER, elsewhere=403),
    Door(
        "dossiers:consignment", right="buudien.tiepnhan1", wrong="conco.tiepnhan1", asks=GIVEN, elsewhere=404
    ),
    Door(
        "dossiers:consignment_sheet",
        right="buudien.tiepnhan1",
        wrong="conco.tiepnhan1",
        asks=GIVEN,
        elsewhere=404,
    ),
    _posted(
        "dossiers:consignment_act",
        409,
        404,
        asks=GIVEN.replace("number", "number, 'bo'"),
        right="buudien.tiepnhan1",
        wrong="conco.tiepnhan1",
    ),
)
ONLINE = (
    Door("dossiers:filings", wrong="huongphung.vp.chuyenvien1", elsewhere=403),
    Door("dossiers:filings_tab", wrong="huongphung.vp.chuyenvien1", asks=("cho-hoan-thien",), elsewhere=403),
    Door("dossiers:filing", asks=FILING, elsewhere=404),
    _posted("dossiers:accept_filing", 422, 404, asks=FILING),
    _posted("dossiers:return_filing", 422, 404, asks=FILING),
    _posted("dossiers:refuse_filing", 422, 404, asks=FILING),
    _posted("dossiers:settle_wish", 409, 404, asks=FILING.replace("f.reference", "f.reference, 999999")),
    _file("dossiers:filing_paper", asks=FILED_PAPER, elsewhere=404),
)
INTAKE = (
    Door("dossiers:choose", wrong="huongphung.lanhdao", elsewhere=403),
    _file("dossiers:find_procedure", wrong="huongphung.lanhdao", elsewhere=403, query="q=kha"),
    _posted("dossiers:favourite", 302, 302),
    _posted("dossiers:read_card", 422, wrong="huongphung.lanhdao"),
    _file("dossiers:check_person", wrong="huongphung.lanhdao", elsewhere=403),
    _posted("dossiers:upload", 422, wrong="huongphung.lanhdao"),
    Door("dossiers:receive", asks=("1.001193",), wrong="huongphung.lanhdao", elsewhere=403),
    _posted("dossiers:receive", 422, asks=("1.001193",), wrong="huongphung.lanhdao"),
    Door("dossiers:refuse_intake", asks=("1.001193",), wrong="huongphung.lanhdao", elsewhere=403),
    Door("dossiers:intake_refused", asks=DOSSIER, elsewhere=404),
)
LISTS = (
    Door("dossiers:inbox"),
    *(Door("dossiers:inbox_tab", asks=(tab,)) for tab in TABS),
    _file("dossiers:export_inbox", asks=("new",)),
    _posted("dossiers:hand_over_many", 302, 302),
    _posted("dossiers:save_list", 404, 404, asks=("khong-co",)),
    Door("dossiers:search"),
    Door("dossiers:search", query="q=nguyen"),
    Door("dossiers:register"),
    _file("dossiers:export_register"),
    _file("dossiers:print_register"),
    Door("dossiers:reminders"),
    Door("dossiers:stalled"),
    _file("dossiers:export_stalled"),
)
DOSSIERS = (
    Door("dossiers:detail", asks=DOSSIER, elsewhere=404),
    Door("dossiers:received", asks=DOSSIER, elsewhere=404),
    Door("dossiers:fees", asks=CHARGED.replace(", c.no", ""), elsewhere=404),
    _posted("dossiers:void_collection", 422, 404, asks=CHARGED.replace("c.no", "999999999")),
    _posted("dossiers:waive_charge", 422, 404, asks=CHARGED),
    *(_file("dossiers:print", asks=_with(form), elsewhere=404) for form in FORMS),
    _file("dossiers:file", asks=SCANNED, elsewhere=404),
    _file("dossiers:viewer", asks=SCANNED, elsewhere=404),
    _file("dossiers:page_image", asks=SHOWN, elsewhere=404),
    *(Door("dossiers:act", asks=_with(slug), elsewhere=404) for slug in SLUGS.values()),
    *(_posted("dossiers:act", 422, 404, asks=_with(slug)) for slug in SLUGS.values()),
)
SERIES = (
    Door("dossiers:series", right=CLERK_NAME, elsewhere=403),
    Door("dossiers:book", right=CLERK_NAME, wrong="laobao.vanthu", asks=BOOK, elsewhere=404),
    Door("dossiers:open_series", right=COMMUNE, elsewhere=403),
    _posted("dossiers:close_series", 422, right=COMMUNE, asks=BOOK),
)
NEIGHBOURS = (_posted("integrations:npsp", 401, 401, stranger=401, no_post=401),)
CALENDARS = (
    _kept("worktime:calendars"),
    _kept("worktime:year", asks=("2026",)),
    _kept("worktime:export_year", asks=("2026",), is_page=False),
    _kept("worktime:decide_year"),
    _kept("worktime:add_day"),
    _kept("worktime:swap_days"),
    _kept("worktime:remove_day", asks="SELECT id FROM worktime_calendarday ORDER BY id LIMIT 1"),
    _kept("worktime:add_calendar"),
    _kept("worktime:import_days"),
    _posted("worktime:keep_import", 409, right=PROVINCE),
    _kept("worktime:calendar", asks=("default",)),
    _kept("worktime:set_hours", asks=("default",)),
    _posted("desk:try_calendar", 404, right=PROVINCE, asks=("khong-co/",)),
)
CATALOGUE = (
    _kept("catalogue:procedures"),
    _kept("catalogue:import"),
    _posted("catalogue:keep_import", 409, right=PROVINCE),
    _kept("catalogue:export", is_page=False, query="q=1.001193"),
    _kept("catalogue:procedure", asks=("1.001193",)),
    _kept("catalogue:operate", asks=("1.001193",)),
    _posted("catalogue:stop_operating", 404, asks=("9.999999",), right=PROVINCE),
)
PROCESSES = (
    _kept("processes:processes"),
    _kept("processes:begin"),
    _kept("processes:import"),
    _posted("processes:keep_import", 409, right=PROVINCE),
    _kept("processes:export", is_page=False),
    _kept("processes:version", asks=PUBLISHED),
    _kept("processes:version", asks=DRAFT),
    _kept("processes:edit", asks=DRAFT),
    _posted("processes:copy", 404, asks=NO_ROW, right=PROVINCE),
    _posted("processes:publish", 404, asks=NO_ROW, right=PROVINCE),
    _posted("processes:discard", 404, asks=NO_ROW, right=PROVINCE),
)
LAW = (
    _kept("legal:parameters"),
    _kept("legal:documents"),
    _kept("legal:verify", asks="SELECT id FROM legal_parameter ORDER BY id LIMIT 1"),
    _kept("legal:parameter", asks="SELECT key FROM legal_parameter ORDER BY id LIMIT 1"),
)
UNITS = (
    _kept("organisations:units"),
    _kept("organisations:new_unit"),
    _kept("organisations:export_units", is_page=False),
    _kept("organisations:import_units"),
    Door("organisations:unit", right=COMMUNE, asks=("2025-X19441.tt",), elsewhere=403),
    # Who works where is known to every administrator; changing it is not theirs.
    _file("organisations:unit", right=COMMUNE, wrong=OTHER_COMMUNE, asks=("2025-X19441.tt",)),
    Door(
        "organisations:change_unit",
        right=COMMUNE,
        wrong=OTHER_COMMUNE,
        asks=("2025-X19441.tt",),
        elsewhere=403,
    ),
    Door(
        "organisations:correct_unit",
        right=COMMUNE,
        wrong=OTHER_COMMUNE,
        asks=("2025-X19441.tt",),
        elsewhere=403,
    ),
    Door(
        "organisations:close_unit",
        right=COMMUNE,
        wrong=OTHER_COMMUNE,
        asks=("2025-X19441.tt",),
        elsewhere=403,
    ),
)
OFFICERS = (
    _kept("organisations:assignments"),
    _kept("organisations:appoint"),
    _kept("organisations:new_officer"),
    _kept("organisations:export_assignments", is_page=False),
    _kept("organisations:import_assignments"),
    Door("organisations:officer", right=COMMUNE, asks=("huongphung.vanthu",), elsewhere=403),
    _file("organisations:officer", right=COMMUNE, wrong=OTHER_COMMUNE, asks=("huongphung.vanthu",)),
    _posted("organisations:renew_password", 403, asks=NO_ROW, right=PROVINCE),
    _posted("organisations:remove_second_factor", 403, asks=NO_ROW, right=PROVINCE),
    Door("organisations:end_assignment", right=COMMUNE, wrong=OTHER_COMMUNE, asks=ASSIGNED, elsewhere=403),
    _kept("organisations:tokens"),
    _kept("organisations:choose_posting"),
    Door("organisations:issue_token", right=PROVINCE, wrong=OTHER, asks=ASSIGNED, elsewhere=403),
    _posted("organisations:revoke_token", 404, asks=NO_ROW, right=PROVINCE),
)


def _led(name: str, elsewhere: int | str = 404, **further: object) -> Door:
    """A room of leaders; what is their agency's is not another's."""
    return Door(name, right=LEADER, wrong="laobao.lanhdao", elsewhere=elsewhere, **further)  # type: ignore[arg-type]


def _absent(name: str, numbers: int = 1, method: str = "GET", told: int = 404) -> Door:
    """An address of things the demonstration does not have: nobody finds any, and strangers are not told so."""
    asks = NO_ROW + ", 1" * (numbers - 1)
    return _led(name, told, own=told, method=method, asks=asks, is_page=False)


INDICES = (
    Door("indices:what_if", right=LEADER, wrong=PROVINCE, elsewhere=403),
    Door("indices:week", right=LEADER, wrong=PROVINCE, elsewhere=403),
    Door("indices:nine", right=LEADER, wrong=PROVINCE, elsewhere=403),
    _open("indices:public"),
)
FEEDBACK = (
    Door("feedback:device", wrong=LEADER, elsewhere=403),
    Door("feedback:slip", wrong=LEADER, elsewhere=403),
    Door("feedback:results", right=LEADER, elsewhere=403),
    Door("feedback:follow_ups", right=LEADER, elsewhere=403),
    _absent("feedback:follow_up"),
    _absent("feedback:take", 1, "POST"),
    _open("feedback:rate", asks=FOLLOWED),
)
FIGURES = (
    Door("figures:overview", wrong=PROVINCE, elsewhere=403),
    Door("figures:behind", wrong=PROVINCE, elsewhere=403, query="so-lieu=late"),
    Door("figures:statistics", wrong=PROVINCE, elsewhere=403),
    _file("figures:export", wrong=PROVINCE, elsewhere=403),
    _posted("figures:keep", 302, wrong=PROVINCE),
    _posted("figures:forget", 404, 404, asks=NO_ROW),
    Door("figures:mine", wrong=PROVINCE, elsewhere=403),
    Door("figures:work", right=LEADER, elsewhere=403),
    Door("figures:closing", right="tinh.kiemsoat1", elsewhere=403),
)
REPORTS = (
    _led("reports:reports", 200),
    Door("reports:reports", elsewhere=403, own=403, is_page=False),
    Door("reports:layouts", right=LEADER, elsewhere=403),
    Door("reports:layout", right=LEADER, asks=LAYOUT, elsewhere=403),
    _led("reports:requests", 200),
    _led("reports:ask", 200),
    *(_absent(f"reports:{name}") for name in ("request", "answer", "request_file")),
    _absent("reports:close_request", 1, "POST"),
    _absent("reports:give_back", 1, "POST"),
    _led("reports:report", asks=REPORT),
    _led("reports:file", asks=REPORT.replace("SELECT id", "SELECT id, 'excel'"), is_page=False),
    _led("reports:narrative", asks=REPORT),
    # The cell stands in the query; without one there is nothing to adjust.
    _led("reports:adjust", asks=SHEET, own=404, is_page=False),
    _led("reports:import", asks=SHEET),
    _led(
        "reports:do",
        method="POST",
        asks=REPORT.replace("SELECT id", "SELECT id, 'khong-co'"),
        own=404,
        is_page=False,
    ),
)
OWN_PLAN = "SELECT p.id FROM programme_plan p JOIN organisations_unit u ON u.id = p.unit_id WHERE u.code = '2025-X19441' LIMIT 1"
OWN_TASK = OWN_PLAN.replace("SELECT p.id", "SELECT t.id").replace(
    "programme_plan p", "programme_plantask t JOIN programme_plan p ON p.id = t.plan_id"
)
WRITTEN = "SELECT id FROM programme_planreading WHERE state = 'waiting' AND file_id IS NULL LIMIT 1"
TARGET = "SELECT id FROM programme_plantarget ORDER BY id LIMIT 1"
ENTRY = "SELECT id FROM programme_registerentry WHERE register = 'sang-kien' LIMIT 1"
LIST = "SELECT id FROM programme_publishedlist ORDER BY id LIMIT 1"
PLAN_PAGES = ("plan", "board", "by_day", "month", "year", "targets", "cascade", "comments")
PROGRAMME = (
    _led("programme:plans", 200),
    _led("programme:mine", 200),
    _led("programme:begin", 200),
    Door("programme:begin", right=LEADER, elsewhere=403),
    Door("programme:import", right=LEADER, elsewhere=403),
    *(_led(f"programme:{name}", asks=OWN_PLAN) for name in PLAN_PAGES),
    _led("programme:file", asks=OWN_PLAN, is_page=False),
    _led(
        "programme:export",
        asks=OWN_PLAN.replace("SELECT p.id", "SELECT p.id, 'ke-hoach', 'docx'"),
        is_page=False,
    ),
    _led("programme:task", asks=OWN_TASK),
    _led("programme:target", 200, asks=TARGET),
    Door("programme:review", right="laobao.vanthu", wrong=CLERK_NAME, elsewhere=404, asks=WRITTEN),
    Door(
        "programme:draft_file",
        right="laobao.vanthu",
        wrong=CLERK_NAME,
        elsewhere=404,
        asks=WRITTEN,
        is_page=False,
    ),
    *(_absent(f"programme:{name}") for name in ("evidence", "value_file")),
    *(_absent(f"programme:{name}", 1, "POST") for name in ("letter", "body", "issue")),
    _absent("programme:confirm", 1, "POST", told=302),
    *(
        _absent(f"programme:{name}", 1, "POST", told=409)
        for name in ("discard", "answer_difficulty", "give_back", "pass_up")
    ),
    *(_absent(f"programme:{name}", 2, "POST") for name in ("row", "add_row", "remove_row", "move_row")),
    *(
        _absent(f"programme:{name}", 1, "POST")
        for name in ("renumber", "submit", "sign_draft", "return_draft", "answer_call", "comment")
    ),
    _absent("programme:report", 3, "POST"),
    *(_absent(f"programme:{name}", 1, "POST") for name in ("event", "difficulty", "accept", "set_product")),
    *(_absent(f"programme:{name}", 1, "POST") for name in ("set_formula", "type_value")),
    _led("programme:shelf", 200),
    *(_led("programme:register", 200, asks=(code,)) for code in ("bo-phan-mot-cua", "sang-kien", "kinh-phi")),
    _led("programme:export_register", 409, asks=("sang-kien",), is_page=False),
    Door("programme:decision", right=LEADER, elsewhere=403, asks=("can-bo-dau-moi",), is_page=False),
    Door(
        "programme:publish_list",
        right=LEADER,
        elsewhere=302,
        own=302,
        asks=("kinh-phi",),
        method="POST",
        is_page=False,
    ),
    _led("programme:entry", asks=ENTRY),
    _led("programme:published_list", 200, asks=LIST),
    *(
        _absent(f"programme:{name}", 1, "POST")
        for name in ("move_entry", "withdraw_entry", "add_line", "remove_line")
    ),
)
OPERATION = (
    _kept("desk:waiting"),
    _posted("desk:retry", 302, right=PROVINCE),
    _kept("desk:entries"),
    Door("indices:score", right=PROVINCE),
    Door("indices:index"),
    Door("indices:why", asks=("1.1",)),
    Door("indices:type", right=LEADER, wrong=COUNTER, elsewhere=403),
)
DOORS = (
    *OPEN,
    *OWN,
    *INTAKE,
    *ONLINE,
    *AWAY,
    *POSTED,
    *MERGERS,
    *LISTS,
    *DOSSIERS,
    *SERIES,
    *NEIGHBOURS,
    *CALENDARS,
    *CATALOGUE,
    *PROCESSES,
    *LAW,
    *UNITS,
    *OFFICERS,
    *INDICES,
    *FEEDBACK,
    *FIGURES,
    *REPORTS,
    *PROGRAMME,
    *OPERATION,
)


def find_names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The names of all addresses there are, but for those of the interface, which are tried by its own tests."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver) and not (entry.namespace or "").startswith("api"):
            yield from find_names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
