"""The walk to a pulse by its link: whoever has it is nobody, signed in or not."""

from typing import Any

from django.urls import reverse

from styrfart.climate.actions import cast
from tests import make

NAMES = {"start": [], "question": [4], "text": [1], "check": [], "send": [], "done": []}


def build_answering(scene: Any) -> None:
    """A pulse that is open: one link that waits, and one that has been used."""
    asked = make.climate_round(
        "Pulsen om kräftskivan",
        owner=scene["hr"],
        why=scene.secret("varför vi frågar", {*scene.people, "visitor"}),
        text_questions=[{"sv": "Vad saknas?", "en": "What is missing?"}],
    )
    group = make.climate_group(asked)
    scene.things["link"] = make.invitation(group)[1]
    scene.things["used link"] = make.invitation(group)[1]
    written = scene.secret("text i ett svar", set())
    cast(link=scene.things["used link"], values="555555555", texts={0: written})


def climate_answering_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """The addresses, and what is sent there."""
    sent = {"answer": "3", "text": "Kräftor"}
    link, used = scene.things["link"], scene.things["used link"]
    return {
        "climate:enter": (reverse("climate:enter"), {"code": "K7MQ"}),
        **{
            f"climate:answer-{name}": (reverse(f"climate:answer-{name}", args=[link, *more]), sent)
            for name, more in NAMES.items()
        },
        **{
            f"climate:answer-{name}, used": (reverse(f"climate:answer-{name}", args=[used, *more]), sent)
            for name, more in NAMES.items()
        },
        "climate:answer-start, guessed": (reverse("climate:answer-start", args=["gissad"]), {}),
        "climate:answer-send, guessed": (reverse("climate:answer-send", args=["gissad"]), sent),
    }
