"""What a form says of the mandate that its reader had before them; and what every answer has alike."""

from typing import Any, ClassVar

from django import forms

from styrfart.mandates.models import Mandate, Question
from styrfart.shared.forms import upon


class WhichForm(forms.Form):
    """A button whose page showed a mandate."""

    # Every page says which; without it the team's mandate of the moment is meant.
    mandate = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)

    def is_of(self, mandate: Mandate | None) -> bool:
        """Whether the page showed `mandate`, and not one that has been discarded or superseded meanwhile."""
        return mandate is not None and self.is_valid() and self.cleaned_data["mandate"] in {None, mandate.pk}


class ReadForm(WhichForm):
    """Which mandate the reader had before them, and in which revision of it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    @property
    def read_in(self) -> int:
        """The revision; 0, in which nothing was read, when the field did not arrive."""
        return int(self.cleaned_data["revision"]) if self.is_valid() else 0


def read_now(mandate: Mandate) -> dict[str, Any]:
    """What a page says of the mandate that it shows."""
    return {"mandate": mandate.pk, "revision": mandate.revision}


class AnswerForm(ReadForm):
    """An answer, and in which revision of the mandate the question was read."""

    question: ClassVar[Question]
    marks_optional = False

    def value(self) -> Any:
        """The clean answer, as `actions.answer_question` takes it."""
        return self.cleaned_data[self.question.value]

    def have_read(self, revision: int) -> None:
        """Let the page say that its reader has seen `revision`, keeping all that was typed."""
        self.data = upon(self.data, revision)

    @classmethod
    def initial_for(cls, mandate: Mandate) -> dict[str, Any]:
        """What the form shows of the mandate."""
        return {**read_now(mandate), cls.question.value: getattr(mandate, cls.question.value)}
