"""Pages of decisions and actions."""
