"""What importing the runtime costs a program: ``python -m benchmarks.startup``."""
