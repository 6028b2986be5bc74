"""What was typed in a form, kept when somebody else was first."""

import pytest
from django.http import QueryDict

from styrfart.shared.forms import upon


@pytest.mark.parametrize(
    "typed",
    [
        QueryDict("title=Mitt+eget&units=E1&units=E2&revision=3"),
        {"title": "Mitt eget", "units": "E2", "revision": 3},
    ],
)
def test_what_was_typed_is_kept_upon_the_newer_version(typed: QueryDict | dict[str, object]) -> None:
    before = typed.copy()
    kept = upon(typed, 4)
    several = ["E1", "E2"] if isinstance(typed, QueryDict) else ["E2"]
    assert dict(kept.lists()) == {"title": ["Mitt eget"], "units": several, "revision": ["4"]}
    assert typed == before


def test_a_form_that_sent_no_revision_gets_one() -> None:
    assert upon({}, 1).urlencode() == "revision=1"
