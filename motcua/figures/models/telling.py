"""The statement that tells stays from the events: what a share of dossiers, or a stretch of all of them, has lived through.

It reads `dossiers_event`, `dossiers_dossier` and `dossiers_task` as they stand: the fifth way up (docs/house.md), for readers
of history.
"""

from motcua.dossiers.rules.states import ALIVE, CLOSED
from motcua.figures.rules.stays import PAUSED
from motcua.organisations.rules import Kind
from motcua.worktime.rules import LimitUnit

# Only what can change a stay is read; the rule in words is `rules.stays`.
MATTERS = """
    ((e.from_state = ANY(%(alive)s)) <> (e.to_state = ANY(%(alive)s))
     OR (e.from_state = ANY(%(paused)s)) <> (e.to_state = ANY(%(paused)s))
     OR e.to_state = 'not_accepted' OR e.data ?| ARRAY['new_due_at', 'old_agency_id'])
"""
_LATE_FROM = f"(due_at::date + (limit_unit <> '{LimitUnit.WORKING_HOUR.value}')::int)"
_GRAIN = "CASE WHEN limit_unit = '{hours}' THEN date_trunc('minute', {at}) ELSE date_trunc('day', {at}) END"
_DUE, _END = (_GRAIN.format(hours=LimitUnit.WORKING_HOUR.value, at=at) for at in ("due_at", "next_at"))

# Filed on somebody's behalf: the dossier names a person beside its applicant, as submitter or by authorisation.
BEHALF = "EXISTS (SELECT FROM dossiers_party p WHERE p.dossier_id = d.id AND p.role <> 'applicant')"
BEHALF_OF_ALL = """LEFT JOIN (SELECT DISTINCT dossier_id FROM dossiers_party
    WHERE role <> 'applicant' AND dossier_id BETWEEN %(first)s AND %(last)s) p ON p.dossier_id = d.id"""
_OF_CATEGORY = "k.procedure_code = d.procedure_code AND k.field_code = d.field_code AND k.channel = d.channel"
# All of them are joined; of some, each looks up its category by the index: how many a join of three columns would leave is
# guessed far too low, and a plan made for a handful takes minutes for thousands.
_ALL_DOSSIERS = f"""SELECT d.id, d.received_at, d.limit_unit, d.original_due_at, d.receiving_unit_id, d.returning_unit_id, k.id AS category_id
    FROM dossiers_dossier d
    {BEHALF_OF_ALL} JOIN figures_category k ON {_OF_CATEGORY} AND k.is_behalf = (p.dossier_id IS NOT NULL)
    WHERE d.id BETWEEN %(first)s AND %(last)s"""
_SOME_DOSSIERS = f"""SELECT d.id, d.received_at, d.limit_unit, d.original_due_at, d.receiving_unit_id, d.returning_unit_id,
    (SELECT k.id FROM figures_category k WHERE {_OF_CATEGORY} AND k.is_behalf = {BEHALF}) AS category_id
    FROM dossiers_dossier d WHERE d.id = ANY(%(ids)s)"""
# Events written before the act said it: what is there now tells whether result and papers have files.
_HAS_RESULT = """EXISTS (SELECT FROM dossiers_result r WHERE r.dossier_id = followed.dossier_id AND r.voided_at IS NULL
                   AND r.file_id IS NOT NULL)"""
_HAS_PAPERS = """EXISTS (SELECT FROM dossiers_part t JOIN dossiers_partfile f ON f.part_id = t.id
                   WHERE t.dossier_id = followed.dossier_id)"""
# To another agency, and not to the one that stands for it that day: a merger is told once, on its own day.
_MOVED = """{old} <> {new} AND NOT EXISTS (SELECT FROM figures_standin m WHERE m.agency_id = {old} AND m.unit_id = {new}
                   AND m.first_on <= {day} AND (m.end_on IS NULL OR m.end_on > {day}))"""
_MOVED_IN = _MOVED.format(old="last_agency_id", new="followed.agency_id", day="on_day")
_MOVED_OUT = _MOVED.format(old="followed.agency_id", new="next_agency_id", day="next_day")
# What a finished dossier says of the work on it, for the nine indicators of Circular 01/2018: the worst of its steps (2 a day
# or more early, 1 in time, 0 late, 3 none done), the worst of each officer's own as officer × 4 + mark, how often something was
# asked for (two and more alike), and whether it came in, went out and was done at a one-stop shop.
MARK = """CASE WHEN t.done_at > t.due_at THEN 0
    WHEN (t.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < (t.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 2 ELSE 1 END"""
