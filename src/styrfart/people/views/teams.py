"""Teams and seats, for the system owner."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.people import actions, queries
from styrfart.people.forms import (
    AddMemberForm,
    ChangeChairForm,
    ChangeTeamForm,
    EndMemberForm,
    FindForm,
    TeamForm,
)
from styrfart.people.models import TeamRole
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_GET
def teams(request: Request) -> HttpResponse:
    """Every team of today, by place in the organisation."""
    form = FindForm(request.GET)
    form.fields["q"].label = _("Gruppens eller enhetens namn")
    page = queries.teams_found(request.user, form.text, form.number)
    chairs = queries.chairs_of(list(page))
    rows = [(team, chairs.get(team.pk)) for team in page]
    return render(request, "people/teams.html", {"form": form, "text": form.text, "page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def create_team(request: Request) -> HttpResponse:
    """Make a team."""
    queries.owner_only(request.user)
    form = TeamForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        team = actions.create_team(**form.values, valid_from=timezone.localdate(), actor=request.user)
        tell(request, _("Gruppen är skapad. Lägg nu till de som sitter i den."))
        return redirect("people:edit-team", team.slug)
    return render(request, "people/create_team.html", {"form": form}, status=422 if form.is_bound else 200)


def refuses_ended(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Shows the team as it was when it has ended in another tab since the page was loaded."""

    @wraps(view)
    def refuse(request: Request, slug: str, **keys: int) -> HttpResponse:
        try:
            return view(request, slug, **keys)
        except actions.TeamHasEnded:
            warn(request, _("Gruppen är avslutad. Det går inte att ändra den längre."))
            return redirect("people:edit-team", slug)

    return refuse


def _file(request: Request, slug: str, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of a team with its forms; one of them may be bound."""
    file = queries.team_file(request.user, slug)
    start = {"valid_from": timezone.localdate()}
    context = {
        "file": file,
        "team": file.team,
        "change_form": ChangeTeamForm(team=file.team, user=request.user),
        "member_form": AddMemberForm(user=request.user, initial=start, auto_id="plats_%s"),
        "chair_form": ChangeChairForm(user=request.user, initial=start, auto_id="ordf_%s"),
        "has_errors": status == 422,
        **bound,
    }
    return render(request, "people/edit_team.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refuses_ended
def edit_team(request: Request, slug: str) -> HttpResponse:
    """The team: what it is called, who sits in it."""
    team = queries.team_file(request.user, slug).team
    if request.method == "GET":
        return _file(request, slug)
    form = ChangeTeamForm(request.POST, team=team, user=request.user)
    if not form.is_valid():
        return _file(request, slug, status=422, change_form=form)
    try:
        actions.change_team(team=team, known=form.cleaned_data["known"], **form.values, actor=request.user)
    except actions.TeamChanged:
        fault = _("Någon har ändrat gruppen sedan du öppnade sidan. Läs igenom och spara igen.")
        now = queries.team_file(request.user, slug).team
        form.refuse(fault, ChangeTeamForm(team=now, user=request.user).known_now)
        return _file(request, slug, status=422, change_form=form, conflict=True)
    tell(request, _("Gruppen är sparad."))
    return redirect("people:edit-team", slug)


@require_POST
@refuses_ended
def add_member(request: Request, slug: str) -> HttpResponse:
    """Give somebody a seat."""
    team = queries.team_file(request.user, slug).team
    form = AddMemberForm(request.POST, user=request.user, auto_id="plats_%s")
    if form.is_valid():
        values = {**form.cleaned_data, "role": TeamRole(form.cleaned_data["role"])}
        try:
            actions.add_member(team=team, **values, actor=request.user)
        except actions.AlreadyInTeam:
            form.add_error("person", _("Personen sitter redan i gruppen då"))
        except actions.HasChair:
            form.add_error("role", _("Gruppen har redan en ordförande då. Byt ordförande i stället"))
        else:
            tell(request, _("%(name)s är med i gruppen.") % {"name": form.cleaned_data["person"]})
            return redirect("people:edit-team", slug)
    return _file(request, slug, status=422, member_form=form)


@require_POST
@refuses_ended
def change_chair(request: Request, slug: str) -> HttpResponse:
    """Let somebody else chair."""
    team = queries.team_file(request.user, slug).team
    form = ChangeChairForm(request.POST, user=request.user, auto_id="ordf_%s")
    if form.is_valid():
        try:
            actions.change_chair(
                team=team,
                person=form.cleaned_data["person"],
                valid_from=form.cleaned_data["valid_from"],
                stays_as_member=form.cleaned_data["stays"] == "stays",
                actor=request.user,
            )
        except actions.AlreadyInTeam:
            form.add_error("person", _("Personen är redan ordförande"))
        except actions.SeatHasBegun as begun:
            day = {"day": date_format(begun.since)}
            form.add_error(
                "valid_from", _("En plats som ändras började %(day)s. Välj den dagen eller en senare") % day
            )
        else:
            tell(request, _("Ordföranden är bytt."))
            return redirect("people:edit-team", slug)
    return _file(request, slug, status=422, chair_form=form)


@require_http_methods(["GET", "POST"])
@refuses_ended
def end_member(request: Request, slug: str, pk: int) -> HttpResponse:
    """The last day of a seat."""
    file = queries.team_file(request.user, slug)
    seat = next((seat for seat in file.seats if seat.pk == pk), None)
    if seat is None:
        raise Http404
    form = EndMemberForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_member(seat=seat, last_day=form.cleaned_data["last_day"], actor=request.user)
        except (actions.AlreadyInTeam, actions.HasChair):
            form.add_error("last_day", _("En annan plats tar vid före den dagen. Välj en tidigare dag"))
        else:
            tell(request, _("Platsen för %(name)s är avslutad.") % {"name": seat.person})
            return redirect("people:edit-team", slug)
    context = {"form": form, "team": file.team, "seat": seat}
    return render(request, "people/end_member.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@refuses_ended
def end_team(request: Request, slug: str) -> HttpResponse:
    """Ask first, since every seat ends with the team."""
    file = queries.team_file(request.user, slug)
    if request.method == "POST":
        actions.end_team(team=file.team, actor=request.user)
        tell(request, _("%(team)s är avslutad.") % {"team": file.team})
        return redirect("people:admin-teams")
    return render(request, "people/end_team.html", {"file": file, "team": file.team})
