"""Scans sent with the intake form itself, for whoever works without JavaScript: kept first, whatever the form says."""

from dataclasses import replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.documents import queries as files
from motcua.dossiers.forms_papers import PaperRow
from motcua.organisations.requests import OfficerRequest


def keep_scans(request: OfficerRequest, papers: list[PaperRow]) -> tuple[list[PaperRow], list[str]]:
    """The rows with the files just sent beside those kept before, and a sentence for each file that was not taken."""
    if not request.FILES:
        return papers, []
    refused: list[str] = []
    return [_with_files(request, row, refused) for row in papers], refused


def _with_files(request: OfficerRequest, row: PaperRow, refused: list[str]) -> PaperRow:
    kept = list(row.file_ids)
    for given in request.FILES.getlist(f"part_{row.component_id}_upload"):
        try:
            kept.append(_keep(given, request.actor.user_id, request.at))
        except Refused as no:
            refused.append(
                _("Tệp “%(name)s” chưa nhận được: %(why)s") % {"name": given.name, "why": no.message}
            )
    return replace(row, file_ids=tuple(kept), is_present=row.is_present or bool(kept))


def _keep(given: UploadedFile, user_id: int, at: datetime) -> int:
    return documents.keep_file(stream=given, name=given.name or "", user_id=user_id, at=at).pk


def name_files(request: OfficerRequest, papers: list[PaperRow]) -> dict[int, str]:
    """Names of the files that come back with the form, by id; a number typed by hand has none."""
    ids = [file_id for row in papers for file_id in row.file_ids]
    return files.find_uploaded(ids, request.actor.user_id) if ids else {}
