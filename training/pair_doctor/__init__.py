"""Faults of pairs, and their registration."""
