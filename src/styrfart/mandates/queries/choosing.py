"""What a rule may lead to: teams, posts' titles."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from styrfart.people.models import Post, Team

MOST = 20


def another_team(team: Team) -> QuerySet[Team]:
    """Teams of today but this one: a rule leads neither to itself nor to a team that has ended."""
    return Team.objects.on(timezone.localdate()).exclude(pk=team.pk)


def find_teams(sought: str, *, beside: Team) -> list[int]:
    """Ids of teams of today other than `beside` in whose name every word sought stands. One query."""
    words = [word for word in sought.casefold().split() if word]
    named = Q()
    for word in words:
        # The database folds a–z only: å, ä and ö are sought as they are written, too.
        named &= (
            Q(name__icontains=word) | Q(name__icontains=word.capitalize()) | Q(name__icontains=word.upper())
        )
    found = another_team(beside).filter(named).order_by("name", "pk")
    return list(found.values_list("pk", flat=True)[:MOST]) if words else []


def titles_under(team: Team) -> list[str]:
    """The titles of today's heads in the team's part of the organisation, the commonest first. One query."""
    heads = Post.objects.on(timezone.localdate()).filter(unit__path__startswith=team.unit.path, is_head=True)
    counted = heads.order_by().values("title").annotate(posts=Count("pk")).order_by("-posts", "title")
    return [row["title"] for row in counted[:50]]
