"""How long the generator takes, as ratios to mypy alone: ``python -m benchmarks.generation``."""
