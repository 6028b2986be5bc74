# ruff: noqa: PLC0415  # what needs Django is imported when Django is ready
"""Minutes to measure the page of: ten items with notes, five decisions, five actions, all approved."""

from typing import Any

NAME = "Mätning av anteckningar"
NOTE = "Gruppen vägde två spår mot varandra och hörde dem som berörs innan den enades om vägen."


def minutes_to_read(leader_email: str) -> str:
    """The address of a meeting with approved minutes; made if there is none."""
    from django.db import transaction

    from styrfart.meetings.models import Meeting

    known = Meeting.objects.filter(team__slug="uk", title=NAME, written__state="approved").first()
    if known is not None:
        return known.slug
    with transaction.atomic():
        return _made(leader_email)


def _made(leader_email: str) -> str:
    import datetime as dt

    from django.utils import timezone

    from styrfart.meetings import actions
    from styrfart.meetings.models import Attendee, Meeting, MeetingState, Presence
    from styrfart.people.models import Person, Team, TeamMember

    team, leader = Team.objects.get(slug="uk"), Person.objects.get(email=leader_email)
    day, now = timezone.localdate(), timezone.now()
    meeting = Meeting.objects.create(
        team=team,
        title=NAME,
        held_on=day,
        slug=f"{day}-98",
        starts_at=dt.time(9, 0),
        minutes=120,
        leader=leader,
        secretary=leader,
        state=MeetingState.ENDED,
        opened_at=now - dt.timedelta(hours=2),
        ended_at=now,
    )
    seats = TeamMember.objects.on(day).filter(team=team)
    Attendee.objects.bulk_create(
        Attendee(meeting=meeting, person_id=seat.person_id, role=seat.role, presence=Presence.PRESENT)
        for seat in seats
    )
    for number in range(1, 11):
        _item(meeting, leader, number)
    minutes = actions.begin_minutes(meeting=meeting, actor=leader)
    minutes = actions.hand_over_minutes(
        minutes=minutes, approver=leader, checker=None, revision=minutes.revision, actor=leader
    )
    actions.approve_minutes(minutes=minutes, revision=minutes.revision, actor=leader)
    return meeting.slug


def _item(meeting: Any, leader: Any, number: int) -> None:
    """An item with two notes, and a decision or an action."""
    import datetime as dt

    from django.utils import timezone

    from styrfart.decisions.models import Action, Decision
    from styrfart.meetings.models import AgendaItem, Entry

    day, now = timezone.localdate(), timezone.now()
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=number,
        title=f"Vad gör vi åt fråga {number} av dem som rör flera förvaltningar?",
        purpose="decision",
        level="tactical",
        minutes=12,
        owner=leader,
        outcome="Ett beslut om vilket alternativ vi väljer",
        source="own",
        state="done",
    )
    for _ in range(2):
        Entry.objects.create(meeting=meeting, item=item, kind="note", text=NOTE, author=leader)
    team = item.meeting.team
    if number % 2:
        action = Action.objects.create(
            team=team, text=f"Gör uppgift {number}", owner=leader, due_on=day, created_by=leader
        )
        Entry.objects.create(
            meeting=meeting, item=item, kind="action", text=action.text, author=leader, action=action
        )
        return
    year, week, _day = day.isocalendar()
    decision = Decision.objects.create(
        team=team,
        year=year,
        week=week,
        sequence=900 + number,
        text=f"Vi väljer det första spåret i fråga {number}.",
        reasons="Det kostar minst och kan börja först.",
        decided_by=leader,
        decided_as="Förvaltningschef",
        authority="management",
        decided_at=now,
        recorded_by=leader,
        owner=leader,
        due_on=day,
        effect_question="Andel i tid",
        effect_on=day + dt.timedelta(days=90),
    )
    Entry.objects.create(
        meeting=meeting, item=item, kind="decision", text=decision.text, author=leader, decision=decision
    )
