"""Scenes as a camera sees them while it, or something in front of it, moves: a blurred and a sharp picture of each."""
