"""The audit log has one row for each deed, in the same transaction, for those whom it concerns."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.models import AuditEntry
from tests import make


def test_a_row_says_who_did_what_to_which_and_what_changed(employee: Person, owner: Person) -> None:
    entry = audit.record(
        "people.change_person",
        employee,
        actor=owner,
        concerns=[employee],
        detail={"family_name": ["Ek", "Berg"]},
    )
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.actor, kept.verb) == (owner, "people.change_person")
    assert (kept.object_type, kept.object_id) == ("people.person", str(employee.pk))
    assert kept.object_label == "Moa Medarbetare"
    assert kept.detail == {"family_name": ["Ek", "Berg"]}
    assert list(kept.concerns.all()) == [employee]
    assert list(employee.audit_about.all()) == [kept]


def test_the_system_itself_may_be_the_one_who_did_it(employee: Person) -> None:
    assert audit.record("people.import_organisation", employee, actor=None).actor is None


def test_people_ids_and_nobody_may_be_named_and_each_is_kept_once(employee: Person, owner: Person) -> None:
    entry = audit.record("x.y", employee, actor=owner, concerns=[employee, employee.pk, None, owner])
    assert sorted(entry.concerns.values_list("pk", flat=True)) == sorted([employee.pk, owner.pk])


@pytest.mark.parametrize(("people", "queries"), [(0, 1), (1, 2), (30, 2)])
def test_a_row_costs_the_same_however_many_it_concerns(
    db: None, people: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    concerned = [make.person() for _ in range(people)]
    thing = make.unit()
    with django_assert_num_queries(queries):
        audit.record("x.y", thing, actor=None, concerns=concerned)


@pytest.mark.django_db(transaction=True)
def test_the_row_of_a_deed_that_is_undone_does_not_exist() -> None:
    person = make.person()

    class Undone(Exception):
        pass

    def deed() -> None:
        with transaction.atomic():
            audit.record("x.y", person, actor=person, concerns=[person])
            raise Undone

    with pytest.raises(Undone):
        deed()
    assert not AuditEntry.objects.exists()


def test_the_name_of_a_thing_is_kept_as_it_was(db: None) -> None:
    unit = make.unit(name="Gamla enheten")
    entry = audit.record("x.y", unit, actor=None)
    unit.name = "Nya enheten"
    unit.save(update_fields=["name"])
    entry.refresh_from_db()
    assert entry.object_label == "Gamla enheten"


def test_a_name_longer_than_the_column_is_cut(db: None) -> None:
    unit = make.unit()
    unit.name = "E" * 300
    assert audit.record("x.y", unit, actor=None).object_label == "E" * 200
