"""What a paper holds, whatever it is written as."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Group:
    """A group of rows under its numeral and title; rows have as many cells as the sheet has columns."""

    number: str
    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An appendix: its heading, its columns with their widths in parts, its groups."""

    heading: str
    note: str
    columns: tuple[tuple[str, float], ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An administrative paper of Decree 30/2020/NĐ-CP.

    :param kind: KẾ HOẠCH, BÁO CÁO
    :param signature: the lines above the name: TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH
    """

    kind: str
    title: str
    issuer: str
    number: str
    place_and_day: str
    paragraphs: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    signer: str = ""
    sheets: tuple[Sheet, ...] = field(default=())
