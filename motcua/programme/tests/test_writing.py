"""A plan written here: begun, checked, signed, numbered; the file that leaves is the plan, and comes back as it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.refusal import Refused
from motcua.organisations.tests.factories import AT, ON
from motcua.programme.actions import importing, keeping, writing
from motcua.programme.actions.importing import RowFacts
from motcua.programme.forms import BodyForm, write_parts
from motcua.programme.models import Plan, PlanReading
from motcua.programme.printing import write_word
from motcua.programme.queries.differences import compare
from motcua.programme.queries.papers import as_draft_paper
from motcua.programme.reading import open_source
from motcua.programme.rules.checking import check_rows, count_leaders
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.numbering_rows import number_rows, write_roman
from motcua.programme.rules.numerals import read_roman
from motcua.programme.rules.plan import as_json, deadline_as_json, read_plan
from motcua.programme.rules.recipients import Purpose, group_recipients, join_recipient
from motcua.programme.rules.shifting import shift_year
from motcua.programme.tests.test_papers import ROW, TEXT

GOOD = RowFacts(
    appendix="",
    section_no="",
    section="",
    no="1",
    content="Rà soát thủ tục",
    lead="Văn phòng",
    coordinating="",
    time="Quý II/2026",
    product="Báo cáo",
    note="",
)


def begin(province: SimpleNamespace, **more: Any) -> PlanReading:
    draft = writing.begin(actor=province.commune_head, year=2026, at=AT, **more)
    return importing.add_row(actor=province.commune_head, reading_id=draft.pk, after=-1, revision=0, at=AT)


def fill(province: SimpleNamespace, draft: PlanReading, facts: RowFacts = GOOD) -> PlanReading:
    return importing.correct_row(
        actor=province.commune_head,
        reading_id=draft.pk,
        place=0,
        facts=facts,
        revision=draft.revision,
        at=AT,
    )


def submit(province: SimpleNamespace, draft: PlanReading) -> PlanReading:
    return writing.submit(actor=province.commune_clerk, reading_id=draft.pk, revision=draft.revision, at=AT)


def sign(province: SimpleNamespace, draft: PlanReading, actor: str = "commune_head") -> PlanReading:
    return writing.sign_draft(
        actor=getattr(province, actor), reading_id=draft.pk, revision=draft.revision, at=AT
    )


def issue(province: SimpleNamespace, draft: PlanReading, number: str = "03/KH-UBND", on: date = ON) -> Plan:
    return writing.issue(
        actor=province.commune_clerk,
        reading_id=draft.pk,
        number=number,
        dated=on,
        revision=draft.revision,
        at=AT,
    )


@pytest.mark.django_db
def test_a_plan_is_written_signed_numbered_and_then_followed(province: SimpleNamespace) -> None:
    draft = sign(province, submit(province, fill(province, begin(province))))
    plan = issue(province, draft)
    assert (plan.number, plan.dated, plan.signer) == ("03/KH-UBND", ON, province.commune_head.person_name)
    assert plan.file is not None and plan.file.original_name.endswith(".docx")
    assert plan.tasks.get().occurrences.get().due_on == date(2026, 6, 30)


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["content", "lead", "time"])
def test_a_task_without_its_bones_is_not_laid_before_the_head(
    province: SimpleNamespace, missing: str
) -> None:
    facts = RowFacts(**{name: getattr(GOOD, name) for name in RowFacts.__slots__} | {missing: ""})
    draft = fill(province, begin(province), facts)
    with pytest.raises(Refused) as refused:
        submit(province, draft)
    assert refused.value.code == "unfinished"


@pytest.mark.django_db
def test_only_the_head_signs_and_what_is_returned_says_why(province: SimpleNamespace) -> None:
    draft = submit(province, fill(province, begin(province)))
    with pytest.raises(Refused):
        sign(province, draft, "commune_clerk")
    with pytest.raises(Refused):
        writing.return_draft(
            actor=province.commune_head, reading_id=draft.pk, answer=" ", revision=draft.revision, at=AT
        )
    draft = writing.return_draft(
        actor=province.commune_head,
        reading_id=draft.pk,
        answer="Thiếu đào tạo",
        revision=draft.revision,
        at=AT,
    )
    assert draft.state == "waiting" and draft.answer == "Thiếu đào tạo"
    with pytest.raises(Refused):
        sign(province, draft)


@pytest.mark.django_db
def test_a_number_is_given_once_and_not_before_the_signature(province: SimpleNamespace) -> None:
    issue(province, sign(province, submit(province, fill(province, begin(province)))))
    draft = sign(province, submit(province, fill(province, begin(province))))
    for number, on, code in (("03/KH-UBND", ON, "exists"), ("04/KH-UBND", date(2026, 3, 9), "before")):
        with pytest.raises(Refused) as refused:
            issue(province, draft, number, on)
        assert refused.value.code == code
    assert Plan.objects.count() == 1


@pytest.mark.django_db
def test_an_amendment_renews_the_plan_and_keeps_what_was_done(province: SimpleNamespace) -> None:
    plan = issue(province, sign(province, submit(province, fill(province, begin(province)))))
    task = plan.tasks.get()
    draft = writing.begin(actor=province.commune_head, year=2026, from_id=plan.pk, at=AT)
    again = issue(province, sign(province, submit(province, draft)), "09/KH-UBND")
    assert again.pk == plan.pk and again.version == 2 and again.tasks.get().pk == task.pk


@pytest.mark.django_db
def test_last_years_plan_moves_its_year_and_says_so(province: SimpleNamespace) -> None:
    plan = issue(province, sign(province, submit(province, fill(province, begin(province)))))
    draft = writing.begin(actor=province.commune_head, year=2027, from_id=plan.pk, at=AT)
    [row] = draft.read["rows"]
    assert row["time"] == "Quý II/2027" and row["unsure"] == ["year: moved"]
    assert draft.read["title"].endswith("năm 2027") and draft.read["number"] == ""


@pytest.mark.django_db
def test_rows_change_places_and_pass_from_group_to_group(province: SimpleNamespace) -> None:
    draft = begin(province)
    head = province.commune_head
    draft.read["rows"] = [draft.read["rows"][0] | {"content": c, "section": s} for c, s in ("ax", "bx", "cy")]
    draft.save()
    up = writing.move_row(actor=head, reading_id=draft.pk, place=2, up=True, revision=draft.revision, at=AT)
    assert [(r["content"], r["section"]) for r in up.read["rows"]] == [("a", "x"), ("b", "x"), ("c", "x")]
    up = writing.move_row(actor=head, reading_id=draft.pk, place=2, up=True, revision=up.revision, at=AT)
    assert [r["content"] for r in up.read["rows"]] == ["a", "c", "b"]
    with pytest.raises(Refused):
        writing.move_row(actor=head, reading_id=draft.pk, place=0, up=True, revision=up.revision, at=AT)


@pytest.mark.django_db
def test_what_was_read_from_a_signed_file_is_not_signed_again(
    province: SimpleNamespace, plan_text: bytes
) -> None:
    reading = importing.read_file(actor=province.control, content=plan_text, name="a.txt", at=AT)
    with pytest.raises(Refused) as refused:
        writing.submit(actor=province.control, reading_id=reading.pk, revision=0, at=AT)
    assert refused.value.code == "not_written"
    draft = begin(province)
    with pytest.raises(Refused) as refused:
        keeping.confirm(actor=province.commune_head, reading_id=draft.pk, revision=draft.revision, at=AT)
    assert refused.value.code == "not_read"


# ---- what leaves comes back -------------------------------------------------------------------------------

PARAGRAPH = TEXT.map(lambda text: f"{text[0].upper()}{text[1:]}.")
PARTS = st.lists(st.tuples(TEXT, st.lists(PARAGRAPH, min_size=1, max_size=3)), min_size=1, max_size=4)
GROUPS = st.lists(st.tuples(TEXT, st.lists(ROW, min_size=1, max_size=3)), min_size=1, max_size=3)
NAMES = st.lists(
    st.sampled_from(
        ["Văn phòng Chính phủ", "Chủ tịch UBND tỉnh", "Sở Nội vụ", "UBND các xã, phường", "Báo Mẫu"]
    ),
    unique=True,
    max_size=3,
)
RECIPIENTS = st.dictionaries(st.sampled_from(list(Purpose)[:5]), NAMES, min_size=1)


def make_draft(parts: Any, groups: Any, recipients: Any) -> PlanReading:
    names = ("content", "lead", "coordinating", "time", "product", "note")
    rows = [
        {
            "appendix": "",
            "section_no": str(n),
            "section": title,
            "no": "",
            **dict(zip(names, cells, strict=True)),
        }
        for n, (title, held) in enumerate(groups)
        for cells in held
    ]
    sent = [join_recipient(name, purpose) for purpose, found in recipients.items() for name in found]
    read = {
        "title": "Kiểm soát thủ tục hành chính năm 2026",
        "number": "03/KH-UBND",
        "date": "2026-03-10",
        "year": 2026,
        "issuer": "Ủy ban nhân dân xã An",
        "signer": "Trần Văn Bình",
        "legal_bases": ["Nghị định số 63/2010/NĐ-CP ngày 08/6/2010"],
        "recipients": [*sent, "Lưu: VT"],
        "parts": [
            {"number": write_roman(n), "heading": heading.upper(), "paragraphs": texts, "line": 0}
            for n, (heading, texts) in enumerate(parts, start=1)
        ],
        "rows": number_rows(rows),
    }
    return PlanReading(unit_id=1, year=2026, read=read)


@settings(max_examples=40, deadline=None)
@given(parts=PARTS, groups=GROUPS, recipients=RECIPIENTS)
def test_a_written_plan_leaves_and_comes_back_the_same(parts: Any, groups: Any, recipients: Any) -> None:
    draft = make_draft(parts, groups, recipients)
    back = as_json(read_plan(open_source(write_word(as_draft_paper(draft)))))
    for name in ("title", "number", "date", "year", "issuer", "signer", "recipients"):
        assert (name, back[name]) == (name, draft.read[name])
    cells = ("section_no", "section", "no", "content", "lead", "coordinating", "time", "product", "note")
    assert [[row[c] for c in cells] for row in back["rows"]] == [
        [row[c] for c in cells] for row in draft.read["rows"]
    ]
    read = read_plan(open_source(write_word(as_draft_paper(draft)))).parts
    assert [(p.number, p.heading, list(p.paragraphs)) for p in read] == [
        (p["number"], p["heading"], p["paragraphs"]) for p in draft.read["parts"]
    ]


@pytest.mark.django_db
def test_the_issued_file_imports_to_the_plan_it_is(province: SimpleNamespace) -> None:
    plan = issue(province, sign(province, submit(province, fill(province, begin(province)))))
    content = write_word(as_draft_paper(plan.readings.get()))
    reading = importing.read_file(actor=province.commune_head, content=content, name="k.docx", at=AT)
    assert keeping.find_known(reading) == plan and compare(plan, reading.read["rows"]).is_empty


# ---- rules ------------------------------------------------------------------------------------------------


def row(**cells: str) -> dict[str, Any]:
    full = {
        "content": "Việc",
        "lead": "Văn phòng",
        "coordinating": "",
        "time": "Quý I/2026",
        "product": "X",
    } | cells
    return full | {"deadline": deadline_as_json(parse_deadline(full["time"], 2026))}


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({}, []),
        ({"lead": ""}, ["lead: empty"]),
        ({"product": ""}, ["product: empty"]),
        ({"time": ""}, ["time: none"]),
        ({"time": "lúc nào đó"}, ["time: unread"]),
        ({"lead": "Sở Nội vụ; Sở Tư pháp"}, ["lead: two"]),
        ({"lead": "UBND các xã, phường; UBND cấp huyện"}, []),
        ({"lead": "Sở Y tế", "coordinating": "Sở Y tế; Sở Nội vụ"}, ["coordinating: leads too"]),
    ],
)
def test_what_a_row_lacks_is_named(cells: dict[str, str], codes: list[str]) -> None:
    assert [finding.code for finding in check_rows([row(**cells)])] == codes


def test_a_task_written_twice_is_found_at_the_second() -> None:
    assert [(f.place, f.code) for f in check_rows([row(), row(content="VIỆC")])] == [(1, "content: twice")]
    assert count_leaders("Văn phòng UBND tỉnh; các sở, ban, ngành") == 1


@pytest.mark.parametrize(
    ("text", "is_deadline", "expected"),
    [
        ("Kiểm soát thủ tục năm 2025", False, "Kiểm soát thủ tục năm 2026"),
        ("Quyết định ngày 24/6/2025", False, "Quyết định ngày 24/6/2025"),
        ("ngày 24 tháng 6 năm 2025", False, "ngày 24 tháng 6 năm 2025"),
        ("Nghị định 45/2025/NĐ-CP", False, "Nghị định 45/2025/NĐ-CP"),
        ("Quý III/2025 (trước ngày 15/7/2025)", True, "Quý III/2026 (trước ngày 15/7/2026)"),
        ("Tháng 3/2025", True, "Tháng 3/2026"),
        ("Trong năm", True, "Trong năm"),
    ],
)
def test_a_year_moves_where_it_is_the_plans_own(text: str, is_deadline: bool, expected: str) -> None:
    assert shift_year(text, 2025, 2026, is_deadline=is_deadline) == (expected, expected != text)


@given(st.integers(min_value=1, max_value=39))
def test_roman_numerals_are_read_as_they_are_written(value: int) -> None:
    assert read_roman(write_roman(value)) == value


def test_recipients_are_told_apart_by_what_they_are_to_do() -> None:
    groups = group_recipients(["Văn phòng Chính phủ (để b/c);", "UBND các xã (t/h)", "Lưu: VT.", "Sở (A)"])
    assert groups[Purpose.REPORT] == ["Văn phòng Chính phủ"] and groups[Purpose.CARRY_OUT] == ["UBND các xã"]
    assert groups[Purpose.KEEP] == ["Lưu: VT", "Sở (A)"]


def test_a_body_is_typed_as_it_is_shown() -> None:
    typed = "I. MỤC ĐÍCH\nNâng cao chất lượng.\nII. TỔ CHỨC\nVăn phòng theo dõi."
    form = BodyForm({"body": typed})
    assert form.is_valid() and write_parts(form.cleaned_data["body"]) == typed
    assert not BodyForm({"body": "Nâng cao chất lượng."}).is_valid()


def test_a_second_click_begins_no_second_draft(province: SimpleNamespace) -> None:
    given = {"actor": province.control, "year": 2027, "at": AT}
    first = writing.begin(key="one", **given)
    assert writing.begin(key="one", **given).pk == first.pk != writing.begin(key="two", **given).pk
    with pytest.raises(Refused):
        writing.begin(key="one", **given | {"year": 2028})
