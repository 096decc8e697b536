"""`./run screens`: pictures of the pages and printed forms, taken in a demonstration of its own, into docs/screens."""

import argparse
import contextlib
import io
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from motcua import supervisor
from motcua.commands.chromium import FLAGS, find_chromium
from motcua.commands.options import ROOT, new_parser
from motcua.commands.speech import say
from motcua.embedded.trouble import Trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "motcua-trinh-dien"
COLOURS = 160
WIDE, NARROW = (1440, 900), (390, 844)
COUNTER, OFFICER, LEADER = "huongphung.tiepnhan1", "huongphung.vp.chuyenvien1", "huongphung.lanhdao"
CARD = "000190123456||Nguyễn Thị Thuỳ Dương|05091990|Nữ|Thôn 1, Xã Hướng Phùng, Tỉnh Quảng Trị|01012022"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks, at which address, in which window, and what is done there first."""

    name: str
    user: str
    path: str
    size: tuple[int, int] = WIDE
    first: str = ""


# An address ending in “→” goes on to the first dossier of the list that has a paper to look at.
SHOTS = (
    Shot("counter", COUNTER, "/ho-so/tiep-nhan/1.001193/", first="card"),
    Shot("counter-narrow", COUNTER, "/ho-so/tiep-nhan/1.001193/", NARROW, first="card"),
    Shot("inbox", OFFICER, "/ho-so/viec/doing/"),
    Shot("inbox-narrow", OFFICER, "/ho-so/viec/doing/", NARROW),
    Shot("dossier", OFFICER, "/ho-so/so-theo-doi/?state=processing→"),
    Shot("dossier-narrow", OFFICER, "/ho-so/so-theo-doi/?state=processing→", NARROW),
    Shot("register", COUNTER, "/ho-so/so-theo-doi/"),
    Shot("process", "tinh.quantri", "/quan-tri/quy-trinh/"),
    Shot("calendar", "tinh.quantri", "/quan-tri/lich-lam-viec/nam/2026/"),
    Shot("front-narrow", "", "/nguoi-dan/", NARROW),
    Shot("procedure-narrow", "", "/thu-tuc/1.001193/", NARROW),
)
FORMS = ("receipt", "control_slip")


def run(arguments: list[str]) -> int:
    """Take every picture anew."""
    parser = new_parser("screens", "Chụp màn hình / pictures of the pages")
    parser.add_argument(
        "--at", default="", metavar="URL", help="bản trình diễn đang chạy / a running demonstration"
    )
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screens", metavar="DIR")
    options = parser.parse_args(arguments)
    chromium = _require_browser()
    supervisor.heed_signals()
    options.to.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.nullcontext(options.at) if options.at else _demonstration() as options.at:
            return _take_all(chromium, options)
    except supervisor.Stop:
        return 130


def _require_browser() -> str:
    found = find_chromium()
    try:
        import playwright  # noqa: F401
    except ImportError:
        found = None
    if not found:
        raise Trouble(
            "Cần Chromium và thư viện playwright để chụp. Cài gói chromium, rồi chạy ./run test một lần.",
            "Pictures need Chromium and playwright. Install the package chromium, then run ./run test once.",
        )
    return found


@contextlib.contextmanager
def _demonstration() -> Iterator[str]:
    """`./run` in a folder that is thrown away; its address."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-screens-"))
    folder.chmod(0o711)
    command = [sys.executable, "-P", "-m", "motcua", "--data", str(folder / "data"), "--port", "8791"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert process.stdout is not None
        if not any("http://127.0.0.1" in line for line in process.stdout):
            raise Trouble("Bản trình diễn không chạy được.", "The demonstration did not start.")
        yield "http://127.0.0.1:8791"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _take_all(chromium: str, options: argparse.Namespace) -> int:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for shot in SHOTS:
            page = _enter(browser, options.at, shot)
            _save(page.screenshot(), options.to / f"{shot.name}.png")
            page.context.close()
        _take_forms(_enter(browser, options.at, Shot("", COUNTER, "/ho-so/so-theo-doi/→")), options.to)
        browser.close()
    return 0


def _enter(browser: "Browser", address: str, shot: Shot) -> "Page":
    """A page of this reader, where the picture is to be taken."""
    width, height = shot.size
    page = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="vi-VN"
    ).new_page()
    if shot.user:
        page.goto("/dang-nhap/")
        page.fill("#id_username", shot.user)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_selector("nav.rail")
    page.goto(shot.path.rstrip("→"))
    if shot.path.endswith("→"):
        _open_dossier(page)
    if shot.first == "card":
        _read_card(page)
    page.wait_for_load_state("networkidle")
    return page


def _open_dossier(page: "Page") -> None:
    """The first dossier of the list with something in the viewer, else the last one tried."""
    links = page.locator("main table td.code a").all()
    for address in [str(link.get_attribute("href")) for link in links][:12]:
        page.goto(address)
        if page.locator(".viewer-side :is(img, iframe)").count():
            break


def _read_card(page: "Page") -> None:
    """The counter in the middle of its work: a card read, the first papers ticked."""
    page.focus("#qr-text")
    page.keyboard.insert_text(CARD)
    page.locator("#id_applicant_phone:focus").wait_for()
    for box in page.locator(".papers td.tick input").all()[:2]:
        box.check()
    page.evaluate("scrollTo(0, 0)")


def _take_forms(page: "Page", folder: Path) -> None:
    """The printed forms of one dossier, first sheet each."""
    import pypdfium2

    code = page.url.rstrip("/").rsplit("/", 1)[-1]
    for form in FORMS:
        sheet = page.context.request.get(f"/ho-so/{code}/in/{form}/").body()
        picture = io.BytesIO()
        pypdfium2.PdfDocument(sheet)[0].render(scale=1.4).to_pil().save(picture, "PNG")
        _save(picture.getvalue(), folder / f"form-{form.replace('_', '-')}.png")


def _save(content: bytes, path: Path) -> None:
    """Kept small: the colours a page has most of stay as they are, the edges of its letters take the nearest of them."""
    from PIL import Image

    picture = Image.open(io.BytesIO(content)).convert("RGB")
    counted = cast("list[tuple[int, tuple[int, ...]]]", picture.getcolors(picture.width * picture.height))
    met = sorted(counted, reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _times, colour in met for part in colour])
    few = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    say(f"{path.name}: {path.stat().st_size // 1024} KB")
