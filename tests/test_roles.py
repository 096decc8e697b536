"""Whoever the operator lets the application sign in as is given the rights, under whatever name."""

import pytest

from motcua.commands.prepare import find_role

OWNER = "postgresql://chu:x@db/motcua"


@pytest.mark.parametrize(
    ("app", "owner", "role"),
    [
        ("postgresql://motcua_app:y@db/motcua", OWNER, "motcua_app"),
        ("postgresql://mot%20cua:y@db/motcua", OWNER, "mot cua"),
        ("postgresql://db/motcua", OWNER, "motcua_app"),
        (OWNER, OWNER, ""),
    ],
)
def test_the_role_of_the_application_is_read_from_its_address(app: str, owner: str, role: str) -> None:
    assert find_role({"DATABASE_URL": app, "MOTCUA_OWNER_URL": owner}) == role
