"""Start-up checks: what the environment asks for must be usable."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from styrfart.shared import theme


@register()
def theme_can_be_read(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a colour of the installation's own that cannot be read against what it stands on."""
    chosen = theme.from_environment()
    return [
        Error(
            f"{fault.variable}={fault.value} has contrast {fault.contrast:.2f}:1 on {fault.background}; "
            f"at least {theme.LOWEST}:1 is needed."
            if fault.contrast
            else f"{fault.variable}={fault.value} is not a colour written as {fault.background}.",
            hint="Choose a darker colour for light pages, a lighter one for the variable that ends in _DARK.",
            id="shared.E001",
        )
        for variable, key in theme.VARIABLES.items()
        if key in chosen
        for fault in theme.faults(variable, chosen[key])
    ]
