"""The material of an item: files and where something is kept."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from styrfart.meetings.actions.holding import hold_item
from styrfart.meetings.actions.ticking import tick
from styrfart.meetings.models import AgendaItem, ItemMaterial
from styrfart.people.models import Person
from styrfart.shared import audit


@transaction.atomic
def add_material(
    *, item: AgendaItem, files: Iterable[UploadedFile[bytes]], references: Iterable[str], actor: Person
) -> list[ItemMaterial]:
    """Add documents to the item: each file, and each line that says where something is kept."""
    held, fresh = hold_item(item, actor)
    added = [
        ItemMaterial(item=fresh, title=(file.name or "")[:200], file=file, added_by=actor) for file in files
    ]
    added += [
        ItemMaterial(item=fresh, title=line[:200], reference=line[:300], added_by=actor)
        for line in references
    ]
    for material in added:
        material.save()
    tick(held)
    audit.record("meetings.add_material", fresh, actor=actor, concerns=[actor, fresh.owner_id])
    return added


@transaction.atomic
def remove_material(*, material: ItemMaterial, actor: Person) -> None:
    """Take a document off the item; its file leaves the disk when this is committed."""
    held, fresh = hold_item(material.item, actor)
    delete_files(ItemMaterial.objects.filter(pk=material.pk, item=fresh))
    ItemMaterial.objects.filter(pk=material.pk, item=fresh).delete()
    tick(held)
    audit.record("meetings.remove_material", fresh, actor=actor, concerns=[actor, fresh.owner_id])


def delete_files(materials: Iterable[ItemMaterial]) -> None:
    """The files leave the disk when this is committed, unless the same question elsewhere has them too."""
    for material in materials:
        if not material.file:
            continue
        name, storage = str(material.file.name), material.file.storage
        if not ItemMaterial.objects.filter(file=name).exclude(pk=material.pk).exists():
            transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))  # type: ignore[misc]  # bound now
