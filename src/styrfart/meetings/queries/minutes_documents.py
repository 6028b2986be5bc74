"""Minutes as documents and files, complete or without what is secret."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import Http404

from styrfart.meetings.documents.shown import Document, shown
from styrfart.meetings.models import Minutes, MinutesState
from styrfart.meetings.queries.minutes import RECORD_TYPE, minutes_for
from styrfart.meetings.queries.minutes_reading import Reading, content_now, grounds_of, reads_everything
from styrfart.people.standing import User
from styrfart.shared.handing_over import retention_words


def sealed_minutes_for(user: User, team: str, day: str, version: int) -> Minutes:
    """Approved minutes, for whoever may read all of them; 403 to those who may read a part."""
    found = minutes_for(user, team, day, version)
    if found.state != MinutesState.APPROVED:
        raise Http404
    if not reads_everything(user, found):
        raise PermissionDenied
    return found


@dataclass(frozen=True)
class AttachedFile:
    """A file that belongs to minutes."""

    name: str
    title: str

    @property
    def file_name(self) -> str:
        """As it is called where it is saved."""
        suffix = self.name.rpartition(".")[2]
        return f"{self.title}.{suffix}" if suffix != self.name else self.title

    def open(self) -> File[bytes]:
        """Its bytes."""
        return default_storage.open(self.name)


def attachment_for(user: User, team: str, day: str, version: int, position: int) -> AttachedFile:
    """A file that the minutes hold to; 404 for one of a part that the reader may not read."""
    minutes = minutes_for(user, team, day, version)
    content = content_now(minutes)
    left_out = Reading(user, minutes.meeting).secrets(minutes, content).left_out
    hidden = {one["item"]["id"] for one in content["sections"] if one["id"] in left_out and one["item"]}
    for one in content["attachments"]:
        is_open = one["position"] == position and one["item"] not in hidden
        if is_open and one["file"] and default_storage.exists(one["file"]):
            return AttachedFile(one["file"], one["title"])
    raise Http404


def document_for(user: User, minutes: Minutes, *, is_complete: bool) -> Document:
    """The document with everything (403 to those who may not read all of it), or without what is secret."""
    if is_complete and not reads_everything(user, minutes):
        raise PermissionDenied
    return document_of(minutes, is_complete=is_complete)


def document_of(minutes: Minutes, *, is_complete: bool) -> Document:
    """The document, complete or without what is secret, whoever asks."""
    content = content_now(minutes)
    grounds = grounds_of(minutes, content)
    return shown(
        content,
        minutes,
        grounds=grounds,
        left_out=frozenset() if is_complete else frozenset(grounds),
        retention=retention_words(RECORD_TYPE)[RECORD_TYPE],
    )
