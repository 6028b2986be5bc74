"""Whether approved minutes are still what was approved."""

from dataclasses import dataclass

from django.http import Http404

from styrfart.meetings.documents.content import digest_of, digest_of_file
from styrfart.meetings.models import Minutes, MinutesState
from styrfart.meetings.queries.minutes_reading import reads_everything
from styrfart.people.standing import User


@dataclass(frozen=True)
class CheckedFile:
    """An attachment, and whether its bytes are those that were approved."""

    position: int
    title: str
    sha256: str
    now: str

    @property
    def is_same(self) -> bool:
        return self.now == self.sha256 != ""


@dataclass(frozen=True)
class Verified:
    """The digest as it was sealed and as it is reckoned now."""

    minutes: Minutes
    digest_now: str
    files: list[CheckedFile]
    reads_everything: bool

    @property
    def is_content_same(self) -> bool:
        return self.digest_now == self.minutes.digest

    @property
    def is_same(self) -> bool:
        """Content and every attachment are what was approved."""
        return self.is_content_same and all(one.is_same for one in self.files)


def verified(user: User, minutes: Minutes) -> Verified:
    """The seal, reckoned again from what is kept now; 404 before anything is sealed."""
    if minutes.state != MinutesState.APPROVED:
        raise Http404
    reads = reads_everything(user, minutes)
    files = [
        # A title may tell what is secret; whoever reads only a part sees the number alone.
        CheckedFile(
            one["position"], one["title"] if reads else "", one["sha256"], digest_of_file(one["file"])
        )
        for one in minutes.content["attachments"]
        if one["file"]
    ]
    return Verified(minutes, digest_of(minutes.content), files, reads)
