"""Estimation of a photo's blur from the photo alone: by a network, by its spectrum, and by a search for a kernel."""
