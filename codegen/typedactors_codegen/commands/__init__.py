"""The command line: one module for each command, and what they share. ``cli`` alone imports it.

The way through it, each arrow an import that goes one way::

    application -> generate, check, init, explain, migrate,      one command each
                   completion
                -> options                                       arguments and their completion
                -> running, watching                             generate once; again on each change
                -> formats, findings, machine                    what a run found, for people and machines
                -> progress, terminal                            the streams

It is built on Click: it has no dependency of its own but on Windows, completes in bash, zsh and fish, and
has kept its interface for years. Typer brings a renderer that a build tool has no use for; argparse
cannot complete.
"""
