"""A package of a package of a package."""
