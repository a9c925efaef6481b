"""The tables of formats: colours that survive a round trip, and metadata that is kept."""
