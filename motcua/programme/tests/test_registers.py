"""Registers: each with its own columns and steps, one way of keeping; lists of people are published, and seen by all."""

import io
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from motcua.core.refusal import Refused
from motcua.organisations.tests.factories import AT, ON
from motcua.programme import jobs
from motcua.programme.actions import importing, keeping, products, registers
from motcua.programme.forms import ColumnsForm, read_initial
from motcua.programme.models import PublishedList, RegisterEntry, TaskReport
from motcua.programme.printing import write_word
from motcua.programme.queries import registers as queries
from motcua.programme.rules.products import Product
from motcua.programme.rules.registers import REGISTERS, Kind, compare_lists

OFFICER = {"name": "Nguyễn Văn Mẫu", "position": "Công chức", "phone": "0901234567", "email": "a@b.example"}
STAFF = {
    "name": "Trần Thị Mẫu",
    "position": "Giám đốc",
    "headship": "head",
    "field": "Hộ tịch",
    "phone": "0233123456",
}
IDEA = {"title": "Trả kết quả tại nhà", "author": "Tổ Một cửa", "summary": "Bưu chính công ích"}


def add(
    province: SimpleNamespace, code: str, values: dict[str, Any], actor: str = "commune_head"
) -> RegisterEntry:
    return registers.add_entry(actor=getattr(province, actor), code=code, values=values, at=AT)


def publish(province: SimpleNamespace, code: str, number: str = "12/QĐ-UBND", on: date = ON) -> PublishedList:
    return registers.publish_list(
        actor=province.commune_clerk, code=code, decision_number=number, published_on=on, at=AT
    )


def move(
    province: SimpleNamespace, entry: RegisterEntry, state: str, actor: str = "commune_head"
) -> RegisterEntry:
    return registers.move_entry(
        actor=getattr(province, actor), entry_id=entry.pk, state=state, revision=entry.revision, at=AT
    )


def fill(code: str) -> dict[str, Any]:
    """Something for every column of a register, as it is typed."""
    typed = {
        Kind.DAY: "10/03/2026",
        Kind.NUMBER: "5",
        Kind.MONEY: "1500000",
        Kind.LINK: "/ho-so/",
        Kind.PHONE: "0901234567",
    }
    return {
        column.name: column.choices[0][0] if column.kind is Kind.CHOICE else typed.get(column.kind, "Chữ")
        for column in REGISTERS[code].columns
    }


@pytest.mark.parametrize("code", list(REGISTERS))
def test_a_register_is_sound(code: str) -> None:
    register = REGISTERS[code]
    states = {state.code for state in register.states}
    assert all(set(state.following) <= states for state in register.states)
    reached = {register.states[0].code} if states else set()
    for _round in register.states:
        reached |= {code for state in register.states if state.code in reached for code in state.following}
    assert reached == states, "every step is reached from the first"
    assert register.columns[0].is_required and (not register.sums[0]) == (register.sums[1] == "")
    assert not register.issued or {column.name for column in register.columns} >= {"name", "position"}


@pytest.mark.django_db
def test_a_cost_is_settled_only_with_its_sum_and_keeps_it(province: SimpleNamespace, sign_in: Any) -> None:
    cost = {
        "item": "In tờ gấp",
        "source": "budget",
        "basis": "Kế hoạch",
        "estimate": "5000000",
        "settled": "",
    }
    entry = move(province, add(province, "kinh-phi", cost), "approved")
    client, moving = sign_in("commune_head"), {"state": "settled", "revision": str(entry.revision)}
    said = client.post(f"/ke-hoach/muc/{entry.pk}/chuyen/", moving, follow=True).content.decode()
    entry.refresh_from_db()
    assert entry.state == "approved" and "không được để trống cột này" in said
    client.post(f"/ke-hoach/muc/{entry.pk}/", cost | {"settled": "4800000", "revision": str(entry.revision)})
    entry.refresh_from_db()
    client.post(f"/ke-hoach/muc/{entry.pk}/chuyen/", moving | {"revision": str(entry.revision)})
    entry.refresh_from_db()
    assert entry.state == "settled"
    emptied = client.post(f"/ke-hoach/muc/{entry.pk}/", cost | {"revision": str(entry.revision)})
    entry.refresh_from_db()
    assert entry.values["settled"] == "4800000" and emptied.status_code == 422
    assert "không được để trống cột này" in emptied.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", list(REGISTERS))
