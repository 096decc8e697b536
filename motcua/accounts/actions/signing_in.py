"""Signing in: the password, wrong tries, leaving. Every try leaves evidence."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.accounts import rules
from motcua.accounts.models import SignInFailure, User
from motcua.accounts.queries import find_user, normalise_username
from motcua.audit import actions as audit
from motcua.core.refusal import Refused


def check_password(*, request: HttpRequest, username: str, password: str, address: str, at: datetime) -> User:
    """The person whose name and password these are.

    :raises Refused: they are not, or too many wrong tries came before: five lock the name from this address for
        fifteen minutes, a hundred lock the address.
    """
    username = normalise_username(username)
    require_not_locked(username=username, address=address, at=at)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        note_failure(username=username, address=address, at=at)
        raise Refused("wrong_password", _("Tên đăng nhập hoặc mật khẩu không đúng."))
    return user


def require_not_locked(*, username: str, address: str, at: datetime) -> None:
    """Refuse while the name from this address, or the whole address, is locked."""
    locks = SignInFailure.objects.filter(username__in=["", username], address=address, locked_until__gt=at)
    until = max((lock.locked_until for lock in locks if lock.locked_until), default=None)
    if until is not None:
        minutes = max(1, -int((at - until).total_seconds() // 60))
        raise Refused(
            "locked",
            ngettext(
                "Đã nhập sai nhiều lần. Vui lòng thử lại sau %(n)s phút.",
                "Đã nhập sai nhiều lần. Vui lòng thử lại sau %(n)s phút.",
                minutes,
            )
            % {"n": minutes},
        )


@transaction.atomic
def note_failure(*, username: str, address: str, at: datetime) -> None:
    """Count a wrong try, lock when there were too many, and keep the evidence."""
    for name, most in ((username, rules.MOST_TRIES), ("", rules.MOST_TRIES_OF_AN_ADDRESS)):
        _count(name, address, most, at)
    user = find_user(username)
    audit.record(
        "accounts.sign_in_failed",
        actor=None,
        subject=f"accounts.user:{user.pk}" if user else "",
        note=address,
        at=at,
    )


def _count(username: str, address: str, most: int, at: datetime) -> None:
    failure, __ = SignInFailure.objects.select_for_update().get_or_create(
        username=username, address=address, defaults={"first_at": at}
    )
    if at - failure.first_at > rules.LOCK:
        failure.tries, failure.first_at, failure.locked_until = 0, at, None
    failure.tries += 1
    if failure.tries >= most:
        failure.locked_until = at + rules.LOCK
    failure.save()


@transaction.atomic
def note_sign_in(*, user: User, address: str, at: datetime) -> None:
    """Keep that the person came in, and forget their wrong tries from this address."""
    SignInFailure.objects.filter(username=user.username, address=address).delete()
    audit.record(
        "accounts.signed_in", actor=_name(user), subject=f"accounts.user:{user.pk}", note=address, at=at
    )


def note_sign_out(*, user: User, at: datetime) -> None:
    """Keep that the person left."""
    audit.record("accounts.signed_out", actor=_name(user), subject=f"accounts.user:{user.pk}", at=at)


def _name(user: User) -> rules.SignedIn:
    return rules.SignedIn(user.pk, user.full_name)
