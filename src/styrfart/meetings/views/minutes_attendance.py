"""Who was there, corrected while the minutes are being written."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from styrfart.meetings import actions, queries
from styrfart.meetings.forms import CorrectAttendanceForm
from styrfart.meetings.views.moved import follows_the_meeting
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_http_methods(["GET", "POST"])
@follows_the_meeting
def correct(request: Request, team: str, day: str, pk: int) -> HttpResponse:
    """Whether somebody was there, from when to when, or why not."""
    minutes, attendee = queries.attendee_to_correct(request.user, team, day, pk)
    form = CorrectAttendanceForm(request.POST if request.method == "POST" else None, attendee=attendee)
    if form.is_valid():
        try:
            actions.correct_attendance(
                minutes=minutes, attendee=attendee, actor=request.user, **form.cleaned_data
            )
        except actions.AttendanceHasMovedOn as fact:
            form = form.upon(fact.attendee)
        except actions.MinutesHaveMovedOn:
            warn(request, _("Anteckningarna har lämnats över. Be den som godkänner att skicka tillbaka dem."))
            return redirect("meetings:minutes", team, day)
        else:
            tell(request, _("Närvaron är rättad."))
            return redirect(f"{queries.address_of_minutes(minutes)}#narvaro")
    context = {"minutes": minutes, "attendee": attendee, "form": form}
    return render(request, "meetings/minutes/attendance.html", context, status=422 if form.errors else 200)
