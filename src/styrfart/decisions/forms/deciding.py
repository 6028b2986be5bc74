"""The form for a decision: five questions first, the rest below; used wherever something is decided."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from styrfart.decisions import actions, queries
from styrfart.decisions.forms.attendance import AttendanceFields
from styrfart.decisions.forms.change import ChangeFields
from styrfart.decisions.forms.days import CHIPS, chip_day, chip_label, months_later
from styrfart.decisions.forms.refusing import REFUSALS
from styrfart.decisions.forms.rights import right_hint, right_label, right_value
from styrfart.mandates.models import DelegationPoint
from styrfart.people.models import Person, Team, Unit
from styrfart.shared.forms import DayField, KronorField, upon
from styrfart.shared.templatetags.words import day
from styrfart.shared.workdays import next_workday

# More rights than this are chosen from a list instead of side by side.
SIDE_BY_SIDE = 6
EFFECT_AFTER_MONTHS = 3
# What is asked first, and errors that belong to no field.
FIRST = {"text", "owner", "due_in", "due_on", "effect_known", "effect_question", "right", "__all__"}


class DecisionForm(AttendanceFields, ChangeFields):
    """A decision as its decider words it. `initial` may give any field: text, reasons, owner, right, cost …

    `owner` and `recipients` are ids of people, `right` is "arbetsledning" or "p" and the id of a point.
    `units`, `points`, `cost` and `others` (the matter's owner and sender) decide what is offered.
    """

    text = forms.CharField(
        label=pgettext_lazy("ett", "Beslut"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "record"}),
        help_text=_("Skriv så att den som inte var med förstår vad som ska göras."),
        error_messages={"required": _("Skriv vad du beslutar")},
    )
    owner = forms.TypedChoiceField(
        label=_("Vem ser till att det blir gjort?"),
        coerce=int,
        error_messages={
            "required": _("Välj vem som ser till att det blir gjort"),
            "invalid_choice": _("Välj någon i listan"),
        },
    )
    due_in = forms.ChoiceField(
        label=_("Klart senast"), widget=forms.RadioSelect, required=False, initial=CHIPS[0]
    )
    due_on = DayField(
        label=_("eller ett eget datum"),
        required=False,
        help_text=_("Skriver du ett datum här gäller det."),
    )
    effect_known = forms.ChoiceField(
        label=_("Hur ser vi att det fick effekt?"), widget=forms.RadioSelect, required=False
    )
    effect_question = forms.CharField(
        label=_("Hur ser vi att det fick effekt?"),
        max_length=300,
        required=False,
        help_text=_("Helst något ni redan mäter."),
        error_messages={"required": _("Ange hur ni ser att beslutet fick effekt")},
    )
    right = forms.ChoiceField(
        label=_("Med vilken rätt beslutar du?"),
        error_messages={
            "required": _("Välj med vilken rätt du beslutar"),
            "invalid_choice": _("Välj en rätt i listan"),
        },
    )

    reasons = forms.CharField(
        label=_("Skäl"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv varför du beslutar så")},
    )
    alternatives = forms.CharField(
        label=_("Alternativ som vägdes"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    effect_on = DayField(label=_("Effekten följs"), required=False)
    review_on = DayField(
        label=_("Beslutet ses över"),
        required=False,
        help_text=_("Lämna tomt om beslutet gäller tills vidare."),
    )
    cost = KronorField(label=_("Kostnad"), required=False, decimal_places=0)
    rapporteur = forms.TypedChoiceField(label=_("Föredragande"), required=False, coerce=int, empty_value=None)
    recipients = forms.TypedMultipleChoiceField(
        label=_("Vilka behöver få veta?"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De får ett brev och bekräftar att de har tagit del av beslutet. Ägaren får veta ändå."),
    )
    secrecy_ground = forms.CharField(
        label=_("Sekretessgrund"),
        max_length=120,
        required=False,
        help_text=_("Lag och paragraf. Ett sekretessmarkerat beslut visas bara i ledningsgruppen."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        team: Team,
        decider: Person,
        units: Collection[Unit] = (),
        points: Collection[DelegationPoint] = (),
        cost: int | None = None,
        others: Iterable[Person] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.team, self.decider, self.units, self.points = team, decider, list(units), list(points)
        self.today = timezone.localdate()
        self.offered = queries.choices_for(
            team, decider, units=self.units, points=self.points, cost=cost, others=others
        )
        self.people = {**self.offered.people, decider.pk: decider}
        self.rights = {right_value(right): right for right in self.offered.rights}
        if cost is not None:
            self.initial.setdefault("cost", cost)
        self._offer_people()
        self._offer_rights()
        self._choices("due_in", [(chip, chip_label(chip, self.today)) for chip in CHIPS])
        self._choices("effect_known", [(question, question) for question in self.offered.effects])
        self.fields["effect_question"].required = not self.offered.effects
        if self.offered.effects:
            self.fields["effect_question"].label = gettext("eller något annat")
            self.fields["effect_question"].help_text = gettext("Skriver du något här gäller det.")
        self.fields["effect_on"].help_text = gettext(
            "Lämna tomt, så följs effekten tre månader efter att beslutet ska vara genomfört."
        )

    # --- what is offered ----------------------------------------------------------------------------
    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # every name given is one
        field.choices = choices

    def _offer_people(self) -> None:
        in_team = {seat.person_id: str(seat.person) for seat in self.offered.seats}
        in_team.setdefault(self.decider.pk, str(self.decider))
        heads = {
            post.person_id: f"{post.person}, {post.title}, {post.unit}"
            for post in self.offered.heads
            if post.person_id not in in_team
        }
        others = {
            person.pk: str(person)
            for person in self.offered.others
            if person.pk not in in_team and person.pk not in heads
        }
        groups: list[Any] = [
            (label, list(people.items()))
            for label, people in (
                (gettext("I ärendet"), others),
                (gettext("I ledningsgruppen"), in_team),
                (gettext("Chefer"), heads),
            )
            if people
        ]
        self._choices("owner", [("", gettext("Välj en person")), *groups])
        presenters = [(pk, name) for pk, name in {**others, **in_team}.items() if pk != self.decider.pk]
        self._choices("rapporteur", [("", gettext("Ingen")), *presenters])
        told = [(pk, name) for pk, name in {**others, **in_team, **heads}.items() if pk != self.decider.pk]
        self._choices("recipients", told)
        for seat in self.offered.seats:
            if seat.person_id != self.decider.pk:
                self.offer_attendance(seat.person)

    def _offer_rights(self) -> None:
        field = self.fields["right"]
        choices = [(value, right_label(right)) for value, right in self.rights.items()]
        if len(choices) <= SIDE_BY_SIDE:
            field.widget = forms.RadioSelect()
            field.hints = {value: right_hint(right) for value, right in self.rights.items()}  # type: ignore[attr-defined]  # read by field.html
        else:
            choices = [("", gettext("Välj en rätt")), *choices]
        self._choices("right", choices)
        if len(self.rights) == 1:
            self.initial.setdefault("right", next(iter(self.rights)))

    @property
    def can_decide(self) -> bool:
        """Whether this person has any right to decide this."""
        return bool(self.rights)

    @property
    def is_rest_open(self) -> bool:
        """Whether the part below must be shown: something there is wrong or has no answer yet."""
        return bool(set(self.errors) - FIRST) or not self["reasons"].value()

    # --- what was written ---------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._clean_days(data)
        if "effect_question" not in self.errors and not data.get("effect_question"):
            data["effect_question"] = data.get("effect_known", "")
            if not data["effect_question"]:
                self.add_error("effect_question", gettext("Ange hur ni ser att beslutet fick effekt"))
        for row in self.attendance_rows:
            self.clean_attendance(row, data)
        self.clean_change(data)
        excluded = {row.person.pk for row in self.attendance_rows if data.get(f"excluded_{row.person.pk}")}
        if data.get("rapporteur") in excluded:
            self.add_error(
                "rapporteur", gettext("Välj någon annan: den som är jävig får inte föredra ärendet")
            )
        return data

    def _clean_days(self, data: dict[str, Any]) -> None:
        if "due_on" in self.errors:
            return
        due = data.get("due_on") or (chip_day(data["due_in"], self.today) if data.get("due_in") else None)
        if due is None:
            self.add_error("due_on", gettext("Ange när det ska vara klart"))
            return
        if due < self.today:
            self.add_error("due_on", gettext("Ange en dag i dag eller senare"))
            return
        data["due_on"] = due
        if "effect_on" not in self.errors:
            data["effect_on"] = data.get("effect_on") or next_workday(months_later(due, EFFECT_AFTER_MONTHS))
            if data["effect_on"] < due:
                self.add_error(
                    "effect_on",
                    gettext("Ange en dag efter %(day)s, när det ska vara klart") % {"day": day(due)},
                )
        if data.get("review_on") and data["review_on"] <= self.today:
            self.add_error("review_on", gettext("Ange en dag efter i dag"))

    def arguments(self) -> dict[str, Any]:
        """The decision as keywords for `actions.make_decision`, all but `team` and `actor`."""
        data = self.cleaned_data
        right = self.rights[data["right"]]
        return {
            "text": data["text"],
            "reasons": data["reasons"],
            "alternatives": data["alternatives"],
            "decided_by": self.decider,
            "authority": right.authority,
            "delegation_point": right.point,
            "owner": self.people[data["owner"]],
            "due_on": data["due_on"],
            "effect_question": data["effect_question"],
            "effect_on": data["effect_on"],
            "review_on": data["review_on"],
            "cost": None if data["cost"] is None else int(data["cost"]),
            "rapporteur": self.people[data["rapporteur"]] if data["rapporteur"] else None,
            "recipients": [self.people[pk] for pk in data["recipients"]],
            "participants": list(self.attendance()),
            "secrecy_ground": data["secrecy_ground"],
            "change": self.change(),
            "units": self.units,
            "points": self.points,
        }

    def refuse(self, refusal: actions.DecisionRefused, *, revision: int | None = None) -> None:
        """Say at the right field why the decision was not made; what is typed stays.

        `revision`: that of the decision to be replaced as it is now, so that the form may be sent again.
        """
        if revision is not None:
            self.data = upon(self.data, revision)
        field, words = REFUSALS[type(refusal)]
        self.add_error(field, words)
