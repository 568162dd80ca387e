"""One output for a whole package, and the same actors in several outputs."""
