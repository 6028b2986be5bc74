"""Reads about people and the organisation: fetching is authorising."""

from styrfart.people.standing import HeldPost, Standing, standing

__all__ = ["HeldPost", "Standing", "standing"]
