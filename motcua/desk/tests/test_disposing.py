"""Dossiers whose time of keeping ended: nothing by itself, by decision either handed to an archive or forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.urls import reverse

from motcua.audit.queries import find_entries
from motcua.catalogue.models import Operation
from motcua.core.refusal import Refused
from motcua.desk.actions.disposing import dispose
from motcua.documents.models import StoredFile
from motcua.documents.storage import path_of
from motcua.dossiers import actions
from motcua.dossiers.actions.disposing import Decision
from motcua.dossiers.models import Dossier, Event, Involvement, Note, Party
from motcua.dossiers.queries.retention import find_ended
from motcua.dossiers.rules.retention import Fate, is_ended, last_day_kept
from motcua.dossiers.tests.conftest import SignIn, as_, world  # noqa: F401
from motcua.dossiers.tests.factories import NOON, World, make_dossier
from motcua.people.models import Identifier, Person

AFTER = NOON.replace(year=NOON.year + 3, month=1, day=4)
TODAY = AFTER.date()
DESTROY = Decision(Fate.DESTROYED, "12/QĐ-UBND", TODAY, "Nguyễn Văn Duyệt")
ARCHIVE = Decision(Fate.ARCHIVED, "13/QĐ-UBND", TODAY, "Nguyễn Văn Duyệt", "Trung tâm Lưu trữ lịch sử tỉnh")


@pytest.fixture
def old(world: World) -> Dossier:  # noqa: F811
    Operation.objects.update(retention_years=2, retention_basis="Bảng thời hạn thử")
    return make_dossier(world, "returned")


@pytest.mark.parametrize(
    ("years", "day", "ended"),
    [(2, "2028-12-31", False), (2, "2029-01-01", True), (0, "2026-12-31", False), (0, "2027-01-01", True)],
)
def test_the_years_are_whole_ones_after_the_year_it_ended(years: int, day: str, ended: bool) -> None:
    finished, on = NOON.date().replace(year=2026), TODAY.fromisoformat(day)
    assert is_ended(finished, years, on) is ended
    assert last_day_kept(finished, years).year == 2026 + years


@pytest.mark.django_db
def test_only_the_own_and_only_after_its_time(world: World, old: Dossier) -> None:  # noqa: F811
    make_dossier(world, "processing")
    clerk, leader = world.actors["a.clerk"], world.actors["a.leader"]
    assert [row.id for row in find_ended(clerk, at=AFTER)] == [old.pk]
    assert find_ended(clerk, at=AFTER - timedelta(days=5)) == []
    for name in ("a.intake", "a.case"):
        with pytest.raises(Refused):
            find_ended(world.actors[name], at=AFTER)
    with pytest.raises(Refused, match="lãnh đạo"):
        dispose(actor=clerk, decision=DESTROY, dossier_ids=[old.pk], at=AFTER)
    with pytest.raises(Refused, match="chưa hết thời hạn"):
        dispose(actor=leader, decision=DESTROY, dossier_ids=[old.pk], at=NOON + timedelta(days=900))
    Operation.objects.update(retention_years=None)
    assert find_ended(clerk, at=AFTER) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_destroyed_names_nobody_and_the_events_stay(world: World, old: Dossier) -> None:  # noqa: F811
    file = StoredFile.objects.get()
    place: Path = path_of(file.sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"%PDF")
    assert Path(settings.FILES_DIR) in place.parents
    name, events = old.applicant_name, Event.objects.count()
    dispose(actor=world.actors["a.leader"], decision=DESTROY, dossier_ids=[old.pk], at=AFTER)
    old.refresh_from_db()
    assert old.is_erased and old.code and old.state == "returned"
    assert not place.exists() and not StoredFile.objects.exists()
    assert not Identifier.objects.exists() and not Person.objects.exclude(full_name="").exists()
    assert not Note.objects.exists() and not Party.objects.exclude(id_enc=None, phone_enc=None).exists()
    assert Event.objects.count() == events
    assert name not in _everything()
    entry = next(e for e in find_entries().rows if e.what == "dossiers.destroyed")
    assert entry.note == "12/QĐ-UBND"
    with pytest.raises(Refused, match="đã hủy"):
        actions.reopen(
            actor=world.actors["a.leader"], dossier_code=old.code, reason="x", basis="1/QĐ", at=AFTER
        )
    with pytest.raises(Refused, match="đã xử lý"):
        dispose(actor=world.actors["a.leader"], decision=ARCHIVE, dossier_ids=[old.pk], at=AFTER)


def _everything() -> str:
    """Every row of every table about dossiers and people, as one text."""
    with connection.cursor() as cursor:
        tables = [
            t
            for t in connection.introspection.table_names()
            if t.startswith(("dossiers_", "people_", "documents_"))
        ]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


@pytest.mark.django_db
def test_a_person_of_another_dossier_is_not_forgotten(world: World, old: Dossier) -> None:  # noqa: F811
    other = make_dossier(world)
    Dossier.objects.filter(pk=other.pk).update(applicant=old.applicant)
    dispose(actor=world.actors["a.leader"], decision=DESTROY, dossier_ids=[old.pk], at=AFTER)
    assert Person.objects.filter(pk=old.applicant_id).exists()


@pytest.mark.django_db
def test_the_page_shows_first_and_acts_only_with_a_decision(world: World, as_: SignIn, old: Dossier) -> None:  # noqa: F811
    with time_machine.travel(AFTER, tick=False):
        clerk, leader = as_("a.clerk"), as_("a.leader")
        page = clerk.get(reverse("desk:ended")).content.decode()
        assert old.code in page and "Hủy dữ liệu cá nhân" not in page.split("<table")[0].split("<form")[-1]
        assert clerk.post(reverse("desk:dispose"), {"fate": "destroyed", "pick": old.pk}).status_code == 403
        chosen = {"fate": "destroyed", "pick": old.pk}
        shown = leader.post(reverse("desk:dispose"), chosen)
        assert shown.status_code == 200 and "Chưa ghi gì" in shown.content.decode()
        typed = chosen | {
            "decision_number": "12/QĐ-UBND",
            "decided_on": f"{TODAY:%d/%m/%Y}",
            "signer": "Ông A",
        }
        assert leader.post(reverse("desk:dispose"), typed).status_code == 422
        assert not Dossier.objects.get(pk=old.pk).is_erased
        assert leader.post(reverse("desk:dispose"), typed | {"is_certain": "on"}).status_code == 302
        assert Dossier.objects.get(pk=old.pk).is_erased
        told = leader.get(reverse("dossiers:detail", args=[old.code]))
        assert "theo quyết định 12/QĐ-UBND" in told.content.decode()
        assert leader.get(reverse("dossiers:print", args=[old.code, "receipt"])).status_code == 409


@pytest.mark.django_db
def test_a_dossier_that_never_came_to_the_clerks_room_is_listed_without_a_way_in(
    world: World,  # noqa: F811
    as_: SignIn,  # noqa: F811
    old: Dossier,
) -> None:
    way = f'href="{reverse("dossiers:detail", args=[old.code])}"'
    with time_machine.travel(AFTER, tick=False):
        clerk, leader = (
            as_(name).get(reverse("desk:ended")).content.decode() for name in ("a.clerk", "a.leader")
        )
        assert way in leader
        Involvement.objects.filter(dossier=old, unit_id=world.actors["a.clerk"].unit_id).exclude(
            unit_id=old.competent_agency_id
        ).delete()
        may_open = as_("a.clerk").get(reverse("dossiers:detail", args=[old.code])).status_code == 200
        page = as_("a.clerk").get(reverse("desk:ended")).content.decode()
        assert old.code in page and (way in page) is may_open
    assert old.code in clerk
