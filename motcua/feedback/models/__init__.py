"""Who was asked, what was answered, and what was done about low answers."""

from motcua.feedback.models.answers import FollowUp, Invitation, Rating, Reading

__all__ = ["FollowUp", "Invitation", "Rating", "Reading"]
