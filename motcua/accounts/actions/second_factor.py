"""The authenticator of a person: set up, confirmed, asked for, taken away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.accounts import rules
from motcua.accounts.models import RecoveryCode, SecondFactor, User
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.rekeying import EncryptedColumn
from motcua.core.secret import blind_indexes, decrypt, encrypt

_PURPOSE = "accounts.recovery_code"
ENCRYPTED = (EncryptedColumn("accounts_secondfactor", "secret_enc"),)


@transaction.atomic
def prepare_second_factor(*, user: User) -> str:
    """The secret waiting to be confirmed, the same until it is."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor and factor.confirmed_at:
        raise Refused("already_set", _("Xác thực hai lớp đã bật."))
    if factor is None:
        factor = SecondFactor.objects.create(user=user, secret_enc=encrypt(rules.new_secret()))
    return decrypt(factor.secret_enc)


@transaction.atomic
def confirm_second_factor(*, user: User, code: str, at: datetime) -> list[str]:
    """Turn it on when the first code is right; the recovery codes are shown this once.

    :raises Refused: the code is wrong.
    """
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if factor is None or not _use_step(factor, code, at):
        raise Refused(
            "wrong_code", _("Mã xác thực không đúng. Hãy kiểm tra giờ trên điện thoại."), field="code"
        )
    factor.confirmed_at = at
    factor.save(update_fields=["confirmed_at"])
    codes = rules.new_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, mark=_mark(user, code)) for code in codes)
    _tell("accounts.second_factor_set", user, at)
    return codes


@transaction.atomic
def check_code(*, user: User, code: str, at: datetime) -> None:
    """Accept the digits of the authenticator or one unused recovery code.

    :raises Refused: neither.
    """
    code = code.strip().replace(" ", "").lower()
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor and _use_step(factor, code, at):
        return
    used = RecoveryCode.objects.filter(user=user, mark__in=_marks(user, code), used_at=None).update(
        used_at=at
    )
    if not used:
        raise Refused("wrong_code", _("Mã xác thực không đúng."), field="code")
    _tell("accounts.recovery_code_used", user, at)


@transaction.atomic
def remove_second_factor(*, user: User, code: str, at: datetime) -> None:
    """Turn it off, with a last code as proof.

    :raises Refused: the code is wrong.
    """
    check_code(user=user, code=code, at=at)
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    _tell("accounts.second_factor_removed", user, at)


def forget_second_factor(*, user_id: int) -> None:
    """Take it away from a person who lost telephone and codes; who asked for it is written by the caller."""
    SecondFactor.objects.filter(user_id=user_id).delete()
    RecoveryCode.objects.filter(user_id=user_id).delete()


def _use_step(factor: SecondFactor, code: str, at: datetime) -> bool:
    step = rules.find_step(decrypt(factor.secret_enc), code.strip(), at.timestamp(), factor.last_step)
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _mark(user: User, code: str) -> bytes:
    return _marks(user, code)[0]


def _marks(user: User, code: str) -> list[bytes]:
    """Under every key at hand: codes are kept by their mark alone and cannot be marked anew."""
    return blind_indexes(f"{user.pk}:{code.replace('-', '')}", _PURPOSE)


def _tell(what: str, user: User, at: datetime) -> None:
    audit.record(
        what, actor=rules.SignedIn(user.pk, user.full_name), subject=f"accounts.user:{user.pk}", at=at
    )
