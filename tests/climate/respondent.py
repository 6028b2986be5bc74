"""A browser of somebody who answers, and a round that asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from styrfart.climate import keys, seals
from styrfart.climate.models import Group, Invitation, Round
from tests import make

NINE = "543210543"
TEXT_QUESTION = {"sv": "Vad vill du att vi ändrar?", "en": "What do you want us to change?"}


@dataclass
class Respondent:
    """Follows a link; knows no more than the address."""

    link: str
    client: Client = field(default_factory=Client)

    def at(self, name: str, *more: int) -> str:
        return reverse(f"climate:answer-{name}", args=[self.link, *more])

    def get(self, name: str, *more: int) -> HttpResponse:
        return self.client.get(self.at(name, *more))  # type: ignore[return-value]  # the test client's own kind

    def post(self, name: str, *more: int, **sent: Any) -> HttpResponse:
        return self.client.post(self.at(name, *more), sent)  # type: ignore[return-value]  # as above

    def answer(self, signs: str = NINE, texts: Sequence[str] = ()) -> None:
        """Answer every question, one page at a time, and send nothing."""
        for number, sign in enumerate(signs, start=1):
            assert self.post("question", number, answer=sign).status_code == 302
        for number, text in enumerate(texts, start=1):
            assert self.post("text", number, text=text).status_code == 302

    def send(self) -> HttpResponse:
        return self.post("send")


def invited(asked: Round | None = None, **fields: Any) -> tuple[Round, Respondent]:
    """A round and one who is invited to it by mail."""
    asked = asked or make.climate_round(**fields)
    group = asked.groups.first() or make.climate_group(asked)
    return asked, Respondent(make.invitation(group)[1])


def slip(asked: Round) -> Respondent:
    """One who has drawn a slip of paper."""
    group: Group = asked.groups.first() or make.climate_group(asked)
    code = keys.draw_code()
    Invitation.objects.create(
        round=asked, group=group, channel=Invitation.Channel.PAPER, digest=keys.digest_of(code)
    )
    return Respondent(code)


def opened(asked: Round) -> list[Any]:
    """What the ballots say, read with the round's own key."""

    private = keys.read(asked.pk).private
    return [
        seals.unseal(bytes(ballot.sealed), private=private, round_id=asked.pk)
        for ballot in asked.ballots.all()
    ]
