"""People come, change and go."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from styrfart.people.importing.applying.rows import batches, write
from styrfart.people.importing.planning import Plan
from styrfart.people.importing.snapshot import Snapshot
from styrfart.people.models import Person, RoleAssignment
from styrfart.people.models.name_key import fold, last_word_first


def write_people(plan: Plan, snapshot: Snapshot) -> dict[str, int]:
    """Write people; gives the pk for every key."""
    _change(plan)
    _end(plan)
    made = Person.objects.bulk_create(
        Person(
            email=wish.email or None,
            employee_number=wish.number or None,
            given_name=wish.given_name,
            family_name=wish.family_name,
            password=make_password(None),
        )
        for wish in plan.new_people
    )
    pks = {f"p{pk}": pk for pk in snapshot.people}
    pks |= {wish.key: person.pk for wish, person in zip(plan.new_people, made, strict=True)}
    return pks


def _change(plan: Plan) -> None:
    changed = [(now._asdict() | fields, fields) for now, fields in plan.changed_people]
    # Two people may trade addresses or numbers: both let go before either takes.
    for column, name in (("email", "email"), ("employee_number", "number")):
        for pks in batches(after["pk"] for after, fields in changed if name in fields):
            Person.objects.filter(pk__in=pks).update(**{column: None})
    write(
        Person,
        [
            "given_name",
            "family_name",
            "email",
            "employee_number",
            "is_active",
            "name_key",
            "given_key",
            "last_key",
        ],
        (
            (
                after["given_name"],
                after["family_name"],
                after["email"] or None,
                after["number"] or None,
                True,
                fold(f"{after['family_name']} {after['given_name']}"),
                fold(f"{after['given_name']} {after['family_name']}"),
                last_word_first(after["given_name"], after["family_name"]),
                after["pk"],
            )
            for after, _fields in changed
        ),
    )


def _end(plan: Plan) -> None:
    """Close the accounts of those who have left, and the roles they held."""
    last = plan.day - dt.timedelta(days=1)
    for gone in batches(now.pk for now in plan.ended_people):
        Person.objects.filter(pk__in=gone).update(is_active=False)
        roles = RoleAssignment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=last), person__in=gone
        )
        roles.filter(valid_from__gt=last).delete()
        roles.update(valid_to=last)
