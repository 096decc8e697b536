"""The door: name and password, then the second factor where one is set."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.accounts import actions, queries
from motcua.accounts.forms import Code, SignIn
from motcua.accounts.models import User
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.requests import PublicRequest, find_next

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = "sign_in_waiting"
WAITING_SECONDS = 300


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: PublicRequest) -> HttpResponse:
    """/dang-nhap/"""
    if request.user.is_authenticated:
        return HttpResponseRedirect(find_next(request))
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _admit(request, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {"form": form, "next": find_next(request, fallback="")}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


def _admit(request: PublicRequest, username: str, password: str) -> HttpResponse:
    at = request.at
    user = actions.check_password(
        request=request, username=username, password=password, address=get_address(request), at=at
    )
    if queries.has_second_factor(user.pk):
        request.session[WAITING] = [user.pk, int(at.timestamp()), find_next(request)]
        return redirect("accounts:second_factor")
    return _let_in(request, user, find_next(request))


def _let_in(request: PublicRequest, user: User, after: str) -> HttpResponse:
    login(request, user, backend=BACKEND)
    actions.note_sign_in(user=user, address=get_address(request), at=request.at)
    return HttpResponseRedirect(after)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: PublicRequest) -> HttpResponse:
    """/dang-nhap/ma-xac-thuc/"""
    user_id, since, after = request.session.get(WAITING) or (0, 0, "")
    if not user_id or request.at.timestamp() - since > WAITING_SECONDS:
        request.session.pop(WAITING, None)
        return redirect("accounts:sign_in")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _admit_by_code(request, queries.get_user(user_id), form.cleaned_data["code"], after)
        except Refused as refused:
            form.add_error("code", refused.message)
    return render(request, "accounts/sign_in_code.html", {"form": form}, status=422 if form.errors else 200)


def _admit_by_code(request: PublicRequest, user: User, code: str, after: str) -> HttpResponse:
    at, address = request.at, get_address(request)
    actions.require_not_locked(username=user.username, address=address, at=at)
    try:
        actions.check_code(user=user, code=code, at=at)
    except Refused:
        actions.note_failure(username=user.username, address=address, at=at)
        raise
    request.session.pop(WAITING, None)
    return _let_in(request, user, after)


def get_address(request: PublicRequest) -> str:
    """The network address the request came from, as the server saw it."""
    return str(request.META.get("REMOTE_ADDR") or "unknown")[:45]
