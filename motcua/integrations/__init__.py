"""Neighbours in their own language: the outbox and the inbox."""
