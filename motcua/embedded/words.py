"""The server's own last words, said so that a person can act on them."""

import shutil

from motcua.embedded.cluster import full_disk
from motcua.embedded.place import Place
from motcua.embedded.trouble import StillHeld, Trouble


def explain_log(place: Place, beginning: int) -> Trouble:
    """Why the server stopped while starting, from what it wrote since `beginning`."""
    with place.log.open("rb") as log:
        log.seek(beginning)
        words = log.read().decode("utf-8", "replace")
    if "No space left on device" in words:
        return full_disk(place.cluster, shutil.disk_usage(place.cluster).free // 1024 // 1024)
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    last = next((line for line in lines if "FATAL" in line or "PANIC" in line), " ".join(lines[-3:])[:300])
    reason = (last.partition("FATAL:")[2].strip() or last).rstrip(".")
    if "lock file" in words or "another server" in words or "still in use" in words:
        return StillHeld(
            f"Cơ sở dữ liệu {place.cluster} đang được một chương trình khác dùng. Hãy dừng chương trình đó "
            f"hoặc chọn --data khác. ({reason})",
            f"The database {place.cluster} is in use by another program. Stop it or choose another --data. ({reason})",
        )
    return Trouble(
        f"Cơ sở dữ liệu {place.cluster} không mở được: {reason}. Hãy đổi tên thư mục đó rồi chạy lại và "
        f"./run restore TỆP, hoặc ./run --fresh để bắt đầu lại từ đầu. Nhật ký: {place.log}",
        f"The database {place.cluster} cannot be opened: {reason}. Rename that folder, start again and "
        f"./run restore FILE, or ./run --fresh to begin anew. Log: {place.log}",
    )
