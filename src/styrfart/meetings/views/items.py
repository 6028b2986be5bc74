"""One item of an agenda: added, read, changed, ready, removed."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.meetings import rules
from styrfart.meetings.actions import agenda as actions
from styrfart.meetings.actions.agenda import Origin
from styrfart.meetings.facts import AlreadyOnAgenda, ItemChanged, ItemIsUsed
from styrfart.meetings.forms.agenda import ItemForm, WordsForm, from_decision, from_item, from_matter
from styrfart.meetings.forms.moving import FromForm, MaterialForm, ReadyForm
from styrfart.meetings.models import AgendaItem, Attendee, Meeting
from styrfart.meetings.queries.advice import advice_on
from styrfart.meetings.queries.agenda import (
    Line,
    agenda_to_change,
    item_for,
    item_to_change,
    item_to_prepare,
)
from styrfart.meetings.queries.attending import people_at
from styrfart.meetings.queries.queue import decision_to_take_up, matter_to_take_up
from styrfart.meetings.views.closed import show_closed
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.models import Person
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm
from styrfart.shared.templatetags.words import weekday


@require_http_methods(["GET", "POST"])
@follows_the_meeting
@show_closed
def add_item(request: Request, team: str, day: str) -> HttpResponse:
    """A new item, begun from the matter or the decision that the link names."""
    meeting = agenda_to_change(request.user, team, day)
    origin = _origin(request, meeting)
    people = people_at(meeting).coming
    posted = request.POST if request.method == "POST" else None
    secret = origin.matter if origin.matter and origin.matter.secrecy_ground else None
    form = ItemForm(posted, people=people, secret=secret, initial=_begun(origin, people))
    if form.is_valid():
        try:
            item = actions.add_item(meeting=meeting, content=form.content, origin=origin, actor=request.user)
        except AlreadyOnAgenda as fact:
            return _already_there(request, fact.item)
        receipts.tell(request, _added(item), draft=_draft_key(meeting, origin))
        return redirect(f"{meeting.get_absolute_url()}#punkt-{item.pk}")
    context = {
        "team": meeting.team,
        "meeting": meeting,
        "form": form,
        "origin": origin,
        "draft": _draft_key(meeting, origin),
        "owner_is_away": _owner_away(origin, people),
    }
    return render(request, "meetings/add_item.html", context, status=422 if form.errors else 200)


def _origin(request: Request, meeting: Meeting) -> Origin:
    """What the link says that the item comes from; 404 when it is not there to take up."""
    form = FromForm(request.GET)
    if not form.is_valid():
        raise Http404
    matter, decision = form.cleaned_data["arende"], form.cleaned_data["beslut"]
    if matter:
        return Origin(matter=matter_to_take_up(request.user, meeting, matter))
    if decision:
        return Origin(decision=decision_to_take_up(request.user, meeting, decision))
    return Origin()


def _begun(origin: Origin, people: list[Attendee]) -> dict[str, Any]:
    """How the form is filled in before anybody has written."""
    if origin.matter:
        begun, owner = from_matter(origin.matter), origin.matter.owner
    elif origin.decision:
        begun, owner = from_decision(origin.decision), origin.decision.owner
    else:
        return {"needs_material": True}
    coming = {one.person_id for one in people}
    return {**begun, "owner": owner.pk if owner and owner.pk in coming else None}


def _owner_away(origin: Origin, people: list[Attendee]) -> Person | None:
    """Who owns the question but is not expected at the meeting."""
    source = origin.matter or origin.decision
    owner = source.owner if source else None
    return owner if owner and owner.pk not in {one.person_id for one in people} else None


def _draft_key(meeting: Meeting, origin: Origin) -> str:
    source = origin.matter or origin.decision
    return f"agenda-{meeting.pk}-{origin.source}-{source.pk if source else ''}"


def _added(item: AgendaItem) -> str:
    if item.is_in_writing:
        return _("Punkten är tillagd och går ut skriftligt.")
    return _("Punkten är tillagd.")


def _already_there(request: Request, item: AgendaItem) -> HttpResponse:
    receipts.warn(
        request,
        _("Ärendet står redan på dagordningen %(day)s.") % {"day": weekday(item.meeting.held_on)},
    )
    return redirect(item.meeting.get_absolute_url())


@require_GET
@follows_the_meeting
def show_item(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """One item with all that has been prepared."""
    meeting, line = item_for(request.user, team, day, pk)
    return render(request, "meetings/item.html", item_shown(request, meeting, line))


def item_shown(request: Request, meeting: Meeting, line: Line, **more: object) -> dict[str, Any]:
    """What the page of an item is made of."""
    may_change = rules.can_change_agenda(request.user, meeting)
    return {
        "team": meeting.team,
        "meeting": meeting,
        "line": line,
        "item": line.item,
        "can_change": may_change and line.can_prepare,
        "in_room": rules.can_see_meetings(request.user, meeting.team),  # a guest is not
        "material_form": MaterialForm(),
        "advice": advice_on(line.item),
        **more,
    }


@require_http_methods(["GET", "POST"])
@follows_the_meeting
@show_closed
def edit_item(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Change an item: all of it for those who plan, its words for its owner."""
    meeting, line = item_to_prepare(request.user, team, day, pk)
    form = _form_for(request, meeting, line.item)
    if not form.is_valid():
        return _edit(request, meeting, line, form, status=422 if form.errors else 200)
    try:
        actions.change_item(
            item=line.item,
            revision=form.cleaned_data["revision"],
            content=form.content,
            actor=request.user,
        )
    except ItemChanged as fact:
        form.take_revision(fact.item.revision)
        return _edit(request, meeting, line, form, status=409, both=both_texts(form, line.item))
    receipts.tell(request, _("Punkten är sparad."), draft=f"item-{pk}")
    return redirect("meetings:show-item", team, meeting.slug, pk)


