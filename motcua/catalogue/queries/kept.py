"""The catalogue's answers kept in memory: reading a sheet at the counter costs no statement."""

from motcua.catalogue.models import CatalogueStamp
from motcua.catalogue.stamps import StampedAnswers

STAMP = "catalogue"


def read_stamp() -> str:
    return CatalogueStamp.objects.filter(name=STAMP).values_list("value", flat=True).first() or ""


answers = StampedAnswers(read_stamp)


def forget() -> None:
    """Empty this process's memory of the catalogue; others notice the stamp within seconds."""
    answers.forget()
