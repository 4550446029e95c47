"""A wrong variable is refused at once, in one sentence that names it."""

from base64 import b64encode
from string import ascii_letters

import pytest

from motcua.config.env import BadEnvironment, read


def test_nothing_set_means_a_city_on_this_machine():
    environment = read({})

    assert environment.port == 8000
    assert environment.database_url == ""
    assert environment.origin == "http://127.0.0.1:8000"
    assert environment.simulators_origin == "http://127.0.0.1:8001"


def test_variables_of_others_are_left_alone():
    assert read({"HOME": "/somewhere", "LANG": "vi_VN.UTF-8"}).port == 8000


def test_a_misspelt_variable_is_refused():
    with pytest.raises(BadEnvironment, match="MOTCUA_PROT"):
        read({"MOTCUA_PROT": "8000"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65535"),  # its neighbour is the simulators' port
        ("MOTCUA_PRODUCTION", "yes"),
        ("MOTCUA_LOG_LEVEL", "LOUD"),
        ("MOTCUA_WEB_WORKERS", "-1"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "postgresql://host:port/name"),
        ("STORAGE_URL", "ftp://host"),
        ("MOTCUA_ORIGIN", "motcua.example.vn"),
    ],
)
def test_a_malformed_value_is_refused_by_name(name: str, value: str):
    with pytest.raises(BadEnvironment, match=name):
        read({name: value})


def test_a_refusal_does_not_repeat_a_password():
    with pytest.raises(BadEnvironment) as refusal:
        read({"DATABASE_URL": "postgres+psycopg://city:hunter2@host/name"})

    assert "hunter2" not in str(refusal.value)


def test_production_brings_its_own_secrets():
    with pytest.raises(BadEnvironment, match="MOTCUA_ORIGIN"):
        read({"MOTCUA_PRODUCTION": "1"})
    with pytest.raises(BadEnvironment, match="MOTCUA_SECRET_KEY"):
        read(
            {
                "MOTCUA_PRODUCTION": "1",
                "MOTCUA_ORIGIN": "https://motcua.example.vn",
                "MOTCUA_HOSTS": "motcua.example.vn",
            }
        )


IN_PRODUCTION = {
    "MOTCUA_PRODUCTION": "1",
    "MOTCUA_ORIGIN": "https://motcua.example.vn",
    "MOTCUA_HOSTS": "motcua.example.vn",
    "MOTCUA_SECRET_KEY": ascii_letters,
    "MOTCUA_SEALING_KEY": b64encode(bytes(range(32))).decode(),
    "MOTCUA_VNEID_ISSUER": "https://vneid.example.vn",
    "MOTCUA_CLAMD": "tcp://127.0.0.1:3310",
}


def test_production_has_no_stand_ins():
    assert read({}).motcua_simulators
    assert not read(IN_PRODUCTION).motcua_simulators
    with pytest.raises(BadEnvironment, match="MOTCUA_SIMULATORS"):
        read(IN_PRODUCTION | {"MOTCUA_SIMULATORS": "1"})


def test_an_empty_value_is_an_absent_one():
    assert read({"PORT": "", "DATABASE_URL": "  "}).port == 8000
