"""The only door: who may change a legal number."""

from typing import Protocol

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused


class Administrator(Protocol):
    """What is asked of, and kept about, whoever changes a number."""

    @property
    def person_name(self) -> str: ...
    @property
    def unit_name(self) -> str: ...
    @property
    def unit_kind(self) -> str: ...
    def has(self, post: str, /) -> bool: ...


def require_administrator(actor: Administrator | None) -> Administrator:
    """Whoever is in the post of administrator; anyone else is refused."""
    if actor is None or not actor.has("administrator"):
        raise Refused("forbidden", _("Chỉ quản trị hệ thống được xem và sửa tham số."))
    return actor


def is_keeper(actor: Administrator) -> bool:
    """Whether the administrator is the province's: a number holds for every agency, so one hand keeps it."""
    return actor.has("administrator") and actor.unit_kind in ("province", "")


def require_keeper(actor: Administrator | None) -> Administrator:
    """The administrator of the province. :raises Refused: anyone else, another agency's administrator too."""
    actor = require_administrator(actor)
    if not is_keeper(actor):
        raise Refused("forbidden", _("Tham số dùng chung toàn tỉnh: chỉ quản trị của tỉnh được sửa."))
    return actor
