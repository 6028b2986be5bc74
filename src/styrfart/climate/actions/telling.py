"""Telling everybody who was invited that the report is there: at the same time, one letter each."""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models import Group, Invitation, Release, Round
from styrfart.people.models import Person
from styrfart.shared import mail
from styrfart.shared.jobs import enqueue, job
from styrfart.shared.models import OutgoingMail

IN_A_PART = 300


def tell_released(asked: Round) -> None:
    """Queue the letters about the round's report, in parts; to be called where it is released.

    Of a review only its subject is told: the report is theirs alone.
    """
    if asked.subject is not None:
        _tell_subject(asked, asked.subject)
        return
    ids = list(_by_mail(asked.pk).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), IN_A_PART):
        enqueue(tell_part, asked.pk, ids[first], ids[min(first + IN_A_PART, len(ids)) - 1])


def _tell_subject(asked: Round, subject: Person) -> None:
    mail.send(
        subject,
        subject=_("Rapporten från din 360 är klar"),
        text=_("Läs den när du har en lugn stund, gärna inför ett samtal. Bara du ser den."),
        link=reverse("climate:review", args=[asked.pk]),
        about=asked,
        is_secret=True,
    )


@job(queue="mail")
@transaction.atomic
def tell_part(round_id: int, first: int, last: int) -> None:
    """Write the letters of one part. May run again: who has been told is not told twice."""
    # Under the release's lock: a part that is run by two workers is written by one of them.
    release = (
        Release.objects.select_for_update(of=("self",)).select_related("round").filter(round=round_id).first()
    )
    if release is None:
        return
    some = list(
        _by_mail(round_id)
        .filter(pk__range=(first, last))
        .select_related("person", "group__unit", "group__team")
    )
    about = mail.about_of(release)
    told: set[int | None] = set(
        OutgoingMail.objects.filter(about=about, recipient__in=[each.person_id for each in some]).values_list(
            "recipient_id", flat=True
        )
    )
    for each in some:
        if each.person is not None and each.person_id not in told:
            told.add(each.person_id)
            mail.send(
                each.person,
                subject=_("%(title)s: rapporten är klar"),
                text=_(
                    "Nu kan du läsa vad pulsen säger om %(group)s. Alla som var inbjudna får rapporten "
                    "samtidigt. Ingen kan se vem som svarat vad."
                ),
                link=path_of(each.group),
                context={"title": release.round.title, "group": each.group.name},
                about=release,
            )


def path_of(group: Group) -> str:
    """Where the group's report is."""
    if group.team is not None:
        return reverse("climate:team-report", args=[group.team.slug, group.round_id])
    assert group.unit is not None  # noqa: S101  # a group of a pulse is a unit or a team
    return reverse("climate:report", args=[group.unit.code, group.round_id])


def _by_mail(round_id: int) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        round=round_id, channel=Invitation.Channel.MAIL, person__is_active=True
    ).exclude(person__email=None)
