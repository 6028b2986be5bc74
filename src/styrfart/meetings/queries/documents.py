"""The material of an item as links, its matter's included."""

from dataclasses import dataclass
from typing import Any

from styrfart.matters.models import Material as MatterMaterial
from styrfart.meetings.models import AgendaItem, ItemMaterial
from styrfart.shared.addresses import reverse


@dataclass(frozen=True)
class Document:
    """Material of an item: what it is called, and where it is read."""

    pk: int
    title: str
    path: str = ""  # of a page of ours
    reference: str = ""  # kept somewhere else
    is_own: bool = True  # of the item itself, not of its matter


def documents_of(item: AgendaItem) -> list[Document]:
    """All material of an item, its matter's first; what `items_of` fetched, so no queries."""
    at = [item.meeting.team.slug, item.meeting.slug, item.pk]
    of_matter = item.matter.materials.all() if item.matter else []
    return [
        *(_document(each, at) for each in of_matter),
        *(_document(each, at) for each in item.materials.all()),
    ]


def _document(material: MatterMaterial | ItemMaterial, at: list[Any]) -> Document:
    is_own = isinstance(material, ItemMaterial)
    address = "meetings:download-material" if is_own else "meetings:download-of-matter"
    path = reverse(address, args=[*at, material.pk]) if material.file else ""
    return Document(material.pk, material.title, path, material.reference, is_own)
