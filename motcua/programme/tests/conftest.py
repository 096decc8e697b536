"""A small province and a plan of it."""

from types import SimpleNamespace

import pytest
from django.test import Client

from motcua.organisations.tests.factories import make_province
from tests.ground import begins_with, give

PLAN = """UBND TỈNH MẪU
Số: 07/KH-UBND
Mẫu, ngày 12 tháng 01 năm 2026
KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2026

I. MỤC TIÊU
Tối thiểu 90% hồ sơ được giải quyết đúng hạn.

PHỤ LỤC

TT	Nội dung	Cơ quan chủ trì	Cơ quan phối hợp	Thời gian	Sản phẩm
I	Chỉ đạo
1	Xây dựng quy chế	Văn phòng UBND tỉnh	Các sở, ban, ngành	Trước ngày 28/02/2026	Quyết định
2	Niêm yết thủ tục	UBND các xã, phường; Sở Xây dựng		Thường xuyên	Bảng niêm yết
II	Báo cáo
1	Báo cáo quý	Sở Xây dựng và UBND cấp xã	Văn phòng UBND tỉnh	Hàng quý	Báo cáo
2	Xử lý phản ánh	Thanh tra Chính phủ	Các đơn vị có liên quan	Khi có yêu cầu	Văn bản
"""


@pytest.fixture
@begins_with(make_province)
def province(db: None) -> SimpleNamespace:
    """The units and an Actor for every post."""
    return give(make_province)


@pytest.fixture
def plan_text() -> bytes:
    """A plan of the province as plain text."""
    return PLAN.encode()


@pytest.fixture
def sign_in(province: SimpleNamespace):  # type: ignore[no-untyped-def]
    """A browser for each person, signed in."""

    def enter(place: str) -> Client:
        client = Client()
        client.force_login(province.users[place])
        return client

    return enter
