"""Officers: who holds which post on a day, appointing, ending, accounts, Excel."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.accounts import queries as people_who_sign_in
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import attempt
from motcua.core.several import Choices
from motcua.core.text import fold
from motcua.organisations import access, actions, forms, queries, sheets
from motcua.organisations.actions import FirstPassword, PostingFacts
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import POST_LABELS
from motcua.organisations.views.forming import (
    answer_sheet,
    get_day,
    show_form,
    show_import,
)

MOST_SHOWN = 500


@require_GET
def assignments(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/can-bo/: postings of a day in the units one looks at, by words and post."""
    actor = access.require_reader(request.actor)
    on, words, post = get_day(request), fold(request.GET.get("q", "")[:100]), request.GET.get("chuc-danh", "")
    tree = queries.get_tree(on)
    seen = actor.administers or tree.get_subtree(actor.agency_id)
    found = [
        (one, tree.units[one.unit_id], tree.get_agency_of(one.unit_id))
        for one in queries.find_officers_of(set(seen), on=on)
        if (not post or one.post == post)
        and words in fold(f"{one.person_name} {one.username} {tree.units[one.unit_id].name}")
    ]
    context = {
        "rows": found[:MOST_SHOWN], "is_cut": len(found) > MOST_SHOWN, "on": on, "q": request.GET.get("q", ""), "post": post,
        "posts": [(code.value, _(label)) for code, label in POST_LABELS.items()],
        "may_change": actor.post == "administrator",
    }  # fmt: skip
    return render(request, "organisations/assignments.html", context)


@require_GET
def officer(request: OfficerRequest, username: str) -> HttpResponse:
    """/quan-tri/can-bo/nguoi/<username>/: every posting the person ever held."""
    actor = access.require_reader(request.actor)
    person = people_who_sign_in.find_user(username)
    if person is None:
        raise Refused("not_found", _("Không có tài khoản này."))
    on = today(request)
    rows = [
        (one, queries.get_name(one.unit_id, one.valid_from)) for one in queries.find_postings_of(person.pk)
    ]
    context = {
        "person": person, "rows": rows, "on": on, "actor_may": actor.may_administer,
        "may_let_in": access.may_let_in(actor, queries.find_held_units(person.pk, on)),
        "has_factor": people_who_sign_in.has_second_factor(person.pk),
    }  # fmt: skip
    return render(request, "organisations/officer.html", context)


def appoint(request: OfficerRequest, fields: Choices) -> HttpResponse:
    """A person takes a post; `fields` are those of the catalogue, which is above and furnishes them."""
    actor = access.require_administrator(request.actor)
    start = {"unit_code": request.GET.get("don-vi", ""), "username": request.GET.get("nguoi", "")}
    units = queries.get_unit_choices(actor, today(request))
    form = forms.Appointment(request.POST or None, initial=start, units=units, fields=fields)
    if attempt(form, lambda: _appoint(request, form)):
        messages.success(request, _("Đã phân công."))
        return redirect("organisations:officer", form.cleaned_data["username"].lower())
    return show_form(
        request, form, _("Phân công chức danh"), _("Phân công"), reverse("organisations:assignments")
    )


def _appoint(request: OfficerRequest, form: forms.Appointment) -> None:
    typed = form.cleaned_data
    posting = PostingFacts(
        username=typed["username"], unit_code=typed["unit_code"], post=typed["post"], position=typed["position"],
        decision_number=typed["decision_number"], first_day=typed["first_day"], last_day=typed["last_day"],
        field_codes=typed["field_codes"], is_reserve=typed["is_reserve"],
    )  # fmt: skip
    actions.appoint(actor=request.actor, posting=posting, at=request.at)


@require_http_methods(["GET", "POST"])
def end_assignment(request: OfficerRequest, assignment_id: int) -> HttpResponse:
    """/quan-tri/can-bo/phan-cong/<id>/ket-thuc/"""
    posting = queries.find_assignment(assignment_id)
    if posting is None:
        raise Refused("not_found", _("Không có phân công này."))
    access.require_administrator(request.actor, posting.unit_id)
    form = forms.EndPosting(request.POST or None)
    back = reverse("organisations:officer", args=[posting.user.username])
    if attempt(
        form,
        lambda: actions.end_assignment(
            actor=request.actor, assignment_id=assignment_id, at=request.at, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Đã ghi ngày kết thúc phân công."))
        return redirect(back)
    return show_form(
        request, form, _("Kết thúc phân công"), _("Kết thúc"), back, subject=posting.user.full_name
    )


@never_cache
@require_http_methods(["GET", "POST"])
def new_officer(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/can-bo/tai-khoan-moi/"""
    access.require_administrator(request.actor)
    form = forms.Officer(request.POST or None)
    made: list[FirstPassword] = []
    if attempt(
        form,
        lambda: made.append(
            actions.register_officer(actor=request.actor, at=request.at, **form.cleaned_data)
        ),
    ):
        return render(request, "organisations/first_password.html", {"made": made})
    return show_form(
        request, form, _("Tạo tài khoản"), _("Tạo tài khoản"), reverse("organisations:assignments")
    )


@never_cache
@require_POST
def renew_password(request: OfficerRequest, user_id: int) -> HttpResponse:
    """/quan-tri/can-bo/mat-khau/<id>/"""
    made = actions.renew_password(
        actor=access.require_administrator(request.actor), user_id=user_id, at=request.at
    )
    return render(request, "organisations/first_password.html", {"made": [made]})


@require_POST
def remove_second_factor(request: OfficerRequest, user_id: int) -> HttpResponse:
    """/quan-tri/can-bo/xac-thuc-hai-lop/<id>/"""
    actor = access.require_administrator(request.actor)
    actions.remove_second_factor(actor=actor, user_id=user_id, at=request.at)
    messages.success(request, _("Đã gỡ xác thực hai lớp; người này đăng nhập bằng mật khẩu và bật lại."))
    return redirect("organisations:officer", people_who_sign_in.get_user(user_id).username)


@require_GET
def export_assignments(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/can-bo/xuat/"""
    actor = access.require_administrator(request.actor)
    on = get_day(request)
    postings = queries.find_officers_of({unit.id for unit in queries.find_administered(actor, on)}, on=on)
    return answer_sheet(sheets.write_postings(postings, queries.get_tree(on), on), f"phan-cong-{on}")


@never_cache
@require_http_methods(["GET", "POST"])
def import_assignments(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/can-bo/nhap/"""
    actor = access.require_administrator(request.actor)
    return show_import(
        request,
        _("Nhập phân công từ Excel"),
        "organisations:assignments",
        lambda content, dry_run: actions.import_postings(
            actor=actor, content=content, dry_run=dry_run, at=request.at
        ),
    )
