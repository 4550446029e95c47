"""Bench: submission, step move, inbox, search, look-up, leader's page, at any size of history."""

import functools
import io
import itertools
import statistics
from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.test import Client

from motcua.config.scale.appending import under_load
from motcua.config.scale.crowding import crowded
from motcua.config.scale.measuring import (
    Clocks,
    Figure,
    Statements,
    in_turns,
    median,
    send_raw,
    statements_of,
)
from motcua.config.scale.people import applicants
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    Bucket,
    GivenPaper,
    InboxFilter,
    LinePage,
    Receipt,
    SubmitDossier,
    TakeStep,
)
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.actions.people import register_person
from motcua.contexts.identity.contracts import NewPerson, Source
from motcua.contexts.identity.models import Account
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db, reading
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.clock import city_date
from motcua.kernel.clock import now as clock_now
from motcua.kernel.db import uuid7
from motcua.kernel.purpose import Purpose
from motcua.kernel.reading import Scope

WARD = "26743"
BIRTH = "1.001193"
TIMES = 200
PAGE = 50
OPEN_TASKS = 50_000
DEEP = 1000
ALL_MONTHS = 120
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


@db.owns_transaction
def note_leaf(*, actor: Actor, now: datetime) -> None:
    db.record(action="bench.note", subject="H29.99", actor=actor, facts={"n": 7})


