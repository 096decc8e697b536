import unicodedata
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from motcua.core.forms import BirthField, DayField, MoneyField, NfcCharField, PhoneField, read_day


@pytest.mark.parametrize(
    "typed", ["05/09/2025", "5/9/2025", "5-9-2025", "05.09.2025", "05092025", "2025-09-05", " 5 9 2025 "]
)
def test_a_day_is_read_as_people_write_it(typed):
    assert read_day(typed) == date(2025, 9, 5)


@pytest.mark.parametrize(
    "typed", ["31/02/2025", "09/2025", "5/9/25", "ngày mai", "00/00/0000", "5/13/2025", "٥/9/2025x"]
)
def test_what_is_no_day_says_how_to_write_one(typed):
    with pytest.raises(ValidationError, match="05/09/2025"):
        DayField().clean(typed)


def test_a_day_keeps_to_its_limits_and_may_be_left_empty():
    field = DayField(earliest=date(2025, 1, 1), latest=date(2025, 12, 31), required=False)
    assert field.clean("") is None
    assert field.clean("31/12/2025") == date(2025, 12, 31)
    for typed in ("31/12/2024", "01/01/2026"):
        with pytest.raises(ValidationError, match="/2025"):
            field.clean(typed)


def test_a_wrong_day_is_shown_again_as_typed():
    class Ask(forms.Form):
        on = DayField()

    assert 'value="31/02/2025"' in str(Ask({"on": "31/02/2025"})["on"])
    assert 'value="05/09/2025"' in str(Ask(initial={"on": date(2025, 9, 5)})["on"])


@pytest.mark.parametrize(
    "typed", ["1.234.567", "1,234,567", "1 234 567 đ", "1234567", "1.234.567 VND", "1.234.567 đồng"]
)
def test_money_is_whole_dong(typed):
    assert MoneyField().clean(typed) == 1234567


@pytest.mark.parametrize("typed", ["1.5", "-1", "1.23.456", "nhiều", "9" * 16, "1e3"])
def test_what_is_no_money_is_refused(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["0912345678", "0912 345 678", "+84 912.345.678", "84912345678", "0084912345678"]
)
def test_a_phone_number_is_kept_one_way(typed):
    assert PhoneField().clean(typed) == "0912345678"


@pytest.mark.parametrize("typed", ["912345678", "09123", "0912345678901", "không có"])
def test_what_is_no_phone_number_is_refused(typed):
    with pytest.raises(ValidationError, match="0912 345 678"):
        PhoneField().clean(typed)


def test_text_is_composed_and_clean():
    decomposed = unicodedata.normalize("NFD", "  Nguyễn   Thị\u200b Thuỳ Dương\x00 ")
    assert NfcCharField().clean(decomposed.replace("\x00", "")) == "Nguyễn Thị Thuỳ Dương"


def test_lines_are_kept_only_in_a_text_area():
    assert NfcCharField().clean("một\r\nhai") == "một hai"
    assert NfcCharField(widget=forms.Textarea).clean("một\r\nhai") == "một\nhai"


def test_ten_thousand_characters_are_refused_with_the_count_and_kept_in_the_form():
    class Ask(forms.Form):
        name = NfcCharField(max_length=200)

    form = Ask({"name": "ạ" * 10_000})
    assert not form.is_valid()
    assert "200" in form.errors["name"][0]
    assert "10000" in form.errors["name"][0].replace(".", "").replace(",", "")
    assert "ạ" * 10_000 in str(form["name"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("05091950", date(1950, 9, 5)),
        ("1950", "1950"),
        ("3/1950", "03/1950"),
        ("12.1950", "12/1950"),
        ("", None),
    ],
)
def test_of_a_birth_as_much_is_kept_as_the_papers_say(typed, kept):
    assert BirthField(required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["1850", "13/1950", "31/02/1950", "50", "năm 1950"])
def test_what_is_no_birth_says_that_a_year_will_do(typed):
    with pytest.raises(ValidationError, match="viết năm"):
        BirthField().clean(typed)


def test_a_drawing_no_font_of_papers_has_is_refused_by_name_and_signs_that_print_are_not():
    with pytest.raises(ValidationError, match="“👍”"):
        NfcCharField().clean("Đồng ý 👍")
    assert NfcCharField().clean("→ ✓ ☐ ☎\ufe0f") == "→ ✓ ☐ ☎"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (forms.ChoiceField(choices=[("a", "A")]), "chọn một mục"),
        (forms.TypedChoiceField(choices=[("a", "A")]), "chọn một mục"),
        (forms.MultipleChoiceField(choices=[("a", "A")]), "ít nhất một mục"),
        (forms.FileField(), "Hãy chọn tệp"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_was_not_chosen_says_what_to_choose(field, said):
    with pytest.raises(ValidationError, match=said):
        field.clean(None)