def test_an_entry_of_every_register_is_typed_shown_and_leaves_as_excel(sign_in: Any, code: str) -> None:
    client = sign_in("commune_clerk")
    assert client.post(f"/ke-hoach/so/{code}/", {}).status_code == 422
    assert client.post(f"/ke-hoach/so/{code}/", fill(code)).status_code == 302
    entry = RegisterEntry.objects.get()
    register = REGISTERS[code]
    page = client.get(f"/ke-hoach/muc/{entry.pk}/").content.decode()
    assert register.title in page
    form = ColumnsForm(fill(code), columns=register.columns)
    assert form.is_valid() and form.get_values(register.columns) == entry.values
    shown = ColumnsForm(columns=register.columns, initial=read_initial(entry.values, register.columns))
    assert shown.as_p()
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/ke-hoach/so/{code}/tep.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][2 : 2 + len(register.columns)] == [column.words for column in register.columns]
    assert rows[1][2] == queries.say(register.columns[0], entry.values[register.columns[0].name])
    assert client.get(f"/ke-hoach/so/{code}/").status_code == 200 == client.get("/ke-hoach/so/").status_code


@pytest.mark.django_db
def test_an_initiative_goes_from_proposal_to_replication(province: SimpleNamespace) -> None:
    entry = move(province, add(province, "sang-kien", IDEA), "scoring", "commune_clerk")
    for judge, score in (("Người chấm 1", "8"), ("Người chấm 2", "9")):
        registers.add_line(
            actor=province.commune_head, entry_id=entry.pk, values={"judge": judge, "score": score}, at=AT
        )
    assert queries.sum_lines(REGISTERS["sang-kien"], entry) == 8.5  # type: ignore[comparison-overlap]
    with pytest.raises(Refused) as refused:
        move(province, entry, "approved", "commune_clerk")
    assert refused.value.code == "forbidden"
    entry = move(province, move(province, entry, "approved"), "replicated")
    with pytest.raises(Refused) as refused:
        move(province, entry, "proposed")
    assert refused.value.code == "bad_move"


@pytest.mark.django_db
def test_an_entry_is_its_agencys_and_seen_from_above(province: SimpleNamespace) -> None:
    entry = add(province, "sang-kien", IDEA)
    assert queries.get_entry(province.control, entry.pk) == entry
    with pytest.raises(Refused):
        queries.get_entry(province.other_case, entry.pk)
    with pytest.raises(Refused):
        move(province, entry, "scoring", "other_approver")
    with pytest.raises(Refused):
        add(province, "sang-kien", IDEA, "commune_case")
    with pytest.raises(Refused):
        add(province, "sang-kien", IDEA | {"title": ""})
    with pytest.raises(Refused):
        add(province, "sang-kien", IDEA | {"luck": "x"})
    with pytest.raises(Refused):
        add(province, "khong-co", IDEA)


@pytest.mark.django_db
def test_a_changed_entry_is_not_overwritten_unseen_and_a_withdrawn_one_stays_kept(
    province: SimpleNamespace,
) -> None:
    entry = add(province, "sang-kien", IDEA)
    change = {
        "actor": province.commune_head,
        "entry_id": entry.pk,
        "values": IDEA | {"effect": "Tốt"},
        "at": AT,
    }
    registers.change_entry(revision=0, **change)
    with pytest.raises(Refused) as refused:
        registers.change_entry(revision=0, **change)
    assert refused.value.code == "stale"
    registers.withdraw_entry(actor=province.commune_head, entry_id=entry.pk, revision=1, at=AT)
    assert RegisterEntry.objects.get().is_withdrawn
    assert not queries.find_entries(province.commune_head, REGISTERS["sang-kien"]).exists()


@pytest.mark.django_db
def test_a_list_is_published_reviewed_and_its_change_drafts_a_decision(province: SimpleNamespace) -> None:
    register = REGISTERS["can-bo-dau-moi"]
    unit = province.units["A"].id
    entry = add(province, register.code, OFFICER)
    assert queries.review(register, unit, ON).is_due
    publish(province, register.code)
    assert not queries.review(register, unit, ON + timedelta(days=100)).is_due
    assert queries.review(register, unit, ON + timedelta(days=200)).is_due
    registers.withdraw_entry(actor=province.commune_head, entry_id=entry.pk, revision=0, at=AT)
    add(province, register.code, OFFICER | {"name": "Lê Văn Mới"})
    found = queries.review(register, unit, ON)
    assert (
        found.is_due and found.change.added == ("Lê Văn Mới",) and found.change.removed == ("Nguyễn Văn Mẫu",)
    )
    paper = queries.as_decision_paper(register, province.commune_head, ON)
    said = " ".join(paper.paragraphs)
    assert "Bổ sung: Lê Văn Mới." in said and "thay thế Quyết định số 12/QĐ-UBND" in said
    assert write_word(paper).startswith(b"PK")
    with pytest.raises(Refused):
        publish(province, register.code)
    with pytest.raises(Refused):
        publish(province, "sang-kien", "13/QĐ-UBND")


