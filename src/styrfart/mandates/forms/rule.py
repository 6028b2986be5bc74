"""A rule of a mandate: in words, where to, who, and hints; units, teams and points are found by searching."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.mandates.actions import RuleText
from styrfart.mandates.forms.fields import PointsField, UnitField, UnitsField
from styrfart.mandates.forms.read import ReadForm, read_now
from styrfart.mandates.models import DelegationPoint, Destination, Mandate, Rule
from styrfart.mandates.queries.choosing import MOST, another_team, find_teams
from styrfart.mandates.queries.delegation import matching, points_for_triage, renewed
from styrfart.people.models import Person, Team, Unit
from styrfart.people.queries import search_units
from styrfart.shared.forms import KronorField, upon

MOST_WORDS = 200
LONGEST_WORD = 60
# What may be searched for on the page: the name of the button's value, and of the box beside it.
FINDS = ("post_unit", "to_team", "units", "points")

HINTS: Mapping[str, str | Promise] = {
    Destination.MEETING: _("Gruppen behöver tänka ihop. Ärendet hamnar i kön till nästa möte."),
    Destination.POST: _("En person har redan rätt att besluta. Gruppen behöver högst få veta."),
    Destination.TEAM: _("En annan ledningsgrupp är rätt plats. Den får ärendet med kvitto."),
    Destination.LINE: _("Chefen som ärendet rör löser det i vardagen."),
    Destination.COMMITTEE: _("Bara nämnden får besluta. Gruppen förbereder."),
    Destination.WRITTEN: _("Det räcker att alla får läsa. Ingen mötestid."),
}


def _units(ids: set[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=ids).select_related("parent")


class RuleForm(ReadForm):
    """A rule of the team's `draft`; what `find` names is searched for, and nothing is judged then."""

    concerns = forms.CharField(
        label=_("Vad gäller regeln?"),
        help_text=_("Skriv så att den som lämnar in ett ärende känner igen sitt eget."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad regeln gäller")},
    )
    destination = forms.ChoiceField(
        label=_("Vart går sådana ärenden?"),
        choices=[
            (Destination.MEETING, _("Till vårt möte")),
            (Destination.POST, _("Till en befattning som beslutar själv")),
            (Destination.TEAM, _("Till en annan ledningsgrupp")),
            (Destination.LINE, _("Till linjen")),
            (Destination.COMMITTEE, _("Till nämnden, genom oss")),
            (Destination.WRITTEN, _("Ut som skriftlig information")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vart ärendena går")},
    )
    post_title = forms.CharField(
        label=_("Vilken befattning, om en sådan beslutar?"),
        help_text=_("Som den heter i organisationen, till exempel Enhetschef."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"list": "titles", "autocomplete": "off"}),
    )
    find_post_unit = forms.CharField(label=_("Sök enhet"), required=False, max_length=100)
    find_to_team = forms.CharField(label=_("Sök ledningsgrupp"), required=False, max_length=100)
    words = forms.CharField(
        label=_("Ord som brukar stå i sådana ärenden"),
        help_text=_("Ett ord eller uttryck på varje rad, till exempel sommarvikarie. Skriv i grundform."),
        required=False,
        max_length=12000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    find_units = forms.CharField(label=_("Sök enhet som regeln gäller"), required=False, max_length=100)
    amount_min = KronorField(label=_("Gäller från beloppet"), required=False)
    amount_max = KronorField(label=_("Gäller till och med beloppet"), required=False)
    find_points = forms.CharField(label=_("Sök punkt i delegationsordningen"), required=False, max_length=100)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        team: Team,
        draft: Mandate | None,
        reader: Person,
        rule: Rule | None = None,
        find: str = "",
    ) -> None:
        super().__init__(data, initial=_initial(draft, rule))
        self.team, self.reader = team, reader
        self._hits: set[int] = set()
        sought = data.get(f"find_{find}", "")[:100] if data and find in FINDS else ""
        self.fields["destination"].hints = HINTS  # type: ignore[attr-defined]  # read by shared/field.html
        self.fields["post_unit"] = UnitField(
            label=_("Gäller det en viss enhets befattning?"),
            queryset=_units(self._shown("post_unit", self._units(find, "post_unit", sought))),
            required=False,
            empty_label=_("Nej, den närmaste ovanför den som äger ärendet"),
            widget=forms.RadioSelect,
        )
        self.fields["to_team"] = forms.ModelChoiceField(
            label=_("Vilken ledningsgrupp?"),
            queryset=another_team(team).filter(pk__in=self._shown("to_team", self._teams(find, sought))),
            required=False,
            error_messages={"invalid_choice": _("Sök och välj en ledningsgrupp")},
            empty_label=None,
            widget=forms.RadioSelect,
        )
        self.fields["units"] = UnitsField(
            label=_("Enheter som regeln gäller"),
            help_text=_("Kryssa inte i någon om den gäller alla."),
            queryset=_units(self._shown("units", self._units(find, "units", sought))),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        now = points_for_triage(team) if find == "points" or self._chosen("points") else []
        if rule is not None:
            self.initial["points"] = [point.pk for point in renewed(rule.points.all(), now)]
        found = matching(now, sought)[:MOST] if find == "points" and sought else []
        self.fields["points"] = PointsField(
            now,
            label=_("Punkter i delegationsordningen"),
            queryset=DelegationPoint.objects.filter(
                pk__in=self._shown("points", [point.pk for point in found])
            ),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

        # What was searched for without a hit: the page says so beside the box.
        self.found_nothing = find if sought and not self._hits else ""
        if find and data is not None:
            self._keep(data)

    def _keep(self, data: QueryDict) -> None:
        """Show what was typed and chosen without judging it: the reader only searched."""
        several = {"units", "points"}
        self.initial = {
            name: data.getlist(name) if name in several else data.get(name, "") for name in self.fields
        }
        self.is_bound = False

    def have_read(self, revision: int) -> None:
        """Let the page say that its reader has seen `revision`, keeping all that was typed."""
        self.data = upon(self.data, revision)

    def _shown(self, name: str, found: Iterable[int]) -> set[int]:
        """What may be chosen: what is chosen already and what was found."""
        found = set(found)
        self._hits |= found
        return self._chosen(name) | found

    def _chosen(self, name: str) -> set[int]:
        if isinstance(self.data, QueryDict) and self.is_bound:
            return {int(pk) for pk in self.data.getlist(name) if pk.isdecimal() and len(pk) < 18}
        kept = self.initial.get(name) or []
        return set(kept) if isinstance(kept, list) else {kept}

    def _units(self, find: str, name: str, sought: str) -> list[int]:
        return [unit.pk for unit in search_units(self.reader, sought)] if find == name and sought else []

    def _teams(self, find: str, sought: str) -> list[int]:
        return find_teams(sought, beside=self.team) if find == "to_team" and sought else []

    def clean_concerns(self) -> str:
        return " ".join(str(self.cleaned_data["concerns"]).split())

    def clean_post_title(self) -> str:
        return " ".join(str(self.cleaned_data["post_title"]).split())

    def clean_words(self) -> list[str]:
        words = [" ".join(line.split()) for line in str(self.cleaned_data["words"]).splitlines()]
        unique = list({word.casefold(): word for word in words if word}.values())
        if len(unique) > MOST_WORDS:
            raise forms.ValidationError(
                gettext("Välj ut högst %(most)s ord. Nu är de %(count)s.")
                % {"most": MOST_WORDS, "count": len(unique)}
            )
        if too_long := next((word for word in unique if len(word) > LONGEST_WORD), None):
            raise forms.ValidationError(
                gettext("Korta ”%(word)s…” till högst %(most)s tecken, eller dela upp på flera rader.")
                % {"word": too_long[:20], "most": LONGEST_WORD}
            )
        return unique

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        where = cleaned.get("destination")
        if where == Destination.POST and not cleaned.get("post_title") and "post_title" not in self.errors:
            self.add_error("post_title", gettext("Skriv vilken befattning som beslutar"))
        if where == Destination.TEAM and not cleaned.get("to_team") and "to_team" not in self.errors:
            self.add_error("to_team", gettext("Sök och välj en ledningsgrupp"))
        low, high = cleaned.get("amount_min"), cleaned.get("amount_max")
        if low is not None and high is not None and low > high:
            self.add_error("amount_max", gettext("Skriv ett belopp som inte är lägre än från-beloppet"))
        return cleaned

    def text(self) -> RuleText:
        """The rule, without what does not belong to where it leads."""
        given = self.cleaned_data
        where = Destination(given["destination"])
        to_post = where == Destination.POST
        return RuleText(
            concerns=given["concerns"],
            destination=where,
            post_title=given["post_title"] if to_post else "",
            post_unit=given["post_unit"] if to_post else None,
            to_team=given["to_team"] if where == Destination.TEAM else None,
            words=given["words"],
            units=list(given["units"]),
            amount_min=_whole(given["amount_min"]),
            amount_max=_whole(given["amount_max"]),
            points=list(given["points"]),
        )


def _whole(amount: Any) -> int | None:
    return None if amount is None else int(amount)


def _initial(draft: Mandate | None, rule: Rule | None) -> dict[str, Any]:
    read = read_now(draft) if draft else {}
    if rule is None:
        return read
    return {
        **read,
        "concerns": rule.concerns,
        "destination": rule.destination,
        "post_title": rule.post_title,
        "post_unit": rule.post_unit_id,
        "to_team": rule.to_team_id,
        "words": "\n".join(rule.words),
        "units": [unit.pk for unit in rule.units.all()],
        "amount_min": rule.amount_min,
        "amount_max": rule.amount_max,
        "points": [point.pk for point in rule.points.all()],
    }
