from datetime import date
from uuid import uuid4

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.actions.editions import renew_all
from motcua.contexts.organisations.contracts import AgencyKey, Level, UnitNotCompetent
from motcua.contexts.organisations.models import Competence
from motcua.contexts.organisations.queries.competence import competences_of

pytestmark = pytest.mark.usefixtures("city")

ON = date(2026, 3, 2)


def competent(
    key: str, level: str = "COMMUNE", ward: str = "26740", on: date = ON, subject: str = "1.001193"
) -> tuple[str, str]:
    found = public.competent_unit(subject=subject, level=level, field=key, ward=ward, on=on)
    return found.authority.code, found.division.code


@pytest.mark.parametrize(
    ("key", "level", "authority", "division"),
    [
        ("JUSTICE", "COMMUNE", "H29.99.26740", "H29.99.26740.2"),
        ("CONSTRUCTION", "COMMUNE", "H29.99.26740", "H29.99.26740.3"),
        ("WELFARE", "COMMUNE", "H29.99.26740", "H29.99.26740.4"),
        ("EDUCATION", "COMMUNE", "H29.99.26740", "H29.99.26740.4"),
        ("RESIDENCE_POLICE", "COMMUNE", "H29.99.26740.5", "H29.99.26740.5"),
        ("LAND_REGISTRY", "CITY", "H29.99.20.9.760", "H29.99.20.9.760"),
        ("JUSTICE", "CITY", "H29.99.14", "H29.99.14.1"),
        ("INSURANCE", "MINISTRY", "H29.99.40", "H29.99.40.1"),
    ],
)
def test_the_competent_unit(key: str, level: str, authority: str, division: str):
    assert competent(key, level) == (authority, division)


def test_competence_follows_the_place():
    assert competent("JUSTICE", ward="26743") == ("H29.99.26743", "H29.99.26743.2")


def test_nobody_is_competent_where_no_rule_says_so():
    with pytest.raises(UnitNotCompetent) as refusal:
        competent("JUSTICE", ward="99999")

    assert refusal.value.facts["ward"] == "99999"
    with pytest.raises(UnitNotCompetent):
        competent("WELFARE", level="MINISTRY")


def test_before_july_2025_the_old_committee_decides_everything():
    before = date(2025, 6, 30)

    assert competent("JUSTICE", ward="26743", on=before) == ("H29.99.26743",) * 2
    assert public.unit("H29.99.26743", before).valid_to == date(2025, 7, 1)
    with pytest.raises(UnitNotCompetent):
        competent("JUSTICE", ward="26743", level="CITY", on=before)


def test_every_key_has_a_competent_unit():
    for key in AgencyKey:
        found = []
        for level in Level:
            try:
                found.append(competent(key.value, level))
            except UnitNotCompetent:
                continue
        assert found, key


def test_a_ruling_for_one_procedure_goes_before_the_general_one():
    general = Competence.objects.get(agency_key="JUSTICE", ward_code="26740", level="COMMUNE")
    welfare = Competence.objects.get(agency_key="WELFARE", ward_code="26740", level="COMMUNE")
    Competence.objects.create(
        agency_key="JUSTICE",
        level="COMMUNE",
        ward_code="26740",
        procedure_code="2.000635",
        authority_id=general.authority_id,
        division_id=welfare.division_id,
        valid_from=date(2026, 3, 1),
    )
    renew_all()

    assert competent("JUSTICE", subject="2.000635")[1] == "H29.99.26740.4"
    assert competent("JUSTICE", subject="2.000635", on=date(2026, 2, 28))[1] == "H29.99.26740.2"
    assert competent("JUSTICE")[1] == "H29.99.26740.2"


@pytest.mark.parametrize(
    ("authority", "key", "division"),
    [
        ("H29.99.26740", "CONSTRUCTION", "H29.99.26740.3"),
        ("H29.99.26740", "RESIDENCE_POLICE", "H29.99.26740.5"),
        ("H29.99.26740", "LAND_REGISTRY", "H29.99.20.9.760"),
        ("H29.99.10", "TRANSPORT", "H29.99.10.3"),
        ("H29.99.10", "JUSTICE", None),
        ("H29.99.26740", "SCIENCE_FICTION", None),
    ],
)
def test_the_division_of_an_authority_for_a_key(authority: str, key: str, division: str | None):
    found = public.division_for(public.unit(authority).id, key, ON)

    assert (found.code if found else None) == division
    assert public.division_for(uuid4(), key, ON) is None


def test_what_a_unit_is_competent_for_can_be_listed():
    office = public.unit("H29.99.26740.2")

    assert ("JUSTICE", "COMMUNE", "26740", "") in competences_of(office.id, ON)
    assert competences_of(office.id, date(2025, 6, 1)) == ()
