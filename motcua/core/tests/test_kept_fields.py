"""Forms whose fields are made once: what one request asks of them, the next does not see."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.forms import LongForm, NfcCharField, keep_fields, offer, require


@keep_fields
class Ask(forms.Form):
    place = forms.TypedChoiceField(choices=[("", "Tại đây")], coerce=int, empty_value=None, required=False)
    reason = NfcCharField(required=False)

    def __init__(self, *args, places=(), is_needed=False, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "place", places)
        if is_needed:
            require(self, "reason")


def test_each_form_offers_its_own_choices():
    one, other = (
        Ask({"place": "2"}, places=[(1, "Quầy một")]),
        Ask({"place": "2"}, places=[(2, "Quầy hai")]),
    )
    assert not one.is_valid()
    assert other.is_valid()
    assert other.cleaned_data["place"] == 2
    assert "Quầy hai" in str(other["place"])
    assert "Quầy hai" not in str(one["place"])
    assert "Tại đây" in str(one["place"])


@pytest.mark.parametrize("asked_first", [True, False])
def test_what_one_form_insists_on_the_next_does_not(asked_first):
    assert Ask({}, is_needed=asked_first).is_valid() is not asked_first
    assert Ask({}, is_needed=not asked_first).is_valid() is asked_first
    assert "required" not in str(Ask()["reason"])


def test_the_fields_of_the_class_are_not_copied():
    assert Ask().fields["reason"] is Ask().fields["reason"]


class _Fields(forms.Form):
    name = NfcCharField(max_length=5)
    age = forms.IntegerField(required=False)
    agreed = forms.BooleanField(required=False)
    code = forms.CharField(disabled=True, initial="kept")
    paper = forms.FileField(required=False)

    def clean_age(self):
        if self.cleaned_data["age"] == 13:
            raise forms.ValidationError("unlucky")
        return (self.cleaned_data["age"] or 0) + 1


class _Long(LongForm, _Fields):
    pass


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": " An ", "age": "12", "agreed": "on", "code": "changed"},
        {"name": "too long a name", "age": "x"},
        {"name": "An", "age": "13"},
        {"here-name": "An", "here-age": "7"},
    ],
)
def test_a_long_form_cleans_as_any_other(typed):
    files = {"paper": SimpleUploadedFile("a.txt", b"a")}
    prefix = "here" if "here-name" in typed else None
    long, other = _Long(typed, files, prefix=prefix), _Fields(typed, files, prefix=prefix)
    assert long.errors == other.errors
    assert long.cleaned_data == other.cleaned_data
    assert bool(long.errors) is ("name" not in "".join(typed) or typed.get("age") in ("x", "13"))
