"""Handing in a matter: choose the team, write, see what the desk says, hand in."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.matters import actions, queries, triage
from styrfart.matters.days import answer_day
from styrfart.matters.facts import AlreadyRouted, MatterChanged, TeamEnded
from styrfart.matters.forms import MatterForm, TeamForm, TeamSearchForm
from styrfart.matters.forms.hand_in import Prefill
from styrfart.matters.models import Matter, MatterState, Route
from styrfart.matters.views.conflicts import show_conflicts
from styrfart.people.models import Team
from styrfart.people.request import Request
from styrfart.people.rules import can_see_organisation
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm


@require_GET
@show_conflicts
def choose_team(request: Request) -> HttpResponse:
    """Which team the matter is for, with what each is there to do; for a draft too, whose team has ended."""
    if not can_see_organisation(request.user):
        raise Http404
    form = TeamSearchForm(request.GET)
    text, nr = (form.cleaned_data["q"], form.cleaned_data["utkast"]) if form.is_valid() else ("", None)
    context = {
        "search": form,
        "text": text,
        "teams": queries.teams_to_choose(request.user, text),
        "draft": queries.draft_for(request.user, nr) if nr else None,
    }
    return render(request, "matters/choose_team.html", context)


@require_http_methods(["GET", "POST"])
def write_new(request: Request, slug: str) -> HttpResponse:
    """The empty form, or one that another page has begun to fill in."""
    return _write(request, queries.team_to_hand_in(request.user, slug), None)


@require_http_methods(["GET", "POST"])
@show_conflicts
def edit(request: Request, slug: str, nr: int) -> HttpResponse:
    """A draft, or a matter that waits for a route or for more."""
    matter = queries.matter_to_edit(request.user, nr)
    if matter.team.slug != slug:
        return redirect("matters:edit", matter.team.slug, nr)
    return _write(request, matter.team, matter)


def _write(request: Request, team: Team, matter: Matter | None) -> HttpResponse:
    is_draft = "utkast" in request.POST
    form = MatterForm(
        request.POST or None,
        request.FILES or None,
        team=team,
        user=request.user,
        matter=matter,
        is_draft=is_draft,
        begun=Prefill(request.GET).content,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, team, matter, form, is_draft=is_draft)
        except AlreadyRouted:
            raise
        except MatterChanged as changed:
            form.take_revision(changed.matter.revision)
            matter = queries.matter_for(request.user, changed.matter.pk)
            return _page(request, team, matter, form, now=matter)
    return _page(request, team, matter, form)


def _saved(
    request: Request, team: Team, matter: Matter | None, form: MatterForm, *, is_draft: bool
) -> HttpResponse:
    revision = form.cleaned_data["revision"] or 1
    if matter and matter.state != MatterState.DRAFT:
        matter = actions.change_matter(
            matter=matter, revision=revision, content=form.content, actor=request.user
        )
        receipts.tell(request, _("Ändrat. Ärendet väntar på väg."), draft=draft_key(team, matter))
        return redirect("matters:show", team.slug, matter.pk)
    key = draft_key(team, matter)
    matter = actions.save_draft(
        team=team, content=form.content, actor=request.user, matter=matter, revision=revision
    )
    if not is_draft:
        return redirect("matters:preview", team.slug, matter.pk)
    receipts.tell(request, _("Utkastet är sparat. Bara du ser det."), draft=key)
    return redirect("matters:edit", team.slug, matter.pk)


def _page(
    request: Request, team: Team, matter: Matter | None, form: MatterForm, *, now: Matter | None = None
) -> HttpResponse:
    context = {
        "team": team,
        "matter": matter,
        "form": form,
        "now": now,
        "draft_key": draft_key(team, matter),
        "is_draft": matter is None or matter.state == MatterState.DRAFT,
        "is_asked": bool(matter and matter.state == MatterState.MORE_ASKED),
        "asked": queries.last_routing(matter) if matter and matter.state == MatterState.MORE_ASKED else None,
    }
    return render(request, "matters/write.html", context, status=422 if form.errors else 200)


def draft_key(team: Team, matter: Matter | None) -> str:
    """Under which key the browser keeps what is typed."""
    return f"matter-{matter.pk}" if matter else f"matter-new-{team.slug}"


@require_GET
@show_conflicts
def preview(request: Request, slug: str, nr: int) -> HttpResponse:
    """What will be handed in and what the desk says of it, before it is sent."""
    matter = queries.draft_for(request.user, nr)
    if matter.team.slug != slug:
        return redirect("matters:preview", matter.team.slug, nr)
    if not matter.is_complete:
        receipts.warn(request, _("Fyll i det som saknas innan du lämnar in."))
        return redirect("matters:edit", slug, nr)
    proposal = triage.propose(matter)
    is_mine = proposal.person is not None and proposal.person.pk == request.user.pk
    context = {
        "team": matter.team,
        "matter": matter,
        "proposal": proposal,
        "is_mine": is_mine,
        "offers_person": proposal.route == Route.POST and proposal.person is not None and not is_mine,
        "offers_team": proposal.route == Route.TEAM and proposal.team is not None,
    }
    return render(request, "matters/preview.html", context)


@require_POST
@show_conflicts
def hand_in(request: Request, slug: str, nr: int) -> HttpResponse:
    """Hand in the draft."""
    matter, revision = _draft(request, nr)
    if revision is None:
        return redirect("matters:preview", slug, nr)
    try:
        actions.hand_in(matter=matter, revision=revision, actor=request.user)
    except TeamEnded:
        receipts.warn(request, _("%(team)s finns inte längre. Välj en annan grupp.") % {"team": matter.team})
        return redirect(f"{reverse('matters:choose-team')}?utkast={nr}")
    return redirect("matters:handed-in", matter.team.slug, nr)


@require_POST
@show_conflicts
def hand_in_directly(request: Request, slug: str, nr: int) -> HttpResponse:
    """Hand the draft straight to the one who decides according to the mandate."""
    matter, revision = _draft(request, nr)
    proposal = triage.propose(matter)
    to = proposal.person if proposal.route == Route.POST else None
    if revision is None or to is None or to.pk == request.user.pk:
        return redirect("matters:preview", slug, nr)
    answer_by = answer_day()
    routing = actions.hand_over_draft(
        matter=matter, revision=revision, to=to, answer_by=answer_by, actor=request.user
    )
    text = _("Lämnat direkt till %(to)s, som får veta nu.") % {"to": to}
    receipts.tell(request, text, undo=reverse("matters:undo", args=[matter.team.slug, routing.matter_id]))
    return redirect("matters:show", matter.team.slug, nr)


@require_POST
@show_conflicts
def change_team(request: Request, slug: str, nr: int) -> HttpResponse:
    """Send the draft to another team: the one that was chosen, else the one that the mandate names."""
    matter = queries.draft_for(request.user, nr)
    form = TeamForm(request.POST)
    team = (form.cleaned_data["to"] or triage.propose(matter).team) if form.is_valid() else None
    if team is None:
        return redirect("matters:preview", slug, nr)
    revision = form.cleaned_data["revision"]
    matter = actions.move_draft(matter=matter, revision=revision, team=team, actor=request.user)
    return redirect("matters:preview", matter.team.slug, nr)


@require_POST
@show_conflicts
def delete_draft(request: Request, slug: str, nr: int) -> HttpResponse:  # noqa: ARG001  # of the address
    """Throw away the draft."""
    matter = queries.draft_for(request.user, nr)
    key = draft_key(matter.team, matter)
    actions.delete_draft(matter=matter, actor=request.user)
    receipts.tell(request, _("Utkastet är borttaget."), draft=key)
    return redirect("matters:mine")


@require_GET
def handed_in(request: Request, slug: str, nr: int) -> HttpResponse:
    """The receipt: it is handed in, and what happens next."""
    matter = queries.matter_for(request.user, nr)
    if matter.state == MatterState.DRAFT:
        return redirect("matters:preview", slug, nr)
    return render(request, "matters/handed_in.html", {"team": matter.team, "matter": matter})


def _draft(request: Request, nr: int) -> tuple[Matter, int | None]:
    """The draft, and the revision that the page showed (None when the form is broken)."""
    matter = queries.draft_for(request.user, nr)
    form = RevisionForm(request.POST)
    return matter, form.cleaned_data["revision"] if form.is_valid() else None
