"""The description of the API tells shapes by their names: two of one name would be one."""

from collections import Counter
from collections.abc import Iterator

from django.urls import resolve
from ninja import Schema


def shapes(kind: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for below in kind.__subclasses__():
        yield below
        yield from shapes(below)


def test_every_shape_of_the_api_has_a_name_of_its_own():
    resolve("/healthz")  # the routers join the API with the addresses of the city
    ours = {one for one in shapes() if one.__module__.startswith("motcua.")}

    names = Counter(one.__name__ for one in ours)

    assert len(ours) > 50
    assert sorted(name for name, times in names.items() if times > 1) == []
