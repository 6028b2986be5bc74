"""How the page of an open meeting answers: the whole page, or the parts that the script exchanges."""

import uuid
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.queries import people_near
from styrfart.decisions.rules import can_create_action
from styrfart.meetings import facts_live as facts
from styrfart.meetings import queries
from styrfart.meetings.forms.live import (
    DeciderForm,
    MeetingActionForm,
    NoteForm,
    ParkForm,
    PositionForm,
    StateForm,
)
from styrfart.meetings.models import Meeting
from styrfart.meetings.queries.live import LivePage
from styrfart.meetings.views.live_decisions import deciders_of, decision_form
from styrfart.people.request import Request
from styrfart.shared import receipts

WORDS: dict[type[facts.LiveRefused], Any] = {
    facts.MeetingIsNotOpen: _("Mötet pågår inte. Läs sidan igen."),
    facts.MeetingIsNotToday: _("Mötet är inte i dag. Flytta det till i dag om ni vill börja nu."),
    facts.MeetingIsCancelled: _("Mötet är inställt."),
    facts.NoSuchItem: _("Punkten finns inte längre på dagordningen."),
    facts.ItemIsElsewhere: _("Punkten står redan på ett annat mötes dagordning."),
    facts.IsExcluded: _("Den som är jävig deltar inte i punkten."),
    facts.IsNotThere: _("Bara den som är med på mötet kan göra det. Säg först att du är med."),
    facts.NoRoundIsOpen: _("Ingen runda är öppen på punkten."),
    facts.TextIsMissing: _("Skriv något först."),
    facts.DayHasPassed: _("Ange en dag i dag eller senare."),
    facts.EntryIsFixed: _("Ett beslut eller en åtgärd ändras på sin egen sida."),
    facts.ActionIsDone: _("Åtgärden är klar och kan inte tas tillbaka."),
    facts.EntryHasMovedOn: _("Någon har ändrat posten medan du skrev."),
}


def is_live(request: Request) -> bool:
    """Whether the script asks, and wants only what the open page exchanges."""
    return request.headers.get("X-Live") == "1"


def page_of(
    request: Request, meeting: Meeting, *, wanted: int | None = None, **bound: django_forms.Form
) -> HttpResponse:
    """The page; a form in `bound` stands with what was typed and what is wrong (422)."""
    state = StateForm(request.GET)
    page = queries.live_page(request.user, meeting, wanted or state.wanted)
    shown = page.shown.item.pk if page.shown else 0
    # What somebody writes in is left alone, unless it is for another item or has to say what is wrong.
    has_forms = bool(bound) or not is_live(request) or not page.can_write or state.has_forms_of != shown
    context = {
        "page": page,
        "meeting": meeting,
        "team": meeting.team,
        "has_forms": has_forms,
        "has_errors": bool(bound),
        "bound": next(iter(bound.values()), None),
        **(forms_of(request, page, bound) if has_forms else {}),
    }
    if position := _position_form(page, bound):
        context["position_form"] = position
    template = "meetings/live_parts.html" if is_live(request) else "meetings/live.html"
    response = render(request, template, context, status=422 if bound else 200)
    response["Cache-Control"] = "no-store, private"
    return response


def forms_of(request: Request, page: LivePage, bound: dict[str, Any]) -> dict[str, Any]:
    """The boxes to write in, for whoever may put something on record about what is shown."""
    if not page.can_write:
        return {}
    item = page.shown.item.pk if page.shown else None
    known = {"item": item, "key": uuid.uuid4}
    made: dict[str, Any] = {
        "note_form": NoteForm(initial=known, auto_id="anteckning_%s"),
        "park_form": ParkForm(initial=known, auto_id="parkera_%s"),
    }
    if can_create_action(request.user, page.meeting.team):
        people = {row.person_id: row.person for row in page.people} | people_near(page.meeting.team)
        made["action_form"] = MeetingActionForm(initial=known, people=people, auto_id="atgard_%s")
    if "decision_form" not in bound:
        chosen = DeciderForm(request.GET).chosen
        made["decision_form"] = decision_form(request.user, page, chosen=chosen)
    deciders = deciders_of(request.user, page) if page.shown else []
    return {**made, **bound, "deciders": deciders}


def _position_form(page: LivePage, bound: dict[str, Any]) -> django_forms.Form | None:
    shown = page.shown
    if "position_form" in bound:
        return bound["position_form"]  # type: ignore[no-any-return]  # a form is what was bound
    if (
        shown is None
        or shown.is_spoken
        or not shown.round.is_open
        or not page.i_am_there
        or not shown.may_be_read
    ):
        return None
    mine = shown.round.mine
    return PositionForm(
        initial={"stance": mine.stance, "reason": mine.reason} if mine else None, auto_id="runda_%s"
    )


def done(request: Request, meeting: Meeting, *, item: int | None = None) -> HttpResponse:
    """What was sent is on record: the page as it is now."""
    if is_live(request):
        meeting.refresh_from_db(fields=["tick", "state", "current_item", "opened_at", "ended_at"])
        return page_of(request, meeting)
    return redirect(live_address(meeting, item))


def refused(
    request: Request, meeting: Meeting, fact: facts.LiveRefused, *, item: int | None = None
) -> HttpResponse:
    """Say why nothing was done."""
    words = str(WORDS[type(fact)])
    if is_live(request):
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
    receipts.warn(request, words)
    return redirect(live_address(meeting, item))


def live_address(meeting: Meeting, item: int | None = None) -> str:
    """The page; of another item than the group's when one looks at that."""
    here = reverse("meetings:live", args=[meeting.team.slug, meeting.slug])
    return f"{here}?punkt={item}" if item and item != meeting.current_item_id else here
