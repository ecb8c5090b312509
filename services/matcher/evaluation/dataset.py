"""An evaluation data set: organisations, queries, and what is known to be relevant."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from shared.contracts.base import storable
from shared.contracts.organisation import Kind, Side

Identifier = Annotated[
    str, StringConstraints(min_length=1, pattern=r"^\S+$"), AfterValidator(storable)
]
"""No white space: a TREC run file separates its columns by it."""
Text = Annotated[str, StringConstraints(pattern=r"\S"), AfterValidator(storable)]

_Item = TypeVar("_Item")
Listed = Annotated[tuple[_Item, ...], BeforeValidator(lambda given: () if given is None else given)]
"""A list that may be left out; null is as good as none."""

QueryKind = Literal["ad hoc", "stored organisation"]


class _Record(BaseModel):
    """One line of a file; keys that are not known are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Statement(_Record):
    """A capability or a need."""

    id: Identifier
    text: Text
    lang: str | None = None
    date: str | None = None


class Collaboration(_Record):
    """Another organisation, and in how many projects of the history."""

    organisation: Identifier
    count: int = Field(default=1, ge=0)


class Organisation(_Record):
    """A line of `organisations.jsonl`."""

    id: Identifier
    name: str
    kind: Kind
    activity: str | None = None
    country: str | None = None
    city: str | None = None
    capabilities: tuple[Statement, ...]
    needs: Listed[Statement] = ()
    collaborations: Listed[Collaboration] = ()

    @property
    def offers(self) -> tuple[tuple[Statement, Side], ...]:
        """What a plain baseline reads of a candidate: its capabilities, else its needs."""
        return self._side(Side.CAPABILITY) or self._side(Side.NEED)

    @property
    def seeks(self) -> tuple[tuple[Statement, Side], ...]:
        """What a plain baseline reads of one that asks: its needs, else its capabilities."""
        return self._side(Side.NEED) or self._side(Side.CAPABILITY)

    def _side(self, side: Side) -> tuple[tuple[Statement, Side], ...]:
        statements = self.needs if side is Side.NEED else self.capabilities
        return tuple((one, side) for one in statements)


class Query(_Record):
    """A line of `queries.jsonl`: a need in words, or a stored organisation, or both."""

    id: Identifier
    text: Text | None = None
    lang: str | None = None
    organisation: Identifier | None = None
    activity: str | None = None
    """Of the wanted partner."""
    exclude: Listed[Identifier] = ()
    candidates: tuple[Identifier, ...] | None = None
    split: str | None = None
    languages: str | None = None

    @property
    def kind(self) -> QueryKind:
        return "ad hoc" if self.organisation is None else "stored organisation"


class Corpus(BaseModel):
    """All that an engine may see: no judgements."""

    model_config = ConfigDict(frozen=True, ignored_types=(cached_property,))

    name: str
    organisations: tuple[Organisation, ...]
    queries: tuple[Query, ...]

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Place of each organisation id in `organisations`."""
        return {one.id: place for place, one in enumerate(self.organisations)}

    def organisation(self, identifier: str) -> Organisation:
        """Raises KeyError."""
        return self.organisations[self.position[identifier]]

    def asked(self, query: Query) -> tuple[tuple[str, Side], ...]:
        """The texts of a query; those of its organisation where it has no words of its own."""
        if query.text is not None:
            return ((query.text, Side.NEED),)
        assert query.organisation is not None
        return tuple((one.text, side) for one, side in self.organisation(query.organisation).seeks)


class Dataset(BaseModel):
    """A corpus, the grades, and what a reader of the figures has to know."""

    model_config = ConfigDict(frozen=True)

    corpus: Corpus
    relevance: Mapping[str, Mapping[str, int]]
    """Query id, organisation id, grade (0: judged, not relevant)."""
    warnings: tuple[str, ...] = ()

    def relevant(self, query: str) -> tuple[str, ...]:
        """Organisations with a grade above 0."""
        return tuple(one for one, grade in self.relevance.get(query, {}).items() if grade > 0)
