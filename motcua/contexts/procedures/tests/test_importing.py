"""The national catalogue: every row taken or named, twice the same, never over our own."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.contexts.procedures import public
from motcua.contexts.procedures.contracts import BasisKind, FeeRule, Source, TimeUnit
from motcua.contexts.procedures.models import NationalRecord, ProcedureVersion
from motcua.contexts.procedures.rules.national import Unreadable, read_record
from motcua.contexts.procedures.testing import BIRTH, a_published_version
from motcua.kernel.clock import city_date, now


def a_record(code="1.004845", **changes):
    return {
        "code": code,
        "name": "Thủ tục đăng ký chấm dứt giám hộ",
        "decision_no": "163/QĐ-BTP",
        "level": "Cấp tỉnh, Cấp xã",
        "field": "Hộ tịch",
        "audience": ["Công dân Việt Nam"],
        "steps_text": "1. Nộp\n2. Nhận",
        "methods": [
            {
                "channel": channel,
                "time_text": "2 Ngày làm việc",
                "time_value": 2.0,
                "time_unit": "working_day",
                "fee_text": "Miễn phí",
                "fee_amounts_vnd": [],
                "note": None,
            }
            for channel in ("online", "postal", "in_person")
        ],
        "components": [
            {"name": "* Lưu ý: bản chụp phải rõ", "originals": 0, "copies": 0},
            {"name": "*) Tờ khai theo mẫu", "originals": 1, "copies": 0, "form_file": "TK.docx"},
            {"name": "Giấy ủy quyền (nếu có)", "originals": 0, "copies": 1},
            {"name": "Giấy tờ phải nộp:", "originals": 1, "copies": 1},
        ],
        "legal_basis": [{"title": "Luật hộ tịch", "number": "60/2014/QH13"}],
        "results": [{"name": "Trích lục", "code": "KQ1"}],
        "life_events": ["hon_nhan_gia_dinh"],
        "issuing_agency": "Bộ Tư pháp",
    } | changes


def test_a_record_becomes_a_definition_with_papers_and_notes_apart():
    definition = read_record(a_record()).definition

    assert [c.name for c in definition.components] == ["Tờ khai theo mẫu", "Giấy ủy quyền (nếu có)"]
    assert [c.required for c in definition.components] == [True, False]
    assert definition.notes[:2] == ("Lưu ý: bản chụp phải rõ", "Giấy tờ phải nộp:")
    assert [(d.channel, d.unit, d.value) for d in definition.durations] == [
        ("ALL", TimeUnit.WORKING_DAY, 2)
    ]
    assert [(f.channel, f.rule) for f in definition.fees] == [("ALL", FeeRule.FREE)]
    assert definition.levels == ("COMMUNE", "CITY")
    assert definition.source is Source.NATIONAL
    assert not definition.is_runnable


def test_free_in_print_but_decided_by_the_council_is_not_free():
    methods = [{"channel": "online", "fee_text": "Miễn phí(do Hội đồng nhân dân quyết định)"}]

    [fee] = read_record(a_record(methods=methods)).definition.fees

    assert (fee.rule, fee.amount) == (FeeRule.HDND_TABLE, None)


def test_several_limits_in_one_channel_become_cases():
    methods = [
        {"channel": "online", "time_value": n, "time_unit": "working_day", "time_text": f"{n} ngày"}
        for n in (5, 15)
    ]

    durations = read_record(a_record(methods=methods)).definition.durations

    assert [(d.case, d.value) for d in durations] == [("Trường hợp 1", 5), ("Trường hợp 2", 15)]


def test_a_limit_without_a_unit_stays_words():
    methods = [{"channel": "online", "time_value": 120.0, "time_unit": None, "time_text": "120"}]

    [duration] = read_record(a_record(methods=methods)).definition.durations

    assert (duration.unit, duration.text) == (TimeUnit.RULE_TEXT, "120")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"code": "1.23"}, "mã thủ tục «1.23»"),
        ({"name": " "}, "không có tên"),
        ({"methods": "5 ngày"}, "«methods» không phải danh sách"),
    ],
)
def test_an_unreadable_record_says_why(changes, why):
    with pytest.raises(Unreadable, match=why):
        read_record(a_record(**changes))


def test_the_shape_of_the_portal_is_read_too():
    record = {
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "domain": "Hộ tịch",
        "agencyLevels": ["Cấp Xã"],
        "executionMethods": [
            {
                "submissionMethod": "ONLINE",
                "processingTime": 3,
                "unit": "Ngày làm việc",
                "fees": [{"type": "FEE", "value": 8000}],
            }
        ],
        "executionCases": [
            {
                "name": "Chung",
                "profileComponents": [{"name": "Tờ khai", "originalQty": 1, "required": True}],
            }
        ],
    }

    definition = read_record(record).definition

    assert definition.components[0].group == "Chung"
    assert (definition.durations[0].channel, definition.durations[0].value) == ("ALL", 3)
    assert definition.fees[0].amount == 8000


def test_the_older_api_is_read_too():
    record = {
        "MATTHC": "1.001193",
        "TENTTHC": "Đăng ký khai sinh",
        "LINHVUCTHUCHIEN": ["Hộ tịch"],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "Trực tuyến",
                "THOIGIAN": [{"THOIGIANGIAIQUYET": 1, "DONVITINH": "Ngày", "PHILEPHI": []}],
            }
        ],
        "THANHPHANHOSO": [{"GIAYTO": "Tờ khai", "TENMAUDON": "TK"}],
    }

    definition = read_record(record).definition

    assert (definition.field, definition.durations[0].unit) == ("Hộ tịch", TimeUnit.CALENDAR_DAY)
    assert definition.components[0].form_file == "TK"


def write(path, rows, *, packed=False):
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return path


def imported(path, **options):
    out = StringIO()
    call_command("import_procedures", path, json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_importing_twice_changes_nothing_and_a_change_makes_a_version(tmp_path):
    path = write(tmp_path / "a.jsonl.gz", [a_record(), a_record("1.004837")], packed=True)

    assert imported(path)["created"] == 2
    assert imported(path)["unchanged"] == 2
    write(path, [a_record(name="Đổi tên"), a_record("1.004837")], packed=True)
    assert imported(path)["changed"] == 1

    today = city_date(now())
    assert public.open_version("1.004845", today).name == "Đổi tên"
    assert ProcedureVersion.objects.count() == 3


@pytest.mark.django_db
def test_every_unreadable_row_is_named(tmp_path):
    rows = [a_record(), "{broken", a_record("x"), a_record(), "[1]"]
    report = tmp_path / "report.json"

    outcome = imported(write(tmp_path / "a.jsonl", rows), report=report)

    assert [(r["row"], r["code"]) for r in outcome["unreadable_rows"]] == [
        (2, None),
        (3, "x"),
        (4, "1.004845"),
        (5, None),
    ]
    assert json.loads(report.read_text())["counts"]["read"] == 1


@pytest.mark.django_db
def test_a_dry_run_saves_nothing(tmp_path):
    outcome = imported(write(tmp_path / "a.jsonl", [a_record()]), dry_run=True)

    assert (outcome["read"], outcome["created"]) == (1, 0)
    assert NationalRecord.objects.count() == 0


@pytest.mark.django_db
def test_the_city_s_own_version_stays_whichever_comes_first(tmp_path):
    path = write(tmp_path / "a.jsonl", [a_record(BIRTH, name="Bản quốc gia")])
    today = city_date(now())

    imported(path)
    assert public.open_version(BIRTH, today).name == "Bản quốc gia"
    a_published_version(now=now())
    write(path, [a_record(BIRTH, name="Bản quốc gia mới")])
    outcome = imported(path)

    assert outcome["reference_only"] == 1
    assert public.open_version(BIRTH, today).is_runnable
    assert NationalRecord.objects.get().content["name"] == "Bản quốc gia mới"


def test_a_missing_file_is_one_sentence_and_code_two(tmp_path):
    with pytest.raises(CommandError, match="Không đọc được tệp none") as refusal:
        call_command("import_procedures", tmp_path / "none.jsonl")

    assert refusal.value.returncode == 2


def test_odd_values_are_taken_as_words_or_left_out():
    methods = [
        {"channel": "online", "time_value": "3", "time_unit": "day", "fee_amounts_vnd": [50_000]},
        {"channel": "postal", "fee_text": "100,000 Việt Nam Đồng", "fee_amounts_vnd": [100_000]},
        {"channel": "in_person", "fee_amounts_vnd": [1, 2]},
        {"channel": "in_person", "fee_text": "Không có thông tin* Cách thực hiện"},
    ]
    record = a_record(
        methods=methods,
        field=None,
        level=None,
        keywords="giám hộ; trẻ em",
        issuing_agency="UBND tỉnh Lạng Sơn",
        components=[{"name": " "}, {"name": "không quy định"}, {"name": "Đơn", "originals": "hai"}],
        legal_basis=[{"title": "Luật cũ", "number": ""}, {}],
    )

    read = read_record(record)

    definition = read.definition
    assert "không có lĩnh vực" in read.remarks
    assert "không có cấp thực hiện" in read.remarks
    assert definition.keywords == ("giám hộ", "trẻ em")
    assert definition.agency_key == "OTHER_PROVINCE"
    assert [c.name for c in definition.components] == ["Đơn"]
    assert [legal.document for legal in definition.legal] == ["Luật cũ"]
    assert [(f.rule, f.amount) for f in definition.fees] == [
        (FeeRule.FIXED, 50_000),
        (FeeRule.FIXED, 100_000),
        (FeeRule.TEXT, None),
    ]
    assert definition.durations[0].value == 3


def test_what_is_missing_is_remarked():
    record = a_record(methods=[], components=[], legal_basis=[])

    assert read_record(record).remarks == (
        "không có thời hạn",
        "không có giấy tờ nào",
        "không có căn cứ pháp lý",
    )


@pytest.mark.django_db
def test_people_read_the_outcome_in_words(tmp_path):
    path = write(tmp_path / "a.jsonl", [a_record(methods=[]), "", "{"])
    out, err = StringIO(), StringIO()

    call_command("import_procedures", path, stdout=out, stderr=err)
    call_command("import_procedures", path, dry_run=True, stdout=out, stderr=err)

    assert "Đọc được 1 thủ tục, 1 dòng không đọc được, 1 dòng có ghi chú. 1 mới" in out.getvalue()
    assert "Chỉ đọc thử, không lưu gì." in out.getvalue()
    assert "Dòng 3 (không mã): không phải JSON" in err.getvalue()


@pytest.mark.django_db
def test_a_list_in_one_file_is_read_as_well(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([a_record(), a_record("1.004837")]), encoding="utf-8")

    assert imported(path)["created"] == 2


@pytest.mark.django_db
def test_the_same_meaning_in_another_record_makes_no_version(tmp_path):
    path = write(tmp_path / "a.jsonl", [a_record()])
    imported(path)
    write(path, [a_record(url="https://example.vn/moi")])

    imported(path)

    assert ProcedureVersion.objects.count() == 1
    assert str(NationalRecord.objects.get()) == "1.004845"


@pytest.mark.django_db
def test_an_import_is_kept_with_what_it_said_of_each_row(tmp_path):
    odd = a_record("9.99\x00x")
    path = write(tmp_path / "rows.jsonl", [a_record(), odd, a_record("1.004846", legal_basis=[])])

    imported(path)

    [run] = public.import_runs()
    [unread] = public.import_remarks(run.id)
    remarked = public.import_remarks(run.id, unreadable=False)
    assert (run.file, run.read, run.outcome.created, run.unreadable) == ("rows.jsonl", 2, 2, 1)
    assert (unread.row, unread.code) == (2, "9.99x")
    assert "không đúng dạng" in unread.why
    assert all(remark.row in (1, 3) for remark in remarked)
    assert public.import_remarks(run.id, after=2) == ()
    assert public.import_run(run.id) == run


@pytest.mark.django_db
def test_records_of_the_catalogue_name_law_but_are_not_judged(tmp_path):
    a_published_version()
    imported(write(tmp_path / "rows.jsonl", [a_record()]))

    ours, national = public.judged(city_date(now()))

    assert (ours.is_ours, ours.hit.code) == (True, BIRTH)
    assert {basis.kind for basis in ours.bases} >= {BasisKind.LAW, BasisKind.DURATION}
    assert (national.is_ours, national.findings, national.bases) == (False, (), ())
    assert [(law.document, law.procedures) for law in public.national_bases()] == [
        ("60/2014/QH13", 1)
    ]
