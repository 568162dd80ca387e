"""test_lifecycle.py on the pool."""

from tests.runtime.pooled._loading import on_the_pool

globals().update(
    on_the_pool(
        "test_lifecycle",
        without=(
            # its text names one class
            "test_the_base_class_alone_cannot_be_started_and_says_what_to_derive_from",
        ),
    )
)
