"""What the counter says of each paper brought: there or not, how many, and its scans."""

from dataclasses import dataclass

from django.http import QueryDict

from motcua.core.text import read_count


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the component table as the officer left it."""

    component_id: int
    is_present: bool
    originals: int
    copies: int
    note: str
    file_ids: tuple[int, ...]
    typed_originals: str = ""
    typed_copies: str = ""


def read_papers(data: QueryDict, component_ids: list[int]) -> list[PaperRow]:
    """Read ``part_<id>…`` fields; a count nobody can mean is kept as typed and refused, a scan says the paper is there."""
    return [_read_paper(data, cid) for cid in component_ids]


def _read_paper(data: QueryDict, cid: int) -> PaperRow:
    # Eighteen digits are more files than there can be; longer numbers are nobody's.
    files = (v for v in data.getlist(f"part_{cid}_files") if v.isdecimal() and len(v) <= 18)
    file_ids = tuple(dict.fromkeys(int(v) for v in files))
    originals, copies = (data.get(f"part_{cid}_{name}", "").strip() for name in ("originals", "copies"))
    return PaperRow(
        component_id=cid,
        is_present=f"part_{cid}" in data or bool(file_ids),
        originals=_count(originals),
        copies=_count(copies),
        note=(data.get(f"part_{cid}_note") or "")[:300],
        file_ids=file_ids,
        typed_originals=originals,
        typed_copies=copies,
    )


def _count(text: str) -> int:
    """Nothing typed is none; what is no number is fewer than none, which the rule refuses."""
    number = read_count(text) if text else 0
    return -1 if number is None else number