_BESIDE = f"""
own AS (
    SELECT t.dossier_id, t.done_by_id, min({MARK}) FILTER (WHERE t.outcome IN ('done', 'redo')) AS mark,
           bool_and(t.unit_id = ANY(%(shops)s)) AS is_done_there
    FROM dossiers_task t WHERE t.{{which}} GROUP BY t.dossier_id, t.done_by_id
), judged AS (
    SELECT dossier_id, min(mark) AS mark, bool_and(is_done_there) AS is_done_there,
           array_agg(done_by_id * 4 + mark ORDER BY done_by_id) FILTER (WHERE done_by_id IS NOT NULL AND mark IS NOT NULL) AS worked
    FROM own GROUP BY dossier_id
), asked AS (
    SELECT r.dossier_id, LEAST(count(*), 2) AS contacts FROM dossiers_supplementrequest r WHERE r.{{which}} GROUP BY r.dossier_id
), beside AS (
    SELECT d.id AS dossier_id, d.received_at, j.mark, j.worked, a.contacts, COALESCE(j.is_done_there, true) AS is_done_there,
           COALESCE(d.receiving_unit_id = ANY(%(shops)s) AND d.returning_unit_id = ANY(%(shops)s), true) AS is_received_there
    FROM known d LEFT JOIN judged j ON j.dossier_id = d.id LEFT JOIN asked a ON a.dossier_id = d.id
)"""
# As the indexes of lists have it: late, overdue, waiting, or begun or ended otherwise than usual.
_IS_ONE_OF_FEW = "leave > 2 OR enter > 1 OR is_waiting OR overdue_on IS NOT NULL"
# Facts in their order; then each with its promise, with what follows, and whether a pause began in time.
_STAYS = f"""
known AS MATERIALIZED ({{dossiers}}), {_BESIDE}, facts AS (
    SELECT e.dossier_id, e.revision, e.agency_id, e.from_state, e.to_state,
           e.at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS at,
           (e.data ->> 'new_due_at')::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh' AS new_due_at,
           (e.data -> 'is_electronic')::bool AS is_electronic, (e.data -> 'is_digitised')::bool AS is_digitised
    FROM dossiers_event e
    WHERE e.{{which}} AND e.xact_id < %(horizon)s AND {MATTERS}
), ordered AS (
    SELECT f.*, d.limit_unit, d.original_due_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS original_due_at, d.category_id,
           max(f.at::date) OVER w AS on_day, count(f.new_due_at) OVER w AS promise_no,
           f.to_state = ANY(%(alive)s) AS is_open, f.to_state = ANY(%(paused)s) AS is_paused,
           COALESCE(lag(f.to_state) OVER w = ANY(%(alive)s), false) AS was_open,
           COALESCE(lag(f.to_state) OVER w = ANY(%(paused)s), false) AS was_paused,
           lag(f.agency_id) OVER w AS last_agency_id
    FROM facts f JOIN known d ON d.id = f.dossier_id
    WINDOW w AS (PARTITION BY f.dossier_id ORDER BY f.revision)
), promised AS (
    SELECT o.*, COALESCE(max(new_due_at) OVER (PARTITION BY dossier_id, promise_no), original_due_at) AS due_at,
           count(*) FILTER (WHERE is_paused AND NOT was_paused) OVER w AS pause_no
    FROM ordered o WINDOW w AS (PARTITION BY dossier_id ORDER BY revision)
), followed AS (
    SELECT p.*, lead(on_day) OVER w AS next_day, lead(at) OVER w AS next_at, lead(to_state) OVER w AS next_state,
           lead(agency_id) OVER w AS next_agency_id, lead(due_at) OVER w AS next_due_at,
           lead(is_electronic) OVER w AS next_electronic, lead(is_digitised) OVER w AS next_digitised, {_LATE_FROM} AS late_from,
           is_paused AND COALESCE(first_value({_LATE_FROM}) OVER q > first_value(on_day) OVER q, true) AS is_waiting
    FROM promised p
    WINDOW w AS (PARTITION BY dossier_id ORDER BY revision),
           q AS (PARTITION BY dossier_id, is_paused, pause_no ORDER BY revision)
), whole AS (
    SELECT dossier_id, revision, agency_id, category_id, on_day AS entered_on, late_from, is_waiting,
           CASE WHEN NOT is_open THEN 4 WHEN NOT was_open THEN CASE WHEN from_state = ANY(%(closed)s) THEN 2 ELSE 1 END
                WHEN {_MOVED_IN} THEN 3 ELSE 0 END AS enter,
           CASE WHEN is_open THEN next_day ELSE on_day END AS left_on,
           CASE WHEN NOT is_open THEN 7 WHEN next_state IS NULL THEN NULL
                WHEN next_state = ANY(%(alive)s) THEN CASE WHEN {_MOVED_OUT} THEN 6 ELSE 0 END
                WHEN next_state = 'result_ready' THEN {{timely}}
                WHEN next_state = 'withdrawn' THEN 4 ELSE 5 END AS leave,
           is_open AND next_state = 'result_ready' AND COALESCE(next_electronic, {_HAS_RESULT}) AS is_electronic,
           is_open AND next_state = 'result_ready' AND COALESCE(next_digitised, {_HAS_RESULT} AND {_HAS_PAPERS}) AS is_digitised
    FROM followed WHERE is_open OR to_state = 'not_accepted'
), divided AS (
    SELECT w.dossier_id, w.revision, COALESCE(s.unit_id, w.agency_id) AS agency_id, w.category_id, w.is_waiting,
           w.late_from, GREATEST(w.entered_on, s.first_on) AS entered_on,
           CASE WHEN s.first_on > w.entered_on THEN 3 ELSE w.enter END AS enter,
           CASE WHEN w.left_on IS NULL OR w.left_on >= s.end_on THEN COALESCE(s.end_on, w.left_on) ELSE w.left_on END AS left_on,
           CASE WHEN s.end_on IS NOT NULL AND (w.left_on IS NULL OR w.left_on >= s.end_on) THEN 6 ELSE w.leave END AS leave,
           w.is_electronic, w.is_digitised
    FROM whole w
    LEFT JOIN figures_standin s ON s.agency_id = w.agency_id AND (s.end_on IS NULL OR w.entered_on < s.end_on)
         AND (w.left_on IS NULL OR w.left_on >= s.first_on)
), dated AS (
    SELECT v.*, CASE WHEN enter <> 4 AND NOT is_waiting AND (left_on IS NULL OR GREATEST(late_from, entered_on) < left_on)
                     THEN CASE WHEN late_from IS NOT NULL THEN GREATEST(late_from, entered_on) END END AS overdue_on
    FROM divided v
), told AS (
    SELECT v.dossier_id, (row_number() OVER (PARTITION BY v.dossier_id ORDER BY revision, entered_on))::smallint AS no,
           enter::smallint AS enter, agency_id, category_id, entered_on, left_on, overdue_on,
           leave::smallint AS leave, is_waiting,
           COALESCE(is_electronic AND leave <> 6, false) AS is_electronic, COALESCE(is_digitised AND leave <> 6, false) AS is_digitised,
           CASE WHEN leave IN (1, 2, 3) THEN COALESCE(b.mark, 3) END::smallint AS step_mark,
           CASE WHEN leave IN (1, 2, 3) THEN COALESCE(b.contacts, 0) END::smallint AS contacts,
           COALESCE(leave IN (1, 2, 3) AND b.is_received_there, false) AS is_received_there,
           COALESCE(leave IN (1, 2, 3) AND b.is_done_there, false) AS is_done_there,
           CASE WHEN leave IN (1, 2, 3) THEN b.worked END AS worked,
           CASE WHEN {_IS_ONE_OF_FEW} THEN b.received_at END AS received_at
    FROM dated v LEFT JOIN beside b ON b.dossier_id = v.dossier_id
)
"""
# The end is judged by the promise as it stood then, at the grain of the limit (worktime.rules.judge).
_TIMELY = (
    f"CASE WHEN next_due_at IS NULL THEN 2 WHEN {_END} > {_DUE.replace('due_at', 'next_due_at')} THEN 3"
    f" WHEN {_END} < {_DUE.replace('due_at', 'next_due_at')} THEN 1 ELSE 2 END"
)
COLUMNS = (
    "dossier_id, no, enter, agency_id, category_id, entered_on, left_on, overdue_on, leave, is_waiting, is_electronic, is_digitised,"
    " step_mark, contacts, is_received_there, is_done_there, worked, received_at"
)
_TOLD = [name for name in COLUMNS.split(", ") if name not in ("dossier_id", "no")]
SAME = f"({', '.join(f's.{name}' for name in _TOLD)})"
SET = ", ".join(f"{name} = excluded.{name}" for name in _TOLD)
STAYS_OF_SOME = _STAYS.format(which="dossier_id = ANY(%(ids)s)", timely=_TIMELY, dossiers=_SOME_DOSSIERS)
STAYS_OF_ALL = _STAYS.format(
    which="dossier_id BETWEEN %(first)s AND %(last)s", timely=_TIMELY, dossiers=_ALL_DOSSIERS
)
WORDS = {
    "alive": sorted(str(state) for state in ALIVE),
    "closed": sorted(str(state) for state in CLOSED),
    "paused": sorted(str(state) for state in PAUSED),
}
# Where a one-stop shop is: the centre, its points, and the post that receives for it.
SHOPS = [Kind.CENTRE.value, Kind.BRANCH.value, Kind.POSTAL_PARTNER.value]
