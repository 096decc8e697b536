"""The five plans of the reference material, from the file to the printed report, by the command and by the page."""

from io import StringIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from motcua.bench.plans import find_reference, read_register
from motcua.commands.options import ROOT
from motcua.programme.models import Plan, PlanReading
from motcua.programme.queries.differences import compare
from motcua.programme.reading import open_source

SHARED = find_reference(ROOT)
FILES = sorted((SHARED / "plans").glob("*.txt")) if SHARED else []
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILES, reason="the plans of the reference material are not beside the repository"),
]


def expected_rows(path: Path) -> int:
    assert SHARED is not None
    return len(read_register(SHARED / "reference" / "seed-inventory.md")[FILES.index(path)])


def require_exported(client: Any, plan: Plan) -> None:
    """Plan and report leave as Word and PDF; the Word file of the plan is read back as the plan."""
    for what in ("ke-hoach", "bao-cao"):
        for ending in ("docx", "pdf"):
            answer = client.get(f"/ke-hoach/{plan.pk}/xuat/{what}.{ending}")
            assert answer.status_code == 200 and len(answer.content) > 5000, (what, ending)
            if ending == "pdf":
                pages = pypdfium2.PdfDocument(answer.content)
                text = "".join(page.get_textpage().get_text_range() for page in pages)
                assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
            elif what == "ke-hoach":
                assert open_source(answer.content, "x.docx").blocks


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_a_real_plan_goes_in_by_the_command_and_leaves_as_papers(
    sign_in: Any, province: Any, path: Path
) -> None:
    said = StringIO()
    call_command("import_plan", str(path), "--unit", "P", "--confirm", stdout=said)
    plan = Plan.objects.get()
    assert plan.tasks.count() == expected_rows(path) and f"/ke-hoach/{plan.pk}/" in said.getvalue()
    assert plan.file is not None and len(plan.file.sha256) == 64
    require_exported(sign_in("control"), plan)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_a_real_plan_goes_in_by_the_page_and_a_second_time_changes_nothing(
    sign_in: Any, province: Any, path: Path
) -> None:
    client = sign_in("control")
    for _time in range(2):
        file = SimpleUploadedFile("ke-hoach.txt", path.read_bytes())
        assert client.post("/ke-hoach/nhap/", {"file": file}).status_code == 302
        reading = PlanReading.objects.latest("pk")
        assert client.get(f"/ke-hoach/ban-doc/{reading.pk}/").status_code == 200
        client.post(f"/ke-hoach/ban-doc/{reading.pk}/xac-nhan/", {"revision": reading.revision})
    plan = Plan.objects.get()
    assert plan.version == 2 and plan.tasks.filter(is_withdrawn=False).count() == expected_rows(path)
    assert compare(plan, reading.read["rows"]).is_empty
    for page in ("", "don-vi/", "theo-han/", "lich-nam/", "lich-thang/", "chi-tieu/", "cap-duoi/"):
        assert client.get(f"/ke-hoach/{plan.pk}/{page}").status_code == 200
