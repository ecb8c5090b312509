"""The matcher's use cases, put together over an index that is open."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from services.matcher.api.use_cases import UseCases
from services.matcher.domain.ranking_weights import Weights
from services.matcher.evaluation.golden import GoldenSet
from services.matcher.ports import ProfilesReader
from services.matcher.service.call_coverage import CoverRequirements
from services.matcher.service.calls.call_proposals import ProposeTeams
from services.matcher.service.collections import Collections
from services.matcher.service.consortium import ProposeConsortia
from services.matcher.service.constraints import Constraints
from services.matcher.service.dead_letters import DeadLetterOffice
from services.matcher.service.declined_suggestions import DeclinedSuggestions
from services.matcher.service.fitting import FitStatistics
from services.matcher.service.fresh import FreshProfiles
from services.matcher.service.index_status import ReadIndexStatus
from services.matcher.service.ingest import TakeIn
from services.matcher.service.learning import LearnRanking
from services.matcher.service.listing import PartnerListing
from services.matcher.service.live import LiveIndex
from services.matcher.service.live_ranking import LiveRanking
from services.matcher.service.matches.explaining import ExplainPair
from services.matcher.service.mending import IndexMender
from services.matcher.service.need_clarity import AssessClarity
from services.matcher.service.off_line import JudgeOffLine
from services.matcher.service.other_profile import OtherProfiles
from services.matcher.service.pair_constraints import KeepPairConstraints
from services.matcher.service.pair_records import KeepPairRecords
from services.matcher.service.partner_ranking import PartnerRanking, stored_partners
from services.matcher.service.prototype_likeness import ComparePrototypes
from services.matcher.service.rebuild import RebuildIndex
from services.matcher.service.reconcile import Reconcile
from services.matcher.service.search import Search
from services.matcher.service.suggestions import Suggest
from services.matcher.service.upkeep import KeepIndex
from services.matcher.service.why_not import ExplainAbsence
from services.matcher.settings import MatcherSettings
from services.matcher.solving.milp import MilpSolver
from services.matcher.storage.postgres import PostgresStore
from services.matcher.store import MatcherStore
from services.matcher.taxonomy import load_fields
from shared.contracts.principal import Principal, Role
from shared.facets.vocabulary import taxonomy_vocabulary

UPKEEP = Principal(subject="upkeep", role=Role.SERVICE)


@dataclass(frozen=True)
class Parts:
    """What the process has before the model and the index are there."""

    settings: MatcherSettings
    store: PostgresStore
    profiles: ProfilesReader
    live: LiveIndex
    mender: IndexMender
    take_in: TakeIn
    letters: DeadLetterOffice
    reconcile: Reconcile
    pending: Callable[[], Awaitable[int]]


def compose(parts: Parts, collections: Collections, weights: Weights) -> UseCases:
    """Everything that needs the model and the index."""
    fitting = FitStatistics(parts.store, collections)
    rebuild = RebuildIndex(parts.store, collections, fitting, parts.mender, parts.live)
    fresh = FreshProfiles(parts.store, parts.profiles, parts.take_in)
    again_after = timedelta(days=parts.settings.match_again_days)
    constraints = Constraints(parts.store, parts.settings.stale_months, again_after)
    off = frozenset(parts.settings.features_off)

    def ranking_over(store: MatcherStore) -> PartnerRanking:
        return PartnerRanking(stored_partners(store), weights, load_fields(), off=off)

    learned = LiveRanking(parts.store)
    listing = PartnerListing(
        parts.store,
        fresh,
        parts.live,
        ranking_over(parts.store),
        constraints,
        learned,
        exploration=parts.settings.exploration,
        fields=load_fields(),
    )
    others = OtherProfiles(parts.store, parts.profiles)
    records = KeepPairRecords(parts.store, listing, others)
    golden = GoldenSet(parts.live, ranking_over)
    consortia = ProposeConsortia(
        parts.store,
        fresh,
        parts.live,
        constraints,
        CoverRequirements(parts.store, weights.text, weights.text_prior, off),
        MilpSolver(),
    )
    learning = LearnRanking(parts.store, parts.live, learned, golden)
    return UseCases(
        suggest=Suggest(listing),
        why_not=ExplainAbsence(listing, others, constraints.stale_months),
        pair_constraints=KeepPairConstraints(parts.store, parts.profiles),
        search=Search(
            parts.store,
            parts.live,
            constraints,
            weights.text,
            weights.text_prior,
            load_fields(),
            off=off,
        ),
        consortia=consortia,
        teams=ProposeTeams(parts.store, consortia),
        records=records,
        off_line=JudgeOffLine(parts.store),
        declined=DeclinedSuggestions(parts.store, again_after),
        explain=ExplainPair(listing, records),
        learning=learning,
        likeness=ComparePrototypes(parts.live),
        clarity=AssessClarity(fresh, parts.live, taxonomy_vocabulary()),
        status=ReadIndexStatus(parts.store, parts.live, rebuild, parts.pending),
        rebuild=rebuild,
        upkeep=KeepIndex(
            parts.store,
            parts.live,
            rebuild,
            lambda: learning.learn_from_new(UPKEEP),
            fits=parts.settings.fit_statistics,
            clean_seconds=parts.settings.clean_seconds,
        ),
        reconcile=parts.reconcile,
        letters=parts.letters,
    )
