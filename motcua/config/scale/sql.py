"""The statements of history: staging, and its expansion into cases, events, tasks, dossiers."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ClockSpec
from motcua.contexts.procedures.contracts import DurationView

STAGING = """
CREATE TEMP TABLE IF NOT EXISTS past (
    id uuid, code text, person uuid, subject text, field text, source text, channel smallint,
    version uuid, process uuid, clock text, desk uuid, authority uuid, division uuid, ward text,
    step text, status smallint, submitted_at timestamptz, receive_due_at timestamptz,
    received_at timestamptz, due_at timestamptz, decided_at timestamptz, returned_at timestamptz,
    ended_at timestamptz, stars smallint
) ON COMMIT DELETE ROWS
"""
COPY = "COPY past FROM STDIN"

CASES = """
INSERT INTO casework_case (id, kind, code, party_person_id, subject_code, field, source, process_id,
    clock, receiving_unit_id, competent_unit_id, handling_unit_id, confidential, priority, step,
    phase, status, version, opened_at, receive_due_at, started_at, due_original, due_at, ended_at)
SELECT id, 'dossier', code, person, subject, field, source, process, clock::jsonb, desk, authority,
    division, false, false,
    CASE WHEN status IN (9, 10) THEN 'return' WHEN received_at IS NULL THEN step
        ELSE 'appraise' END,
    CASE status WHEN 1 THEN 'INTAKE' WHEN 3 THEN 'ENDED' WHEN 8 THEN 'ENDED' WHEN 9 THEN 'DECIDED'
        WHEN 10 THEN 'ENDED' WHEN 5 THEN 'PAUSED' ELSE 'RUNNING' END,
    status, 1 + (received_at IS NOT NULL)::int + (decided_at IS NOT NULL)::int * 2
        + (returned_at IS NOT NULL)::int + (status IN (3, 5, 8))::int,
    submitted_at, receive_due_at, received_at, due_at, due_at, ended_at
FROM past
"""

DOSSIERS = """
INSERT INTO dossiers_dossier (case_id, code, procedure_version_id, applicant_person_id, source,
    channel, return_form, ward_code, case_name, secret, sheet, supplements, asked,
    stars, rated_at)
SELECT id, code, version, person, source, channel, 'ELECTRONIC', ward, '', %s, %s,
    (status = 5)::int,
    CASE WHEN status = 5 THEN 1 WHEN status IN (9, 10)
        THEN (ascii(right(code, 1)) IN (48, 49))::int + (ascii(right(code, 1)) = 48)::int
        ELSE 0 END, stars,
    CASE WHEN stars IS NULL THEN NULL ELSE coalesce(returned_at, ended_at) END
FROM past
"""

# serial, kind, action, step, status after, moment, unit; a moment that is NULL did not happen
EVENTS = """
INSERT INTO casework_caseevent (id, at, happened_at, case_id, serial, kind, action, step, status,
    unit_id, visible_to_party, facts)
SELECT gen_random_uuid(), e.at, e.at, p.id, e.serial, e.kind, e.action, e.step, e.status, e.unit,
    true, '{}'
FROM past p CROSS JOIN LATERAL (VALUES
    (1, 'opened', 'open', p.step, 1, p.submitted_at, p.desk),
    (2, 'move', 'receive', 'appraise', CASE WHEN p.status = 4 THEN 4 ELSE 2 END, p.received_at,
        p.desk),
    (3, 'sign', 'sign', 'issue', 4, p.decided_at - interval '20 minutes', p.authority),
    (4, 'issue', 'issue', 'return', 9, p.decided_at, p.authority),
    (5, 'return_result', 'return_result', 'return', 10, p.returned_at, p.desk),
    (2, 'decline', 'decline', p.step, 3, CASE WHEN p.status = 3 THEN p.ended_at END, p.desk),
    (3, 'supplement', 'supplement', 'appraise', 5,
        CASE WHEN p.status = 5 THEN p.received_at + interval '1 hour' END, p.division),
    (3, 'stop', 'stop', 'appraise', 8, CASE WHEN p.status = 8 THEN p.ended_at END, p.authority)
) AS e (serial, kind, action, step, status, at, unit)
WHERE e.at IS NOT NULL
"""

TASKS = """
INSERT INTO casework_task (id, case_id, case_kind, kind, step, unit_id, role, state, opened_at,
    due_at, closed_at, outcome)
