"""What the clock does with meetings."""

from django.utils import timezone

from styrfart.meetings import actions
from styrfart.meetings.models import PULSE_OPEN_FOR, Meeting, MeetingState
from styrfart.people.models import Team
from styrfart.shared.jobs import Daily, job, schedule


@job()
def release_pulses() -> None:
    """Show the pulses that have closed and behind which enough answers stand."""
    long_ago = timezone.now() - 60 * PULSE_OPEN_FOR
    recent = Meeting.objects.filter(state=MeetingState.ENDED, ended_at__gte=long_ago, pulse_tallies__count__gt=0)
    for team in Team.objects.filter(pk__in=recent.order_by().values("team")):
        actions.release_pulse(team=team)


schedule("meetings.release_pulses", release_pulses, Daily(hour=5))
