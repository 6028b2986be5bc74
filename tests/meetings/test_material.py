"""Material of items: who adds, who reads, and that files go only when nobody has them any more."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from styrfart.matters.models import Material, Matter, MatterState
from styrfart.meetings.actions.material import add_material
from styrfart.meetings.actions.postponing import postpone_item
from styrfart.meetings.facts import ItemLeft
from styrfart.meetings.models import AgendaItem, ItemMaterial, ItemState, Meeting, Presence
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item(team: Team, chair: Person, member: Person, secretary: Person, adjunct: Person) -> AgendaItem:
    """The member's item."""
    return make.item(make.meeting(team, leader=chair, secretary=secretary), owner=member)


def at(item: AgendaItem, page: str = "") -> str:
    return f"{item.meeting.get_absolute_url()}punkter/{item.pk}/underlag/{page}"


def file(name: str = "kalkyl.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"tolv kronor")


def status(client: Client, address: str) -> int:
    """What is answered; a file is read to its end, and closed by that."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file's answer
    return answer.status_code


def uploaded(item: AgendaItem, by: Person) -> ItemMaterial:
    return add_material(item=item, files=[file()], references=[], actor=by)[0]


@pytest.mark.parametrize(
    ("who", "adds", "reads"),
    [
        ("member", 302, 200),  # its owner
        ("secretary", 302, 200),
        ("chair", 302, 200),
        ("adjunct", 403, 200),
        ("stranger", 404, 404),
        ("employee", 404, 404),
    ],
)
def test_who_may(request: pytest.FixtureRequest, item: AgendaItem, who: str, adds: int, reads: int) -> None:
    client = signed_in(request.getfixturevalue(who))
    answer = client.post(at(item), {"uploads": [file()], "references": "Diariet 41\nPärmen"})
    assert answer.status_code == adds
    assert item.materials.count() == (3 if adds == 302 else 0)
    material = uploaded(item, item.owner)
    assert status(client, at(item, f"{material.pk}/")) == reads
    assert client.post(at(item, f"{material.pk}/ta-bort/")).status_code == adds


def test_a_file_is_saved_and_never_shown(item: AgendaItem, member: Person) -> None:
    material = uploaded(item, member)
    answer = signed_in(member).get(at(item, f"{material.pk}/"))
    assert b"".join(answer.streaming_content) == b"tolv kronor"  # type: ignore[attr-defined]  # a file's answer
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kalkyl.txt"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_add_nothing(item: AgendaItem, member: Person) -> None:
    answer = signed_in(member).post(at(item), {})
    assert answer.status_code == 422
    assert answer.content.decode().count("Välj en fil eller skriv var underlaget finns") == 2


def test_too_long_a_line_is_kept(item: AgendaItem, member: Person) -> None:
    answer = signed_in(member).post(at(item), {"references": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()


def test_a_guest_reads_what_belongs_to_the_item(item: AgendaItem, employee: Person) -> None:
    """Of the matter too, which they do not see otherwise; but of nothing secret."""
    matter = make.matter(item.meeting.team, state=MatterState.INBOX)
    paper = Material.objects.create(matter=matter, title="Utredning.txt", file=file(), added_by=item.owner)
    AgendaItem.objects.filter(pk=item.pk).update(matter=matter, source="matter")
    make.attendee(item.meeting, employee, presence=Presence.EXPECTED)
    address = f"{item.meeting.get_absolute_url()}punkter/{item.pk}/arendets-underlag/{paper.pk}/"
    client = signed_in(employee)
    assert address in client.get(item.meeting.get_absolute_url()).content.decode()
    assert status(client, address) == 200
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 39 kap.")
    assert address not in client.get(item.meeting.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404
    own = uploaded(item, item.owner)
    assert client.get(at(item, f"{own.pk}/")).status_code == 404


def test_what_belongs_to_another_item_is_not_found(item: AgendaItem, member: Person) -> None:
    other = make.item(item.meeting, "Annat")
    material = uploaded(other, other.owner)
    assert signed_in(member).get(at(item, f"{material.pk}/")).status_code == 404
    assert signed_in(member).post(at(item, f"{material.pk}/ta-bort/")).status_code == 404


def test_a_file_goes_when_nobody_has_it(
    team: Team,
    item: AgendaItem,
    secretary: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    material = uploaded(item, item.owner)
    path = Path(material.file.path)
    later = make.meeting(team, leader=secretary, held_on=item.meeting.held_on + dt.timedelta(days=7))
    again = postpone_item(item=item, revision=1, to=later, actor=secretary)
    assert again is not None
    copy = again.materials.get()
    assert copy.file.name == material.file.name
    AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.COMING)  # as if it stood on both
    client = signed_in(secretary)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(item, f"{material.pk}/ta-bort/"))
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{later.get_absolute_url()}punkter/{again.pk}/ta-bort/", {"revision": 1})
    assert not path.exists()


def test_no_material_to_what_has_been_dealt_with(item: AgendaItem, member: Person) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.DONE)
    with pytest.raises(ItemLeft):
        add_material(item=item, files=[], references=["Diariet 41"], actor=member)
    answer = signed_in(member).post(at(item), {"references": "Diariet 41, beslut om jour"})
    assert answer.status_code == 409
    assert "Diariet 41, beslut om jour" in answer.content.decode()


def test_adding_is_heard_by_open_pages(item: AgendaItem, member: Person) -> None:
    uploaded(item, member)
    assert Meeting.objects.get(pk=item.meeting_id).tick == 1
