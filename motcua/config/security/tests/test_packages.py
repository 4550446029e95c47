"""What is installed is known by hash, version and licence, and stands on a valid bill."""

import json
import re
from pathlib import Path

import cyclonedx.schema
import jsonschema_rs
import pytest
from cyclonedx.model.bom import Bom

from motcua.config.security import audit, bill, lock
from motcua.config.security.lock import DEVELOPMENT, PRODUCTION, Package

STRONG = re.compile(r"(?<!L)(?<!Lesser )GPL|(?<!Lesser )General Public License")
GOOD = f"django==5.2.1 \\\n    --hash=sha256:{'a' * 64}\n    # via motcua\n"


def schema(name: str) -> dict:
    """One of the published schemas, as the library of CycloneDX brings them."""
    place = Path(cyclonedx.schema.__file__).parent / "_res"
    stem = name.rpartition("/")[2].removesuffix(".json").removesuffix(".schema")
    return json.loads(
        (place / f"{stem.removesuffix('.SNAPSHOT')}.SNAPSHOT.schema.json").read_text()
    )


def a_lock(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(text)
    return path


@pytest.mark.parametrize("name", [PRODUCTION, DEVELOPMENT], ids=lambda path: path.name)
def test_the_bill_is_valid_cyclonedx(name):
    said = bill.bill(name)

    judge = jsonschema_rs.validator_for(schema("bom-1.6"), retriever=schema, validate_formats=False)
    assert [error.message for error in judge.iter_errors(said)] == []
    read = Bom.from_json(said)
    assert read.validate()
    assert len(read.components) == len(said["components"])


def test_the_same_lock_gives_the_same_bill():
    assert json.dumps(bill.bill()) == json.dumps(bill.bill())


def test_every_locked_package_stands_on_the_bill():
    said = bill.bill()

    assert {part["purl"] for part in said["components"]} == {
        one.purl for one in lock.packages(PRODUCTION)
    }
    assert all(part["externalReferences"][0]["hashes"] for part in said["components"])
    reached = {target for edge in said["dependencies"] for target in edge["dependsOn"]}
    assert reached == {part["purl"] for part in said["components"]}


def test_the_lock_of_this_repository_passes():
    allowed = audit.exemptions()

    assert [*audit.complaints(PRODUCTION, allowed), *audit.complaints(DEVELOPMENT, allowed)] == []
    assert list(audit.unused(allowed)) == []
    assert all(len(one.why) >= 10 for one in allowed.values())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("django==5.2.1\n", "không có mã băm"),
        (GOOD.replace("5.2.1", "5.2rc1"), "chưa phát hành"),
        (GOOD.replace("5.2.1", "6.0.dev3"), "chưa phát hành"),
        (f"--extra-index-url https://elsewhere.example/\n{GOOD}", "dòng lạ"),
        (f"{GOOD}x @ https://elsewhere.example/x.whl\n", "dòng lạ"),
        (f"-e ../neighbour\n{GOOD}", "dòng lạ"),
        (GOOD.replace("django", "psycopg"), "chưa được xét"),
    ],
)
def test_what_may_not_be_installed_is_named(tmp_path, text, complaint):
    found = list(audit.complaints(a_lock(tmp_path, text), {}))

    assert any(complaint in one for one in found)


@pytest.mark.parametrize(
    ("licence", "free"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0 OR MIT", True),
        ("MIT AND GPL-3.0", False),
        ("BSD License; Mozilla Public License 2.0 (MPL 2.0)", True),
        ("Proprietary", False),
        ("AGPL-3.0-only", False),
    ],
)
def test_a_licence_is_read_as_its_words_mean(licence, free):
    assert audit.is_free(licence) is free


def test_a_package_of_which_no_licence_is_known_is_not_let_through(tmp_path):
    unheard = GOOD.replace("django==", "never-heard-of-it==")

    assert any("chưa được xét" in one for one in audit.complaints(a_lock(tmp_path, unheard), {}))


@pytest.mark.parametrize("name", [PRODUCTION, DEVELOPMENT], ids=lambda path: path.name)
def test_nothing_under_the_gpl_itself_is_installed(name):
    strong = [one.name for one in lock.packages(name) if STRONG.search(one.licence)]

    assert strong == []
    assert "unidecode" not in {one.name for one in lock.packages(name)}


def test_production_installs_no_tool_of_tests():
    names = {one.name for one in lock.packages(PRODUCTION)}

    assert names.isdisjoint({"pytest", "hypothesis", "playwright", "moto", "ruff", "mypy", "uv"})


def a_package(name: str) -> Package:
    return Package(name, "1", ("a" * 64,), "MIT", ())


def test_what_the_registry_does_not_answer_is_unknown_and_never_sound():
    answers = {
        "holed": {"vulnerabilities": [{"id": "PYSEC-1"}]},
        "yanked": {"vulnerabilities": [], "urls": [{"yanked": True}]},
        "sound": {"vulnerabilities": [], "urls": [{"yanked": False}]},
        "silent": None,
    }

    told = audit.online(tuple(map(a_package, answers)), lambda one: answers[one.name])

    assert (told.sound, told.unknown) == (1, 1)
    assert told.holes == (("holed 1", "PYSEC-1"), ("yanked 1", "bị thu hồi"))
    assert [*told.but({"PYSEC-1"})] == ["yanked 1: bị thu hồi"]


def test_a_registry_out_of_reach_is_no_failure(monkeypatch):
    monkeypatch.setattr(audit, "REGISTRY", "http://127.0.0.1:1")

    assert audit.asked(a_package("django")) is None
