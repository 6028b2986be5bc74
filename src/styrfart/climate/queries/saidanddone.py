"""What was done about what people said: read before the next round asks, and beside its report."""

from collections.abc import Collection

from django.db.models import Q

from styrfart.climate.models import Group, Round, RoundKind, RoundState, SaidAndDone


def before(asked: Round, groups: Collection[Group]) -> Round | None:
    """The round that this one follows: the one it was planned after, else the latest pulse that was shown
    of any of the same units or teams.
    """
    if asked.after_id:
        return asked.after
    units = {group.unit_id for group in groups} - {None}
    teams = {group.team_id for group in groups} - {None}
    same = Group.objects.filter(Q(unit__in=units) | Q(team__in=teams))
    return (
        Round.objects.filter(
            kind=RoundKind.PULSE,
            state=RoundState.RELEASED,
            closes_on__lt=asked.opens_on,
            pk__in=same.values("round"),
        )
        .exclude(pk=asked.pk)
        .order_by("-closes_on", "-pk")
        .first()
    )


def done_since(asked: Round, group: Group | None = None) -> list[SaidAndDone]:
    """What was done after the round before this one.

    For a respondent or reader of `group`: what was told of their own group, and of those above it. Without a
    group: what was told of the round's highest groups. At most three queries.
    """
    groups = [group] if group is not None else list(asked.groups.filter(parent=None).select_related("unit"))
    followed = before(asked, groups)
    if followed is None:
        return []
    units: set[int] = set()
    for each in groups:
        if each.unit is not None:
            units |= set(each.unit.ancestor_ids)
    teams = {each.team_id for each in groups} - {None}
    return list(
        SaidAndDone.objects.filter(group__round=followed)
        .filter(Q(group__unit__in=units) | Q(group__team__in=teams))
        .select_related("group__round")
        .order_by("group__position", "position", "pk")
    )
