"""Pages about mandates and delegation."""
