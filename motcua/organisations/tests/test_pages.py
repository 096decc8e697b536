import pytest
from django.urls import reverse

from motcua.accounts.models import SecondFactor
from motcua.audit.models import Entry
from motcua.organisations.models import Assignment, Unit
from motcua.organisations.tests.factories import AT, make_officer

READ = (
    ("units", ()), ("unit", ("A",)), ("assignments", ()), ("officer", ("a.case",)),
)  # fmt: skip
CHANGE = (
    ("new_unit", ()), ("import_units", ()), ("export_units", ()), ("change_unit", ("A",)), ("correct_unit", ("A",)),
    ("close_unit", ("A",)), ("appoint", ()), ("new_officer", ()), ("import_assignments", ()), ("export_assignments", ()),
)  # fmt: skip


def _address(name, arguments):
    return reverse("desk:appoint" if name == "appoint" else f"organisations:{name}", args=arguments)


@pytest.mark.parametrize(("name", "arguments"), READ + CHANGE)
def test_a_stranger_is_led_to_the_door(province, client, name, arguments):
    page = client.get(_address(name, arguments))
    assert page.status_code == 302 and page["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize(("name", "arguments"), READ + CHANGE)
def test_another_post_is_refused(province, client, name, arguments):
    client.force_login(province.users["commune_intake"])
    assert client.get(_address(name, arguments)).status_code == 403


@pytest.mark.parametrize(("name", "arguments"), READ)
@pytest.mark.parametrize("who", ["control", "head", "administrator", "commune_head"])
def test_those_who_oversee_read(province, client, who, name, arguments):
    client.force_login(province.users[who])
    assert client.get(_address(name, arguments)).status_code == 200


@pytest.mark.parametrize(("name", "arguments"), CHANGE)
def test_those_who_oversee_do_not_change(province, client, name, arguments):
    client.force_login(province.users["control"])
    assert client.get(_address(name, arguments)).status_code == 403


@pytest.mark.parametrize(("name", "arguments"), CHANGE)
def test_the_administrator_changes(province, client, name, arguments):
    client.force_login(province.users["commune_administrator"])
    assert client.get(_address(name, arguments)).status_code == 200


@pytest.mark.parametrize("name", ["change_unit", "correct_unit", "close_unit"])
def test_the_administrator_of_another_agency_does_not(province, client, name):
    client.force_login(province.users["other_administrator"])
    assert client.get(_address(name, ("A",))).status_code == 403


def test_ending_a_posting_by_wrong_and_right_hands(province, client):
    posting = Assignment.objects.get(user=province.users["commune_case"])
    address = _address("end_assignment", (posting.pk,))
    assert client.get(address).status_code == 302
    for who in ("commune_case", "other_administrator", "control"):
        client.force_login(province.users[who])
        assert client.post(address, {"last_day": "10/03/2026", "decision_number": "1"}).status_code == 403
    client.force_login(province.users["commune_administrator"])
    assert client.post(address, {"last_day": "10/03/2026", "decision_number": "1"}).status_code == 302
    posting.refresh_from_db()
    assert f"{posting.valid_to:%d/%m/%Y}" == "11/03/2026"


def test_renewing_a_password_by_wrong_and_right_hands(province, client):
    address = _address("renew_password", (province.users["commune_case"].pk,))
    assert client.post(address).status_code == 302
    for who in ("commune_case", "other_administrator", "control"):
        client.force_login(province.users[who])
        assert client.post(address).status_code == 403
    client.force_login(province.users["commune_administrator"])
    page = client.post(address)
    assert page.status_code == 200 and "<code>" in page.content.decode()


def test_who_may_not_renew_a_password_is_not_offered_it(province, client):
    address = _address("renew_password", (province.users["commune_case"].pk,))
    page = _address("officer", (province.users["commune_case"].username,))
    for who, is_offered in (
        ("commune_administrator", True),
        ("other_administrator", False),
        ("control", False),
    ):
        client.force_login(province.users[who])
        answer = client.get(page)
        assert (address in answer.content.decode()) is is_offered, who
        assert answer["Cache-Control"] == "private, no-cache"


def test_a_lost_authenticator_is_removed_by_the_right_hands(province, client):
    person = province.users["commune_case"]
    SecondFactor.objects.create(user=person, secret_enc=b"x", confirmed_at=AT)
    address = _address("remove_second_factor", (person.pk,))
    for who in ("commune_case", "other_administrator", "control"):
        client.force_login(province.users[who])
        assert client.post(address).status_code == 403
    client.force_login(province.users["commune_administrator"])
    assert "Gỡ xác thực hai lớp" in client.get(_address("officer", ("a.case",))).content.decode()
    assert client.post(address)["Location"] == _address("officer", ("a.case",))
    assert not SecondFactor.objects.exists()
    assert Entry.objects.filter(what="organisations.second_factor_removed").exists()


def _close(client, code, last_day, **more):
    typed = {"last_day": last_day, "decision_number": "9/QĐ", **more}
    return client.post(_address("close_unit", (code,)), typed)


def test_a_unit_where_people_are_still_posted_is_not_closed(province, client):
    client.force_login(province.users["commune_administrator"])
    page = _close(client, "A.vhxh", "31/12/2026")
    assert page.status_code == 422 and "Còn 2 phân công" in page.content.decode()
    Assignment.objects.filter(unit__code="A.vhxh").update(valid_to="2027-01-01")
    assert _close(client, "A.vhxh", "31/12/2026", successors="A.tt").status_code == 302
    assert "Trung tâm" in client.get(_address("unit", ("A.vhxh",)) + "?ngay=01/02/2027").content.decode()


def test_a_unit_does_not_come_back_by_a_change_already_written(province, client):
    client.force_login(province.users["commune_administrator"])
    Assignment.objects.filter(unit__code="A.vhxh").update(valid_to="2026-01-01")
    change = {"name": "Phòng Văn hóa", "parent_code": "A", "decision_number": "3", "first_day": "01/02/2027"}
    assert client.post(_address("change_unit", ("A.vhxh",)), change).status_code == 302
    page = _close(client, "A.vhxh", "31/12/2026")
    assert page.status_code == 422 and "thay đổi có hiệu lực sau ngày này" in page.content.decode()
    assert _close(client, "A.vhxh", "31/12/2027").status_code == 302


def test_a_unit_is_set_up_at_the_page_and_leaves_evidence(province, client):
    client.force_login(province.users["commune_administrator"])
    typed = {
        "code": "A.kt", "kind": "section", "name": "Phòng Kinh tế <b>", "parent_code": "A", "decision_number": "12/QĐ",
        "first_day": "01/09/2025",
    }  # fmt: skip
    assert client.post(_address("new_unit", ()), typed).status_code == 302
    assert Unit.objects.filter(code="A.kt").exists()
    entry = Entry.objects.get(what="organisations.unit_created", note="12/QĐ")
    assert (entry.person_name, entry.post) == ("Người a.admin", "administrator")
    assert "Kinh tế &lt;b&gt;" in client.get(_address("unit", ("A.kt",))).content.decode()


def test_what_was_typed_is_kept_when_it_is_refused(province, client):
    client.force_login(province.users["commune_administrator"])
    typed = {
        "code": "A",
        "kind": "section",
        "name": "Phòng giữ lại",
        "parent_code": "A",
        "decision_number": "1",
        "first_day": "32/13/2026",
    }
    page = client.post(_address("new_unit", ()), typed)
    assert page.status_code == 422 and "Phòng giữ lại" in page.content.decode()


def test_a_person_is_appointed_at_the_page(province, client):
    client.force_login(province.users["commune_administrator"])
    typed = {
        "username": "A.Case", "unit_code": "A.tt", "post": "intake_officer", "decision_number": "2/QĐ", "first_day": "01/03/2026",
    }  # fmt: skip
    page = client.post(_address("appoint", ()), typed)
    assert page.status_code == 302, page.content.decode()[:3000]
    assert Assignment.objects.filter(user__username="a.case").count() == 2


def test_a_field_nobody_offers_is_refused_at_its_box(province, client):
    client.force_login(province.users["commune_administrator"])
    typed = {
        "username": "a.case", "unit_code": "A.tt", "post": "intake_officer", "decision_number": "2/QĐ",
        "first_day": "01/03/2026", "field_codes": ["KHONG-CO"],
    }  # fmt: skip
    page = client.post(_address("appoint", ()), typed)
    assert page.status_code == 422 and "id_field_codes_error" in page.content.decode()
    assert Assignment.objects.filter(user__username="a.case").count() == 1


def test_an_unknown_unit_is_404(province, client):
    client.force_login(province.users["control"])
    assert client.get("/quan-tri/don-vi/khong-co/").status_code == 404


def test_a_person_with_two_posts_is_led_to_choose_and_the_choice_holds(province, client):
    user = make_officer("a.head", "P.VP", "control_officer")
    client.force_login(user)
    page = client.get("/quan-tri/don-vi/?q=an")
    assert page.status_code == 302 and page["Location"].startswith("/chon-chuc-danh/?next=/quan-tri/don-vi/")
    wanted = Assignment.objects.get(user=user, post="control_officer").pk
    page = client.post("/chon-chuc-danh/", {"assignment": wanted, "next": "/quan-tri/don-vi/"})
    assert page["Location"] == "/quan-tri/don-vi/"
    assert client.get("/quan-tri/don-vi/").status_code == 200
    assert Entry.objects.filter(what="organisations.post_chosen", post="control_officer").exists()


def test_the_post_of_somebody_else_cannot_be_taken(province, client):
    client.force_login(province.users["commune_intake"])
    theirs = Assignment.objects.get(user=province.users["administrator"]).pk
    assert client.post("/chon-chuc-danh/", {"assignment": theirs}).status_code == 404
    assert client.get("/quan-tri/don-vi/moi/").status_code == 403


def test_a_person_without_a_posting_today_is_told_so(province, client):
    from motcua.accounts.models import User

    client.force_login(User.objects.create(username="moi", full_name="Mới"))
    assert client.get("/quan-tri/don-vi/")["Location"].startswith("/chon-chuc-danh/")
    assert "chưa được phân công" in client.get("/chon-chuc-danh/").content.decode()


def test_a_page_once_warm_asks_only_for_the_session_and_the_person(
    province, client, django_assert_max_num_queries
):
    client.force_login(province.users["commune_head"])
    client.get("/quan-tri/don-vi/")
    with django_assert_max_num_queries(5):
        client.get("/quan-tri/don-vi/")


def test_a_name_no_paper_can_print_is_refused_at_its_field(province, client):
    """The names of a unit and its people stand on every receipt."""
    client.force_login(province.users["commune_administrator"])
    sent = {"name": "xã An 😀", "decision_number": "1/QĐ", "first_day": "01/01/2026"}
    page = client.post(reverse("organisations:change_unit", args=["A"]), sent)
    assert page.status_code == 422 and "không in được" in page.content.decode()
