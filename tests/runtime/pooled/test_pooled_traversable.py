"""test_traversable.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_traversable",
        without=(
            # tells the actor by its thread
            "test_what_is_nested_runs_in_the_actor",
        ),
    )
)
