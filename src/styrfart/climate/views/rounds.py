"""What concerns the reader, planning a round, launching and stopping it, slips of paper."""

from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.climate import promise
from styrfart.climate.actions import launching, letters, rounds
from styrfart.climate.forms.rounds import (
    LaunchForm,
    PlanForm,
    RoundForm,
    SlipsForm,
    days_from,
    known_of,
)
from styrfart.climate.models import Round
from styrfart.climate.queries import rounds as queries
from styrfart.climate.queries.instruments import NoSuchInstrument, instruments_for
from styrfart.climate.queries.rounds import planner_only
from styrfart.people import rules as people
from styrfart.people.queries import standing
from styrfart.people.request import Request
from styrfart.people.standing import User
from styrfart.shared.forms import RevisionForm
from styrfart.shared.receipts import tell, warn


@require_GET
def index(request: Request) -> HttpResponse:
    """What concerns the reader: to answer, to read, to plan."""
    page = queries.climate_index(request.user)
    # Only a 360 is about somebody, and most readers are asked in none.
    prefetch_related_objects([each.round for each in page.to_answer if each.round.subject_id], "subject")
    context = {"page": page, "sees_conditions": _sees_conditions(request.user)}
    return render(request, "climate/rounds/index.html", context)


def _sees_conditions(user: User) -> bool:
    """Whether managers' conditions have anything for the reader: a post that leads, a team, or everybody.

    The page opens for all who work here and says what it is for; it is offered to these.
    """
    here = standing(user)
    return any(post.is_head for post in here.posts) or bool(here.teams) or people.is_hr_developer(user)


@require_http_methods(["GET", "POST"])
def new_round(request: Request) -> HttpResponse:
    """Plan a pulse: a draft, with its plan to look at before it is launched."""
    planner_only(request.user)
    form = _round_form(request, {**days_from(standing(request.user).day), "languages": ["sv"]})
    if request.method == "POST" and form.is_valid():
        made = rounds.plan_round(wish=form.wish(), actor=request.user)
        tell(request, _("Utkastet är sparat. Inget har skickats."), draft="pulse-new")
        return redirect(made)
    context = {"form": form, "draft": "pulse-new"}
    return render(request, "climate/rounds/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit_round(request: Request, pk: int) -> HttpResponse:
    """Change a draft; what somebody else has written meanwhile is shown beside."""
    asked = queries.round_to_change(request.user, pk)
    form = _round_form(request, asked)
    is_changed = False
    if request.method == "POST" and form.is_valid():
        known = form.cleaned_data["revision"] or 0
        try:
            rounds.change_round(round=asked, revision=known, wish=form.wish(), actor=request.user)
        except rounds.RoundMovedOn:
            is_changed = True
            form.moved_on(asked.revision)
        else:
            tell(request, _("Ändringen är sparad."), draft=f"pulse-{asked.pk}")
            return redirect(asked)
    context = {"form": form, "asked": asked, "is_changed": is_changed, "draft": f"pulse-{asked.pk}"}
    return render(request, "climate/rounds/edit.html", context, status=422 if form.is_bound else 200)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """A round from draft to report."""
    asked = queries.round_for(request.user, pk)
    form = PlanForm.looked_at(request.GET)
    page = queries.round_page(request.user, asked, rate=form.rate, opened=form.opened)
    return render(request, "climate/rounds/show.html", {"page": page, "asked": asked, "plan_form": form})


@require_POST
def launch(request: Request, pk: int) -> HttpResponse:
    """Lock everything and invite."""
    asked = queries.round_to_change(request.user, pk)
    form = LaunchForm(request.POST)
    try:
        launching.launch_round(round=asked, revision=form.number, actor=request.user, rate=form.rate)
    except rounds.RoundMovedOn:
        warn(request, _("Någon ändrade medan du läste. Se vad som gäller nu, och starta sedan."))
    except launching.DaysHavePassed:
        warn(request, _("Dagen då pulsen skulle öppna har varit. Ändra dagarna, och starta sedan."))
    except launching.TooManyQuestions:
        warn(request, _("Formulären har för många frågor tillsammans. Ta bort något av dem."))
    except launching.NobodyIsInvited:
        warn(request, _("Ingen arbetar i de enheter som pulsen gäller. Välj andra, och starta sedan."))
    except NoSuchInstrument:
        warn(request, _("Ett formulär finns inte längre. Välj ett annat, och starta sedan."))
    else:
        tell(request, _("Pulsen är startad. Frågor, gränser och grupper är låsta."))
    return redirect(asked)


@require_http_methods(["GET", "POST"])
def stop(request: Request, pk: int) -> HttpResponse:
    """Stop the round and throw away every answer, after a page that says so."""
    asked = queries.round_to_stop(request.user, pk)
    form = RevisionForm(request.POST or None, initial={"revision": asked.revision})
    if request.method == "POST" and form.is_valid():
        was_draft = asked.state == "draft"
        try:
            rounds.stop_round(round=asked, revision=form.cleaned_data["revision"], actor=request.user)
        except rounds.RoundMovedOn:
            warn(request, _("Pulsen har ändrats medan du läste. Se vad som gäller nu."))
            return redirect("climate:stop", pk)
        except rounds.RoundHasEnded:
            warn(request, _("Pulsen har redan avslutats."))
        else:
            said = _("Utkastet är slängt.") if was_draft else _("Pulsen är avbruten. Alla svar är slängda.")
            tell(request, said)
        return redirect("climate:index")
    return render(request, "climate/rounds/stop.html", {"asked": asked, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def slips(request: Request, pk: int) -> HttpResponse:
    """Slips of paper for those without an address: made, and shown this one time."""
    asked = queries.round_to_change(request.user, pk)
    form = SlipsForm(request.POST or None, groups=queries.groups_without_mail(asked))
    context: dict[str, Any] = {"asked": asked, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            made = rounds.make_slips(round=asked, numbers=form.numbers, actor=request.user)
        except rounds.RoundHasEnded:
            warn(request, _("Pulsen tar inte emot några svar. Lappar behövs inte längre."))
            return redirect(asked)
        except rounds.NotInvitedYet:
            warn(request, _("Inbjudningarna görs just nu. Vänta en minut och gör sedan lapparna."))
            return redirect(asked)
        except rounds.TooManySlips:
            warn(request, _("Lapparna är redan gjorda, eller så är de fler än de som saknar e-post."))
            return redirect("climate:slips", pk)
        address = settings.BASE_URL.partition("://")[2] + reverse("climate:enter")
        context |= {"slips": made, "answer_address": address, "promise": promise.sentences(asked)[0]}
        return render(request, "climate/rounds/printed.html", context)
    return render(request, "climate/rounds/slips.html", context, status=422 if form.is_bound else 200)


@require_POST
def send_link(request: Request, pk: int) -> HttpResponse:
    """Send the reader their own link once more."""
    letters.ask_for_link(invitation=queries.invitation_for(request.user, pk))
    tell(request, _("Länken är på väg till din e-post. Det är samma länk som förut."))
    return redirect("climate:index")


def _round_form(request: Request, known: Round | dict[str, Any]) -> RoundForm:
    units = queries.units_to_choose(request.user)
    return RoundForm(
        request.POST or None,
        user=request.user,
        instruments=instruments_for(request.user),
        units=units,
        teams=queries.teams_to_choose(request.user),
        initial=known_of(known, units) if isinstance(known, Round) else known,
    )
