"""The respondent's path: promise, one question a page, check, send, receipt. Nobody is signed in here."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.climate import drafts, promise
from styrfart.climate.actions.casting import AlreadyAnswered, NotOpen, cast
from styrfart.climate.forms.answering import CodeForm, LanguageForm, QuestionForm, TextForm, WayForm
from styrfart.climate.queries import answering as asking
from styrfart.climate.queries.answering import NotInvited, Sheet
from styrfart.climate.queries.saidanddone import done_since

PAGES = "climate/answering"
A_YEAR = 365 * 24 * 60 * 60
MOST_PADDING = 512  # bytes, each of two signs
ALL = tuple(code for code, _name in settings.LANGUAGES)


def respondent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Opens the link for the view, in one of the round's languages, or says kindly why it does not open."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, key: str, **more: Any) -> HttpResponse:
        return _kept_nowhere(_in_other_language(request) or _with_sheet(view, request, key, more))

    return opened


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    """Nothing on the way and no browser keeps the page, and no other page is told its address."""
    response.headers["Cache-Control"] = "no-store, private"
    # Never more than the name of the server. By "no-referrer" browsers would not say whose form it is.
    response.headers["Referrer-Policy"] = "strict-origin"
    # A page that tells one's answers is longer for some answers than for others, and whoever listens on the
    # net sees how long it is.
    response.headers["X-Padding"] = secrets.token_hex(secrets.randbelow(MOST_PADDING))
    return response


def _with_sheet(
    view: Callable[..., HttpResponse], request: HttpRequest, key: str, more: dict[str, Any]
) -> HttpResponse:
    try:
        sheet = asking.sheet_of(key)
    except NotInvited:
        return _page(request, "unknown", None, status=404)
    now = translation.get_language()
    language = now if now in sheet.languages else sheet.languages[0]
    with translation.override(language):
        if why := sheet.closed:
            response = _page(request, "closed", sheet, status=200 if why == "early" else 410, why=why)
        else:
            response = view(request, sheet, **more)
    response.headers["Content-Language"] = language
    return response


def _in_other_language(request: HttpRequest) -> HttpResponse | None:
    """The same page in the language that a link on it asks for, which the browser remembers."""
    wanted = LanguageForm(request.GET)
    if request.method != "GET" or not wanted.is_valid():
        return None
    response = redirect(request.path)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted.cleaned_data["sprak"],
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _page(
    request: HttpRequest, name: str, sheet: Sheet | None, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"sheet": sheet, "languages": sheet.languages if sheet else ALL}
    if sheet is not None:
        told = promise.sentences(sheet.round, sheet.group.rater)
        context |= {"round": sheet.round, "promise": told, "home": _place(sheet, 0)}
    return render(request, f"{PAGES}/{name}.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Take a code from a slip of paper and open what it opens."""
    if response := _in_other_language(request):
        return _kept_nowhere(response)
    form = CodeForm()
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid() and not asking.is_known(form.cleaned_data["code"]):
            form.add_error("code", CodeForm.unknown)
        if form.is_valid():
            return _kept_nowhere(redirect("climate:answer-start", form.cleaned_data["code"]))
    return _kept_nowhere(_page(request, "enter", None, form=form, status=422 if form.errors else 200))


