"""How an officer looks at a list: columns and filters from the address, else as last saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.catalogue import queries as catalogue
from motcua.core.text import read_count
from motcua.core.wording import gettext as _
from motcua.core.wording import speak
from motcua.core.writing import day
from motcua.dossiers import queries
from motcua.dossiers.actions import preferences
from motcua.dossiers.forms_lists import FORMER, ListFilters
from motcua.dossiers.queries import Narrowing
from motcua.dossiers.rules.states import MEANINGS, State
from motcua.dossiers.views.columns import LISTS, ListKind
from motcua.organisations.requests import OfficerRequest, today

FILTERS = ("q", "procedure", "field", "state", "agency", "since", "until", "due_from", "due_to")
# Any of these in the address, and the address decides; `all` alone asks for the plain list.
KNOWN = (*FILTERS, "columns", "all")


@dataclass(frozen=True, slots=True)
class ListView:
    """A list as it is looked at: what it shows, and the words and addresses of its filters."""

    name: str
    kind: ListKind
    columns: tuple[str, ...]
    asked: Narrowing
    typed: dict[str, str]
    address: str
    """The query that shows exactly this to anybody who may see it."""
    form: ListFilters | None
    """None when nothing is filtered and the sheet of filters is shut: most pages need none."""
    is_saved: bool
    is_open: bool

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What is filtered, each with the address without it."""
        labels = self.form.fields if self.form else {}
        return [
            (f"{labels[name].label}: {self._say(name)}", "?" + self._without(name)) for name in self.typed
        ]

    def _without(self, name: str) -> str:
        return _write({k: v for k, v in self.typed.items() if k != name}, self.columns, self.kind)

    def _say(self, name: str) -> str:
        if name == "state":
            return _(MEANINGS[State(self.typed[name])].label)
        if name == "field" and self.form:
            return self.form.field_names.get(self.typed[name], self.typed[name])
        if name == "agency" and self.form:
            return self.form.agencies.get(self.typed[name], self.typed[name])
        return self.typed[name]

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Headings of the columns with how each is set."""
        chosen = [self.kind.columns[name] for name in self.columns]
        say = speak()
        return [(say(column.label), "number" if column.css == "number" else "") for column in chosen]


def read_list(request: OfficerRequest, name: str) -> ListView:
    """The list as the address asks for it, else as the officer saved it, else as it usually is."""
    kind, saved = LISTS[name], _recall(request, name)
    given = request.GET if any(known in request.GET for known in KNOWN) else _as_query(saved)
    form = _read_form(request, given)
    found = form.cleaned_data if form else {}
    columns = kind.choose(given.getlist("columns") or (saved or {}).get("columns", []))
    typed = {k: _as_text(v) for k in FILTERS if (v := found.get(k)) not in (None, "")}
    return ListView(
        name=name,
        kind=kind,
        columns=columns,
        asked=_narrow(found),
        typed=typed,
        address=_write(typed, columns, kind),
        form=form,
        is_saved=bool(saved),
        is_open="panel" in request.GET or bool(form and form.errors),
    )


def _read_form(request: OfficerRequest, given: QueryDict) -> ListFilters | None:
    if "panel" not in request.GET and not any(given.get(name) for name in FILTERS):
        return None
    form = _make_form(request, given)
    form.is_valid()
    return form


def _narrow(typed: dict[str, Any]) -> Narrowing:
    agency = typed.get("agency") or ""
    return Narrowing(
        q=typed.get("q", ""),
        procedure=typed.get("procedure", ""),
        field=typed.get("field", ""),
        state=typed.get("state", ""),
        agency_id=read_count(agency),
        former_id=_read_former(agency),
        since=typed.get("since"),
        until=typed.get("until"),
        due_from=typed.get("due_from"),
        due_to=typed.get("due_to"),
    )


def _read_former(agency: str) -> int | None:
    return read_count(agency.removeprefix(FORMER)) if agency.startswith(FORMER) else None


def _make_form(request: OfficerRequest, given: QueryDict) -> ListFilters:
    on = today(request)
    agencies, former = queries.find_deciding_agencies(on), queries.find_former_agencies(on)
    return ListFilters(given, agencies=agencies, former=former, fields=catalogue.find_fields())


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else day(value)


def _write(typed: dict[str, str], columns: Iterable[str], kind: ListKind) -> str:
    query = QueryDict(mutable=True)
    query.update(typed)
    if tuple(columns) != kind.usual:
        query.setlist("columns", list(columns))
    return query.urlencode() or "all=1"


def _as_query(saved: dict[str, Any] | None) -> QueryDict:
    query = QueryDict(mutable=True)
    if saved:
        query.update(saved["filters"])
        query.setlist("columns", saved["columns"])
    return query


def _recall(request: OfficerRequest, name: str) -> dict[str, Any] | None:
    """How the officer left the list; asked once in a session and kept there, so that no later page pays for it."""
    lists = request.session.get("lists", {})
    if name not in lists:
        kept = queries.find_saved_list(request.actor, name)
        _remember(request, name, {"columns": kept.columns, "filters": kept.filters} if kept else None)
    found: dict[str, Any] | None = request.session["lists"][name]
    return found


def _remember(request: OfficerRequest, name: str, saved: dict[str, Any] | None) -> None:
    request.session["lists"] = request.session.get("lists", {}) | {name: saved}


@require_POST
def save(request: OfficerRequest, name: str) -> HttpResponse:
    """Keep the list as it is looked at now, or forget how it was kept."""
    if name not in LISTS:
        raise Http404
    kind, given = LISTS[name], QueryDict(request.POST.get("query", "")[:2000])
    if "reset" in request.POST:
        preferences.forget_list(actor=request.actor, list_name=name, at=request.at)
        _remember(request, name, None)
        messages.success(request, _("Danh sách trở về như ban đầu."))
    else:
        form = _make_form(request, given)
        form.is_valid()
        filters = {k: _as_text(v) for k in FILTERS if (v := form.cleaned_data.get(k)) not in (None, "")}
        row = preferences.save_list(
            actor=request.actor,
            list_name=name,
            columns=kind.choose(given.getlist("columns")),
            filters=filters,
            at=request.at,
        )
        _remember(request, name, {"columns": row.columns, "filters": row.filters})
        messages.success(request, _("Đã lưu cột và bộ lọc; lần sau danh sách mở ra như thế này."))
    return redirect(go_back(request, reverse("dossiers:inbox" if name == "inbox" else "dossiers:register")))


def go_back(request: OfficerRequest, otherwise: str) -> str:
    """The page of ours one came from, as the form said; never another site."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if back and is_ours else otherwise
