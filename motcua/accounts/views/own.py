"""A person's own pages: profile, password, authenticator, leaving."""

import segno
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import actions, queries, rules
from motcua.accounts.access import without_post
from motcua.accounts.forms import ChangePassword, Code
from motcua.accounts.models import User
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.requests import PublicRequest


@without_post
@require_POST
def sign_out(request: PublicRequest) -> HttpResponse:
    """/dang-xuat/"""
    actions.note_sign_out(user=_person(request), at=request.at)
    logout(request)
    response = redirect("accounts:sign_in")
    # A counter's machine has many hands: the button that goes back shows the next one nothing.
    response["Clear-Site-Data"] = '"cache"'
    return response


@without_post
def profile(request: PublicRequest) -> HttpResponse:
    """/tai-khoan/"""
    person = _person(request)
    return render(
        request,
        "accounts/profile.html",
        {"person": person, "has_factor": queries.has_second_factor(person.pk)},
    )


@without_post
@never_cache
@sensitive_post_parameters("old_password", "password", "password_again")
@require_http_methods(["GET", "POST"])
def change_password(request: PublicRequest) -> HttpResponse:
    """/tai-khoan/mat-khau/"""
    form = ChangePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _change_password(request, form)
        except Refused as refused:
            say_refusal(form, refused)
    return render(
        request, "accounts/change_password.html", {"form": form}, status=422 if form.errors else 200
    )


def _change_password(request: PublicRequest, form: ChangePassword) -> HttpResponse:
    person = _person(request)
    actions.change_password(
        user=person,
        old=form.cleaned_data["old_password"],
        new=form.cleaned_data["password"],
        at=request.at,
    )
    update_session_auth_hash(request, person)
    messages.success(request, _("Đã đổi mật khẩu. Các phiên khác của anh/chị đã bị thoát."))
    return redirect("accounts:profile")


@without_post
@require_POST
def leave_elsewhere(request: PublicRequest) -> HttpResponse:
    """/tai-khoan/dang-xuat-noi-khac/: every other session ends, this one goes on."""
    person = _person(request)
    actions.leave_elsewhere(user=person, at=request.at)
    update_session_auth_hash(request, person)
    messages.success(request, _("Đã đăng xuất khỏi các máy khác."))
    return redirect("accounts:profile")


@without_post
@never_cache
@require_http_methods(["GET", "POST"])
def set_second_factor(request: PublicRequest) -> HttpResponse:
    """/tai-khoan/xac-thuc-hai-lop/"""
    person = _person(request)
    if queries.has_second_factor(person.pk):
        return _remove_second_factor(request, person)
    secret = actions.prepare_second_factor(user=person)
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.confirm_second_factor(user=person, code=form.cleaned_data["code"], at=request.at)
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
        except Refused as refused:
            form.add_error("code", refused.message)
    address = rules.get_enrolment_address(secret, person.username, "Mot cua")
    context = {
        "form": form,
        "secret": secret,
        "drawing": segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="#fff"),
    }
    return render(request, "accounts/second_factor.html", context, status=422 if form.errors else 200)


def _remove_second_factor(request: PublicRequest, person: User) -> HttpResponse:
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_second_factor(user=person, code=form.cleaned_data["code"], at=request.at)
            messages.success(request, _("Đã tắt xác thực hai lớp."))
            return redirect("accounts:profile")
        except Refused as refused:
            form.add_error("code", refused.message)
    return render(
        request, "accounts/remove_second_factor.html", {"form": form}, status=422 if form.errors else 200
    )


def _person(request: PublicRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
