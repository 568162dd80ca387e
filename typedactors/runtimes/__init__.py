"""The runtimes: what actors run on, one module each. Each builds on the package's public layers.

They import `_actor` and what is below it; nothing but the package's ``__init__`` imports them.
"""
