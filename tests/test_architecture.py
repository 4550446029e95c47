"""What the house promises about its own code, proven on every file."""

import ast
import dataclasses
import re

import pytest
from django.apps import apps
from django.db.models import PROTECT, ForeignKey, OneToOneField

from motcua.config import house as storeys
from motcua.config.env import Environment
from motcua.config.map import happenings
from tests.house import (
    CONTEXTS,
    HOUSE,
    ROOT,
    code,
    decorated,
    files,
    name_of,
    templates,
    tree,
)

LONGEST_FILE = 500
LONGEST_TEST = 600
LONGEST_FUNCTION = 60
# May only shrink. Each is a place where the types of a library cannot say what is true.
SUPPRESSIONS = {
    "motcua/kernel/access.py": 2,  # attributes on functions
    "motcua/kernel/api.py": 1,  # request.actor
    "motcua/contexts/casework/models.py": 1,  # options of a field, passed on
}
SUPPRESSING = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|pylint|fmt:\s*off)")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)", re.I)

PAST = re.compile(r"(ed|Made|Sent|Paid|GivenUp|Withdrawn)$")
# Told as found: nothing was done, something is so.
FINDINGS = {"PersonDiffers", "MoneyInSuspense", "DaysLeftOpen"}


def test_every_context_has_a_readme_and_tests():
    lacking = [
        f"{context.name}: {what}"
        for context in CONTEXTS
        for what in ("README.md", "tests", "public.py", "contracts")
        if not (context / what).exists() and not (context / f"{what}.py").exists()
    ]

    assert lacking == []


def test_every_context_on_disk_stands_in_the_house():
    assert {context.name for context in CONTEXTS} == set(storeys.CONTEXTS)


def _longest(path):
    return LONGEST_TEST if path.name.startswith("test_") else LONGEST_FILE


def test_files_stay_short():
    long = {
        name_of(path): lines
        for path in files()
        if path.suffix == ".py" and "migrations" not in path.parts
        for lines in [len(path.read_text(encoding="utf-8").splitlines())]
        if lines > _longest(path)
    }

    assert long == {}


def test_functions_stay_short():
    long = {
        f"{name_of(path)}:{node.name}": lines
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for lines in [(node.end_lineno or 0) - node.lineno + 1]
        if lines > LONGEST_FUNCTION
    }

    assert long == {}


def test_suppressions_only_shrink():
    found = {}
    for path in code():
        count = len(SUPPRESSING.findall(path.read_text(encoding="utf-8")))
        if count > SUPPRESSIONS.get(name_of(path), 0):
            found[name_of(path)] = count

    assert found == {}


def test_nothing_is_left_unfinished():
    assert [
        name_of(path) for path in code() if UNFINISHED.search(path.read_text(encoding="utf-8"))
    ] == []


def test_no_handler_swallows_everything():
    """A refusal is caught by its name; the unforeseen goes to the log and to a person."""
    broad = [
        f"{name_of(path)}:{node.lineno}"
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
    ]

    assert broad == []


def test_templates_carry_no_inline_style_or_script():
    """The content security policy would block them in every browser."""
    assert [
        name_of(path) for path in templates() if INLINE.search(path.read_text(encoding="utf-8"))
    ] == []


def test_no_path_of_a_developers_machine_is_in_the_repository():
    home = str(ROOT)
    told = [
        name_of(path)
        for path in files()
        for text in [path.read_text(encoding="utf-8")]
        if path.name != "test_architecture.py" and (home in text or MACHINE_PATHS.search(text))
    ]

    assert told == []


def test_every_event_says_what_happened():
    wrong = [
        one.__name__
        for one in happenings.kinds()
        if not PAST.search(one.__name__) and one.__name__ not in FINDINGS
    ]

    assert wrong == []


def test_events_bear_the_name_of_their_context_and_no_two_the_same():
    names = [one.name for one in happenings.kinds()]

    assert len(names) == len(set(names))
    assert [
        one.name
        for one in happenings.kinds()
        if one.name.split(".")[0] != one.__module__.split(".")[2]
    ] == []


def test_every_event_is_told_by_somebody():
    told = happenings.publishers()

    assert [one.name for one in happenings.kinds() if one.__name__ not in told] == []


def test_every_action_takes_its_moment_by_keyword():
    """The clock is read at the entry points only."""
    wrong = [
        f"{name_of(path)}:{action.name}"
        for path, action in decorated("owns_transaction")
        if "now" not in {argument.arg for argument in action.args.kwonlyargs}
    ]

    assert wrong == []


def test_every_action_knows_who_acts():
    """Work of the city itself acts as SYSTEM and says so in its leaf."""
    wrong = [
        f"{name_of(path)}:{action.name}"
        for path, action in decorated("owns_transaction")
        if not {"actor", "by"} & {a.arg for a in (*action.args.args, *action.args.kwonlyargs)}
        and "SYSTEM" not in path.read_text(encoding="utf-8")
    ]

    assert wrong == []


def test_the_clock_is_read_at_the_doors_only():
    inner = {"actions", "queries", "rules", "models", "workflow", "contracts", "public"}
    wrong = [
        name_of(path)
        for path in code()
        if "contexts" in path.parts and inner & {*path.with_suffix("").parts}
        if re.search(r"\bclock\.now\(\)", path.read_text(encoding="utf-8"))
    ]

    assert wrong == []


def test_foreign_keys_point_down_and_leave_no_way_back():
    order = {name: at for at, name in enumerate(("kernel", *storeys.CONTEXTS))}
    wrong = [
        f"{model.__name__}.{field.name}"
        for label in order
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey | OneToOneField)
        for target in [field.remote_field.model._meta.app_label]
        if target in order and target != label
        if order[target] >= order[label]
        or field.remote_field.on_delete is not PROTECT
        or field.remote_field.related_name != "+"
    ]

    assert wrong == []


def test_every_setting_of_an_operator_is_explained():
    guide = (ROOT / "docs/guides/production.md").read_text(encoding="utf-8")

    assert [
        field.name.upper()
        for field in dataclasses.fields(Environment)
        if f"`{field.name.upper()}`" not in guide
    ] == []


def test_every_decision_tells_its_cost():
    wrong = [
        path.name
        for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
        for text in [path.read_text(encoding="utf-8")]
        if not all(f"## {part}" in text for part in ("Decision", "Why", "What we gave up"))
    ]

    assert wrong == []


@pytest.mark.parametrize("storey", ["kernel", "config", "services", "portals", "ui"])
def test_every_storey_explains_itself(storey):
    assert (HOUSE / storey / "README.md").exists()
