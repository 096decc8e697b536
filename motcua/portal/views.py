"""What a visitor may open without signing in: procedures, and one's own dossier by its receipt."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.dossiers import queries as dossiers
from motcua.dossiers.rules.promise import CAUSES
from motcua.organisations.requests import PublicRequest, today
from motcua.portal import described, described_words, queries
from motcua.programme.queries import registers

LOOKUPS_PER_MINUTE = 30


@login_not_required
@require_GET
def front(request: PublicRequest) -> HttpResponse:
    """The public front page: find what to bring, follow a dossier."""
    return render(request, "portal/front.html", {})


@login_not_required
@require_GET
def procedures(request: PublicRequest) -> HttpResponse:
    """The public list of procedures, searched by unaccented words."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "field", "level")}
    operated = request.GET.get("here") == "1"
    page = catalogue.search_public(
        asked["q"], asked["field"], asked["level"], request.GET.get("cursor"), operated=operated
    )
    keep = "&".join(f"{k}={v}" for k, v in (*asked.items(), ("here", "1" if operated else "")) if v)
    context = {
        "page": page,
        "asked": asked,
        "operated": operated,
        "keep": keep,
        "fields": catalogue.find_fields(),
    }
    return render(request, "portal/procedures.html", context)


@login_not_required
@require_GET
def procedure(request: PublicRequest, code: str) -> HttpResponse:
    """What to bring, how long it takes (and the day promised if handed in now), what it costs, where it is received."""
    sheet = catalogue.get_public_sheet(code, on=today(request), portal_id=request.GET.get("ban"))
    due = queries.preview_due(sheet, at=request.at) if sheet.is_operated else None
    return render(request, "portal/procedure.html", {"sheet": sheet, "due": due})


@login_not_required
@require_GET
def staff(request: PublicRequest) -> HttpResponse:
    """Who works at the one-stop unit of an agency, as published: name, title, field, telephone."""
    asked = request.GET.get("donvi", "")
    unit_id = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    boards = registers.find_staff_boards(today(request))
    found = registers.find_staff_board(unit_id)
    context = {
        "boards": boards,
        "asked": unit_id,
        "board": found[0] if found else None,
        "board_name": dict(boards).get(unit_id, ""),
        "rows": found[1] if found else [],
        "columns": registers.name_public_columns(),
    }
    return render(request, "portal/staff.html", context)


@login_not_required
@require_GET
def interface(request: PublicRequest) -> HttpResponse:
    """What other software may call, for the people who write it: nothing here that `openapi.json` does not say."""
    context = {
        "told": described.describe(),
        "statuses": described_words.get_statuses().items(),
        "codes": described_words.get_codes(),
        "address": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "portal/interface.html", context)


@login_not_required
@require_GET
def track(request: PublicRequest) -> HttpResponse:
    """Look up by the code on the receipt: the code alone tells the degree of completion only (Circular 01/2018 art. 16.2d)."""
    code, token = (request.GET.get(n, "").strip()[:80] for n in ("code", "token"))
    if not code:
        return render(request, "portal/track.html", {"code": "", "is_asked": "code" in request.GET})
    if token and not _is_address(code, token):
        return render(request, "portal/track.html", {"code": code, "token": token}, status=404)
    if token:
        return redirect("portal:follow", code, token)
    _require_patience(request)
    found = dossiers.get_tracking(code, None, at=request.at)
    return render(request, "portal/track.html", {"code": code, "found": found}, status=200 if found else 404)


def _is_address(*typed: str) -> bool:
    """Whether each can be a part of an address: neither code nor token has a slash, nor is made of dots."""
    return all("/" not in one and one.strip(".") for one in typed)


@login_not_required
@require_GET
def follow(request: PublicRequest, code: str, token: str) -> HttpResponse:
    """The receipt's QR: state, clock and its explanation in a citizen's words."""
    _require_patience(request)
    found = dossiers.get_tracking(code[:80], token[:40], at=request.at)
    if found is None:
        return render(request, "portal/track.html", {"code": code, "token": token}, status=404)
    audit.record_reading("dossiers.tracked", actor=None, ids=[found.dossier_id], at=request.at)
    return render(request, "portal/follow.html", {"d": found})


@login_not_required
@require_GET
def late(request: PublicRequest) -> HttpResponse:
    """Promises broken in a month, by agency, with the apology (Decree 61 art. 19.9); nobody is named."""
    months = dossiers.find_late_months()
    asked = request.GET.get("thang", "")
    month = next((one for one in months if f"{one:%Y-%m}" == asked), months[0] if months else None)
    if month is None:
        return render(request, "portal/late.html", {"months": []})
    counts = dossiers.count_late(month)
    agency = next((one for one in counts if str(one.agency_id) == request.GET.get("coquan")), None)
    context = {
        "months": months,
        "month": month,
        "tabs": [(f"{one:%m/%Y}", f"?thang={one:%Y-%m}", None, one == month) for one in months],
        "counts": counts,
        "causes": {key: _(label) for key, label in CAUSES.items()},
    }
    if agency is not None:
        page = dossiers.find_late(month, agency.agency_id, request.GET.get("cursor"))
        keep = f"thang={month:%Y-%m}&coquan={agency.agency_id}"
        context |= {"page": page, "agency_name": agency.name, "keep": keep}
    return render(request, "portal/late.html", context)


def _require_patience(request: PublicRequest) -> None:
    """No more than a look-up every two seconds from one address, so that codes cannot be walked."""
    key = f"track:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=60)
    if cache.incr(key) > LOOKUPS_PER_MINUTE:
        raise Refused("too_many", _("Bạn tra cứu quá nhanh. Hãy thử lại sau một phút."))
