"""What lies on the desks of the officers one signs in as, so that each finds work of every kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.worktime.rules import Calendar, add_working_hours, working_hours_between

# Fields of which companies file too, and how often; everywhere else a person does.
COMPANIES_BY_FIELD = {
    "An toàn thực phẩm": 0.6, "Du lịch": 1.0, "Hoạt động xây dựng": 0.4, "Tài nguyên nước": 0.8, "Điện lực": 0.4,
    "Địa chất và khoáng sản": 1.0, "Đường bộ": 0.3, "Trồng trọt": 0.2, "Chứng thực": 0.1,
}  # fmt: skip
# Procedures only organisations may file, whatever their field.
COMPANIES_ONLY = frozenset({"1.014275", "2.002750"})


def get_share_of_companies(procedure_code: str, field_name: str) -> float:
    """How often a company files this procedure."""
    return 1.0 if procedure_code in COMPANIES_ONLY else COMPANIES_BY_FIELD.get(field_name, 0.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """Some dossiers left at one place of their way: who received them, how many working hours ago, at what pace."""

    receiver: str
    procedure_code: str
    fate: str
    hours_ago: tuple[float, ...]
    pace: float = 0.02
    asked_unit: str = ""
    competent_unit: str = ""


HUONG_PHUNG, CENTRE, POST, DONG_HA = (
    "huongphung.tiepnhan1",
    "trungtam.tiepnhan1",
    "buudien.tiepnhan1",
    "kiemnhiem",
)
SCENES = (
    # The commune: the counter, the office, the economic section, the leader, the clerk.
    Scene(HUONG_PHUNG, "1.004873", "left_new", (0.3, 0.6, 30)),
    Scene(HUONG_PHUNG, "1.004873", "left_unstarted", (0.5, 1, 2, 26)),
    Scene(HUONG_PHUNG, "1.004884", "left_working", (1, 3, 60)),
    Scene(HUONG_PHUNG, "1.001612", "left_unstarted", (1, 4)),
    Scene(HUONG_PHUNG, "1.001612", "left_at_head", (2, 6)),
    Scene(HUONG_PHUNG, "1.004859", "left_at_head", (2, 5, 50)),
    Scene(HUONG_PHUNG, "1.004859", "left_to_decide", (3, 7, 70)),
    Scene(HUONG_PHUNG, "1.004873", "left_to_sign", (4, 8, 40)),
    Scene(HUONG_PHUNG, "1.001022", "uncollected", (5, 12, 90)),
    Scene(HUONG_PHUNG, "1.004837", "asks", (6, 20), asked_unit="2025-X19441.vhxh"),
    Scene(HUONG_PHUNG, "1.001612", "asks", (5, 16), asked_unit="tax.nvtc"),
    Scene(HUONG_PHUNG, "1.014028", "left_unstarted", (1, 5)),
    Scene(HUONG_PHUNG, "1.004884", "asks_applicant", (2, 20)),
    Scene(HUONG_PHUNG, "1.001612", "awaits_payment", (6,)),
    Scene(HUONG_PHUNG, "1.004859", "suspended", (8,)),
    Scene(HUONG_PHUNG, "1.004859", "apologised", (4, 60)),
    # The department of construction, through the province's centre.
    Scene(CENTRE, "1.013236", "left_new", (0.5, 20)),
    Scene(CENTRE, "1.013236", "left_unstarted", (1, 2, 30)),
    Scene(CENTRE, "1.013236", "left_working", (4, 60, 200)),
    Scene(CENTRE, "1.013236", "asks", (8, 40), asked_unit="agriculture_environment.datdai"),
    Scene(CENTRE, "2.002750", "left_unstarted", (3, 25)),
    Scene(CENTRE, "1.012906", "left_at_head", (6, 50)),
    Scene(CENTRE, "1.013236", "left_at_head", (6, 50)),
    Scene(CENTRE, "1.013236", "left_to_decide", (7, 70)),
    Scene(CENTRE, "1.013236", "left_to_sign", (9, 80)),
    Scene(CENTRE, "1.013236", "uncollected", (12, 100)),
    Scene(CENTRE, "1.004232", "left_unstarted", (2, 20)),
    Scene(CENTRE, "1.013236", "asks_applicant", (5,)),
    Scene(CENTRE, "1.013236", "apologised", (180,)),
    # The postal partner's counter, and the officer with two posts.
    Scene(POST, "1.004873", "left_new", (1, 4), competent_unit="2025-X19333"),
    Scene(POST, "2.000635", "uncollected", (10,), competent_unit="2025-X19333"),
    Scene(DONG_HA, "1.004873", "left_new", (1, 5)),
    Scene(DONG_HA, "2.001035", "left_unstarted", (1, 3)),
    Scene(DONG_HA, "1.004873", "uncollected", (9,)),
    Scene(CENTRE, "1.013236", "extended", (10,)),
)  # fmt: skip


def list_moments(scene: Scene, at: datetime, calendar: Calendar) -> Iterator[datetime]:
    """Within office hours, so many working hours before `at`."""
    for hours in scene.hours_ago:
        moment = at
        # An hour of the clock is never more than an hour of work: what is missing may be gone back whole.
        while (missing := hours - float(working_hours_between(moment, at, calendar))) > 0.01:
            moment -= timedelta(hours=max(missing, 0.2))
        yield add_working_hours(moment, 0.01, calendar)
