"""The queue one matter at a time, all matters, and one matter with its history."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from styrfart.matters import findings, parts, phrases, queries, rules
from styrfart.matters.forms import (
    AnswerForm,
    MatterFilter,
    PreparationForm,
    QueueForm,
    ReturnForm,
    TakeBackForm,
)
from styrfart.matters.models import ROUTABLE, HandOver, Matter, MatterState, Preparation
from styrfart.matters.views.ways import ways_for
from styrfart.people.request import Request
from styrfart.shared.forms import PageForm


@require_GET
def queue(request: Request, slug: str) -> HttpResponse:
    """The next matter that waits for a route, with the desk's proposal."""
    team = queries.desk_for(request.user, slug)
    form = QueueForm(request.GET)
    desk = queries.queue(request.user, team, form.cleaned_data["nr"] if form.is_valid() else None)
    context = {
        "team": team,
        "desk": desk,
        "ways": ways_for(desk) if desk else None,
        "overruled": [findings.told_rule(use, slug=slug) for use in desk.overruled] if desk else [],
    }
    return render(request, "matters/queue.html", context)


@require_GET
def all_matters(request: Request, slug: str) -> HttpResponse:
    """Every matter of the team, narrowed by state and words."""
    team = queries.desk_for(request.user, slug)
    form = MatterFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"lage": "", "text": ""}
    page = queries.team_matters(
        team, state=chosen["lage"], text=chosen["text"], number=PageForm(request.GET).number
    )
    may_route = rules.can_route(request.user, team)
    rows = [
        (
            matter,
            _where_else(matter, may_route=may_route),
            phrases.tone(matter, request.user),
        )
        for matter in page
    ]
    context = {"team": team, "filter": form, "page": page, "rows": rows}
    context["can_archive"] = rules.can_archive(request.user, team)
    return render(request, "matters/all.html", context)


def _where_else(matter: Matter, *, may_route: bool) -> str:
    """Where it is when the state does not say; whether somebody has left concerns those who route."""
    if matter.state not in phrases.ELSEWHERE:
        return ""
    return phrases.where_and_whether(matter) if may_route else phrases.where(matter)


@require_GET
def show(request: Request, slug: str, nr: int) -> HttpResponse:
    """One matter: what is asked, where it is, what has happened, and what the reader may do."""
    matter = queries.matter_for(request.user, nr)
    if matter.state == MatterState.DRAFT:
        return redirect("matters:edit", matter.team.slug, nr)
    if matter.team.slug != slug:
        return redirect("matters:show", matter.team.slug, nr)
    return render(request, "matters/show.html", shown(request, matter))


def shown(request: Request, matter: Matter, **forms: object) -> dict[str, object]:
    """What the page of a matter needs; `forms` are those that came back with errors."""
    history, where = queries.history(matter), phrases.where(matter)
    routing = queries.routing_in(history)
    hand_over: HandOver | None = next(iter(matter.open_hand_overs), None)  # type: ignore[attr-defined]  # just set
    preparation: Preparation | None = next(iter(matter.open_preparations), None)  # type: ignore[attr-defined]  # so too
    may_route = rules.can_route(request.user, matter.team) or rules.can_decide(request.user, matter.team)
    desk = queries.at_desk(request.user, matter) if may_route and matter.state in ROUTABLE else None
    may_undo = routing is not None and rules.can_undo(request.user, routing)
    return {
        **_own(request, matter),
        **_steps(request, hand_over, preparation),
        "matter": matter,
        "team": matter.team,
        "where": where,
        "says_more": where.rstrip(".").casefold() != str(matter.get_state_display()).casefold(),
        "tone": phrases.tone(matter, request.user),
        "history": [(event, phrases.happened(event)) for event in history],
        "desk": desk,
        "ways": ways_for(desk) if desk else None,
        "can_read_desk": rules.can_read_desk(request.user, matter.team),
        "has_errors": bool(forms),
        "undoable": routing if may_undo and routing and timezone.now() < routing.undo_until else None,
        "can_place": matter.state in ROUTABLE and queries.places(request.user, matter.team),
        **forms,
    }


def _own(request: Request, matter: Matter) -> dict[str, object]:
    """What whoever handed in or keeps the matter may do with it as a document, and what other rooms add."""
    return {
        "parts": parts.offered(parts.MATTER, request.user, matter),
        "can_edit": rules.can_edit(request.user, matter),
        "can_mark_secret": rules.can_mark_secret(request.user, matter),
        "can_withdraw": rules.can_withdraw(request.user, matter),
    }


def _steps(
    request: Request, hand_over: HandOver | None, preparation: Preparation | None
) -> dict[str, object]:
    """What whoever has the matter in hand may do with it."""
    may_take_back = hand_over is not None and _may_take_back(request, hand_over)
    return {
        "hand_over": hand_over,
        "can_take_back": may_take_back,
        "receiver_left": may_take_back and hand_over is not None and queries.has_left(hand_over.to_person),
        "take_back_form": TakeBackForm(),
        "can_answer": hand_over is not None and rules.can_answer(request.user, hand_over),
        "can_return": hand_over is not None and rules.can_return_to(request.user, hand_over),
        "preparation": preparation,
        "can_finish": preparation is not None and rules.can_finish_preparation(request.user, preparation),
        "answer_form": AnswerForm(),
        "return_form": ReturnForm(),
        "preparation_form": PreparationForm(),
    }


def _may_take_back(request: Request, hand_over: HandOver) -> bool:
    """Who routes where it came from, or takes over after that team: with a person it is its matter still."""
    if rules.can_take_back(request.user, hand_over):
        return True
    is_with_person = hand_over.to_person_id is not None and rules.is_waited_for(hand_over)
    return is_with_person and queries.places(request.user, hand_over.matter.team)


@require_GET
def find(request: Request, nr: int) -> HttpResponse:
    """Where a matter is now, for addresses in letters that outlive its moves."""
    matter = queries.matter_for(request.user, nr)
    return redirect("matters:show", matter.team.slug, nr)


@require_GET
def download(request: Request, slug: str, nr: int, pk: int) -> FileResponse:  # noqa: ARG001  # of the address
    """An uploaded document, always as a file to save and never as a page of ours."""
    material = queries.material_for(request.user, nr, pk)
    response = FileResponse(
        material.file.open("rb"),
        as_attachment=True,
        filename=material.title,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
