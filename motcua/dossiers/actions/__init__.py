"""What is done to a dossier: one function per act, one transaction."""

from motcua.dossiers.actions.closing import return_result, sign_result, stop, void_number, withdraw
from motcua.dossiers.actions.consigning import consign
from motcua.dossiers.actions.desks import hand_over_desk, reassign
from motcua.dossiers.actions.facts import FeeLine, Intake, PartFacts, PersonFacts, Target
from motcua.dossiers.actions.handling import decide, hand_over, propose, return_for_redo, start, take
from motcua.dossiers.actions.intake import receive, refuse_intake
from motcua.dossiers.actions.joining import JointIntake, receive_joint, return_whole
from motcua.dossiers.actions.joint_ending import withdraw_whole
from motcua.dossiers.actions.on_spot import settle_on_spot
from motcua.dossiers.actions.opinions import answer_opinion, ask_opinion, lapse_opinion
from motcua.dossiers.actions.preferences import drop_favourite, keep_favourite, save_list
from motcua.dossiers.actions.promising import apologise, extend
from motcua.dossiers.actions.recounting import recount
from motcua.dossiers.actions.relocating import relocate
from motcua.dossiers.actions.reopening import reopen
from motcua.dossiers.actions.sending_back import resend, send_back
from motcua.dossiers.actions.series import close_series, open_series
from motcua.dossiers.actions.supplements import accept_supplement, close_unanswered, request_supplement
from motcua.dossiers.actions.suspending import confirm_payment, request_payment, resume, suspend
from motcua.dossiers.actions.taking_over import take_over
from motcua.dossiers.actions.transferring import transfer

__all__ = [
    "FeeLine",
    "Intake",
    "JointIntake",
    "PartFacts",
    "PersonFacts",
    "Target",
    "accept_supplement",
    "answer_opinion",
    "apologise",
    "ask_opinion",
    "close_series",
    "close_unanswered",
    "confirm_payment",
    "consign",
    "decide",
    "drop_favourite",
    "extend",
    "hand_over",
    "hand_over_desk",
    "keep_favourite",
    "lapse_opinion",
    "open_series",
    "propose",
    "reassign",
    "receive",
    "receive_joint",
    "recount",
    "refuse_intake",
    "relocate",
    "reopen",
    "request_payment",
    "request_supplement",
    "resend",
    "resume",
    "return_for_redo",
    "return_result",
    "return_whole",
    "save_list",
    "send_back",
    "settle_on_spot",
    "sign_result",
    "start",
    "stop",
    "suspend",
    "take",
    "take_over",
    "transfer",
    "void_number",
    "withdraw",
    "withdraw_whole",
]
