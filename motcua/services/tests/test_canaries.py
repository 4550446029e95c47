"""Canaries: values that no stranger may meet, planted everywhere, looked for in every byte kept.

Personal values are typed wherever a story has room for them. Then the whole database is dumped as
a thief would have it, with the logs and the names of files, and searched for each of them.
"""

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import GivenPaper, Shortcoming, SubmitDossier, Supply
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.testing import MONDAY_9AM
from motcua.services.tests.journey import step, straight_on, walk

NOW = MONDAY_9AM + timedelta(minutes=30)
CANARY = "Zuvo"  # begins every planted word; no word of Vietnamese or of the code has it
NUMBER, PHONE = "079190999763", "0900000763"
MAIL = "zuvomail@example.vn"
PLANTED = (CANARY.lower(), NUMBER, PHONE)


def word(of: str) -> str:
    return f"{CANARY}{of}"


@pytest.fixture
def person(small_city):
    return a_person(
        word("hoten"), personal_number=NUMBER, phone=PHONE, email=MAIL
    )  # fmt: skip


@pytest.fixture
def account(person):
    return a_citizen_account(person)


@pytest.fixture
def planted(person, account, caplog) -> Iterator[str]:
    """A dossier with a canary in every answer, paper, message, note and letter it can hold."""
    caplog.set_level(logging.DEBUG)
    actor = citizen_of(person, account)
    dossiers.begin_draft(BIRTH, ward_code="26740", actor=actor, now=NOW)
    code = sent(actor)
    step(code, "receive", now=NOW)
    straight_on(code, now=NOW)
    dossiers.send_message(code, word("tinnhan"), actor=actor, now=NOW)
    step(code, "supplement", now=NOW, reason=word("lydo"), items=(asked(),))
    paper = GivenPaper(component_key="giay_chung_sinh", file_id=a_file(actor))
    dossiers.supply(Supply(code=code, papers=(paper,)), actor=actor, now=NOW)
    walk(code, now=NOW)
    dossiers.rate(code, 5, word("nhanxet"), actor=actor, now=NOW)
    other = sent(actor)
    refused = Shortcoming(
        question_key="child_full_name", why=word("tuchoi"), how=word("lamgi"),
        law="Nghị định 123/2015/NĐ-CP",
    )  # fmt: skip
    step(other, "decline", now=NOW, items=(refused,))
    yield code


def citizen_of(person, account) -> Actor:
    return Actor(
        kind=ActorKind.CITIZEN, name=person.full_name, person_id=person.id, account_id=account.id,
        assurance=2,
    )  # fmt: skip


def a_file(actor: Actor):
    content = io.BytesIO(a_pdf("giấy"))
    name = f"{word('tep')}.pdf"
    return documents.keep_upload(content, filename=name, by=actor, now=NOW).id


def asked() -> Shortcoming:
    return Shortcoming(
        component_key="giay_chung_sinh", what=word("giay"), why=word("visao"), how=word("cach"),
        law="Nghị định 123/2015/NĐ-CP",
    )  # fmt: skip


def sent(actor: Actor) -> str:
    answers = {
        **ANSWERS,
        "requester_full_name": word("hoten"),
        "requester_personal_number": NUMBER,
        "requester_phone": PHONE,
        "requester_address": {"ward": "26740", "street": word("duong")},
        "child_full_name": word("con"),
        "facility_name": word("benhvien"),
        "child_origin": word("que"),
    }
    command = SubmitDossier(
        procedure_code=BIRTH, ward_code="26740", applicant_person_id=actor.person_id,
        answers=answers,
        papers=(GivenPaper(component_key="giay_chung_sinh", file_id=a_file(actor)),),
    )  # fmt: skip
    return dossiers.submit(command, actor=actor, now=NOW).code


def dump() -> Iterator[tuple[str, str]]:
    """Every row of every table, as a thief of the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid ="
            " relnamespace WHERE relkind IN ('r', 'p', 'm') AND nspname = 'public' ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT r::text FROM {table} AS r")
            for (row,) in cursor.fetchall():
                yield table, row


def canaries_in(text: str) -> list[str]:
    """Also where PostgreSQL writes bytes as hexadecimal."""
    low = text.lower()
    return [v for v in PLANTED if v in low or v.encode().hex() in low or _capital(v) in low]


def _capital(value: str) -> str:
    return value.capitalize().encode().hex()


def test_a_thief_of_database_logs_and_file_names_meets_no_personal_value(
    planted, deliveries, account, client, caplog
):
    deliveries()
    browser = signed_in(client, account)
    browser.get(f"/ho-so/{planted}")
    browser.get("/ban/tim", {"q": NUMBER})
    browser.post("/toi/lien-he", {"email": MAIL, "phone": "0900"})
    browser.get(f"/khong-co/{NUMBER[:3]}")

    assert {(table, *hit) for table, row in dump() if (hit := canaries_in(row))} == set()
    assert canaries_in(caplog.text) == []
    kept = list(Path(settings.STORAGE_ROOT).rglob("*"))
    assert kept and canaries_in(" ".join(map(str, kept))) == []
    contents = [path.read_bytes() for path in kept if path.is_file()]
    assert not any(b"%PDF" in content for content in contents)
    assert {hit for content in contents for hit in canaries_in(content.decode("latin-1"))} == set()
    for address in ("/ho-so", f"/ho-so/{planted}", "/toi", "/giay-to", "/"):
        page = browser.get(address, follow=True).content.decode()
        links = re.findall(r'(?:href|action|src|hx-[a-z]+)="([^"]*)"', page)
        assert canaries_in(" ".join(links)) == [], address


@pytest.mark.parametrize("column", ["case_name", "sheet"])
def test_a_value_written_in_clear_is_found(column, person, account):
    sent(citizen_of(person, account))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE dossiers_dossier SET {column} = %s", [word("ro").encode()])

    assert {table for table, row in dump() if canaries_in(row)} == {"dossiers_dossier"}
