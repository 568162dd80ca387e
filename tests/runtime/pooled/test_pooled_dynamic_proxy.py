"""test_dynamic_proxy.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_dynamic_proxy",
        without=(
            "test_properties_are_read_and_set_in_the_actor",  # tells the actor by its thread
            "TestOfADeadActor.test_a_method_gives_a_future_that_has_the_error",  # waits for the end of the actor's thread
            "TestOfADeadActor.test_an_attribute_gives_a_future_that_has_the_error_or_raises_it",  # waits for the end of the actor's thread
            "TestOfADeadActor.test_assigning_raises",  # waits for the end of the actor's thread
            "TestOfADeadActor.test_its_description_still_works",  # waits for the end of the actor's thread
        ),
    )
)
