"""Computes the shipped statistics from the demo texts:

python -m services.matcher.embedding.fit_statistics [profiles.jsonl] [out.json]
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import data
from services.matcher.domain.correction_document import to_document
from services.matcher.domain.correction_fit import fit
from services.matcher.domain.language_correction import CorrectionStatistics, Group
from services.matcher.embedding.environment import prepare_environment
from services.matcher.embedding.sentence_transformer import load_embedder
from services.matcher.embedding.shipped_statistics import FILE
from services.matcher.ports import Embedder
from shared.contracts.organisation import Language, Side

_HAN = re.compile(r"[\u3400-\u9fff]")
_FOLDER = Path(data.__file__).parent

Texts = dict[Group, list[tuple[str, str]]]
"""(organisation, text) by side and language."""


def main() -> None:
    """Write the file beside the demo data, or where the second argument says."""
    arguments = sys.argv[1:]
    source = Path(arguments[0]) if arguments else _FOLDER / "demo.jsonl"
    target = Path(arguments[1]) if len(arguments) > 1 else _FOLDER / FILE
    prepare_environment()
    with source.open(encoding="utf-8") as lines:
        texts = _texts(lines)
    statistics = _fit(load_embedder(), texts)
    document = json.dumps(to_document(statistics), separators=(",", ":"))
    target.write_text(document + "\n", encoding="utf-8")
    for (side, language), mean in statistics.means.items():
        sys.stdout.write(f"{side} {language}: {mean.count} statements\n")
    for pair, background in statistics.background.items():
        sys.stdout.write(f"{pair}: {background}\n")


def _texts(lines: Iterable[str]) -> Texts:
    texts: Texts = defaultdict(list)
    for line in lines:
        profile = json.loads(line)
        for side, statement in _statements(profile):
            texts[side, _language(statement["text"])].append((profile["id"], statement["text"]))
    return texts


def _statements(profile: dict[str, list[dict[str, str]]]) -> Iterator[tuple[Side, dict[str, str]]]:
    for statement in profile.get("needs", []):
        yield Side.NEED, statement
    for statement in profile.get("capabilities", []):
        yield Side.CAPABILITY, statement


def _language(text: str) -> Language:
    """Chinese writes more in a character: a tenth of them is enough."""
    return "zh" if len(_HAN.findall(text)) > len(text) / 10 else "en"


def _fit(embedder: Embedder, texts: Texts) -> CorrectionStatistics:
    groups = {
        group: embedder.encode([text for _, text in entries], group[0])
        for group, entries in texts.items()
    }
    owners = {group: [owner for owner, _ in entries] for group, entries in texts.items()}
    return fit(groups, model=embedder.model, owners=owners)


if __name__ == "__main__":
    main()
