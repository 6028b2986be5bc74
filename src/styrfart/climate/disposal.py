"""Disposal of rounds: when their answers, their report, and they themselves go."""
