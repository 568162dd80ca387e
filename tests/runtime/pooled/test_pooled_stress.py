"""test_stress.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_stress",
        without=(
            # waits for the ends of the actors' threads
            "test_program_ending_exceptions_of_many_actors_at_once_stop_them_all",
        ),
    )
)
