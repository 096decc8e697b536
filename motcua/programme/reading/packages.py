"""Parts of an Office file, taken out with care: a file can be damaged, or made to swell to a thousand times its size."""

import zipfile
from io import BytesIO

from lxml import etree

from motcua.programme.reading.faults import refuse

# A part is measured before it becomes a tree, which takes a hundred bytes and more for each of its tags. The longest plans
# have some ten thousand tags a hundred rows; a file of eighty thousand bytes can hold nine million.
_MOST_BYTES = 60 * 1024 * 1024
_MOST_TAGS = 1_500_000


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

    :raises Refused: the part is damaged or far larger than anything somebody wrote.
    """
    try:
        content = _unpack(package, name)
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except KeyError:
        return None
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, EOFError, RuntimeError) as fault:
        raise refuse("plan_damaged") from fault


def _unpack(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part: what says it is small and is not stops where it said it ends, as damaged."""
    if package.getinfo(name).file_size > _MOST_BYTES:
        raise refuse("plan_swollen")
    content = package.read(name)
    if content.count(b"<") > _MOST_TAGS:
        raise refuse("plan_swollen")
    return content
