"""What the command line says to words it does not take: in both languages, with what to give, never English usage alone."""

from pathlib import Path

import pytest

from motcua.__main__ import main
from motcua.commands.options import new_parser
from motcua.commands.parsing import Mistyped

MISTYPED = [
    # words, in Vietnamese, in English
    (["import-catalogue"], "Thiếu FILE (tệp .xlsx đã xuất", "Missing: FILE (a workbook or the national export)."),
    (["export-catalogue"], "Thiếu FILE.xlsx (tệp sẽ ghi)", "the workbook to write"),
    (["import-plan"], "Thiếu FILE (tệp kế hoạch .docx", "the plan"),
    (["index-score"], "Thiếu FILE.csv (tệp CSV có các cột", "a CSV file"),
    (["backup"], "Thiếu FILE (tệp sẽ ghi bản sao lưu", "the file to write"),
    (["restore"], "Thiếu FILE (tệp sao lưu cần khôi phục)", "the backup to bring back"),
    (["administrator", "lan"], "Thiếu NAME (họ và tên); UNIT (mã đơn vị", "NAME (full name); UNIT (unit code"),
    (["pretend"], "Thiếu NAME (hệ thống nào: mail, npsp, sms, tsa)", "which neighbour"),
    (["pretend", "fax"], "“fax” không phải một NAME; chọn một trong", "choose one of: 'mail', 'npsp', 'sms', 'tsa'"),
    (["backup", "a", "b"], "Lệnh này không nhận “b”.", "This command does not take “b”."),
    (["rekey", "--now"], "không nhận “--now”", "does not take “--now”"),
    (["import-plan", "x.docx", "--year", "nay"], "Sau --year phải là số, không phải “nay”.", "--year takes a number"),
    (["index-score", "x.csv", "--on", "1/2"], "Sau --on phải là ngày viết như 2026-01-31", "takes a day such as"),
    (["serve", "--port"], "Sau --port phải có một giá trị.", "--port needs a value after it."),
    (["serve", "--port", "99999"], "“99999” không phải số cổng (1–65535)", "is not a port number."),
    (["backup", "a", "--dat=x", "--d"], "Sau --d", "needs a value"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "vi", "en"), MISTYPED, ids=[" ".join(words) for words, _vi, _en in MISTYPED]
)
def test_what_is_wrong_is_said_in_both_languages(
    words: list[str], vi: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr().err
    assert vi in said and en in said and f"Cách gõ / usage: ./run {words[0]}" in said
    for of_argparse in (
        "the following arguments",
        "unrecognized",
        "expected one",
        "invalid choice",
        "Không hiểu:",
    ):
        assert of_argparse not in said


def test_an_option_that_may_be_two_and_one_that_takes_nothing() -> None:
    parser = new_parser("x", "x / x")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--free", action="store_true")
    with pytest.raises(Mistyped, match="type it in full"):
        parser.parse_args(["--fre"])
    with pytest.raises(Mistyped, match="takes no value “1”"):
        parser.parse_args(["--fresh=1"])


def test_the_page_of_a_command_is_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["backup", "--help"])
    said = capsys.readouterr().out
    assert "Cách gõ / usage: ./run backup" in said and "Phải có / to give" in said and "this page" in said


@pytest.mark.parametrize(
    "words", [["rekey"], ["import-catalogue", "x.xlsx"], ["export-catalogue", "x.xlsx"], ["verify-history"],
              ["administrator", "lan", "Lan", "X"], ["backup", "x.motcua"], ["import-plan", "x.docx"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_where_nothing_was_prepared_it_is_said_and_nothing_is_made(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path / "data"))
    assert main(words) == 1
    said = capsys.readouterr().err
    assert "chưa có dữ liệu nào" in said and "./run serve" in said and "There is no data at" in said
    assert not (tmp_path / "data").exists(), "a folder made now would refuse a backup to be restored"
