"""Adopted mandates on their way to the e-archive."""

import datetime as dt
import io
import zipfile

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from styrfart.mandates.models import MandateState
from styrfart.mandates.queries.archiving import archive_records
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, RetentionRule
from tests import make
from tests.conftest import signed_in
from tests.make.mandates import whole_mandate
from tests.mandates.pages import at


def test_every_adopted_version_is_a_record_and_no_draft(
    team: Team, member: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    RetentionRule.objects.filter(record_type="mandates.mandate").update(
        keep_years=10, decision_reference="§ 7"
    )
    for state in (MandateState.SUPERSEDED, MandateState.ADOPTED, MandateState.DRAFT):
        mandate = whole_mandate(team, state=state)
        mandate.confirmations.create(person=member)
    with django_assert_num_queries(8):
        first, second = list(archive_records(team))
    said = {name: value for name, _label, value in second.fields}
    assert (first.title, second.title) == (
        f"Mandat för {team}, version 1",
        f"Mandat för {team}, version 2",
    )
    assert second.retention == "gallras efter 10 år, § 7"
    assert said["rules"] == "1. Prioritering mellan avdelningar. Tas upp på vårt möte."
    assert said["purpose"].startswith("Vi ser till att staden byggs")
    assert said["confirmedBy"].startswith("Samir Haddad 20")
    assert {name for name, _label, _value in first.fields} - set(said) == {"supersededOn"}


def test_days_are_those_of_the_calendar_on_the_wall(team: Team, member: Person) -> None:
    """Half past midnight in October is still the day before in Greenwich."""
    mandate = whole_mandate(team, state=MandateState.ADOPTED)
    given = mandate.confirmations.create(person=member)
    late = dt.datetime(2026, 10, 8, 22, 30, tzinfo=dt.UTC)
    type(given).objects.filter(pk=given.pk).update(confirmed_at=late)
    [record] = archive_records(team)
    assert {name: value for name, _label, value in record.fields}["confirmedBy"] == "Samir Haddad 2026-10-09"


def test_the_secretary_fetches_a_package_and_the_log_remembers(team: Team, secretary: Person) -> None:
    make.rule(whole_mandate(team, state=MandateState.ADOPTED), "<Inköp> & avrop")
    browser: Client = signed_in(secretary)
    answer = browser.post(at("archive", team))
    package = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    records = [name for name in package.namelist() if name.endswith(".xml") and "METS" not in name]
    assert len(records) == 1
    assert "&lt;Inköp&gt; &amp; avrop" in package.read(records[0]).decode()
    entry = AuditEntry.objects.get(verb="mandates.archive")
    assert entry.detail == {"records": ["", "1"]}
