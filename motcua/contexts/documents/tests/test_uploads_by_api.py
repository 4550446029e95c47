"""Parts of a file over the API: the same contract as the pages, the unhappy ways first."""

import hashlib
from uuid import uuid4

import pytest
from django.test import Client

from motcua.contexts.documents.models import StoredFile
from motcua.contexts.documents.testing import a_pdf
from motcua.kernel.actors import Actor
from motcua.kernel.testing import citizen

pytestmark = pytest.mark.django_db
CONTENT = a_pdf("x" * 3000)
HALF = len(CONTENT) // 2
DOOR = "/api/v1/uploads"


@pytest.fixture(autouse=True)
def tokens(monkeypatch, tuyet, khoa):
    """The bearer tokens «tuyet» and «khoa» stand for the sample citizens."""
    from motcua.kernel import api

    people = {
        "tuyet": citizen(person=tuyet),
        "khoa": citizen(person=khoa, name="Lê Minh Khoa"),
    }

    def actor_for(token: str) -> Actor | None:
        return people.get(token)

    monkeypatch.setattr(api, "_authenticators", [actor_for])


def a_client(token: str = "tuyet") -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


def begin(client: Client, content: bytes = CONTENT, key: str = "mot"):
    said = {
        "filename": "giay.pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return client.post(
        DOOR, said, content_type="application/json", headers={"Idempotency-Key": key}
    )


def send(client: Client, upload: str, begins: int, part: bytes, checksum: str = ""):
    return client.patch(
        f"{DOOR}/{upload}",
        part,
        content_type="application/offset+octet-stream",
        headers={
            "Idempotency-Key": uuid4().hex,
            "Upload-Offset": str(begins),
            "Upload-Checksum": checksum or hashlib.sha256(part).hexdigest(),
        },
    )


def finish(client: Client, upload: str, key: str = "xong"):
    return client.post(f"{DOOR}/{upload}/finish", headers={"Idempotency-Key": key})


def test_nobody_signed_in_and_nobody_else_reaches_an_upload():
    upload = begin(a_client()).json()["id"]

    assert begin(Client()).status_code == 401
    assert a_client("khoa").get(f"{DOOR}/{upload}").status_code == 404
    assert send(a_client("khoa"), upload, 0, CONTENT[:HALF]).status_code == 404
    assert finish(a_client("khoa"), upload).status_code == 404
    assert a_client().get(f"{DOOR}/{upload}").json()["received"] == 0


@pytest.mark.parametrize(
    ("begins", "part", "checksum", "status", "code"),
    [
        (0, CONTENT[:HALF], "0" * 64, 422, "part_damaged"),
        (HALF, CONTENT[HALF:], "", 409, "part_misplaced"),
        (0, CONTENT + b" ", "", 422, "part_too_long"),
        (0, b"", "", 422, "part_too_long"),
    ],
)
def test_a_part_that_does_not_fit_changes_nothing(begins, part, checksum, status, code):
    client = a_client()
    upload = begin(client).json()["id"]

    answer = send(client, upload, begins, part, checksum)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get(f"{DOOR}/{upload}").json()["received"] == 0


def test_what_is_not_whole_is_not_finished():
    client = a_client()
    upload = begin(client).json()["id"]
    send(client, upload, 0, CONTENT[:HALF])

    answer = finish(client, upload)

    assert (answer.status_code, answer.json()["code"]) == (409, "upload_incomplete")
    assert not StoredFile.objects.exists()


def test_an_upload_that_stopped_goes_on_and_each_call_twice_is_one():
    client = a_client()
    upload = begin(client).json()["id"]
    send(client, upload, 0, CONTENT[:HALF])

    again = begin(client, key="hai").json()
    assert (again["id"], again["received"]) == (upload, HALF)
    assert send(client, upload, 0, CONTENT[:HALF]).json()["received"] == HALF
    assert send(client, upload, HALF, CONTENT[HALF:]).json()["received"] == len(CONTENT)
    first, second = finish(client, upload), finish(client, upload, "lai")

    assert first.status_code == 201
    assert first.json()["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert second.json()["id"] == first.json()["id"]
    assert StoredFile.objects.count() == 1


def test_an_upload_can_be_given_up():
    client = a_client()
    upload = begin(client).json()["id"]

    dropped = client.delete(f"{DOOR}/{upload}", headers={"Idempotency-Key": "bo"})

    assert dropped.status_code == 204
    assert client.get(f"{DOOR}/{upload}").status_code == 404
