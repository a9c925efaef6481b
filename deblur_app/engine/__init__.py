"""The use cases: which methods there are, on which device they run, and the tasks that drive them."""
