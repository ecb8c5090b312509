"""Putting the drafts together."""

from collections.abc import Iterable

from services.gateway.drafts.page_fetching import PageFetcher
from services.gateway.drafts.sandbox import ReadingProcesses
from services.gateway.drafts.service import DraftProfiles
from services.gateway.outbound import outbound_client


def profile_drafts(private_networks: Iterable[str] = ()) -> DraftProfiles:
    """The use case over the public internet and the networks that the operator has opened."""
    return DraftProfiles(PageFetcher(outbound_client(private_networks)), ReadingProcesses())
