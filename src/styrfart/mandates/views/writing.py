"""Write a draft: begin, one question a page, check the answers."""

import contextlib
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from styrfart.mandates import actions, queries
from styrfart.mandates.actions.adopting import unanswered
from styrfart.mandates.facts import MandateAlreadyOpen, MandateChanged, MandateNotDraft, MandateNotOpen
from styrfart.mandates.forms.adopting import ProposeForm, StartForm
from styrfart.mandates.forms.answers import FORMS
from styrfart.mandates.forms.read import AnswerForm, ReadForm, WhichForm
from styrfart.mandates.forms.results import ResultsForm
from styrfart.mandates.guidance import EXAMPLES
from styrfart.mandates.models import Mandate, MandateState, Question
from styrfart.mandates.queries.mandates import (
    draft_to_read,
    draft_to_write,
    draft_written,
    open_to_lead,
    rule_in_force,
    team_to_read,
    team_to_write,
)
from styrfart.mandates.queries.versions import answers_as_text
from styrfart.mandates.starting_points import all_of_them
from styrfart.mandates.views.reading import may
from styrfart.people.models import Team
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn

# Each question's word in the address, in the order in which they are asked.
PAGES = {
    "syfte": Question.PURPOSE,
    "bara-vi": Question.ONLY_WE,
    "typ": Question.TEAM_TYPE,
    "resultat": Question.RESULTS,
    "normer": Question.NORMS,
    "motestid": Question.TARGET_MIX,
    "regler": Question.RULES,
}
ORDER = list(PAGES)
WORDS = {question: word for word, question in PAGES.items()}
IS_PROPOSED = gettext_lazy("Mandatet är föreslaget och går inte att ändra förrän förslaget tas tillbaka.")
TEMPLATES = {Question.RESULTS: "results", Question.TARGET_MIX: "target_mix"}


@require_http_methods(["GET", "POST"])
def start_draft(request: Request, team: str) -> HttpResponse:
    of_team = team_to_write(request.user, team)
    posted = request.POST if request.method == "POST" else None
    form = StartForm(posted, adopted=queries.mandate_in_force(of_team))
    if form.is_valid():
        try:
            actions.start_draft(team=of_team, source=form.source_chosen(), actor=request.user)
        except MandateAlreadyOpen:
            warn(request, _("Någon har redan börjat på ett utkast. Här är det."))
            return redirect("mandates:check", team)
        return redirect("mandates:answer", team, ORDER[0])
    context = {"team": of_team, "form": form, "points": all_of_them()}
    return render(request, "mandates/start.html", context, status=422 if form.errors else 200)


@require_GET
def check(request: Request, team: str) -> HttpResponse:
    mandate = draft_to_read(request.user, team)
    if mandate.state == MandateState.PROPOSED:
        return redirect("mandates:proposal", team)
    return render(request, "mandates/check.html", check_context(request, mandate))


def check_context(request: Request, mandate: Mandate, form: ProposeForm | None = None) -> dict[str, Any]:
    """What the page with all answers shows."""
    return {
        "team": mandate.team,
        "mandate": mandate,
        "missing": [(question, WORDS[question]) for question in unanswered(mandate)],
        "form": form or ProposeForm(mandate=mandate),
        "remarks": mandate.remarks.select_related("person"),
        **may(request, mandate.team),
    }


@require_http_methods(["GET", "POST"])
def answer(request: Request, team: str, page: str) -> HttpResponse:
    question = PAGES.get(page)
    if question is None or question not in FORMS:
        raise Http404
    kind = FORMS[question]
    if request.method == "GET":
        mandate = draft_to_write(request.user, team)
        return _page(request, mandate.team, mandate, kind(initial=kind.initial_for(mandate)))
    of_team, draft = draft_written(request.user, team)
    form = kind(request.POST)
    if isinstance(form, ResultsForm) and form.is_changing_rows:
        return _page(request, of_team, draft, form, is_kept=True)
    if not form.is_valid():
        return _page(request, of_team, draft, form, status=422)
    return _save(request, of_team, draft, form, page)