@pytest.mark.django_db
def test_everybody_sees_the_published_staff_and_nothing_that_is_not(
    province: SimpleNamespace, client: Client
) -> None:
    add(province, "bo-phan-mot-cua", STAFF | {"note": "Nghỉ chiều thứ sáu"})
    add(province, "can-bo-dau-moi", OFFICER)
    assert "Trần Thị Mẫu" not in client.get("/can-bo-mot-cua/").content.decode()
    publish(province, "bo-phan-mot-cua")
    publish(province, "can-bo-dau-moi")
    unit = province.units["A"].id
    page = client.get(f"/can-bo-mot-cua/?donvi={unit}").content.decode()
    assert "Trần Thị Mẫu" in page and "0233123456" in page and "Người đứng đầu" in page
    assert "Nguyễn Văn Mẫu" not in page and "Nghỉ chiều" not in page
    for asked in ("", "x", "99999", "9" * 30):
        assert client.get(f"/can-bo-mot-cua/?donvi={asked}").status_code == 200


@pytest.mark.django_db
def test_a_published_list_of_focal_officers_closes_its_task(province: SimpleNamespace) -> None:
    text = "TT\tNội dung\tChủ trì\tThời gian\tSản phẩm\n1\tDanh sách đầu mối\tUBND các xã, phường\t02 lần/năm\tQuyết định"
    reading = importing.read_file(
        actor=province.control, content=text.encode(), name="a.txt", year=2026, at=AT
    )
    plan = keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)
    task = plan.tasks.get()
    products.set_product(actor=province.control, task_id=task.pk, product=Product.OFFICER_LIST, at=AT)
    add(province, "can-bo-dau-moi", OFFICER)
    made = publish(province, "can-bo-dau-moi")
    assert jobs.close_on_products(AT) == 1
    report = TaskReport.objects.get()
    assert (
        report.evidence.get().address == f"/ke-hoach/danh-sach/{made.pk}/"
        and report.occurrence.due_on == date(2026, 6, 30)
    )


@pytest.mark.django_db
def test_rows_under_an_entry_and_publication_by_the_pages(sign_in: Any, province: SimpleNamespace) -> None:
    client = sign_in("commune_clerk")
    client.post("/ke-hoach/so/can-bo-dau-moi/", fill("can-bo-dau-moi"))
    client.post(
        "/ke-hoach/so/can-bo-dau-moi/cong-bo/", {"decision_number": "5/QĐ", "published_on": "10/03/2026"}
    )
    made = PublishedList.objects.get()
    assert "5/QĐ" in client.get(f"/ke-hoach/danh-sach/{made.pk}/").content.decode()
    assert client.get("/ke-hoach/so/can-bo-dau-moi/quyet-dinh.docx").status_code == 200
    assert client.get("/ke-hoach/so/doi-thoai/quyet-dinh.docx").status_code == 404
    client.post("/ke-hoach/so/doi-thoai/", fill("doi-thoai"))
    entry = RegisterEntry.objects.get(register="doi-thoai")
    assert client.post(f"/ke-hoach/muc/{entry.pk}/dong/", {"question": ""}).status_code == 422
    client.post(f"/ke-hoach/muc/{entry.pk}/dong/", {"question": "Bao giờ có sổ đỏ?", "due": "20/03/2026"})
    assert "Bao giờ có sổ đỏ?" in client.get(f"/ke-hoach/muc/{entry.pk}/").content.decode()
    line = entry.lines.get()
    client.post(f"/ke-hoach/muc/dong/{line.pk}/bo/")
    assert not entry.lines.exists()
    client.post(f"/ke-hoach/muc/{entry.pk}/chuyen/", {"state": "held", "revision": entry.revision})
    entry.refresh_from_db()
    assert entry.state == "held"
    assert sign_in("other_case").get(f"/ke-hoach/muc/{entry.pk}/").status_code == 404


def test_lists_are_compared_by_name() -> None:
    change = compare_lists(
        [{"name": "A", "phone": "1"}, {"name": "B"}], [{"name": "A", "phone": "2"}, {"name": "C"}]
    )
    assert (change.added, change.removed, change.changed) == (("C",), ("B",), ("A",))
    assert compare_lists([], []).is_empty


@pytest.mark.django_db
def test_a_double_click_writes_one_entry_and_one_row(sign_in: Any) -> None:
    client = sign_in("commune_clerk")
    for _click in range(2):
        answer = client.post("/ke-hoach/so/doi-thoai/", fill("doi-thoai") | {"idempotency_key": "k1"})
        assert answer.status_code == 302
    entry = RegisterEntry.objects.get()
    for _click in range(2):
        client.post(f"/ke-hoach/muc/{entry.pk}/dong/", {"question": "Bao giờ?", "idempotency_key": "k2"})
    assert entry.lines.count() == 1
    other = client.post(
        "/ke-hoach/so/doi-thoai/", fill("doi-thoai") | {"topic": "Khác", "idempotency_key": "k1"}
    )
    assert other.status_code == 422 and RegisterEntry.objects.count() == 1
