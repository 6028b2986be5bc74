"""Addresses are Django's own, and worked out once."""

import pytest
from django import urls

from styrfart.shared import addresses


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("overview:home", []),
        ("matters:show", ["uk", 1204]),
        ("people:unit", ["a b–å"]),
        ("matters:find", (7,)),
    ],
)
def test_an_address_is_djangos(name: str, args: list[object]) -> None:
    for _once_more in range(2):
        assert addresses.reverse(name, args=args) == urls.reverse(name, args=args)


def test_an_address_follows_where_the_installation_lies() -> None:
    at_the_root = addresses.reverse("matters:find", args=[7])
    urls.set_script_prefix("/styrning/")
    try:
        assert addresses.reverse("matters:find", args=[7]) == f"/styrning{at_the_root}"
    finally:
        urls.clear_script_prefix()
    assert addresses.reverse("matters:find", args=[7]) == at_the_root


def test_what_has_no_address_is_a_mistake_each_time() -> None:
    for _once_more in range(2):
        with pytest.raises(urls.NoReverseMatch):
            addresses.reverse("matters:show", args=["uk"])
