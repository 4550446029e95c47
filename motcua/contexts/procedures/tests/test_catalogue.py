"""Reading the catalogue: fields, events in life, pages, views, the measuring command."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.contexts.procedures import public
from motcua.contexts.procedures.actions.drafting import draft, edit
from motcua.contexts.procedures.contracts import (
    CodeOfDraftFixed,
    DurationNotSet,
    LintFailed,
    ProcedureNotFound,
    VersionNotFound,
)
from motcua.contexts.procedures.models import CatalogueEdition, NationalRecord, ProcedureVersion
from motcua.contexts.procedures.queries import finding, snapshot
from motcua.contexts.procedures.testing import BIRTH, a_definition, a_published_version
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM, stable_id

TODAY = MONDAY_9AM.date()
pytestmark = pytest.mark.django_db


def test_fields_are_counted_in_the_vietnamese_order():
    a_published_version("1.000001", field="Đất đai", field_code="dat_dai")
    a_published_version("1.000002", field="Cư trú", field_code="cu_tru")
    a_published_version("1.000003", field="Cư trú", field_code="cu_tru")

    found = [(f.name, f.code, f.count) for f in public.fields(TODAY)]

    assert found == [("Cư trú", "cu_tru", 2), ("Đất đai", "dat_dai", 1)]


def test_events_in_life_show_our_own_procedures():
    a_published_version()

    events = {event.key: event for event in public.life_events(TODAY)}

    assert [hit.code for hit in events["co_con_nho"].procedures] == [BIRTH]
    assert events["huu_tri"].procedures == ()


def test_browsing_narrows_by_field_level_event_and_runnable():
    a_published_version("1.000001", field="Cư trú", field_code="cu_tru", levels=["CITY"])
    a_published_version("1.000002", name="B", form={}, texts={}, life_events=[])

    def codes(**wanted):
        return [hit.code for hit in public.browse(on=TODAY, **wanted)]

    assert codes() == ["1.000001", "1.000002"]
    assert codes(field="cu tru") == codes(field="cu_tru") == ["1.000001"]
    assert codes(level="COMMUNE") == ["1.000002"]
    assert codes(life_event="co_con_nho") == ["1.000001"]
    assert codes(runnable=False) == ["1.000002"]
    assert codes(after="1.000002") == codes(after="9.999999") == []


def test_all_current_is_by_code_and_by_day():
    a_published_version("1.000002")
    a_published_version("1.000001", valid_from=date(2027, 1, 1))

    assert [hit.code for hit in public.all_current(TODAY)] == ["1.000002"]
    assert [h.code for h in public.all_current(date(2027, 1, 1))] == ["1.000001", "1.000002"]


def test_a_search_for_a_day_leaves_out_what_is_not_yet_in_force():
    a_published_version("1.000001", valid_from=date(2027, 1, 1))

    assert public.search("khai sinh", on=TODAY) == ()
    assert [hit.code for hit in public.search("khai sinh")] == ["1.000001"]


def test_days_asked_long_ago_leave_the_memory():
    a_published_version()
    for day in range(1, 28):
        public.all_current(date(2026, 10, day))

    assert len(snapshot.snapshot()._in_force) <= snapshot.DAYS_IN_MEMORY + 1


def test_few_versions_stay_in_memory(monkeypatch):
    monkeypatch.setattr(snapshot, "VERSIONS_IN_MEMORY", 2)
    for n in range(4):
        a_published_version(f"1.00000{n}")

    assert len(snapshot._versions) == 2


def test_a_big_catalogue_is_indexed_while_the_old_index_serves(monkeypatch):
    a_published_version()
    public.search("khai sinh")
    monkeypatch.setattr(finding, "AT_ONCE", 0)
    a_published_version("1.000656", name="Đăng ký khai tử", keywords=[])

    old = finding.search_index()
    for thread in finding.threading.enumerate():
        if thread.name == "search-index":
            thread.join()
    new = finding.search_index()

    assert len(new.lines) == len(old.lines) + 1


def test_the_name_in_the_national_catalogue_finds_ours_too():
    a_published_version(name="Khai sinh", keywords=[])
    NationalRecord.objects.create(
        code=BIRTH, digest="x", content={"name": "Ghi chép ngày chào đời"}, imported_at=MONDAY_9AM
    )
    CatalogueEdition.objects.update(token=stable_id("new"))
    snapshot.forget()

    assert public.search("chào đời")[0].code == BIRTH


def test_a_limit_that_fits_nothing_is_never_guessed():
    version = a_published_version(
        duration=[
            {"unit": "HOUR", "value": 9, "channel": "ONLINE", "case": "gấp", "verified": True},
            {"unit": "HOUR", "value": 16, "channel": "ONLINE", "verified": True},
            {"unit": "HOUR", "value": 24, "channel": "ALL", "valid_to": "2026-01-01"},
        ]
    )

    assert version.duration_for("ONLINE", "gấp", TODAY).value == 9
    assert version.duration_for("ONLINE", "khác", TODAY).value == 16
    assert version.duration_for("POSTAL", "", date(2025, 1, 1)).value == 24
    with pytest.raises(DurationNotSet):
        version.duration_for("POSTAL", "", TODAY)


def test_papers_follow_the_answers_and_words_the_language():
    component = {"key": "uy_quyen", "name": "Ủy quyền"}
    condition = {"applies_if": {"question": "copies", "gt": 1}}
    reason = {"key": "blurred", "text": "Ảnh mờ"}
    texts = {
        language: {
            "for_whom": "A",
            "steps": ["B"],
            "messages": {"receive": f"Đã nhận {language}"},
            "reasons": [reason],
        }
        for language in ("vi", "en")
    }
    version = a_published_version(component=[component | condition], texts=texts)

    assert version.components_for({"copies": 1}) == ()
    assert [c.key for c in version.components_for({"copies": 2})] == ["uy_quyen"]
    assert version.component("uy_quyen").name == "Ủy quyền"
    assert version.component("none") is None
    assert version.texts.in_language("en").message("receive") == "Đã nhận en"
    assert version.texts.vi.reason("blurred").text == "Ảnh mờ"
    assert public.fee_items(version, {"copies": 2}, channel="ONLINE")[1].amount == 16_000


def test_a_draft_stays_with_its_code():
    made = draft(a_definition(), by=SYSTEM, now=MONDAY_9AM)

    with pytest.raises(CodeOfDraftFixed):
        edit(made.version_id, a_definition("1.000656"), by=SYSTEM, now=MONDAY_9AM)
    with pytest.raises(VersionNotFound):
        edit(stable_id("none"), a_definition(), by=SYSTEM, now=MONDAY_9AM)
    with pytest.raises(ProcedureNotFound):
        public.history("1.999999", TODAY)


def test_a_draft_after_a_publication_gets_the_next_number():
    a_published_version()

    assert draft(a_definition(name="Sau"), by=SYSTEM, now=MONDAY_9AM).number == 2
    with pytest.raises(LintFailed):
        a_published_version(fee=[])


def test_rows_read_as_people_would_name_them():
    version = a_published_version()

    row = ProcedureVersion.objects.select_related("procedure").get(id=version.id)
    assert str(row.procedure) == BIRTH
    assert str(row).endswith("v1")
    assert str(CatalogueEdition.objects.get())


def test_the_search_is_measured_by_a_command(tmp_path):
    a_published_version()
    file = tmp_path / "questions.jsonl"
    asked = [("khai sinh", BIRTH), ("xe đạp bay", BIRTH)]
    lines = [{"question": q, "procedure_code": c, "kind": "paraphrase"} for q, c in asked]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    out, err = StringIO(), StringIO()

    call_command("search_evaluate", file, json=True, stdout=out)
    call_command("search_evaluate", file, misses=True, stdout=out, stderr=err)

    figures = json.loads(out.getvalue().splitlines()[0])
    assert figures["kinds"]["paraphrase"]["R@1"] == 0.5
    assert "ratio" in figures["speed"]
    assert "xe đạp bay" in err.getvalue()


def test_questions_that_cannot_be_read_are_one_sentence(tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "x"}', encoding="utf-8")

    with pytest.raises(CommandError, match=r"Không đọc được questions\.jsonl"):
        call_command("search_evaluate", file)
