"""The results for the year: rows that the server adds and removes, without a script."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from styrfart.mandates.forms.read import AnswerForm, read_now
from styrfart.mandates.models import Mandate, Question

MOST_RESULTS = 12


class RowsForm(forms.Form):
    """How many rows the page had, and whether the reader wants one more or one less."""

    count = forms.IntegerField(min_value=0, max_value=MOST_RESULTS)
    row = forms.RegexField(r"^(add|remove-\d{1,2})$", required=False)


class ResultsForm(AnswerForm):
    """Rows of a result and how it will be seen. The server adds and removes rows, without a script."""

    question = Question.RESULTS

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        rows = RowsForm(data)
        self.is_changing_rows = bool(data and rows.is_valid() and rows.cleaned_data["row"])
        self.is_whole = data is None or rows.is_valid()
        if data is None:
            self.texts = [*(initial or {}).get("results", []), ("", "")][:MOST_RESULTS]
        else:
            count = rows.cleaned_data["count"] if rows.is_valid() else MOST_RESULTS
            self.texts = [
                (data.get(f"text_{n}", ""), data.get(f"measure_{n}", "")) for n in range(1, count + 1)
            ]
        if self.is_changing_rows:
            self._change(rows.cleaned_data["row"])
        for number in range(1, len(self.texts) + 1):
            self._add_row(number)

    def _change(self, how: str) -> None:
        """One row more or less; what has been typed is kept, and nothing is judged yet."""
        if how == "add" and self.has_room:
            self.texts.append(("", ""))
        elif how.startswith("remove-"):
            gone = int(how.removeprefix("remove-"))
            self.texts = [text for number, text in enumerate(self.texts, 1) if number != gone] or [("", "")]
        self.initial = {name: self.data.get(name) for name in ("mandate", "revision")}
        self.is_bound = False

    def _add_row(self, number: int) -> None:
        text, measure = self.texts[number - 1]
        self.fields[f"text_{number}"] = forms.CharField(
            label=gettext("Resultat %(number)s") % {"number": number},
            required=False,
            max_length=300,
            initial=text,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"measure_{number}"] = forms.CharField(
            label=gettext("Så ser vi det, resultat %(number)s") % {"number": number},
            required=False,
            max_length=200,
            initial=measure,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def has_room(self) -> bool:
        """Whether there may be one row more."""
        return len(self.texts) < MOST_RESULTS

    def rows(self) -> list[tuple[int, Any, Any]]:
        """Number, and the two fields of each row."""
        return [
            (number, self[f"text_{number}"], self[f"measure_{number}"])
            for number in range(1, len(self.texts) + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, len(self.texts) + 1):
            if cleaned.get(f"measure_{number}") and not cleaned.get(f"text_{number}", "missing"):
                self.add_error(f"text_{number}", gettext("Skriv resultatet, eller ta bort raden"))
        if not self.is_whole:
            raise forms.ValidationError(gettext("Sidan kom fram ofullständig. Ladda om den och försök igen."))
        return cleaned

    def value(self) -> list[tuple[str, str]]:
        """The rows that have something in them."""
        given = self.cleaned_data
        rows = (
            (_one_line(given[f"text_{n}"]), _one_line(given[f"measure_{n}"]))
            for n in range(1, len(self.texts) + 1)
        )
        return [row for row in rows if row[0]]

    @classmethod
    def initial_for(cls, mandate: Mandate) -> dict[str, Any]:
        rows = [(row.text, row.measure) for row in mandate.results.all()]
        return {**read_now(mandate), "results": rows}


def _one_line(text: str) -> str:
    return " ".join(text.split())
