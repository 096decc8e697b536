"""No letter anybody writes keeps a paper from being printed."""

import io
import json

import pypdfium2
import pytest
import typst

from motcua.documents import typesetting
from motcua.documents.typesetting import make_printable, typeset

LAYOUT = """#let said = read("/said.txt")
#set text(font: "Tinos")
#strong(said) #emph(said) #said"""
PAPER = '#include "/paper.typ"'
MARK = b"<pdfaid:part>2"


@pytest.fixture
def layout(tmp_path):
    (tmp_path / "paper.typ").write_text(LAYOUT)
    return tmp_path


def read(pdf):
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(pdf)))


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        pytest.param("Nguyễn Thị Thuỳ Dương – 12 m², 5 ₫ “x”…", None, id="as usual"),
        pytest.param("王伟", "□□", id="another script"),
        pytest.param("xong 😀", "xong □", id="a drawing"),
        pytest.param("\uf0b7 Một", "• Một", id="a bullet copied from Word"),
        pytest.param("a\uffffb", "a□b", id="no letter at all"),
        pytest.param("→ ✓ ☐", None, id="signs that another font has"),
    ],
)
def test_a_letter_no_font_has_is_a_box_and_the_paper_stays_archival(layout, said, printed):
    assert make_printable(said) == (printed or said)
    pdf = typeset(layout, PAPER, {"said.txt": said})
    assert MARK in pdf and (printed or said).split()[-1] in read(pdf)


def test_what_is_taken_for_usual_is_in_the_fonts(layout):
    usual = [chr(code) for code in range(0x20, 0x20AC) if typesetting._USUAL.fullmatch(chr(code))]
    assert len(usual) > 700 and MARK in typeset(layout, PAPER, {"said.txt": " ".join(usual)})


def test_a_fault_of_a_layout_stays_a_fault(layout):
    (layout / "broken.typ").write_text("#nothing-of-the-kind")
    with pytest.raises(typst.TypstError):
        typeset(layout, '#include "/broken.typ"', {})


def test_what_was_told_for_one_paper_is_not_told_for_the_next(layout):
    (layout / "receipt.typ").write_text("#let form(data) = data.name")
    paper = '#import "/receipt.typ": form\n#form(json("/data.json"))'
    names = [
        read(typeset(layout, paper, {"data.json": json.dumps({"name": name})})) for name in ("An", "Bình")
    ]
    assert names == ["An", "Bình"]
    with pytest.raises(typst.TypstError, match="not found"):
        typeset(layout, paper, {})
