"""The round and the ready signals, from the page of an open meeting."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from styrfart.meetings import actions, queries
from styrfart.meetings import facts_live as facts
from styrfart.meetings.forms.live import ItemForm, PositionForm, ReadyForm, RoundForm
from styrfart.meetings.models import RoundKind, Stance
from styrfart.meetings.views.live_answers import done, page_of, refused
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request


@require_POST
@follows_the_meeting
def open_round(request: Request, team: str, day: str) -> HttpResponse:
    """Open a round, silent or not; or close it."""
    meeting = queries.meeting_to_lead(request.user, team, day)
    form = RoundForm(request.POST)
    try:
        if not form.is_valid():
            raise facts.NoSuchItem
        item, kind = form.cleaned_data["item"], RoundKind(form.cleaned_data["kind"])
        actions.open_round(meeting=meeting, item=item, kind=kind, actor=request.user)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting, item=item)


@require_POST
@follows_the_meeting
def show_round(request: Request, team: str, day: str) -> HttpResponse:
    """Show what has been said, also when some have not answered."""
    meeting = queries.meeting_to_lead(request.user, team, day)
    form = ItemForm(request.POST)
    try:
        if not form.is_valid():
            raise facts.NoSuchItem
        actions.show_round(meeting=meeting, item=form.cleaned_data["item"], actor=request.user)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact)
    return done(request, meeting, item=form.cleaned_data["item"])


@require_POST
@follows_the_meeting
def take_position(request: Request, team: str, day: str) -> HttpResponse:
    """Say where one stands."""
    asked = ItemForm(request.POST)
    meeting, item = queries.item_to_take_part(
        request.user, team, day, asked.cleaned_data["item"] if asked.is_valid() else 0
    )
    form = PositionForm(request.POST, auto_id="runda_%s")
    if not form.is_valid():
        return page_of(request, meeting, wanted=item.pk, position_form=form)
    given = {**form.cleaned_data, "stance": Stance(form.cleaned_data["stance"])}
    try:
        actions.take_position(meeting=meeting, actor=request.user, **given)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact, item=item.pk)
    return done(request, meeting, item=item.pk)


@require_POST
@follows_the_meeting
def signal_ready(request: Request, team: str, day: str) -> HttpResponse:
    """Ready to go on, or not yet."""
    form = ReadyForm(request.POST)
    meeting, item = queries.item_to_take_part(
        request.user, team, day, form.cleaned_data["item"] if form.is_valid() else 0
    )
    try:
        actions.signal_ready(meeting=meeting, actor=request.user, **form.cleaned_data)
    except facts.LiveRefused as fact:
        return refused(request, meeting, fact, item=item.pk)
    return done(request, meeting, item=item.pk)
