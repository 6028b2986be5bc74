"""Several people in one box, one on each line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from styrfart.people.forms.fields import PersonField
from styrfart.people.models import Person
from styrfart.people.standing import User


class PeopleField(forms.CharField):
    """People at work, by name or address, one a line; the clean value is a list without repetitions.

    `user` is who asks, set by the form; nobody asks themself, and only those who can sign in or get a letter
    are asked.
    """

    user: User

    def __init__(self, *, most: int, rows: int = 4, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("max_length", 200 * most)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Person]:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > self.most:
            raise ValidationError(_("Skriv högst %(most)s personer"), params={"most": self.most})
        found: dict[int, Person] = {}
        for line in lines:
            person = self._person(line)
            found[person.pk] = person
        return list(found.values())

    def _person(self, line: str) -> Person:
        single = PersonField()
        single.user = self.user
        try:
            person = single.clean(line)
        except ValidationError as error:
            raise ValidationError(
                _("”%(line)s”: %(fault)s"), params={"line": line[:80], "fault": error.messages[0]}
            ) from error
        assert person is not None  # noqa: S101  # a line that is not empty is a person or a fault
        if person.pk == self.user.pk:
            raise ValidationError(_("Du kan inte fråga dig själv"))
        if not person.email:
            raise ValidationError(
                _("%(name)s har ingen e-postadress och kan inte svara"), params={"name": person.full_name}
            )
        return person


def as_lines(people: list[Person]) -> str:
    """How people stand in the box, so that the same lines find them again."""
    return "\n".join(f"{person.full_name}, {person.email}" for person in people)
