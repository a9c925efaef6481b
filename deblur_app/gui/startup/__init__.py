"""The start of the window: one window for a user, and what is told of the last time."""
