"""Registering people who sign in."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motcua.accounts.models import User
from motcua.accounts.queries import normalise_username
from motcua.accounts.rules import SignedIn
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.secret import new_token
from motcua.core.text import clean_line


@transaction.atomic
def register(
    *, username: str, full_name: str, password: str | None, email: str = "", phone: str = ""
) -> User:
    """Give a person a sign-in name; without a password nobody can sign in with it yet.

    :raises Refused: the name is taken or empty, or the password too weak.
    """
    username, full_name = normalise_username(username), clean_line(full_name)[:120]
    if not username or not full_name:
        raise Refused("invalid", _("Cần tên đăng nhập và họ tên."), field="username")
    user = User(username=username, full_name=full_name, email=email, phone=phone)
    if password is not None:
        require_strong(password=password, user=user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as fault:
        raise Refused("taken", _("Tên đăng nhập này đã có người dùng."), field="username") from fault
    return user


def require_strong(*, password: str, user: User) -> None:
    """Refuse a password that is easily guessed."""
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Refused("weak_password", " ".join(fault.messages), field="password") from fault


@transaction.atomic
def change_password(*, user: User, old: str, new: str, at: datetime) -> None:
    """The person gives themselves a new password; their other sessions end.

    :raises Refused: the old one is wrong, or the new one too weak.
    """
    if not user.check_password(old):
        raise Refused("wrong_password", _("Mật khẩu hiện tại không đúng."), field="old_password")
    require_strong(password=new, user=user)
    user.set_password(new)
    user.save(update_fields=["password"])
    who = SignedIn(user.pk, user.full_name)
    audit.record("accounts.password_changed", actor=who, subject=f"accounts.user:{user.pk}", at=at)


@transaction.atomic
def reset_password(*, user_id: int) -> str:
    """Give the person a password made here, to be told once and changed by them; their sessions end."""
    user = User.objects.select_for_update().get(pk=user_id)
    password = new_token()
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


@transaction.atomic
def leave_elsewhere(*, user: User, at: datetime) -> None:
    """End every session of the person; the page that asked gives its own a new mark."""
    user.sessions_version += 1
    user.save(update_fields=["sessions_version"])
    who = SignedIn(user.pk, user.full_name)
    audit.record("accounts.left_elsewhere", actor=who, subject=f"accounts.user:{user.pk}", at=at)


def note_postings_changed(*, user_ids: Iterable[int]) -> None:
    """Let every process know that these people's postings changed, with their next request."""
    User.objects.filter(pk__in=list(user_ids)).update(postings_version=F("postings_version") + 1)
