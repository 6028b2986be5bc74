"""Rounds, groups, invitations and counted answers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from styrfart.climate import keys
from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import Answer, Group, Invitation, Round, RoundState
from styrfart.people.models import Person, Unit
from tests.make.people import person, unit


def climate_round(
    title: str = "Puls i november",
    *,
    state: RoundState = RoundState.OPEN,
    owner: Person | None = None,
    opens_on: dt.date | None = None,
    instruments: Sequence[str] = ("hme",),
    **fields: Any,
) -> Round:
    """An open round of the nine HME questions, with its key in place, that closes in a week."""
    opens = opens_on or timezone.localdate()
    made = Round.objects.create(
        title=title,
        state=state,
        owner=owner or person(),
        instruments=list(instruments),
        form=[] if state == RoundState.DRAFT else [plain(shipped()[each]) for each in instruments],
        languages=["sv", "en"],
        opens_on=opens,
        closes_on=fields.pop("closes_on", opens + dt.timedelta(days=7)),
        report_on=fields.pop("report_on", opens + dt.timedelta(days=14)),
        launched_at=None if state == RoundState.DRAFT else timezone.now(),
        **fields,
    )
    if state == RoundState.OPEN:
        made.public_key = keys.make(made.pk).public
        made.save(update_fields=["public_key"])
    return made


def climate_group(of: Round, at: Unit | None = None, *, parent: Group | None = None, **fields: Any) -> Group:
    """A unit as it was at launch; the next place in the order."""
    at = at or unit()
    place = of.groups.count()
    return Group.objects.create(
        round=of, unit=at, parent=parent, name=at.name, position=place, **({"invited": 0} | fields)
    )


def invitation(to: Group, who: Person | None = None) -> tuple[Invitation, str]:
    """An invitation by mail and its link."""
    made = Invitation.objects.create(
        round=to.round, group=to, channel=Invitation.Channel.MAIL, person=who or person()
    )
    link = keys.read(to.round_id).link(made.pk)
    made.digest = keys.digest_of(link)
    made.save(update_fields=["digest"])
    return made, link


def counted(at: Group, answers: Mapping[str, int]) -> None:
    """Answers as they are kept after the count: signs and how many gave them."""
    Answer.objects.bulk_create(
        [Answer(group=at, values=values, number=number) for values, number in sorted(answers.items())]
    )
