"""The log has words for everything that is done in this room."""

import re
from pathlib import Path

from styrfart.mandates import actions
from styrfart.people.deeds import deed

VERBS = {
    verb
    for path in Path(actions.__file__).parent.glob("*.py")
    for verb in re.findall(r'"(mandates\.[a-z_]+)"', path.read_text())
}


def test_every_deed_is_told_in_words() -> None:
    assert len(VERBS) == 17
    assert {verb for verb in VERBS if deed(verb) == verb} == set()
