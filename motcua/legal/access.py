"""The only door: who may look at and change a legal number."""

from django.utils.translation import gettext as _

from motcua.core import administering
from motcua.core.administering import Administrator, AdministratorRequest, is_keeper

__all__ = ["Administrator", "AdministratorRequest", "is_keeper", "require_administrator", "require_keeper"]


def require_administrator(actor: Administrator | None) -> Administrator:
    """Whoever is in the post of administrator. :raises Refused: anyone else."""
    return administering.require_administrator(actor, _("Chỉ quản trị hệ thống được xem và sửa tham số."))


def require_keeper(actor: Administrator | None) -> Administrator:
    """The administrator of the province. :raises Refused: anyone else, another agency's administrator too."""
    sentence = _("Tham số dùng chung toàn tỉnh: chỉ quản trị của tỉnh được sửa.")
    return administering.require_keeper(require_administrator(actor), sentence)