class Bench:
    """One city, one applicant, one desk; every job is one call."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.person = applicants(now, how_many=1)[0]
        self.citizen = Actor(
            kind=ActorKind.CITIZEN,
            name="Người đo",
            account_id=UUID(int=1),
            person_id=self.person,
            assurance=2,
        )
        self.receiver = self._officer("khue")
        self.leader = self._officer("thanh")
        self.desk = organisations.one_stop_desk(WARD).id
        self.file = documents.keep_upload(
            io.BytesIO(_PDF),
            filename="do.pdf",
            by=self.citizen,
            now=now,
            owner_person_id=self.person,
        ).id

    def _officer(self, staff_no: str) -> Actor:
        officer = organisations.officer_by_staff_no(staff_no)
        account = Account.objects.filter(username=staff_no).first()
        return Actor(
            kind=ActorKind.OFFICER,
            name=officer.full_name,
            account_id=account.id if account else uuid7(),
            officer_id=officer.id,
            posts=organisations.posts_of(officer.id, city_date(self.now)),
            assurance=2,
        )

    def submit(self) -> Receipt:
        command = SubmitDossier(
            procedure_code=BIRTH,
            ward_code=WARD,
            applicant_person_id=self.person,
            answers=ANSWERS,
            papers=(GivenPaper(component_key="giay_chung_sinh", file_id=self.file),),
            receiving_unit_id=self.desk,
        )
        return dossiers.submit(command, actor=self.citizen, now=clock_now())

    def receive(self, code: str) -> None:
        command = TakeStep(code=code, action="receive", seen_version=1)
        dossiers.take_step(command, actor=self.receiver, now=clock_now())

    def figures(self, size: int) -> Iterator[Figure]:
        """Every line of the table at this size of history."""
        yield self._leaf(size)
        yield from under_load(self.citizen, size)
        yield self._submission(size)
        yield self._move(size)
        yield self._inbox(size)
        yield from self._lists(size)
        yield self._look_up(size)
        yield from self._pages(size)
        yield from self._full_desk(size)
        yield self._read_log(size)
        yield self._search(size)

    def _written(
        self, job: str, size: int, ours: Callable[[], object], captures: Iterator[Statements]
    ) -> Figure:
        ours()  # fills what is kept in memory, so that only the job itself is compared
        waiting = list(itertools.islice(captures, TIMES))
        count = len(waiting[0])
        cost, raw = in_turns(ours, lambda: send_raw(waiting.pop(), writes=True), times=TIMES)
        return Figure(job=job, dossiers=size, ours=cost, raw=raw, statements=count)

    def _leaf(self, size: int) -> Figure:
        """An action that writes nothing but its leaf, beside the INSERT of the same row."""

        def ours() -> object:
            return note_leaf(actor=self.citizen, now=self.now)

        captures = (statements_of(ours) for _ in itertools.count())
        return self._written("Một lá sổ cái", size, ours, captures)

    def _submission(self, size: int) -> Figure:
        captures = (statements_of(self.submit) for _ in itertools.count())
        return self._written("Nộp hồ sơ", size, self.submit, captures)

    def _move(self, size: int) -> Figure:
        codes = [self.submit().code for _ in range(2 * TIMES + 1)]

        def captures() -> Iterator[Statements]:
            while True:
                yield statements_of(functools.partial(self.receive, codes.pop()))

        return self._written(
            "Một bước (tiếp nhận)", size, lambda: self.receive(codes.pop()), captures()
        )

    def _read(self, job: str, size: int, ours: Callable[[], object], note: str = "") -> Figure:
        ours()
        heard = [statements_of(ours) for _ in range(TIMES)]  # a line of the read log counts once
        count = len(heard[0])
        cost, raw = in_turns(ours, lambda: send_raw(heard.pop(), writes=False), times=TIMES)
        return Figure(job=job, dossiers=size, ours=cost, raw=raw, statements=count, note=note)

    def _inbox(self, size: int) -> Figure:
        def ours() -> object:
            return dossiers.inbox(self.receiver, InboxFilter(), now=self.now, limit=PAGE)

        return self._read("Việc cần làm, trang 1", size, ours, f"{PAGE} dòng")

    def _lists(self, size: int) -> Iterator[Figure]:
        """The first page of a long list beside a page deep in it, in turns: both by their key."""
        keys = self._keys_of_full_pages()
        if len(keys) < 2:
            return

        def page_after(key: str) -> LinePage:
            return dossiers.lines_of(
                Bucket.DONE, self.leader, now=self.now, months=ALL_MONTHS, after=key, limit=PAGE
            )

        first, deep = (functools.partial(page_after, key) for key in (keys[0], keys[-1]))
        heard = statements_of(deep)
        costs = in_turns(first, deep, times=TIMES)
        _same, raw = in_turns(deep, lambda: send_raw(heard, writes=False), times=TIMES)
        for number, cost in zip((1, len(keys)), costs, strict=True):
            yield Figure(
                job="Danh sách hồ sơ đã xong",
                dossiers=size,
                ours=cost,
                raw=raw,
                statements=len(heard),
                note=f"trang {number:,}",
            )

    def _keys_of_full_pages(self) -> list[str]:
        """Of the first thousand pages of what is done, as far as there are so many."""
        keys: list[str] = []
        after = ""
        while len(keys) < DEEP:
            page = dossiers.lines_of(
                Bucket.DONE, self.leader, now=self.now, months=ALL_MONTHS, after=after, limit=PAGE
            )
            if len(page.lines) < PAGE:
                break
            keys.append(after)
            after = page.older
        return keys

    def _look_up(self, size: int) -> Figure:
        receipt = self.submit()

        def ours() -> object:
            return dossiers.track(receipt.code, receipt.secret, now=self.now, client="bench")

        return self._read("Tra cứu công khai", size, ours)

    def _pages(self, size: int) -> Iterator[Figure]:
        """Whole pages, through every layer of the web."""
        for staff_no, url, job in (
            ("khue", "/ban", "Trang bàn làm việc"),
            ("thanh", "/dieu-hanh", "Trang lãnh đạo"),
        ):
            client = self._signed_in(staff_no)

            def ours(client: Client = client, url: str = url) -> object:
                return _opened(client, url)

            yield self._read(job, size, ours, "cả trang HTML")

    def _full_desk(self, size: int) -> Iterator[Figure]:
        """The list and one row of a desk where very many tasks wait, as whole pages."""
        client = self._signed_in("khue")
        codes = [self.submit().code for _ in range(PAGE)]
        with crowded(codes[0], OPEN_TASKS):
            rows = itertools.cycle(f"/ban/ho-so/{code}" for code in codes)
            for job, address in (
                (f"Danh sách {OPEN_TASKS:,} việc", lambda: "/ban"),
                ("Mở một dòng ở bàn", lambda: next(rows)),
            ):

                def ours(address: Callable[[], str] = address) -> object:
                    return _opened(client, address())

                yield self._paged(job, size, ours)

    def _paged(self, job: str, size: int, ours: Callable[[], object]) -> Figure:
        ours()
        heard = [statements_of(ours) for _ in range(3)]  # a line of the read log counts once
        count = len(heard[0])
        clocks = Clocks(connection.connection.info)
        mine = [clocks.measure(ours) for _ in range(TIMES)]
        raw = [clocks.measure(lambda: send_raw(heard.pop(), writes=False)) for _ in range(3)]
        slow = statistics.quantiles((ms for ms, _cpu in mine), n=20)[-1]
        return Figure(
            job=job,
            dossiers=size,
            ours=median(mine),
            raw=median(raw),
            statements=count,
            note=f"cả trang HTML, {OPEN_TASKS:,} việc mở, p95 {slow:.0f} ms",
        )

    def _read_log(self, size: int) -> Figure:
        """A page of names with the lines of who read them, beside the same page without."""
        people = [register_person(_somebody(n), actor=SYSTEM, now=self.now).id for n in range(PAGE)]

        def opened() -> Scope:
            with reading.within(Scope(address="bench")) as scope:
                identity.names_of(people)
            return scope

        def logged() -> object:
            return reading.write_down(opened(), actor=self.receiver, purpose=Purpose.HANDLE_CASE)

        cost, raw = in_turns(logged, opened, times=TIMES)
        return Figure(
            job=f"Đọc tên {PAGE} người, ghi sổ đọc",
            dossiers=size,
            ours=cost,
            raw=raw,
            statements=len(statements_of(logged)),
            note="bên cạnh: đọc không ghi sổ",
        )

    def _signed_in(self, staff_no: str) -> Client:
        client = Client()
        account = Account.objects.get(username=staff_no)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["assurance"], session["methods"] = 3, ["pwd", "otp"]
        session.save()
        return client

    def _search(self, size: int) -> Figure:
        """Beside a bare look-up in a dictionary of the same words."""
        index: dict[str, list[str]] = {}
        for hit in procedures.all_current(city_date(self.now)):
            for word in hit.name.lower().split():
                index.setdefault(word, []).append(hit.code)
        words = ("lam", "giay", "khai", "sinh", "giấy", "khai", "đăng", "ký")

        def bare() -> object:
            scores: dict[str, int] = {}
            for word in words:
                for code in index.get(word, ()):
                    scores[code] = scores.get(code, 0) + 1
            return sorted(scores.items(), key=lambda item: -item[1])[:10]

        cost, raw = in_turns(lambda: procedures.search("lam giay khai sin"), bare, times=TIMES)
        return Figure(
            job="Tìm thủ tục",
            dossiers=size,
            ours=cost,
            raw=raw,
            statements=0,
            note=f"{len(procedures.all_current(city_date(self.now))):,} thủ tục, chỉ mục trần",
        )


def _opened(client: Client, url: str) -> object:
    answer = client.get(url, headers={"host": "127.0.0.1"})
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    return answer


def _somebody(number: int) -> NewPerson:
    return NewPerson(full_name=f"Người Thử {number}", source=Source.SEED)


ANSWERS: dict[str, object] = {
    "requester_full_name": "Nguyễn Thị Ánh Tuyết",
    "requester_personal_number": "079190999001",
    "requester_born_on": "1990-05-12",
    "requester_ethnicity": "Kinh",
    "requester_nationality": "Việt Nam",
    "requester_address": {"ward": "26743", "street": "12 Lê Lợi"},
    "requester_phone": "0900000001",
    "relation": "mother",
    "child_full_name": "Lê Minh An",
    "child_sex": "nam",
    "child_born_on": date(2026, 11, 10).isoformat(),
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "birth_place": "facility",
    "facility_name": "Bệnh viện Từ Dũ",
    "birth_address": {"ward": "26743", "street": "284 Cống Quỳnh"},
    "child_origin": "Thành phố Hồ Chí Minh",
    "father_known": False,
    "truthful": True,
}
