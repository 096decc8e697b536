"""Procedures as published: versions, cases, components, fees, time limits."""
