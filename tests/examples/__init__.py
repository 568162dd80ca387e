"""The programs in ``examples/``: each is run as a user runs it, and its output compared with what is recorded."""
