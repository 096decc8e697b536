"""What is asked of the server: each scenario makes, for one client, the function that sends its n-th request."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from secrets import token_urlsafe
from typing import Protocol
from urllib.parse import quote

from motcua.bench import ground as facts
from motcua.bench.client import Answer
from motcua.bench.figures import Target
from motcua.bench.ground import Ground

LOOKUPS_PER_ADDRESS = 25


class Browser(Protocol):
    """What a scenario needs of a client, over the network or in the process."""

    def get(self, path: str) -> Answer: ...
    def post(self, path: str, typed: dict[str, object]) -> Answer: ...
    def post_json(self, path: str, body: bytes, headers: dict[str, str]) -> Answer: ...
    def move(self, address: str) -> None: ...


Send = Callable[[int], Answer]
Make = Callable[[Browser, Ground, int], Send]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of request: who sends it, what counts as an answer, what was promised."""

    name: str
    words: str
    make: Make
    user: Callable[[Ground, int], str] | None = None
    status: int = 200
    statements: int | None = None
    targets: Sequence[Target] = field(default=())
    # The scenario whose first page the p95 of this one is held against.
    compared_to: str = ""


def as_clerk(ground: Ground, number: int) -> str:
    """A commune's officer at the counter."""
    return facts.CLERK


def as_overseer(ground: Ground, number: int) -> str:
    """The province's control officer, who sees everything."""
    return facts.OVERSEER


def as_receiver(ground: Ground, number: int) -> str:
    """Each client at the counter of another commune."""
    return ground.receivers[number % len(ground.receivers)]


def as_pool_officer(ground: Ground, number: int) -> str:
    """The officer with the longest queue."""
    return ground.pool_officer


_numbers = count(1)
_WORDS = "An Bình Chi Dung Giang Hạnh Khoa Linh Minh Nga Oanh Phúc Quân Sơn Trang Uyên Việt Xuân Yến"
_SYLLABLES = tuple(_WORDS.split())


def make_applicant(random: Random) -> dict[str, object]:
    """Somebody who was never here before, most often with a name others bear."""
    number = 900_000_000_000 + random.randrange(10**11)
    name = f"Nguyễn {random.choice(_SYLLABLES)} {random.choice(_SYLLABLES)} {random.choice(_SYLLABLES)}"
    return {"name": name, "number": str(number), "phone": f"001{random.randrange(10**7):07}"}


def _receive(browser: Browser, ground: Ground, number: int) -> Send:
    random, sheet, case = Random(f"{number}{token_urlsafe(8)}"), ground.sheet, ground.case
    path = f"/ho-so/tiep-nhan/{sheet.code}/?ban={quote(sheet.portal_id)}"
    papers: dict[str, object] = {}
    for component in case.components[:3]:
        papers |= {f"part_{component.id}": "on", f"part_{component.id}_originals": 1}
    handed = ground.handed.setdefault(number, [])

    def send(n: int) -> Answer:
        person = make_applicant(random)
        answer = browser.post(
            path,
            papers
            | {
                "idempotency_key": token_urlsafe(16), "case_id": case.id, "applicant_kind": "person",
                "applicant_name": person["name"], "applicant_id_kind": "citizen_id",
                "applicant_id_number": person["number"], "applicant_birth_on": "02/03/1985",
                "applicant_sex": "male", "applicant_address": "Thôn 3, xã mẫu", "applicant_phone": person["phone"],
                "channel": "counter", "set_count": 1, "result_delivery": "counter", "return_place": "",
                "missing_reason": "Không thuộc trường hợp phải nộp.",
            },
        )  # fmt: skip
        if answer.status == 302:
            handed.append(answer.location.split("/")[2])
        return answer

    return send


def _receive_api(token: str) -> Make:
    def make(browser: Browser, ground: Ground, number: int) -> Send:
        random = Random(f"api{number}{token_urlsafe(8)}")
        parts = [{"component_id": c.id, "originals": 1} for c in ground.case.components[:3]]

        def send(n: int) -> Answer:
            person = make_applicant(random)
            applicant = {"full_name": person["name"], "id_number": person["number"], "phone": person["phone"],
                         "address": "Thôn 3, xã mẫu"}  # fmt: skip
            body = {"procedure_code": ground.sheet.code, "portal_id": ground.sheet.portal_id,
                    "case_id": ground.case.id, "applicant": applicant, "parts": parts,
                    "missing_reason": "Không thuộc trường hợp phải nộp."}  # fmt: skip
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": token_urlsafe(16)}
            return browser.post_json("/api/v1/dossiers:receive", json.dumps(body).encode(), headers)

        return send

    return make


def _hand_over(browser: Browser, ground: Ground, number: int) -> Send:
    handed = ground.handed.setdefault(number, [])

    def send(n: int) -> Answer:
        if not handed:
            raise StopIteration
        typed = {"revision": 1, "idempotency_key": token_urlsafe(16), "note": "", "assignee_id": ""}
        return browser.post(f"/ho-so/{handed.pop()}/chuyen/", typed)

    return send


def _open(path: str) -> Make:
    return lambda browser, ground, number: lambda n: browser.get(path)


def _open_each(paths: Callable[[Ground], Sequence[str]]) -> Make:
    """One address after the other, each client beginning elsewhere."""

    def make(browser: Browser, ground: Ground, number: int) -> Send:
        listed = paths(ground)
        return lambda n: browser.get(listed[(n + number * 131) % len(listed)])

    return make


