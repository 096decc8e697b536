"""The statements that make a province's dossiers out of shapes, each table in one pass over one frame."""

# Fates of a dossier: what has become of it by today.
RETURNED, READY, PROCESSING, DECIDING, RECEIVED, WAITING = range(6)
# The tables filled, and the order in which their rows may be made.
SECOND = ("dossiers_dossier", "dossiers_party", "dossiers_involvement")
FILLED = (
    "dossiers_part", "dossiers_event", "dossiers_task",
    "people_name", "people_namesuffix", "people_person", "people_identifier", *SECOND,
)  # fmt: skip
# Tables of the filling itself that nobody needs once it is done.
PASSING = ("frame", "name", "task", "event", "part", "unit", "slot")

SCHEMA = """
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;
CREATE UNLOGGED TABLE bench.shape (
    k int PRIMARY KEY, prefix text, days int, dossier jsonb);
CREATE UNLOGGED TABLE bench.slot (slot int PRIMARY KEY, k int);
CREATE UNLOGGED TABLE bench.part (k int, component_id bigint, name text, originals int, copies int);
CREATE UNLOGGED TABLE bench.unit (k int, unit_id bigint, role text);
CREATE UNLOGGED TABLE bench.task (
    k int, fate int, kind text, step_no int, name text, post text, unit_id bigint, assignee_id bigint, hours numeric,
    share_from float, share_to float);
CREATE UNLOGGED TABLE bench.event (
    k int, fate int, revision int, act text, user_id bigint, person_name text, post text, unit_id bigint,
    unit_name text, agency_id bigint, from_state text, to_state text, share float, data jsonb);
CREATE UNLOGGED TABLE bench.name (id bigint PRIMARY KEY, folded text, initials bigint);
CREATE UNLOGGED TABLE bench.day (no int PRIMARY KEY, opens_at timestamptz);
CREATE UNLOGGED TABLE bench.frame (
    id bigint, k int, fate int, person_id bigint, serial int, received_at timestamptz, due_at timestamptz,
    finished_at timestamptz, returned_at timestamptz);
"""

# Dossiers come in order of time; a number scattered by multiplication decides everything else about each of them.
# Most take from a third to all of their days, some are late, a few never end.
FRAME = """
INSERT INTO bench.frame
WITH drawn AS (
    SELECT i, ((i - 1) * %(days)s / %(count)s)::int AS day,
           (i * 2654435761 %% 4294967296) / 4294967296.0::float AS u,
           (i * 40503 %% 65536) / 65536.0::float AS v, (i * 48271 %% 99991) / 99991.0::float AS w,
           i %% %(every)s = %(every)s - 1 AS is_waiting
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) i
), shaped AS (
    SELECT d.*, CASE WHEN is_waiting THEN %(busiest)s ELSE t.k END AS k,
           opens_at + interval '8 hours' * v AS received_at
    FROM drawn d JOIN bench.slot t ON t.slot = floor(u * %(slots)s)::int JOIN bench.day y ON y.no = d.day
), timed AS (
    SELECT s.*, s.day + h.days AS due_day,
           s.day + CASE WHEN w < 0.003 THEN 100000 WHEN w < 0.033 THEN h.days * 1.3 + 1
                        ELSE h.days * (0.3 + 0.7 * v) END AS finish_day
    FROM shaped s JOIN bench.shape h USING (k)
), ended AS (
    SELECT t.*, greatest(e.opens_at + interval '8 hours' * (0.5 + w / 2), received_at + interval '1 hour') AS done_at,
           r.opens_at + interval '9 hours' AS given_at
    FROM timed t
    LEFT JOIN bench.day e ON e.no = floor(finish_day)::int AND floor(finish_day) < %(days)s
    LEFT JOIN bench.day r ON r.no = floor(finish_day)::int + 1 + floor(u * 3)::int
        AND floor(finish_day)::int + 1 + floor(u * 3)::int < %(days)s
)
SELECT i, k,
       CASE WHEN is_waiting THEN 5 WHEN finish_day < %(days)s THEN CASE WHEN given_at IS NULL OR w > 0.995 THEN 1 ELSE 0 END
            WHEN day >= %(days)s - 1 THEN 4 WHEN v < 0.7 THEN 2 ELSE 3 END,
       (i - 1) %% %(people)s + 1,
       (i - ceil(day::numeric * %(count)s / %(days)s))::int,
       received_at,
       CASE WHEN due_day = day THEN greatest(q.opens_at + interval '9.5 hours', received_at + interval '10 minutes')
            ELSE q.opens_at + interval '8 hours' * v END,
       CASE WHEN NOT is_waiting AND finish_day < %(days)s THEN done_at END,
       CASE WHEN NOT is_waiting AND finish_day < %(days)s AND given_at IS NOT NULL AND w <= 0.995
            THEN greatest(given_at, done_at + interval '1 hour') END
FROM ended JOIN bench.day q ON q.no = due_day
"""

# When something of a dossier happened: a share of the way from its receipt to its end, or of its first hour.
_WHEN = (
    "f.received_at + {share} * (COALESCE(f.finished_at, f.received_at + interval '1 hour') - f.received_at)"
)
_AT = "CASE WHEN {share} > 1 THEN f.returned_at ELSE " + _WHEN + " END"


def _at(share: str) -> str:
    return _AT.format(share=share)


