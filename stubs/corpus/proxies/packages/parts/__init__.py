"""The pairs of some of the package's modules and classes."""
