"""What every test stands on: a real PostgreSQL, its own folder for files, and no shared secret."""

import gc
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.commands.chromium import find_chromium
from motcua.embedded import server as embedded
from motcua.settings import read_database
from tests import emptying, ground, leaving, model, rewriting, spreading

_stops: list = []


def pytest_configure(config: pytest.Config) -> None:
    """Once per run: the first process starts the server, the others find its address in the environment."""
    leaving.leave_in_order()
    home = Path(tempfile.mkdtemp(prefix="motcua-test-", dir=model.find_home()))
    home.chmod(0o711)
    _stops.append(lambda: shutil.rmtree(home, ignore_errors=True))
    if "DATABASE_URL" not in os.environ:
        server = embedded.start(home / "data", {**embedded.FOR_TESTS, "autovacuum": "off"})
        _stops.append(server.stop)
        os.environ["DATABASE_URL"] = server.get_url(embedded.OWNER)
    if not hasattr(config, "workerinput"):
        model.announce(home)
        _stops.append(model.forget_models)
        _stops.append(lambda: leaving.await_servers(home / "served"))
        if config.getoption("numprocesses", None):
            _make_model_meanwhile()
    settings.DATABASES["default"].update(read_database(os.environ["DATABASE_URL"]))
    # Permanent tables refuse TRUNCATE; a test database is emptied between tests and says so.
    settings.DATABASES["default"]["OPTIONS"]["options"] = "-c motcua.may_empty=on"
    _lighten(home)
    rewriting.share(config)


def _make_model_meanwhile() -> None:
    """The tables are made while the processes of the suite still look for their tests."""
    making = threading.Thread(target=model.make_model)
    making.start()
    _stops.append(making.join)


def _lighten(home: Path) -> None:
    """Settings that tests alone change: where files go, and costs that prove nothing."""

    settings.SECRET_KEY = "only-for-tests-" + "0" * 40
    settings.SECRET_KEY_FALLBACKS = []
    settings.FILES_DIR = home / "files"
    # One process compiles a page, the others read it.
    compiled = (model.find_home() or home) / "compiled"
    compiled.mkdir(exist_ok=True)
    settings.COMPILED_DIR = str(compiled)
    settings.STATIC_ROOT = home / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS = ["*"]


def pytest_unconfigure(config: pytest.Config) -> None:
    while _stops:
        _stops.pop()()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """All that is read now stays until the end: nothing of it is looked through for what could be let go."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return spreading.ByFile(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    spreading.spread(items)
    if find_chromium():
        return
    reason = "no Chromium on this machine (install the package chromium, or set MOTCUA_CHROMIUM)"
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """The database of this process begins as a copy of the model, unless an earlier one is to be used again."""
    if not request.config.getoption("reuse_db"):
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = model.make_model()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """From here on tests may stand on common ground, and are cheap to clear up after; it goes before the database does."""
    ground.let_in(django_db_blocker)
    with django_db_blocker.unblock():
        emptying.lighten()
    yield
    ground.forget()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    ground.prepare(item)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser for tests marked `browser`."""
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium on this machine (install the package chromium, or set MOTCUA_CHROMIUM)")
    return found


def pytest_make_parametrize_id(val: object) -> str | None:
    """Files made on the spot differ from process to process; their content is no name for a test."""
    return "content" if isinstance(val, bytes) and len(val) > 20 else None
