"""What holds for all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

# How long an example takes says more about the machine than about the code: it first loads dictionaries and models.
# What a change must pass is the same each time; whoever works on the code has new examples with every run.
settings.register_profile(
    "yuanhua",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("YUANHUA_SAME_EXAMPLES") == "1",
)
settings.load_profile("yuanhua")

# No test knows what was embedded for another one, or for the user; those of the cache name a folder of their own.
os.environ["YUANHUA_VECTOR_CACHE"] = "0"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let coverage look away while Hypothesis tries its examples, and from files that stand beside some checkouts only.

    Its figure is of what the tests reach everywhere and without chance, and to trace code doubles its time.
    """
    for item in items:
        by_chance = isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)
        reasons = [str(mark.kwargs.get("reason")) for mark in item.iter_markers("skipif")]
        if by_chance or any("beside this checkout" in reason for reason in reasons):
            item.add_marker(pytest.mark.no_cover)
