"""The walk to the report's page, the conversation about it, what was done, and the national figures."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from styrfart.climate.actions.conversation import choose, tell_done
from styrfart.climate.models import Group

FILE = (
    b'{"values": [{"kpi": "U00200", "municipality": "G2328", "period": 2024, "gender": "T", "value": 79.4}]}'
)


def build_conversations(scene: Any) -> None:
    """What was chosen after the office's pulse and the team's, and what was done."""
    office = Group.objects.get(round=scene.things["released"], unit=scene.things["unit"])
    team = Group.objects.get(round=scene.things["released to the team"])
    for group, name, readers in (
        (office, "pulsen", {"employee", "chair", "hr", "owner"}),
        (team, "gruppens egen puls", {"member", "secretary", "chair", "hr", "owner"}),
    ):
        choose(
            group=group,
            keep="Fredagsfikat",
            change=scene.secret(f"valt efter {name}", readers),
            chosen_on=timezone.localdate(),
            revision=0,
            actor=scene["chair"],
        )
        said = scene.secret(f"sagt i {name}", readers)
        scene.things[f"told of {name}"] = tell_done(
            group=group, said=said, done="Gjort", link="", actor=scene["chair"]
        )


def climate_conversation_lines(scene: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """The addresses, and what is sent there."""
    chosen = {
        "keep": "Fikat",
        "change": "Mötena",
        "chosen_on": timezone.localdate().isoformat(),
        "revision": 1,
    }
    told = {"said": "För många möten", "done": "Färre", "link": "", "revision": 1}
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for prefix, place, of, name in (
        ("", scene.things["unit"].code, scene.things["released"], "pulsen"),
        ("team-", scene.things["team"].slug, scene.things["released to the team"], "gruppens egen puls"),
    ):
        here, row = [place, of.pk], [place, of.pk, scene.things[f"told of {name}"].pk]
        for page, args, sent in (
            ("report", here, {}),
            ("conversation", here, chosen),
            ("said-and-done", here, told),
            ("change-told", row, told),
            ("take-back-told", row, {"revision": 1}),
        ):
            found[f"climate:{prefix}{page}"] = (reverse(f"climate:{prefix}{page}", args=args), sent)
    file = SimpleUploadedFile("kolada.json", FILE, "application/json")
    found["climate:benchmarks"] = (
        reverse("climate:benchmarks"),
        {"file": file, "fetched_on": timezone.localdate().isoformat()},
    )
    return found
