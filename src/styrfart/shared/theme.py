"""A municipality's own colours: two tokens from the environment, refused when they cannot be read."""

import os
import re
from dataclasses import dataclass

# What a colour of the theme must be readable on, as in styrfart.css; `light` first, `dark` second.
SURFACES = {
    "light": {"water": "#EFF4F4", "surface": "#FFFFFF", "shallow": "#E2ECED"},
    "dark": {"water": "#0A161C", "surface": "#11212A", "shallow": "#172B35"},
}
ON_COLOUR = {"light": "#FFFFFF", "dark": "#062430"}
LOWEST = 4.5

VARIABLES = {
    "STYRFART_COLOUR_HELM": ("helm", "light"),
    "STYRFART_COLOUR_HELM_DARK": ("helm", "dark"),
    "STYRFART_COLOUR_NOTE": ("note", "light"),
    "STYRFART_COLOUR_NOTE_DARK": ("note", "dark"),
}
DEFAULTS = {
    ("helm", "light"): "#0B506B",
    ("helm", "dark"): "#86C9E2",
    ("note", "light"): "#A3155A",
    ("note", "dark"): "#F596C1",
}


@dataclass(frozen=True)
class Fault:
    """Why a colour cannot be used: the variable, its value and the contrast it fails on."""

    variable: str
    value: str
    background: str
    contrast: float


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB", 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio between two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def faults(variable: str, value: str) -> list[Fault]:
    """Everything on which `value` cannot be read; contrast 0 when it is not a colour."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return [Fault(variable, value, "#RRGGBB", 0.0)]
    mode = VARIABLES[variable][1]
    grounds = {**SURFACES[mode], "on": ON_COLOUR[mode]}
    found = [(name, contrast(value, ground)) for name, ground in grounds.items()]
    return [Fault(variable, value, name, ratio) for name, ratio in found if ratio < LOWEST]


def from_environment() -> dict[tuple[str, str], str]:
    """The colours that this installation has chosen itself: (token, mode) to "#RRGGBB"."""
    chosen = {key: os.environ.get(variable, "") for variable, key in VARIABLES.items()}
    return {key: value for key, value in chosen.items() if value}


def stylesheet(chosen: dict[tuple[str, str], str]) -> str:
    """The tokens as a stylesheet; hover and tint follow the colour. Unlayered, so that it wins."""
    lines = []
    for name in ("helm", "note"):
        if (name, "light") not in chosen and (name, "dark") not in chosen:
            continue
        light, dark = (chosen.get((name, mode), DEFAULTS[name, mode]) for mode in ("light", "dark"))
        lines.append(f"--sf-{name}: light-dark({light}, {dark});")
        lines.append(f"--sf-{name}-tint: color-mix(in srgb, var(--sf-{name}) 15%, var(--sf-surface));")
        if name == "helm":
            lines.append("--sf-helm-hover: color-mix(in srgb, var(--sf-helm) 75%, var(--sf-ink));")
    return ":root {\n  " + "\n  ".join(lines) + "\n}\n" if lines else ""
