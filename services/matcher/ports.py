"""What the matcher's use cases need from the outside world."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.domain.statements import StatementKey
from services.matcher.index_hits import Hits
from shared.contracts.organisation import (
    Kind,
    Language,
    OrganisationBatch,
    Side,
    VersionManifest,
    VersionStamp,
    Visibility,
)

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A sentence embedding model."""

    @property
    def model(self) -> str:
        """Name and revision; part of collection names and cache keys."""

    @property
    def dimension(self) -> int: ...

    @property
    def device(self) -> str: ...

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """Unit vectors, shape (len(texts), dimension); blocking, releases the GIL."""


@dataclass(frozen=True)
class SparseVector:
    """Token ids (ascending, 32-bit) and their weights."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


class TextEmbedder(Protocol):
    """Vectors of texts, embedding nothing twice."""

    @property
    def embedder(self) -> Embedder:
        """The model behind it."""

    async def embed(self, statements: Sequence[tuple[str, Side]]) -> Vectors:
        """Unit vectors, shape (len(statements), dimension); fresh ones are stored.

        Raises ValueError on a text that the model makes nothing of.
        """

    async def recall(self, keys: Sequence["ContentKey"]) -> dict["ContentKey", Vectors]:
        """Those that are stored, each of shape (dimension,)."""

    async def embed_query(self, text: str, side: Side) -> Vectors:
        """One vector, shape (dimension,), that nobody keeps."""


ShippedStatistics = Callable[[str], CorrectionStatistics]
"""The statistics that come with the project for a model; empty ones for an unknown model."""


@dataclass(frozen=True)
class Lexicon:
    """How texts become lexical vectors; a query may come out empty."""

    document: Callable[[str], SparseVector]
    query: Callable[[str], SparseVector]
    words: Callable[[str], Sequence[str]]
    """In the order of the text, alike for all that is compared by words."""
    edition: int
    """Changes when texts come to have other words: counts that were kept are not used any more."""


class Part(StrEnum):
    """What is compared with a question."""

    WHOLE = "whole"
    """Statements."""
    WINDOW = "window"
    """Windows of long statements; short ones have none, and are not found by it."""
    NAME = "name"
    """Organisations' names, by their words; their hits name no statement."""


@dataclass(frozen=True)
class IndexedStatement:
    """One point of the index."""

    key: StatementKey
    side: Side
    language: Language
    kind: Kind
    country: str
    province: str | None
    fields: tuple[str, ...]
    version: int
    raw: Vectors
    """Shape (dimension,)."""
    corrected: Vectors
    lexical: SparseVector
    visibility: Visibility = Visibility.MEMBERS
    """In the payload, so that a search by a member can leave confidential statements out."""
    windows: tuple[Vectors, ...] = ()
    """Corrected vectors, each of shape (dimension,); none for a short statement."""
    hub: float = 0.0
    """Its level against the platform's needs."""
    content: str = ""
    """The same for equal texts of a side: the same project stands in many profiles."""


@dataclass(frozen=True)
class IndexedName:
    """The words of an organisation's names, and what they are filtered by."""

    organisation: str
    words: SparseVector
    sides: tuple[Side, ...]
    kind: Kind
    country: str
    province: str | None
    fields: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class OrganisationPoints:
    """All points of one organisation at one version."""

    organisation: str
    version: int
    statements: Sequence[IndexedStatement]
    name: IndexedName | None = None
    """None for an organisation that has no statements."""


@dataclass(frozen=True)
class IndexFilter:
    """Payload conditions; None and empty mean any. All given ones must hold."""

    side: Side
    kind: Kind | None = None
    country: str | None = None
    province: str | None = None
    countries: tuple[str, ...] = ()
    """One of these."""
    provinces: tuple[str, ...] = ()
    """One of these."""
    fields: tuple[str, ...] = ()
    """One of these."""
    organisations: tuple[str, ...] | None = None
    """Only these."""
    excluded_organisations: tuple[str, ...] = ()
    visibility: Visibility | None = None
    """Only statements of this visibility; None means any."""
    part: Part = Part.WHOLE


@dataclass(frozen=True)
class IndexQuery:
    """One query, on the corrected vectors or on the lexical ones; exactly one is given.

    Names have lexical vectors only, windows dense ones only.
    """

    filter: IndexFilter
    limit: int
    dense: Vectors | None = None
    lexical: SparseVector | None = None


@dataclass(frozen=True)
class IndexedVersion:
    """What the index holds of an organisation."""

    organisation: str
    version: int
    statements: frozenset[str]


class VectorIndex(Protocol):
    """The vectors of one collection. All scores agree between adapters within 1e-4."""

    @property
    def collection(self) -> str: ...

    async def replace_many(self, changes: Sequence[OrganisationPoints]) -> None:
        """Make these the organisations' points (each organisation once); no points removes them.

        One upsert, then one delete of what is older; durable on return. The caller keeps the
        order of versions (it holds the organisations' row locks in PostgreSQL).
        """

    async def query(self, queries: Sequence[IndexQuery]) -> list[Hits]:
        """The answers to all queries, in one round trip.

        Of several windows of one statement the best one counts.
        """

    async def versions(
        self, *, after: str | None, limit: int
    ) -> tuple[list[IndexedVersion], str | None]:
        """A page, in organisation id order, of what is there; None when it was the last."""

    async def count(self) -> int:
        """Statements held; names do not count."""

    async def check(self) -> None:
        """Raises IndexDamagedError when the index cannot be trusted."""

    async def close(self) -> None: ...


class IndexDamagedError(Exception):
    """The index cannot be read, or lacks what it should hold: rebuild it from PostgreSQL."""


class IndexInUseError(RuntimeError):
    """Another process has the index directory open; there may be only one."""


class VectorIndexes(Protocol):
    """Makes, opens and drops collections, and keeps which one is live."""

    async def open(self, collection: str, dimension: int) -> VectorIndex:
        """Open or create. Raises IndexDamagedError, and IndexInUseError where only one may."""

    async def drop(self, collection: str) -> None: ...

    async def names(self) -> list[str]:
        """Collections that exist."""

    async def server_version(self) -> str:
        """Version of the engine."""


class ContentKey(NamedTuple):
    """What an embedding is a function of, besides the model: the text and its side. A tuple: it is
    hashed thousands of times a request."""

    digest: bytes
    """BLAKE2b-256 of side and text."""


class EmbeddingStore(Protocol):
    """Vectors by content, so that nothing is embedded twice."""

    async def get(self, model: str, keys: Sequence[ContentKey]) -> dict[ContentKey, Vectors]: ...

    async def put(self, model: str, vectors: dict[ContentKey, Vectors]) -> None: ...

    async def forget(self, keys: Sequence[ContentKey]) -> None:
        """Erase vectors that no statement uses any more (they give the text back)."""


class ListedEmbeddings(EmbeddingStore, Protocol):
    """A store that tells what it holds."""

    async def page(self, *, after: ContentKey | None, limit: int) -> list[ContentKey]:
        """The next keys that have a vector of any model, in order."""


class ProfilesReader(Protocol):
    """What the matcher asks the profiles service, on its own behalf.

    Raises ProblemError `not_ready` or `upstream_timeout` when the service cannot be reached.
    """

    async def version(self, organisation_id: str) -> VersionStamp:
        """Where one organisation is. Raises ProblemError("not_found")."""

    async def batch_read(self, ids: Sequence[str]) -> OrganisationBatch:
        """Many organisations with confidential text, in any state; unknown ids left out."""

    async def manifest(self, *, after: str | None = None, limit: int = 1000) -> VersionManifest:
        """A page of all stamps, in id order (bytewise)."""
