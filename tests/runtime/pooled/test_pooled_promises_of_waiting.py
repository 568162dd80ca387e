"""test_promises_of_waiting.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(on_the_pool("test_promises_of_waiting"))
