"""SCIM: a personnel system tells of officers and posts; a suite of others judges the protocol."""

import json
from uuid import UUID

import pytest
from django.test import Client
from django.test.client import ClientHandler
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from motcua.contexts.identity.actions.provisioning import (
    make_client,
    new_client_token,
    revoke_client,
)
from motcua.contexts.identity.contracts.provisioning import ClientNameMissing
from motcua.contexts.identity.models import Account, ProvisioningClient, Session
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import an_officer_account, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import holdings, the_officer
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.clock import city_date
from motcua.kernel.db import uuid7
from motcua.kernel.models import LedgerLeaf

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
POST = "urn:motcua:params:scim:schemas:2.0:Post"
PLACED = "urn:motcua:params:scim:schemas:extension:2.0:Placement"
USERS = "http://127.0.0.1:8000/scim/v2/Users"


@pytest.fixture
def quynh(small_city):
    return an_officer_account("quynh", officer_id=the_officer("quynh").id)


@pytest.fixture
def token(quynh):
    text = new_client_token()
    make_client(text, name="Quản lý cán bộ", actor=acting(quynh), now=clock.now())
    return text


def acting(account):
    return actor_of(account, assurance=3, now=clock.now())


@pytest.fixture
def call(token):
    """`call("patch", "/Users/…", body)` as the personnel system."""

    def send(how, path, body=None):
        said = {} if body is None else {"data": json.dumps(body)}
        return getattr(Client(), how)(
            f"/scim/v2{path}",
            content_type="application/scim+json",
            headers={"Authorization": f"Bearer {token}"},
            **said,
        )

    return send


def told(number="cb999001", **more):
    return {
        "schemas": [USER],
        "userName": number,
        "displayName": "Trần Văn Mới",
        "emails": [{"value": f"{number}@example.vn"}],
        **more,
    }


def a_post(*, role="CASE_OFFICER", held=False):
    posts = organisations.posts(city_date(clock.now()))
    return next(p for p in posts if p.role == role and (p.holder_id is not None) == held)


def application(environ, start_response):
    """The platform as a WSGI application that leaves the connection of the test open."""
    answer = ClientHandler(enforce_csrf_checks=True)(environ)
    start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
    return [answer.content]


@pytest.mark.parametrize(("kind", "least"), [("User", 20), ("Group", 20), ("Post", 20)])
def test_an_independent_suite_finds_nothing_wrong(token, kind, least):
    client = WSGISCIMClient(
        application,
        base_url="http://127.0.0.1/scim/v2",
        headers={"Authorization": f"Bearer {token}"},
    )

    results = check_server(client, resource_types=[kind])

    assert [f"{one.title}: {one.reason}" for one in results if one.status is Status.ERROR] == []
    assert sum(one.status is Status.SUCCESS for one in results) > least


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer mcs_guess"}])
def test_without_its_token_nothing_is_told(quynh, header):
    answer = Client().get("/scim/v2/Users", headers=header)

    assert answer.status_code == 401
    assert LedgerLeaf.objects.filter(action="kernel.refused").count() == 1
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_an_administrators_session_is_no_token(quynh):
    assert signed_in(Client(), quynh).get("/scim/v2/Users").status_code == 401


def test_a_revoked_client_is_nobody_at_once(call, quynh):
    client = ProvisioningClient.objects.get()

    revoke_client(client.id, actor=acting(quynh), now=clock.now())

    assert call("get", "/Users").status_code == 401


def test_only_administrators_let_systems_in(quynh):
    khue = an_officer_account("khue", officer_id=the_officer("khue").id)

    with pytest.raises(WrongRole):
        make_client(new_client_token(), name="x", actor=acting(khue), now=clock.now())
    with pytest.raises(ClientNameMissing):
        make_client(new_client_token(), name=" ", actor=acting(quynh), now=clock.now())


def test_a_new_officer_has_an_account_that_cannot_be_guessed_into(call):
    made = call("post", "/Users", told())

    assert made.status_code == 201
    account = Account.objects.get(username="cb999001")
    assert not account.has_usable_password()
    assert str(account.officer_id) == made.json()["id"]
    assert LedgerLeaf.objects.filter(action="identity.provision_officer").count() == 1


def test_the_same_officer_twice_is_a_conflict(call):
    call("post", "/Users", told())

    again = call("post", "/Users", told())

    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")


@pytest.mark.parametrize(
    "wrong",
    [
        {"emails": []},
        {"emails": [{"value": "no address"}]},
        {"displayName": ""},
        {"userName": "x" * 65},
        {"emails": [{"value": "a@example.vn"}, {"value": "b@example.vn"}]},
    ],
)
def test_what_cannot_be_kept_is_refused_as_scim_does(call, wrong):
    answer = call("post", "/Users", {**told(), **wrong})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/scim+json"
    assert answer.json()["scimType"] in {"invalidValue", "invalidSyntax"}


