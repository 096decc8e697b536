"""The door: who sees what, and which post may do which act — the matrix is printed from the table."""

import pytest

from motcua.core.refusal import Refused
from motcua.dossiers import access, actions, queries
from motcua.dossiers.rules.powers import POWERS, is_power
from motcua.dossiers.rules.states import Act
from motcua.dossiers.tests.factories import BUILD, NOON, World, make_dossier
from motcua.organisations.rules import Post

MATRIX = """
                  intake case  section approver clerk one_stop control unit_head admin
receive             x                                   x
refuse_intake       x                                   x
start                      x     x       x                                x
take                x      x     x       x       x      x                 x
hand_over           x      x     x       x       x      x                 x
ask_opinion                x     x       x                                x
answer_opinion             x     x       x                                x
propose                    x     x
return_for_redo                  x       x                                x
decide                                   x                                x
sign_result                              x       x                        x
void_number                              x       x                        x
return_result       x                                   x
withdraw            x                                   x
stop                x                    x              x                 x
settle_on_spot      x                                   x
lapse_opinion
request_supplement         x     x       x                                x
accept_supplement   x                                   x
close_unanswered    x                                   x
request_payment            x     x       x                                x
confirm_payment     x      x     x                      x
suspend                                  x                                x
resume                     x     x       x                                x
extend                                   x                                x
apologise                                x                                x
reopen                                   x                                x
transfer
take_over           x      x     x       x       x      x                 x
send_back           x      x     x       x       x      x                 x
resend              x      x     x       x       x      x                 x
recount
reassign
relocate
consign
"""
COLUMNS = (
    Post.INTAKE_OFFICER, Post.CASE_OFFICER, Post.SECTION_HEAD, Post.APPROVER, Post.CLERK, Post.ONE_STOP_HEAD,
    Post.CONTROL_OFFICER, Post.UNIT_HEAD, Post.ADMINISTRATOR,
)  # fmt: skip
PLACES = (20, 27, 33, 41, 49, 56, 0, 74, 0)


def printed(act: Act) -> str:
    line = next(row for row in MATRIX.splitlines() if row.split() and row.split()[0] == act)
    return "".join("x" if place and line[place : place + 1] == "x" else "." for place in PLACES)


@pytest.mark.parametrize("act", list(Act))
def test_posts_may_do_exactly_what_the_matrix_says(act: Act) -> None:
    assert "".join("x" if is_power(post, act) else "." for post in COLUMNS) == printed(act)


def test_nobody_without_a_listed_post_has_a_power() -> None:
    for post in (Post.CONTROL_OFFICER, Post.ADMINISTRATOR):
        assert not any(post in power.posts for power in POWERS.values())


SEES = {
    "a.intake": True, "a.intake2": True, "a.head": True, "a.leader": True, "a.clerk": True, "p.control": True,
    "a.case": False, "a.section": False, "b.intake": False, "b.leader": False, "p.intake": False, "x.case": False,
    "x.leader": False, "m.case": False, "p.admin": False,
}  # fmt: skip


@pytest.mark.parametrize("who", SEES)
def test_a_received_dossier_is_seen_by_those_it_concerns(world: World, who: str) -> None:
    dossier = make_dossier(world)
    actor = world.actors[who]
    assert access.visible_to(actor).filter(pk=dossier.pk).exists() is SEES[who]
    register = queries.find_register(actor).rows
    assert bool(register) is SEES[who]
    assert bool(queries.search(actor, dossier.code).rows) is SEES[who]
    assert bool(queries.search(actor, "nguyen thu").rows) is SEES[who]
    if SEES[who]:
        assert queries.get_dossier(actor, dossier.code).pk == dossier.pk
    else:
        with pytest.raises(Refused) as no:
            queries.get_dossier(actor, dossier.code)
        assert no.value.code == "not_found"


def test_a_stranger_sees_nothing(world: World) -> None:
    make_dossier(world)
    assert not access.visible_to(None).exists()


def test_handing_over_lets_the_section_see_and_the_opinion_lets_the_asked_agency(world: World) -> None:
    dossier = make_dossier(world)
    actions.hand_over(actor=world.actors["a.intake"], dossier_code=dossier.code, at=NOON)
    assert queries.get_dossier(world.actors["a.case"], dossier.code)
    build = make_dossier(world, code=BUILD)
    actions.hand_over(actor=world.actors["p.intake"], dossier_code=build.code, at=NOON)
    assert queries.get_dossier(world.actors["m.case"], build.code)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("b.intake", "not_found"),
        ("a.leader", "forbidden"),
        ("a.intake2", "not_yours"),
        ("p.control", "forbidden"),
    ],
)
def test_an_act_is_refused_to_whom_it_does_not_belong(world: World, who: str, code: str) -> None:
    dossier = make_dossier(world)
    carry_out = actions.propose if who == "p.control" else actions.hand_over
    more = {"outcome": "approved"} if who == "p.control" else {}
    if who == "a.leader":
        carry_out, more = actions.return_result, {"collector_name": "x"}
    with pytest.raises(Refused) as no:
        carry_out(actor=world.actors[who], dossier_code=dossier.code, at=NOON, **more)
    expected = {code, "not_possible_now"} if who in ("a.leader", "p.control") else {code}
    assert no.value.code in expected


def test_what_is_allowed_is_what_succeeds(world: World) -> None:
    """For every officer and state, an act is offered exactly when the guard lets it through."""
    for state in ("received", "processing", "result_ready", "returned", "withdrawn", "not_accepted"):
        dossier = make_dossier(world, state)
        tasks = queries.get_tasks(dossier)
        for actor in world.actors.values():
            offered = access.find_allowed(actor, dossier, tasks)
            for act in Act:
                if act in offered:
                    access.require_act(actor, dossier, tasks, act)
                else:
                    with pytest.raises(Refused) as no:
                        access.require_act(actor, dossier, tasks, act)
                    assert no.value.possible == offered


def test_files_go_through_the_same_door(world: World) -> None:
    dossier = make_dossier(world, "result_ready")
    file_id = dossier.results.get().file_id
    assert queries.get_file(world.actors["a.intake"], dossier.code, file_id).pk == file_id
    for who, number in (("b.intake", file_id), ("a.intake", world.make_file(world.actors["b.intake"]))):
        with pytest.raises(Refused):
            queries.get_file(world.actors[who], dossier.code, number)
