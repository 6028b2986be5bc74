"""A matter as an official document: secrecy, and the package for the e-archive."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from styrfart.matters import actions, queries, rules
from styrfart.matters.facts import SecrecyChanged
from styrfart.matters.forms import LiftForm, SecrecyForm
from styrfart.matters.views.conflicts import show_conflicts
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.handing_over import package_response


@require_http_methods(["GET", "POST"])
def mark_secret(request: Request, slug: str, nr: int) -> HttpResponse:  # noqa: ARG001  # of the address
    """Mark the matter with the ground on which it is secret, or change the ground."""
    matter = queries.matter_to_mark(request.user, nr)
    form = SecrecyForm(request.POST if request.method == "POST" else None, matter=matter)
    if form.is_valid():
        try:
            actions.mark_secret(matter=matter, **form.cleaned_data, actor=request.user)
        except SecrecyChanged as fact:
            form.refuse(_("Någon har ändrat sekretessen sedan du öppnade sidan."), fact.matter.secrecy_ground)
            matter = queries.matter_to_mark(request.user, nr)
        else:
            receipts.tell(request, _("Sekretessmarkerat. Bara de som nämns i ärendet och gruppen ser det."))
            return redirect("matters:find", nr)
    context = {
        "matter": matter,
        "team": matter.team,
        "form": form,
        "can_lift": bool(matter.secrecy_ground) and rules.can_lift_secrecy(request.user, matter),
    }
    return render(request, "matters/secrecy.html", context, status=422 if form.errors else 200)


@require_POST
@show_conflicts
def lift_secrecy(request: Request, slug: str, nr: int) -> HttpResponse:  # noqa: ARG001  # of the address
    """The matter is no longer secret."""
    matter = queries.matter_to_mark(request.user, nr)
    if not rules.can_lift_secrecy(request.user, matter):
        raise PermissionDenied
    form = LiftForm(request.POST)
    known = form.cleaned_data["known"] if form.is_valid() else ""
    actions.lift_secrecy(matter=matter, known=known, actor=request.user)
    receipts.tell(request, _("Sekretessen är hävd. Ärendet visas som andra ärenden."))
    return redirect("matters:find", nr)


@require_POST
def archive(request: Request, slug: str) -> FileResponse:
    """The team's closed matters, with their documents, as a package for the e-archive."""
    team = queries.team_to_archive_for(request.user, slug)
    return package_response(
        f"arenden-{slug}",
        queries.archive_records(team),
        creator=team.unit.name,
        note=lambda count: actions.note_archived(team=team, count=count, actor=request.user),
    )
