"""Approved minutes for the e-archive: every version, with its attachments and its sealed content."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.meetings import rules
from styrfart.meetings.documents.content import Content, canonical
from styrfart.meetings.documents.shown import Document, Part, shown
from styrfart.meetings.models import Minutes, MinutesState
from styrfart.meetings.queries.access import team_for
from styrfart.meetings.queries.minutes import RECORD_TYPE
from styrfart.meetings.queries.minutes_reading import grounds_of
from styrfart.people.models import Team
from styrfart.people.standing import User
from styrfart.shared.archive import ArchiveRecord, Attachment
from styrfart.shared.handing_over import retention_words


def team_to_archive_minutes(user: User, slug: str) -> Team:
    """The team, for its secretary; 403 to others who see its meetings."""
    team = team_for(user, slug)
    if not rules.can_archive_minutes(user, team):
        raise PermissionDenied
    return team


def archive_minutes(team: Team) -> Iterable[ArchiveRecord]:
    """The team's approved minutes, oldest first, in Swedish."""
    with translation.override("sv"):
        retention = retention_words(RECORD_TYPE)[RECORD_TYPE]
        found = Minutes.objects.filter(meeting__team=team, state=MinutesState.APPROVED).select_related(
            "meeting"
        )
        for minutes in found.order_by("meeting__held_on", "meeting", "version").iterator():
            yield _record(minutes, retention)


def _record(minutes: Minutes, retention: str) -> ArchiveRecord:
    content: Content = minutes.content
    grounds = grounds_of(minutes, content)
    document = shown(content, minutes, grounds=grounds, left_out=frozenset(), retention=retention)
    fields = [
        ("version", _("Version"), str(minutes.version)),
        *((f"fact{nr}", term, value) for nr, (term, value) in enumerate(document.facts, start=1)),
        ("correction", _("Rättelse"), document.correction),
        ("attendance", _("Närvaro"), "\n".join(_who(document))),
        *((f"item{nr}", part.heading, _text(part)) for nr, part in enumerate(document.parts, start=1)),
        ("approved", _("Godkännande"), "\n".join(document.signatures)),
        ("digest", _("Kontrollsumma (SHA-256)"), minutes.digest),
    ]
    return ArchiveRecord(
        type=RECORD_TYPE,
        id=str(minutes.pk),
        title=f"{document.title}, {document.team}",
        created=timezone.localdate(minutes.approved_at),
        state=document.state,
        retention=retention,
        fields=[field for field in fields if field[2]],
        secrecy_ground=minutes.secrecy_ground or "; ".join(dict.fromkeys(grounds.values())),
        registry_number=minutes.registry_number,
        attachments=[
            # What the digest is reckoned over, so that the archive can reckon it too.
            Attachment("innehall.json", _("Innehållet som kontrollsumman gäller"), canonical(content)),
            *_files(content),
        ],
    )


def _files(content: Content) -> Iterator[Attachment]:
    for one in content["attachments"]:
        if one["file"] and default_storage.exists(one["file"]):
            with default_storage.open(one["file"]) as file:
                yield Attachment(one["file"], one["title"], file.read())


def _who(document: Document) -> Iterator[str]:
    for who in document.people:
        yield ", ".join(filter(None, [who.name, who.role, who.how, who.note]))


def _text(part: Part) -> str:
    """All that stands under an item, in the order of the page."""
    lines = [_("Sekretess, %(ground)s") % {"ground": part.secrecy}] if part.secrecy else []
    lines += [part.meta, part.outcome, *part.paragraphs, *part.excluded]
    for decision in part.decisions:
        lines += [
            f"{decision.number}: {decision.text}",
            *(f"{term}: {value}" for term, value in decision.facts),
        ]
    lines += [f"{_('Åtgärd')}: {one.text} {one.owner}, {one.due}" for one in part.actions]
    lines += [f"{_('Parkerat')}: {text}" for text in part.parked]
    return "\n".join(line for line in lines if line)
