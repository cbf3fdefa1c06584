"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# How long an example takes says more about the machine than about the code: it first loads dictionaries and models.
settings.register_profile("yuanhua", deadline=None)
settings.load_profile("yuanhua")

# No test knows what was embedded for another one, or for the user; those of the cache name a folder of their own.
os.environ["YUANHUA_VECTOR_CACHE"] = "0"
