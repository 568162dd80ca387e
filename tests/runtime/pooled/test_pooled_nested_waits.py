"""test_nested_waits.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_nested_waits",
        without=(
            # one of its actors runs the other and does not suspend itself
            "test_a_finalizer_that_waits_does_not_hide_the_deadlock_of_the_wait_beneath",
        ),
    )
)
