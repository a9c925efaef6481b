"""The photos that one can go to, as a strip of thumbnails."""
