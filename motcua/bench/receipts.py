"""What the file of a receipt costs by itself: data in, PDF out, in one process."""

import time

from motcua.bench.counting import InProcess
from motcua.bench.figures import percentile
from motcua.bench.ground import CLERK, Ground
from motcua.bench.yardstick import Yardstick

_WARM, _COUNT, _BETWEEN = 3, 60, 15


def measure_receipt(ground: Ground, plain: Yardstick) -> tuple[float, float]:
    """CPU milliseconds of one file, median and p95; the data are read beforehand, `plain` in between."""
    from motcua.documents import printing
    from motcua.dossiers.views import prints

    kept: list[tuple[object, ...]] = []
    room = vars(prints)
    original = room["print_form"]

    def keep(*given: object) -> bytes:
        kept.append(given)
        return bytes(original(*given))

    room["print_form"] = keep
    try:
        browser = InProcess(CLERK)
        for code in ground.own_codes[:_COUNT]:
            browser.get(f"/ho-so/{code}/in/receipt/")
    finally:
        room["print_form"] = original
    times = []
    plain.forget()
    for n, given in enumerate([*kept[:_WARM], *kept]):
        if n % _BETWEEN == 0:
            plain.read()
        begun = time.process_time()
        printing.print_form(*given)  # type: ignore[arg-type]
        if n >= _WARM:
            times.append(time.process_time() - begun)
    return percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
