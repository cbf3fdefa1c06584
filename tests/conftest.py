"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes says more about the machine than about the code: it first loads dictionaries and models.
settings.register_profile("yuanhua", deadline=None)
settings.load_profile("yuanhua")
