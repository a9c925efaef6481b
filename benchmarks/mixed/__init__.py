"""A folder of photos of every kind that goes through a batch, and what its results have to hold."""
