"""Our pages as Python's own code: compiled by the first process that needs them, read by every later one."""

import contextlib
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import get_script_prefix
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledPages(FileSystemBytecodeCache):
    """A folder of compiled pages, which belongs to one state of our code and translations.

    Without it a third of every start is compiling the pages of every day.
    """

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        return super().get_bucket(environment, f"{name} {_find_written_in(environment)}", filename, source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Kept where there is room: a full disk makes the next start longer and no page fail."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _find_written_in(environment: Any) -> tuple[object, ...]:
    """What a compiled page holds besides its source and our code: words of a language, addresses, names of files."""
    files = getattr(staticfiles_storage, "manifest_hash", "")
    return environment.language, settings.ROOT_URLCONF, get_script_prefix(), settings.DEBUG, files
