"""What is put on record from the page of an open meeting."""

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.decisions.actions import DecisionRefused, NotDelegable
from styrfart.decisions.forms import RevisionForm
from styrfart.decisions.queries import people_near
from styrfart.matters.facts import OnlyCommitteeDecides
from styrfart.meetings import actions, queries, rules
from styrfart.meetings import facts_live as facts
from styrfart.meetings.forms.live import (
    DeciderForm,
    EntryForm,
    ItemForm,
    MeetingActionForm,
    NoteForm,
    ParkForm,
)
from styrfart.meetings.models import EntryKind, Meeting
from styrfart.meetings.views.live_answers import done, live_address, page_of, refused
from styrfart.meetings.views.live_decisions import decision_form
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_POST
@follows_the_meeting
def record_note(request: Request, team: str, day: str) -> HttpResponse:
    """A note on the item."""
    meeting, item = _meeting_and_item(request, team, day)
    form = NoteForm(request.POST, auto_id="anteckning_%s")
    if not form.is_valid():
        return page_of(request, meeting, wanted=item, note_form=form)
    try:
        actions.record_note(meeting=meeting, actor=request.user, **form.cleaned_data)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact, item=item)
    return done(request, meeting, item=item)


@require_POST
@follows_the_meeting
def park_question(request: Request, team: str, day: str) -> HttpResponse:
    """A question for another time."""
    meeting, item = _meeting_and_item(request, team, day)
    form = ParkForm(request.POST, auto_id="parkera_%s")
    if not form.is_valid():
        return page_of(request, meeting, wanted=item, park_form=form)
    try:
        actions.record_note(meeting=meeting, kind=EntryKind.PARKED, actor=request.user, **form.cleaned_data)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact, item=item)
    return done(request, meeting, item=item)


@require_POST
@follows_the_meeting
def record_action(request: Request, team: str, day: str) -> HttpResponse:
    """Who does what by when."""
    meeting, item = _meeting_and_item(request, team, day)
    people = {row.person_id: row.person for row in meeting.attendees.select_related("person")}
    people |= people_near(meeting.team)
    form = MeetingActionForm(request.POST, people=people, auto_id="atgard_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.record_action(
                meeting=meeting, actor=request.user, **{**given, "owner": people[given["owner"]]}
            )
        except facts.LiveRefused as fact:
            return refused(request, meeting, fact, item=item)
        except DecisionRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, meeting, item=item)
    return page_of(request, meeting, wanted=item, action_form=form)


@require_POST
@follows_the_meeting
def record_decision(request: Request, team: str, day: str) -> HttpResponse:
    """What one authorised person decided."""
    meeting, item = _meeting_and_item(request, team, day)
    page = queries.live_page(request.user, meeting, item)
    chosen = DeciderForm(request.POST).chosen
    form = decision_form(request.user, page, chosen=chosen, data=request.POST)
    if form is None or form.decider.pk != chosen:
        return refused(request, meeting, facts.IsNotThere(), item=item)
    if form.is_valid():
        try:
            actions.record_decision(meeting=meeting, actor=request.user, **form.arguments())
        except facts.LiveRefused as fact:
            return refused(request, meeting, fact, item=item)
        except OnlyCommitteeDecides:
            form.refuse(NotDelegable())
        except DecisionRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, meeting, item=item)
    return page_of(request, meeting, wanted=item, decision_form=form)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def change_entry(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Write an entry anew; when somebody else has done so meanwhile, both texts are shown."""
    meeting, entry = queries.entry_to_change(request.user, team, day, pk)
    known = {"text": entry.text, "take_up_on": entry.take_up_on, "revision": entry.revision}
    form = EntryForm(request.POST or None, entry=entry, initial=known)
    theirs = ""
    if request.method == "POST" and form.is_valid():
        given = {"take_up_on": None, **form.cleaned_data}
        try:
            actions.change_entry(meeting=meeting, entry=pk, actor=request.user, **given)
        except facts.EntryHasMovedOn as fact:
            theirs = fact.entry.text
            form.renew(fact.entry.revision)
        except facts.LiveRefused as fact:
            return refused(request, meeting, fact)
        else:
            return redirect(live_address(meeting))
    context = {"form": form, "entry": entry, "meeting": meeting, "team": meeting.team, "theirs": theirs}
    context["has_errors"] = form.is_bound
    return render(request, "meetings/live_entry.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def withdraw_action(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Take back an action that was entered by mistake, once more asked for: it cannot be put back."""
    meeting, action = queries.action_to_withdraw(request.user, team, day, pk)
    if request.method == "POST":
        known = RevisionForm(request.POST).known
        try:
            actions.withdraw_action(meeting=meeting, entry=pk, revision=known, actor=request.user)
        except facts.EntryHasMovedOn:
            warn(request, _("Någon har ändrat åtgärden. Läs den igen innan du tar tillbaka den."))
            return redirect("meetings:withdraw-action", team=team, day=day, pk=pk)
        except facts.LiveRefused as fact:
            return refused(request, meeting, fact)
        tell(request, _("Åtgärden är tillbakatagen."))
    if request.method == "POST" or action.withdrawn_at or not rules.is_open(meeting):
        return redirect(live_address(meeting))
    context = {"action": action, "meeting": meeting, "team": meeting.team}
    return render(request, "meetings/live_action.html", context)


@require_POST
@follows_the_meeting
def remove_entry(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Take an entry off the record; who keeps it still sees it."""
    return _remove(request, team, day, pk, is_removed=True)


@require_POST
@follows_the_meeting
def restore_entry(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Put an entry back on record."""
    return _remove(request, team, day, pk, is_removed=False)


def _remove(request: Request, team: str, day: str, pk: int, *, is_removed: bool) -> HttpResponse:
    meeting, _entry = queries.entry_to_change(request.user, team, day, pk)
    try:
        actions.remove_entry(meeting=meeting, entry=pk, actor=request.user, is_removed=is_removed)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting)


def _meeting_and_item(request: Request, team: str, day: str) -> tuple[Meeting, int | None]:
    """The meeting and the item written on, both for somebody who takes part."""
    form: django_forms.Form = ItemForm(request.POST)
    if form.is_valid():
        meeting, item = queries.item_to_take_part(request.user, team, day, form.cleaned_data["item"])
        return meeting, item.pk
    return queries.meeting_to_take_part(request.user, team, day), None
