"""Styrfart: the leadership system of a large public organisation."""

__version__ = "0.1.0"