def _form_for(request: Request, meeting: Meeting, item: AgendaItem) -> WordsForm:
    posted = request.POST if request.method == "POST" else None
    if not rules.can_change_agenda(request.user, meeting):
        return WordsForm(posted, initial=from_item(item))
    secret = item.matter if item.matter and item.matter.secrecy_ground else None
    return ItemForm(posted, people=people_at(meeting).coming, secret=secret, initial=from_item(item))


def _edit(
    request: Request, meeting: Meeting, line: Line, form: WordsForm, *, status: int, **more: object
) -> HttpResponse:
    context = {
        "team": meeting.team,
        "meeting": meeting,
        "line": line,
        "item": line.item,
        "form": form,
        **more,
    }
    return render(request, "meetings/edit_item.html", context, status=status)


def both_texts(form: WordsForm, item: AgendaItem) -> list[tuple[str, str, str]]:
    """What differs between the item now and what was typed: label, now, yours."""
    found = []
    for name, value in form.content.items():
        now = getattr(item, name)
        if now != value and name in form.fields and isinstance(now, str):
            found.append((str(form.fields[name].label), now, str(value)))
    return found


@require_POST
@follows_the_meeting
@show_closed
def mark_ready(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """The material of the item is complete, or is not after all."""
    meeting, line = item_to_prepare(request.user, team, day, pk)
    form = ReadyForm(request.POST)
    if form.is_valid():
        is_ready = form.cleaned_data["klart"] == "ja"
        actions.mark_ready(item=line.item, is_ready=is_ready, actor=request.user)
        words = _("Underlaget är klart.") if is_ready else _("Underlaget är inte klart än.")
        receipts.tell(request, words)
    return redirect("meetings:show-item", team, meeting.slug, pk)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
@show_closed
def remove_item(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Take the item off the agenda, after having seen what happens then."""
    meeting, line = item_to_change(request.user, team, day, pk)
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.remove_item(item=line.item, revision=form.cleaned_data["revision"], actor=request.user)
        except (ItemChanged, ItemIsUsed) as fact:
            receipts.warn(request, _is_used() if isinstance(fact, ItemIsUsed) else _has_changed())
            return redirect("meetings:show-item", team, meeting.slug, pk)
        receipts.tell(
            request,
            _("Punkten är borttagen. Ärendet står i kön igen.")
            if line.item.matter_id
            else _("Punkten är borttagen."),
        )
        return redirect(meeting.get_absolute_url())
    context = {"team": meeting.team, "meeting": meeting, "line": line, "item": line.item}
    return render(request, "meetings/remove_item.html", context)


def _is_used() -> str:
    return _("Något är redan antecknat eller sagt om punkten. Bordlägg den i stället, så följer det med.")


def _has_changed() -> str:
    return _("Punkten har ändrats sedan du öppnade sidan. Läs den igen.")
