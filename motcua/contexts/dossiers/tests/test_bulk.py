"""A company files many: each line is checked as a form is, and becomes a draft once."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.contexts.dossiers.actions import bulk
from motcua.contexts.dossiers.contracts import BulkNotChecked, BulkNotFound, BulkState
from motcua.contexts.dossiers.models import BulkFiling, BulkPart, Draft
from motcua.contexts.dossiers.queries import bulk as reading
from motcua.contexts.dossiers.queries import runnable_version
from motcua.contexts.dossiers.rules import bulk as rules
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.identity.testing import a_citizen_account, a_person, own_actor, signed_in
from motcua.contexts.notifications import public as notifications
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.contexts.procedures.contracts.designing import Edit, EditKind
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import city_date
from motcua.kernel.forms import FieldType, read_sheet, values_of
from motcua.kernel.workbooks import Column, Leaf, NotReadable, read_table, workbook

pytestmark = pytest.mark.usefixtures("small_city")


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


def columns():
    now = clock.now()
    return rules.columns_of(runnable_version(BIRTH, city_date(now)).form, reading.places(now))


def said(column, answers) -> str:
    """What a person writes in the cell."""
    value = answers
    for step in column.path.split("."):
        value = value.get(step, "") if isinstance(value, dict) else ""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    labels = dict(column.choices)
    if column.question.type is FieldType.DATE and value:
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    return labels.get(str(value), str(value))


def table_of(*changes: dict[str, object]) -> bytes:
    """A filled template, a line for each change of the usual answers."""
    lines = [[said(one, ANSWERS | change) for one in columns()] for change in changes]
    heads = tuple(Column(head=one.head) for one in columns())
    return workbook(Leaf(name="Hồ sơ", columns=heads, lines=lines))


def brought(content: bytes, actor):
    return bulk.bring_table(BIRTH, content, ward_code="26740", actor=actor, now=clock.now()).bulk_id


def checked(content: bytes, actor):
    bulk_id = brought(content, actor)
    bulk.check_lines(bulk_id, now=clock.now())
    return bulk_id


def made(content: bytes, actor):
    bulk_id = checked(content, actor)
    bulk.ask_drafts(bulk_id, actor=actor, now=clock.now())
    bulk.make_drafts(bulk_id, now=clock.now())
    return reading.bulk_view(bulk_id, actor, now=clock.now())


CHILDREN = ({"child_full_name": "Lê Minh An"}, {"child_full_name": "Lê Minh Bình"})


def test_a_wrong_line_is_told_with_its_cell_and_the_good_ones_go_on(tuyet):
    actor = own_actor(tuyet, now=clock.now())
    wrong = {"child_full_name": "Lê 5", "child_born_on": "2199-01-01"}

    bulk_id = checked(table_of(*CHILDREN, wrong), actor)

    view = reading.bulk_view(bulk_id, actor, now=clock.now())
    faults = reading.bulk_faults(bulk_id, actor, now=clock.now())
    heads = {c.path: c.head for c in columns()}
    assert (view.state, view.good, view.wrong) == (BulkState.CHECKED, 2, 1)
    assert {(f.line, f.column) for f in faults} == {
        (4, heads["child_full_name"]), (4, heads["child_born_on"]),
    }  # fmt: skip


def test_good_lines_become_drafts_with_their_answers_and_whose_they_are_is_told(tuyet):
    actor = own_actor(tuyet, now=clock.now())

    view = made(table_of(*CHILDREN), actor)

    drafts = Draft.objects.filter(applicant_person_id=tuyet.person_id).order_by("id")
    names = [values_of(read_sheet(d.sheet))["child_full_name"] for d in drafts]
    assert (view.state, view.made) == (BulkState.DONE, 2)
    assert sorted(names) == ["Lê Minh An", "Lê Minh Bình"]
    (told,) = notifications.messages_for(tuyet.person_id)
    assert told.title == "Bảng hồ sơ của bạn đã xong"


def test_the_same_table_again_makes_nothing_twice(tuyet):
    actor, content = own_actor(tuyet, now=clock.now()), table_of(*CHILDREN)
    made(content, actor)

    again = made(table_of(*CHILDREN, {"child_full_name": "Lê Minh Châu"}), actor)

    assert (again.again, again.made) == (2, 1)
    assert Draft.objects.filter(applicant_person_id=tuyet.person_id).count() == 3


def test_a_job_that_comes_twice_makes_nothing_twice(tuyet):
    actor = own_actor(tuyet, now=clock.now())
    bulk_id = checked(table_of(*CHILDREN), actor)
    bulk.check_lines(bulk_id, now=clock.now())
    bulk.ask_drafts(bulk_id, actor=actor, now=clock.now())

    for _ in range(2):
        bulk.make_drafts(bulk_id, now=clock.now())

    assert Draft.objects.filter(applicant_person_id=tuyet.person_id).count() == 2
    assert reading.bulk_view(bulk_id, actor, now=clock.now()).checked == 2


def test_two_lines_that_say_the_same_are_one(tuyet):
    actor = own_actor(tuyet, now=clock.now())

    bulk_id = checked(table_of({}, {}), actor)

    (fault,) = reading.bulk_faults(bulk_id, actor, now=clock.now())
    assert fault.line == 3
    assert "dòng 2" in fault.sentence


def test_nothing_is_made_of_a_table_that_is_not_checked(tuyet):
    actor = own_actor(tuyet, now=clock.now())
    bulk_id = brought(table_of({}), actor)

    with pytest.raises(BulkNotChecked):
        bulk.ask_drafts(bulk_id, actor=actor, now=clock.now())


def test_a_stranger_does_not_see_the_table(tuyet):
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    bulk_id = checked(table_of({}), own_actor(tuyet, now=clock.now()))

    with pytest.raises(BulkNotFound):
        reading.bulk_view(bulk_id, own_actor(khoa, now=clock.now()), now=clock.now())


def test_a_table_without_a_needed_column_is_refused_with_its_name(tuyet):
    heads = tuple(Column(head=c.head) for c in columns() if c.path != "child_full_name")
    content = workbook(Leaf(name="Hồ sơ", columns=heads, lines=[["a"] * len(heads)]))
    missing = next(c.head for c in columns() if c.path == "child_full_name")

    with pytest.raises(NotReadable) as refused:
        brought(content, own_actor(tuyet, now=clock.now()))

    assert missing in refused.value.message
    assert not BulkFiling.objects.exists()


def test_numbers_that_a_spreadsheet_changed_are_mended_or_told(tuyet):
    now, by_path = clock.now(), {c.path: c for c in columns()}
    lines = read_table(
        ";".join(by_path[p].head for p in ("requester_personal_number", "requester_phone")).encode()
        + b"\n79190999001;900000001\n7,9190E+10;0900000001\n=A1;0900000001"
    )
    known = {0: by_path["requester_personal_number"], 1: by_path["requester_phone"]}

    read = [rules.answers_of(line, known) for line in lines.lines]

    assert read[0][0] == {
        "requester_personal_number": "079190999001",
        "requester_phone": "0900000001",
    }
    assert [errors[0].code for _raw, errors in read[1:]] == ["shortened", "formula"]
    assert now


def test_the_whole_way_in_a_browser(tuyet, deliveries):
    client = signed_in(Client(), tuyet)
    file = SimpleUploadedFile("ho-so.xlsx", table_of(*CHILDREN, {"child_full_name": "=1+1"}))
    sent = client.post(
        f"/nop-nhieu/{BIRTH}", {"table": file, "ward": "26740", "idempotency_key": "b1"}
    )
    deliveries()

    page = client.get(sent["Location"]).content.decode()
    marked = client.get(f"{sent['Location']}/can-sua.csv")
    client.post(f"{sent['Location']}/tao", {"idempotency_key": "b2"})
    deliveries()

    assert "2 dòng tạo được bản nháp" in page
    (_heads, line) = csv.reader(io.StringIO(marked.getvalue().decode("utf-8-sig")))
    assert "'=1+1" in line
    assert "Đã tạo 2 bản nháp" in client.get(sent["Location"]).content.decode()


def test_a_week_later_the_table_is_gone_and_the_drafts_stay(tuyet):
    actor = own_actor(tuyet, now=clock.now())
    made(table_of(*CHILDREN), actor)

    bulk.forget_bulk(now=clock.now() + bulk.KEPT * 2)

    assert not BulkFiling.objects.exists()
    assert not BulkPart.objects.exists()
    assert Draft.objects.filter(applicant_person_id=tuyet.person_id).count() == 2


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_is_read_back_with_all_its_columns(client, kind):
    answer = client.get(f"/nop-nhieu/{BIRTH}/mau.{kind}")
    content = answer.content if kind == "xlsx" else answer.getvalue()

    with pytest.raises(NotReadable, match="dòng thứ hai"):
        read_table(content)


def on_trial(ward: str) -> VersionView:
    """A version whose children have a nickname that must be said, tried in one commune."""
    now = clock.now()
    saved = procedures.begin_design(BIRTH, by=SYSTEM, now=now)
    page = runnable_version(BIRTH, city_date(now)).form.pages[0].key
    nickname = {"key": "nickname", "label": "Tên gọi", "label_en": "Nickname", "type": "text"}
    edit = Edit(kind=EditKind.ADD, path=("form", "page", page, "question"), values=nickname)
    saved = procedures.save_design(saved.version_id, edit, seen=saved.revision, by=SYSTEM, now=now)
    procedures.start_trial(
        saved.version_id, wards=[ward], ends_on=city_date(now) + timedelta(days=30),
        seen=saved.revision, by=SYSTEM, now=now,
    )  # fmt: skip
    return runnable_version(BIRTH, city_date(now), ward)


def test_a_commune_on_trial_reads_a_table_by_the_version_it_tries(tuyet):
    actor, other = own_actor(tuyet, now=clock.now()), table_of({})
    tried = on_trial("26740")

    with pytest.raises(NotReadable, match="Tên gọi"):
        brought(other, actor)
    elsewhere = bulk.bring_table(BIRTH, other, ward_code="26743", actor=actor, now=clock.now())

    page = signed_in(Client(), tuyet).get(f"/nop-nhieu/{BIRTH}?ward=26740").content.decode()
    assert f"/nop-nhieu/{BIRTH}/mau.xlsx?ward=26740" in page
    assert "Tên gọi" in page
    filing = BulkFiling.objects.get(pk=elsewhere.bulk_id)
    assert filing.procedure_version_id != tried.id
