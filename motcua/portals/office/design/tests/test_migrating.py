"""Designers move running dossiers to another version: tried, approved by another, seen, undone."""

import pytest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.migrating import MigrationState
from motcua.contexts.dossiers.testing import carry_on
from motcua.contexts.identity.testing import a_citizen_account, own_actor
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts.designing import Edit, EditKind
from motcua.contexts.procedures.testing import BIRTH, a_redesigned_version
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.portals.office.tests.conftest import browser, post, text_of
from motcua.services.tests.journey import a_birth, walk

PLAN = f"/quan-tri/thiet-ke/thu-tuc/{BIRTH}/chuyen"
NO_REVIEW = Edit(kind=EditKind.REMOVE, path=("process", "step", "review"))


@pytest.fixture
def han(small_city):
    return browser("han")


@pytest.fixture
def duy(small_city):
    return browser("duy")


@pytest.fixture
def two(small_city):
    """A dossier at reception, another at a step that the newer version lacks; both versions."""
    now = clock.now()
    actor = own_actor(a_citizen_account(), now=now)
    codes = [a_birth(actor, now=now), a_birth(actor, now=now)]
    walk(codes[1], now=now, until="review")
    old = procedures.open_version(BIRTH, city_date(now))
    return codes, old, a_redesigned_version(BIRTH, NO_REVIEW, now=now)


def tried(client, old, new, **more):
    answer = post(client, PLAN, tu=str(old.id), den=str(new.id), **more)
    url = answer["Location"]
    carry_on(migration_of(url).id, now=clock.now())
    return url


def migration_of(url):
    (found,) = [one for one in dossiers.migrations_of(BIRTH) if str(one.id) in url]
    return found


def test_only_designers_come_in(two):
    quynh = browser("quynh")

    assert quynh.get(PLAN).status_code == 403
    assert post(quynh, PLAN).status_code == 403


def test_a_step_that_is_no_more_is_asked_about(han, two):
    _codes, old, new = two

    page = text_of(han.get(PLAN, {"tu": str(old.id), "den": str(new.id)}))

    assert "2 hồ sơ đang mở theo phiên bản trước" in page
    assert "Bước «Soát xét» không còn" in page
    assert 'name="place.review"' in page


def test_what_cannot_be_tried_is_told_on_the_form(han, two):
    _codes, old, new = two

    none = post(han, PLAN, tu=str(old.id), den=str(new.id), step="sign")
    same = post(han, PLAN, tu=str(old.id), den=str(old.id))

    assert (none.status_code, same.status_code) == (422, 422)
    assert "Không có hồ sơ đang mở nào" in text_of(none)
    assert "hai phiên bản khác nhau" in text_of(same)


def test_who_planned_it_sees_each_dossier_and_another_person_lets_it_happen(han, duy, two):
    codes, old, new = two
    url = tried(han, old, new)

    page = text_of(han.get(url))
    own, others = post(han, f"{url}/duyet"), text_of(duy.get(url))
    approved = post(duy, f"{url}/duyet")
    carry_on(migration_of(url).id, now=clock.now())
    done = text_of(duy.get(url))

    assert all(code in page for code in codes)
    assert "Bước hiện tại không có trong quy trình mới" in page
    assert f'action="{url}/duyet"' not in page
    assert own.status_code == 403
    assert "Duyệt, chuyển 1 hồ sơ" in others
    assert approved.status_code == 303
    assert "Trả về phiên bản trước" in done
    assert migration_of(url).state is MigrationState.DONE


def test_the_result_is_a_file_and_the_way_back_is_a_button(han, duy, two):
    codes, old, new = two
    url = tried(han, old, new, **{"place.review": "appraise"})
    post(duy, f"{url}/duyet")
    carry_on(migration_of(url).id, now=clock.now())

    answer = han.get(f"{url}/ket-qua.csv")
    told = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    undone = post(duy, f"{url}/hoan-tac")
    carry_on(migration_of(url).id, now=clock.now())

    assert len(told) == 3
    assert all(any(code in line and "Đã chuyển" in line for line in told) for code in codes)
    assert undone.status_code == 303
    assert migration_of(url).state is MigrationState.UNDONE


def test_what_was_only_tried_is_dropped(han, two):
    _codes, old, new = two
    url = tried(han, old, new)

    assert post(han, f"{url}/bo").status_code == 303

    assert migration_of(url).state is MigrationState.DROPPED
    assert "Đã bỏ" in text_of(han.get(PLAN))
