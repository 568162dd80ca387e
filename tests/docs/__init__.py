"""The README and the documentation, executed: see ``_blocks`` for what a page may contain."""
