"""Reads of the climate room that others of its files ask for by one name."""

from styrfart.climate.queries.saidanddone import done_since

__all__ = ["done_since"]
