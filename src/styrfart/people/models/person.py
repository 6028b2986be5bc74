"""A person is also the account: one row for who somebody is and how they sign in (docs/adr/0002)."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from styrfart.people.models.name_key import NameKeyField, last_word_first
from styrfart.people.models.period import Period, PeriodQuerySet


class PersonManager(BaseUserManager["Person"]):
    """Makes people who can sign in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who may sign in; without a password only by the organisation's own sign-in."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who works here, or works with us."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("som datorn")
        LIGHT = "light", _("ljust")
        DARK = "dark", _("mörkt")

    class Language(models.TextChoices):
        SWEDISH = "sv", _("svenska")
        ENGLISH = "en", _("engelska")

    # None: a person without an address of their own, who never signs in.
    email = models.EmailField(_("e-postadress"), unique=True, null=True, blank=True)
    employee_number = models.CharField(
        _("anställningsnummer"), max_length=40, unique=True, null=True, blank=True
    )
    given_name = models.CharField(_("förnamn"), max_length=80)
    family_name = models.CharField(_("efternamn"), max_length=80)
    # Sorted by the first; found by how any of them begins.
    name_key = NameKeyField("family_name", "given_name")
    given_key = NameKeyField("given_name", "family_name")
    last_key = NameKeyField("given_name", "family_name", key=last_word_first)
    is_active = models.BooleanField(default=True)
    language = models.CharField(_("språk"), max_length=2, choices=Language, default=Language.SWEDISH)
    theme = models.CharField(_("utseende"), max_length=5, choices=Theme, default=Theme.AUTO)
    has_shortcuts = models.BooleanField(_("kortkommandon"), default=True)
    has_digest = models.BooleanField(_("veckobrev"), default=True)

    # Filled by `queries.standing` for as long as this object lives, which is one request.
    standing_today: object = None

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "family_name"]

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="people_person_email_is_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        return f"{self.given_name[:1]}{self.family_name[:1]}".upper()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.given_name


class Role(models.TextChoices):
    """What somebody may do beyond their posts and teams."""

    SYSTEM_OWNER = "system_owner", _("förvaltare")
    HR_DEVELOPER = "hr_developer", _("HR-utvecklare")
    TOP_MANAGEMENT = "top_management", _("högsta ledning")
    COACH = "coach", _("extern coach")


class RoleAssignment(Period):
    """A person has a role for a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("roll"), max_length=20, choices=Role)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["role", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(valid_to__isnull=True),
                name="people_role_is_held_once",
            ),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
