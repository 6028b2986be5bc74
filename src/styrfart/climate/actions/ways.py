"""Writing how one works best, choosing who may read it, and taking it down."""

from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction

from styrfart.climate.models import WayOfWorking, WayShown
from styrfart.people.models import Person
from styrfart.shared import audit

WRITTEN = ("best", "feedback", "pressed", "ask_me", "misread")


class WayMoved(Exception):
    """The page was saved in another tab since it was opened."""

    def __init__(self, now: WayOfWorking) -> None:
        super().__init__(now.pk)
        self.now = now


@transaction.atomic
def save_way(
    *,
    revision: int,
    texts: Mapping[str, str],
    team_ids: Collection[int],
    unit_ids: Collection[int],
    actor: Person,
) -> WayOfWorking:
    """Write one's own page, and show it to exactly these teams and units. Raises `WayMoved`.

    `revision`: of what was read, 0 for a page that did not exist.
    """
    way = WayOfWorking.objects.select_for_update(of=("self",)).filter(person=actor).first()
    if way is None:
        way = _begin(actor)
    elif way.revision != revision:
        raise WayMoved(way)
    for name in WRITTEN:
        setattr(way, name, texts[name].strip())
    way.revision += 1
    way.save(update_fields=[*WRITTEN, "revision", "changed_at"])
    way.shown.all().delete()
    WayShown.objects.bulk_create(
        [WayShown(way=way, team_id=pk) for pk in sorted(team_ids)]
        + [WayShown(way=way, unit_id=pk) for pk in sorted(unit_ids)]
    )
    audit.record("climate.change_way", way, actor=actor, concerns=[actor])
    return way


@transaction.atomic
def take_down_way(*, actor: Person) -> None:
    """Show the page to nobody, from now on. What it says is kept for its writer."""
    way = WayOfWorking.objects.select_for_update(of=("self",)).filter(person=actor).first()
    if way is None:
        return
    way.shown.all().delete()
    way.revision += 1
    way.save(update_fields=["revision"])
    audit.record("climate.change_way", way, actor=actor, concerns=[actor])


def _begin(actor: Person) -> WayOfWorking:
    try:
        with transaction.atomic():
            return WayOfWorking.objects.create(person=actor, revision=0)
    except IntegrityError:
        raise WayMoved(WayOfWorking.objects.get(person=actor)) from None
