"""When to try again. Pure."""

from datetime import timedelta

WEBHOOK_PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600)
)
"""The schedule that the Standard Webhooks specification recommends: eight attempts in 31 hours."""

MAIL_PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (60, 300, 1800, 2 * 3600, 6 * 3600, 24 * 3600)
)
"""Greylisting passes within minutes, a broken mail server within a day or two."""


def next_pause(pauses: tuple[timedelta, ...], attempts: int, chance: float) -> timedelta | None:
    """How long to wait after so many failed attempts; None when it is to be given up.

    `chance` in 0..1 spreads by up to a fifth, so that what failed together does not come together.
    """
    if attempts > len(pauses):
        return None
    return pauses[attempts - 1] * (1 + 0.2 * chance)
