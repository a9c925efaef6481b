"""Batches for a training, and what judges the network: from files, synthetic pairs or spectra of crops."""
