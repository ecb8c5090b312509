"""What is known of the development sets: figures to reach, ablations, sources and licences."""

from typing import NamedTuple

KNOWN = (
    "cordis-calls",
    "cordis-partners",
    "sbir-topics",
    "chinaxiv-mixed",
    "chinaxiv-zh-en",
    "chinaxiv-en-zh",
)
"""Other folders beside them are measured as well."""

ABLATIONS = {
    "golden": ("hub=0", "named=0,named_back=0"),
    "cordis-calls": ("text.named=0", "text_prior.popularity=0", "text.lexical=0,text.profile=0"),
    "cordis-partners": ("named=0,named_back=0", "related_prior.popularity=0"),
    "sbir-topics": ("text_prior.popularity=0",),
    "chinaxiv-mixed": ("hub=0",),
    "chinaxiv-zh-en": ("hub=0",),
}
"""Weights that are switched off, over the same index, with the product's figures beside them."""

MAIN = {"chinaxiv-mixed": "R@1", "chinaxiv-zh-en": "R@1", "chinaxiv-en-zh": "R@1", "golden": "R@1"}
"""The metric of ablations, where it is not nDCG@10."""


class Reach(NamedTuple):
    """A figure to reach on the `report` half; `group` is a part of it, None all of it."""

    dataset: str
    metric: str
    group: str | None
    figure: float


REACH = (
    Reach("golden", "R@1", "stored organisation, zh-zh", 0.95),
    Reach("golden", "R@1", "stored organisation, en-en", 0.95),
    Reach("golden", "R@1", "stored organisation, zh-en", 0.95),
    Reach("cordis-calls", "nDCG@10", None, 0.14),
    Reach("cordis-calls", "R@50", None, 0.36),
    Reach("cordis-partners", "nDCG@10", None, 0.11),
    Reach("chinaxiv-mixed", "R@1", None, 0.65),
    Reach("chinaxiv-zh-en", "R@1", None, 0.75),
    Reach("sbir-topics", "nDCG@10", None, 0.32),
    Reach("sbir-topics", "R@10", None, 0.50),
)

SETS = """## The data sets

| set | a query, and what counts as right | source and licence |
| --- | --- | --- |
| golden | an organisation with needs and capabilities looks for its one mutual partner; 30 needs \
in words. A hundred invented organisations, written blind, with near misses | this project, \
Apache-2.0 (`data/golden`) |
| cordis-calls | the text of a Horizon Europe project; the organisations that took part | CORDIS, \
(c) European Union, CC BY 4.0; a subset |
| cordis-partners | a university looks for companies or a company for universities; those that it \
first worked with later | the same |
| sbir-topics | a need that a United States agency published; the firms that won it | US federal \
government, public domain |
| chinaxiv-zh-en, -en-zh | the title of a paper in one language; its abstract in the other | \
ChinaXiv, CC BY 4.0 |
| chinaxiv-mixed | the same with abstracts of both languages in one pool; right is only the one in \
the other language | the same |

No set but golden is a part of this project. The folders lie beside the repository, in \
`../shared/data`, or anywhere with `--data`.
"""

CAVEATS = """## How to read the figures

- **Right is what is on record.** A partner that is not on record is not a bad one: absolute
  values are low, and only rows of one table, or of one set over time, can be compared.
- **Tuning and reporting are apart.** Weights are set on the `tune` half (the set's own split, or
  an even last byte of the SHA-256 of the query's id). The `report` half is printed here and is
  chosen by for nothing. `all` holds both halves and is therefore a little too good.
- **golden's `report` half was looked at twice** while mutual partners were worked on (see
  experiments.md): it is no pristine single look. Sets of later years, which nothing was tuned on,
  are measured with the same command.
- **Queries stand in for stated needs.** Where no organisation of a set states a need, the texts
  of the queries, without their answers, are taken in as needs when the language means and the
  levels of hubs are fitted, as a platform has needs of its members. On the ChinaXiv sets each
  title has a right answer of its own, so this is transductive: with hubs measured on the other
  half of the titles alone R@1 was .02 to .03 lower (mixed .623 for .657, zh-en .773 for .793, in
  a simulation of the ranking). The rows without hubs show the other bound.
- **Names.** A project's text on CORDIS often names those who take part, which a member's need
  seldom does: the rows with `named=0` are nearer to what a member sees.
- **Popularity** is a feature of the ranking and a plain ranking beside it. It finds the large
  organisations that are on most records; the rows without it show what the texts alone find.
- **Mutual partners** of golden need the right answer in both directions; one query of the twenty
  of a language pair is five points.
- **sbir-topics** reports on few queries: its intervals are wider than any difference here.
- **Diversity is off**: measured lists are in the order of the scores, before sister organisations
  are moved down.
- **What was tried and failed** stands in [experiments.md](experiments.md) and beside the
  constants in `services/matcher/domain/ranking_weights.py`.
"""

AGAIN = """## How to run it again

```
make quality                          # every set that is there; writes this page
hezuo evaluate SET [--run FILE.trec]  # one set
hezuo compare standard named=0 --dataset SET --split tune   # two configurations, query by query
hezuo compare OLD.json NEW.json       # two results of `hezuo evaluate SET --json`
```

The first run embeds all texts (about ten a second on two processor cores); vectors are kept in \
`~/.cache/hezuo` by content and model, so that later ones do not.
"""
