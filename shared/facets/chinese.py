"""Reading Chinese technical prose.

It needs no segmentation here: cues are verbs before a span (用于…) or heads at its end (…系统),
and the span reaches to the next function word.
"""

import re

from shared.facets import chinese_words as lists
from shared.facets.rules import Facet, Grammar, Rule, alternatives

_STOPS = "的了在将把被对从与和及或并以为向能会想时后前、()（）「」“”\"'"
_RUN = rf"[^\W{_STOPS}]"
"""One character of a noun phrase."""
_NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千]+)"


def _before(facet: Facet, verbs: tuple[str, ...], ends: str) -> Rule:
    """Verb, then the span up to one of the ends."""
    return Rule(
        facet, re.compile(rf"(?P<cue>{alternatives(verbs)})(?P<span>.{{2,40}}?)(?={ends}|$)")
    )


def _headed(facet: Facet, heads: tuple[str, ...], most: int) -> Rule:
    """A noun phrase that ends in one of the heads."""
    return Rule(facet, re.compile(rf"(?P<span>{_RUN}{{0,{most}}}(?P<cue>{alternatives(heads)}))"))


def _whole(facet: Facet, cue: str) -> Rule:
    """The clause that has the cue."""
    return Rule(facet, re.compile(rf"(?P<cue>{cue})"))


GRAMMAR = Grammar(
    rules=(
        _before(Facet.APPLICATION, lists.APPLICATION_VERBS, "的|等"),
        Rule(Facet.APPLICATION, re.compile(r"(?P<cue>为)(?P<span>[^为]{2,15}?)(?=提供)")),
        _headed(Facet.APPLICATION, lists.PLACES, 8),
        Rule(
            Facet.APPLICATION,
            re.compile(r"(?<!控制)(?P<cue>在)(?P<span>[^\W\d]{2,15}?)(?:中|上|里|内)"),
        ),
        Rule(Facet.MATERIALS, re.compile(r"以(?P<span>\w{2,15}?)(?P<cue>为原料|为基材)")),
        _headed(Facet.MATERIALS, lists.MATERIAL_HEADS, 8),
        _headed(Facet.MATERIALS, lists.SUBSTANCES, 0),
        _before(
            Facet.METHODS,
            lists.METHOD_VERBS,
            rf"的|{alternatives(lists.METHOD_ENDS)}|在(?!线)|把|并",
        ),
        _headed(Facet.METHODS, lists.METHOD_HEADS, 10),
        _whole(Facet.EFFECT, rf"{_NUMBER}\s*(?:{alternatives(lists.UNITS)})(?!法)"),
        _whole(Facet.EFFECT, alternatives(lists.EFFECT_WORDS)),
        _headed(Facet.PRODUCT, lists.PRODUCT_HEADS, 12),
    ),
    clause=re.compile(r"[，,。；;！!？?：:\n]+"),
    leading=re.compile(rf"^.*(?:{alternatives(lists.BEFORE_A_NOUN)})"),
    empty=frozenset(lists.EMPTY),
)
