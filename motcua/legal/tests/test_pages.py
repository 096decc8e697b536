"""The operator's pages: what is unverified is listed, a new value is one form away."""

from datetime import date

import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory

from motcua.core.refusal import Refused
from motcua.core.tests.sheets import read_list
from motcua.legal import actions, queries, views
from motcua.legal.models import Parameter
from motcua.legal.tests.test_parameters import AT, Officer


class Notes(BaseStorage):
    """Messages of one request, kept nowhere."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


@pytest.fixture
def loaded(db):
    actions.load_parameters()


def request(method="get", data=None, actor=None):
    made = getattr(RequestFactory(), method)("/", data or {})
    made.actor, made.at, made.user, made.session = actor or Officer(), AT, None, {}
    made._messages = Notes(made)
    return made


def test_pages_answer_with_few_statements(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        answer = views.parameters(request())
    assert answer.status_code == 200 and "apology.working_days_before_due" in answer.content.decode()
    assert views.documents(request()).status_code == 200
    assert views.parameter(request(), "posting.min_months").status_code == 200


def test_the_unverified_are_listed_alone(loaded):
    text = views.parameters(request(data={"xem": "chua-doi-chieu"})).content.decode()
    assert "waiting.max_minutes_per_transaction" in text
    assert "posting.min_months" not in text


def test_what_is_listed_is_a_file_to_keep(loaded):
    asked = {"xem": "chua-doi-chieu", "dang": "xlsx"}
    head, *lines = read_list(views.parameters(request(data=asked)).content)
    assert head[:3] == ["Khóa", "Nội dung", "Giá trị"]
    assert {line[0] for line in lines} == {row.key for row in queries.find_parameters(unverified_only=True)}
    assert all(isinstance(line[3], date) for line in lines)


def test_a_search_with_markup_is_shown_as_text(loaded):
    text = views.parameters(request(data={"q": "<script>"})).content.decode()
    assert "<script>" not in text.split("<main")[1]


def test_a_new_value_and_a_verification_through_their_pages(loaded):
    typed = {"value": "18", "valid_from": "01/01/2027", "basis": "Nghị định mới", "is_verified": "on"}
    assert views.parameter(request("post", typed), "posting.min_months").status_code == 302
    row = queries.find_parameters("apology", unverified_only=True)[0]
    assert views.verify(request("get"), row.pk).status_code == 200
    assert (
        views.verify(request("post", {"basis": "Nghị định 118/2025/NĐ-CP điều 19"}), row.pk).status_code
        == 302
    )
    assert Parameter.objects.get(pk=row.pk).is_verified


def test_a_refused_value_is_said_at_its_field_and_the_typed_text_stays(loaded):
    typed = {"value": "18", "valid_from": "01/01/2020", "basis": "Nghị định mới"}
    answer = views.parameter(request("post", typed), "posting.min_months")
    assert answer.status_code == 422
    assert "phải sau ngày áp dụng" in answer.content.decode() and "Nghị định mới" in answer.content.decode()


@pytest.mark.parametrize(
    "view", [views.parameters, views.documents, lambda r: views.parameter(r, "posting.min_months")]
)
def test_only_an_administrator_comes_in(loaded, view):
    with pytest.raises(Refused) as refusal:
        view(request(actor=Officer(posts=("approver",))))
    assert refusal.value.code == "forbidden"


def test_an_unknown_key_is_not_found(loaded):
    with pytest.raises(Refused) as refusal:
        views.parameter(request(), "no.such_times")
    assert refusal.value.code == "not_found"


def test_the_administrator_of_one_agency_reads_and_does_not_change(loaded):
    commune = Officer(unit_kind="commune")
    key = "posting.min_months"
    assert "Ghi giá trị mới" not in views.parameter(request(actor=commune), key).content.decode()
    assert "Ghi giá trị mới" in views.parameter(request(), key).content.decode()
    row = Parameter.objects.filter(key=key).first()
    with pytest.raises(Refused) as no:
        views.verify(request(actor=commune), row.pk)
    assert no.value.code == "forbidden"
    typed = {"value": "9", "valid_from": "01/01/2027", "basis": "QĐ 1"}
    before = Parameter.objects.count()
    views.parameter(request("post", typed, commune), key)
    assert Parameter.objects.count() == before
