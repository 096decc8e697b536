"""A file that is not taken is said at its own field at every act that takes one; what was typed stays, nothing is done."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.documents.models import StoredFile
from motcua.documents.tests.factories import package
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Part
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import FEE, NOON, World, make_dossier
from motcua.legal.actions import load_parameters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
BAD = (
    pytest.param("ket-qua.pdf", b"", "rỗng", id="0 bytes"),
    pytest.param("ket-qua.pdf", b"MZ\x90\x00" + bytes(600), "không được nhận", id="a program called a paper"),
    pytest.param("anh.png", b"<!doctype html><html>", "trang web", id="a page called a picture"),
    pytest.param("ket-qua.pdf", b"%PDF-1.7 cut off", "bị hỏng", id="cut off"),
)
BOMB = pytest.param(
    "don.docx", package(more={"word/media/a.bin": bytes(25_000_000)}), "quá lớn", id="a bomb of a document"
)


def _make_signing(world: World) -> tuple[Dossier, str, str, dict[str, Any]]:
    dossier = make_dossier(world, "processing")
    for who, act in (("a.case", actions.propose), ("a.leader", actions.decide)):
        act(actor=world.actors[who], dossier_code=dossier.code, outcome="approved", at=NOON)
    typed = {"signed_on": "10/03/2026", "signer_name": "Nguyễn Văn Duyệt", "title": "Giấy <khai> sinh"}
    return dossier, "a.clerk", "ky-ket-qua", typed


def _make_supplement(world: World) -> tuple[Dossier, str, str, dict[str, Any]]:
    load_parameters()
    dossier = make_dossier(world, "processing", FEE)
    part = Part.objects.filter(dossier=dossier).first()
    assert part
    actions.request_supplement(
        actor=world.actors["a.case"], dossier_code=dossier.code, items=("Ảnh",), reason="Thiếu", answer_days=15, at=NOON
    )  # fmt: skip
    return dossier, "a.intake", "nhan-bo-sung", {"note": "Đã <xem>", "scan_part": part.pk}


def _make_spot(world: World) -> tuple[Dossier, str, str, dict[str, Any]]:
    signer = world.actors["a.leader"].user_id
    typed = {"signer_id": signer, "title": "Trích <lục>", "collector_name": "Nguyễn Văn Thử"}
    return make_dossier(world), "a.intake", "tai-cho", typed


@pytest.mark.parametrize("make", [_make_signing, _make_spot])
def test_a_result_is_a_scan_and_what_is_refused_names_no_word_file(
    world: World, as_: SignIn, make: Any
) -> None:
    dossier, who, act, typed = make(world)
    dossier.refresh_from_db()
    sent = typed | {"revision": dossier.revision, "idempotency_key": "k"}
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for name, content in (("ket-qua.docx", package()), ("ket-qua.doc", old)):
        file = SimpleUploadedFile(name, content)
        answer = as_(who).post(
            reverse("dossiers:act", args=[dossier.code, act]), sent | {"result_file": file}
        )
        assert answer.status_code == 409 and "Chỉ nhận: PDF, JPEG, PNG, TIFF." in answer.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).revision == dossier.revision


SIGNING, SUPPLEMENT, SPOT = (
    (_make_signing, "result_file"),
    (_make_supplement, "scan"),
    (_make_spot, "result_file"),
)


@pytest.mark.parametrize(
    ("make", "field", "name", "content", "words"),
    [pytest.param(*taken, *bad.values, id=f"{taken[1]}: {bad.id}") for taken in (SIGNING, SUPPLEMENT, SPOT) for bad in BAD]
    + [pytest.param(*SUPPLEMENT, *BOMB.values, id=str(BOMB.id))],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_said_at_its_field(
    world: World, as_: SignIn, make: Any, field: str, name: str, content: bytes, words: str
) -> None:
    dossier, who, act, typed = make(world)
    before = Dossier.objects.values().get(pk=dossier.pk)
    files = StoredFile.objects.count()
    sent = typed | {
        "revision": before["revision"],
        "idempotency_key": "k",
        field: SimpleUploadedFile(name, content),
    }
    answer = as_(who).post(reverse("dossiers:act", args=[dossier.code, act]), sent)
    page = answer.content.decode()
    said = re.search(rf'id="id_{field}_error">.*?<span>(.*?)</span></p>', page, re.DOTALL)
    assert answer.status_code in (409, 422) and said and words in said[1] and "Lúc này có thể làm" not in page
    assert "&lt;" in page and StoredFile.objects.count() == files
    assert Dossier.objects.values().get(pk=dossier.pk) == before
