"""Several things chosen from one list: their order, each once, nothing that is not offered, nothing lost on the page."""

from django import forms
from django.http import QueryDict

from motcua.core.several import SPARE_ROWS, SeveralChoiceField


class Choosing(forms.Form):
    units = SeveralChoiceField(label="Đơn vị", required=False, choices=[("a", "Xã A"), ("b", "Xã <B>")])


def typed(*values):
    data = QueryDict(mutable=True)
    data.setlist("units", values)
    return Choosing(data)


def test_the_order_stays_each_once_and_spare_rows_say_nothing():
    form = typed("b", "", "a", "b", "")
    assert form.is_valid() and form.cleaned_data["units"] == ("b", "a")
    assert typed("", "").is_valid() and typed("b, a").is_valid()


def test_what_is_not_on_the_list_is_refused_and_still_seen():
    form = typed("a", "gone")
    assert not form.is_valid() and form.errors["units"]
    assert '<option value="gone" selected>gone</option>' in str(form["units"])


def test_each_chosen_one_has_a_list_and_spare_ones_follow_all_named():
    page = str(typed("b", "a")["units"])
    assert page.count("<select") == 2 + SPARE_ROWS
    assert page.count('id="id_units"') == 1 and page.count("aria-label") == 1 + SPARE_ROWS
    assert "Xã &lt;B&gt;" in page and 'value="b" selected' in page.split("</select>")[0]
