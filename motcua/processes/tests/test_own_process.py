"""An agency's administrator writes its own process from the province's; the province publishes it or gives it back."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motcua.catalogue.tests.factories import make_procedure
from motcua.processes import queries
from motcua.processes.exchange.workbook import read_tables, write_tables
from motcua.processes.models import ProcessVersion
from motcua.processes.tests.factories import make_process

pytestmark = pytest.mark.django_db
HERE = "/quan-tri/quy-trinh/"


@pytest.fixture
def sign_in(client, province):
    def use(who):
        client.force_login(province.users[who])
        return client

    return use


def _own_draft(sign_in):
    make_procedure(limit=(1, "working_day"))
    common = make_process(total_hours=Decimal(8))
    commune = sign_in("commune_administrator")
    begun = commune.post(f"{HERE}moi/", {"procedure_code": "1.001193"})
    draft = ProcessVersion.objects.get(state="draft")
    assert begun.url == f"{HERE}{draft.pk}/sua/"
    return common, draft


def test_an_agency_begins_from_the_provinces_table_and_only_the_province_publishes(sign_in, province):
    common, draft = _own_draft(sign_in)
    assert draft.process.agency_id == province.units["A"].id
    assert queries.view(draft).steps == queries.view(common).steps
    assert "100/QĐ-UBND" in draft.source
    today = {"decision_number": "7/QĐ-UBND", "published_on": f"{timezone.localdate():%d/%m/%Y}"}
    commune = sign_in("commune_administrator")
    assert commune.post(f"{HERE}{draft.pk}/cong-bo/", today).status_code == 403
    assert commune.post(f"{HERE}{common.pk}/bo/").status_code == 409
    assert commune.post(f"{HERE}{draft.pk}/trinh/").status_code == 302
    assert commune.get(f"{HERE}{draft.pk}/sua/").status_code == 302
    assert commune.post(f"{HERE}{draft.pk}/bo/").status_code == 409
    keeper = sign_in("control")
    assert str(draft.pk) in keeper.get(f"{HERE}?xem=submitted").text
    assert keeper.post(f"{HERE}{draft.pk}/cong-bo/", today).status_code == 302
    on = timezone.localdate()
    assert queries.get_process("1.001193", province.units["A"].id, on).version_id == draft.pk
    assert queries.get_process("1.001193", province.units["B"].id, on).version_id == common.pk


def test_the_province_gives_a_draft_back_with_a_reason_and_the_agency_takes_its_own_back(sign_in):
    _common, draft = _own_draft(sign_in)
    commune = sign_in("commune_administrator")
    commune.post(f"{HERE}{draft.pk}/trinh/")
    keeper = sign_in("control")
    assert keeper.post(f"{HERE}{draft.pk}/lay-lai/", {"reason": ""}).status_code == 422
    assert keeper.post(f"{HERE}{draft.pk}/lay-lai/", {"reason": "Bước 3 thiếu sản phẩm"}).status_code == 302
    commune = sign_in("commune_administrator")
    assert "Bước 3 thiếu sản phẩm" in commune.get(f"{HERE}{draft.pk}/").text
    assert commune.get(f"{HERE}{draft.pk}/sua/").status_code == 200
    commune.post(f"{HERE}{draft.pk}/trinh/")
    assert commune.post(f"{HERE}{draft.pk}/lay-lai/").status_code == 302


def test_another_agencys_draft_is_neither_seen_nor_touched(sign_in):
    common, draft = _own_draft(sign_in)
    other = sign_in("other_administrator")
    assert other.get(f"{HERE}{draft.pk}/").status_code == 404
    assert other.get(f"{HERE}{draft.pk}/sua/").status_code == 404
    for address in ("trinh/", "lay-lai/", "bo/"):
        assert other.post(f"{HERE}{draft.pk}/{address}").status_code == 403
    assert other.get(f"{HERE}{common.pk}/").status_code == 200
    assert {t.agency_code for t in read_tables(other.get(f"{HERE}xuat/").content).tables} == {""}


def test_an_agency_imports_only_what_differs_from_the_province_and_only_for_itself(sign_in, province):
    make_procedure()
    common = make_process(total_hours=Decimal(8))
    commune = sign_in("commune_administrator")
    table = read_tables(commune.get(f"{HERE}xuat/").content).tables[0]
    assert "Không có gì để ghi" in commune.post(f"{HERE}nhap/", _upload([table])).text
    changed = table._replace(steps=(*table.steps[:-1], replace(table.steps[-1], name="Trả tại nhà")))
    foreign = changed._replace(agency_code="B")
    preview = commune.post(f"{HERE}nhap/", _upload([changed, foreign])).text
    assert "chỉ nhập được quy trình của cơ quan mình" in preview
    packed = preview.split('name="packed" value="')[1].split('"')[0]
    assert commune.post(f"{HERE}nhap/ghi/", {"packed": packed}).status_code == 302
    own = ProcessVersion.objects.exclude(pk=common.pk).get()
    assert (own.process.agency_id, own.state) == (province.units["A"].id, "draft")


def _upload(tables):
    return {"file": SimpleUploadedFile("quy-trinh.xlsx", write_tables(tables))}
