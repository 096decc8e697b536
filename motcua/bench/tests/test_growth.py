"""A run of the pages is kept as a file and laid beside another."""

from pathlib import Path

import pytest

from motcua.bench.growth import Drawn, Run, read_run, tell_pages, write_run

BEFORE = Run(1000, [Drawn("bảng / board", 20.0, 10.0, 8.0), Drawn("cũ / gone", 1.0, 1.0, 0.0)])


def test_growth_is_told_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_run(path, BEFORE)
    assert read_run(path) == BEFORE
    head, board, new = tell_pages(
        [Drawn("bảng / board", 30.0, 10.0, 12.0), Drawn("mới / new", 5.0, 4.0, 3.0)], BEFORE
    )
    assert "1000" in head and "(1.50 · 1.00 · 1.50 ×)" in board and "×" not in new
    assert "×" not in "".join(tell_pages(BEFORE.pages))


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(KeyError):
        read_run(path)