def test_a_body_that_is_no_json_is_refused(token):
    answer = Client().post(
        "/scim/v2/Users", "{", content_type="application/scim+json",
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip

    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidSyntax")


def test_deactivation_ends_sessions_and_tokens_at_once(call):
    bao = an_officer_account("bao", officer_id=the_officer("bao").id)
    browser = signed_in(Client(), bao)
    body = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": False}]}

    answer = call("patch", f"/Users/{bao.officer_id}", body)

    assert answer.json()["active"] is False
    assert browser.get("/toi").status_code == 302
    assert not Session.objects.filter(account=bao).exists()


def test_who_left_is_gone_for_the_system_and_kept_for_us(call):
    bao = an_officer_account("bao", officer_id=the_officer("bao").id)
    before = holdings(officer_id=bao.officer_id)

    gone = call("delete", f"/Users/{bao.officer_id}")

    assert gone.status_code == 204
    assert call("get", f"/Users/{bao.officer_id}").status_code == 404
    after = holdings(officer_id=bao.officer_id)
    assert len(after) == len(before)
    assert all(end is not None for _, _, end in after)
    assert the_officer("bao").full_name


def test_who_comes_back_is_the_same_officer(call):
    first = call("post", "/Users", told()).json()["id"]
    call("delete", f"/Users/{first}")

    again = call("post", "/Users", told())

    assert (again.status_code, again.json()["id"]) == (201, first)


def test_users_are_found_by_filter_and_page(call):
    for number in ("cb999001", "cb999002", "cb999003"):
        call("post", "/Users", told(number))

    found = call("get", '/Users?filter=userName eq "CB999002"').json()
    paged = call("get", "/Users?startIndex=2&count=2&attributes=userName").json()
    wrong = call("get", "/Users?filter=userName is odd")

    assert [one["userName"] for one in found["Resources"]] == ["cb999002"]
    assert (paged["totalResults"], len(paged["Resources"])) == (4, 2)
    assert "emails" not in paged["Resources"][0]
    assert (wrong.status_code, wrong.json()["scimType"]) == (400, "invalidFilter")


def test_a_post_gets_its_holder_from_today_and_loses_him_without_a_trace_lost(call):
    post, officer = a_post(held=True), call("post", "/Users", told()).json()["id"]
    before = holdings(post_id=post.id)
    take = {"op": "replace", "path": "holder", "value": f"{USERS}/{officer}"}

    taken = call("patch", f"/Posts/{post.id}", {"schemas": [PATCH], "Operations": [take]})

    assert taken.json()["holder"].endswith(f"/scim/v2/Users/{officer}")
    assert len(holdings(post_id=post.id)) == len(before) + 1
    held = organisations.posts_of(Account.objects.get(officer_id=officer).officer_id,
                                  city_date(clock.now()))  # fmt: skip
    assert [one.role for one in held] == ["CASE_OFFICER"]


def test_a_post_becomes_vacant(call):
    post = a_post(held=True)
    body = {"schemas": [PATCH], "Operations": [{"op": "remove", "path": "holder"}]}

    answer = call("patch", f"/Posts/{post.id}", body)

    assert "holder" not in answer.json()
    assert all(end is not None for _, _, end in holdings(post_id=post.id))


def test_no_system_makes_an_administrator(call):
    post, officer = a_post(role="ADMINISTRATOR", held=True), call("post", "/Users", told()).json()
    take = {"op": "replace", "path": "holder", "value": f"{USERS}/{officer['id']}"}

    answer = call("patch", f"/Posts/{post.id}", {"schemas": [PATCH], "Operations": [take]})

    assert answer.status_code == 403


def a_unit(call, name="Tổ công tác số 1", **more):
    return call("post", "/Groups", {"schemas": [GROUP, PLACED], "displayName": name, **more})


def under(unit_id):
    return {PLACED: {"parent": f"http://x/scim/v2/Groups/{unit_id}"}}


def change(path, value):
    return {
        "schemas": [PATCH],
        "Operations": [{"op": "replace", "path": path, "value": value}],
    }


def a_post_in(call, unit_id, *, role="CASE_OFFICER", **more):
    body = {"schemas": [POST], "displayName": "Chuyên viên", "role": role, "unit": unit_id, **more}
    return call("post", "/Posts", body)


def leaves(action):
    return LedgerLeaf.objects.filter(action=f"identity.{action}").count()


def test_a_unit_is_made_named_moved_and_closed(call):
    division = organisations.unit("H29.99.26740.2")
    above, made = a_unit(call, "Ban Dự án").json(), a_unit(call, **under(division.id))
    here = f"/Groups/{made.json()['id']}"

    named = call("patch", here, change("displayName", "Tổ công tác số 2"))
    moved = call("patch", here, change(f"{PLACED}:parent", f"x/{above['id']}"))
    closed = call("delete", here)

    assert made.status_code == 201
    assert made.json()[PLACED]["parent"].endswith(str(division.id))
    assert named.json()["displayName"] == "Tổ công tác số 2"
    assert moved.json()[PLACED]["parent"].endswith(above["id"])
    assert (closed.status_code, call("get", here).status_code) == (204, 404)
    told = ("provision_unit", "update_unit", "remove_unit")
    assert [leaves(one) for one in told] == [2, 2, 1]


@pytest.mark.parametrize("code", ["H29", "H29.99.26740", "H29.99.26740.2"])
def test_what_has_competence_changes_by_an_act_alone(call, code):
    here = f"/Groups/{organisations.unit(code).id}"

    named = call("patch", here, change("displayName", "Tên khác"))
    closed = call("delete", here)

    assert (named.status_code, closed.status_code) == (403, 403)
    assert organisations.unit(code).name != "Tên khác"


def test_a_unit_is_never_below_itself_and_not_closed_over_its_parts(call):
    above = a_unit(call).json()["id"]
    below = a_unit(call, "Nhóm 1", **under(above)).json()["id"]

    assert call("patch", f"/Groups/{above}", change(f"{PLACED}:parent", below)).status_code == 400
    assert call("delete", f"/Groups/{above}").status_code == 409
    assert call("delete", f"/Groups/{below}").status_code == 204
    assert call("delete", f"/Groups/{above}").status_code == 204


@pytest.mark.parametrize("wrong", [{"displayName": ""}, {PLACED: {"parent": "nothing"}}])
def test_a_unit_that_cannot_be_is_refused(call, wrong):
    assert a_unit(call, **wrong).status_code == 400


def test_an_officer_works_in_a_unit_by_its_post_until_the_unit_closes(call):
    unit, officer = a_unit(call).json()["id"], call("post", "/Users", told()).json()["id"]
    post = a_post_in(call, unit, holder=officer).json()

    member = call("get", f"/Groups/{unit}").json()["members"]
    held = organisations.posts_of(UUID(officer), city_date(clock.now()))
    call("delete", f"/Groups/{unit}")

    assert [one["value"] for one in member] == [officer]
    assert [str(one.unit_id) for one in held] == [unit]
    assert call("get", f"/Posts/{post['id']}").status_code == 404
    assert organisations.posts_of(UUID(officer), city_date(clock.now())) == ()


@pytest.mark.parametrize("role", ["ADMINISTRATOR", "AUDITOR", "DATA_PROTECTION", "CITIZEN"])
def test_no_system_makes_a_post_of_a_guarded_or_unknown_role(call, role):
    unit = a_unit(call).json()["id"]

    assert a_post_in(call, unit, role=role).status_code in {400, 403}


def test_no_system_ends_the_last_post_of_work_that_the_law_gave(call):
    [post] = [
        one
        for one in organisations.posts(city_date(clock.now()))
        if one.unit_code == "H29.99.26740.2" and one.role == "DIVISION_HEAD"
    ]

    assert call("delete", f"/Posts/{post.id}").status_code == 409


def test_no_system_ends_or_names_a_guarded_post(call):
    post = a_post(role="ADMINISTRATOR", held=True)

    assert call("delete", f"/Posts/{post.id}").status_code == 403
    assert call("patch", f"/Posts/{post.id}", change("displayName", "x")).status_code == 403


def test_what_nobody_knows_is_not_found(call):
    assert call("get", "/Groups/none").status_code == 404
    assert call("get", f"/Posts/{uuid7()}").status_code == 404


def test_posts_are_listed_by_page(call):
    page = call("get", "/Posts?count=5").json()

    assert len(page["Resources"]) == 5
    assert page["totalResults"] > 50


@pytest.mark.parametrize(
    ("name", "role"), [("quynh", "ADMINISTRATOR"), ("duyen", "DATA_PROTECTION")]
)
def test_no_system_takes_away_who_guards_the_city(call, name, role):
    officer = the_officer(name)
    if name != "quynh":
        an_officer_account(name, officer_id=officer.id)
    posts = organisations.posts(city_date(clock.now()))
    post = next(one for one in posts if one.role == role and one.holder_id == officer.id)
    gone = {"schemas": [PATCH], "Operations": [{"op": "remove", "path": "holder"}]}

    tries = (
        call("delete", f"/Users/{officer.id}"),
        call("patch", f"/Users/{officer.id}", change("active", False)),
        call("patch", f"/Posts/{post.id}", gone),
    )

    assert [one.status_code for one in tries] == [403, 403, 403]
    assert Account.objects.get(officer_id=officer.id).is_active
    assert any(end is None for _, _, end in holdings(post_id=post.id))


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 50_000 + "1" + "}" * 50_000])
def test_a_body_of_endless_depth_is_refused(token, body):
    answer = Client().post(
        "/scim/v2/Users", body, content_type="application/scim+json",
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip

    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidSyntax")


def test_a_body_too_large_is_refused_in_the_words_of_scim(token, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = Client().post(
        "/scim/v2/Users", json.dumps({"userName": "a" * 200}), content_type="application/scim+json",
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip

    assert (answer.status_code, answer.json()["status"]) == (413, "413")


def test_a_filter_asks_no_more_than_a_person_would(call):
    long = " and ".join(["userName pr"] * 100)

    answer = call("get", f"/Users?filter={long}")

    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidFilter")
