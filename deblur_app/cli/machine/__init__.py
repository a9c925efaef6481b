"""Commands about the computer: what there is to compute on, and whether it computes rightly."""
