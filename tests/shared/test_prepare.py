"""An installation that has been prepared is not prepared again at every start."""

from pathlib import Path

from tests.installation import on_sqlite

ASK = "from styrfart.shared.management.commands.prepare import is_ready\nprint(is_ready())"


def test_it_is_ready_until_the_database_is_lost(tmp_path: Path) -> None:
    made = on_sqlite(tmp_path)
    assert made.python(ASK) == "False"
    made.styrfart("prepare")
    assert made.python(ASK) == "True"
    (made.data / "styrfart.sqlite3").unlink()
    assert made.python(ASK) == "False"
