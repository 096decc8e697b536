"""A change of a calendar is tried first: the page says which dossiers move, and nothing is kept."""

from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.desk.views import calendars
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.factories import BUILD, World, make_dossier
from motcua.notifications.models import Message
from motcua.organisations.models import Assignment
from motcua.worktime import queries as worktime
from motcua.worktime.models import CalendarChange, CalendarDay, CalendarStamp

ADDRESS = "/van-hanh/thu-lich/them-ngay/"
DAY = {"calendar_code": "", "kind": "local_off", "name": "Nghỉ bão", "hours": "", "basis": "Công điện 5"}


def sign_in(client: Client, username: str) -> None:
    client.force_login(User.objects.get(username=username))


def on_the_way(dossier: Dossier) -> str:
    """A working day before the promise, as it is typed."""
    assert dossier.due_at is not None
    day = dossier.due_at.date()
    while day.weekday() > 4 or CalendarDay.objects.filter(on=day).exists():
        day -= timedelta(days=1)
    return f"{day:%d/%m/%Y}"


def test_the_trial_names_the_dossiers_and_keeps_nothing(world: World, client: Client) -> None:
    dossier = make_dossier(world, code=BUILD)
    days = CalendarDay.objects.count()
    stamp = CalendarStamp.objects.get().stamp
    sign_in(client, "p.admin")
    page = client.post(ADDRESS, DAY | {"on": on_the_way(dossier)})
    text = page.content.decode()
    assert page.status_code == 200 and dossier.code in text
    assert "1 hồ sơ đang giải quyết sẽ đổi ngày hẹn: 1 lùi lại, 0 sớm lên" in text
    assert "Đã thêm ngày" not in text and "Đã thêm ngày" not in client.get("/tai-khoan/").content.decode()
    assert CalendarDay.objects.count() == days and not CalendarChange.objects.exists()
    assert CalendarStamp.objects.get().stamp == stamp
    assert Dossier.objects.get().due_at == dossier.due_at and not Message.objects.filter(
        template="dossiers/due_moved"
    )


def test_the_page_says_how_many_were_not_tried(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, _other = make_dossier(world, code=BUILD), make_dossier(world, code=BUILD)
    monkeypatch.setattr(calendars, "MOST_TRIED", 1)
    sign_in(client, "p.admin")
    text = client.post(ADDRESS, DAY | {"on": on_the_way(dossier)}).content.decode()
    assert "còn 1 hồ sơ đang giải quyết chưa thử" in text


def test_what_was_tried_can_be_made_from_the_page(world: World, client: Client) -> None:
    dossier = make_dossier(world, code=BUILD)
    sign_in(client, "p.admin")
    typed = DAY | {"on": on_the_way(dossier)}
    text = client.post(ADDRESS, typed).content.decode()
    assert 'action="/quan-tri/lich-lam-viec/them-ngay/"' in text
    assert all(f'name="{name}" value="{value}"' in text for name, value in typed.items())
    assert client.post("/quan-tri/lich-lam-viec/them-ngay/", typed).status_code == 302
    assert [change.first_on for change in worktime.find_unfollowed()] == [
        date.fromisoformat("-".join(reversed(typed["on"].split("/"))))
    ]


def test_back_to_the_form_with_everything_typed(world: World, client: Client) -> None:
    sign_in(client, "p.admin")
    page = client.post(
        "/quan-tri/lich-lam-viec/them-ngay/", DAY | {"on": "12/03/2026", "again": "1", "basis": "Công điện 9"}
    )
    assert "Công điện 9" in page.content.decode() and not CalendarChange.objects.exists()


def test_a_form_that_is_refused_is_shown_by_its_own_page(world: World, client: Client) -> None:
    sign_in(client, "p.admin")
    page = client.post(ADDRESS, DAY | {"on": "31/02/2026"})
    assert page.status_code == 422 and "Nghỉ bão" in page.content.decode()


def test_hours_are_tried_too(world: World, client: Client) -> None:
    make_dossier(world, code=BUILD)
    sign_in(client, "p.admin")
    typed = {"weekdays": ["0"], "hours": "", "valid_from": "01/01/2026", "basis": "Thử"}
    page = client.post("/van-hanh/thu-lich/lich/default/gio-lam-viec/", typed)
    assert page.status_code == 200 and "1 hồ sơ" in page.content.decode()


def test_the_form_leads_to_the_trial(world: World, client: Client) -> None:
    sign_in(client, "p.admin")
    assert f'formaction="{ADDRESS}"' in client.get("/quan-tri/lich-lam-viec/them-ngay/").content.decode()


def test_strangers_officers_and_other_administrators_do_not_try(world: World, client: Client) -> None:
    typed = DAY | {"on": "12/03/2026"}
    assert client.post(ADDRESS, typed).status_code == 302
    sign_in(client, "a.leader")
    assert client.post(ADDRESS, typed).status_code == 403
    user = User.objects.create(username="a.admin", full_name="Quản trị xã An")
    Assignment.objects.create(
        user=user,
        unit_id=world.units["A"],
        post="administrator",
        decision_number="1",
        valid_from=date(2018, 1, 1),
    )
    sign_in(client, "a.admin")
    assert client.post(ADDRESS, typed).status_code == 403
    assert client.post("/quan-tri/lich-lam-viec/them-ngay/", typed).status_code == 403
    page = client.get("/quan-tri/lich-lam-viec/")
    assert page.status_code == 200 and "them-ngay" not in page.content.decode()


def test_an_address_that_is_none_is_404(world: World, client: Client) -> None:
    sign_in(client, "p.admin")
    assert client.post("/van-hanh/thu-lich/khong-co/", {}).status_code == 404
