"""What an answer shows has a line in the read log, and a line is about somebody who was shown.

Every personal field holds a word of its own; each answer is searched for all of them.
"""

import html
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import transaction
from pypdf import PdfReader

from motcua.config.map import matrix
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.privacy.testing import a_look_at
from motcua.contexts.procedures.queries import snapshot as catalogue
from motcua.kernel import addresses, clock, reading
from motcua.kernel.actors import Actor
from motcua.kernel.addresses import Route, may
from motcua.kernel.models import ReadLine
from motcua.kernel.purpose import Purpose
from motcua.kernel.snapshots import look_again
from motcua.services.tests.journey import step
from tests.planting import Origin, Planted, plant
from tests.scene import Scene, address, asked, set_up

ROUTES = sorted(
    [*addresses.pages(), *addresses.operations()], key=lambda one: (one.address, one.methods)
)
SEEDS = range(4)
VISITS = 60  # of each seed
# What is read there is written down, not shown.
SAVES = frozenset({"/nhap/<uuid:draft_id>/trang/<slug:page_key>/luu"})
ENOUGH = 10  # values met, without which the draw goes on
QUERIES = {  # where an address shows more when something is asked
    "/ban/ho-so/<str:code>": ("muc=lich-su", "muc=tin-nhan", "muc=giay-to", "muc=vi-sao"),
    "/toi/ai-da-xem": ("tu-dong=1",),
}


@dataclass(frozen=True)
class Planting:
    scene: Scene
    planted: Planted
    codes: dict[str, UUID]  # of dossiers: whose


@pytest.fixture(scope="module")
def planting(small_city_of_module, django_db_blocker) -> Iterator[Planting]:
    with django_db_blocker.unblock(), reading.within(reading.Scope(address="test")):
        look_again()
        catalogue.forget()
        scene = set_up()
        _stories(scene)
        owners = dict(Dossier.objects.order_by("code").values_list("code", "applicant_person"))
        yield Planting(scene, plant(), owners)


def _stories(scene: Scene) -> None:
    """Words where people write, beside the request about data that the scene has."""
    now = clock.now()
    for kind, who in (("unit", "owner"), ("other_unit", "stranger")):
        code, actor = scene.objects[kind]["code"], scene.visitors[who].actor
        dossiers.send_message(code, "một tin nhắn", actor=actor, now=now)
        step(code, "receive", now=now)
        a_look_at(actor.person_id)


def look(planting: Planting, who: str, method: str, route: Route, kind: str, query: str = ""):
    """One visit that leaves nothing behind: the answer, what stands in it, the lines it wrote."""
    scene = planting.scene
    visitor = scene.visitors[who]
    visitor.browser.cookies = SimpleCookie(visitor.cookies)
    url = address(route, scene.objects[kind]) + (f"?{query}" if query else "")
    with transaction.atomic():
        known = set(ReadLine.objects.values_list("id", flat=True))
        answer = asked(visitor.browser, method.lower(), url)
        body = b"".join(answer) if answer.streaming else answer.content
        lines = list(ReadLine.objects.exclude(id__in=known).order_by("id"))
        transaction.set_rollback(True)
    return answer, words(answer, body), lines


def words(answer, body: bytes) -> str:
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if "spreadsheetml" in answer.get("Content-Type", ""):
        with ZipFile(io.BytesIO(body)) as book:
            body = b" ".join(map(book.read, book.namelist()))
    return html.unescape(body.decode(errors="replace")) + answer.get("Location", "")


def weights() -> list[int]:
    """Pages of one dossier show most."""
    return [8 if "code" in matrix.parameters(route) else 1 for route in ROUTES]


def drawn(scene: Scene, chance: random.Random) -> Iterator[tuple[str, str, Route, str, str]]:
    """Visits of whoever may come in, most of them where there is an object to see."""
    while True:
        [route] = chance.choices(ROUTES, weights())
        who = chance.choice(matrix.VISITORS)
        kind = chance.choice(matrix.objects(route))
        wanted = chance.random() < 0.2 or scene.sees(who, route, kind)
        if wanted and may(route.access, scene.visitors[who].actor):
            query = chance.choice(("", *QUERIES.get(route.address, ())))
            yield who, chance.choice(matrix.methods(route)), route, kind, query


