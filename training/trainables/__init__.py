"""Networks that can be trained: objective, loss and step."""
