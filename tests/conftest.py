"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

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
