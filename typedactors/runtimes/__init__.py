"""The runtimes: what actors run on, one module each. Each builds on the package's public layers.

They import `_actor` and what is below it; only the package's public modules import them.

Imports nothing of the package.
"""
