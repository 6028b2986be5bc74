"""Every page that a person can reach, and every form with all its faults shown, is for everybody.

In both languages, light and dark, on a desk and on a telephone: axe, the ring of focus, one h1, the language,
a title of its own, no sideways scroll, no complaint from the browser, and in English no Swedish of ours. The
addresses are those of `tests/walk/table.py`: a page that is added there is looked at here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Response

from styrfart.overview import queries
from styrfart.people.models import Person
from tests.browser.conftest import Trouble, wait_again
from tests.browser.looking import SCRIPT, complaints
from tests.walk.addresses import lines
from tests.walk.scene import ROLES, Scene, build
from tests.walk.table import TABLE

Open = Callable[..., Page]

# Files, and parts of pages.
NOT_PAGES = {
    "health",
    "shared:theme",
    "matters:download",
    "matters:suggest-people",
    "matters:suggest-units",
    "decisions:export-log",
    "decisions:export-report",
    "mandates:scheme-template",
    "mandates:scheme-workbook",
    "people:import-template",
    "people:export-organisation",
    "people:import-lines",
    "people:disposal-record",
    "people:export-audit-log",
    "meetings:calendar-feed",
    "meetings:download-material",
    "meetings:download-of-matter",
    "meetings:live-state",
    "meetings:minutes-attachment",
    "meetings:minutes-content",
    "meetings:minutes-pdf",
    "climate:report-csv",
    "climate:report-data",
    "climate:report-picture",
    "climate:results-template",
    "climate:team-report-csv",
    "climate:team-report-data",
    "climate:team-report-picture",
    "meetings:minutes-word",
    "meetings:export-log",
}
# Pages that look as others of the same name do.
ALIKE = {
    f"matters:show, {state}" for state in ["answered", "declined", "handed_over", "informed", "more_asked"]
} | {
    "matters:show, answered once",
    "matters:show, closed long ago",
    "matters:show, of employee",
    "matters:show, prepared",
    "matters:show, preparing",
    "matters:show, secret",
    "decisions:show, marked",
    "mandates:scheme-version",  # the version that is in force
    "meetings:minutes-version",  # the one that holds
}
# Who looks; each at what nobody before has seen, and at home, which is another for everybody.
LOOKERS = ("visitor", "chair", "owner", "employee", "hr", "coach")
FOR_EACH = {"overview:home", "overview:waiting", "matters:mine", "people:account"}
# Sent empty, these answer with every fault shown.
FORMS = {
    "visitor": "account_login account_reset_password shared:feedback",
    "chair": """matters:write matters:decide-now matters:take-up matters:hand-over matters:hand-to-team
        matters:prepare matters:ask-for-more matters:decline mandates:add-rule mandates:change-rule
        mandates:propose-mandate mandates:ask-for-change mandates:start-draft decisions:replace-decision
        decisions:action-list decisions:move-due decisions:report-progress decisions:follow-effect
        decisions:create-action decisions:show-action people:account account_change_password
        meetings:plan meetings:add-kind meetings:edit-kind meetings:end-kind meetings:add-standing-item
        meetings:plan-series meetings:change-series meetings:end-series meetings:change-meeting
        meetings:cancel-meeting meetings:start-wheel meetings:add-wheel-item meetings:change-wheel-year
        meetings:end-wheel-item climate:conversation climate:said-and-done""",
    "employee": "matters:edit matters:answer matters:hand-back matters:finish-preparation",
    "hr": "climate:benchmarks",
    "owner": """people:import people:add-person people:edit-person people:give-role people:create-team
        people:edit-team people:add-member people:change-chair people:end-member people:change-retention
        people:dispose mandates:read-scheme""",
}


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return build()


def pages_of(role: str) -> list[str]:
    """The lines of the table that `role` opens and nobody before has opened."""
    place = ROLES.index(role)
    earlier = [ROLES.index(who) for who in LOOKERS[: LOOKERS.index(role)]]
    return [
        line
        for line, row in TABLE.items()
        if row[place] == "."
        and line.split(",")[0] not in NOT_PAGES
        and line not in ALIKE
        and (line in FOR_EACH or all(row[one] != "." for one in earlier))
    ]


@pytest.mark.timeout(900)  # a chair has 170 pages; the browser is given up sooner when it is silent
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", LOOKERS)
def test_every_page(open_page: Open, scene: Scene, trouble: Trouble, role: str, language: str) -> None:
    walked = Walk(open_page, scene, trouble, role, language)
    for line in pages_of(role):
        walked.look(line)
    walked.end()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", FORMS)
def test_every_form_with_its_faults(
    open_page: Open, scene: Scene, trouble: Trouble, role: str, language: str
) -> None:
    walked = Walk(open_page, scene, trouble, role, language)
    for line in FORMS[role].split():
        walked.send_empty(line)
    walked.end()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_that_says_no(
    open_page: Open, scene: Scene, trouble: Trouble, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def fail(_user: Person) -> None:
        raise RuntimeError("the disk is full")

    walked = Walk(open_page, scene, trouble, "member", language)
    walked.see("not found", "/finns-inte/", 404)
    walked.look("matters:take-up", status=403)
    monkeypatch.setattr(queries, "home", fail)
    walked.see("broken", "/", 500)
    walked.end()


class Walk:
    """One person's way through the pages, in one window."""

    def __init__(self, open_page: Open, scene: Scene, trouble: Trouble, role: str, language: str) -> None:
        self.lines, self.language, self.trouble = lines(scene), language, trouble
        person = None if role == "visitor" else scene[role]
        self.page = open_page("/hjalp/", person=person, language=language)
        self.page.add_init_script(SCRIPT)
        # Icons are kept from here on: leaving a page while one loads is a request that failed.
        self.page.wait_for_load_state("networkidle")
        self.problems: list[str] = []
        self.titles: dict[str, set[str]] = defaultdict(set)

    def look(self, line: str, status: int = 200) -> None:
        self.see(line, self.lines[line][0], status)

    def see(self, line: str, address: str, status: int) -> None:
        self.judge(line, self.page.goto(address), status)
        self.titles[self.page.title()].add(line.split(",")[0])

    def send_empty(self, line: str) -> None:
        """A form with nothing in it, as somebody sends it who presses the button at once."""
        address = self.lines[line][0].partition("?")[0]
        self.page.goto("/om/")
        with self.page.expect_navigation() as answer:
            self.page.evaluate(SEND_EMPTY, [address, self.language])
        # allauth answers 200 to a form with faults.
        self.judge(line, answer.value, 200 if line.startswith("account_") else 422)
        if not self.page.title().startswith(("Fel: ", "Error: ")):
            self.problems.append(f"{line}: title does not begin with the error: {self.page.title()}")

    def judge(self, line: str, answer: Response | None, status: int) -> None:
        wait_again()
        if answer is None or answer.status != status:
            self.problems.append(f"{line}: answered {answer and answer.status}, not {status}")
            return
        found = complaints(self.page, self.language)
        if line.startswith("meetings:minutes"):  # a record is in the language that it was written in
            found = [wrong for wrong in found if not wrong.startswith("not translated")]
        self.problems += [f"{line}: {wrong}" for wrong in found]
        self.problems += [f"{line}: {said}" for said in self.complaints_of_the_browser(status)]

    def complaints_of_the_browser(self, status: int) -> Iterator[str]:
        """All but that an answer was 4xx or 5xx, where that is what was asked for."""
        for said in self.trouble.lines:
            if not (status >= 400 and f"status of {status}" in said):
                yield said
        self.trouble.lines.clear()

    def end(self) -> None:
        shared = [f"title {title} on {sorted(on)}" for title, on in self.titles.items() if len(on) > 1]
        wrong = self.problems + shared
        assert not wrong, "\n".join(wrong)


# A form like the page's own, with its token and nothing else.
SEND_EMPTY = """async ([address, language]) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const form = document.createElement("form");
  Object.assign(form, {method: "post", action: address});
  for (const [name, value] of [["csrfmiddlewaretoken", token], ["prova", ""]]) {
    const field = document.createElement("input");
    Object.assign(field, {type: "hidden", name, value});
    form.append(field);
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}"""