def _follow(paths: Callable[[Ground], Sequence[str]]) -> Make:
    """As citizens do: each from an address of their own, a few look-ups each."""

    def make(browser: Browser, ground: Ground, number: int) -> Send:
        listed, asked = paths(ground), count()

        def send(n: int) -> Answer:
            if next(asked) % LOOKUPS_PER_ADDRESS == 0:
                one = next(_numbers)
                browser.move(f"127.{1 + one // 62_500}.{one // 250 % 250}.{1 + one % 250}")
            return browser.get(listed[(n + number * 131) % len(listed)])

        return send

    return make


def _search(words: Callable[[Ground], Sequence[str]]) -> Make:
    return _open_each(lambda ground: [f"/ho-so/tim/?q={quote(word)}" for word in words(ground)])


def _inbox(cursor: str) -> Make:
    return _open_each(lambda ground: [f"/ho-so/viec/?cursor={ground.cursors[cursor]}"])


def list_scenarios(token: str) -> list[Scenario]:
    """Every scenario in the order it runs: what is received is handed over afterwards."""
    cpu = "CPU máy chủ và CSDL / server and database"
    wall = "p95, một máy khách / one client"
    two, one = Target(wall, 10), Target(wall, 50)
    procedures = ("khai sinh", "ket hon", "dat dai", "chung thuc", "giay phep xay dung", "1.001193")
    return [
        Scenario("receive", "tiếp nhận tại quầy / receive, by the page", _receive, as_receiver, 302, 12,
                 (Target(cpu, 5, is_paced=True),)),
        Scenario("receive_api", "tiếp nhận qua giao diện máy / receive, by the interface", _receive_api(token), None,
                 201, 12),
        Scenario("hand_over", "chuyển bước / hand over", _hand_over, as_receiver, 302, 10, (Target(cpu, 4, is_paced=True),)),
        Scenario("inbox", "việc cần làm, trang 1 / inbox, page 1", _open("/ho-so/viec/"), as_pool_officer, 200, 5,
                 (Target(cpu, 5, is_paced=True),)),
        Scenario("inbox_40", "việc cần làm, trang 40 / page 40", _inbox("later"), as_pool_officer, 200, 5, (), "inbox"),
        Scenario("inbox_last", "việc cần làm, trang cuối / last page", _inbox("last"), as_pool_officer, 200, 5, (),
                 "inbox"),
        Scenario("dossier", "một hồ sơ / dossier page", _open_each(lambda g: [f"/ho-so/{c}/" for c in g.own_codes]),
                 as_clerk, 200, 20),
        Scenario("track", "tra cứu bằng giấy hẹn / tracking by code and token",
                 _follow(lambda g: [f"/tra-cuu/{c}/{t}/" for c, t in g.tracked]), None, 200, 3, (Target(cpu, 1.5, is_paced=True),)),
        Scenario("track_code", "tra cứu bằng mã / tracking by the code alone",
                 _follow(lambda g: [f"/tra-cuu/?code={c}" for c, _t in g.tracked]), None, 200, 3),
        Scenario("name", "tìm họ tên / name, clerk", _search(lambda g: g.names), as_clerk, 200, 20, (two,)),
        Scenario("name_all", "tìm họ tên, cả tỉnh / name, province", _search(lambda g: g.names), as_overseer, 200, 20,
                 (two,)),
        Scenario("pair", "hai từ phổ biến / two common words, clerk", _search(lambda g: facts.COMMON_PAIRS), as_clerk,
                 200, 20, (two,)),
        Scenario("pair_all", "hai từ phổ biến, cả tỉnh / two common words, province",
                 _search(lambda g: facts.COMMON_PAIRS), as_overseer, 200, 20, (two,)),
        Scenario("word", "một từ phổ biến / one common word, clerk", _search(lambda g: facts.COMMON_WORDS), as_clerk,
                 200, 20, (one,)),
        Scenario("word_all", "một từ phổ biến, cả tỉnh / one common word, province",
                 _search(lambda g: facts.COMMON_WORDS), as_overseer, 200, 20, (one,)),
        Scenario("by_code", "tìm bằng mã / search by code", _search(lambda g: g.own_codes), as_overseer,
                 302, 20),
        Scenario("by_number", "tìm bằng số giấy tờ / by identity number", _search(lambda g: g.numbers), as_overseer, 200,
                 20),
        Scenario("by_phone", "tìm bằng điện thoại / by telephone", _search(lambda g: g.phones), as_overseer, 200, 20),
        Scenario("register", "sổ theo dõi / register", _open("/ho-so/so-theo-doi/"), as_clerk, 200, 20),
        Scenario("procedures", "danh mục công khai / public procedures", _open("/thu-tuc/"), None, 200, 20),
        Scenario("find_procedure", "tìm thủ tục ở quầy / procedure search at the desk",
                 _open_each(lambda g: [f"/ho-so/tiep-nhan/tim-thu-tuc/?q={quote(w)}" for w in procedures]), as_clerk,
                 200, 20),
        Scenario("receipt", "in giấy tiếp nhận / receipt PDF, the click",
                 _open_each(lambda g: [f"/ho-so/{c}/in/receipt/" for c in g.own_codes]), as_clerk, 200, 20,
                 (Target(wall, 150),)),
    ]  # fmt: skip
