"""An organisation's file: tried first, then every line a dossier of its own, or none."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers.actions.batch import Batch, receive_batch
from motcua.dossiers.actions.facts import PersonFacts
from motcua.dossiers.models import Counter, Dossier
from motcua.dossiers.queries.batch import COLUMNS, write_blank
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, NOON, World

GOOD = ("Trần Văn Một", "045090000001", "01/02/1990", "Nam", "Thôn 1", "0912345678", "mot@example.vn", "")
OTHER = ("Lê Thị Hai", "045190000002", "03/04/1991", "Nữ", "Thôn 2", "", "", "ghi chú")


def make_file(*rows: tuple[str, ...]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((tuple(COLUMNS.values()), *rows)):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def _batch(world: World) -> Batch:
    components = world.sheet(BIRTH).cases[0].components
    company = PersonFacts(full_name="Công ty Thử", kind="organisation", id_number="0100000001")
    return Batch(procedure_code=BIRTH, submitter=company, component_ids=tuple(c.id for c in components))


def _take(world: World, *rows: tuple[str, ...], dry_run: bool = False, who: str = "a.intake", key: str = ""):  # type: ignore[no-untyped-def]
    return receive_batch(
        actor=world.actors[who],
        content=make_file(*rows),
        batch=_batch(world),
        dry_run=dry_run,
        key=key,
        at=NOON,
    )


def test_each_line_is_a_dossier_with_its_number_and_the_company_as_submitter(world: World) -> None:
    report = _take(world, GOOD, OTHER)
    assert not report.problems and [line.number for line in report.lines] == [2, 3]
    first, second = Dossier.objects.order_by("pk")
    assert [line.code for line in report.lines] == [first.code, second.code] and first.code != second.code
    assert first.applicant_name == "Trần Văn Một" and second.due_at == report.lines[1].due_at
    assert first.parties.get(role="submitter").full_name == "Công ty Thử"
    assert first.parts.filter(is_present=True).count() == len(_batch(world).component_ids)


def test_a_trial_leaves_nothing_not_even_a_number(world: World) -> None:
    report = _take(world, GOOD, OTHER, dry_run=True)
    assert not report.problems and report.lines[0].due_at is not None and report.lines[0].code == ""
    assert not Dossier.objects.exists() and not Counter.objects.filter(series="dossier").exists()


def test_one_wrong_line_keeps_all_out_and_says_which(world: World) -> None:
    report = _take(
        world,
        GOOD,
        ("", *OTHER[1:]),
        (OTHER[0], "12", *OTHER[2:]),
        (OTHER[0], OTHER[1], "31/02/1990", *OTHER[3:]),
    )
    assert [line.number for line in report.problems] == [3, 4, 5]
    assert not Dossier.objects.exists()


def test_a_line_says_everything_that_is_wrong_with_it_at_once(world: World) -> None:
    (line,) = _take(world, ("", "12", "31/02/1990", "Khác", *GOOD[4:])).problems
    for said in (
        "Chưa có họ tên.",
        "Số giấy tờ không đúng dạng: 12.",
        "31/02/1990",
        "Giới tính ghi Nam hoặc Nữ: Khác.",
    ):
        assert said in line.problem, line.problem


def test_the_same_number_twice_is_said_and_an_open_dossier_is_a_warning(world: World) -> None:
    assert [line.number for line in _take(world, GOOD, GOOD).problems] == [2, 3]
    _take(world, GOOD)
    again = _take(world, GOOD, OTHER)
    assert not again.problems and "cùng thủ tục" in again.lines[0].warning and not again.lines[1].warning


def test_sent_twice_it_is_received_once(world: World) -> None:
    first = _take(world, GOOD, OTHER, key="k")
    assert [line.code for line in _take(world, GOOD, OTHER, key="k").lines] == [
        line.code for line in first.lines
    ]
    assert Dossier.objects.count() == 2


def test_what_all_lines_share_is_wrong_at_its_field_and_not_line_by_line(world: World) -> None:
    with pytest.raises(Refused) as no:
        receive_batch(
            actor=world.actors["p.intake"],
            content=make_file(GOOD, OTHER),
            batch=_batch(world),
            dry_run=True,
            at=NOON,
        )
    assert no.value.field == "competent_agency_id"


def test_only_a_counter_and_only_a_real_file(world: World) -> None:
    with pytest.raises(Refused):
        _take(world, GOOD, who="a.case")
    for content in (b"x", write_blank()):
        with pytest.raises(Refused):
            receive_batch(
                actor=world.actors["a.intake"], content=content, batch=_batch(world), dry_run=True, at=NOON
            )


def test_the_page_tries_and_then_takes(world: World, as_: SignIn, morning: None) -> None:
    desk, address = as_("a.intake"), reverse("dossiers:batch", args=[BIRTH])
    assert desk.get(address).status_code == 200
    assert desk.get(reverse("dossiers:batch_blank", args=[BIRTH])).content[:2] == b"PK"
    typed = {"organisation": "Công ty Thử", "tax_code": "0100000001", "phone": "", "result_delivery": "counter",
             "idempotency_key": "k", "co": [c.id for c in world.sheet(BIRTH).cases[0].components]}  # fmt: skip

    def send(**more: str):  # type: ignore[no-untyped-def]
        return desk.post(
            address, {**typed, **more, "file": SimpleUploadedFile("a.xlsx", make_file(GOOD, OTHER))}
        )

    assert "Thử xong" in send(**{"try": "1"}).content.decode() and not Dossier.objects.exists()
    done = send(take="1").content.decode()
    assert "Đã nhận 2 hồ sơ" in done and Dossier.objects.first().code in done  # type: ignore[union-attr]
    assert desk.post(address, typed).status_code == 422
    assert as_("a.case").get(address).status_code == 403
