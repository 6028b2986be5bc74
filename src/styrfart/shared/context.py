"""What every page knows about the installation."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Name of the organisation and whether this is a demonstration."""
    return {"organisation_name": settings.ORGANISATION_NAME, "is_demo": settings.DEMO}
