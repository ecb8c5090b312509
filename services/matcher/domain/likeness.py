"""How much the organisations of a list are alike: nearly one profile, or sisters of one parent."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.diversity_constants import (
    COMPARED_CHARACTERS,
    COMPARED_STATEMENTS,
    NEAR_EQUAL_WORDS,
    SISTER_LIKENESS,
    WORD_BUCKETS,
)
from services.matcher.domain.name_stems import name_stems
from services.matcher.domain.statements import MatchedOrganisation, Statement
from shared.contracts.organisation import Visibility

Matrix = NDArray[np.float64]
_Text = tuple[str, bytes | str]
_ENOUGH_WORDS = 4
"""With fewer, two different texts may well have the same."""


def alikeness(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """0 to 1 for each two, shape (organisations, organisations); 0 on the diagonal."""
    found = np.maximum(_shared_texts(organisations), _shared_words(organisations))
    found = np.maximum(found, SISTER_LIKENESS * _sisters(organisations))
    np.fill_diagonal(found, 0.0)
    return found


def _shared_texts(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """Jaccard's index of the statements, by side and text."""
    texts = [_texts(one) for one in organisations]
    holders: dict[_Text, list[int]] = {}
    for place, own in enumerate(texts):
        for text in own:
            holders.setdefault(text, []).append(place)
    several = [places for places in holders.values() if len(places) > 1]
    held = np.zeros((len(texts), len(several)), dtype=np.float32)
    for column, places in enumerate(several):
        held[places, column] = 1
    shared = (held @ held.T).astype(np.float64)
    sizes = np.array([len(own) for own in texts], dtype=np.float64)
    united = sizes[:, None] + sizes[None, :] - shared
    return np.divide(shared, united, out=np.zeros_like(shared), where=united > 0)


def _texts(organisation: MatchedOrganisation) -> set[_Text]:
    """Without what differs in form alone: width, case, white space."""
    return {(one.side.value, _content(one)) for one in _public(organisation)}


def _content(statement: Statement) -> bytes | str:
    """Its words and how often they come, where that is known; else its beginning."""
    terms = statement.terms
    if terms is not None and len(terms.ids) >= _ENOUGH_WORDS:
        return terms.ids.tobytes() + terms.counts.tobytes()
    return _form(statement.text[:COMPARED_CHARACTERS])


@lru_cache(maxsize=8192)
def _form(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())


def _public(organisation: MatchedOrganisation) -> list[Statement]:
    """Confidential ones do not count: a likeness that is told would tell what they say."""
    return [s for s in organisation.statements if s.visibility is Visibility.MEMBERS]


def _shared_words(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """0 up to a cosine of NEAR_EQUAL_WORDS of the words, 1 for the same words."""
    counts = _word_counts(organisations)
    held = (counts > 0).sum(axis=0)
    rarity = np.log1p((len(organisations) - held + 0.5) / (held + 0.5))
    weights = np.log1p(counts) * rarity
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    unit = np.divide(weights, lengths, out=np.zeros_like(weights), where=lengths > 0)
    alike: Matrix = np.clip((unit @ unit.T - NEAR_EQUAL_WORDS) / (1 - NEAR_EQUAL_WORDS), 0.0, 1.0)
    return alike


def _word_counts(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """Of the first statements, in buckets (Weinberger et al. 2009); shape (organisations,
    WORD_BUCKETS)."""
    terms = [
        [one.terms for one in _public(organisation) if one.terms][:COMPARED_STATEMENTS]
        for organisation in organisations
    ]
    flat = [one for own in terms for one in own]
    shape = (len(organisations), WORD_BUCKETS)
    if not flat:
        return np.zeros(shape)
    owners = [place for place, own in enumerate(terms) for _ in own]
    rows = np.repeat(np.array(owners, dtype=np.intp), [len(one.ids) for one in flat])
    cells = rows * WORD_BUCKETS + np.concatenate([one.ids for one in flat]) % WORD_BUCKETS
    counts = np.concatenate([one.counts for one in flat])
    found = np.bincount(cells, weights=counts, minlength=shape[0] * shape[1])
    return found.astype(np.float64).reshape(shape)


def _sisters(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """1 where two have one parent, by their profiles or by their names."""
    members: dict[str | tuple[str], list[int]] = {}
    for place, one in enumerate(organisations):
        parents: set[str | tuple[str]] = {*name_stems(one.names), *_own_and_parent(one)}
        for parent in parents:
            members.setdefault(parent, []).append(place)
    found = np.zeros((len(organisations), len(organisations)))
    for places in members.values():
        found[np.ix_(places, places)] = 1.0
    return found


def _own_and_parent(organisation: MatchedOrganisation) -> Iterator[tuple[str]]:
    """Ids, wrapped, since they are no names: an organisation is like its own parts."""
    yield (organisation.id,)
    if organisation.parent:
        yield (organisation.parent,)
