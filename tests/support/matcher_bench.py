"""The matcher's use cases over real PostgreSQL and a real index, without HTTP and bus."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.embedding.remembering import RememberingStore
from services.matcher.embedding.store import PostgresEmbeddingStore
from services.matcher.evaluation.golden import golden_digests
from services.matcher.index.edge_collections import EdgeVectorIndexes
from services.matcher.index.tokens import EDITION, document_vector, query_vector, tokens
from services.matcher.ports import Lexicon, VectorIndexes, Vectors
from services.matcher.schema import embedding, tables
from services.matcher.service.call_coverage import CoverRequirements
from services.matcher.service.collections import Collections
from services.matcher.service.consortium import ProposeConsortia
from services.matcher.service.constraints import Constraints
from services.matcher.service.dead_letters import DeadLetterOffice
from services.matcher.service.declined_suggestions import DeclinedSuggestions
from services.matcher.service.fitting import FitStatistics
from services.matcher.service.forgetting import UnusedEmbeddings
from services.matcher.service.fresh import FreshProfiles
from services.matcher.service.ingest import TakeIn
from services.matcher.service.learning import LearnRanking
from services.matcher.service.listing import PartnerListing
from services.matcher.service.live import LiveIndex
from services.matcher.service.live_ranking import LiveRanking
from services.matcher.service.mending import IndexMender, held_versions
from services.matcher.service.need_clarity import AssessClarity
from services.matcher.service.other_profile import OtherProfiles
from services.matcher.service.pair_constraints import KeepPairConstraints
from services.matcher.service.pair_records import KeepPairRecords
from services.matcher.service.partner_ranking import PartnerRanking, stored_partners
from services.matcher.service.rebuild import RebuildIndex
from services.matcher.service.reconcile import Reconcile
from services.matcher.service.search import Search
from services.matcher.service.startup import OpenIndex
from services.matcher.service.suggestions import Suggest
from services.matcher.service.upkeep import KeepIndex
from services.matcher.service.why_not import ExplainAbsence
from services.matcher.solving.milp import MilpSolver
from services.matcher.storage.postgres import PostgresStore
from services.matcher.taxonomy import load_fields
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.db import Database
from shared.facets.vocabulary import taxonomy_vocabulary
from tests.support.hashing_embedder import HashingEmbedder
from tests.support.stateful_profiles import StatefulProfiles


class RefusingEmbedder(HashingEmbedder):
    """Fails on texts that hold a word, as a model may on a text it makes nothing of."""

    refused: str | None = None

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        if self.refused and any(self.refused in text for text in texts):
            raise ValueError("a text has no usable vector")
        return super().encode(texts, side)


@dataclass
class MatcherBench:
    """Everything wired; `opening.open()` has been called."""

    database: Database
    store: PostgresStore
    embeddings: PostgresEmbeddingStore
    indexes: VectorIndexes
    embedder: RefusingEmbedder
    profiles: StatefulProfiles
    live: LiveIndex
    opening: OpenIndex
    take_in: TakeIn
    letters: DeadLetterOffice
    reconcile: Reconcile
    rebuild: RebuildIndex
    upkeep: KeepIndex
    suggest: Suggest
    why_not: ExplainAbsence
    pair_constraints: KeepPairConstraints
    search: Search
    clarity: AssessClarity
    listing: PartnerListing
    records: KeepPairRecords
    declined: DeclinedSuggestions
    learning: LearnRanking
    consortia: ProposeConsortia

    async def held(self) -> dict[str, tuple[int, frozenset[str]]]:
        """What the live index holds."""
        found = await held_versions(self.live.current().index)
        return {id: (one.version, one.statements) for id, one in found.items()}

    def wanted(self) -> dict[str, tuple[int, frozenset[str]]]:
        """What it should hold."""
        return {
            id: (one.version, frozenset(s.id for s in (*one.capabilities, *one.needs)))
            for id, one in self.profiles.active().items()
            if one.capabilities or one.needs
        }


@asynccontextmanager
async def matcher_bench(
    url: str,
    directory: Path,
    *,
    profiles: StatefulProfiles | None = None,
    opened: bool = True,
    wrap: Callable[[VectorIndexes], VectorIndexes] = lambda indexes: indexes,
) -> AsyncIterator[MatcherBench]:
    database = Database(url, pool_size=4)
    edge = EdgeVectorIndexes(directory, minimum_free_bytes=0)
    try:
        bench = _wired(database, wrap(edge), profiles or StatefulProfiles())
        if opened:
            await bench.opening.open()
        yield bench
        await bench.rebuild.stop()
    finally:
        await edge.close()
        await database.close()


def _wired(database: Database, indexes: VectorIndexes, profiles: StatefulProfiles) -> MatcherBench:
    store = PostgresStore(database, tables)
    embeddings = PostgresEmbeddingStore(database, embedding)
    remembering = RememberingStore(embeddings)
    embedder, live, mender = RefusingEmbedder(), LiveIndex(), IndexMender(store)
    unused = UnusedEmbeddings(remembering, golden_digests)
    take_in = TakeIn(store, profiles, unused, live)
    collections = Collections(
        store,
        indexes,
        CachedEmbedder(embedder, remembering),
        Lexicon(document_vector, query_vector, tokens, EDITION),
        lambda model: CorrectionStatistics(model, {}),
    )
    fitting = FitStatistics(store, collections)
    constraints = Constraints(store)
    fresh = FreshProfiles(store, profiles, take_in)
    learned = LiveRanking(store, seconds=0)
    listing = PartnerListing(
        store,
        fresh,
        live,
        PartnerRanking(stored_partners(store)),
        constraints,
        learned,
        fields=load_fields(),
    )
    rebuild = RebuildIndex(store, collections, fitting, mender, live, grace_seconds=0)
    learning = LearnRanking(store, live, learned)
    learner = Principal(subject="upkeep", role=Role.SERVICE)
    return MatcherBench(
        database=database,
        store=store,
        embeddings=embeddings,
        indexes=indexes,
        embedder=embedder,
        profiles=profiles,
        live=live,
        opening=OpenIndex(store, collections, mender, live),
        take_in=take_in,
        letters=DeadLetterOffice(store, take_in),
        reconcile=Reconcile(store, profiles, take_in, mender, unused, live),
        rebuild=rebuild,
        upkeep=KeepIndex(store, live, rebuild, lambda: learning.learn_from_new(learner)),
        suggest=Suggest(listing),
        why_not=ExplainAbsence(listing, OtherProfiles(store, profiles), constraints.stale_months),
        pair_constraints=KeepPairConstraints(store, profiles),
        listing=listing,
        records=KeepPairRecords(store, listing, OtherProfiles(store, profiles)),
        declined=DeclinedSuggestions(store, constraints.again_after),
        learning=learning,
        clarity=AssessClarity(fresh, live, taxonomy_vocabulary()),
        search=Search(store, live, constraints, fields=load_fields()),
        consortia=ProposeConsortia(
            store,
            fresh,
            live,
            constraints,
            CoverRequirements(store),
            MilpSolver(),
        ),
    )
