"""What is done to a dossier: one function per act, one transaction."""

from motcua.dossiers.actions.facts import FeeLine, Intake, PartFacts, PersonFacts, Target
from motcua.dossiers.actions.intake import receive, refuse_intake

__all__ = ["FeeLine", "Intake", "PartFacts", "PersonFacts", "Target", "receive", "refuse_intake"]
