"""The door neighbours knock at: a signed message is kept, once for each key, and handled later by a job."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.integrations import actions, npsp, rules
from motcua.integrations.actions import Heard, Letter

_LARGEST = 2_000_000


@csrf_exempt
@login_not_required
@require_POST
def hear_portal(request: HttpRequest) -> JsonResponse:
    """A message of the national portal. 200 also when it was known; 409 when the same key said something else before.

    400: not in the agreed form; 401: not signed with our secret; 413: too large. None of these keeps anything.
    """
    if len(request.body) > _LARGEST:
        return _answer("05", 413)
    if not rules.is_signed(
        settings.MOTCUA_NPSP_INBOX_SECRET, request.body, request.headers.get("X-Chu-Ky", "")
    ):
        return _answer("03", 401)
    letter = _read(request.body)
    if letter is None:
        return _answer("02", 400)
    heard = actions.take_in(letter, at=timezone.now())
    codes = {Heard.NEW: ("00", 200), Heard.KNOWN: ("01", 200), Heard.CONTRADICTS: ("06", 409)}
    return _answer(*codes[heard])


def _answer(code: str, status: int) -> JsonResponse:
    return JsonResponse({"error_code": code}, status=status)


def _read(body: bytes) -> Letter | None:
    """The message in our words; None when a field is missing, too long, or its kind is not on the list."""
    try:
        said = json.loads(body)
        letter = _make_letter(said)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    is_named = 0 < len(letter.key) <= 120 and 0 < len(letter.reference) <= 60
    return letter if is_named and 0 <= letter.sequence < 2**31 else None


def _make_letter(said: Mapping[str, Any]) -> Letter:
    return Letter(
        source=npsp.SOURCE,
        key=str(said["MaThongDiep"]),
        topic=npsp.TOPICS[said["Loai"]],
        reference=str(said["MaHoSo"]),
        sequence=int(said["ThuTu"]),
        body=dict(said["NoiDung"]),
        sent_at=_read_moment(str(said.get("ThoiDiem", ""))),
    )


def _read_moment(text: str) -> datetime | None:
    """``yyyyMMddHHmmss`` on the clock of Viet Nam."""
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=rules.ZONE) if text else None
