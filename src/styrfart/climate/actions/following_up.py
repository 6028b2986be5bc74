"""A month after a group chose something to change, all who are in it are asked whether it helped."""

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from styrfart.climate.actions.launching import NobodyIsInvited, launch_round
from styrfart.climate.instruments.values import LANGUAGES
from styrfart.climate.models import Conversation, Round, RoundKind
from styrfart.climate.models.rounds import thresholds
from styrfart.shared import audit
from styrfart.shared.workdays import is_workday, workdays_after

INSTRUMENT = "uppfoljning"
ASKED_AFTER = dt.timedelta(days=30)
# What was chosen longer ago than this when nobody had asked is not asked about: it has been forgotten.
ASKED_WITHIN = dt.timedelta(days=90)
OPEN_FOR, SHOWN_AFTER = 6, 7  # workdays


def ask_all() -> int:
    """Ask every group whose month has passed; how many were asked. On workdays; twice asks once."""
    today = timezone.localdate()
    if not is_workday(today):
        return 0
    waiting = Conversation.objects.filter(
        follow_up=None, chosen_on__lte=today - ASKED_AFTER, chosen_on__gte=today - ASKED_WITHIN
    ).order_by("pk")
    return sum(ask_whether_it_helped(conversation_id=pk) for pk in waiting.values_list("pk", flat=True))


def ask_whether_it_helped(*, conversation_id: int) -> bool:
    """Launch a round of one question to the group; False when it was too small to be told the answer."""
    try:
        with transaction.atomic():
            return _ask(conversation_id)
    except NobodyIsInvited:
        return False


def _ask(conversation_id: int) -> bool:
    found = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("group__unit", "group__team", "group__round", "recorded_by")
        .get(pk=conversation_id)
    )
    group = found.group
    # A question whose answer can never be shown is not put.
    if found.follow_up_id or max(group.invited, group.invited_below) < thresholds()[0]:
        return False
    today = timezone.localdate()
    made = Round.objects.create(
        kind=RoundKind.FOLLOW_UP,
        title=_("Har det hjälpt?"),
        why=_("Efter %(round)s valde vi att ändra en sak. Nu frågar vi om det har hjälpt.")
        % {"round": group.round.title},
        owner=found.recorded_by,
        instruments=[INSTRUMENT],
        languages=list(LANGUAGES),
        opens_on=today,
        closes_on=workdays_after(today, OPEN_FOR),
        report_on=workdays_after(today, SHOWN_AFTER),
        after=group.round,
    )
    if group.unit is not None:
        made.units.set([group.unit])
    if group.team is not None:
        made.teams.set([group.team])
    made = launch_round(round=made, revision=made.revision, actor=None)
    for item in made.form[0]["items"]:
        item["text"] = {language: _asked_in(language, found.change) for language in LANGUAGES}
    made.save(update_fields=["form"])
    found.follow_up = made
    found.save(update_fields=["follow_up"])
    audit.record("climate.ask_whether_it_helped", found, actor=None)
    return True


def _asked_in(language: str, change: str) -> str:
    with translation.override(language):
        return _("Det vi valde att ändra (”%(change)s”) har blivit bättre.") % {"change": change.rstrip(". ")}
