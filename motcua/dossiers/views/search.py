"""Finding a dossier, and the register of an agency."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.marking import _ as _mark
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers import access, queries
from motcua.dossiers.queries import Sought
from motcua.dossiers.queries.tails import ends_so, fill_zeros, is_end
from motcua.dossiers.views.columns import REGISTER, draw_lines
from motcua.dossiers.views.listing import read_list
from motcua.organisations.requests import OfficerRequest
from motcua.people.queries import GOES_ON

# How the text was taken, so that whoever finds nothing knows what was looked for.
TAKEN_FOR = {
    Sought.CODE: _mark("Đã tìm theo mã hồ sơ."),
    Sought.NUMBER: _mark("Đã tìm theo số giấy tờ và số điện thoại."),
    Sought.NAME: _mark("Đã tìm theo họ tên, không phân biệt dấu và thứ tự chữ."),
}
BY_END = _mark("Đã tìm theo phần cuối của mã hồ sơ, số giấy tờ và số điện thoại.")


@require_GET
def search(request: OfficerRequest) -> HttpResponse:
    """Code, identity number, phone, then names in any word order; newest first. One exact code opens at once."""
    asked = clean_line(request.GET.get("q", ""))[:200]
    if not asked:
        return render(request, "dossiers/search.html", {"q": ""})
    try:
        text, sought = queries.read_search(fill_zeros(asked))
        page = queries.search(request.actor, text, request.GET.get("cursor"))
    except Refused as no:
        if no.field != "q":
            raise
        return render(request, "dossiers/search.html", {"q": asked, "refusal": no}, status=422)
    if page.rows and all(ends_so(row.code, text) for row in page.rows):
        sought = Sought.CODE
    if sought == Sought.CODE and len(page.rows) == 1:
        return redirect("dossiers:detail", page.rows[0].code)
    if sought == Sought.CODE and not page.rows and access.find_joint(request.actor, text):
        return redirect("dossiers:joint", text)
    audit.record_reading(
        "dossiers.searched", actor=request.actor, ids=[row.pk for row in page.rows], at=request.at
    )
    context = {
        "q": asked,
        "page": page,
        "taken_for": _(BY_END if sought != Sought.CODE and is_end(text) else TAKEN_FOR[sought]),
        "heads": [_(REGISTER.columns[name].label) for name in REGISTER.usual],
        "lines": draw_lines(REGISTER, REGISTER.usual, page.rows, request),
        "keep": urlencode({"q": asked}),
        "freer": _let_go_on(text) if sought == Sought.NAME else None,
    }
    return render(request, "dossiers/search.html", context)


def _let_go_on(name: str) -> tuple[str, str] | None:
    """The same question with a last word that may go on: that word, and the question as an address writes it."""
    last = name.split()[-1]
    if last.endswith(GOES_ON) or not any(c.isalpha() for c in last):
        return None
    return last, urlencode({"q": f"{name}{GOES_ON}"})


@require_GET
def register(request: OfficerRequest) -> HttpResponse:
    """The register of what one may see, newest first, in the columns and filters chosen."""
    view = read_list(request, "register")
    page = queries.find_register(request.actor, view.asked, cursor=request.GET.get("cursor"))
    audit.record_reading(
        "dossiers.register", actor=request.actor, ids=[d.pk for d in page.rows], at=request.at
    )
    context = {"view": view, "page": page, "lines": draw_lines(view.kind, view.columns, page.rows, request)}
    return render(request, "dossiers/register.html", context)
