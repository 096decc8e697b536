"""The pages of absences: whose they are, and that what is typed is kept."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from motcua.core.tests.sheets import read_list
from motcua.organisations.models import Absence, SigningRight
from motcua.organisations.tests.factories import AT


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(AT, tick=False):
        yield


def _posting(province, name):
    return getattr(province, name).assignment_id


@pytest.mark.parametrize(
    "who", ["commune_administrator", "commune_approver", "commune_section", "commune_centre_head"]
)
def test_administrators_and_heads_keep_absences(province, client, who):
    client.force_login(province.users[who])
    assert client.get(reverse("organisations:absences")).status_code == 200


@pytest.mark.parametrize("who", ["commune_case", "commune_clerk", "control"])
def test_others_do_not(province, client, who):
    client.force_login(province.users[who])
    assert client.get(reverse("organisations:absences")).status_code == 403


def test_an_absence_is_recorded_and_ended_on_the_page(province, client):
    client.force_login(province.users["commune_administrator"])
    address = reverse("organisations:record_absence", args=[_posting(province, "commune_approver")])
    shown = client.get(address).content.decode()
    assert "a.section" in shown and "Thừa ủy quyền" in shown
    typed = {"reason": "leave", "decision_number": "12/QĐ", "first_day": "10/03/2026", "last_day": "12/03/2026",
             "substitute": "a.section", "signing_form": "KT."}  # fmt: skip
    assert client.post(address, typed).status_code == 302
    absence = Absence.objects.get()
    assert absence.stand_in is not None and SigningRight.objects.get().form == "KT."
    listed = client.get(reverse("organisations:absences")).content.decode()
    assert "12/QĐ" in listed and "12/03/2026" in listed
    head, line = read_list(client.get(reverse("organisations:absences"), {"dang": "xlsx"}).content)
    assert head[0] == "Người vắng" and "12/QĐ" in line and date(2026, 3, 12) in line
    ending = reverse("organisations:end_absence", args=[absence.pk])
    assert client.post(ending, {"last_day": "10/03/2026"}).status_code == 302
    absence.refresh_from_db()
    assert str(absence.valid_to) == "2026-03-11"


def test_a_wrong_day_comes_back_with_what_was_typed(province, client):
    client.force_login(province.users["commune_section"])
    address = reverse("organisations:record_absence", args=[_posting(province, "commune_case")])
    typed = {
        "reason": "leave",
        "decision_number": "12/QĐ",
        "first_day": "10/03/2026",
        "last_day": "01/03/2026",
        "substitute": "",
    }
    answer = client.post(address, typed)
    assert answer.status_code == 422 and "12/QĐ" in answer.content.decode() and not Absence.objects.exists()


def test_another_agencys_people_are_not_the_heads(province, client):
    client.force_login(province.users["commune_approver"])
    for name in ("other_case", "department_case"):
        address = reverse("organisations:record_absence", args=[_posting(province, name)])
        assert client.get(address).status_code == 403


def test_a_standing_right_to_sign(province, client):
    client.force_login(province.users["commune_administrator"])
    address = reverse("organisations:grant_signing")
    typed = {"principal_id": _posting(province, "commune_head"), "signer_id": _posting(province, "commune_approver"),
             "form": "KT.", "decision_number": "5/QC", "first_day": "10/03/2026", "last_day": ""}  # fmt: skip
    assert client.post(address, typed).status_code == 302
    right = SigningRight.objects.get()
    assert client.post(address, typed).status_code == 422
    assert (
        client.post(
            reverse("organisations:end_signing", args=[right.pk]), {"last_day": "11/03/2026"}
        ).status_code
        == 302
    )
    right.refresh_from_db()
    assert str(right.valid_to) == "2026-03-12"


def test_a_desk_is_shown_before_it_is_handed_over(province, client):
    client.force_login(province.users["commune_section"])
    address = reverse("dossiers:desk", args=[_posting(province, "commune_case")])
    assert client.get(address).status_code == 200
    client.force_login(province.users["other_approver"])
    assert client.get(address).status_code == 403
