"""How the teams of the demonstration meet: when, of what, who was there, and what was written of it."""
