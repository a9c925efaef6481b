"""Networks of others: their packages, graphs and weights, checked, converted, and run in a process of their own."""
