"""Widgets and tasks of the pair doctor: its findings, their pictures and their words."""
