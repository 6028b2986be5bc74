"""From draft to adopted: the chair proposes, the members confirm, the version before is superseded."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.actions.drafting import lock_draft
from styrfart.mandates.facts import (
    MandateChanged,
    MandateIncomplete,
    MandateNotAdopted,
    MandateNotProposed,
    NotAllConfirmed,
)
from styrfart.mandates.models import Confirmation, Mandate, MandateState, Question, Remark
from styrfart.mandates.queries.confirming import adopting_members, confirming
from styrfart.people.models import Person, Team, TeamMember, TeamRole
from styrfart.shared import audit, mail
from styrfart.shared.models import RecordState


def one_year_from(day: dt.date) -> dt.date:
    """The same day next year; 28 February for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def unanswered(mandate: Mandate) -> list[Question]:
    """The questions that a proposal must have answered and this draft has not."""
    answers = {
        Question.PURPOSE: mandate.purpose,
        Question.ONLY_WE: mandate.only_we,
        Question.TEAM_TYPE: mandate.team_type,
        Question.RESULTS: mandate.results.all(),
        Question.NORMS: mandate.norms,
        Question.TARGET_MIX: mandate.target_mix,
        Question.RULES: mandate.rules.all(),
    }
    return [question for question, answer in answers.items() if not answer]


@transaction.atomic
def propose_mandate(
    *, mandate: Mandate, revision: int, actor: Person, review_on: dt.date | None = None
) -> Mandate:
    """Put a draft, as the chair read it in `revision`, to the members; they are told after commit.

    The chair's proposal is the chair's confirmation. Without other members the mandate is adopted at once.
    MandateChanged when anything in it has changed since, MandateIncomplete when questions are unanswered.
    """
    draft = lock_draft(mandate)
    if draft.revision != revision:
        raise MandateChanged
    if missing := unanswered(draft):
        raise MandateIncomplete(missing)
    draft.state, draft.proposed_by, draft.proposed_at = MandateState.PROPOSED, actor, timezone.now()
    draft.review_on = review_on
    draft.save(update_fields=["state", "proposed_by", "proposed_at", "review_on"])
    draft.confirmations.all().delete()
    Confirmation.objects.create(mandate=draft, person=actor)
    others = [person for person in adopting_members(draft.team, timezone.localdate()) if person != actor]
    audit.record("mandates.propose_mandate", draft, actor=actor, concerns=others)
    for person in others:
        _tell(
            person,
            draft,
            _("Bekräfta mandatet för %(team)s"),
            _(
                "%(actor)s har föreslagit ett nytt mandat för %(team)s. Läs det och bekräfta, "
                "eller skriv vad du vill ändra."
            ),
            actor,
        )
    return _adopt_if_confirmed(draft, actor=actor)


@transaction.atomic
def withdraw_proposal(*, mandate: Mandate, actor: Person) -> Mandate:
    """Make a proposal a draft again; confirmations given do not hold for what it becomes."""
    proposal = _lock_proposal(mandate)
    _back_to_draft(proposal)
    audit.record("mandates.withdraw_proposal", proposal, actor=actor)
    return proposal


@transaction.atomic
def confirm_mandate(*, mandate: Mandate, revision: int, actor: Person) -> Mandate:
    """Confirm a proposal as read in `revision`; the last confirmation adopts it."""
    proposal = _lock_proposal(mandate)
    if proposal.revision != revision:
        raise MandateChanged
    Confirmation.objects.get_or_create(mandate=proposal, person=actor)
    audit.record("mandates.confirm_mandate", proposal, actor=actor, concerns=[actor, proposal.proposed_by])
    return _adopt_if_confirmed(proposal, actor=actor)


@transaction.atomic
def ask_for_change(*, mandate: Mandate, text: str, actor: Person) -> Remark:
    """Say what should be changed before confirming; the proposal is a draft again and the chair is told.

    The chair of today: whoever proposed it may have left the team.
    """
    proposal = _lock_proposal(mandate)
    proposed_by = proposal.proposed_by
    remark = Remark.objects.create(mandate=proposal, person=actor, text=text)
    _back_to_draft(proposal)
    audit.record("mandates.ask_for_change", proposal, actor=actor, concerns=[actor, proposed_by])
    for chair in _chairs(proposal.team):
        if chair != actor:
            _tell(
                chair,
                proposal,
                _("%(actor)s vill ändra mandatet för %(team)s"),
                _(
                    "%(actor)s vill ändra något innan mandatet för %(team)s antas. "
                    "Förslaget är ett utkast igen."
                ),
                actor,
            )
    return remark


