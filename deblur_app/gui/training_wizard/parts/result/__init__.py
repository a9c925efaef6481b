"""Widgets and tasks of the page of results."""
