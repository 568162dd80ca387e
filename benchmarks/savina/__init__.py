"""Programs of the Savina suite that fit one process, each on any of the libraries, each checking its own result.

The descriptions are those of S. Imam and V. Sarkar, "Savina - An Actor Benchmark Suite" (AGERE 2014); the programs are
written from them. What a program sends are tuples whose first item says what they are.
"""
