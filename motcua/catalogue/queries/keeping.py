"""What the pages of those who keep the catalogue ask."""

from datetime import date
from typing import NamedTuple

from motcua.catalogue.models import Component, Operation, Procedure, ProcedureCase, ProcedureVersion
from motcua.catalogue.rules import BlockKind, component_key


class PaperRow(NamedTuple):
    """A paper of the version in force, by the key it keeps from version to version."""

    key: str
    name: str
    label: str
    group: str


def find_versions(procedure: Procedure) -> list[ProcedureVersion]:
    """Every version held, the newest first."""
    return list(procedure.versions.order_by("-number"))


def get_version_in_force(procedure: Procedure, on: date) -> ProcedureVersion | None:
    """The version of a day."""
    return ProcedureVersion.objects.on(on).filter(procedure=procedure).select_related("field").first()


def find_blocks(version: ProcedureVersion) -> list[ProcedureCase]:
    """Cases, headings and notes with their components."""
    return list(version.cases.order_by("no").prefetch_related("components"))


def find_papers(version: ProcedureVersion | None) -> list[PaperRow]:
    """Papers that could be stated as required, each once."""
    if version is None:
        return []
    rows = Component.objects.filter(case__version=version).exclude(case__kind=BlockKind.NOTE)
    found = {
        component_key(row.code, row.name): PaperRow(
            component_key(row.code, row.name), row.name, row.label, row.case.name
        )
        for row in rows.select_related("case").order_by("case__no", "no")
    }
    return list(found.values())


def find_operation(procedure: Procedure, on: date) -> Operation | None:
    """The statement of a day, with its papers and fees."""
    rows = Operation.objects.on(on).filter(procedure=procedure)
    return rows.prefetch_related("required_papers", "fees").first()


def find_operations(procedure: Procedure) -> list[Operation]:
    """Every statement made, the newest first."""
    return list(procedure.operations.order_by("-valid_from"))
