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


def alikeness(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """0 to 1 for each two, shape (organisations, organisations); 0 on the diagonal."""
    found = np.maximum(_shared_texts(organisations), _shared_words(organisations))
    found = np.maximum(found, SISTER_LIKENESS * _sisters(organisations))
    np.fill_diagonal(found, 0.0)
    return found


def _shared_texts(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """Jaccard's index of the statements, by side and text."""
    texts = [_texts(one) for one in organisations]
    holders: dict[tuple[str, str], list[int]] = {}
    for place, own in enumerate(texts):
        for text in own:
            holders.setdefault(text, []).append(place)
    shared = np.zeros((len(texts), len(texts)))
    for places in holders.values():
        if len(places) > 1:
            shared[np.ix_(places, places)] += 1
    sizes = np.array([len(own) for own in texts], dtype=np.float64)
    united = sizes[:, None] + sizes[None, :] - shared
    return np.divide(shared, united, out=np.zeros_like(shared), where=united > 0)


def _texts(organisation: MatchedOrganisation) -> set[tuple[str, str]]:
    """Their beginnings, without what differs in form alone: width, case, white space."""
    return {
        (one.side.value, _form(one.text[:COMPARED_CHARACTERS])) for one in _public(organisation)
    }


@lru_cache(maxsize=8192)
def _form(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())


def _public(organisation: MatchedOrganisation) -> list[Statement]:
    """Confidential ones do not count: a likeness that is told would tell what they say."""
    return [s for s in organisation.statements if s.visibility is Visibility.MEMBERS]


def _shared_words(organisations: Sequence[MatchedOrganisation]) -> Matrix:
    """0 up to a cosine of NEAR_EQUAL_WORDS of the words, 1 for the same words."""
    counts = np.array([_word_counts(one) for one in organisations]).reshape(-1, WORD_BUCKETS)
    held = (counts > 0).sum(axis=0)
    rarity = np.log1p((len(organisations) - held + 0.5) / (held + 0.5))
    weights = np.log1p(counts) * rarity
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    unit = np.divide(weights, lengths, out=np.zeros_like(weights), where=lengths > 0)
    alike: Matrix = np.clip((unit @ unit.T - NEAR_EQUAL_WORDS) / (1 - NEAR_EQUAL_WORDS), 0.0, 1.0)
    return alike


def _word_counts(organisation: MatchedOrganisation) -> Matrix:
    """Of the first statements, in buckets (Weinberger et al. 2009); shape (WORD_BUCKETS,)."""
    terms = [one.terms for one in _public(organisation) if one.terms][:COMPARED_STATEMENTS]
    if not terms:
        return np.zeros(WORD_BUCKETS)
    ids = np.concatenate([one.ids for one in terms]) % WORD_BUCKETS
    counts = np.concatenate([one.counts for one in terms])
    found = np.bincount(ids.astype(np.intp), weights=counts, minlength=WORD_BUCKETS)
    return found.astype(np.float64)


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
