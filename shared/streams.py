"""The streams of the platform: who owns which subjects."""

from shared.bus import StreamSpec

PROFILES_STREAM = StreamSpec("PROFILES", ("profiles.>",))
"""Written by the profiles service's relay."""

MATCHER_STREAM = StreamSpec("MATCHER", ("matcher.>",))
"""Written by the matcher's relay."""

REMATCH_STREAM = StreamSpec("REMATCH", ("rematch.>",), work_queue=True)
"""Partitions of rematch jobs; PostgreSQL knows them too, a lost message is published again."""
