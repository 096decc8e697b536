"""The only door: who may look at and change how time is counted."""

from django.utils.translation import gettext as _

from motcua.core import administering
from motcua.core.administering import Administrator, AdministratorRequest, is_keeper

__all__ = ["Administrator", "AdministratorRequest", "is_keeper", "require_administrator", "require_keeper"]


def require_administrator(actor: Administrator | None) -> Administrator:
    """Whoever is in the post of administrator. :raises Refused: anyone else."""
    sentence = _("Chỉ quản trị hệ thống được xem và sửa lịch làm việc.")
    return administering.require_administrator(actor, sentence)


def require_keeper(actor: Administrator | None) -> Administrator:
    """The administrator of the province. :raises Refused: anyone else, another agency's administrator too."""
    sentence = _("Lịch làm việc dùng chung cho nhiều đơn vị: chỉ quản trị của tỉnh được sửa.")
    return administering.require_keeper(require_administrator(actor), sentence)
