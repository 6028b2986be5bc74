"""The questionnaires: a list, one of them, its questions as they will look, and writing one's own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styrfart.climate.actions import instruments as actions
from styrfart.climate.forms.instruments import OwnInstrumentForm, as_written
from styrfart.climate.models import OwnInstrument
from styrfart.climate.queries import instruments as queries
from styrfart.people.request import Request
from styrfart.shared import receipts
from styrfart.shared.forms import RevisionForm, upon


@require_safe
def instruments(request: Request) -> HttpResponse:
    """Every questionnaire: what it measures, by what right it stands here, how long it takes."""
    page = queries.instrument_list(request.user)
    return render(request, "climate/instruments/list.html", {"page": page})


@require_safe
def instrument(request: Request, key: str) -> HttpResponse:
    """One questionnaire."""
    page = queries.instrument_for(request.user, key)
    return render(
        request, "climate/instruments/show.html", {"page": page, "instrument": page.listed.instrument}
    )


@require_safe
def preview_question(request: Request, key: str, number: int) -> HttpResponse:
    """A question as whoever answers will see it; nothing can be sent from here."""
    page = queries.instrument_for(request.user, key)
    asked = page.listed.instrument
    context = {
        "page": page,
        "instrument": asked,
        "question": queries.question_of(page, number).text.to(request.LANGUAGE_CODE),
        "number": number,
        "total": len(asked.items),
        "before": number - 1,
        "after": number + 1 if number < len(asked.items) else None,
    }
    return render(request, "climate/instruments/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: Request) -> HttpResponse:
    """Write a questionnaire of one's own."""
    queries.composer_only(request.user)
    form = OwnInstrumentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = actions.compose_instrument(
            spec=form.spec,
            origin=form.cleaned_data["origin"],
            text_owner=form.cleaned_data["text_owner"],
            actor=request.user,
        )
        receipts.tell(request, _("Utkastet är sparat. Läs igenom det och gör det klart."), draft="instrument")
        return redirect("climate:instrument", made.key)
    context = {"form": form, "draft_key": "instrument"}
    return render(request, "climate/instruments/compose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_instrument(request: Request, key: str) -> HttpResponse:
    """Change what is still a draft."""
    draft = queries.draft_for(request.user, key)
    if request.method != "POST":
        return _form(request, draft, OwnInstrumentForm(initial=as_written(draft)))
    form = OwnInstrumentForm(request.POST)
    if not form.is_valid():
        return _form(request, draft, form)
    try:
        actions.change_instrument(
            draft=draft,
            revision=form.cleaned_data["revision"] or 0,
            spec=form.spec,
            origin=form.cleaned_data["origin"],
            text_owner=form.cleaned_data["text_owner"],
            actor=request.user,
        )
    except actions.DraftMoved as moved:
        return _form(request, moved.now, form, is_moved=True)
    receipts.tell(request, _("Utkastet är sparat."), draft=f"instrument-{key}")
    return redirect("climate:instrument", key)


def _form(
    request: Request, draft: OwnInstrument, form: OwnInstrumentForm, *, is_moved: bool = False
) -> HttpResponse:
    now = as_written(draft) if is_moved else None
    if is_moved:
        # The next try is against what there is now; what was typed stays in its boxes.
        form.data = upon(form.data, draft.revision)
    context = {"form": form, "draft": draft, "now": now, "draft_key": f"instrument-{draft.key}"}
    status = 409 if is_moved else 422 if form.errors else 200
    return render(request, "climate/instruments/compose.html", context, status=status)


@require_POST
def make_instrument_ready(request: Request, key: str) -> HttpResponse:
    """Let pulses be made of it."""
    draft = queries.draft_for(request.user, key)
    form = RevisionForm(request.POST)
    try:
        actions.make_instrument_ready(draft=draft, revision=form.number, actor=request.user)
    except actions.DraftMoved:
        receipts.warn(request, _("Formuläret har ändrats sedan du öppnade sidan. Läs igenom det igen."))
    else:
        receipts.tell(request, _("Formuläret är klart. Det går att välja när en puls planeras."))
    return redirect("climate:instrument", key)


@require_POST
def begin_version(request: Request, key: str) -> HttpResponse:
    """Begin the next version of a questionnaire that is in use."""
    own = queries.own_for(request.user, key)
    actions.begin_version(own=own, actor=request.user)
    return redirect("climate:edit-instrument", key)


@require_POST
def discard_instrument(request: Request, key: str) -> HttpResponse:
    """Throw a draft away."""
    draft = queries.draft_for(request.user, key)
    form = RevisionForm(request.POST)
    try:
        actions.discard_instrument(draft=draft, revision=form.number, actor=request.user)
    except actions.DraftMoved:
        receipts.warn(request, _("Utkastet har ändrats sedan du öppnade sidan. Läs igenom det igen."))
        return redirect("climate:instrument", key)
    receipts.tell(request, _("Utkastet är slängt."))
    return redirect("climate:instruments")


@require_POST
def retire_instrument(request: Request, key: str) -> HttpResponse:
    """Make no more pulses of it."""
    own = queries.own_for(request.user, key)
    actions.retire_instrument(own=own, actor=request.user)
    receipts.tell(request, _("Formuläret går inte längre att välja. Pulser som har börjat påverkas inte."))
    return redirect("climate:instrument", key)
