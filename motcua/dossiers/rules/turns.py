"""The two turns before acceptance, drawn: the other turns are acts, in the table of moves (`states.MOVES`)."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.dossiers.rules.powers import COUNTER
from motcua.dossiers.rules.states import State
from motcua.dossiers.rules.words import _
from motcua.organisations.rules import Post


class Turn(StrEnum):
    """A turn of a filing that is not accepted yet."""

    RETURN_FOR_FIX = "return_for_fix"
    RESUBMIT = "resubmit"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; no posts means that no officer does it."""

    label: str
    sources: frozenset[State]
    target: State
    posts: frozenset[Post]
    notice: str
    basis: str


S, T = State, Turn
NOBODY: frozenset[Post] = frozenset()

# fmt: off
TURNS: dict[Turn, Row] = {
    # turn                label                         from                             to                  by whom  told                          article
    T.RETURN_FOR_FIX: Row(_("Trả lại để hoàn thiện"), frozenset({S.SUBMITTED}),        S.RETURNED_FOR_FIX, COUNTER, "dossiers/returned_for_fix", "Nghị định 61/2018/NĐ-CP điều 17.1a, 17.2"),
    T.RESUBMIT:       Row(_("Nộp lại"),               frozenset({S.RETURNED_FOR_FIX}), S.SUBMITTED,        NOBODY,  "",                          "Nghị định 297/2025/NĐ-CP"),
}
# fmt: on
