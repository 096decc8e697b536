from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password

from motcua import settings as product
from motcua.accounts import actions, rules
from motcua.accounts.models import RecoveryCode, SecondFactor, SignInFailure, User
from motcua.audit.models import Entry

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
PASSWORD = "mat-khau-du-dai-2026"
DOOR = "/dang-nhap/"


@pytest.fixture
def person(db):
    return actions.register(username="Can.Bo", full_name="Cán bộ (mẫu)", password=PASSWORD)


def sign_in(client, password=PASSWORD, username="can.bo", **more):
    return client.post(DOOR, {"username": username, "password": password, **more})


def is_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_opens_and_leaves_evidence(person, client):
    page = sign_in(client, username=" CAN.BO ", next="/tai-khoan/")
    assert page.status_code == 302 and page["Location"] == "/tai-khoan/"
    assert is_in(client)
    entry = Entry.objects.get(what="accounts.signed_in")
    assert (entry.user_id, entry.person_name) == (person.pk, "Cán bộ (mẫu)")


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(person, client, wanted):
    assert sign_in(client, next=wanted)["Location"] == "/"


@pytest.mark.parametrize(("username", "password"), [("can.bo", "sai"), ("khong.co", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(person, client, username, password):
    page = sign_in(client, password, username)
    assert page.status_code == 422 and not is_in(client)
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page.content.decode()
    assert Entry.objects.filter(what="accounts.sign_in_failed").count() == 1


def test_five_wrong_tries_lock_for_a_quarter_of_an_hour_and_say_so(person, client):
    with time_machine.travel(NOW, tick=False) as clock:
        for _try in range(rules.MOST_TRIES):
            sign_in(client, "sai")
        page = sign_in(client)
        assert page.status_code == 422 and "thử lại sau 15 phút" in page.content.decode()
        clock.move_to(NOW + timedelta(minutes=10))
        assert "thử lại sau 5 phút" in sign_in(client).content.decode()
        clock.move_to(NOW + timedelta(minutes=15, seconds=1))
        assert sign_in(client).status_code == 302


def test_the_lock_is_for_the_address_where_the_tries_came_from(person, client):
    for _try in range(rules.MOST_TRIES):
        sign_in(client, "sai")
    assert (
        client.post(DOOR, {"username": "can.bo", "password": PASSWORD}, REMOTE_ADDR="10.9.9.9").status_code
        == 302
    )


def test_an_address_that_tries_many_names_is_locked_whole(person, client, settings):
    for number in range(rules.MOST_TRIES_OF_AN_ADDRESS):
        actions.note_failure(username=f"ten{number}", address="127.0.0.1", at=datetime.now(UTC))
    assert sign_in(client).status_code == 422


def test_four_wrong_tries_are_forgotten_when_the_right_one_comes(person, client):
    for _try in range(rules.MOST_TRIES - 1):
        sign_in(client, "sai")
    assert sign_in(client).status_code == 302
    assert not SignInFailure.objects.filter(username="can.bo").exists()


def test_who_is_no_longer_active_does_not_come_in(person, client):
    User.objects.update(is_active=False)
    assert sign_in(client).status_code == 422


def test_a_password_is_kept_as_argon2(settings):
    # The suite itself hashes with something quicker.
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_kept_at_another_strength_is_hashed_anew_when_it_opens(person, client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    User.objects.update(password=make_password(PASSWORD))
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert sign_in(client).status_code == 302
    assert "m=19456," in User.objects.get(pk=person.pk).password


def test_leaving_ends_the_session_and_leaves_evidence(person, client):
    client.force_login(person)
    assert client.get("/dang-xuat/").status_code == 405
    left = client.post("/dang-xuat/")
    assert left["Location"] == DOOR and left["Clear-Site-Data"] == '"cache"'
    assert not is_in(client)
    assert Entry.objects.filter(what="accounts.signed_out", user_id=person.pk).exists()


def test_a_new_password_ends_the_other_sessions(person, client):
    from django.test import Client

    elsewhere = Client()
    elsewhere.force_login(person)
    client.force_login(person)
    typed = {
        "old_password": PASSWORD,
        "password": "mat-khau-khac-9281",
        "password_again": "mat-khau-khac-9281",
    }
    assert client.post("/tai-khoan/mat-khau/", typed).status_code == 302
    assert client.get("/tai-khoan/").status_code == 200
    assert elsewhere.get("/tai-khoan/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"old_password": "sai"}, "Mật khẩu hiện tại không đúng"),
        ({"password_again": "khac-han-ra-day"}, "không giống nhau"),
        ({"password": "123", "password_again": "123"}, "Mật khẩu"),
        ({"password": "password123", "password_again": "password123"}, "Mật khẩu"),
    ],
)
def test_a_poor_new_password_is_refused_in_words(person, client, changes, words):
    client.force_login(person)
    typed = {
        "old_password": PASSWORD,
        "password": "mat-khau-khac-9281",
        "password_again": "mat-khau-khac-9281",
    } | changes
    page = client.post("/tai-khoan/mat-khau/", typed)
    assert page.status_code == 422 and words in page.content.decode()
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("address", ["/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/xac-thuc-hai-lop/"])
def test_own_pages_are_closed_to_strangers(db, client, address):
    assert client.get(address)["Location"].startswith(DOOR)


def _set_factor(person, at=NOW):
    secret = actions.prepare_second_factor(user=person)
    codes = actions.confirm_second_factor(
        user=person, code=rules.get_code(secret, int(at.timestamp()) // 30), at=at
    )
    return secret, codes


def test_a_second_factor_is_set_up_at_the_page(person, client):
    client.force_login(person)
    with time_machine.travel(NOW, tick=False):
        page = client.get("/tai-khoan/xac-thuc-hai-lop/").content.decode()
        secret = actions.prepare_second_factor(user=person)
        assert secret in page and "data:image/svg+xml" in page
        assert client.post("/tai-khoan/xac-thuc-hai-lop/", {"code": "000000"}).status_code == 422
        code = rules.get_code(secret, int(NOW.timestamp()) // 30)
        page = client.post("/tai-khoan/xac-thuc-hai-lop/", {"code": code}).content.decode()
    assert page.count("<li><code>") == rules.RECOVERY_CODES
    assert secret.encode() not in bytes(SecondFactor.objects.get().secret_enc)


def test_with_a_second_factor_the_password_alone_does_not_open(person, client):
    secret, _codes = _set_factor(person)
    later = NOW + timedelta(minutes=2)
    with time_machine.travel(later, tick=False):
        assert sign_in(client)["Location"] == "/dang-nhap/ma-xac-thuc/"
        assert not is_in(client) and client.get("/tai-khoan/").status_code == 302
        assert client.post("/dang-nhap/ma-xac-thuc/", {"code": "111111"}).status_code == 422
        code = rules.get_code(secret, int(later.timestamp()) // 30)
        assert client.post("/dang-nhap/ma-xac-thuc/", {"code": code}).status_code == 302
        assert is_in(client)


def test_guessing_codes_locks_as_guessing_passwords_does(person, client):
    secret, _codes = _set_factor(person)
    later = NOW + timedelta(minutes=2)
    with time_machine.travel(later, tick=False):
        sign_in(client)
        for _try in range(rules.MOST_TRIES):
            client.post("/dang-nhap/ma-xac-thuc/", {"code": "111111"})
        code = rules.get_code(secret, int(later.timestamp()) // 30)
        page = client.post("/dang-nhap/ma-xac-thuc/", {"code": code})
    assert page.status_code == 422 and "thử lại sau" in page.content.decode() and not is_in(client)


def test_a_recovery_code_opens_once(person, client):
    _secret, codes = _set_factor(person)
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        sign_in(client)
        assert client.post("/dang-nhap/ma-xac-thuc/", {"code": codes[0].upper()}).status_code == 302
        client.logout()
        sign_in(client)
        assert client.post("/dang-nhap/ma-xac-thuc/", {"code": codes[0]}).status_code == 422
    assert RecoveryCode.objects.filter(used_at=None).count() == rules.RECOVERY_CODES - 1


def test_the_second_step_waits_five_minutes(person, client):
    _set_factor(person)
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client)
        clock.move_to(NOW + timedelta(minutes=6))
        assert client.get("/dang-nhap/ma-xac-thuc/")["Location"] == DOOR


def test_it_is_turned_off_only_with_a_code(person, client):
    _secret, codes = _set_factor(person)
    client.force_login(person)
    assert client.post("/tai-khoan/xac-thuc-hai-lop/", {"code": "000000"}).status_code == 422
    assert client.post("/tai-khoan/xac-thuc-hai-lop/", {"code": codes[1]}).status_code == 302
    assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()
