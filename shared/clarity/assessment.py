"""A statement's clarity, from its words and from what the platform makes of it."""

from shared.clarity.questions import question
from shared.clarity.text_clarity import TextClarity
from shared.contracts.clarity import Clarity, Distinctness, Lack
from shared.contracts.organisation import Language, Side
from shared.facets.reader import as_contract

VAGUE = 0.5
QUESTIONS = 3
"""More are not answered."""
DISTINCTNESS_WEIGHT = 0.25
"""Of the two in the geometric mean: on the tuning half words alone tell vague from clear (area
under the ROC curve .999), the platform's scores alone hardly do (.68)."""
FLAT = 0.35
"""Below it everything answers a vague text about equally well, and it is said so."""


def assess(
    text: TextClarity,
    distinctness: Distinctness | None,
    *,
    side: Side,
    language: Language,
    reader_language: Language | None,
) -> Clarity:
    """`reader_language` is that of the questions; None takes the statement's."""
    score = text.score
    if distinctness:
        score = score ** (1 - DISTINCTNESS_WEIGHT) * distinctness.score**DISTINCTNESS_WEIGHT
    flat = distinctness is not None and distinctness.score < FLAT
    vague = score <= VAGUE
    lacks = (*text.lacks, Lack.DISTINCTION) if flat else text.lacks
    asked = lacks[:QUESTIONS] if vague else ()
    return Clarity(
        score=round(score, 3),
        vague=vague,
        side=side,
        language=language,
        text=round(text.score, 3),
        distinctness=distinctness,
        facets=as_contract(text.readings),
        lacks=lacks,
        questions=tuple(question(one, side, language, reader_language) for one in asked),
    )
