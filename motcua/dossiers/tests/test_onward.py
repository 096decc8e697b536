"""Before sending a file on, the page says with whom it will lie."""

from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BUILD, NOON, World, make_dossier


def test_the_page_of_an_act_says_where_the_file_goes(world: World, as_: SignIn, morning: None) -> None:
    dossier = make_dossier(world, "processing")
    page = as_("a.case").get(reverse("dossiers:act", args=[dossier.code, "trinh"])).content.decode()
    assert "Ký duyệt" in page and world.actors["a.leader"].person_name in page


def test_an_act_that_moves_nothing_names_nobody(world: World, as_: SignIn, morning: None) -> None:
    dossier = make_dossier(world, "processing")
    page = as_("a.case").get(reverse("dossiers:act", args=[dossier.code, "xin-y-kien"])).content.decode()
    assert "Sau đó hồ sơ ở" not in page


def test_who_decides_reads_what_was_proposed(world: World, as_: SignIn, morning: None) -> None:
    dossier = make_dossier(world, "processing")
    actions.propose(
        actor=world.actors["a.case"],
        dossier_code=dossier.code,
        outcome="approved",
        note="Hồ sơ hợp lệ, đã đối chiếu sổ gốc",
        at=NOON,
    )
    page = as_("a.leader").get(reverse("dossiers:act", args=[dossier.code, "quyet-dinh"]))
    assert "Hồ sơ hợp lệ, đã đối chiếu sổ gốc" in page.content.decode()


def test_before_a_join_the_page_names_the_branches_it_waits_for(
    world: World, as_: SignIn, morning: None
) -> None:
    dossier = make_dossier(world, code=BUILD)
    actions.hand_over(actor=world.actors["p.intake"], dossier_code=dossier.code, at=NOON)
    actions.start(actor=world.actors["x.case"], dossier_code=dossier.code, at=NOON)
    address = reverse("dossiers:act", args=[dossier.code, "trinh"])
    page = as_("x.case").get(address).content.decode()
    assert "Cho ý kiến về đất đai" in page and "song song" in page and "Sau đó hồ sơ ở" not in page
    actions.answer_opinion(actor=world.actors["m.case"], dossier_code=dossier.code, answer="Phù hợp", at=NOON)
    page = as_("x.case").get(address).content.decode()
    assert "song song" not in page and "Tổng hợp, trình" in page


def test_a_leader_chooses_the_step_a_file_goes_back_to_and_it_is_read_there(
    world: World, as_: SignIn, morning: None
) -> None:
    actor, dossier = world.actors, make_dossier(world, code=BUILD)
    actions.hand_over(actor=actor["p.intake"], dossier_code=dossier.code, at=NOON)
    actions.start(actor=actor["x.case"], dossier_code=dossier.code, at=NOON)
    actions.answer_opinion(actor=actor["m.case"], dossier_code=dossier.code, answer="Phù hợp", at=NOON)
    for who in ("x.case", "x.section"):
        actions.propose(actor=actor[who], dossier_code=dossier.code, outcome="approved", at=NOON)
    address = reverse("dossiers:act", args=[dossier.code, "tra-lai"])
    leader = as_("x.leader")
    page = leader.get(address).content.decode()
    assert (
        page.index('<option value="4"') < page.index('<option value="2"') and '<option value="3"' not in page
    )
    dossier.refresh_from_db()
    sent = {"revision": dossier.revision, "idempotency_key": "k", "note": "Đo lại chỉ giới"}
    assert leader.post(address, sent | {"to_step": "3"}).status_code == 422
    assert leader.post(address, sent | {"to_step": "2"}).status_code == 302
    again = as_("x.case").get(reverse("dossiers:act", args=[dossier.code, "trinh"])).content.decode()
    assert "Đo lại chỉ giới" in again
