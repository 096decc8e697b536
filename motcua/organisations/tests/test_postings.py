from datetime import date, timedelta

import pytest

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.legal.actions import load_parameters
from motcua.organisations import actions, queries
from motcua.organisations.actions import PostingFacts
from motcua.organisations.models import Assignment, UnitVersion
from motcua.organisations.rules import SYSTEM, Post
from motcua.organisations.tests.factories import AT, ON, make_officer


def test_an_actor_is_a_person_a_post_and_a_unit(province):
    actor = province.commune_intake
    assert (actor.post, actor.unit_name) == (Post.INTAKE_OFFICER, "Trung tâm Phục vụ hành chính công xã An")
    assert (actor.agency_id, actor.agency_code) == (province.units["A"].id, "H50.101")
    assert actor.scope == {province.units["A.tt"].id} and not actor.sees_all


def test_the_scope_of_a_leader_is_the_agency_and_what_is_below(province):
    assert province.commune_approver.scope == queries.get_subtree(province.units["A"].id, ON)
    assert province.control.sees_all and province.head.sees_all


def test_an_administrator_looks_after_units_and_sees_no_dossier(province):
    assert province.administrator.scope == frozenset() and not province.administrator.sees_all
    assert province.units["A.vhxh"].id in province.administrator.administers
    assert province.units["B"].id not in province.commune_administrator.administers


def test_a_person_with_two_posts_chooses_one(province):
    user = make_officer("a.case", "A.tt", "intake_officer")
    assert queries.get_actor(user, None, ON) is None
    first, second = queries.find_assignments(user, ON)
    assert queries.get_actor(user, second.id, ON).post == second.post
    assert queries.get_actor(user, first.id, ON).post == first.post


def test_a_posting_of_somebody_else_cannot_be_chosen(province):
    theirs = Assignment.objects.get(user=province.users["head"]).pk
    assert queries.get_actor(province.users["commune_intake"], theirs, ON) is None


def test_an_ended_posting_ends_with_its_last_day_at_the_next_request(province):
    user = province.users["commune_intake"]
    posting = Assignment.objects.get(user=user)
    assert queries.get_actor(user, None, ON)
    actions.end_assignment(
        actor=province.administrator,
        assignment_id=posting.pk,
        last_day=ON - timedelta(1),
        decision_number="8",
        at=AT,
    )
    fresh = User.objects.get(pk=user.pk)
    assert queries.get_actor(fresh, None, ON) is None
    assert queries.get_actor(fresh, None, ON - timedelta(1)) is not None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "khongco"}, "username"),
        ({"unit_code": "khongco"}, "code"),
        ({"post": "king"}, "post"),
        ({"decision_number": " "}, "decision_number"),
        ({"last_day": date(2025, 1, 1)}, "last_day"),
        ({"first_day": date(2024, 1, 1)}, "unit_code"),
        ({"username": "a.intake", "unit_code": "A.tt", "post": "intake_officer"}, "first_day"),
    ],
)
def test_a_wrong_posting_is_refused_at_its_field(province, changes, field):
    typed = {
        "username": "b.case", "unit_code": "A.vhxh", "post": "case_officer", "decision_number": "3", "first_day": ON,
    } | changes  # fmt: skip
    before = Assignment.objects.count()
    with pytest.raises(Refused) as refused:
        actions.appoint(actor=SYSTEM, posting=PostingFacts(**typed), at=AT)
    assert refused.value.field == field
    assert Assignment.objects.count() == before


D118, D61 = "NĐ 118/2025/NĐ-CP điều 11", "NĐ 61/2018/NĐ-CP điều 11"


@pytest.mark.parametrize(
    ("first", "last", "changes", "code"),
    [
        pytest.param("2026-03-10", "2027-03-09", {}, "", id=f"{D118}: twelve months"),
        pytest.param("2026-03-10", "2027-03-08", {}, "bad_length", id=f"{D118}: a day less"),
        pytest.param("2026-03-10", "2029-03-09", {}, "", id=f"{D118}: thirty-six months"),
        pytest.param("2026-03-10", "2029-03-10", {}, "bad_length", id=f"{D118}: a day more"),
        pytest.param("2024-02-29", "2024-08-28", {}, "", id=f"{D61}: six months were enough then"),
        pytest.param("2024-03-01", "2026-03-01", {}, "bad_length", id=f"{D61}: twenty-four the most then"),
        pytest.param("2026-03-10", None, {}, "", id=f"{D118}: the unit's own people have no last day"),
        pytest.param("2026-03-10", "2026-04-09", {"is_reserve": True}, "", id=f"{D118}: a reserve stands in"),
        pytest.param("2026-03-10", "2026-04-09", {"post": "case_officer"}, "", id=f"{D118}: no other post"),
    ],
)  # fmt: skip
def test_who_is_sent_to_the_counter_is_sent_for_the_months_of_the_decree(
    province, first, last, changes, code
):
    load_parameters()
    UnitVersion.objects.filter(unit__code="A.tt").update(valid_from=date(2020, 1, 1))
    queries.forget_trees()
    posting = PostingFacts(
        **{"username": "b.case", "unit_code": "A.tt", "post": "intake_officer", "decision_number": "3", "first_day": date.fromisoformat(first),
           "last_day": date.fromisoformat(last) if last else None} | changes
    )  # fmt: skip
    before = Assignment.objects.count()
    if not code:
        assert actions.appoint(actor=SYSTEM, posting=posting, at=AT).pk
        return
    with pytest.raises(Refused) as refused:
        actions.appoint(actor=SYSTEM, posting=posting, at=AT)
    assert (refused.value.code, refused.value.field) == (code, "last_day")
    assert Assignment.objects.count() == before


def test_an_administrator_stays_within_the_own_agency(province):
    posting = PostingFacts("b.case", "B.vhxh", "section_head", "3", ON)
    for actor in (province.commune_administrator, province.commune_head, None):
        with pytest.raises(Refused) as refused:
            actions.appoint(actor=actor, posting=posting, at=AT)
        assert refused.value.code == "forbidden"
    actions.appoint(actor=province.other_administrator, posting=posting, at=AT)


def test_a_password_is_renewed_only_by_who_looks_after_all_the_persons_posts(province):
    made = actions.renew_password(
        actor=province.commune_administrator, user_id=province.users["commune_case"].pk, at=AT
    )
    assert User.objects.get(pk=made.user_id).check_password(made.password)
    for victim in ("administrator", "other_case", "head"):
        with pytest.raises(Refused):
            actions.renew_password(
                actor=province.commune_administrator, user_id=province.users[victim].pk, at=AT
            )


def test_an_actor_once_known_costs_no_statement(province, django_assert_num_queries):
    user = province.users["commune_intake"]
    queries.get_actor(user, None, ON)
    with django_assert_num_queries(0):
        assert queries.get_actor(user, None, ON) == province.commune_intake
