"""Realistic pairs: of scenes as cameras take them, and of the frames of videos."""
