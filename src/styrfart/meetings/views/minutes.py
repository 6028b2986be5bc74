"""Minutes: read them, begin them, edit a part, hand them over, correct and register them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.meetings import actions, queries
from styrfart.meetings.forms import (
    CorrectForm,
    HandOverForm,
    RegisterMinutesForm,
    SectionForm,
)
from styrfart.meetings.models import Minutes
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_GET
@follows_the_meeting
def show(request: Request, team: str, day: str) -> HttpResponse:
    """The newest minutes that the reader may read, with what they may do."""
    return _page(request, team, day, None)


@require_GET
@follows_the_meeting
def show_version(request: Request, team: str, day: str, version: int) -> HttpResponse:
    """One version, as it was."""
    return _page(request, team, day, version)


def _page(request: Request, team: str, day: str, version: int | None) -> HttpResponse:
    page = queries.minutes_page(request.user, team, day, version)
    return render(request, "meetings/minutes/show.html", {"page": page, "meeting": page.meeting})


@require_POST
@follows_the_meeting
def begin(request: Request, team: str, day: str) -> HttpResponse:
    """A draft of what was recorded."""
    meeting = queries.meeting_to_minute(request.user, team, day)
    try:
        actions.begin_minutes(meeting=meeting, actor=request.user)
    except actions.MeetingIsNotOver:
        warn(request, _("Avsluta mötet först. Sedan görs anteckningarna av det ni har fört in."))
    else:
        tell(request, _("Utkastet är gjort av det som fördes in på mötet. Läs igenom det."))
    return redirect("meetings:minutes", team, day)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def edit_section(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """The language of one part; when another has saved it meanwhile, both texts are shown."""
    section = queries.section_to_edit(request.user, team, day, pk)
    form = SectionForm(request.POST if request.method == "POST" else None, section=section)
    theirs = None
    if form.is_valid():
        try:
            actions.edit_section(section=section, **form.cleaned_data, actor=request.user)
        except actions.SectionHasMovedOn as fact:
            theirs, form = fact.section, form.upon(fact.section)
        except actions.MinutesHaveMovedOn:
            return _closed(request, team, day, section.minutes, form)
        else:
            tell(request, _("Texten är sparad."), draft=f"minutes-section-{pk}")
            return redirect(f"{queries.address_of_minutes(section.minutes)}#punkt-{pk}")
    context = {"section": section, "minutes": section.minutes, "form": form, "theirs": theirs}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "meetings/minutes/section.html", context, status=status)


def _closed(request: Request, team: str, day: str, minutes: Minutes, form: SectionForm) -> HttpResponse:
    """The text was handed over meanwhile: what was typed is shown, to be kept elsewhere."""
    context = {"team": team, "day": day, "minutes": minutes, "form": form}
    return render(request, "meetings/minutes/closed.html", context, status=409)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def hand_over(request: Request, team: str, day: str) -> HttpResponse:
    """Hand the text to whoever approves it."""
    handing = queries.handing_over_for(request.user, team, day)
    sent = request.POST if request.method == "POST" else None
    form = HandOverForm(sent, minutes=handing.minutes, approvers=handing.approvers, checkers=handing.checkers)
    if form.is_valid():
        given = form.arguments()
        try:
            actions.hand_over_minutes(minutes=handing.minutes, actor=request.user, **given)
        except actions.CheckerIsMissing:
            form.add_error("checker", _("Välj någon annan än den som godkänner"))
        except actions.MinutesHaveMovedOn:
            warn(request, _("Någon har ändrat texten sedan du öppnade sidan. Läs den och lämna den sedan."))
            return redirect("meetings:minutes", team, day)
        else:
            words = _("Anteckningarna är lämnade till %(name)s.")
            tell(request, words % {"name": given["approver"].given_name})
            return redirect("meetings:minutes", team, day)
    context = {"handing": handing, "minutes": handing.minutes, "form": form}
    return render(request, "meetings/minutes/hand_over.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def correct(request: Request, team: str, day: str) -> HttpResponse:
    """Begin a new version, which says what it corrects."""
    minutes = queries.minutes_to_correct(request.user, team, day)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.correct_minutes(minutes=minutes, actor=request.user, **form.cleaned_data)
        except actions.MinutesHaveMovedOn:
            warn(request, _("Någon har redan börjat rätta anteckningarna. Skriv i samma version."))
        else:
            tell(request, _("En ny version är påbörjad. Den gäller när den är godkänd."))
        return redirect("meetings:minutes", team, day)
    context = {"minutes": minutes, "form": form}
    return render(request, "meetings/minutes/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def register(request: Request, team: str, day: str) -> HttpResponse:
    """Registry number and ground for secrecy."""
    minutes = queries.latest_to_minute(request.user, team, day)
    initial = {
        "registry_number": minutes.registry_number,
        "secrecy_ground": minutes.secrecy_ground,
        "revision": minutes.revision,
    }
    form = RegisterMinutesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.register_minutes(minutes=minutes, actor=request.user, **form.cleaned_data)
        except actions.MinutesHaveMovedOn:
            words = _("Anteckningarna har ändrats sedan du öppnade sidan. Läs uppgifterna och spara igen.")
            form = form.upon(minutes.revision, words)
        else:
            tell(request, _("Uppgifterna är sparade."))
            return redirect("meetings:minutes", team, day)
    context = {"minutes": minutes, "form": form}
    return render(request, "meetings/minutes/register.html", context, status=422 if form.errors else 200)
