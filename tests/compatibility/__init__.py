"""Pykka's own published test suite and examples, renamed, as the proof that a program written for Pykka runs here.

None of Pykka's files is in this repository: ``pykka_suite`` downloads one pinned source archive, ``renaming`` renames a
copy of it, and ``inapplicable.toml`` names each test that cannot apply, with its reason.
"""
