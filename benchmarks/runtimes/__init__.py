"""What the runtimes cost, each beside what a user would choose instead: ``python -m benchmarks.runtimes``."""
