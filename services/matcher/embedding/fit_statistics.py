"""Computes the shipped statistics from the demo texts:

python -m services.matcher.embedding.fit_statistics [profiles.jsonl] [out.json]
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import data
from services.matcher.domain.correction_document import to_document
from services.matcher.domain.correction_fit import fit
from services.matcher.domain.language_correction import CorrectionStatistics, Group
from services.matcher.domain.term_counts import TermCounts, add_up, count_terms
from services.matcher.domain.word_statistics import WordStatistics, word_statistics
from services.matcher.embedding.environment import prepare_environment
from services.matcher.embedding.sentence_transformer import load_embedder
from services.matcher.embedding.shipped_statistics import FILE
from services.matcher.index.tokens import EDITION, tokens
from services.matcher.ports import Embedder
from shared.contracts.organisation import Language, Side

_HAN = re.compile(r"[\u3400-\u9fff]")
_FOLDER = Path(data.__file__).parent

Profile = dict[str, Any]

Texts = dict[Group, list[tuple[str, str]]]
"""(organisation, text) by side and language."""


def main() -> None:
    """Write the file beside the demo data, or where the second argument says."""
    arguments = sys.argv[1:]
    source = Path(arguments[0]) if arguments else _FOLDER / "demo.jsonl"
    target = Path(arguments[1]) if len(arguments) > 1 else _FOLDER / FILE
    prepare_environment()
    profiles = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    # The engine's, so that the file comes out the same on any processor.
    embedder = load_embedder(precision="4bit")
    statistics = _fit(embedder, _texts(profiles), words_of(profiles))
    document = json.dumps(to_document(statistics), separators=(",", ":"))
    target.write_text(document + "\n", encoding="utf-8")
    for (side, language), mean in statistics.means.items():
        sys.stdout.write(f"{side} {language}: {mean.count} statements\n")
    for pair, background in statistics.background.items():
        sys.stdout.write(f"{pair}: {background}\n")


def words_of(profiles: Iterable[Profile]) -> WordStatistics:
    """Of capabilities by profile, of names, and of needs: what is common before much is stated."""
    offered, named, sought = [], [], []
    for profile in profiles:
        stated: dict[Side, list[TermCounts]] = {side: [] for side in Side}
        for side, statement in _statements(profile):
            stated[side].append(count_terms(tokens(statement["text"]), EDITION))
        offered.append(add_up(stated[Side.CAPABILITY]))
        sought += stated[Side.NEED]
        names = (name for name in profile["names"].values() if name)
        named.append(count_terms(tokens(" ".join(names)), EDITION))
    return word_statistics(offered, named, sought)


def _texts(profiles: Iterable[Profile]) -> Texts:
    texts: Texts = defaultdict(list)
    for profile in profiles:
        for side, statement in _statements(profile):
            texts[side, _language(statement["text"])].append((profile["id"], statement["text"]))
    return texts


def _statements(profile: Profile) -> Iterator[tuple[Side, dict[str, str]]]:
    for statement in profile.get("needs", []):
        yield Side.NEED, statement
    for statement in profile.get("capabilities", []):
        yield Side.CAPABILITY, statement


def _language(text: str) -> Language:
    """Chinese writes more in a character: a tenth of them is enough."""
    return "zh" if len(_HAN.findall(text)) > len(text) / 10 else "en"


def _fit(embedder: Embedder, texts: Texts, words: WordStatistics) -> CorrectionStatistics:
    groups = {
        group: embedder.encode([text for _, text in entries], group[0])
        for group, entries in texts.items()
    }
    owners = {group: [owner for owner, _ in entries] for group, entries in texts.items()}
    return fit(groups, model=embedder.model, owners=owners, words=words)


if __name__ == "__main__":
    main()
