"""Input to clean Python, for mandates and schemes of delegation."""
