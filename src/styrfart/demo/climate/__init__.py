"""How the office is heard in the demonstration: two pulses that have been shown, and one that is open."""
