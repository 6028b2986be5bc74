"""Material of an item: added, fetched, removed."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from styrfart.meetings.actions import material as actions
from styrfart.meetings.forms.moving import MaterialForm
from styrfart.meetings.queries import material as queries
from styrfart.meetings.queries.agenda import item_to_prepare
from styrfart.meetings.views.closed import show_closed
from styrfart.meetings.views.items import item_shown
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared import receipts


@require_POST
@follows_the_meeting
@show_closed
def add_material(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Add files and places to the item."""
    meeting, line = item_to_prepare(request.user, team, day, pk)
    form = MaterialForm(request.POST, request.FILES)
    if not form.is_valid():
        context = item_shown(request, meeting, line, material_form=form, has_errors=True)
        return render(request, "meetings/item.html", context, status=422)
    actions.add_material(
        item=line.item,
        files=form.cleaned_data["uploads"],
        references=form.cleaned_data["references"],
        actor=request.user,
    )
    receipts.tell(request, _("Underlaget är tillagt. Säg till när allt är klart."), draft=f"material-{pk}")
    return redirect("meetings:show-item", team, meeting.slug, pk)


@require_POST
@follows_the_meeting
@show_closed
def remove_material(request: Request, team: str, day: str, pk: int, material: int) -> HttpResponse:
    """Take a document off the item."""
    meeting, line = item_to_prepare(request.user, team, day, pk)
    actions.remove_material(material=queries.material_of(line.item, material), actor=request.user)
    receipts.tell(request, _("Underlaget är borttaget."))
    return redirect("meetings:show-item", team, meeting.slug, pk)


@require_GET
@follows_the_meeting
def download_material(request: Request, team: str, day: str, pk: int, material: int) -> FileResponse:
    """An uploaded document of the item."""
    return _as_file(*queries.file_for(request.user, team, day, pk, material))


@require_GET
@follows_the_meeting
def download_of_matter(request: Request, team: str, day: str, pk: int, material: int) -> FileResponse:
    """An uploaded document of the matter that the item takes up, for all who read the item."""
    return _as_file(*queries.matters_file_for(request.user, team, day, pk, material))


def _as_file(file: queries.File, title: str) -> FileResponse:
    """Always something to save, never a page of ours."""
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=title, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
