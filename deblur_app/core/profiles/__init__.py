"""ICC profiles: the tone curves of a photo's values, its colours, and the inks of a print."""
