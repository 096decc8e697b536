"""What is done to a dossier: one function per act, one transaction."""

from motcua.dossiers.actions.closing import return_result, sign_result, stop, void_number, withdraw
from motcua.dossiers.actions.facts import FeeLine, Intake, PartFacts, PersonFacts, Target
from motcua.dossiers.actions.handling import decide, hand_over, propose, return_for_redo, start, take
from motcua.dossiers.actions.intake import receive, refuse_intake
from motcua.dossiers.actions.opinions import answer_opinion, ask_opinion
from motcua.dossiers.actions.preferences import drop_favourite, keep_favourite, save_list
from motcua.dossiers.actions.recounting import recount
from motcua.dossiers.actions.series import close_series, open_series

__all__ = [
    "FeeLine",
    "Intake",
    "PartFacts",
    "PersonFacts",
    "Target",
    "answer_opinion",
    "ask_opinion",
    "close_series",
    "decide",
    "drop_favourite",
    "hand_over",
    "keep_favourite",
    "open_series",
    "propose",
    "receive",
    "recount",
    "refuse_intake",
    "return_for_redo",
    "return_result",
    "save_list",
    "sign_result",
    "start",
    "stop",
    "take",
    "void_number",
    "withdraw",
]
