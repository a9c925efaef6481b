"""Work in threads: workers, queues, and a runner that does only the last task asked for."""
