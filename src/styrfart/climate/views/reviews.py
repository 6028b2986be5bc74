"""A 360: planned, started, stopped and shared by the manager it is about."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styrfart.climate.actions import reviews as actions
from styrfart.climate.actions.rounds import RoundHasEnded, RoundMovedOn, stop_round
from styrfart.climate.forms.feedback import ShareForm, WhoForm
from styrfart.climate.forms.reviews import ReviewForm, as_planned, as_raters
from styrfart.climate.models import Round, RoundState
from styrfart.climate.queries import reviews as queries
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm, upon
from styrfart.shared.templatetags.words import day


@require_safe
def reviews(request: Request) -> HttpResponse:
    """My own, and those that others show me."""
    return render(request, "climate/reviews/home.html", {"page": queries.reviews_home(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def new_review(request: Request) -> HttpResponse:
    """Plan a 360 of myself."""
    queries.review_asker_only(request.user)
    if request.method != "POST":
        initial = as_raters(queries.raters_to_begin_with(request.user))
        return _form(request, ReviewForm(user=request.user, initial=initial))
    form = ReviewForm(request.POST, user=request.user)
    if not form.is_valid():
        return _form(request, form)
    made = actions.plan_review(
        raters=form.raters,
        closes_on=form.cleaned_data["closes_on"],
        why=form.cleaned_data["why"],
        actor=request.user,
    )
    receipts.tell(request, _("Planen är sparad. Ingen är tillfrågad än."), draft="review")
    return redirect("climate:review", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_review(request: Request, pk: int) -> HttpResponse:
    """Change who is asked, before it is started."""
    asked = queries.own_review_for(request.user, pk)
    if asked.state != RoundState.DRAFT:
        return _started(request, pk)
    raters = queries.review_for(request.user, pk, language=request.LANGUAGE_CODE).raters
    if request.method != "POST":
        return _form(request, ReviewForm(user=request.user, initial=as_planned(asked, raters)), asked)
    form = ReviewForm(request.POST, user=request.user)
    if not form.is_valid():
        return _form(request, form, asked)
    try:
        actions.change_review(
            round=asked,
            revision=form.cleaned_data["revision"] or 0,
            raters=form.raters,
            closes_on=form.cleaned_data["closes_on"],
            why=form.cleaned_data["why"],
            actor=request.user,
        )
    except RoundMovedOn:
        return _moved(request, form, pk)
    receipts.tell(request, _("Planen är sparad. Ingen är tillfrågad än."), draft=f"review-{pk}")
    return redirect("climate:review", pk)


def _moved(request: Request, form: ReviewForm, pk: int) -> HttpResponse:
    page = queries.review_for(request.user, pk, language=request.LANGUAGE_CODE)
    if not page.is_draft:
        return _started(request, pk)
    form.data = upon(form.data, page.round.revision)
    return _form(request, form, page.round, now=page)


def _started(request: Request, pk: int) -> HttpResponse:
    receipts.warn(request, _("Den är redan startad. Det går inte längre att ändra vilka som tillfrågas."))
    return redirect("climate:review", pk)


def _form(
    request: Request, form: ReviewForm, asked: Round | None = None, *, now: queries.ReviewPage | None = None
) -> HttpResponse:
    context = {"form": form, "asked": asked, "now": now}
    return render(
        request, "climate/reviews/edit.html", context, status=409 if now else 422 if form.errors else 200
    )


@require_safe
def review(request: Request, pk: int) -> HttpResponse:
    """The plan, the waiting, or the report."""
    page = queries.review_for(request.user, pk, language=request.LANGUAGE_CODE)
    return _review(request, page, ShareForm(user=request.user))


def _review(request: Request, page: queries.ReviewPage, form: ShareForm) -> HttpResponse:
    name = "report" if page.report else "plan"
    context = {"page": page, "asked": page.round, "form": form}
    return render(request, f"climate/reviews/{name}.html", context, status=422 if form.errors else 200)


@require_POST
def start_review(request: Request, pk: int) -> HttpResponse:
    """Ask them."""
    asked = queries.own_review_for(request.user, pk)
    form = RevisionForm(request.POST)
    try:
        actions.start_review(round=asked, revision=form.number, actor=request.user)
    except RoundMovedOn:
        receipts.warn(request, _("Planen har ändrats sedan du öppnade sidan. Läs igenom den igen."))
    except actions.DayHasPassed:
        receipts.warn(request, _("Sista dagen har varit. Välj en ny dag och starta igen."))
    except actions.TooSoon as error:
        told = _(
            "Du har redan haft en 360 det senaste halvåret. Starta nästa tidigast %(day)s: tätare än så går "
            "det att räkna ut vad enskilda har svarat."
        )
        receipts.warn(request, told % {"day": day(error.day)})
    except actions.TooFewRaters:
        receipts.warn(request, _("Fråga minst tre kollegor och medarbetare. Annars går inget att visa."))
    else:
        receipts.tell(request, _("Din 360 är startad. Var och en får sin länk."))
    return redirect("climate:review", pk)


@require_POST
def stop_review(request: Request, pk: int) -> HttpResponse:
    """Stop it: every answer is destroyed. A plan is thrown away."""
    asked = queries.own_review_for(request.user, pk)
    form = RevisionForm(request.POST)
    try:
        stop_round(round=asked, revision=form.number, actor=request.user)
    except (RoundMovedOn, RoundHasEnded):
        receipts.warn(request, _("Den har ändrats sedan du öppnade sidan. Läs igenom den igen."))
        return redirect("climate:review", pk)
    is_plan = asked.state == RoundState.DRAFT
    told = _("Planen är slängd.") if is_plan else _("Din 360 är avbruten. Alla svar är förstörda.")
    receipts.tell(request, told)
    return redirect("climate:reviews")


@require_POST
def share_review(request: Request, pk: int) -> HttpResponse:
    """Let a person read the report."""
    asked = queries.own_review_for(request.user, pk)
    form = ShareForm(request.POST, user=request.user)
    if not form.is_valid():
        return _review(request, queries.review_for(request.user, pk, language=request.LANGUAGE_CODE), form)
    person = form.cleaned_data["person"]
    actions.share_review(round=asked, person=person, actor=request.user)
    receipts.tell(request, _("%(name)s får läsa rapporten.") % {"name": person.full_name})
    return redirect("climate:review", pk)


@require_POST
def stop_sharing_review(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    asked = queries.own_review_for(request.user, pk)
    form = WhoForm(request.POST)
    actions.stop_sharing_review(round=asked, person_id=form.number, actor=request.user)
    receipts.tell(request, _("Delningen är borttagen. Rapporten går inte längre att läsa för den personen."))
    return redirect("climate:review", pk)
