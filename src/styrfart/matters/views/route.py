"""Choosing a route: each is one post, with a page of its own where something must be asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.decisions.actions import DecisionRefused
from styrfart.decisions.forms import DecisionForm
from styrfart.matters import actions, phrases, prefill, queries, rules, triage
from styrfart.matters.facts import AlreadyRouted, CannotUndo, MatterChanged, OnlyCommitteeDecides
from styrfart.matters.forms import (
    CommitteeForm,
    DeclineForm,
    HandOverForm,
    HandToTeamForm,
    MeetingForm,
    MoreForm,
    SearchForm,
)
from styrfart.matters.models import Matter, MatterState, Route, Routing
from styrfart.matters.views.conflicts import show_conflicts
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm, upon


@dataclass(frozen=True)
class Page:
    """A page that asks what a route needs to know."""

    title: Promise
    verb: Promise
    lead: Promise
    template: str = "matters/route.html"
    extra: dict[str, Any] = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
@show_conflicts
def take_up(request: Request, slug: str, nr: int) -> HttpResponse:
    """Take the matter up at a meeting."""
    matter = queries.matter_to_route(request.user, slug, nr)
    form = MeetingForm(request.POST or None, initial=prefill.meeting(matter))
    page = Page(
        gettext_lazy("Ta upp på möte"),
        gettext_lazy("Ta upp på möte"),
        gettext_lazy("Ärendet läggs i kön till nästa möte, där sekreteraren bygger dagordningen."),
    )
    return _choose(request, matter, form, page, actions.take_up)


@require_http_methods(["GET", "POST"])
@show_conflicts
def hand_over(request: Request, slug: str, nr: int) -> HttpResponse:
    """Hand the matter to a person."""
    matter = queries.matter_to_route(request.user, slug, nr)
    initial = {} if request.POST else prefill.hand_over(matter, triage.propose(matter), request.user)
    form = HandOverForm(request.POST or None, user=request.user, initial=initial)
    page = Page(
        gettext_lazy("Lämna ärendet till någon"),
        gettext_lazy("Lämna ärendet"),
        gettext_lazy("Mottagaren får veta direkt, bekräftar och svarar. Den som lämnade in ärendet ser det."),
        extra={"other": reverse("matters:hand-to-team", args=[slug, nr])},
    )
    return _choose(request, matter, form, page, actions.hand_over)


@require_http_methods(["GET", "POST"])
@show_conflicts
def hand_to_team(request: Request, slug: str, nr: int) -> HttpResponse:
    """Move the matter to another team."""
    matter = queries.matter_to_move(request.user, slug, nr)
    search = SearchForm(request.GET)
    text = search.cleaned_data["q"] if search.is_valid() else ""
    proposed = triage.propose(matter).team
    offered = [
        row.team for row in queries.teams_to_choose(request.user, text) if row.team.pk != matter.team_id
    ]
    if proposed and not text:
        offered = [proposed, *(team for team in offered if team.pk != proposed.pk)]
    initial = prefill.hand_to_team(matter, proposed)
    form = HandToTeamForm(request.POST or None, team=matter.team, offered=offered, initial=initial)
    page = Page(
        gettext_lazy("Lämna till en annan grupp"),
        gettext_lazy("Lämna till gruppen"),
        gettext_lazy("Ärendet flyttar med sin historia och behåller sitt nummer."),
        "matters/hand_to_team.html",
        {"search": search, "offered": offered},
    )
    return _choose(request, matter, form, page, actions.hand_to_team)


@require_http_methods(["GET", "POST"])
@show_conflicts
def prepare(request: Request, slug: str, nr: int) -> HttpResponse:
    """Prepare the matter for the committee."""
    matter = queries.matter_to_route(request.user, slug, nr)
    form = CommitteeForm(request.POST or None, user=request.user, initial=prefill.committee(matter))
    page = Page(
        gettext_lazy("Bered till nämnden"),
        gettext_lazy("Börja bereda"),
        gettext_lazy(
            "Nämnden beslutar. Någon skriver ett tjänsteutlåtande, och gruppen står bakom förslaget."
        ),
    )
    return _choose(request, matter, form, page, actions.prepare)


@require_http_methods(["GET", "POST"])
@show_conflicts
def ask_for_more(request: Request, slug: str, nr: int) -> HttpResponse:
    """Ask the sender for what is missing."""
    matter = queries.matter_to_route(request.user, slug, nr)
    form = MoreForm(request.POST or None, initial=prefill.more(matter, triage.propose(matter)))
    page = Page(
        gettext_lazy("Be om mer"),
        gettext_lazy("Be om mer"),
        gettext_lazy("Ärendet väntar hos den som lämnade in det och kommer tillbaka med svaret."),
    )
    return _choose(request, matter, form, page, actions.ask_for_more)


@require_http_methods(["GET", "POST"])
@show_conflicts
def decline(request: Request, slug: str, nr: int) -> HttpResponse:
    """Say no, with a reason and the rightful home."""
    matter = queries.matter_to_move(request.user, slug, nr)
    form = DeclineForm(request.POST or None, initial=prefill.decline(matter, triage.propose(matter)))
    page = Page(
        gettext_lazy("Tacka nej"),
        gettext_lazy("Tacka nej"),
        gettext_lazy("Den som lämnade in ärendet får veta varför och vart det ska i stället."),
    )
    return _choose(request, matter, form, page, actions.decline)


@require_http_methods(["GET", "POST"])
@show_conflicts
def send_out(request: Request, slug: str, nr: int) -> HttpResponse:
    """Send the matter to the team in writing."""
    matter = queries.matter_to_route(request.user, slug, nr)
    form = RevisionForm(request.POST or None, initial={"revision": matter.revision})
    page = Page(
        gettext_lazy("Skicka ut skriftligt"),
        gettext_lazy("Skicka ut"),
        gettext_lazy("Alla i gruppen får ett mejl som leder till ärendet. Det tas inte upp på något möte."),
    )
    return _choose(request, matter, form, page, actions.send_out)


@require_http_methods(["GET", "POST"])
@show_conflicts
def decide_now(request: Request, slug: str, nr: int) -> HttpResponse:
    """Decide at once, on one page."""
    matter = queries.matter_to_decide(request.user, slug, nr)
    proposal = triage.propose(matter)
    form = DecisionForm(
        request.POST or None,
        team=matter.team,
        decider=request.user,
        units=matter.units.all(),
        points=triage.points_touched(proposal),
        cost=matter.cost,
        others=[who for who in (matter.owner, matter.handed_in_by) if who],
        initial=prefill.decision(matter, proposal),
    )
    page = Page(
        gettext_lazy("Besluta nu"),
        gettext_lazy("Fatta beslutet"),
        gettext_lazy(
            "Du beslutar själv, med den rätt du har. Gruppen står som deltagare, aldrig som beslutsfattare."
        ),
        "matters/decide.html",
        {"proposal": proposal},
    )
    return _choose(request, matter, form, page, actions.decide_now)


@require_POST
@show_conflicts
def undo(request: Request, slug: str, nr: int) -> HttpResponse:
    """Undo the latest choice of route."""
    routing = queries.routing_to_undo(request.user, nr)
    try:
        matter = actions.undo(routing=routing, actor=request.user)
    except CannotUndo:
        receipts.warn(
            request,
            _("Det går inte att ångra längre: tio minuter har gått, eller någon har redan gått vidare."),
        )
        return redirect("matters:show", slug, nr)
    if matter.state == MatterState.DRAFT:
        receipts.tell(request, _("Ångrat. Ärendet är ett utkast igen."))
        return redirect("matters:edit", matter.team.slug, nr)
    receipts.tell(request, _("Ångrat. Ärendet är som det var, och de som fick veta har fått veta det."))
    if matter.state == MatterState.INBOX and rules.can_read_desk(request.user, matter.team):
        return redirect(f"{reverse('matters:queue', args=[matter.team.slug])}?nr={nr}")
    return redirect("matters:show", matter.team.slug, nr)


def _choose(
    request: Request, matter: Matter, form: Form, page: Page, act: Callable[..., Routing]
) -> HttpResponse:
    """Do it when the form is right and say so; else show the page, with what was typed."""
    if request.method == "POST" and form.is_valid():
        after = queries.next_waiting(matter)
        try:
            routing = act(matter=matter, actor=request.user, **_arguments(form, matter))
        except AlreadyRouted:
            raise
        except MatterChanged as changed:
            _take_revision(form, changed.matter.revision)
            matter = queries.matter_for(request.user, matter.pk)
        except DecisionRefused as refusal:
            form.refuse(refusal)  # type: ignore[attr-defined]  # only a DecisionForm can be refused
        except OnlyCommitteeDecides:
            form.add_error(
                None, _("Bara nämnden får besluta om det här. Välj att bereda ärendet till nämnden.")
            )
        else:
            return _done(request, routing, after)
    return _page(request, matter, form, page)


def _page(request: Request, matter: Matter, form: Form, page: Page) -> HttpResponse:
    context = {
        "matter": matter,
        "team": matter.team,
        "form": form,
        "page": page,
        "can_read_desk": rules.can_read_desk(request.user, matter.team),
        **page.extra,
    }
    return render(request, page.template, context, status=422 if form.errors else 200)


def _arguments(form: Form, matter: Matter) -> dict[str, Any]:
    """What the action asks for, from the form."""
    if isinstance(form, DecisionForm):
        return {"revision": form.cleaned_data["revision"] or matter.revision, **form.arguments()}
    values = {name: value for name, value in form.cleaned_data.items() if name != "route"}
    if "route" in form.fields:
        values["route"] = Route(form.cleaned_data["route"] or Route.POST)
    return values


def _take_revision(form: Form, revision: int) -> None:
    """Keep what was typed, on top of a version that is newer than the page's."""
    form.data = upon(form.data, revision)
    form.add_error(None, _("Ärendet ändrades medan du skrev. Läs det igen och välj på nytt."))


def _done(request: Request, routing: Routing, after: int | None) -> HttpResponse:
    """The receipt in words with the way back, and the next matter on the screen."""
    undo_url = reverse("matters:undo", args=[routing.matter.team.slug, routing.matter_id])
    receipts.tell(request, phrases.receipt(routing), undo=undo_url)
    if not rules.can_read_desk(request.user, routing.team):
        return redirect("matters:left-behind")
    queue_url = reverse("matters:queue", args=[routing.team.slug])
    return redirect(f"{queue_url}?nr={after}" if after else queue_url)
