import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.refusal import Refused
from motcua.people.rules import parse_citizen_qr

CARDS = json.loads((Path(__file__).parent / "data" / "citizen_cards.json").read_text(encoding="utf-8"))
WHOLE = "001090123456|012345678|Nguyễn Văn A|01011990|Nam|Trúc Bạch, Ba Đình, Hà Nội|15042021"


@pytest.mark.parametrize("sample", CARDS["samples"], ids=lambda sample: sample["so"])
def test_each_card_is_read_whole_and_without_a_warning(sample):
    card = parse_citizen_qr(sample["payload"])
    assert (card.id_number, card.old_id, card.full_name) == (
        sample["so"],
        sample["cmnd_cu"],
        sample["ho_ten"],
    )
    assert card.birth_on == date.fromisoformat(sample["ngay_sinh"])
    assert card.issued_on == date.fromisoformat(sample["ngay_cap"])
    assert (card.sex, card.address) == (sample["gioi_tinh"], sample["noi_cu_tru"])
    assert card.warnings == ()


@pytest.mark.parametrize("case", CARDS["edge_cases"], ids=lambda case: case["why"])
def test_what_is_wrong_is_said_and_what_is_right_is_not(case):
    try:
        card = parse_citizen_qr(case["payload"])
    except Refused as refusal:
        assert refusal.code == "qr_unreadable"
        assert not case["valid"]
    else:
        assert (card.warnings == ()) is case["valid"]
        assert card.id_number or card.full_name


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", WHOLE),
        f"  {WHOLE} \r\n",
        f"\ufeff{WHOLE}\t",
        WHOLE.replace("|", " | "),
        WHOLE.replace("|", "｜"),
        WHOLE.encode().decode("latin-1"),
        WHOLE + "||Nguyễn Văn B|Trần Thị C|",
        WHOLE.replace("Nam", "NAM"),
        WHOLE.replace("01011990", "01/01/1990"),
    ],
)
def test_the_ways_of_readers_and_cards_make_no_difference(text):
    assert parse_citizen_qr(text) == parse_citizen_qr(WHOLE)


@pytest.mark.parametrize(
    ("written", "birth_text"), [("1960", "1960"), ("00001960", "1960"), ("00051960", "05/1960")]
)
def test_a_card_may_know_only_the_year_or_the_month_of_birth(written, birth_text):
    card = parse_citizen_qr(f"001060123456||Nguyễn Văn A|{written}|Nam|Hà Nội|15042021")
    assert card.birth_on is None
    assert card.birth_text == birth_text
    assert card.warnings == ()


def test_a_wrong_day_is_kept_as_written_and_named():
    card = parse_citizen_qr(WHOLE.replace("01011990", "31021990"))
    assert card.birth_on is None
    assert card.birth_text == "31021990"
    assert any("Ngày sinh" in warning for warning in card.warnings)


def test_missing_fields_are_named_one_by_one():
    card = parse_citizen_qr("001090123456|012345678|Nguyễn Văn A")
    assert card.full_name == "Nguyễn Văn A"
    assert len([warning for warning in card.warnings if "thiếu" in warning]) == 4


def test_a_bare_number_is_read_with_warnings():
    assert parse_citizen_qr("001 090 123 456").id_number == "001090123456"


@pytest.mark.parametrize(
    "text", ["", "   ", "|||||||", "https://vneid.gov.vn/?q=abc", "Nguyễn Văn A", "12345"]
)
def test_other_texts_are_refused_in_words(text):
    with pytest.raises(Refused) as refusal:
        parse_citizen_qr(text)
    assert refusal.value.code == "qr_unreadable"
    assert refusal.value.field == "qr"


@given(st.text(max_size=300))
def test_any_text_gives_a_card_or_a_refusal_and_never_an_empty_card(text):
    try:
        card = parse_citizen_qr(text)
    except Refused:
        return
    assert card.id_number or card.full_name


def test_a_number_alone_is_taken_and_said_in_one_sentence() -> None:
    card = parse_citizen_qr("001090123456")
    assert card.id_number == "001090123456" and card.full_name == ""
    assert [one for one in card.warnings if "thiếu" in one] == [] and "Mới có số định danh" in card.warnings[
        0
    ]