@transaction.atomic
def adopt_mandate(*, mandate: Mandate, actor: Person | None) -> Mandate:
    """Adopt a proposal that everybody in the team of today has confirmed; NotAllConfirmed otherwise.

    Needed when the last one missing has left the team: then no confirmation comes that would adopt it.
    """
    proposal = _adopt_if_confirmed(_lock_proposal(mandate), actor=actor)
    if proposal.state != MandateState.ADOPTED:
        raise NotAllConfirmed
    return proposal


@transaction.atomic
def keep_mandate(*, mandate: Mandate, actor: Person) -> Mandate:
    """Note that the mandate in force has been looked through and still holds; next review in a year."""
    fresh = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    if fresh.state != MandateState.ADOPTED:
        raise MandateNotAdopted
    today = timezone.localdate()
    before = fresh.review_on
    fresh.reviewed_on, fresh.review_on, fresh.review_called_at = today, one_year_from(today), None
    fresh.save(update_fields=["reviewed_on", "review_on", "review_called_at"])
    audit.record(
        "mandates.keep_mandate",
        fresh,
        actor=actor,
        detail={"review_on": [before and before.isoformat(), fresh.review_on.isoformat()]},
    )
    return fresh


def note_archived(*, team: Team, count: int, actor: Person) -> None:
    """Somebody fetched the team's adopted mandates for the e-archive; the log remembers how many."""
    audit.record(
        "mandates.archive", team, actor=actor, concerns=[actor], detail={"records": ["", str(count)]}
    )


@transaction.atomic
def call_for_review(*, mandate: Mandate, text: str | Promise) -> None:
    """Tell the chair, once, that the mandate should be looked through."""
    fresh = Mandate.objects.select_for_update(of=("self",)).select_related("team").get(pk=mandate.pk)
    if fresh.state != MandateState.ADOPTED or fresh.review_called_at:
        return
    fresh.review_called_at = timezone.now()
    fresh.save(update_fields=["review_called_at"])
    for chair in _chairs(fresh.team):
        _tell(chair, fresh, _("Se över mandatet för %(team)s"), text, None)
    audit.record("mandates.call_for_review", fresh, actor=None)


def _chairs(team: Team) -> list[Person]:
    """Who chairs the team today."""
    seats = TeamMember.objects.on(timezone.localdate()).filter(team=team, role=TeamRole.CHAIR)
    return [seat.person for seat in seats.select_related("person").order_by("pk")]


def _adopt_if_confirmed(proposal: Mandate, *, actor: Person | None) -> Mandate:
    """Adopt when nobody of today's team is missing; the version before is superseded in the same breath."""
    today = timezone.localdate()
    so_far = confirming(proposal, today)
    if so_far.missing or not so_far.confirmed:
        return proposal
    Mandate.objects.filter(team=proposal.team, state=MandateState.ADOPTED).update(
        state=MandateState.SUPERSEDED, superseded_on=today
    )
    proposal.state, proposal.adopted_on = MandateState.ADOPTED, today
    proposal.review_on = proposal.review_on or one_year_from(today)
    proposal.record_state = RecordState.COMPLETED
    proposal.save(update_fields=["state", "adopted_on", "review_on", "record_state"])
    of_team = [given.person for given in so_far.confirmed]
    audit.record("mandates.adopt_mandate", proposal, actor=actor, concerns=of_team)
    for person in of_team:
        if person != actor:
            _tell(
                person,
                proposal,
                _("Mandatet för %(team)s är antaget"),
                _("Alla har bekräftat. Mandatet för %(team)s gäller från och med i dag."),
                actor,
            )
    return proposal


def _lock_proposal(mandate: Mandate) -> Mandate:
    fresh = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("team", "proposed_by")
        .filter(pk=mandate.pk)
        .first()
    )
    if fresh is None or fresh.state != MandateState.PROPOSED:
        raise MandateNotProposed
    return fresh


def _back_to_draft(proposal: Mandate) -> None:
    proposal.state, proposal.proposed_by, proposal.proposed_at = MandateState.DRAFT, None, None
    proposal.save(update_fields=["state", "proposed_by", "proposed_at"])
    proposal.confirmations.all().delete()


def _tell(
    person: Person, mandate: Mandate, subject: Promise, text: str | Promise, actor: Person | None
) -> None:
    mail.send(
        person,
        subject=subject,
        text=text,
        link=reverse("mandates:show", args=[mandate.team.slug]),
        context={"team": mandate.team.name, "actor": actor.full_name if actor else ""},
        about=mandate,
    )
