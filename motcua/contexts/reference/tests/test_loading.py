from io import StringIO

import pytest
from django.core.management import call_command

from motcua.contexts.reference.models import AdminUnit, Day, Succession

pytestmark = pytest.mark.django_db


def seed(*options: str) -> str:
    out = StringIO()
    call_command("seed_reference", *options, stdout=out)
    return out.getvalue()


def test_loading_twice_changes_nothing():
    first = seed("--force")
    ids = set(AdminUnit.objects.values_list("id", flat=True))

    assert "nguồn không đổi" in seed()
    assert seed("--force") == first
    assert set(AdminUnit.objects.values_list("id", flat=True)) == ids
    assert Succession.objects.count() == 495


def test_loading_again_mends_what_was_altered():
    seed("--force")
    AdminUnit.objects.filter(code="26740", valid_to=None).update(name="Sai")
    Day.objects.create(on="2026-03-03", kind="HOLIDAY", name="x", confirmed=True, source="x")

    seed("--force")

    assert AdminUnit.objects.get(code="26740", valid_to=None).name == "Sài Gòn"
    assert not Day.objects.filter(on="2026-03-03").exists()
