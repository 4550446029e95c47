"""The two addresses that a load balancer asks."""

import pytest
from django.test import Client


def test_the_process_answers_without_a_database(client: Client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readiness_names_every_part(client: Client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "queue": "ok", "storage": "ok"}


@pytest.mark.django_db
def test_pages_may_run_nothing_inline(client: Client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