def _save(request: Request, team: Team, mandate: Mandate | None, form: AnswerForm, page: str) -> HttpResponse:
    """Save and go on to the next question; or show both texts when somebody else was first."""
    try:
        if mandate is None or not form.is_of(mandate):
            raise MandateNotDraft
        actions.answer_question(
            mandate=mandate,
            question=form.question,
            value=form.value(),
            revision=form.cleaned_data["revision"],
            actor=request.user,
        )
    except MandateChanged as changed:
        now = draft_to_write(request.user, team.slug)
        form.have_read(now.revision)
        return _page(request, team, now, form, status=409, changed=changed)
    except MandateNotDraft:
        return _page(request, team, mandate, form, status=409, is_closed=True)
    return redirect("mandates:answer", team.slug, ORDER[ORDER.index(page) + 1])


def draft_key(form: ReadForm, what: str) -> str:
    """Under which the browser keeps what is typed until it is saved."""
    return f"mandate-{form['mandate'].value()}-{what}"


def _page(
    request: Request,
    team: Team,
    mandate: Mandate | None,
    form: AnswerForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    """A question with its examples; `more` is what came in the way, for `parts/conflict.html`."""
    at = ORDER.index(WORDS[form.question])
    context = {
        "team": team,
        "form": form,
        "number": at + 1,
        "total": len(ORDER),
        "back": ORDER[at - 1] if at else "",
        "example": EXAMPLES[form.question],
        "stored": answers_as_text(mandate)[form.question] if mandate else "",
        "has_errors": status != 200,
        "draft_key": draft_key(form, WORDS[form.question]),
        **more,
    }
    template = f"mandates/answer_{TEMPLATES.get(form.question, 'text')}.html"
    return render(request, template, context, status=status)


@require_http_methods(["GET", "POST"])
def discard_draft(request: Request, team: str) -> HttpResponse:
    try:
        mandate = open_to_lead(request.user, team)
        if request.method == "GET":
            form = WhichForm(initial={"mandate": mandate.pk})
            context = {"team": mandate.team, "mandate": mandate, "form": form}
            return render(request, "mandates/discard.html", context)
        if not WhichForm(request.POST).is_of(mandate):
            raise MandateNotOpen
        actions.discard_draft(mandate=mandate, actor=request.user)
    except MandateNotOpen:
        warn(request, _("Utkastet finns inte längre."))
    except MandateNotDraft:
        warn(request, _("Mandatet är föreslaget. Ta tillbaka förslaget först om du vill kasta det."))
    else:
        tell(request, _("Utkastet är kastat."))
    return redirect("mandates:show", team)


@require_http_methods(["GET", "POST"])
def reopen_rule(request: Request, team: str, key: uuid.UUID) -> HttpResponse:
    """A rule in force by its key; POST opens a draft, unless there is one, and goes to the rule in it."""
    if request.method == "GET":
        of_team = team_to_read(request.user, team)
        context = {"team": of_team, "rule": rule_in_force(of_team, key), **may(request, of_team)}
        return render(request, "mandates/rule_in_force.html", context)
    of_team = team_to_write(request.user, team)
    rule_in_force(of_team, key)
    with contextlib.suppress(MandateAlreadyOpen):
        actions.start_draft(team=of_team, source=queries.mandate_in_force(of_team), actor=request.user)
    draft = draft_to_write(request.user, team)
    if draft.state != MandateState.DRAFT:
        warn(request, str(IS_PROPOSED))
        return redirect("mandates:proposal", team)
    rule = next((rule for rule in draft.rules.all() if rule.key == key), None)
    if rule is None:
        warn(request, _("Regeln är borttagen i utkastet."))
        return redirect("mandates:answer", team, ORDER[-1])
    return redirect("mandates:change-rule", team, rule.pk)
