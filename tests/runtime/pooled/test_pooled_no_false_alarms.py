"""test_no_false_alarms.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(on_the_pool("test_no_false_alarms"))
