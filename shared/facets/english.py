"""Reading English technical prose: prepositions before a span, and heads at its end."""

import re

from shared.facets import english_words as lists
from shared.facets.rules import Facet, Grammar, Rule, alternatives

_WORD = r"[A-Za-z0-9](?:[\w\-+/°%'.]*[\w+%°])?"
_BREAK = (
    r"(?=\s+(?:that|which|who|with|using|based|by|so|and\s+(?:we|reach|enable|report)|in|at|on"
    r"|from|within|is|are|was|were|must|can|should|has|have|takes?|through|under|via|to|for|per"
    r"|without|instead|we|you|they|when|while|because|but|after|before|replac\w+|sampled|suitable"
    r"|applied|used|reach\w*|below|above|proposed|tested|validated)\b|\s*[,.;:!?()]|\s*$)"
)
_NOT_FOR = (
    r"(?!\s+(?:(?:example|instance|us|me|some|others|free|sale|years|months|hours)\b|\d"
    r"|(?:a|one|two|three|six|ten|many|several)\s+(?:\w+\s+)?(?:year|month|week|hour|minute|day)))"
)
_LOOKING = r"(?<!looking\s)(?<!searching\s)(?<!look\s)(?<!search\s)(?<!asking\s)"
_EFFECT = (
    r"reduc\w+|improv\w+|increas\w+|cut(?:s|ting)?|lower(?:s|ing)?|prevent\w*|enabl\w+|achiev\w+"
    r"|resist\w*|withstand\w*|surviv\w+|less than|at most|at least|avoid\w*|rais(?:e|es|ing)|robust"
    r"|speed(?:s|ing)? up|accelerat\w+|shorten\w*|sav(?:e|es|ing)|absorbed|without\s+\w+|breathable"
    r"|real[- ]time|low[- ](?:loss|latency|cost|power)|accura\w+|graceful\w*|automatic\w*|faster"
    r"|cheaper|lighter|quieter|bounded|stable|stays? in|explainable|reusable|keep(?:s|ing)?\s+\w+"
    r"|(?:precision|accuracy|error|resolution|AUC|F1|recall)\s+(?:of\s+)?\d[\d.]*"
)
_FUNCTION = rf"(?:{alternatives(lists.NOT_BEFORE_A_NOUN)})\b"
_NUMBER = rf"(?:\d[\d.,]*(?:\s+(?:million|thousand|billion))?|(?:{alternatives(lists.SPELT)})\b)"


def _compiled(facet: Facet, pattern: str) -> Rule:
    return Rule(facet, re.compile(pattern, re.IGNORECASE))


def _after(facet: Facet, cues: str, most: int = 6) -> Rule:
    """A preposition or participle, then up to so many words."""
    span = rf"(?P<span>{_WORD}(?:\s+{_WORD}){{0,{most}}}?)"
    return _compiled(facet, rf"\b(?P<cue>{cues})\s+{span}{_BREAK}")


def _plural(heads: tuple[str, ...]) -> str:
    return rf"(?:{alternatives(heads)})(?:e?s)?"


def _headed(facet: Facet, heads: tuple[str, ...], most: int) -> Rule:
    """A head, or several in a row, with up to so many words before it."""
    cue = rf"(?P<cue>{_plural(heads)}(?:\s+{_plural(heads)})*)(?![\w-])"
    before = rf"(?:(?!{_FUNCTION}){_WORD}\s+){{0,{most}}}"
    return _compiled(facet, rf"(?<![\w-])(?P<span>{before}(?:\w+-)?{cue})")


GRAMMAR = Grammar(
    rules=(
        _after(
            Facet.APPLICATION, r"(?:applied|application|used|use|employed|deployed)\s+(?:in|to|for)"
        ),
        _after(Facet.APPLICATION, rf"{_LOOKING}for\b{_NOT_FOR}"),
        _compiled(
            Facet.APPLICATION,
            rf"\b(?P<cue>in|across|at|on|of|to|after|from|with)\s+"
            rf"(?P<span>(?:(?!{_FUNCTION}){_WORD}\s+){{0,4}}?{_plural(lists.PLACES)})\b",
        ),
        _headed(Facet.APPLICATION, lists.PLACES, 1),
        _headed(Facet.MATERIALS, lists.MATERIAL_HEADS, 2),
        _after(
            Facet.METHODS,
            r"using|based\s+on|by\s+means\s+of|with\s+the\s+help\s+of|through|via|leveraging"
            r"|combining|by(?!\s+\d)",
        ),
        _headed(Facet.METHODS, lists.METHOD_HEADS, 2),
        _compiled(
            Facet.EFFECT, rf"(?<!\w)(?P<cue>{_NUMBER}[\s-]*(?:{alternatives(lists.UNITS)}))(?!\w)"
        ),
        _compiled(Facet.EFFECT, rf"\b(?P<cue>{_EFFECT})"),
        _headed(Facet.PRODUCT, lists.PRODUCT_HEADS, 3),
    ),
    clause=re.compile(r"[;:!?\n]+|[.](?=\s|$)|,(?=\s)"),
    leading=re.compile(r"^(?:a|an|the|our|your|its|their)\s+", re.IGNORECASE),
    empty=frozenset(lists.EMPTY),
)
