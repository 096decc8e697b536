"""What a preview showed, carried by its page to the button that takes it: nothing is kept, nothing can be altered."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused

SECONDS_TO_DECIDE = 3600


def pack(content: Any, salt: str) -> str:
    """Lists, texts and numbers as one signed text for a hidden field.

    :param salt: names the page, so that what one previewed cannot be given to another
    """
    return signing.dumps(content, salt=salt, compress=True)


def unpack(text: str, salt: str) -> Any:
    """The same content again.

    :raises Refused: the preview is older than an hour, or its text was altered.
    """
    try:
        return signing.loads(text, salt=salt, max_age=SECONDS_TO_DECIDE)
    except signing.BadSignature as fault:
        raise Refused(
            "stale", _("Bản xem trước đã quá hạn hoặc bị sửa. Hãy chọn lại tệp."), field="file"
        ) from fault
