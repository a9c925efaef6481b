"""Preferences: each acts at once, and all can be searched."""
