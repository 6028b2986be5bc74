"""The smallest valid object of each kind."""

from tests.make.people import member, person, post, role, team, unit

__all__ = ["member", "person", "post", "role", "team", "unit"]
