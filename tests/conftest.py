"""One office for all tests that visit it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from tests import launching
from tests.model import get_place
from tests.office import Office, open_office
from tests.spreading import OFFICE, SECOND_OFFICE

# Whoever visits an office stands in one of two processes of the suite; each opens an office, the one copied from the other.
_VISITORS = ("office", "browser")
# Every page is looked at where these people have worked before. All others visit the other office.
_BEFORE_ALL_PAGES = (
    "test_bad_input",
    "test_counter_to_result",
    "test_filed_online",
    "test_interlinked",
    "test_on_paper",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and set(_VISITORS) & set(getattr(item, "fixturenames", ())):
            is_first = item.path.stem in {*_BEFORE_ALL_PAGES, "test_pages"}
            item.add_marker(pytest.mark.xdist_group(OFFICE if is_first else SECOND_OFFICE))


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """The demonstration province, served."""
    with open_office() as opened:
        yield opened


@pytest.fixture(scope="session")
def furnished(office: Office) -> None:
    """What the demonstration leaves out and some pages need: a step table being written, a report begun."""
    from tests.doors import DRAFT, LEADER, PROVINCE, PUBLISHED, REPORT
    from tests.visiting import Visitor

    if not office.find_all(DRAFT):
        Visitor(office.address, PROVINCE).post(f"/quan-tri/quy-trinh/{office.find(PUBLISHED)[0]}/ban-moi/")
    if not office.find_all(REPORT):
        last = str(timezone.localdate().year - 1)
        Visitor(office.address, LEADER).post("/bao-cao/", {"kind": "year", "number": "1", "year": last})


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """A data folder as the first start leaves it; the tests of the launcher and of the backup begin there again and again."""
    made = Path(tempfile.mkdtemp(prefix="prepared-", dir=get_place()))
    made.chmod(0o711)
    with launching.running(made / "data") as (_, port):
        assert launching.fetch(port, "/readyz") == 200
    yield made / "data"
    shutil.rmtree(made, ignore_errors=True)
