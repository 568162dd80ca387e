"""The corpus: published applications written for Pykka, run through the generator and the runtime.

Nothing of theirs is in this repository: ``run`` and ``mopidy_suite`` download pinned source
distributions from PyPI into a scratch directory, map their imports there, and work on the copy.

``_manifest`` reads ``applications.toml``; ``_scratch`` and ``_imports`` prepare the copy;
``_generator`` and ``_checkers`` run the tools; ``_generated``, ``_client``, ``_handwritten`` and
``_own_types`` say what to look at; ``_through_proxies`` is for the suites; ``_report`` prints; ``run``
wires them.
"""
