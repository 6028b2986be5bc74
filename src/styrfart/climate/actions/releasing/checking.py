"""Auditing a release: it is worked out anew from the stored answers, and compared with what was shown."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from styrfart.climate.models import Answer, Release
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.jobs import enqueue, job


@dataclass(frozen=True)
class Check:
    """What an audit found. `is_untouched`: the rows are those that were shown. `is_same`: the answers give
    the same again; None when they have been disposed of. `smallest`, `tried`: what the attacker reached now.
    """

    is_untouched: bool
    is_same: bool | None
    smallest: int | None
    tried: int

    @property
    def holds(self) -> bool:
        return self.is_untouched and self.is_same is not False


@transaction.atomic
def check_release(*, release: Release, actor: Person) -> Check:
    """Work the release out anew, let the attacker try again, and write in the certificate what came of it."""
    from styrfart.climate.actions.releasing.reckoning import ReleaseIsUnsafe, RowsAreOthers  # noqa: PLC0415  # so too
    from styrfart.climate.actions.releasing.working import stored_digest, work_out_again  # noqa: PLC0415  # numpy, only where it is used

    release = Release.objects.select_for_update(of=("self",)).select_related("round").get(pk=release.pk)
    is_untouched = stored_digest(release) == release.digest
    if Answer.objects.filter(group__round=release.round).exists():
        try:
            again = work_out_again(release)
        except (RowsAreOthers, ReleaseIsUnsafe):
            found = Check(is_untouched, False, None, 0)  # noqa: FBT003  # in the order of its fields
        else:
            is_same = again.digest == release.digest
            found = Check(is_untouched, is_same, again.attack["smallest"], again.attack["tried"])
    elif not release.rows.exists():
        found = Check(is_untouched, True, None, 0)  # noqa: FBT003  # nothing was shown, and nothing is kept
    else:
        found = Check(is_untouched, None, None, 0)
    said = {
        "at": timezone.now().isoformat(),
        "is_untouched": found.is_untouched,
        "is_same": found.is_same,
        "smallest": found.smallest,
        "tried": found.tried,
    }
    release.certificate = release.certificate | {"checked": said}
    release.save(update_fields=["certificate"])
    audit.record("climate.check_release", release.round, actor=actor, detail=said)
    return found


@job(attempts=1)
def check(pk: int, actor_pk: int) -> None:
    """Audit a release."""
    check_release(release=Release.objects.get(pk=pk), actor=Person.objects.get(pk=actor_pk))


@transaction.atomic
def order_check(*, release: Release, actor: Person) -> None:
    """Let a job audit the release: it takes as long as it took to release it."""
    enqueue(check, release.pk, actor.pk)
