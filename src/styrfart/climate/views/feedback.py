"""Feedback from chosen colleagues: asked for, given, shared by the one whose it is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styrfart.climate.actions import feedback as actions
from styrfart.climate.forms.feedback import AskFeedbackForm, GiveFeedbackForm, ShareForm, WhoForm
from styrfart.climate.models import FeedbackAnswer
from styrfart.climate.queries import feedback as queries
from styrfart.climate.queries.feedback import RequestPage
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm, upon
from styrfart.shared.templatetags.words import in_words


@require_safe
def feedback(request: Request) -> HttpResponse:
    """What waits for my answer, what I have asked for, what others show me."""
    return render(request, "climate/feedback/home.html", {"page": queries.feedback_home(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def ask_feedback(request: Request) -> HttpResponse:
    """Ask up to six colleagues one question."""
    queries.asker_only(request.user)
    form = AskFeedbackForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        asked = actions.ask_feedback(actor=request.user, **form.cleaned_data)
        count = len(form.cleaned_data["givers"])
        told = ngettext("En kollega är tillfrågad.", "%(count)s kollegor är tillfrågade.", count)
        receipts.tell(request, told % {"count": capfirst(in_words(count))}, draft="ask-feedback")
        return redirect(asked)
    return render(request, "climate/feedback/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def feedback_request(request: Request, pk: int) -> HttpResponse:
    """What was asked, and what came."""
    page = queries.request_for(request.user, pk)
    return _request_page(request, page, ShareForm(user=request.user))


def _request_page(request: Request, page: RequestPage, form: ShareForm) -> HttpResponse:
    context = {"page": page, "form": form}
    return render(request, "climate/feedback/request.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: Request, pk: int) -> HttpResponse:
    """Answer what a colleague asks."""
    answer = queries.answer_for(request.user, pk)
    if request.method != "POST":
        return _answer_page(request, answer, _form_of(answer))
    form = GiveFeedbackForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, answer, form)
    try:
        actions.give_feedback(answer=answer, actor=request.user, **form.cleaned_data)
    except actions.FeedbackIsClosed:
        return _answer_page(request, answer, form, is_closed=True)
    except actions.AnswerMoved as moved:
        form.data = upon(form.data, moved.now.revision)
        return _answer_page(request, moved.now, form, now=moved.now)
    name = answer.request.asker.full_name
    receipts.tell(request, _("Svaret är lämnat till %(name)s.") % {"name": name}, draft=f"feedback-{pk}")
    return redirect("climate:feedback")


def _form_of(answer: FeedbackAnswer) -> GiveFeedbackForm:
    fields = ("revision", "text", "keep", "attempt")
    return GiveFeedbackForm(initial={name: getattr(answer, name) for name in fields})


def _answer_page(
    request: Request,
    answer: FeedbackAnswer,
    form: GiveFeedbackForm,
    *,
    now: FeedbackAnswer | None = None,
    is_closed: bool = False,
) -> HttpResponse:
    context = {
        "answer": answer,
        "form": form,
        "now": now,
        "is_open": queries.is_open(answer) and not is_closed,
        "typed": form.data.get("text", "") if is_closed else "",
    }
    status = 409 if now or is_closed else 422 if form.errors else 200
    return render(request, "climate/feedback/give.html", context, status=status)


@require_POST
def decline_feedback(request: Request, pk: int) -> HttpResponse:
    """Say no, without reasons."""
    answer = queries.answer_for(request.user, pk)
    form = RevisionForm(request.POST)
    try:
        actions.decline_feedback(answer=answer, revision=form.number, actor=request.user)
    except (actions.FeedbackIsClosed, actions.AnswerMoved):
        receipts.warn(
            request, _("Det går inte att avstå. Frågan är stängd, eller så har du ändrat ditt svar.")
        )
        return redirect("climate:give-feedback", pk)
    receipts.tell(request, _("Du har avstått. Ingen får veta varför."))
    return redirect("climate:feedback")


@require_POST
def close_feedback(request: Request, pk: int) -> HttpResponse:
    """Want no more answers."""
    asked = queries.own_request_for(request.user, pk)
    actions.close_feedback(request=asked, actor=request.user)
    receipts.tell(request, _("Frågan är stängd. Det som har kommit finns kvar."))
    return redirect(asked)


@require_POST
def share_feedback(request: Request, pk: int) -> HttpResponse:
    """Let a person read it."""
    asked = queries.own_request_for(request.user, pk)
    form = ShareForm(request.POST, user=request.user)
    if not form.is_valid():
        return _request_page(request, queries.request_for(request.user, pk), form)
    person = form.cleaned_data["person"]
    actions.share_feedback(request=asked, person=person, actor=request.user)
    receipts.tell(request, _("%(name)s får läsa återkopplingen.") % {"name": person.full_name})
    return redirect(asked)


@require_POST
def stop_sharing_feedback(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    asked = queries.own_request_for(request.user, pk)
    form = WhoForm(request.POST)
    actions.stop_sharing_feedback(request=asked, person_id=form.number, actor=request.user)
    receipts.tell(
        request, _("Delningen är borttagen. Återkopplingen går inte längre att läsa för den personen.")
    )
    return redirect(asked)
