"""The streams of the platform: who owns which subjects."""

from shared.bus import StreamSpec

PROFILES_STREAM = StreamSpec("PROFILES", ("profiles.>",))
"""Written by the profiles service's relay."""
