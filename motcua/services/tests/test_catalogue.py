"""Danh mục trong kho mã: everything a newcomer may get wrong in a data file is found here."""

import re
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from motcua.contexts.dossiers.ports import pack_of
from motcua.contexts.organisations.contracts import AgencyKey
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Definition, Online, Routing, Severity, TimeUnit
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.forms import FieldType
from motcua.services.loading import HERE, load_services

LOADED = load_services()
DEFINITIONS = {service.definition.code: service.definition for service in LOADED.services}
RUNNABLE = {
    "1.001193",
    "1.000656",
    "1.000894",
    "1.004873",
    "2.000635",
    "2.000815",
    "1.004222",
    "1.001612",
    "1.013225",
    "1.013831",
    "1.001776",
    "2.002481",
}
ENDS = {"DECLINE", "STOP", "RETURN_RESULT"}
STATUS_OF_KIND = {"DECLINE": 3, "OBLIGATION": 6, "STOP": 8, "ISSUE": 9, "RETURN_RESULT": 10}

each_definition = pytest.mark.parametrize(
    "definition", DEFINITIONS.values(), ids=lambda definition: definition.code
)
PROCESSES = {d.process_key: d.process for d in DEFINITIONS.values() if d.process}
each_process = pytest.mark.parametrize("process", PROCESSES.values(), ids=PROCESSES.keys())


def test_every_file_reads():
    assert [str(complaint) for complaint in LOADED.complaints] == []


def test_at_least_120_procedures_each_once():
    assert len(DEFINITIONS) >= 120
    assert [
        code
        for code, times in Counter(s.definition.code for s in LOADED.services).items()
        if times > 1
    ] == []


def test_the_twelve_first_services_have_forms_of_their_own_and_others_the_generic_one():
    own = {code for code, d in DEFINITIONS.items() if d.is_runnable and not d.generic}
    generic = {code for code, d in DEFINITIONS.items() if d.generic}
    online = {
        code
        for code, d in DEFINITIONS.items()
        if d.routing is Routing.HERE and d.online in (Online.FULL, Online.PARTIAL)
    }

    assert own == RUNNABLE
    assert generic == online - own


@each_definition
def test_the_publishing_linter_has_no_objection(definition: Definition):
    errors = [f for f in procedures.findings_for(definition) if f.severity is Severity.ERROR]
    assert [str(finding) for finding in errors] == []


@each_definition
def test_who_handles_it_is_known(definition: Definition):
    assert definition.agency_key in set(AgencyKey)
    assert definition.field
    assert definition.field_code
    assert definition.mark


@each_definition
def test_people_find_it_by_their_own_words(definition: Definition):
    assert definition.keywords
    assert definition.name not in definition.keywords


@each_definition
def test_only_what_is_processed_here_has_a_process(definition: Definition):
    assert bool(definition.process) is (definition.routing is Routing.HERE)


@each_definition
def test_a_limited_online_service_says_why(definition: Definition):
    assert (definition.partial_reason is not None) is (definition.online is Online.PARTIAL)


@each_definition
def test_words_are_never_passed_off_as_checked_time(definition: Definition):
    for duration in definition.durations:
        assert not (duration.verified and duration.unit is TimeUnit.RULE_TEXT)


@each_definition
def test_an_identity_paper_is_never_a_must(definition: Definition):
    papers = [
        c for c in definition.components if "tùy thân" in c.name or "căn cước" in c.replaced_by
    ]
    assert [paper.key for paper in papers if paper.required] == []


@pytest.mark.parametrize("code", sorted(RUNNABLE))
def test_a_runnable_form_is_short_and_ends_with_a_declaration_to_sign(code: str):
    form = DEFINITIONS[code].form
    assert 3 <= len(form.pages) <= 9
    last = [asked.type for asked in form.pages[-1].questions]
    assert [kind for kind in last if kind is not FieldType.SIGNATURE][-1] is FieldType.DECLARATION
    assert FieldType.SIGNATURE not in last[:-1]


