"""What is done to people who sign in, and by them at the door."""

from motcua.accounts.actions.people import (
    change_password,
    leave_elsewhere,
    note_postings_changed,
    register,
    require_strong,
    reset_password,
)
from motcua.accounts.actions.second_factor import (
    ENCRYPTED,
    check_code,
    confirm_second_factor,
    forget_second_factor,
    prepare_second_factor,
    remove_second_factor,
)
from motcua.accounts.actions.signing_in import (
    check_password,
    note_failure,
    note_sign_in,
    note_sign_out,
    require_not_locked,
)

__all__ = [
    "ENCRYPTED",
    "change_password",
    "check_code",
    "check_password",
    "confirm_second_factor",
    "forget_second_factor",
    "leave_elsewhere",
    "note_failure",
    "note_postings_changed",
    "note_sign_in",
    "note_sign_out",
    "prepare_second_factor",
    "register",
    "remove_second_factor",
    "require_not_locked",
    "require_strong",
    "reset_password",
]
