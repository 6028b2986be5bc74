"""The log of a team, and the list of what the committee is to be told of."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from styrfart.decisions import actions, queries, rules
from styrfart.decisions.forms import LogForm, PeriodForm, ReportedForm
from styrfart.people.queries import standing, team_for
from styrfart.people.request import Request
from styrfart.shared.forms import PageForm
from styrfart.shared.receipts import tell
from styrfart.shared.templatetags.words import in_words


@require_GET
def index(request: Request, slug: str) -> HttpResponse:
    """The team's decisions, newest first, narrowed down as asked."""
    team = team_for(request.user, slug)
    years, owners = queries.log_choices(request.user, team)
    form = LogForm(request.GET, years=years, owners=owners)
    pages = queries.LogPages(request.user, team, form.narrowed())
    page = pages.get_page(PageForm(request.GET).number)
    today = standing(request.user).day
    context = {
        "team": team,
        "form": form,
        "page": page,
        "rows": queries.log_rows(team, page, owners, today),
        "is_narrowed": form.is_narrowed,
        "is_in_room": standing(request.user).is_in(team.pk),
        "can_archive": rules.can_archive(request.user, team),
    }
    return render(request, "decisions/index.html", context)


@require_http_methods(["GET", "POST"])
def report_to_committee(request: Request, slug: str) -> HttpResponse:
    """Decisions by delegation that the committee is to be told of; marked when it has been."""
    team = queries.team_to_report_for(request.user, slug)
    period = PeriodForm(request.GET)
    found = queries.to_report(request.user, team, **period.limits())
    form = ReportedForm(request.POST or None, team=team)
    if request.method == "POST" and form.is_valid():
        try:
            marked = actions.mark_reported(team=team, actor=request.user, **form.cleaned_data)
        except actions.DecisionRefused as refusal:
            form.refuse(refusal)
        else:
            tell(request, _marked(len(marked)))
            return redirect("decisions:report-to-committee", slug=slug)
    context = {
        "team": team,
        "waiting": [decision for decision in found if decision.reported_on is None],
        "reported": [decision for decision in found if decision.reported_on],
        "period": period,
        "form": form,
        "chosen": form.chosen,
        "can_mark": rules.can_report_to_committee(request.user, team),
    }
    return render(request, "decisions/report.html", context, status=422 if form.is_bound else 200)


def _marked(number: int) -> str:
    words = ngettext(
        "%(count)s beslut är markerat som anmält.", "%(count)s beslut är markerade som anmälda.", number
    )
    text = words % {"count": in_words(number, "ett")}
    return text[:1].upper() + text[1:]
