from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.contexts.organisations import adapters, public
from motcua.contexts.organisations.contracts import UnitKind, UnitNotCompetent
from motcua.contexts.organisations.models import PostHolding, Unit
from motcua.contexts.organisations.testing import counted, the_officer
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.testing import reference_loaded
from motcua.kernel.actors import Role

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
COMMUNE_KEYS = [
    "JUSTICE",
    "RESIDENCE_POLICE",
    "CONSTRUCTION",
    "LAND",
    "ECONOMY",
    "WELFARE",
    "EDUCATION",
    "CULTURE",
    "HEALTH",
    "ENVIRONMENT",
    "TRANSPORT",
    "LABOUR",
    "FOOD_SAFETY",
    "INSURANCE",
    "HOME_AFFAIRS",
    "LAND_REGISTRY",
    "TAX",
]


def seed(*options: str) -> str:
    out = StringIO()
    call_command("seed_organisations", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def whole_city() -> None:
    reference_loaded()
    seed("--force")


def test_places_must_be_known_first():
    with pytest.raises(CommandError, match="seed_reference"):
        seed()


def test_founding_twice_changes_nothing_and_keeps_who_holds_a_post_by_now(whole_city: None):
    rows = counted()
    assert "không đổi" in seed()
    holding = PostHolding.objects.get(officer=the_officer("bao").id)
    holding.valid_to = date(2026, 1, 1)
    holding.save()

    seed("--force")

    assert counted() == rows
    holding.refresh_from_db()
    assert holding.valid_to == date(2026, 1, 1)
    assert public.posts_of(the_officer("bao").id, ON) == ()


def test_the_city_has_all_its_units(whole_city: None):
    kinds = Counter(unit.kind for unit in public.all_units(ON))

    assert kinds[UnitKind.COMMUNE_UBND] == kinds[UnitKind.ONE_STOP_COMMUNE] == 168
    assert kinds[UnitKind.ONE_STOP_CITY] == 1 + 2 + 38
    assert sum(kinds.values()) > 350
    assert all(unit.invented for unit in public.all_units(ON) if unit.code[:4] == "H29.")
    roots = set(Unit.objects.filter(parent=None, valid_to=None).values_list("code", flat=True))
    assert roots == {"H29", "G01", "G15", "G17", *(f"H29.99.{n}" for n in (40, 41, 42, 43, 50, 60))}


def test_every_commune_is_served_in_every_field(whole_city: None):
    for commune in reference.communes(ON):
        for key in COMMUNE_KEYS:
            found = public.competent_unit(
                subject="", level="COMMUNE", field=key, ward=commune.code, on=ON
            )
            assert public.holders_of(found.division.id, Role.CASE_OFFICER, ON)
            assert public.holders_of(found.division.id, Role.CONSULTED, ON)
            assert public.unit_for_role(found.authority.id, Role.SIGNER, ON)
            assert public.unit_for_role(found.authority.id, Role.CLERK, ON)


def test_on_the_eve_of_july_2025_the_old_committees_were_competent(whole_city: None):
    eve = date(2025, 6, 30)
    old = reference.communes(eve)
    for commune in old:
        found = public.competent_unit(
            subject="", level="COMMUNE", field="JUSTICE", ward=commune.code, on=eve
        )
        assert found.authority.valid_to == date(2025, 7, 1)
    assert all(
        public.successors_of(public.committee_of(commune.code, eve).id) for commune in old[::40]
    )
    gone = {view.code for view in old} - {view.code for view in reference.communes(ON)}
    with pytest.raises(UnitNotCompetent):
        public.competent_unit(subject="", level="COMMUNE", field="JUSTICE", ward=min(gone), on=ON)


def test_names_are_invented_and_distinct_enough():
    tables = adapters.tables()

    assert len(tables.cast) == 15
    assert len({member.staff_no for member in tables.cast}) == 15
