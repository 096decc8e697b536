"""Scans: putting them in before the dossier exists, reading them afterwards."""

from django.http import FileResponse, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.documents import queries as files
from motcua.dossiers import access, queries
from motcua.organisations.requests import OfficerRequest


@require_POST
def upload(request: OfficerRequest) -> JsonResponse:
    """Keep one file unaltered; answers with its number, or says what is wrong with it."""
    access.require_intake_post(request.actor)
    given = request.FILES.get("file")
    try:
        if given is None:
            raise Refused("file_missing", _("Chưa chọn tệp."), field="file")
        kept = documents.keep_file(
            stream=given, name=given.name or "", user_id=request.actor.user_id, at=request.at
        )
    except Refused as no:
        return JsonResponse({"title": no.message, "code": no.code}, status=422)
    return JsonResponse({"id": kept.pk, "name": kept.original_name, "pages": kept.page_count}, status=201)


@require_GET
@xframe_options_sameorigin
def download(request: OfficerRequest, code: str, file_id: int) -> FileResponse:
    """A file of a dossier one may see; every reading is kept."""
    found = queries.get_file(request.actor, code, file_id)
    audit.record_reading(
        "dossiers.file_read", actor=request.actor, subject=code, ids=[file_id], at=request.at
    )
    return files.serve_file(found, inline=request.GET.get("tai") != "1")


@require_GET
def page_image(request: OfficerRequest, code: str, file_id: int, page: int) -> HttpResponse:
    """One page as a picture, for the viewer; `rong=1600` is the size to read small print."""
    found = queries.get_file(request.actor, code, file_id)
    audit.record_reading(
        "dossiers.file_read", actor=request.actor, subject=code, ids=[file_id], at=request.at
    )
    picture = files.render_page(found, page, width=1600 if request.GET.get("rong") == "1600" else 900)
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, max-age=600"})
