"""The contract of connectors: the HTTP one and the one in the process keep it alike."""

import pytest

from motcua.contexts.exchange.contracts import (
    SMS_PROVIDERS,
    VNPOST,
    NeighbourDown,
    NeighbourRefused,
)
from motcua.contexts.exchange.testing import in_process, running_simulators, who_may_sign_in

TUYET = {
    "personal_number": "079190999001",
    "full_name": "Nguyễn Thị Ánh Tuyết",
    "born_on": "1990-05-12",
    "purpose": "PREFILL",
}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with running_simulators(tmp_path_factory.mktemp("simulators")) as running:
        yield running


@pytest.fixture(params=["http", "in process"])
def connect(request, running, tmp_path):
    """A function that gives the connector of a name, one way or the other."""
    if request.param == "http":
        return running.connector
    return lambda name: in_process(name, tmp_path)


def lookup(connector, **changed):
    return connector.call("lookup", {**TUYET, **changed}, key="k", seconds=3)


def test_a_question_without_purpose_is_refused(connect):
    with pytest.raises(NeighbourRefused) as refusal:
        lookup(connect("population"), purpose="")

    assert refusal.value.reason == "purpose_missing"


def test_a_question_without_birth_date_is_refused(connect):
    with pytest.raises(NeighbourRefused) as refusal:
        lookup(connect("population"), born_on="")

    assert refusal.value.reason == "question_incomplete"


def test_an_unknown_number_matches_nothing(connect):
    answer = lookup(connect("population"), personal_number="079190999777")

    assert answer["match"] == {"personal_number": False, "full_name": False, "born_on": False}
    assert answer["person"] is None


def test_a_wrong_name_tells_nothing_about_the_person(connect):
    answer = lookup(connect("population"), full_name="Trần Thị Khác")

    assert answer["match"] == {"personal_number": True, "full_name": False, "born_on": True}
    assert answer["person"] is None


def test_the_name_may_be_typed_without_accents(connect):
    answer = lookup(connect("population"), full_name="NGUYEN THI ANH TUYET")

    assert answer["person"]["spouse"]["full_name"] == "Lê Minh Khoa"
    assert answer["person"]["ward_code"] == "26740"


@pytest.mark.parametrize("kind", ["mail", *SMS_PROVIDERS])
def test_a_message_sent_twice_with_one_key_is_kept_once(connect, kind):
    message = {"to": "0900000001", "text": "Hồ sơ của bạn đã xong", "subject": "Kết quả"}

    first = connect(kind).call("send", message, key="one key", seconds=3)
    second = connect(kind).call("send", message, key="one key", seconds=3)

    assert first["id"] == second["id"]


@pytest.mark.parametrize("kind", ["mail", *SMS_PROVIDERS])
def test_a_message_without_words_is_refused(connect, kind):
    with pytest.raises(NeighbourRefused) as refusal:
        connect(kind).call("send", {"to": "0900000001"}, key="k", seconds=3)

    assert refusal.value.reason == "message_incomplete"


def test_a_dead_neighbour_is_down_over_http(running):
    running.simulators.faults.set("population", "down")

    with pytest.raises(NeighbourDown) as problem:
        lookup(running.connector("population"))

    running.simulators.faults.set("population", "normal")
    assert problem.value.reason == "http_503"
    assert "Cơ sở dữ liệu quốc gia về dân cư" in problem.value.message


def test_an_answer_nobody_can_read_is_down(running):
    running.simulators.faults.set("population", "garbled")

    with pytest.raises(NeighbourDown) as problem:
        lookup(running.connector("population"))

    running.simulators.faults.set("population", "normal")
    assert problem.value.reason == "unreadable"


def test_a_slow_neighbour_is_given_up_in_time(running):
    running.simulators.faults.set("population", "slow")

    with pytest.raises(NeighbourDown) as problem:
        running.connector("population").call("lookup", TUYET, key="k", seconds=0.3)

    running.simulators.faults.set("population", "normal")
    assert problem.value.reason == "timeout"


def test_nobody_at_the_address_is_unreachable(running):
    with pytest.raises(NeighbourDown) as problem:
        in_process("population", running.simulators, down=True).call(
            "lookup", TUYET, key="k", seconds=1
        )

    assert problem.value.reason == "unreachable"


def test_a_stranger_is_turned_away(running):
    from dataclasses import replace

    stranger = replace(running.connector("population"), token="guess")

    with pytest.raises(NeighbourRefused) as refusal:
        lookup(stranger)

    assert refusal.value.reason == "unauthorised"


@pytest.mark.parametrize("lacking", ["personal_number", "purpose"])
def test_entitlements_are_told_only_of_a_number_and_for_a_purpose(connect, lacking):
    question = {"personal_number": "079190999001", "purpose": "FEE", lacking: ""}

    with pytest.raises(NeighbourRefused):
        connect("entitlement").call("of", question, key="k", seconds=3)


def test_only_level_2_with_all_papers_is_a_digital_citizen(connect):
    people = {a.key: a.level for a in who_may_sign_in() if a.key.isdecimal()}
    others = [number for number, level in people.items() if level == 2][2:]

    told = [
        connect("entitlement").call(
            "of", {"personal_number": n, "purpose": "FEE"}, key=n, seconds=3
        )
        for n in ("079190999001", "079190999777", others[0])
    ]

    assert [one["entitlements"] for one in told] == [[], [], ["digital_citizen"]]


PARCEL = {
    "order": "one parcel",
    "kind": "DELIVER",
    "home": {"name": "Nguyễn Thị Ánh Tuyết", "street": "12 Lê Lợi", "ward": "26740"},
    "papers": 1,
}


def test_a_parcel_ordered_twice_with_one_key_is_one_parcel(connect):
    first, second = (
        connect(VNPOST).call("book", PARCEL, key="one parcel", seconds=3) for _ in range(2)
    )

    assert first == second
    assert (first["price"], bool(first["price_source"])) == (25_000, True)
    assert connect(VNPOST).call("track", {"order": "one parcel"}, key="t", seconds=3) == {
        "events": []
    }


@pytest.mark.parametrize("changed", [{"order": ""}, {"home": {}}, {"papers": 9}])
def test_an_order_without_an_address_or_with_other_content_is_refused(connect, changed):
    connect(VNPOST).call("book", PARCEL, key="one parcel", seconds=3)

    with pytest.raises(NeighbourRefused):
        connect(VNPOST).call("book", {**PARCEL, **changed}, key="one parcel", seconds=3)


def test_a_claim_is_one_claim_and_only_about_a_parcel_that_is_known(connect):
    connect(VNPOST).call("book", PARCEL, key="one parcel", seconds=3)
    asked = {"order": "one parcel", "tracking": "x"}

    first, second = (connect(VNPOST).call("claim", asked, key="c", seconds=3) for _ in range(2))

    assert first == second
    for operation in ("claim", "track"):
        with pytest.raises(NeighbourRefused):
            connect(VNPOST).call(operation, {"order": "none"}, key="c", seconds=3)
