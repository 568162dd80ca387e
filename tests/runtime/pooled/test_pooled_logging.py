"""test_logging.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_logging",
        without=(
            # a worker is named after the pool
            "test_a_handler_that_looks_at_the_threads_name_finds_the_actor",
            # looks for the actor's thread
            "test_the_end_is_logged_before_the_thread_ends",
        ),
    )
)
