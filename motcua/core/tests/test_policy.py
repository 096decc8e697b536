"""Every page says what a browser may load and run: what is ours, and nothing written into the page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/dang-nhap/", "/tra-cuu/", "/khong-co-trang-nay/"])
def test_a_page_lets_nothing_in_but_ours(address: str) -> None:
    policy = Client().get(address)["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "object-src 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
