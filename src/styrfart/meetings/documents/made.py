"""PDFs that a job has made, kept in the store under what they were made of."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from styrfart.meetings.documents.pdf import pdf_of

FOLDER = "anteckningar"


def place_of(minutes: int, html: str) -> str:
    """Where the PDF of exactly this page is kept: other words, another place."""
    return f"{FOLDER}/{minutes}/{hashlib.sha256(html.encode()).hexdigest()[:40]}.pdf"


def kept(minutes: int, html: str) -> bytes | None:
    """The PDF, if it has been made."""
    place = place_of(minutes, html)
    if not default_storage.exists(place):
        return None
    with default_storage.open(place) as file:
        found: bytes = file.read()
    return found


def make(minutes: int, html: str) -> None:
    """Make the PDF and keep it; what is there is kept."""
    place = place_of(minutes, html)
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(pdf_of(html)))


def throw_away(minutes: int) -> None:
    """Take what was made of these minutes from the store."""
    folder = f"{FOLDER}/{minutes}"
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
