"""Whose turn it is to lead: the order, a swap, a skip."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.meetings import actions, queries, rules
from styrfart.meetings import facts_plans as facts
from styrfart.meetings.forms.rota import RotaForm, SkipForm, SwapForm
from styrfart.meetings.models import Meeting, MeetingKind
from styrfart.meetings.queries.rota import RotaPage, coming_of, rota_page
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.models import Person
from styrfart.people.request import Request
from styrfart.people.standing import User
from styrfart.shared.receipts import tell, warn


@require_http_methods(["GET", "POST"])
def rota(request: Request, team: str, pk: int) -> HttpResponse:
    """The order of the turns. Buttons move people about; nothing is changed before it is saved."""
    fetch = queries.kind_for if request.method == "GET" else queries.kind_to_plan
    kind = fetch(request.user, team, pk)
    found = rota_page(kind, timezone.localdate())
    if request.method == "GET":
        return _page(request, found, found.places, kind.revision)
    form = RotaForm(request.POST, people=[*found.places, *found.others])
    if not form.is_valid():
        return _page(request, found, found.places, kind.revision, status=422)
    if form.is_changing:
        return _page(request, found, form.changed(), form.cleaned_data["revision"], is_unsaved=True)
    return _saved(request, found, form)


def _saved(request: Request, found: RotaPage, form: RotaForm) -> HttpResponse:
    kind = found.kind
    order: list[Person] = form.cleaned_data["order"]
    try:
        changed = actions.set_rota(
            kind=kind, people=order, revision=form.cleaned_data["revision"], actor=request.user
        )
    except facts.PlanChanged:
        return _page(request, found, order, kind.revision, status=409, is_unsaved=True)
    text = ngettext(
        "Turordningen är sparad. %(count)s möte har fått en ny ledare.",
        "Turordningen är sparad. %(count)s möten har fått en ny ledare.",
        len(changed),
    )
    tell(request, text % {"count": len(changed)})
    return redirect("meetings:rota", kind.team.slug, kind.pk)


def _page(
    request: Request,
    found: RotaPage,
    order: list[Person],
    revision: int,
    *,
    status: int = 200,
    is_unsaved: bool = False,
) -> HttpResponse:
    kind = found.kind
    context = {
        "team": kind.team,
        "kind": kind,
        "order": order,
        "ids": " ".join(str(person.pk) for person in order),
        "others": [person for person in [*found.others, *found.places] if person not in order],
        "left": found.left,
        "meetings": found.meetings,
        "swaps": _swaps(request.user, found.meetings),
        "only_reads": not rules.can_plan(request.user, kind.team),
        "revision": revision,
        "is_unsaved": is_unsaved,
        "is_changed": status == 409,
    }
    return render(request, "meetings/rota.html", context, status=status)


def _swaps(user: User, meetings: list[Meeting]) -> list[tuple[Meeting, SwapForm | None]]:
    """Each meeting, with a form where its turn is the user's to change."""
    return [
        (each, SwapForm(meeting=each, others=meetings) if rules.can_change_turn(user, each) else None)
        for each in meetings
    ]


def _refused(request: Request, why: facts.PlanRefused) -> None:
    """Say why the turns are as they were."""
    words = {
        facts.PlanChanged: _("Någon ändrade mötet medan du läste. Här är det som gäller nu."),
        facts.MeetingNotComing: _("Mötet har börjat, varit eller ställts in. Det går inte att ändra."),
        facts.CannotSwap: _("De två mötena har samma ledare. Välj ett annat möte."),
        facts.LeaderIsNotThere: _("Någon av dem är inte med i gruppen den dagen. Välj ett annat möte."),
        facts.NobodyElseLeads: _("Ingen annan står i turordningen den dagen. Lägg till någon först."),
    }
    warn(request, words[type(why)])


@require_POST
@follows_the_meeting
def swap_leaders(request: Request, team: str, day: str) -> HttpResponse:
    meeting = queries.turn_to_change(request.user, team, day)
    others = coming_of(meeting.kind, timezone.localdate()) if meeting.kind else []
    form = SwapForm(request.POST, meeting=meeting, others=others)
    if not form.is_valid():
        warn(request, _("Välj vilket möte du vill byta med."))
        return _back(meeting.team.slug, meeting.kind)
    try:
        actions.swap_leaders(
            meeting=meeting,
            other=form.other_chosen,
            revision=form.cleaned_data["revision"],
            actor=request.user,
        )
    except facts.PlanRefused as why:
        _refused(request, why)
    else:
        tell(request, _("Mötena har bytt ledare. De som berörs får ett brev."))
    return _back(team, meeting.kind)


@require_POST
@follows_the_meeting
def skip_turn(request: Request, team: str, day: str) -> HttpResponse:
    meeting = queries.turn_to_change(request.user, team, day)
    form = SkipForm(request.POST)
    if form.is_valid():
        try:
            fresh = actions.skip_turn(
                meeting=meeting, revision=form.cleaned_data["revision"], actor=request.user
            )
        except facts.PlanRefused as why:
            _refused(request, why)
        else:
            tell(
                request,
                _("%(leader)s leder mötet i stället. %(former)s kommer nästa gång.")
                % {"leader": fresh.leader, "former": meeting.leader},
            )
    return _back(team, meeting.kind)


def _back(team: str, kind: MeetingKind | None) -> HttpResponse:
    return redirect("meetings:rota", team, kind.pk) if kind else redirect("meetings:index", team)
