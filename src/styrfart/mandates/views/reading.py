"""The mandate in force, its versions, and two of them side by side."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from styrfart.mandates import actions, queries, rules
from styrfart.mandates.forms.adopting import CompareForm
from styrfart.mandates.forms.read import WhichForm
from styrfart.mandates.models import MandateState
from styrfart.mandates.queries.archiving import archive_records
from styrfart.mandates.queries.confirming import confirmed_by, confirming
from styrfart.mandates.queries.delegation import scheme_in_brief
from styrfart.mandates.queries.mandates import (
    OPEN,
    open_in_brief,
    team_to_archive,
    team_to_read,
    version_for,
    versions,
)
from styrfart.mandates.queries.review import review_calls
from styrfart.mandates.queries.versions import compare_versions
from styrfart.people.models import Team
from styrfart.people.request import Request
from styrfart.shared.handing_over import package_response


def may(request: Request, team: Team) -> dict[str, bool]:
    """What the reader may do with the team's mandate, for templates."""
    return {
        "may_write": rules.can_write_mandate(request.user, team),
        "may_lead": rules.can_lead_mandate(request.user, team),
        "may_confirm": rules.can_confirm_mandate(request.user, team),
        "may_see_draft": rules.can_see_draft(request.user, team),
    }


@require_GET
def show(request: Request, team: str) -> HttpResponse:
    of_team = team_to_read(request.user, team)
    allowed = may(request, of_team)
    today = timezone.localdate()
    adopted = queries.mandate_in_force(of_team)
    upcoming = open_in_brief(of_team) if allowed["may_see_draft"] else None
    is_proposed = upcoming is not None and upcoming.state == MandateState.PROPOSED
    calls = review_calls([adopted], today) if adopted and allowed["may_lead"] and not upcoming else []
    context = {
        "team": of_team,
        "mandate": adopted,
        "confirmations": confirmed_by(adopted) if adopted else [],
        "open": upcoming,
        "round": confirming(upcoming, today) if upcoming and is_proposed else None,
        "review": calls[0] if calls else None,
        "keep": WhichForm(initial={"mandate": adopted.pk}) if calls and adopted else None,
        "scheme": scheme_in_brief(of_team, today),
        **allowed,
    }
    return render(request, "mandates/show.html", context)


@require_GET
def show_versions(request: Request, team: str) -> HttpResponse:
    of_team = team_to_read(request.user, team)
    found = versions(request.user, of_team)
    form = CompareForm(versions=found) if len(found) > 1 else None
    context = {
        "team": of_team,
        "versions": found,
        "compare": form,
        "may_archive": rules.can_archive_mandate(request.user, of_team),
    }
    return render(request, "mandates/versions.html", context)


@require_GET
def show_version(request: Request, team: str, number: int) -> HttpResponse:
    of_team = team_to_read(request.user, team)
    mandate = version_for(request.user, of_team, number)
    context = {
        "team": of_team,
        "mandate": mandate,
        "is_open": mandate.state in OPEN,
        "confirmations": confirmed_by(mandate),
    }
    return render(request, "mandates/version.html", context)


@require_GET
def compare(request: Request, team: str) -> HttpResponse:
    of_team = team_to_read(request.user, team)
    found = versions(request.user, of_team)
    form = CompareForm(request.GET, versions=found) if found else None
    comparison = None
    if form and form.is_valid():
        before = version_for(request.user, of_team, form.cleaned_data["fran"])
        after = version_for(request.user, of_team, form.cleaned_data["till"])
        comparison = compare_versions(before, after)
    status = 422 if form and form.errors else 200
    context = {"team": of_team, "form": form, "comparison": comparison}
    return render(request, "mandates/compare.html", context, status=status)


@require_POST
def archive(request: Request, team: str) -> FileResponse:
    """The versions that the team has adopted, as a package for the e-archive."""
    of_team = team_to_archive(request.user, team)
    return package_response(
        f"mandat-{of_team.slug}",
        archive_records(of_team),
        creator=of_team.unit.name,
        note=lambda count: actions.note_archived(team=of_team, count=count, actor=request.user),
    )
