"""The stylesheet: contrast of every pair of colours, tokens that exist, nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.checks import run_checks

from styrfart.shared import checks, theme

SHARED = Path(theme.__file__).parent
CSS = (SHARED / "static/shared/styrfart.css").read_text("utf-8")
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--sf-([\w-]+): light-dark\((#[0-9A-Fa-f]{6}), (#[0-9A-Fa-f]{6})\)", CSS
    )
} | {"beacon": {"light": "#FFCB3D", "dark": "#FFCB3D"}}

GROUNDS = ("water", "surface", "shallow")
# Text and what it stands on. WCAG 1.4.3: 4.5 to 1.
TEXT = [
    *[
        (text, ground)
        for text in ("ink", "ink-2", "ink-3", "helm", "note", "star", "port")
        for ground in GROUNDS
    ],
    ("on-helm", "helm"),
    ("on-helm", "helm-hover"),
    ("helm", "helm-tint"),
    ("helm-hover", "helm-tint"),
    ("ink", "helm-tint"),
    ("ink-2", "helm-tint"),
    ("shore-ink", "shore"),
    ("ink", "shore"),
    ("surface", "note"),  # the number in the badge
    ("port", "port-tint"),
    ("star", "star-tint"),
]
# Borders of fields, drawings, rings. WCAG 1.4.11: 3 to 1.
SHAPES = [
    *[("edge", ground) for ground in GROUNDS],
    *[(drawing, ground) for drawing in ("d1", "d2", "d3", "d4") for ground in ("water", "surface")],
    ("beacon", "beacon-edge"),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(text: str, ground: str, mode: str) -> None:
    assert theme.contrast(TOKENS[text][mode], TOKENS[ground][mode]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_seen(shape: str, ground: str, mode: str) -> None:
    assert theme.contrast(TOKENS[shape][mode], TOKENS[ground][mode]) >= 3


def test_contrast_is_the_one_of_wcag() -> None:
    """Black on white is 21 to 1; #767676 on white is the darkest grey that just passes: 4.54 to 1."""
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.005)


def test_every_token_that_is_used_exists() -> None:
    made = set(re.findall(r"(--sf-[\w-]+):", CSS))
    assert set(re.findall(r"var\((--sf-[\w-]+)", CSS)) - made == set()


def test_the_theme_knows_the_same_colours_as_the_stylesheet() -> None:
    for mode in ("light", "dark"):
        assert theme.SURFACES[mode] == {name: TOKENS[name][mode] for name in GROUNDS}
        assert theme.ON_COLOUR[mode] == TOKENS["on-helm"][mode]
        assert {key: theme.DEFAULTS[key, mode] for key in ("helm", "note")} == {
            key: TOKENS[key][mode] for key in ("helm", "note")
        }


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert sorted(set(re.findall(r"url\(([^)]*)\)", CSS))) == ['"chart-night.svg"', '"chart.svg"']
    assert "@import" not in CSS
    assert "@font-face" not in CSS


def test_every_rule_is_in_a_layer() -> None:
    """What stands outside the layers would win over the theme of an installation."""
    outside = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
    depth, loose = 0, ""
    for character in outside:
        depth += (character == "{") - (character == "}")
        loose += character if depth == 0 and character not in "{}" else ""
    assert re.sub(r"@layer [\w, ]+;?|\s", "", loose) == ""
    assert depth == 0


def test_the_stylesheet_is_light() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) < 20_000


def test_a_readable_colour_of_ones_own_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYRFART_COLOUR_HELM", "#5B2C83")
    assert checks.theme_can_be_read() == []
    assert theme.stylesheet(theme.from_environment()) == (
        ":root {\n"
        "  --sf-helm: light-dark(#5B2C83, #86C9E2);\n"
        "  --sf-helm-tint: color-mix(in srgb, var(--sf-helm) 15%, var(--sf-surface));\n"
        "  --sf-helm-hover: color-mix(in srgb, var(--sf-helm) 75%, var(--sf-ink));\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("variable", "value", "background"),
    [
        ("STYRFART_COLOUR_HELM", "#3B87A3", "water"),  # 3.7 to 1 on water
        ("STYRFART_COLOUR_HELM_DARK", "#0B506B", "water"),
        ("STYRFART_COLOUR_NOTE", "pink", "#RRGGBB"),
        ("STYRFART_COLOUR_NOTE", "#FFF;}body{display:none", "#RRGGBB"),
    ],
)
def test_a_colour_that_cannot_be_read_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, background: str
) -> None:
    monkeypatch.setenv(variable, value)
    found = [message for message in run_checks() if message.id == "shared.E001"]
    assert found
    assert all(f"{variable}={value}" in message.msg for message in found)
    assert background in found[0].msg
