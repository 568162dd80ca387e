"""test_async_methods.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_async_methods",
        without=(
            # an actor has no thread of its own
            "test_all_run_in_the_actors_thread_and_in_one_loop",
            # looks for the actor's thread
            "test_a_task_that_is_left_behind_is_cancelled_when_the_actor_stops",
        ),
    )
)
