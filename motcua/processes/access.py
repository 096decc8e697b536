"""Who may write and publish processes: those who keep the catalogue."""

from motcua.catalogue.access import is_keeper, may_curate, require_curator, require_keeper

__all__ = ["is_keeper", "may_curate", "require_curator", "require_keeper"]
