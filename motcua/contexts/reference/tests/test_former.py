"""A person knows the ward by the name it had; the new one is found."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.reference import public
from motcua.contexts.reference.testing import reference_loaded

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists() -> None:
    reference_loaded()


@pytest.mark.parametrize(
    "said",
    [
        "Phường Bến Nghé, Quận 1", "phường bến nghé quận 1", "Bến Nghé", "ben nghe, q1",
        "P. Bến Nghé, Q.1", "P.Bến Nghé, Q. 01, TP. Hồ Chí Minh", "bến nghé, quận 1, tp.hcm",
    ],
)  # fmt: skip
def test_one_ward_is_found_however_it_is_spelt(said):
    for form in ("NFC", "NFD"):
        found = public.formerly(unicodedata.normalize(form, said))

        assert {(one.old_name, one.old_district) for one in found} == {
            ("Phường Bến Nghé", "Quận 1")
        }


def test_a_name_of_many_districts_is_narrowed_by_the_district():
    everywhere = public.formerly("phường 1")
    in_one = public.formerly("phường 1, quận Gò Vấp")

    assert len({one.old_district for one in everywhere}) > 1
    assert {(one.old_name, one.old_district) for one in in_one} == {("Phường 1", "Quận Gò Vấp")}


def test_a_beginning_is_enough_and_nonsense_finds_nothing():
    assert any(one.old_name == "Phường Đa Kao" for one in public.formerly("đa k"))
    assert public.formerly("phường Không Có Thật") == ()
    assert public.formerly("🏠") == public.formerly("") == public.formerly(" , ") == ()


@given(st.text(max_size=200))
def test_whatever_is_typed_never_breaks(text):
    assert len(public.formerly(text)) <= 12


def test_every_commune_of_today_has_a_middle_inside_the_city():
    middles = public.centres()

    assert {one.code for one in middles} <= {one.code for one in public.communes(TODAY)}
    assert len(middles) > 160
    assert all(8 < one.lat < 12 and 105 < one.lng < 108 for one in middles)
