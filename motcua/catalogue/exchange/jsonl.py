"""Files of one JSON object per line: the full national export, and our own compact file of its facts."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.exchange.cells import Cells
from motcua.catalogue.exchange.facts import (
    BlockFacts,
    ChannelFacts,
    ComponentFacts,
    FeeFacts,
    ProcedureFacts,
    Reading,
    Rejection,
    ResultFacts,
)
from motcua.catalogue.rules import (
    CHANNEL_WORDS,
    FEE_WORDS,
    KIND_WORDS,
    LEVEL_WORDS,
    LIMIT_UNIT_WORDS,
    MONTHS_OF,
    BlockKind,
    ChannelKind,
    FeeKind,
    Level,
    LimitUnit,
    ProcedureKind,
    block_kind,
    is_usual_code,
    short_label,
    without_bullet,
)

_CURRENCIES = {"": "", "VND": "VND", "USD": "USD"}
# The longest procedure of the national catalogue takes a hundredth of this.
_LONGEST_LINE = 20_000_000
# The national catalogue has six thousand lines and sixty million letters; a packed file can hold any number.
_MOST_LINES, _MOST_LETTERS = 100_000, 1_000_000_000
_OURS = "blocks"
_THEIRS = "dossier_cases"


def read_jsonl(path: Path) -> Reading:
    """Every line of a .jsonl or .jsonl.gz file, in the national shape or in ours.

    :raises ValueError: it is no text, damaged, or longer than any catalogue, in a line or in all.
    """
    reading = Reading([], [], [])
    seen: set[tuple[str, str]] = set()
    letters = 0
    for row, line in enumerate(_read_lines(path), 1):
        if len(line) > _LONGEST_LINE:
            raise ValueError(_("Dòng %(row)s dài quá mức: tệp không phải danh mục thủ tục.") % {"row": row})
        letters += len(line)
        if row > _MOST_LINES or letters > _MOST_LETTERS:
            raise ValueError(
                _("Tệp bung ra dài quá mức: không phải danh mục thủ tục. Kiểm tra lại tệp đã chọn.")
            )
        if line.strip():
            _take_line(row, line, reading, seen)
    return reading


def _read_lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from iter(partial(lines.readline, _LONGEST_LINE + 1), "")
    except UnicodeDecodeError as fault:
        raise ValueError(_("Tệp không phải văn bản UTF-8: đây không phải tệp .jsonl.")) from fault
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise ValueError(_("Tệp nén .gz bị hỏng hoặc không phải tệp .gz.")) from fault


def _take_line(row: int, line: str, reading: Reading, seen: set[tuple[str, str]]) -> None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        reading.rejections.append(Rejection(row, "", line[:80], _("không phải JSON hợp lệ")))
        return
    if not isinstance(values, dict):
        reading.rejections.append(Rejection(row, "", line[:80], _("không phải một thủ tục")))
        return
    rejected: list[Rejection] = []
    facts = (read_national if _THEIRS in values else read_compact)(Cells(row, values, rejected))
    if facts.key in seen:
        rejected.append(Rejection(row, "code", facts.code, _("mã và mã trên Cổng lặp lại trong tệp")))
    seen.add(facts.key)
    if rejected:
        reading.rejections.extend(rejected)
        return
    if not is_usual_code(facts.code):
        reading.warnings.append(
            Rejection(row, "code", facts.code, _("mã không theo dạng thường gặp 1.000000"))
        )
    reading.procedures.append(facts)


def read_national(cells: Cells) -> ProcedureFacts:
    """One procedure as the national portal gives it; steps, requirements and notes are left behind."""
    return ProcedureFacts(
        decision_number=cells.line("decision", longest=100),
        decided_on=cells.day("decision_date"),
        published_on=cells.day("publication_date"),
        field_name=cells.line("field", required=True),
        promulgator_code=cells.line("promulgating_code", longest=20),
        promulgator=cells.line("promulgating_agency", longest=200),
        kind=cells.choice("kind", KIND_WORDS, ProcedureKind.STANDARD),
        agencies=_lines(cells.raw("executing_agencies")),
        legal_basis=_lines(basis.get("number") for basis in _rows(cells, "legal_basis")),
        blocks=tuple(_national_block(cells, no, block) for no, block in enumerate(_rows(cells, _THEIRS), 1)),
        channels=tuple(
            _national_channel(cells, no, way) for no, way in enumerate(_rows(cells, "methods"), 1)
        ),
        **_identity(cells),
    )


def read_compact(cells: Cells) -> ProcedureFacts:
    """One procedure from our own file."""
    return ProcedureFacts(
        decision_number=cells.line("decision_number", longest=100),
        decided_on=cells.day("decided_on"),
        published_on=cells.day("published_on"),
        field_name=cells.line("field_name", required=True),
        promulgator_code=cells.line("promulgator_code", longest=20),
        promulgator=cells.line("promulgator", longest=200),
        kind=cells.choice("kind", {k: k for k in ProcedureKind}, ProcedureKind.STANDARD),
        agencies=_lines(cells.raw("agencies")),
        legal_basis=_lines(cells.raw("legal_basis")),
        blocks=tuple(_block(cells, no, block) for no, block in enumerate(_rows(cells, _OURS), 1)),
        channels=tuple(_channel(cells, no, way) for no, way in enumerate(_rows(cells, "channels"), 1)),
        **_identity(cells),
    )


def _identity(cells: Cells) -> dict[str, Any]:
    return {
        "code": cells.line("code", longest=40, required=True),
        "portal_id": cells.line("portal_id", longest=60),
        "name": cells.line("name", longest=4000, required=True),
        "field_code": cells.line("field_code", longest=40, required=True),
        "levels": _levels(cells),
        "is_full_online": cells.flag("is_full_online"),
        "is_non_territorial": cells.flag("is_non_territorial"),
        "results": tuple(_result(cells, no, found) for no, found in enumerate(_rows(cells, "results"), 1)),
    }


def _rows(cells: Cells, column: str) -> list[Mapping[str, Any]]:
    found = cells.raw(column) or []
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    cells.reject(column, _("phải là danh sách"))
    return []


def _lines(values: Any) -> tuple[str, ...]:
    found = [" ".join(str(v).split()) for v in values or () if v]
    return tuple(dict.fromkeys(line for line in found if line))


def _levels(cells: Cells) -> tuple[str, ...]:
    words: dict[str, str] = {**LEVEL_WORDS, **{str(level): str(level) for level in Level}}
    found = cells.raw("levels") or []
    if not isinstance(found, list) or any(word not in words for word in found):
        cells.reject("levels", _("cấp thực hiện không thuộc danh mục"))
        return ()
    return tuple(dict.fromkeys(str(words[word]) for word in found))


def _result(cells: Cells, no: int, values: Mapping[str, Any]) -> ResultFacts:
    inner = cells.inside(values, f"results[{no}]")
    return ResultFacts(inner.line("code", longest=100), inner.text("name"))


def _national_block(cells: Cells, no: int, values: Mapping[str, Any]) -> BlockFacts:
    inner = cells.inside(values, f"{_THEIRS}[{no}]")
    name = without_bullet(inner.text("case"))
    papers = [
        _component(inner, place, paper, code="doc_code", originals="original_qty", copies="copy_qty")
        for place, paper in enumerate(_rows(inner, "components"), 1)
    ]
    # The source has a few components without any text: they name no paper.
    bare = (paper._replace(name=without_bullet(paper.name)) for paper in papers)
    return BlockFacts(name, block_kind(name), tuple(paper for paper in bare if paper.name))


def _block(cells: Cells, no: int, values: Mapping[str, Any]) -> BlockFacts:
    inner = cells.inside(values, f"{_OURS}[{no}]")
    papers = tuple(_component(inner, place, p) for place, p in enumerate(_rows(inner, "components"), 1))
    return BlockFacts(inner.text("name"), inner.choice("kind", {k: k for k in BlockKind}), papers)


def _component(
    cells: Cells,
    no: int,
    values: Mapping[str, Any],
    *,
    code: str = "code",
    originals: str = "originals",
    copies: str = "copies",
) -> ComponentFacts:
    inner = cells.inside(values, f"components[{no}]")
    return ComponentFacts(
        inner.line(code, longest=600),
        inner.text("name"),
        inner.whole(originals, 9999),
        inner.whole(copies, 9999),
    )


def _national_channel(cells: Cells, no: int, values: Mapping[str, Any]) -> ChannelFacts:
    inner = cells.inside(values, f"methods[{no}]")
    unit = inner.choice("time_unit", LIMIT_UNIT_WORDS, LimitUnit.NONE)
    amount = Decimal(0)
    if unit != LimitUnit.NONE:
        amount = inner.number("time_value", 9999) * MONTHS_OF.get(str(values.get("time_unit")), 1)
    if not amount:
        unit = LimitUnit.NONE
    fees = tuple(_national_fee(inner, place, fee) for place, fee in enumerate(_rows(inner, "fees"), 1))
    return ChannelFacts(inner.choice("channel", CHANNEL_WORDS), amount, unit, fees)


def _national_fee(cells: Cells, no: int, values: Mapping[str, Any]) -> FeeFacts:
    inner = cells.inside(values, f"fees[{no}]")
    amount = None if values.get("value") is None else inner.whole("value")
    said = str(values.get("description") or "").strip()
    # Nought with an explanation, or with none, is how the source leaves the amount to another text.
    if amount == 0:
        amount = 0 if said.lower().startswith(("miễn", "không")) else None
    return FeeFacts(
        inner.choice("type", FEE_WORDS), short_label(said, 120), amount, inner.choice("currency", _CURRENCIES)
    )


def _channel(cells: Cells, no: int, values: Mapping[str, Any]) -> ChannelFacts:
    inner = cells.inside(values, f"channels[{no}]")
    return ChannelFacts(
        inner.choice("kind", {k: k for k in ChannelKind}),
        inner.number("limit_amount", 999_999),
        inner.choice("limit_unit", {u: u for u in LimitUnit}, LimitUnit.NONE),
        tuple(_fee(inner, place, fee) for place, fee in enumerate(_rows(inner, "fees"), 1)),
    )


def _fee(cells: Cells, no: int, values: Mapping[str, Any]) -> FeeFacts:
    inner = cells.inside(values, f"fees[{no}]")
    amount = inner.whole("amount") if values.get("amount") is not None else None
    return FeeFacts(
        inner.choice("kind", {k: k for k in FeeKind}),
        inner.line("name", longest=200),
        amount,
        inner.choice("currency", _CURRENCIES),
    )


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Our compact file: one object per line, the same bytes for the same facts."""
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
