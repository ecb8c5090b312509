"""What of a data set's line the platform takes in otherwise than it stands there.

Nothing of it stops an evaluation; each is told with its file, its line and its count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from services.matcher.evaluation.dataset import Organisation, Query, Statement
from services.matcher.evaluation.platform_corpus import (
    LONGEST,
    LONGEST_LINE,
    MOST_COLLABORATIONS,
    MOST_STATEMENTS,
    SHORTEST,
    SHORTEST_QUESTION,
    country_of,
    date_of,
    language_of,
    one_line,
)


def of_organisation(one: Organisation) -> Iterator[str]:
    """A sentence for each thing, repeated for each statement that it happens to."""
    yield from _described(one)
    yield from _statements(one.capabilities)
    yield from _statements(one.needs)
    partners = [c.organisation for c in one.collaborations]
    yield from ["collaboration of an organisation with itself"] * partners.count(one.id)
    yield from ["collaboration named twice"] * _repeated(partners)
    yield from ["collaboration without a shared project, left out"] * sum(
        not c.count for c in one.collaborations
    )
    if len(partners) > MOST_COLLABORATIONS:
        yield f"collaborations beyond an organisation's {MOST_COLLABORATIONS} strongest, left out"


def of_query(query: Query) -> Iterator[str]:
    """As above."""
    for key, names in (("candidates", query.candidates or ()), ("exclude", query.exclude)):
        yield from [f"organisation named twice in `{key}`, counted once"] * _repeated(names)
    if query.lang and not language_of(query.lang):
        yield "query in a `lang` other than zh and en, which is detected instead"
    if query.text is None:
        return
    if len(query.text.strip()) < SHORTEST_QUESTION:
        yield f"query shorter than {SHORTEST_QUESTION} characters, not answered"
    if len(query.text.strip()) > LONGEST:
        yield f"query cut after {LONGEST} characters"


def _described(one: Organisation) -> Iterator[str]:
    if not one_line(one.name):
        yield "organisation without a name, for which its id stands"
    for key, text in (("name", one.name), ("city", one.city), ("activity", one.activity)):
        if len(" ".join((text or "").split())) > LONGEST_LINE:
            yield f"`{key}` cut after {LONGEST_LINE} characters"
    if one.country and not country_of(one.country):
        yield "`country` that is no code of two letters, taken as unknown"


def _statements(stated: Sequence[Statement]) -> Iterator[str]:
    for one in stated:
        if one.lang and not language_of(one.lang):
            yield "statement in a `lang` other than zh and en, which is detected instead"
        if one.date and not date_of(one.date):
            yield "statement whose `date` is none, taken as undated"
        if len(one.text.strip()) < SHORTEST:
            yield f"statement shorter than {SHORTEST} characters, left out"
        if len(one.text.strip()) > LONGEST:
            yield f"statement cut after {LONGEST} characters"
    long_enough = sum(len(one.text.strip()) >= SHORTEST for one in stated)
    beyond = max(0, long_enough - MOST_STATEMENTS)
    yield from [f"statement beyond an organisation's {MOST_STATEMENTS} newest, left out"] * beyond


def _repeated(names: Sequence[str]) -> int:
    return sum(times - 1 for times in Counter(names).values())
