"""What is left on the desks: by officers and procedures that are there, within office hours, filed by whom it suits."""

from random import Random

import pytest

from motcua.demo import province
from motcua.demo.applicants import make_applicant
from motcua.demo.scenes import SCENES, Scene, get_share_of_companies, list_moments
from motcua.worktime.rules import working_hours_between
from motcua.worktime.tests.factories import moment, usual_calendar


def test_every_scene_is_played_by_those_who_are_there():
    receivers = {post.username for post in province.get_posts() if post.post == "intake_officer"}
    units = {unit.code for unit in province.get_units()} | {
        f"2025-X{code}" for code, *_rest in province.places.COMMUNES
    }
    assert {scene.receiver for scene in SCENES} <= receivers
    named = {code for scene in SCENES for code in (scene.asked_unit, scene.competent_unit) if code}
    assert named <= units


@pytest.mark.parametrize("at", ["2026-11-21 23:10", "2026-03-10 09:00", "2026-02-18 12:00"])
def test_moments_lie_in_office_hours_so_many_hours_back(at):
    calendar, now = usual_calendar(), moment(at)
    scene = Scene("", "", "", (0.3, 5, 26, 200))
    for hours, found in zip(scene.hours_ago, list_moments(scene, now, calendar), strict=True):
        assert found < now
        assert abs(float(working_hours_between(found, now, calendar)) - hours) < 0.5


def test_no_company_is_born_and_no_person_is_an_economic_organisation():
    assert get_share_of_companies("1.001193", "Hộ tịch") == 0.0
    assert get_share_of_companies("1.014275", "Đất đai") == 1.0
    random = Random(1)
    assert {make_applicant(random, n, "Xã", 0.0).kind for n in range(50)} == {"person"}
    assert {make_applicant(random, n, "Xã", 1.0).kind for n in range(50)} == {"organisation"}
