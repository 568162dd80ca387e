"""test_dynamic_proxy.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_dynamic_proxy",
        without=(
            # tells the actor by its thread
            "test_properties_are_read_and_set_in_the_actor",
            # waits for the end of the actor's thread
            "TestOfADeadActor.test_a_method_gives_a_future_that_has_the_error",
            "TestOfADeadActor.test_an_attribute_gives_a_future_that_has_the_error_or_raises_it",
            "TestOfADeadActor.test_assigning_raises",
            "TestOfADeadActor.test_its_description_still_works",
        ),
    )
)
