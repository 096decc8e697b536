"""Sending by itself what people are to be told, and asking whether it arrived."""

from motcua.notifications.jobs.mail import send_waiting
from motcua.notifications.jobs.texts import ask_reports, send_texts

__all__ = ["ask_reports", "send_texts", "send_waiting"]