@pytest.mark.parametrize("code", sorted(RUNNABLE))
def test_a_pack_has_at_most_nine_files(code: str):
    folder = HERE / "packs" / DEFINITIONS[code].pack
    names = {path.name for path in folder.iterdir() if path.is_file()}
    assert len(names) <= 9
    assert {"procedure.toml", "form.toml", "texts.toml", "result.typ", "README.md"} <= names


def test_every_pack_gives_its_rules_and_its_paper():
    packs = {code: pack_of(code) for code in DEFINITIONS}
    assert {code for code, pack in packs.items() if pack} == RUNNABLE
    assert all(pack.check and pack.result_template for pack in packs.values() if pack)


@each_process
def test_a_process_leads_from_the_desk_to_the_result(process: dict):
    steps = process["step"]
    assert process["invented"] is True
    assert (steps[0]["seat"], steps[-1]["seat"]) == ("RECEIVING", "RETURNING")
    keys = [step["key"] for step in steps]
    for step in steps:
        for action in step["action"]:
            assert action.get("to") in keys or action["kind"] in {
                *ENDS,
                "SUPPLEMENT",
                "OBLIGATION",
                "CONSULT",
            }
            assert action.get("status") == STATUS_OF_KIND.get(action["kind"], action.get("status"))


@each_process
def test_every_step_tells_the_citizen_what_happens(process: dict):
    for step in process["step"]:
        assert step["citizen_name"]
        assert step["citizen_text"].endswith(".")
        assert step["citizen_name_en"]
        assert step["citizen_text_en"].endswith(".")


@each_process
def test_a_process_asks_only_known_agencies(process: dict):
    actions = chain.from_iterable(step["action"] for step in process["step"])
    asked = chain.from_iterable(action.get("units", []) for action in actions)
    assert set(asked) <= set(AgencyKey)


def test_every_process_file_is_used():
    files = {path.stem for path in Path(HERE / "processes").glob("*.toml")}
    assert files <= set(PROCESSES)


@pytest.mark.parametrize(
    ("code", "case", "accepted_on", "unit", "value"),
    [
        ("1.013225", "Nhà ở riêng lẻ", date(2026, 7, 1), TimeUnit.WORKING_DAY, 7),
        ("1.013225", "Nhà ở riêng lẻ", date(2026, 6, 30), TimeUnit.CALENDAR_DAY, 15),
        ("1.013225", "Công trình khác cấp III, cấp IV", date(2026, 7, 1), TimeUnit.WORKING_DAY, 10),
        ("1.013226", "Nhà ở riêng lẻ", date(2026, 7, 1), TimeUnit.WORKING_DAY, 7),
        ("1.013226", "Công trình khác", date(2026, 7, 1), TimeUnit.WORKING_DAY, 9),
        ("1.013229", "Công trình khác", date(2026, 7, 1), TimeUnit.WORKING_DAY, 9),
        ("1.013232", "Công trình khác", date(2026, 7, 1), TimeUnit.WORKING_DAY, 10),
        ("1.013236", "", date(2026, 7, 1), TimeUnit.WORKING_DAY, 10),
    ],
)
def test_building_permits_follow_the_law_of_the_day_of_acceptance(
    code: str, case: str, accepted_on: date, unit: TimeUnit, value: int
):
    """Legal: Decree 217/2026 Art. 54, from 1 July 2026."""
    holding = [d for d in DEFINITIONS[code].durations if d.case == case and d.holds_on(accepted_on)]
    assert [(d.unit, d.value) for d in holding] == [(unit, value)]


@pytest.mark.parametrize("code", ["1.013227", "1.013228"])
def test_extension_and_reissue_of_a_permit_take_five_working_days(code: str):
    assert [(d.unit, d.value) for d in DEFINITIONS[code].durations] == [(TimeUnit.WORKING_DAY, 5)]


def test_a_field_has_one_name():
    names = {(d.field_code, d.field) for d in DEFINITIONS.values()}
    assert len(names) == len({code for code, _name in names})


@each_definition
def test_it_has_an_english_name(definition: Definition):
    assert definition.name_en


@each_definition
def test_no_law_is_of_the_future(definition):
    years = [
        int(year)
        for law in definition.legal
        for year in re.findall(r"/((?:19|20)\d\d)/", law.document)
    ]

    assert [year for year in years if year > city_date(clock.now()).year] == []
