"""What is asked of people who sign in."""

from collections.abc import Iterable

from motcua.accounts.models import SecondFactor, User


def find_user(username: str) -> User | None:
    """The person with this sign-in name, whatever its capitals."""
    return User.objects.filter(username=normalise_username(username)).first()


def get_user(user_id: int) -> User:
    """The person, who must exist."""
    return User.objects.get(pk=user_id)


def find_with_email(user_ids: Iterable[int]) -> set[int]:
    """Of these people, who works here and has left an address: one statement."""
    known = User.objects.filter(pk__in=list(user_ids), is_active=True).exclude(email="")
    return set(known.values_list("pk", flat=True))


def normalise_username(username: str) -> str:
    """Sign-in names are kept in small letters without surrounding spaces."""
    return User.normalize_username(username.strip()).lower()[:64]


def has_second_factor(user_id: int) -> bool:
    """Whether the person confirmed an authenticator."""
    return SecondFactor.objects.filter(user_id=user_id, confirmed_at__isnull=False).exists()
