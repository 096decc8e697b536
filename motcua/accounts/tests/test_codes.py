import base64

import pytest

from motcua.accounts import rules

# RFC 6238, appendix B (SHA-1); the last six of its eight digits.
VECTORS = [
    (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037"),
    (20000000000, "353130"),
]  # fmt: skip
SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(("timestamp", "code"), VECTORS)
def test_the_digits_are_those_of_the_standard(timestamp, code):
    assert rules.get_code(SECRET, timestamp // 30) == code
    assert rules.find_step(SECRET, code, timestamp, 0) == timestamp // 30


def test_a_clock_half_a_minute_off_is_forgiven_and_a_minute_is_not():
    code = rules.get_code(SECRET, 1000)
    assert rules.find_step(SECRET, code, 1001 * 30, 0) == 1000
    assert rules.find_step(SECRET, code, 999 * 30, 0) == 1000
    assert rules.find_step(SECRET, code, 1002 * 30, 0) is None


def test_a_code_works_once():
    code = rules.get_code(SECRET, 1000)
    assert rules.find_step(SECRET, code, 1000 * 30, after=1000) is None


def test_recovery_codes_are_ten_and_all_different():
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == rules.RECOVERY_CODES
    assert all(len(code) == 11 for code in codes)


def test_the_authenticator_reads_an_address():
    address = rules.get_enrolment_address(SECRET, "a.b", "Mot cua")
    assert address.startswith("otpauth://totp/Mot%20cua%3Aa.b?secret=") and SECRET in address
