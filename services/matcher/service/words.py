"""Words of statements, names and texts, counted once."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from services.matcher.domain.lexical import token_id
from services.matcher.domain.prior_features import popularity
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.domain.term_counts import TermCounts, add_up, count_terms
from services.matcher.domain.word_statistics import Ids, WordStatistics, word_statistics
from services.matcher.ports import Lexicon
from shared.contracts.organisation import Side

_MOST = 20_000
"""Profiles and needs that are counted for the statistics."""


def terms_of(statement: Statement, lexicon: Lexicon) -> TermCounts:
    """As kept with the statement, or counted now."""
    if statement.terms is not None and statement.terms.edition == lexicon.edition:
        return statement.terms
    return terms_in(statement.text, lexicon)


def terms_in(text: str, lexicon: Lexicon) -> TermCounts:
    """Counted now."""
    return count_terms(lexicon.words(text), lexicon.edition)


def with_terms(organisation: MatchedOrganisation, lexicon: Lexicon) -> MatchedOrganisation:
    """The organisation with the words of its statements counted."""
    counted = [replace(one, terms=terms_of(one, lexicon)) for one in organisation.statements]
    return replace(organisation, statements=tuple(counted))


class CountedWords:
    """Collects what the word statistics are made of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._profiles: list[TermCounts] = []
        self._names: list[TermCounts] = []
        self._needs: list[TermCounts] = []
        self._popularity: list[float] = []

    def add(self, organisations: Iterable[MatchedOrganisation]) -> None:
        """Count these in; those that offer nothing count with their needs alone."""
        for one in organisations:
            if len(self._needs) < _MOST:
                self._needs += [terms_of(need, self._lexicon) for need in one.side(Side.NEED)]
            offered = one.side(Side.CAPABILITY)
            if offered and len(self._profiles) < _MOST:
                self._profiles.append(add_up([terms_of(s, self._lexicon) for s in offered]))
                self._names.append(terms_in(" ".join(names(one)), self._lexicon))
                self._popularity.append(popularity(one))

    def statistics(self) -> WordStatistics | None:
        """None where there is nothing to count."""
        if not self._profiles:
            return None
        counted = word_statistics(self._profiles, self._names, self._needs)
        return replace(counted, well_known=float(np.quantile(self._popularity, 0.9)))


def token_ids(words: Iterable[str]) -> Ids:
    """In the order of the words."""
    return np.array([token_id(word) for word in words], dtype=np.uint32)


def name_idf(statistics: WordStatistics, words: Iterable[str]) -> dict[str, float]:
    """What each of these words is worth in a name."""
    different = sorted(set(words))
    worth = statistics.name_idf(token_ids(different))
    return dict(zip(different, worth.tolist(), strict=True))


def names(organisation: MatchedOrganisation) -> list[str]:
    """Its names, in whatever languages it has one."""
    return [name for name in organisation.names.values() if name]
