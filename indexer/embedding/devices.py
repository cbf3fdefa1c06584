"""What a model of torch runs on."""

from __future__ import annotations

from importlib import import_module

from indexer import settings
from indexer.errors import ModelUnavailableError

AUTO = "auto"
CPU = "cpu"


def chosen_devices(wanted: str) -> tuple[str, ...]:
    """Return the devices that a setting names, each once: for "auto" the first of cuda, mps and cpu that is at hand.

    Several stand with commas between them. Raises ModelUnavailableError for one that is not at hand.
    """
    at_hand = devices_at_hand()
    names = [name.strip().lower() for name in wanted.split(",") if name.strip()] or [AUTO]
    found = tuple(dict.fromkeys(at_hand[0] if name == AUTO else name for name in names))
    for name in found:
        if name not in at_hand:
            raise ModelUnavailableError(
                f"torch has no device '{name}' here",
                where=settings.DEVICE.option,
                mend=f"There are: {', '.join((AUTO, *dict.fromkeys(at_hand)))}.",
            )
    return found


def devices_at_hand() -> tuple[str, ...]:
    """Return the devices of this machine by their names in torch, the best first."""
    torch = import_module("torch")
    found = []
    if torch.cuda.is_available():
        found += ["cuda", *(f"cuda:{number}" for number in range(torch.cuda.device_count()))]
    if torch.backends.mps.is_available():
        found.append("mps")
    return (*found, CPU)
