"""The arithmetic of a measurement."""

from random import Random

from motcua.bench.figures import Load, Target, Verdict, percentile, summarise
from motcua.bench.names import draw_names
from motcua.bench.report import write_verdict
from motcua.core.text import fold
from motcua.people.rules import words_of


def test_a_percentile_is_a_time_that_was_taken() -> None:
    times = [float(n) for n in range(1, 101)]
    assert percentile(times, 0.5) == 50
    assert percentile(times, 0.95) == 95
    assert percentile([3.0], 0.95) == 3.0
    assert percentile([], 0.95) == 0.0


def test_a_load_says_milliseconds_and_cost_per_request() -> None:
    load = summarise(2, [0.010, 0.020, 0.030, 0.040], 0.5, (0.02, 0.004))
    assert (load.requests, load.per_second, load.p50, load.slowest) == (4, 8.0, 20.0, 40.0)
    assert (load.server_cpu, load.database_cpu, load.cpu) == (5.0, 1.0, 6.0)


def test_nothing_measured_is_no_fault() -> None:
    assert summarise(1, [], 1.0, (0.0, 0.0)) == Load(1, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def test_a_target_is_a_ceiling_or_a_floor() -> None:
    ceiling, floor = Target("CPU", 5), Target("share", 0.05, "", is_floor=True)
    assert Verdict("a", ceiling, 5).is_met and not Verdict("a", ceiling, 5.1).is_met
    assert Verdict("a", floor, 0.06).is_met and not Verdict("a", floor, 0.04).is_met


def test_cpu_alone_is_held_against_the_machine_of_the_promise():
    cpu, wall = Target("CPU", 5, is_paced=True), Target("p95", 5)
    assert Verdict("a", cpu, 7, pace=1.4).is_met and not Verdict("a", cpu, 7.1, pace=1.4).is_met
    assert not Verdict("a", wall, 7, pace=1.4).is_met
    assert "7 → 5" in write_verdict(Verdict("a", cpu, 7, pace=1.4))


def test_names_are_drawn_the_same_each_time() -> None:
    first, again = (list(draw_names(Random(7), 2000, block=700)) for _n in range(2))
    assert first == again
    names = [name for block in first for name in block]
    assert len(names) == 2000
    bearers = sum(name.folded.startswith("nguyen ") for name in names)
    assert 600 < bearers < 950, "about two in five bear the commonest family name"


def test_names_are_searched_by_the_words_the_desk_finds_in_them() -> None:
    drawn = [name for block in draw_names(Random(7), 60_000) for name in block]
    assert any("H'Lan" in name.full for name in drawn)
    assert not [name for name in drawn if name.folded != " ".join(words_of(fold(name.full)))]
