"""The model of expected gains: scenes restored in every way, the fit of its trees, and its figures."""
