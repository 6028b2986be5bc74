"""What the walk through every address goes through: a small office with something of everything."""
