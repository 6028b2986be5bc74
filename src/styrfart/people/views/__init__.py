"""Pages about people and the organisation."""