ROWS = {
    "dossiers_part": """
INSERT INTO dossiers_part (dossier_id, component_id, name, originals, copies, is_present, note)
SELECT f.id, p.component_id, p.name, p.originals, p.copies, true, ''
FROM bench.frame f JOIN bench.part p USING (k) WHERE f.id BETWEEN %(first)s AND %(last)s""",
    "dossiers_involvement": """
INSERT INTO dossiers_involvement (dossier_id, unit_id, role, received_at, applicant_folded, initials)
SELECT f.id, u.unit_id, u.role, f.received_at, n.folded, n.initials
FROM bench.frame f JOIN bench.unit u USING (k) JOIN people_person p ON p.id = f.person_id
JOIN bench.name n ON n.id = p.name_id WHERE f.id BETWEEN %(first)s AND %(last)s""",
    "dossiers_event": f"""
INSERT INTO dossiers_event (at, dossier_id, agency_id, act, user_id, person_name, post, unit_id, unit_name,
                            from_state, to_state, revision, data)
SELECT {_at("e.share")}, f.id, e.agency_id, e.act, e.user_id, e.person_name, e.post, e.unit_id, e.unit_name,
       e.from_state, e.to_state, e.revision, e.data
FROM bench.frame f JOIN bench.event e USING (k, fate) WHERE f.id BETWEEN %(first)s AND %(last)s""",
    "dossiers_task": f"""
INSERT INTO dossiers_task (dossier_id, kind, step_no, name, post, unit_id, assignee_id, hours, opened_at, due_at,
                           taken_at, done_at, done_by_id, outcome)
SELECT f.id, t.kind, t.step_no, t.name, t.post, t.unit_id, t.assignee_id, t.hours, {_at("t.share_from")},
       CASE WHEN t.kind = 'return' THEN f.finished_at + interval '1 day' ELSE f.due_at END,
       CASE WHEN t.share_to IS NOT NULL THEN {_at("t.share_to")} WHEN t.assignee_id IS NOT NULL AND t.step_no > 1
            THEN {_at("t.share_from")} + interval '10 minutes' END,
       CASE WHEN t.share_to IS NOT NULL THEN {_at("t.share_to")} END,
       CASE WHEN t.share_to IS NOT NULL THEN t.assignee_id END,
       CASE WHEN t.share_to IS NOT NULL THEN 'done' ELSE '' END
FROM bench.frame f JOIN bench.task t USING (k, fate) WHERE f.id BETWEEN %(first)s AND %(last)s""",
    "dossiers_dossier": """
INSERT INTO dossiers_dossier (
    id, code, token, state, outcome, revision, procedure_code, procedure_name, field_code, version_id, case_id,
    process_version_id, channel, receiving_unit_id, competent_agency_id, returning_unit_id, applicant_id,
    applicant_name, applicant_folded, name_id, initials, received_at, received_by_id, original_due_at, due_at, is_provisional,
    limit_amount, limit_unit, limit_basis, start_rule, calendar_code, finished_at, returned_at, result_delivery,
    return_place, copies_sets)
SELECT f.id, s.prefix || to_char(f.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh', '-YYMMDD-') ||
       lpad(f.serial::text, greatest(4, length(f.serial::text)), '0'),
       substr(md5(f.id::text), 1, 20),
       (ARRAY['returned', 'result_ready', 'processing', 'processing', 'received', 'received'])[f.fate + 1],
       CASE WHEN f.fate < 2 THEN 'approved' ELSE '' END, (ARRAY[5, 5, 3, 4, 1, 2])[f.fate + 1],
       r.procedure_code, r.procedure_name, r.field_code, r.version_id, r.case_id, r.process_version_id,
       (ARRAY['counter', 'counter', 'counter', 'online_assisted', 'postal'])[f.id %% 5 + 1],
       r.receiving_unit_id, r.competent_agency_id, r.returning_unit_id, p.id, p.full_name, n.folded, n.id, n.initials,
       f.received_at, r.received_by_id, f.due_at, f.due_at, false, r.limit_amount, r.limit_unit, r.limit_basis,
       r.start_rule, r.calendar_code, f.finished_at, f.returned_at, 'counter', '', 1
FROM bench.frame f
JOIN bench.shape s USING (k)
JOIN (SELECT x.k AS rk, y.* FROM bench.shape x, jsonb_to_record(x.dossier) AS y(
        procedure_code text, procedure_name text, field_code text, version_id bigint, case_id bigint,
        process_version_id bigint, receiving_unit_id bigint, competent_agency_id bigint, returning_unit_id bigint,
        received_by_id bigint, limit_amount numeric, limit_unit text, limit_basis text, start_rule text,
        calendar_code text)) r ON r.rk = f.k
JOIN people_person p ON p.id = f.person_id JOIN bench.name n ON n.id = p.name_id
WHERE f.id BETWEEN %(first)s AND %(last)s""",
    "dossiers_party": """
INSERT INTO dossiers_party (dossier_id, role, person_id, kind, full_name, birth_text, sex, address, id_kind,
                            id_enc, phone_enc, email, authorisation)
SELECT f.id, 'applicant', p.id, p.kind, p.full_name, p.birth_text, p.sex, p.address, i.kind, i.value_enc,
       p.phone_enc, p.email, ''
FROM bench.frame f JOIN people_person p ON p.id = f.person_id JOIN people_identifier i ON i.person_id = p.id
WHERE f.id BETWEEN %(first)s AND %(last)s""",
}
