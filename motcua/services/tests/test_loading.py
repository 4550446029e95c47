"""The repository's own services: all readable, all sound, published once."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Severity
from motcua.kernel.clock import city_date, now
from motcua.services.loading import load_services
from motcua.services.management.commands.seed_procedures import Command

RUNNABLE = {
    *("1.001193", "1.000656", "1.000894", "1.004873", "2.000635", "2.000815"),
    *("1.004222", "1.001612", "1.013225", "1.013831", "1.001776", "2.002481"),
}

PROCESS = """
key = "short"
name = "Ngắn"
[[step]]
key = "receive"
name = "Tiếp nhận"
citizen_name = "Tiếp nhận"
citizen_text = "Đang xem."
seat = "RECEIVING"
role = "RECEIVER"
hours = 1
[[step.action]]
key = "receive"
label = "Tiếp nhận"
kind = "MOVE"
to = "do"
status = 2
[[step]]
key = "do"
name = "Làm"
citizen_name = "Làm"
citizen_text = "Đang làm."
seat = "RECEIVING"
role = "RECEIVER"
hours = 1
[[step.action]]
key = "give"
label = "Trả"
kind = "RETURN_RESULT"
status = 10
"""
PLAIN = """
field = "Hộ tịch"
field_code = "ho_tich"
[[procedure]]
code = "1.004837"
name = "Đăng ký giám hộ"
levels = ["COMMUNE"]
agency_key = "JUSTICE"
process = "short"
[[procedure.duration]]
unit = "WORKING_DAY"
value = 3
[[procedure.fee]]
kind = "LE_PHI"
rule = "FREE"
"""


@pytest.fixture
def root(tmp_path):
    for name, text in (("processes/short.toml", PROCESS), ("catalogue/ho_tich.toml", PLAIN)):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    return tmp_path


def seed(root, **options):
    out = StringIO()
    call_command(Command(), root=root, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_everything_in_the_repository_is_readable_and_sound():
    loaded = load_services()

    assert loaded.complaints == ()
    faults = [
        f"{one.path} {finding}"
        for one in loaded.services
        for finding in procedures.findings_for(one.definition)
        if finding.severity is Severity.ERROR
    ]
    assert faults == []
    assert {
        one.definition.code for one in loaded.services if one.definition.is_runnable
    } >= RUNNABLE
    assert len(loaded.services) >= 120


def test_every_definition_survives_being_stored():
    for service in load_services().services:
        stored = json.loads(json.dumps(procedures.definition_table(service.definition)))
        assert procedures.parse_definition(stored) == service.definition


@pytest.mark.django_db
def test_one_entry_in_one_file_is_a_procedure_of_the_city(root):
    assert "1 phiên bản mới" in seed(root)
    assert "0 phiên bản mới" in seed(root)

    version = procedures.open_version("1.004837", city_date(now()))
    assert (version.field, version.process_key, version.is_runnable) == ("Hộ tịch", "short", False)
    assert version.process_id is not None


@pytest.mark.django_db
def test_a_changed_entry_becomes_a_new_version(root):
    seed(root)
    path = root / "catalogue" / "ho_tich.toml"
    path.write_text(PLAIN.replace("value = 3", "value = 2"), encoding="utf-8")

    seed(root)

    assert [v.number for v in procedures.history("1.004837", city_date(now()))] == [2, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("value = 3", "value = "), "không đọc được TOML"),
        (('process = "short"', 'process = "none"'), "không có quy trình «none»"),
        (('rule = "FREE"', 'rule = "FIXED"'), "cần «amount»"),
        (('code = "1.004837"', 'code = "khai sinh"'), "không phải mã thủ tục"),
        (("value = 3", "value = 0.1"), "dài hơn thời hạn"),
    ],
)
def test_a_faulty_entry_is_named_and_not_published(root, change, words):
    path = root / "catalogue" / "ho_tich.toml"
    path.write_text(PLAIN.replace(*change), encoding="utf-8")

    with pytest.raises(CommandError, match=words):
        seed(root)

    assert procedures.all_current(city_date(now())) == ()


@pytest.mark.django_db
def test_a_check_publishes_nothing(root):
    assert "1 thủ tục đạt, 0 phiên bản" in seed(root, check=True)
    assert procedures.all_current(city_date(now())) == ()


def test_the_same_code_twice_is_named(root):
    again = root / "catalogue" / "z.toml"
    again.write_text(PLAIN, encoding="utf-8")

    assert [c.sentence for c in load_services(root).complaints] == [
        "mã này đã có ở catalogue/ho_tich.toml: 1.004837"
    ]


def test_the_same_code_twice_in_one_file_is_named(root):
    entry = PLAIN[PLAIN.index("[[procedure]]") :]
    (root / "catalogue" / "ho_tich.toml").write_text(PLAIN + entry, encoding="utf-8")

    loaded = load_services(root)

    assert len(loaded.services) == 1
    assert [c.sentence for c in loaded.complaints] == [
        "mã này đã có ở catalogue/ho_tich.toml: 1.004837"
    ]


def test_a_pack_without_a_form_is_named(root):
    pack = root / "packs" / "civil_status" / "birth"
    pack.mkdir(parents=True)
    (pack / "procedure.toml").write_text(PLAIN.replace("[[procedure]]", "[procedure]"))

    missing = {c.path for c in load_services(root).complaints}

    assert {"packs/civil_status/birth/form.toml", "packs/civil_status/birth/texts.toml"} <= missing
