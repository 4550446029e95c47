"""What every reader waits for never walks through a big table, however long the history is."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django.test import Client

from motcua.config.scale import history, sql
from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import InboxOrder
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Bucket, InboxFilter, InboxGroup, Source, TakeStep
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_person, an_officer_account, signed_in
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock, partitions
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import watchers
from motcua.kernel.testing import citizen

SOME, MANY = 1_500, 8_000
LATELY, LONG_AGO = 60, 400  # days
BIG_FROM = 1_000  # rows; the planner may read a smaller table as it likes


@pytest.fixture
def now():
    return clock.now()


class Writer:
    """Adds dossiers of a believable past, lately or in the years before."""

    def __init__(self, now: datetime) -> None:
        people = [
            a_person(f"Người Thứ {n}", personal_number=f"0791909990{n:02d}").id
            for n in range(10, 40)
        ]
        self.past, self.written = history.Past(now, people=people), 0
        self.days = self.past.days
        first, last = self.days[0][0], (now + timedelta(days=40)).date()
        partitions.ensure("casework_caseevent", first, last)

    def lately(self, size: int) -> None:
        self._write(size, self.days[-LATELY:])

    def long_ago(self, size: int) -> None:
        self._write(size, self.days[:-LONG_AGO])

    def _write(self, size: int, days: list[tuple[date, float]]) -> None:
        self.past.days = days
        history.write_chunk(self.past, self.written, size, sql.reserve_serials(size))
        self.written += size
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE past")  # a commit would have emptied it
        sql.analyse()


@pytest.fixture
def city(small_city, now) -> Writer:
    return Writer(now)


@pytest.fixture
def tuyet(small_city) -> Actor:
    return citizen(person=a_person().id)


@contextmanager
def heard() -> Iterator[list[tuple[str, object]]]:
    """Every statement sent inside, Django's and those of actions."""
    statements: list[tuple[str, object]] = []

    def by_django(execute, statement, params, many, context):
        statements.append((statement, params))
        return execute(statement, params, many, context)

    def by_unit(unit) -> None:
        statements.extend(unit.statements)

    watchers.append(by_unit)
    try:
        with connection.execute_wrapper(by_django):
            yield statements
    finally:
        watchers.remove(by_unit)


def walked_through(statements: list[tuple[str, object]]) -> set[str]:
    """Big tables that the planner would read from end to end."""
    found, big = set(), big_tables()
    for statement, params in statements:
        text, is_ours = statement.lstrip().upper(), "$1" in statement
        if text.startswith("SELECT") or (text.startswith("WITH") and not is_ours):
            raw = psycopg.RawCursor(connection.connection)
            with raw if is_ours else connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", params)
                (answer,) = cursor.fetchone()
            plans = json.loads(answer) if isinstance(answer, str) else answer
            found.update(scans(plans[0]["Plan"], big))
    return found


def big_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE reltuples >= %s", [BIG_FROM])
        return {name for (name,) in cursor.fetchall()}