@require_GET
@respondent
def answer_start(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """What is promised, who asks and why; the way to the first question or to where one was."""
    if asking.is_used(sheet.key):
        return _page(request, "used", sheet)
    draft = drafts.draft_of(request, sheet)
    context: dict[str, Any] = {"is_begun": draft.is_begun, "goal": _gap(sheet, draft)}
    done = [] if sheet.is_review else done_since(sheet.round, sheet.group)
    return _page(request, "start", sheet, done=done, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@respondent
def answer_question(request: HttpRequest, sheet: Sheet, number: int) -> HttpResponse:
    """Ask one question on a scale; the answer stays on the device."""
    if not 1 <= number <= len(sheet.questions):
        return redirect("climate:answer-start", sheet.key)
    question, draft = sheet.questions[number - 1], drafts.draft_of(request, sheet)
    form = QuestionForm(question=question)
    if request.method == "POST":
        form = QuestionForm(request.POST, question=question)
        if form.is_valid():
            response = _onward(request, sheet, number)
            drafts.keep_answer(response, sheet, draft, number, form.cleaned_data["answer"])
            return response
    context = {"question": question, "form": form, "steps": form.steps, "chosen": draft.sign(number)}
    context |= {"number": number, "back": _back(request, sheet, number)}
    return _page(request, "question", sheet, status=422 if form.errors else 200, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@respondent
def answer_text(request: HttpRequest, sheet: Sheet, number: int) -> HttpResponse:
    """Ask one question that is answered in words, or passed; the text stays on the device."""
    if not 1 <= number <= len(sheet.text_questions):
        return redirect("climate:answer-start", sheet.key)
    question, draft = sheet.text_questions[number - 1], drafts.draft_of(request, sheet)
    form = TextForm({"text": draft.texts.get(question.index, "")})
    if request.method == "POST":
        form = TextForm(request.POST)
        if form.is_valid():
            response = _onward(request, sheet, question.number)
            drafts.keep_text(response, sheet, question.index, form.cleaned_data["text"])
            return response
    context = {"question": question, "form": form, "number": question.number}
    context |= {"back": _back(request, sheet, question.number)}
    return _page(request, "text", sheet, status=422 if form.errors else 200, **context)


@require_GET
@respondent
def answer_check(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Show every answer before it is sent."""
    if asking.is_used(sheet.key):
        return redirect("climate:answer-start", sheet.key)  # which says so
    draft = drafts.draft_of(request, sheet)
    if not draft.is_whole:
        return redirect(_gap(sheet, draft))
    rows = [(row, _place(sheet, row.number)) for row in drafts.rows_of(sheet, draft)]
    return _page(request, "check", sheet, rows=rows, back=_place(sheet, sheet.count))


@require_POST
@respondent
def answer_send(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Store the answer. A second click finds it stored, and is led to the same receipt."""
    draft = drafts.draft_of(request, sheet)
    if draft.is_whole:
        try:
            cast(link=sheet.key, values=draft.signs, texts=draft.texts, opened=sheet.envelope)
        except AlreadyAnswered:
            pass
        except NotOpen:
            return redirect("climate:answer-start", sheet.key)
    elif not asking.is_used(sheet.key):
        return redirect(_gap(sheet, draft))
    response = redirect("climate:answer-done", sheet.key)
    drafts.erase(response, sheet)
    return response


@require_GET
@respondent
def answer_done(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The receipt: the answer is stored, and what happens next."""
    if not asking.is_used(sheet.key):
        return redirect("climate:answer-start", sheet.key)
    return _page(request, "done", sheet)


def _onward(request: HttpRequest, sheet: Sheet, number: int) -> HttpResponse:
    """After the question of that number: back to the check for whoever came from there, else the next."""
    is_change = WayForm(request.GET).is_valid()
    return redirect(_place(sheet, sheet.count + 1 if is_change else number + 1))


def _back(request: HttpRequest, sheet: Sheet, number: int) -> str:
    is_change = WayForm(request.GET).is_valid()
    return _place(sheet, sheet.count + 1 if is_change else number - 1)


def _gap(sheet: Sheet, draft: drafts.Draft) -> str:
    """Where the first question is that has no answer; where all are checked when there is none."""
    unwritten = (each.number for each in sheet.text_questions if each.index not in draft.texts)
    return _place(sheet, draft.first_gap or next(unwritten, sheet.count + 1))


def _place(sheet: Sheet, number: int) -> str:
    """The address of a question of either kind; the start before the first, the check after the last."""
    scales = len(sheet.questions)
    if number < 1:
        return reverse("climate:answer-start", args=[sheet.key])
    if number <= scales:
        return reverse("climate:answer-question", args=[sheet.key, number])
    if number <= sheet.count:
        return reverse("climate:answer-text", args=[sheet.key, number - scales])
    return reverse("climate:answer-check", args=[sheet.key])
