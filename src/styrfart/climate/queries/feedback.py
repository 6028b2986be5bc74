"""Feedback: for who asked, who is asked, and those who were let in. Nobody else, whatever their role."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone

from styrfart.climate.models import FeedbackAnswer, FeedbackRequest, FeedbackShare
from styrfart.people import rules as people
from styrfart.people.models import Person


@dataclass(frozen=True)
class FeedbackHome:
    """What waits for the reader, what they have asked for, and what others show them."""

    to_give: list[FeedbackAnswer]
    asked: list[FeedbackRequest]  # with `given` and `total`
    shared: list[FeedbackShare]
    may_ask: bool


def feedback_home(user: Person) -> FeedbackHome:
    """The reader's own. Three queries."""
    to_give = FeedbackAnswer.objects.filter(
        giver=user,
        answered_at=None,
        declined_at=None,
        request__closed_at=None,
        request__latest_on__gte=timezone.localdate(),
    )
    given = Count("answers", filter=Q(answers__answered_at__isnull=False))
    shared = FeedbackShare.objects.filter(person=user).select_related("request__asker")
    return FeedbackHome(
        to_give=list(to_give.select_related("request__asker").order_by("request__latest_on", "pk")),
        asked=list(FeedbackRequest.objects.filter(asker=user).annotate(given=given, total=Count("answers"))),
        shared=list(shared.order_by("-pk")),
        may_ask=people.can_see_organisation(user),
    )


def asker_only(user: Person) -> None:
    """404 to whoever does not work here: they know nobody to ask."""
    if not people.can_see_organisation(user):
        raise Http404


@dataclass(frozen=True)
class RequestPage:
    """One request as its reader sees it."""

    request: FeedbackRequest
    answers: list[FeedbackAnswer]
    shares: list[FeedbackShare]
    is_asker: bool

    @property
    def given(self) -> list[FeedbackAnswer]:
        return [each for each in self.answers if each.answered_at]

    @property
    def is_open(self) -> bool:
        return self.request.closed_at is None and self.request.latest_on >= timezone.localdate()


def request_for(user: Person, pk: int) -> RequestPage:
    """The request with its answers, for who asked and whom they let in; 404 to others. Three queries."""
    found = FeedbackRequest.objects.select_related("asker").filter(pk=pk).first()
    if found is None:
        raise Http404
    shares = list(found.shares.select_related("person"))
    is_asker = found.asker_id == user.pk
    if not is_asker and user.pk not in {share.person_id for share in shares}:
        raise Http404
    answers = list(found.answers.select_related("giver"))
    return RequestPage(found, answers, shares if is_asker else [], is_asker)


def own_request_for(user: Person, pk: int) -> FeedbackRequest:
    """The request, for who asked: 403 to those who were let in to read, 404 to others."""
    page = request_for(user, pk)
    if not page.is_asker:
        raise PermissionDenied
    return page.request


def answer_for(user: Person, pk: int) -> FeedbackAnswer:
    """What somebody was asked, for them alone; 404 to others. One query."""
    found = FeedbackAnswer.objects.select_related("request__asker").filter(pk=pk, giver=user).first()
    if found is None:
        raise Http404
    return found


def is_open(answer: FeedbackAnswer) -> bool:
    """Whether it can still be answered."""
    return answer.request.closed_at is None and answer.request.latest_on >= timezone.localdate()
