"""What machines may send: every text bounded and free of NUL, every number within its column."""

from typing import Annotated, Literal

from ninja import Header, Path, Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

_PLAIN = r"^[^\x00]*$"
Line = Annotated[str, StringConstraints(max_length=250, pattern=_PLAIN)]
Words = Annotated[str, StringConstraints(max_length=5000, pattern=_PLAIN)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Step = Annotated[int, Field(ge=1, le=999)]
Count = Annotated[int, Field(ge=0, le=999)]
Moment = AwareDatetime
Cursor = Annotated[str, StringConstraints(max_length=400, pattern=r"^[A-Za-z0-9_=-]+$")]
ProcedureCode = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00/]+$")]

DossierCode = Annotated[str, Path(max_length=60, pattern=r"^[A-Za-z0-9.-]+$", description="Mã hồ sơ")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key", min_length=1, max_length=100, pattern=r"^[!-~]+$",
        description="The same key with the same content has one effect, however often it is sent.",
    ),
]  # fmt: skip
Match = Annotated[
    str | None,
    Header(
        alias="If-Match", pattern=r'^(\*|"[0-9]{1,9}")$', description="The revision last read, as its ETag."
    ),
]

Outcome = Literal["approved", "refused"]
Relation = Literal["applicant", "submitter", "authorised"]
Delivery = Literal["counter", "postal", "electronic"]


class Sent(Schema):
    """A body: nothing beside what is described."""

    model_config = ConfigDict(extra="forbid")


def revision_of(match: str | None) -> int | None:
    """The revision an If-Match names; None when any will do."""
    return None if match is None or match == "*" else int(match.strip('"'))


def tag_of(revision: int) -> str:
    """The ETag of a revision."""
    return f'"{revision}"'