def scans(plan: dict, big: set[str]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in big:
        yield f"{plan['Relation Name']}: {plan.get('Filter', 'no filter')}"
    for part in plan.get("Plans", ()):
        yield from scans(part, big)


def deep_key(page: Callable[[str], object], pages: int) -> str:
    after = ""
    for _ in range(pages):
        after = page(after).older or after
    return after


def test_no_reader_walks_through_a_big_table(city, tuyet, now):
    city.lately(SOME)
    city.long_ago(MANY)
    code = a_submitted_birth(tuyet, now=now, desk_ward="26743")
    secret = dossiers.receipt(code, tuyet, now=now).secret
    today = city_date(now)
    khue, bao, thanh = (acting(who, today) for who in ("khue", "bao", "thanh"))
    readers: dict[str, Callable[[], object]] = {
        "look-up": lambda: dossiers.track(code, secret, now=now, client="a"),
        "mine": lambda: dossiers.mine(tuyet, now=now),
        "one dossier": lambda: dossiers.dossier(code, tuyet, now=now),
        "at the desk": lambda: dossiers.desk_view(code, khue, now=now),
        "find by code": lambda: dossiers.find(code, khue, now=now),
        "find by number": lambda: dossiers.find("079190999001", bao, now=now),
        "board": lambda: dossiers.board(thanh, now=now, months=12),
        "counts": lambda: dossiers.inbox_counts(bao, now=now),
    }
    for group in InboxGroup:
        readers[f"inbox {group}"] = lambda group=group: dossiers.inbox(
            bao, InboxFilter(group=group), now=now
        )
    narrowed = {
        "newest": InboxFilter(order=InboxOrder.NEWEST),
        "oldest": InboxFilter(order=InboxOrder.OLDEST),
        "of one kind": InboxFilter(procedures=("1.001193",), step="appraise", source=Source.API),
        "of a ward": InboxFilter(ward="26743", supplements=1),
        "snoozed": InboxFilter(asleep=True),
    }
    for name, wanted in narrowed.items():
        readers[f"inbox {name}"] = lambda w=wanted: dossiers.inbox(bao, w, now=now)
        readers[f"counts {name}"] = lambda w=wanted: dossiers.inbox_counts(bao, now=now, wanted=w)
    readers["kinds"] = lambda: dossiers.kinds_in_inbox(bao, now=now)
    readers["who looks"] = lambda: dossiers.looking(
        code, khue, seen=1, deciding=False, since=now, now=now
    )
    for bucket in Bucket:
        key = deep_key(
            lambda after, bucket=bucket: dossiers.lines_of(
                bucket, thanh, now=now, months=12, after=after, limit=20
            ),
            5,
        )
        for after in ("", key):
            readers[f"list {bucket} {after}"] = lambda b=bucket, a=after: dossiers.lines_of(
                b, thanh, now=now, months=12, after=a
            )
    key = deep_key(
        lambda after: dossiers.inbox(bao, InboxFilter(), now=now, after=after, limit=5), 5
    )
    readers["inbox, deep"] = lambda: dossiers.inbox(bao, InboxFilter(), now=now, after=key)

    wrong = {}
    for name, read in readers.items():
        with heard() as statements:
            read()
        found = walked_through(statements)
        if found:
            wrong[name] = found
    assert wrong == {}


def test_a_deep_page_costs_the_statements_of_the_first(city, now):
    city.lately(SOME)
    thanh = acting("thanh", city_date(now))

    def page(after: str):
        return dossiers.lines_of(Bucket.RECEIVED, thanh, now=now, months=12, after=after, limit=20)

    with heard() as first:
        page("")
    key = deep_key(page, 30)
    with heard() as deep:
        page(key)

    assert key
    assert len(first) == len(deep)


@pytest.mark.parametrize(("who", "url"), [("bao", "/ban"), ("thanh", "/dieu-hanh")])
def test_a_page_has_as_many_statements_and_bytes_whatever_the_history(city, who, url):
    city.lately(SOME)
    client = signed_in(Client(), an_officer_account(who, officer_id=the_officer(who).id))
    before = read(client, url)
    city.long_ago(MANY)

    after = read(client, url)

    assert after[0] == before[0]
    assert after[1] <= before[1] * 1.05


def read(client: Client, url: str) -> tuple[int, int]:
    """Statements about cases and dossiers, bytes. What is kept in memory looks for changes every
    few seconds, which is nobody's history."""
    with heard() as statements:
        answer = client.get(url)
    assert answer.status_code == 200
    about = [text for text, _ in statements if "casework_" in text or "dossiers_" in text]
    return len(about), len(answer.content)


def test_submission_and_step_are_one_statement_whatever_the_history(city, tuyet, now, statements):
    city.lately(SOME)
    code = a_submitted_birth(tuyet, now=now, desk_ward="26743")
    upload_and_submission = len(statements)
    khue = acting("khue", city_date(now))
    seen = dossiers.desk_view(code, khue, now=now).dossier.version_seen
    del statements[:]

    dossiers.take_step(
        TakeStep(code=code, action="receive", seen_version=seen), actor=khue, now=now
    )

    assert upload_and_submission == 2
    assert len(statements) == 1


def test_the_past_stands_on_its_events_like_any_case(city):
    city.lately(SOME)

    for batch in casework.case_batches(500):
        assert casework.deviating_codes(batch) == []
