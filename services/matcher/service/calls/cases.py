"""The use cases of calls that need PostgreSQL alone."""

from dataclasses import dataclass

from services.matcher.ports import ProfilesReader
from services.matcher.service.calls.import_calls import ImportCalls
from services.matcher.service.calls.keep_calls import KeepCalls
from services.matcher.service.calls.keep_seats import KeepSeats
from services.matcher.service.calls.list_calls import ListCalls
from services.matcher.service.calls.publishers import Publishers
from services.matcher.service.calls.tend_calls import TendCalls
from services.matcher.store import MatcherStore


@dataclass(frozen=True)
class CallCases:
    """By what they do."""

    keep: KeepCalls
    seats: KeepSeats
    lists: ListCalls
    imports: ImportCalls
    tend: TendCalls


def call_cases(store: MatcherStore, profiles: ProfilesReader) -> CallCases:
    """All of them."""
    publishers = Publishers(profiles)
    return CallCases(
        KeepCalls(store, publishers),
        KeepSeats(store, publishers),
        ListCalls(store),
        ImportCalls(store, publishers),
        TendCalls(store),
    )
