"""A text read piece by piece: what one reader has understood, the next no longer sees."""

import re

from motcua.core.text import clean_line
from motcua.programme.rules.words import flatten

TAKEN = "¦"
_CLOCK = re.compile(r"\b(?:truoc|luc|vao|den)\s*(?:\d{1,2}\s*(?:gio|h)\s*(?:\d\d)?(?:\s*phut)?)(?=\s|,|$)")
_NUMBERED = re.compile(r"\b(?:dot|lan|ky|giai doan)\s*\d\b")

# What may stand around a deadline without changing it.
_SILENT = frozenset(
    re.findall(
        r"\w+",
        "bao bat cac cao cham chi chot co con cua da dam dat dau de den dinh du dot gian gui ha han het hien hinh hoac "
        "hoan hoi khoang khoi ky la lam lap luc moc muon nam nay ngay nhat nhiem nop phai qua quy ra so tai thanh "
        "thang theo thi thoi thuc ti tien to chuc tong trien khai trinh tro trong truoc tu tung tuan va vao ve viec "
        "vong vu xay dung xong ban hanh ket hop phan lan thu khong cuoi don vi cong nhan muc dich bo diem ke hoach "
        "ca 1 01 sau suot doi voi chot hon",
    )
)


class Scan:
    """One cell: its words, the same without marks, and what has not been understood yet."""

    def __init__(self, text: str) -> None:
        self.text = clean_line(text)
        self.flat = flatten(self.text)
        self.rest = self.flat

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Every place where the pattern stands in what is left; these places are then understood."""
        found = list(pattern.finditer(self.rest))
        for match in found:
            self.blank(*match.span())
        return found

    def blank(self, start: int, end: int) -> None:
        """Mark a stretch as understood."""
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]

    def quote(self, start: int, end: int) -> str:
        """The words of the cell at a place, without the signs around them."""
        return self.text[start:end].strip(" ,;:.()[]-–")

    def get_leftovers(self) -> list[str]:
        """Words nobody understood and that are not silent."""
        unnumbered = _NUMBERED.sub(" ", _CLOCK.sub(" ", self.rest.replace(TAKEN, " ")))
        words = re.findall(r"[^\W_]+", unnumbered)
        return [word for word in words if word not in _SILENT]
