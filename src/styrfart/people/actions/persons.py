"""People by hand: those whom no register brings, corrections, roles, and who has left."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from styrfart.people.actions.ending import day_before, end, revision_of
from styrfart.people.models import Person, Post, Role, RoleAssignment, TeamMember
from styrfart.shared.audit import record

FIELDS = ("given_name", "family_name", "email", "employee_number")


class LastOwner(Exception):
    """Without this person nobody could look after the system."""


class RoleIsHeld(Exception):
    """The person has that role already."""


class AddressTaken(Exception):
    """Somebody else has got the address or the number since the page was loaded."""


class PersonChanged(Exception):
    """Somebody else has changed the person since the page was loaded."""


def revision(person: Person) -> str:
    """What the form was filled from."""
    return revision_of(person, *FIELDS)


@transaction.atomic
def add_person(*, given_name: str, family_name: str, email: str, actor: Person) -> Person:
    """Let in somebody who is not in the register, an external coach for one."""
    with _alone():
        person = Person.objects.create_user(email, given_name=given_name, family_name=family_name)
    detail = {"email": ["", person.email or ""]}
    record("people.add_person", person, actor=actor, concerns=[person], detail=detail)
    return person


@transaction.atomic
def change_person(*, person: Person, known: str, actor: Person, **values: str) -> Person:
    """Correct name, address or number; an empty address or number is none."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if revision(person) != known:
        raise PersonChanged
    detail = {}
    for name in FIELDS:
        before, after = getattr(person, name) or "", values[name]
        if before != after:
            detail[{"employee_number": "number"}.get(name, name)] = [before, after]
            setattr(person, name, after or None)
    if detail:
        with _alone():
            person.save(update_fields=[*FIELDS, "name_key", "given_key", "last_key"])
        record("people.change_person", person, actor=actor, concerns=[person], detail=detail)
    return person


@contextmanager
def _alone() -> Iterator[None]:
    """Leave it to the database to say that an address or a number is somebody's already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise AddressTaken from error


@transaction.atomic
def give_role(
    *, person: Person, role: Role, valid_from: dt.date, valid_to: dt.date | None = None, actor: Person
) -> RoleAssignment:
    """Give a role for a time."""
    Person.objects.select_for_update().get(pk=person.pk)
    overlapping = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=valid_from), person=person, role=role
    )
    if valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=valid_to)
    if overlapping.exists():
        raise RoleIsHeld
    given = RoleAssignment.objects.create(person=person, role=role, valid_from=valid_from, valid_to=valid_to)
    record("people.give_role", person, actor=actor, concerns=[person], detail={"role": ["", role.value]})
    return given


@transaction.atomic
def end_role(*, assignment: RoleAssignment, actor: Person) -> None:
    """Take a role away at once; the last system owner keeps theirs."""
    today = timezone.localdate()
    role = Role(assignment.role)
    if role is Role.SYSTEM_OWNER and assignment.is_valid_on(today):
        _keep_an_owner(assignment.person_id, today)
    end(assignment, day_before(today))
    person = assignment.person
    record("people.end_role", person, actor=actor, concerns=[person], detail={"role": [role.value, ""]})


@transaction.atomic
def deactivate_person(*, person: Person, actor: Person) -> None:
    """Close the account of somebody who has left; posts, seats and roles end with it."""
    today = timezone.localdate()
    person = Person.objects.select_for_update().get(pk=person.pk)
    _keep_an_owner(person.pk, today)
    person.is_active = False
    person.save(update_fields=["is_active"])
    still = Q(valid_to=None) | Q(valid_to__gte=today)
    for rows in (
        Post.objects.filter(still, person=person),
        TeamMember.objects.filter(still, person=person),
        RoleAssignment.objects.filter(still, person=person),
    ):
        for row in rows:
            end(row, day_before(today))
    record("people.deactivate_person", person, actor=actor, concerns=[person])


@transaction.atomic
def reactivate_person(*, person: Person, actor: Person) -> None:
    """Open the account again; what has ended stays ended."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record("people.reactivate_person", person, actor=actor, concerns=[person])


def _keep_an_owner(person_id: int, today: dt.date) -> None:
    """Refuse if nobody else is system owner; under lock, so that the last two cannot both leave."""
    owners = RoleAssignment.objects.on(today).filter(role=Role.SYSTEM_OWNER, person__is_active=True)
    held = {each.person_id for each in owners.select_for_update(of=("self",))}
    if held == {person_id}:
        raise LastOwner
