"""Doors of what is counted and planned: the index, answers of people, figures, reports, plans of the year."""

from tests.doors import (
    CLERK_NAME,
    FOLLOWED,
    LAYOUT,
    LEADER,
    NO_ROW,
    PROVINCE,
    REPORT,
    SHEET,
    Door,
    absent,
    file_of,
    led,
    open_to_all,
    posted,
)

INDICES = (
    Door("indices:what_if", right=LEADER, wrong=PROVINCE, elsewhere=403),
    Door("indices:week", right=LEADER, wrong=PROVINCE, elsewhere=403),
    Door("indices:nine", right=LEADER, wrong=PROVINCE, elsewhere=403),
    open_to_all("indices:public"),
)
FEEDBACK = (
    Door("feedback:device", wrong=LEADER, elsewhere=403),
    Door("feedback:slip", wrong=LEADER, elsewhere=403),
    Door("feedback:results", right=LEADER, elsewhere=403),
    Door("feedback:follow_ups", right=LEADER, elsewhere=403),
    Door("feedback:answers", right=LEADER, elsewhere=403),
    absent("feedback:follow_up"),
    absent("feedback:take", 1, "POST"),
    open_to_all("feedback:rate", asks=FOLLOWED),
)
FIGURES = (
    Door("figures:overview", wrong=PROVINCE, elsewhere=403),
    Door("figures:behind", wrong=PROVINCE, elsewhere=403, query="so-lieu=late"),
    file_of("figures:export_behind", wrong=PROVINCE, elsewhere=403, query="so-lieu=late"),
    Door("figures:statistics", wrong=PROVINCE, elsewhere=403),
    file_of("figures:export", wrong=PROVINCE, elsewhere=403),
    posted("figures:keep", 302, wrong=PROVINCE),
    posted("figures:forget", 404, 404, asks=NO_ROW),
    Door("figures:mine", wrong=PROVINCE, elsewhere=403),
    Door("figures:work", right=LEADER, elsewhere=403),
    Door("figures:closing", right="tinh.kiemsoat1", elsewhere=403),
)
REPORTS = (
    led("reports:reports", 200),
    Door("reports:reports", elsewhere=403, own=403, is_page=False),
    Door("reports:layouts", right=LEADER, elsewhere=403),
    Door("reports:layout", right=LEADER, asks=LAYOUT, elsewhere=403),
    led("reports:requests", 200),
    led("reports:ask", 200),
    *(absent(f"reports:{name}") for name in ("request", "answer", "request_file")),
    absent("reports:close_request", 1, "POST"),
    absent("reports:give_back", 1, "POST"),
    led("reports:report", asks=REPORT),
    led("reports:file", asks=REPORT.replace("SELECT id", "SELECT id, 'excel'"), is_page=False),
    led("reports:narrative", asks=REPORT),
    # The cell stands in the query; without one there is nothing to adjust.
    led("reports:adjust", asks=SHEET, own=404, is_page=False),
    led("reports:import", asks=SHEET),
    absent("reports:enter", 2, "POST"),
    led(
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
    led("programme:plans", 200),
    led("programme:mine", 200),
    led("programme:begin", 200),
    Door("programme:begin", right=LEADER, elsewhere=403),
    Door("programme:import", right=LEADER, elsewhere=403),
    Door("programme:upload", right=LEADER, own=404, elsewhere=403, asks=("khong-co",)),
    Door("programme:cancel_upload", method="POST", right=LEADER, own=404, elsewhere=403, asks=("khong-co",)),
    *(led(f"programme:{name}", asks=OWN_PLAN) for name in PLAN_PAGES),
    led("programme:file", asks=OWN_PLAN, is_page=False),
    led(
        "programme:export",
        asks=OWN_PLAN.replace("SELECT p.id", "SELECT p.id, 'ke-hoach', 'docx'"),
        is_page=False,
    ),
    led("programme:task", asks=OWN_TASK),
    led("programme:target", 200, asks=TARGET),
    Door("programme:add_target", right=LEADER, elsewhere=404, asks=OWN_PLAN),
    *(absent(f"programme:{name}", 1, "POST") for name in ("correct_target", "remove_target")),
    Door("programme:review", right="laobao.vanthu", wrong=CLERK_NAME, elsewhere=404, asks=WRITTEN),
    Door(
        "programme:draft_file",
        right="laobao.vanthu",
        wrong=CLERK_NAME,
        elsewhere=404,
        asks=WRITTEN,
        is_page=False,
    ),
    *(absent(f"programme:{name}") for name in ("evidence", "value_file")),
    *(absent(f"programme:{name}", 1, "POST") for name in ("letter", "body", "issue")),
    absent("programme:confirm", 1, "POST", told=302),
    *(
        absent(f"programme:{name}", 1, "POST", told=409)
        for name in ("discard", "answer_difficulty", "give_back", "pass_up")
    ),
    *(absent(f"programme:{name}", 2, "POST") for name in ("row", "add_row", "remove_row", "move_row")),
    *(
        absent(f"programme:{name}", 1, "POST")
        for name in ("renumber", "submit", "sign_draft", "return_draft", "answer_call", "comment")
    ),
    absent("programme:report", 3, "POST"),
    *(absent(f"programme:{name}", 1, "POST") for name in ("event", "difficulty", "accept", "set_product")),
    *(absent(f"programme:{name}", 1, "POST") for name in ("set_formula", "type_value")),
    led("programme:shelf", 200),
    *(led("programme:register", 200, asks=(code,)) for code in ("bo-phan-mot-cua", "sang-kien", "kinh-phi")),
    led("programme:export_register", 409, asks=("sang-kien",), is_page=False),
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
    led("programme:entry", asks=ENTRY),
    led("programme:published_list", 200, asks=LIST),
    *(
        absent(f"programme:{name}", 1, "POST")
        for name in ("move_entry", "withdraw_entry", "add_line", "remove_line")
    ),
)
