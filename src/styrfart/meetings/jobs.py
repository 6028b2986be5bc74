"""What the clock does with meetings."""

from django.utils import timezone

from styrfart.meetings import actions
from styrfart.meetings.models import PULSE_OPEN_FOR, Meeting, MeetingState
from styrfart.people.models import Team
from styrfart.shared.jobs import Daily, Every, enqueue, job, schedule


@job()
def release_pulses() -> None:
    """Show the pulses that have closed and behind which enough answers stand."""
    long_ago = timezone.now() - 60 * PULSE_OPEN_FOR
    ended = Meeting.objects.filter(state=MeetingState.ENDED, ended_at__gte=long_ago)
    recent = ended.filter(pulse_tallies__count__gt=0)
    for team in Team.objects.filter(pk__in=recent.order_by().values("team")):
        actions.release_pulse(team=team)


schedule("meetings.release_pulses", release_pulses, Daily(hour=5))


@job()
def remind_of_minutes() -> None:
    """Remind whoever has not approved minutes by their day, once."""
    actions.remind_of_minutes(today=timezone.localdate())


schedule("meetings.remind_of_minutes", remind_of_minutes, Daily(hour=7))


@job()
def end_forgotten_meetings() -> None:
    """Let each meeting that nobody ended, two hours after it should have been over, be ended by itself."""
    for pk in actions.forgotten_meetings(now=timezone.now()):
        enqueue(end_forgotten_meeting, pk)


@job()
def end_forgotten_meeting(pk: int) -> None:
    """End one of them, unless somebody has come back to it."""
    actions.end_forgotten_meeting(pk=pk, now=timezone.now())


schedule("meetings.end_forgotten", end_forgotten_meetings, Every(minutes=10))


@job()
def return_unfinished() -> None:
    """Put what meetings did not reach on the agendas that have been planned since."""
    actions.return_everywhere()


schedule("meetings.return_unfinished", return_unfinished, Every(minutes=60))


@job()
def refresh_attendees() -> None:
    """Expect at coming meetings those who have a seat in the team that day."""
    actions.refresh_everywhere(today=timezone.localdate())


schedule("meetings.refresh_attendees", refresh_attendees, Every(minutes=60))
