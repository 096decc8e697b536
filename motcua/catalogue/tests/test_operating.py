"""What the province states of its procedures: from a day, with a basis, by those who may."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.catalogue import actions, queries
from motcua.catalogue.actions.operating import DATA, OperationFacts, PaperFacts
from motcua.catalogue.models import Operation
from motcua.catalogue.rules import component_key
from motcua.catalogue.tests.factories import make_procedure
from motcua.catalogue.tests.shipped import in_one_process, read_shipped
from motcua.catalogue.tests.test_import_catalogue import OFFICER
from motcua.core.refusal import Refused
from motcua.organisations.rules import SYSTEM

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
FACTS = OperationFacts("commune", Decimal(5), "working_day", "Nghị quyết trình diễn")


@pytest.mark.django_db
def test_a_statement_holds_from_today_and_yesterdays_is_kept():
    make_procedure(limit=(3, "working_day"))
    actions.operate(actor=SYSTEM, code="1.001193", facts=FACTS, at=AT)
    assert queries.get_intake_sheet("1.001193", date(2026, 11, 20)).limit.amount == 5
    assert queries.get_intake_sheet("1.001193", date(2026, 11, 19)).limit.amount == 3
    actions.operate(actor=SYSTEM, code="1.001193", facts=FACTS, at=AT)
    assert Operation.objects.count() == 2


@pytest.mark.django_db
def test_a_limit_may_be_changed_from_a_day_to_come_and_the_days_between_keep_theirs():
    make_procedure(limit=(3, "working_day"))
    limits = lambda: [  # noqa: E731
        queries.get_intake_sheet("1.001193", date(2026, *day)).limit.amount
        for day in ((11, 20), (11, 30), (12, 1), (12, 31))
    ]
    actions.operate(actor=SYSTEM, code="1.001193", facts=FACTS, first_day=date(2026, 12, 1), at=AT)
    assert limits() == [3, 3, 5, 5]
    two = OperationFacts("commune", Decimal(2), "working_day", "Nghị quyết trình diễn")
    actions.operate(actor=SYSTEM, code="1.001193", facts=two, at=AT)
    assert limits() == [2, 2, 5, 5]
    actions.operate(actor=SYSTEM, code="1.001193", facts=two, first_day=date(2026, 12, 1), at=AT)
    assert limits() == [2, 2, 2, 2]
    with pytest.raises(Refused) as refusal:
        actions.operate(actor=SYSTEM, code="1.001193", facts=two, first_day=date(2026, 11, 19), at=AT)
    assert refusal.value.field == "first_day"
    actions.stop_operating(actor=SYSTEM, code="1.001193", at=AT)
    assert not queries.get_intake_sheet("1.001193", date(2026, 12, 2)).is_operated


@pytest.mark.django_db
def test_a_required_paper_follows_its_key():
    make_procedure()
    key = component_key("", "Giấy chứng sinh")
    facts = OperationFacts(
        "commune", Decimal(1), "same_day", "x", papers=(PaperFacts(key, "Luật Hộ tịch 2014 Điều 16"),)
    )
    actions.operate(actor=SYSTEM, code="1.001193", facts=facts, at=AT)
    papers = queries.get_intake_sheet("1.001193", date(2026, 11, 20)).cases[0].components
    assert [(p.name, p.basis) for p in papers if p.is_required] == [
        ("Giấy chứng sinh", "Luật Hộ tịch 2014 Điều 16")
    ]


@pytest.mark.django_db
def test_stopping_holds_from_tomorrow():
    make_procedure()
    actions.stop_operating(actor=SYSTEM, code="1.001193", at=AT)
    assert queries.get_intake_sheet("1.001193", date(2026, 11, 20)).is_operated
    assert not queries.get_intake_sheet("1.001193", date(2026, 11, 21)).is_operated
    with pytest.raises(Refused):
        actions.stop_operating(actor=SYSTEM, code="1.001193", at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "actor", "code"),
    [
        (FACTS, OFFICER, "forbidden"),
        (OperationFacts("commune", Decimal(5), "working_day", " "), SYSTEM, "no_basis"),
        (OperationFacts("commune", Decimal(0), "working_day", "x"), SYSTEM, "no_limit"),
        (OperationFacts("commune", Decimal(5), "fortnight", "x"), SYSTEM, "unknown_word"),
        (
            OperationFacts("commune", Decimal(5), "working_day", "x", papers=(PaperFacts("k", ""),)),
            SYSTEM,
            "no_basis",
        ),
    ],
)
def test_a_statement_without_right_or_basis_is_refused(facts, actor, code):
    make_procedure()
    with pytest.raises(Refused) as refusal:
        actions.operate(actor=actor, code="1.001193", facts=facts, at=AT)
    assert refusal.value.code == code


@in_one_process
@pytest.mark.django_db
def test_the_shipped_overlay_fits_the_shipped_catalogue():
    rows = json.loads((DATA / "operated.json").read_text(encoding="utf-8"))
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows) >= 34
    chosen = [facts for facts in read_shipped().procedures if facts.code in codes]
    actions.import_catalogue(actor=SYSTEM, procedures=chosen, at=AT)
    assert actions.load_operated(actor=SYSTEM, at=AT) == len(rows)
    assert actions.load_operated(actor=SYSTEM, at=AT) == 0
    sheets = [queries.get_intake_sheet(code, date(2026, 11, 20)) for code in sorted(codes)]
    assert all(sheet.cases and not sheet.no_deadline and sheet.limit_basis for sheet in sheets)
    for case in (case for sheet in sheets for case in sheet.cases):
        # What may stand instead of a paper is not asked for beside it: whoever brings the one has not the other.
        asked = [component.label for component in case.components if component.is_required]
        assert len(asked) == len(set(asked)), asked
    birth = queries.get_intake_sheet("1.001193", date(2026, 11, 20))
    assert (birth.limit.unit, birth.start_rule) == ("same_day", "next_day_after_15")
    assert len([c for c in birth.cases[0].components if c.is_required]) == 2
