"""What the runtime's operations cost, beside Pykka's and the bare threads': ``python -m benchmarks.runtime``."""
