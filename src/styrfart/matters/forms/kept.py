"""What was typed, given back when somebody else was first."""

from django.http import QueryDict

# Longer texts than this are shown back; shorter values are days, marks and choices.
WORTH_KEEPING = 20


def long_texts(data: QueryDict) -> list[str]:
    """The texts that somebody took the trouble to write, whichever form they were sent with."""
    return [
        str(text)
        for name, text in data.items()
        if len(str(text)) >= WORTH_KEEPING and name != "csrfmiddlewaretoken"
    ]
