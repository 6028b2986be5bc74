"""Reads about decisions and actions: fetching is authorising."""

from django.http import Http404

from styrfart.decisions.models import Decision
from styrfart.people.standing import User


def decision_for(user: User, slug: str, year: int, week: int, sequence: int) -> Decision:
    """The decision with this number, if `user` may read it; otherwise it does not exist."""
    found = (
        Decision.objects.visible_to(user)
        .filter(team__slug=slug, year=year, week=week, sequence=sequence)
        .select_related(
            "team", "decided_by", "owner", "rapporteur", "delegation_point", "replaces", "replaced_by"
        )
        .first()
    )
    if found is None:
        raise Http404
    return found
