"""Who may read the load calendar and write in it."""

from styrfart.load.models import Claim
from styrfart.people import rules as people_rules
from styrfart.people.models import Unit
from styrfart.people.standing import User, standing


def can_see(user: User) -> bool:
    """Everyone who works here: what is asked of people is no secret to them."""
    return people_rules.can_see_organisation(user)


def can_write(user: User) -> bool:
    """Whoever develops leaders and teams, and whoever leads a unit."""
    return people_rules.is_hr_developer(user) or any(post.is_head for post in standing(user).posts)


def can_write_for(user: User, unit: Unit) -> bool:
    """An HR developer for every unit; a head for the unit led and those below it."""
    return people_rules.is_hr_developer(user) or people_rules.leads(user, unit)


def can_change(user: User, claim: Claim) -> bool:
    """What was entered by hand, by whoever may write for all its units; what a room wrote changes there."""
    units = list(claim.units.all())
    return claim.source == "" and bool(units) and all(can_write_for(user, unit) for unit in units)