SELECT gen_random_uuid(), p.id, 'dossier', 'STEP', t.step, t.unit, t.role,
    CASE WHEN t.closed_at IS NOT NULL THEN 'DONE' WHEN p.status = 5 THEN 'WAITING' ELSE 'OPEN' END,
    t.opened_at, t.opened_at + t.within, t.closed_at, t.outcome
FROM past p CROSS JOIN LATERAL (VALUES
    (p.step, p.desk, 'RECEIVER', p.submitted_at,
        coalesce(p.received_at, CASE WHEN p.status = 3 THEN p.ended_at END),
        interval '1 day', 'receive'),
    ('appraise', p.division, 'CASE_OFFICER', p.received_at,
        coalesce(p.decided_at, CASE WHEN p.status = 8 THEN p.ended_at END),
        interval '3 days', 'propose'),
    ('return', p.desk, 'RETURNER', p.decided_at, p.returned_at, interval '1 day', 'return_result')
) AS t (step, unit, role, opened_at, closed_at, within, outcome)
WHERE t.opened_at IS NOT NULL
"""

PAUSES = """
INSERT INTO casework_pause (id, case_id, reason, started_at, evidence, citation)
SELECT gen_random_uuid(), id, 'SUPPLEMENT', received_at + interval '1 hour', code,
    'Quy trình mẫu' FROM past WHERE status = 5
"""

# What the applicant of history still has to send, was refused for, or was stopped for.
REQUESTS = """
INSERT INTO dossiers_supplementrequest (id, dossier_id, number, phase, asked_at)
SELECT gen_random_uuid(), id, 1, 'PROCESSING', received_at + interval '1 hour'
FROM past WHERE status = 5
"""
SHORTCOMINGS = """
INSERT INTO dossiers_shortcomingrow (id, dossier_id, request_id, number, component_key,
    question_key, reason, law, law_verified, words)
SELECT gen_random_uuid(), p.id, r.id, 1, q.component, q.question, q.reason,
    'Nghị định 118/2025/NĐ-CP', true, %s
FROM past p LEFT JOIN dossiers_supplementrequest r ON r.dossier_id = p.id
CROSS JOIN LATERAL (SELECT * FROM (VALUES
    (5, 'to_khai', '', 'unreadable'),
    (3, '', 'truthful', 'not_eligible'),
    (8, '', 'truthful', 'already_settled')
) AS v (status, component, question, reason) WHERE v.status = p.status) AS q
"""
TOUCHED = ("casework_case", "casework_task", "casework_caseevent", "dossiers_dossier",
           "dossiers_supplementrequest", "dossiers_shortcomingrow")  # fmt: skip


def copy_and_expand(
    lines: Iterable[tuple[object, ...]], sealed: tuple[bytes, bytes, bytes]
) -> None:
    """One chunk, one transaction."""
    sheet, secret, words = sealed
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(STAGING)
        with cursor.copy(COPY) as copy:
            for line in lines:
                copy.write_row(line)
        cursor.execute(CASES)
        cursor.execute(DOSSIERS, [secret, sheet])
        for statement in (EVENTS, TASKS, PAUSES, REQUESTS):
            cursor.execute(statement)
        cursor.execute(SHORTCOMINGS, [words])


def reserve_serials(count: int) -> int:
    """A range of dossier serials nobody else gets. Returns its first number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('dossiers_serial')")
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval('dossiers_serial', %s)", [first + count + 20])
    return first


def analyse() -> None:
    """Fresh statistics, so that the first pages after a seed are planned well."""
    with connection.cursor() as cursor:
        for table in TOUCHED:
            cursor.execute(f"ANALYZE {table}")


def clock_of(duration: DurationView) -> ClockSpec:
    return ClockSpec(
        unit=duration.unit, value=duration.value, restart=duration.restart, text=duration.text
    )


def first_step(process_id: UUID) -> str:
    return casework.process_table(process_id).first.key
