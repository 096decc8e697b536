"""Keys of neighbouring systems at their pages: shown once, within the administrator's units, ended at once."""

import re

import pytest

from motcua.audit.models import Entry
from motcua.core.refusal import Refused
from motcua.organisations.actions.tokens import issue_token
from motcua.organisations.models import ApiToken, Assignment
from motcua.organisations.queries.tokens import find_caller
from motcua.organisations.rules import SYSTEM
from motcua.organisations.tests.factories import AT, FIRST_DAY, ON

LIST = "/quan-tri/khoa-he-thong/"
TYPED = {
    "name": "Phần mềm hộ tịch", "scopes": ["dossiers:read"], "first_day": "01/03/2026", "calls_per_minute": "60",
}  # fmt: skip


def posting_of(province, who):
    return Assignment.objects.get(user=province.users[who]).pk


def issue_page(province, who="commune_intake"):
    return f"{LIST}cap/{posting_of(province, who)}/"


def test_a_key_is_shown_once_and_opens(province, client):
    client.force_login(province.users["commune_administrator"])
    page = client.post(issue_page(province), TYPED)
    text = re.search(r"mc_[0-9a-z]{40}", page.content.decode()).group()
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    caller = find_caller(text, ON)
    assert (caller.actor.person_name, caller.scopes) == ("Người a.intake", frozenset({"dossiers:read"}))
    listed = client.get(LIST).content.decode()
    assert "Phần mềm hộ tịch" in listed and text not in listed and "chưa dùng" in listed
    assert ApiToken.objects.get().calls_per_minute == 60
    assert Entry.objects.filter(what="organisations.token_issued", person_name="Người a.admin").exists()


def test_a_key_taken_back_no_longer_opens(province, client):
    text = issue_token(
        actor=SYSTEM, assignment_id=posting_of(province, "commune_intake"), name="Cổng", scopes=["dossiers:read"],
        valid_from=FIRST_DAY, at=AT,
    )  # fmt: skip
    address = f"{LIST}{ApiToken.objects.get().pk}/thu-hoi/"
    for who in ("commune_intake", "other_administrator", "control"):
        client.force_login(province.users[who])
        assert client.post(address).status_code == 403
    assert find_caller(text, ON) is not None
    client.force_login(province.users["commune_administrator"])
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert ApiToken.objects.get().valid_to is not None


@pytest.mark.parametrize("who", ["commune_intake", "control", "commune_head"])
def test_only_administrators_see_keys(province, client, who):
    client.force_login(province.users[who])
    for address in (LIST, f"{LIST}cap/", issue_page(province)):
        assert client.get(address).status_code == 403


def test_a_stranger_is_led_to_the_door(province, client):
    assert client.get(LIST)["Location"].startswith("/dang-nhap/")


def test_an_administrator_issues_and_sees_only_for_the_own_units(province, client):
    issue_token(
        actor=SYSTEM, assignment_id=posting_of(province, "other_intake"), name="Của phường Bình",
        scopes=["dossiers:read"], valid_from=FIRST_DAY, at=AT,
    )  # fmt: skip
    client.force_login(province.users["commune_administrator"])
    assert client.post(issue_page(province, "other_intake"), TYPED).status_code == 403
    assert "Của phường Bình" not in client.get(LIST).content.decode()
    found = client.get(f"{LIST}cap/?q=intake").content.decode()
    assert "Người a.intake" in found and "Người b.intake" not in found
    client.force_login(province.users["administrator"])
    assert "Của phường Bình" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("scopes", []),
        ("last_day", "01/02/2026"),
        ("calls_per_minute", "0"),
        ("scopes", ["all"]),
    ],
)
def test_what_was_typed_is_kept_when_it_is_refused(province, client, field, value):
    client.force_login(province.users["commune_administrator"])
    page = client.post(issue_page(province), TYPED | {field: value})
    assert page.status_code == 422 and "01/03/2026" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_a_posting_that_ended_gets_no_key(province, client):
    Assignment.objects.filter(user=province.users["commune_intake"]).update(valid_to="2025-08-01")
    client.force_login(province.users["commune_administrator"])
    assert client.get(issue_page(province)).status_code == 404


def test_a_scope_nobody_knows_is_refused(province):
    with pytest.raises(Refused) as no:
        issue_token(
            actor=SYSTEM, assignment_id=posting_of(province, "commune_intake"), name="x", scopes=["all"],
            valid_from=FIRST_DAY, at=AT,
        )  # fmt: skip
    assert no.value.field == "scopes"
