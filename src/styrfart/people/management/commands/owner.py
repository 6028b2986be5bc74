"""`styrfart owner ADDRESS`: the first system owner, who lets in everybody else."""

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from styrfart.people.models import Person, Role, RoleAssignment
from styrfart.shared import audit


class Command(BaseCommand):
    help = "Gör någon till förvaltare och skriv ut en länk där personen väljer lösenord."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADRESS", help="personens e-postadress")
        parser.add_argument(
            "--given", metavar="FÖRNAMN", default="", help="om personen inte finns i registret"
        )
        parser.add_argument("--family", metavar="EFTERNAMN", default="")

    @transaction.atomic
    def handle(self, *_args: Any, address: str, given: str, family: str, **_options: Any) -> None:
        person = self.find_or_add(address.strip().lower(), given.strip(), family.strip())
        today = timezone.localdate()
        if not RoleAssignment.objects.on(today).filter(person=person, role=Role.SYSTEM_OWNER).exists():
            RoleAssignment.objects.create(person=person, role=Role.SYSTEM_OWNER, valid_from=today)
            audit.record(
                "people.give_role",
                person,
                actor=None,
                concerns=[person],
                detail={"role": ["", Role.SYSTEM_OWNER.value]},
            )
        key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        self.stdout.write(f"{person.full_name} är förvaltare.")
        self.stdout.write("Länken nedan gäller i ett dygn och en gång. Ge den bara till personen själv.")
        self.stdout.write(settings.BASE_URL + path.replace("UID-KEY", key))

    def find_or_add(self, address: str, given: str, family: str) -> Person:
        """The person in the register, else a new one."""
        found = Person.objects.filter(email=address).first()
        if found is not None:
            if not found.is_active:
                raise CommandError("Personens konto är stängt. Läs in personen igen först.")
            return found
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} är ingen e-postadress.") from error
        if not (given and family):
            raise CommandError(
                "Personen finns inte i registret. Lägg till --given FÖRNAMN och --family EFTERNAMN."
            )
        return Person.objects.create_user(address, given_name=given, family_name=family)
