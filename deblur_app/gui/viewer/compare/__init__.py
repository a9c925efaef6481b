"""The one large canvas: a photo and its result in several ways of comparison."""
