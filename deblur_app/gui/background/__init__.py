"""Work in threads: workers, queues, and the latest wish only."""
