"""What every page knows about the installation."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.shared import theme


@dataclass(frozen=True)
class Destination:
    """One of the words in the main menu, and the addresses that belong to it."""

    label: Promise
    url: str
    covers: tuple[str, ...]


@dataclass(frozen=True)
class NavItem:
    """A word in the main menu as this page shows it; `current` is the value of aria-current."""

    label: Promise
    url: str
    current: str


# One word for each question that people bring. A word is added when there is something behind it.
DESTINATIONS = (
    Destination(_("Hem"), "/", ()),
    Destination(
        _("Ledningsgruppen"), "/lg/", ("/lg/", "/beslut/", "/arenden/", "/rad/", "/atgarder/", "/mandat/")
    ),
    Destination(
        _("Klimat"), "/klimat/", ("/klimat/", "/puls/", "/aterkoppling/", "/sa-jobbar-jag/", "/belastning/")
    ),
)


def navigation(path: str) -> list[NavItem]:
    """The main menu for a page at `path`."""
    return [
        NavItem(
            label=item.label,
            url=item.url,
            current="page" if path == item.url else "true" if path.startswith(item.covers) else "",
        )
        for item in DESTINATIONS
    ]


def site(request: HttpRequest) -> dict[str, object]:
    """Name of the organisation, whether this is a demonstration, own colours, and the main menu."""
    # Error pages are also drawn before anybody has been recognised.
    is_known = hasattr(request, "user") and request.user.is_authenticated
    nav = navigation(request.path) if is_known else []
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "is_demo": settings.DEMO,
        "has_theme": bool(theme.from_environment()),
        "nav": nav,
        "nav_here": tuple((item.url, item.current) for item in nav),  # all that the drawn menu depends on
    }
