"""Searching and sorting Vietnamese."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.text import clean_line, fold, nfc, sort_key

VIETNAMESE = st.text(
    st.sampled_from(
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ ĐÂƠƯ"
    ),
    max_size=30,
)
ANY = st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Nguyễn  Đức\u00a0Thịnh", "nguyen duc thinh"),
        ("ĐẶNG THỊ ƯỚC", "dang thi uoc"),
        (unicodedata.normalize("NFD", "Trần Hữu Đạt"), "tran huu dat"),
        (" Y Blôm Niê ", "y blom nie"),
        ("", ""),
    ],
)
def test_accents_and_spaces_do_not_count_in_a_search(typed, folded):
    assert fold(typed) == folded


@given(ANY)
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_ascii_in_lower_case(text):
    folded = fold(text)
    assert folded.isascii() and folded == folded.lower()
    assert fold(text.upper()) == folded


@given(ANY)
def test_a_cleaned_line_is_one_composed_visible_line(text):
    line = clean_line(text)
    assert line == nfc(line) == line.strip()
    assert not any(unicodedata.category(c) in {"Cc", "Cf"} for c in line)
    assert clean_line(line) == line


def test_nul_and_marks_of_direction_are_dropped_from_a_line():
    assert clean_line("Lê\0 \u202eVăn\n\tTám\u200b") == "Lê Văn Tám"


def test_letters_decide_before_tones_and_tones_have_their_order():
    words = [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mác",
        "mă",
        "mâ",
        "mb",
        "me",
        "mê",
        "mo",
        "mô",
        "mơ",
        "mu",
        "mư",
    ]
    assert sorted(reversed(words), key=sort_key) == words


def test_places_stand_as_in_an_official_list():
    names = [
        "An Giang",
        "Ăng Co",
        "Ân Thi",
        "Bà Rịa",
        "Cà Mau",
        "Da Nang",
        "Đà Nẵng",
        "Đắk Lắk",
        "Đồng Nai",
        "Huế",
        "Phường 2",
    ]
    assert sorted(reversed(names), key=sort_key) == names


@given(VIETNAMESE, VIETNAMESE)
def test_a_name_stands_before_its_continuation(start, rest):
    start, rest = start.strip(), rest.strip()
    if start and rest:
        assert sort_key(start) < sort_key(f"{start} {rest}")


@given(ANY)
def test_a_sort_key_is_plain_and_the_same_for_both_forms(text):
    key = sort_key(text)
    assert key.isascii() and key.isalnum() and key == key.lower()
    assert key == sort_key(unicodedata.normalize("NFD", text))


@given(VIETNAMESE)
def test_case_does_not_change_the_place(text):
    assert sort_key(text.lower()) == sort_key(text.upper())


def test_a_long_name_fits_its_column():
    assert len(sort_key("Nguyễn Thị " * 25)) <= 600
