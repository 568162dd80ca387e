"""test_promises.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_promises",
        without=(
            # tells the actor by its thread
            "TestCostOfAProxy.test_a_declared_one_looks_at_nothing",
        ),
    )
)
