"""Every relation between models points down the house, or at another model of the same floor's room.

A foreign key named by a string is no import, so the import contracts do not see it.
"""

import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[1]


def floors() -> dict[str, int]:
    """Each room and its height above the ground, from the contract that the imports keep to."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["id"] == "rooms"]
    return {
        room.strip(" ()"): len(layers) - depth
        for depth, layer in enumerate(layers)
        for room in layer.split("|")
    }


def room_of(model: type[Model]) -> str:
    """The room that the model lives in, or nothing for a library's."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "styrfart" else ""


def test_relations_point_down() -> None:
    height = floors()
    rising = []
    relations = 0
    for model in apps.get_models(include_auto_created=True):
        here = room_of(model)
        for field in model._meta.get_fields() if here else []:
            target = getattr(field, "remote_field", None) and field.related_model
            if not target or field.auto_created or isinstance(target, str):
                continue
            relations += 1
            there = room_of(target)
            is_person = target._meta.label == settings.AUTH_USER_MODEL and here == "shared"
            if there and here != there and height[there] >= height[here] and not is_person:
                rising.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert rising == []
    assert relations > 20


def test_every_room_with_models_has_a_floor() -> None:
    rooms = {room_of(model) for model in apps.get_models()} - {""}
    assert rooms <= set(floors())
