"""Every address of the house: who may knock, with what, and what each kind of visitor is told.

A new address gets a line here; `test_addresses.py` says which are missing.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.dossiers.queries.inbox import TABS
from motcua.dossiers.views.acts import SLUGS
from tests.doors import (
    ASSIGNED,
    BOOK,
    CHARGED,
    CHOOSE,
    CLERK_NAME,
    COMMUNE,
    COUNTER,
    DOSSIER,
    DRAFT,
    FOLLOWED,
    FORMS,
    LEADER,
    NO_ROW,
    OTHER,
    OTHER_COMMUNE,
    PROVINCE,
    PUBLISHED,
    SCANNED,
    SHOWN,
    Door,
    file_of,
    kept,
    open_to_all,
    posted,
    with_word,
)
from tests.doors_of_control import FEEDBACK, FIGURES, INDICES, PROGRAMME, REPORTS

OPEN = (
    open_to_all("portal:front"),
    open_to_all("portal:procedures"),
    open_to_all("portal:staff"),
    open_to_all("portal:procedure", asks=("1.001193",)),
    open_to_all("portal:interface"),
    open_to_all("portal:track"),
    open_to_all("portal:late"),
    open_to_all("portal:follow", asks=FOLLOWED),
    Door("accounts:sign_in", right="", stranger=200, no_post=302, elsewhere=302, own=200),
    Door(
        "accounts:second_factor", right="", stranger=302, no_post=302, elsewhere=302, own=302, is_page=False
    ),
    Door("home", stranger=302, no_post=CHOOSE, elsewhere=302, own=302, is_page=False),
    posted("set_language", 302, 302, stranger=302, no_post=302),
)
OWN = (
    Door("organisations:choose_post", right="kiemnhiem", no_post=200),
    Door("accounts:profile", no_post=200),
    Door("accounts:change_password", no_post=200),
    Door("accounts:set_second_factor", no_post=200),
    posted("accounts:sign_out", 302, 302, no_post=302),
    # Ends the other sessions of whoever asks: tried by people no other test needs.
    posted(
        "accounts:leave_elsewhere", 302, 302, right="badon.tiepnhan1", wrong="camlo.tiepnhan1", no_post=302
    ),
    Door("desk:help"),
    file_of("desk:rail"),
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
KEPT_OUT = (
    Door("desk:ended", right=CLERK_NAME, elsewhere=403, wrong=COUNTER),
    posted("desk:dispose", 409, 403, right=LEADER, wrong=COUNTER),
)
MERGERS = (
    kept("desk:reorganisations"),
    kept("desk:plan_reorganisation"),
    kept("desk:reorganisation", asks=MERGED),
    posted("desk:place_lines", 302, asks=MERGED, right=PROVINCE, wrong=OTHER),
    posted("desk:carry_out", 404, asks=NO_ROW, right=PROVINCE, wrong=OTHER),
    posted("desk:undo_reorganisation", 422, asks=MERGED, right=PROVINCE, wrong=OTHER),
    posted("desk:drop_reorganisation", 404, asks=NO_ROW, right=PROVINCE, wrong=OTHER),
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
    file_of("dossiers:batch_blank", wrong=LEADER, asks=("1.004873",), elsewhere=403),
    Door("dossiers:consignments", wrong=LEADER, elsewhere=403),
    Door("dossiers:draw_up", wrong=LEADER, elsewhere=403),
    Door(
        "dossiers:consignment", right="buudien.tiepnhan1", wrong="conco.tiepnhan1", asks=GIVEN, elsewhere=404
    ),
    file_of(
        "dossiers:consignment_sheet",
        right="buudien.tiepnhan1",
        wrong="conco.tiepnhan1",
        asks=GIVEN,
        elsewhere=404,
    ),
    posted(
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
    posted("dossiers:accept_filing", 422, 404, asks=FILING),
    posted("dossiers:return_filing", 422, 404, asks=FILING),
    posted("dossiers:refuse_filing", 422, 404, asks=FILING),
    posted("dossiers:settle_wish", 409, 404, asks=FILING.replace("f.reference", "f.reference, 999999")),
    file_of("dossiers:filing_paper", asks=FILED_PAPER, elsewhere=404),
)
INTAKE = (
    Door("dossiers:choose", wrong="huongphung.lanhdao", elsewhere=403),
    file_of("dossiers:find_procedure", wrong="huongphung.lanhdao", elsewhere=403, query="q=kha"),
    posted("dossiers:favourite", 302, 302),
    posted("dossiers:read_card", 422, wrong="huongphung.lanhdao"),
    file_of("dossiers:check_person", wrong="huongphung.lanhdao", elsewhere=403),
    posted("dossiers:upload", 422, wrong="huongphung.lanhdao"),
    Door("dossiers:receive", asks=("1.001193",), wrong="huongphung.lanhdao", elsewhere=403),
    posted("dossiers:receive", 422, asks=("1.001193",), wrong="huongphung.lanhdao"),
    Door("dossiers:refuse_intake", asks=("1.001193",), wrong="huongphung.lanhdao", elsewhere=403),
    Door("dossiers:intake_refused", asks=DOSSIER, elsewhere=404),
)
_WHOLE = "FROM dossiers_joint j JOIN organisations_unit u ON u.id = j.receiving_unit_id WHERE u.code = '2025-X19441.tt'"
WHOLE = f"SELECT j.code {_WHOLE} AND j.state = 'result_ready' ORDER BY j.id LIMIT 1"
HANDED = f"SELECT j.code, p.no {_WHOLE.replace('WHERE', 'JOIN dossiers_jointpart p ON p.joint_id = j.id JOIN dossiers_transfer t ON t.part_id = p.id WHERE')} ORDER BY p.id LIMIT 1"
WHOLES = (
    Door("dossiers:joints", wrong=LEADER, elsewhere=403),
    Door("dossiers:receive_joint", wrong=LEADER, asks=("2.000986",), elsewhere=403),
    posted("dossiers:receive_joint", 422, asks=("2.000986",), wrong=LEADER),
    Door("dossiers:joint", asks=WHOLE, elsewhere=404),
    Door("dossiers:return_whole", asks=WHOLE, elsewhere=404),
    posted("dossiers:return_whole", 422, 404, asks=WHOLE),
    Door("dossiers:withdraw_whole", asks=WHOLE, elsewhere=404),
    file_of("dossiers:print_joint", asks=WHOLE, elsewhere=404),
    file_of("dossiers:print_slip", asks=HANDED, elsewhere=404),
)
LISTS = (
    Door("dossiers:inbox"),
    *(Door("dossiers:inbox_tab", asks=(tab,)) for tab in TABS),
    file_of("dossiers:export_inbox", asks=("new",)),
    file_of("dossiers:export_progress", asks=("khong-co",), elsewhere=404, own=404),
    posted("dossiers:hand_over_many", 302, 302),
    posted("dossiers:save_list", 404, 404, asks=("khong-co",)),
    Door("dossiers:search"),
    Door("dossiers:search", query="q=nguyen"),
    Door("dossiers:register"),
    file_of("dossiers:export_register"),
    file_of("dossiers:print_register"),
    Door("dossiers:reminders"),
    Door("dossiers:stalled"),
    Door("dossiers:explanations"),
    Door("dossiers:explain", asks=NO_ROW, elsewhere=404, own=404, is_page=False),
    file_of("dossiers:export_stalled"),
)
DOSSIERS = (
    Door("dossiers:detail", asks=DOSSIER, elsewhere=404),
    Door("dossiers:received", asks=DOSSIER, elsewhere=404),
    Door("dossiers:fees", asks=CHARGED.replace(", c.no", ""), elsewhere=404),
    posted("dossiers:void_collection", 422, 404, asks=CHARGED.replace("c.no", "999999999")),
    posted("dossiers:waive_charge", 422, 404, asks=CHARGED),
    *(file_of("dossiers:print", asks=with_word(form), elsewhere=404) for form in FORMS),
    file_of("dossiers:file", asks=SCANNED, elsewhere=404),
    file_of("dossiers:viewer", asks=SCANNED, elsewhere=404),
    file_of("dossiers:page_image", asks=SHOWN, elsewhere=404),
    *(Door("dossiers:act", asks=with_word(slug), elsewhere=404) for slug in SLUGS.values()),
    *(posted("dossiers:act", 422, 404, asks=with_word(slug)) for slug in SLUGS.values()),
)
SERIES = (
    Door("dossiers:groups", right=PROVINCE, wrong=COUNTER, elsewhere=403),
    Door("dossiers:group", right=PROVINCE, wrong=COUNTER, asks=("2.000986",), elsewhere=403),
    Door("dossiers:new_group", right=PROVINCE, wrong=COMMUNE, elsewhere=403),
    Door("dossiers:state_group", right=PROVINCE, wrong=COMMUNE, asks=("2.000986",), elsewhere=403),
    posted("dossiers:end_group", 422, right=PROVINCE, wrong=COMMUNE, asks=("2.000986",), elsewhere=403),
    posted(
        "dossiers:drop_group",
        404,
        right=PROVINCE,
        wrong=COMMUNE,
        asks=("2.000986", "999999999"),
        elsewhere=403,
    ),
    Door("dossiers:series", right=CLERK_NAME, elsewhere=403),
    Door("dossiers:book", right=CLERK_NAME, wrong="laobao.vanthu", asks=BOOK, elsewhere=404),
    Door("dossiers:open_series", right=COMMUNE, elsewhere=403),
    posted("dossiers:close_series", 422, right=COMMUNE, asks=BOOK),
)
NEIGHBOURS = (posted("integrations:npsp", 401, 401, stranger=401, no_post=401),)
CALENDARS = (
    kept("worktime:calendars"),
    kept("worktime:year", asks=("2026",)),
    kept("worktime:export_year", asks=("2026",), is_page=False),
    kept("worktime:decide_year"),
    kept("worktime:add_day"),
    kept("worktime:swap_days"),
    kept("worktime:remove_day", asks="SELECT id FROM worktime_calendarday ORDER BY id LIMIT 1"),
    kept("worktime:add_calendar"),
    kept("worktime:import_days"),
    posted("worktime:keep_import", 409, right=PROVINCE),
    kept("worktime:calendar", asks=("default",)),
    kept("worktime:set_hours", asks=("default",)),
    posted("desk:try_calendar", 404, right=PROVINCE, asks=("khong-co/",)),
)
CATALOGUE = (
    kept("catalogue:procedures"),
    kept("catalogue:import"),
    posted("catalogue:keep_import", 409, right=PROVINCE),
    kept("catalogue:export", is_page=False, query="q=1.001193"),
    kept("catalogue:procedure", asks=("1.001193",)),
    kept("catalogue:operate", asks=("1.001193",)),
    posted("catalogue:stop_operating", 404, asks=("9.999999",), right=PROVINCE),
)
PROCESSES = (
    kept("processes:processes"),
    kept("processes:begin"),
    kept("processes:import"),
    posted("processes:keep_import", 409, right=PROVINCE),
    kept("processes:export", is_page=False),
    kept("processes:version", asks=PUBLISHED),
    kept("processes:version", asks=DRAFT),
    kept("processes:edit", asks=DRAFT),
    posted("processes:copy", 404, asks=NO_ROW, right=PROVINCE),
    posted("processes:publish", 404, asks=NO_ROW, right=PROVINCE),
    posted("processes:submit", 404, asks=NO_ROW, right=PROVINCE),
    posted("processes:take_back", 404, asks=NO_ROW, right=PROVINCE),
    posted("processes:discard", 404, asks=NO_ROW, right=PROVINCE),
)
LAW = (
    kept("legal:parameters"),
    kept("legal:documents"),
    kept("legal:verify", asks="SELECT id FROM legal_parameter ORDER BY id LIMIT 1"),
    kept("legal:parameter", asks="SELECT key FROM legal_parameter ORDER BY id LIMIT 1"),
)
UNITS = (
    kept("administration", own=302, is_page=False),
    kept("organisations:units"),
    kept("organisations:new_unit"),
    kept("organisations:export_units", is_page=False),
    kept("organisations:import_units"),
    Door("organisations:unit", right=COMMUNE, asks=("2025-X19441.tt",), elsewhere=403),
    # Who works where is known to every administrator; changing it is not theirs.
    file_of("organisations:unit", right=COMMUNE, wrong=OTHER_COMMUNE, asks=("2025-X19441.tt",)),
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
    kept("organisations:assignments"),
    kept("desk:appoint"),
    kept("organisations:new_officer"),
    kept("organisations:export_assignments", is_page=False),
    kept("organisations:import_assignments"),
    Door("organisations:officer", right=COMMUNE, asks=("huongphung.vanthu",), elsewhere=403),
    file_of("organisations:officer", right=COMMUNE, wrong=OTHER_COMMUNE, asks=("huongphung.vanthu",)),
    posted("organisations:renew_password", 403, asks=NO_ROW, right=PROVINCE),
    posted("organisations:remove_second_factor", 403, asks=NO_ROW, right=PROVINCE),
    Door("organisations:end_assignment", right=COMMUNE, wrong=OTHER_COMMUNE, asks=ASSIGNED, elsewhere=403),
    kept("organisations:tokens"),
    kept("organisations:choose_posting"),
    Door("organisations:issue_token", right=PROVINCE, wrong=OTHER, asks=ASSIGNED, elsewhere=403),
    posted("organisations:revoke_token", 404, asks=NO_ROW, right=PROVINCE),
)


OPERATION = (
    kept("desk:waiting"),
    posted("desk:retry", 302, right=PROVINCE),
    kept("desk:entries"),
    kept("desk:export_entries", is_page=False),
    Door("indices:score", right=PROVINCE),
    Door("indices:index"),
    Door("indices:why", asks=("1.1",)),
    file_of("indices:export_why", asks=("2.1",)),
    Door("indices:type", right=LEADER, wrong=COUNTER, elsewhere=403),
)
DOORS = (
    *OPEN,
    *OWN,
    *INTAKE,
    *WHOLES,
    *ONLINE,
    *AWAY,
    *POSTED,
    *KEPT_OUT,
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