def unlogged(shown: dict[str, Origin], lines: list[ReadLine], reader: UUID | None) -> set[str]:
    """Labels of what was shown of others without a line."""
    logged = {Origin(line.subject_id, label) for line in lines for label in line.fields}
    others = [origin for origin in shown.values() if reader is None or origin.subject != reader]
    return {origin.label for origin in others if origin not in logged}


def unfounded(text: str, shown: dict[str, Origin], lines: list[ReadLine], planting: Planting):
    """Whom a line names although nothing of theirs, not even a code, is in the answer.

    For whom somebody acts is read with every address, also where no page is there to name them.
    """
    seen = {origin.subject for origin in shown.values()}
    seen |= {owner for code, owner in planting.codes.items() if code in text}
    principal = (Purpose.ON_BEHALF, ["Person.full_name"])
    others = [line for line in lines if (line.purpose, line.fields) != principal]
    return {line.address for line in others if line.subject_id not in seen}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_is_logged_and_what_is_logged_was_shown(seed, planting, db):
    chance, met, wrong = random.Random(seed), 0, []
    visits = drawn(planting.scene, chance)
    for number, visit in enumerate(visits):
        if number >= VISITS and met > ENOUGH:
            break
        answer, text, lines = look(planting, *visit)
        shown, reader = planting.planted.found_in(text), planting.scene.visitors[visit[0]].actor
        met += len(shown)
        wrong += [(visit, label) for label in unlogged(shown, lines, reader.person_id)]
        shows = answer.status_code == 200 and visit[2].address not in SAVES
        if shows:  # who is sent on sees on the next page what was done
            wrong += [(visit, at) for at in unfounded(text, shown, lines, planting)]
        wrong += [(visit, "whose reading is it") for line in lines if not told(line, reader)]

    assert wrong == []
    assert met > ENOUGH, "too little was shown to prove anything"


def told(line: ReadLine, reader: Actor) -> bool:
    """Who, in which post, for what; which case where the address names one."""
    who = (line.account_id, line.actor_kind) == (reader.account_id, reader.kind.value)
    post = bool(line.role and line.unit_id) or not reader.is_officer
    case = bool(line.case_code) or "<str:code>" not in line.address
    return who and post and case and bool(line.purpose and line.fields)


@pytest.mark.parametrize(
    ("who", "method", "address_", "sent"),
    [
        ("RECEIVER", "post", "/ban/tim", {"purpose": "COUNTER"}),
        ("RECEIVER", "get", "/ban/xuat.csv", {}),
        ("LEADER", "get", "/dieu-hanh/danh-sach/xuat.csv", {}),
        ("DATA_PROTECTION", "get", "/bao-ve-du-lieu", {}),
        ("DATA_PROTECTION", "get", "/bao-ve-du-lieu/luot-xem", {}),
    ],
)
def test_lists_exports_and_searches_are_logged_too(who, method, address_, sent, planting, db):
    planted, visitor = planting.planted, planting.scene.visitors[who]
    visitor.browser.cookies = SimpleCookie(visitor.cookies)
    known = set(ReadLine.objects.values_list("id", flat=True))

    typed = numbers(planted)[0] if sent else ""
    answer = getattr(visitor.browser, method)(address_, sent and {"q": typed, **sent})
    text = words(answer, b"".join(answer) if answer.streaming else answer.content)
    text = text.replace(typed, "") if sent else text

    lines = list(ReadLine.objects.exclude(id__in=known).order_by("id"))
    assert answer.status_code in {200, 303}
    assert unlogged(planted.found_in(text), lines, None) == set()


def numbers(planted: Planted) -> list[str]:
    return [
        value
        for value, origin in planted.origins.items()
        if origin.label == "PersonIdentifier.value"
    ]


def test_a_value_without_its_line_would_be_found(planting):
    value, origin = next(iter(planting.planted.origins.items()))

    shown = planting.planted.found_in(f"<p>{value}</p>")

    assert unlogged(shown, [], None) == {origin.label}
    assert unlogged(shown, [ReadLine(subject_id=origin.subject, fields=["Other.field"])], None)
    assert unlogged(shown, [], origin.subject) == set()
