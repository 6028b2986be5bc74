"""How people are heard in the demonstration: two pulses that have been shown, one that is open, two 360."""
