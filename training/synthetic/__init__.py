"""Synthetic pairs and crops: made from sharp photographs by blurring them."""
