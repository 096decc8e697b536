"""Parts of an Office file, taken out with care: a file can be damaged or made to swell."""

import zipfile
from io import BytesIO

from lxml import etree

from motcua.programme.reading.faults import refuse

_MOST_BYTES = 120 * 1024 * 1024


def open_package(content: bytes) -> zipfile.ZipFile:
    """The package.

    :raises Refused: it is damaged.
    """
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise refuse("plan_damaged") from fault


def read_part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part as a tree; None when the package has no such part.

    :raises Refused: the part is damaged or far too large.
    """
    try:
        if package.getinfo(name).file_size > _MOST_BYTES:
            raise refuse("plan_too_large")
        content = package.read(name)
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except KeyError:
        return None
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, EOFError, RuntimeError) as fault:
        raise refuse("plan_damaged") from fault
