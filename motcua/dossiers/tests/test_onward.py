"""Before sending a file on, the page says with whom it will lie."""

from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier


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
