"""SQLite as Django speaks to it, but each query is made ready for SQLite once and not at every turn."""
