"""What the clock does with rounds."""
