"""What citizens of the demonstration filed online: fresh, waiting too long, and returned for completion."""

from datetime import datetime
from random import Random

from django.utils import timezone

from motcua.accounts.models import User
from motcua.demo.applicants import make_applicant
from motcua.demo.papers import make_sample
from motcua.demo.scenes import Scene, list_moments
from motcua.documents import actions as documents
from motcua.dossiers.actions import filing, filing_arrivals
from motcua.dossiers.actions.filing import Asked
from motcua.dossiers.models import Filing
from motcua.integrations.npsp import Filing as Told
from motcua.integrations.npsp import Paper
from motcua.organisations import queries as organisations
from motcua.worktime import queries as worktime

# agency code, procedure, words of the request, hours ago, and who returned it for completion
ROWS = (
    ("H50.105", "1.004873", "Xin giấy xác nhận tình trạng hôn nhân", 0.5, ""),
    ("H50.105", "1.001193", "Đăng ký khai sinh cho con", 1.2, ""),
    ("H50.105", "1.004859", "Cải chính hộ tịch", 9.5, ""),
    ("H50.105", "1.004884", "Đăng ký lại khai sinh", 20, "huongphung.tiepnhan1"),
    ("H50.107", "1.004873", "Xin giấy xác nhận tình trạng hôn nhân", 0.7, ""),
    ("H50.13", "1.013236", "Cấp giấy phép xây dựng nhà ở", 3, ""),
)  # fmt: skip


def load(at: datetime) -> int:
    """File them once; how many."""
    if Filing.objects.exists():
        return 0
    random, calendar = Random(7), worktime.get_calendar("default")  # noqa: S311 - made-up people
    for number, (agency_code, procedure, request, hours, returner) in enumerate(ROWS, 1):
        (moment,) = list_moments(Scene("", procedure, "", (hours,)), at, calendar)
        _file(random, number, agency_code, procedure, request, moment)
        if returner:
            _return(returner, number, moment, at)
    return len(ROWS)


def _name(number: int, at: datetime) -> str:
    return f"DVC-MAU-{timezone.localdate(at):%y%m%d}-{number:05}"


def _file(random: Random, number: int, agency_code: str, procedure: str, request: str, at: datetime) -> None:
    person = make_applicant(random, 90_000 + number, "tỉnh Quảng Trị")
    told = Told(
        procedure_code=procedure,
        agency_code=agency_code,
        request=request,
        full_name=person.full_name,
        id_number=person.id_number,
        birth_text=person.birth_text,
        phone=person.phone,
        email=f"truc.tuyen{number}@demo.invalid",
        address=person.address,
        papers=(Paper("to-khai.pdf", ""), Paper("giay-to-kem-theo.pdf", "")),
    )
    made = filing_arrivals.keep_filing(reference=_name(number, at), told=told, arrived_at=at, at=at)
    for paper in made.papers.all():
        sample = make_sample("GIẤY TỜ NỘP TRỰC TUYẾN", f"{made.reference} · {paper.name}")
        file = documents.keep_file(stream=sample, name=paper.name, user_id=None, at=at)
        filing_arrivals.mark_fetched(paper_id=paper.pk, file_id=file.pk, at=at)


def _return(username: str, number: int, filed_at: datetime, at: datetime) -> None:
    """A few hours after it came, by an officer of the counter."""
    moment = filed_at + (at - filed_at) / 3
    actor = organisations.get_actor(User.objects.get(username=username), None, timezone.localdate(moment))
    assert actor is not None
    asked = Asked(
        ("Ảnh chụp rõ hơn của tờ khai, đủ bốn góc", "Giấy tờ làm căn cứ đăng ký lại"),
        "Tờ khai mờ, không đọc được ngày sinh; thiếu giấy tờ làm căn cứ",
        "Nghị định 61/2018/NĐ-CP điều 17.2",
    )
    filing.return_filing(actor=actor, reference=_name(number, filed_at), asked=asked, at=moment)
