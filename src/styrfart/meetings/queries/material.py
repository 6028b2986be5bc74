"""Documents of an item, for those who may read it."""

from django.db.models.fields.files import FieldFile
from django.http import Http404

from styrfart.meetings.models import AgendaItem, ItemMaterial
from styrfart.meetings.queries.agenda import item_for
from styrfart.people.standing import User

File = FieldFile


def material_of(item: AgendaItem, pk: int) -> ItemMaterial:
    """A document of the item that has been fetched for somebody who may change it."""
    for material in item.materials.all():
        if material.pk == pk:
            material.item = item
            return material
    raise Http404


def file_for(user: User, team: str, day: str, item: int, pk: int) -> tuple[File, str]:
    """An uploaded file of an item that `user` may read, and its title."""
    _meeting, line = item_for(user, team, day, item)
    material = material_of(line.item, pk)
    return _there(material.file), material.title


def matters_file_for(user: User, team: str, day: str, item: int, pk: int) -> tuple[File, str]:
    """An uploaded file of the matter that such an item takes up, and its title.

    Whoever reads the item reads what belongs to it, a guest too: what is secret is not shown to them.
    """
    _meeting, line = item_for(user, team, day, item)
    for material in line.item.matter.materials.all() if line.item.matter else []:
        if material.pk == pk:
            return _there(material.file), material.title
    raise Http404


def _there(file: FieldFile) -> File:
    if not file or not file.storage.exists(file.name or ""):
        raise Http404
    return file
