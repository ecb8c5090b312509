"""A data set of four organisations, a way to write it, and a model that counts words."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from services.matcher.ports import Vectors
from shared.contracts.organisation import Side

ORGANISATIONS: list[dict[str, Any]] = [
    {
        "id": "lab",
        "name": "Lab",
        "kind": "institution",
        "activity": "HES",
        "country": "CN",
        "city": None,
        "capabilities": [
            {"id": "lab.1", "text": "lidar point clouds", "lang": "en", "date": "2024-01"},
            {"id": "lab.2", "text": "weather radar", "lang": "en", "date": "2024-01"},
        ],
        "needs": [{"id": "lab.n", "text": "haptic glove", "lang": "en", "date": "2024-01"}],
        "collaborations": [{"organisation": "hub", "count": 2}],
    },
    {
        "id": "firm",
        "name": "Firm",
        "kind": "enterprise",
        "activity": "PRC",
        "country": "CN",
        "city": "Nanjing",
        "capabilities": [{"id": "firm.1", "text": "haptic glove factory", "lang": "en"}],
        "collaborations": [{"organisation": "hub", "count": 1}],
    },
    {
        "id": "hub",
        "name": "Hub",
        "kind": "other",
        "activity": "REC",
        "country": "CN",
        "city": "Nanjing",
        "capabilities": [{"id": "hub.1", "text": "公共测试平台", "lang": "zh"}],
        "needs": [],
        "collaborations": [
            {"organisation": "lab", "count": 2},
            {"organisation": "firm", "count": 1},
        ],
    },
    {
        "id": "quiet",
        "name": "Quiet",
        "kind": "other",
        "activity": "PRC",
        "country": "CN",
        "city": None,
        "capabilities": [],
        "needs": [],
    },
]
QUERIES: list[dict[str, Any]] = [
    {"id": "words", "text": "radar for weather", "lang": "en"},
    {"id": "partner", "organisation": "lab", "activity": "PRC", "exclude": []},
    {"id": "few", "text": "glove", "lang": "en", "candidates": ["lab", "firm"]},
    {"id": "chinese", "text": "测试平台", "lang": "zh", "exclude": ["lab"]},
]
QRELS = [
    ("words", "lab", 1),
    ("partner", "firm", 2),
    ("few", "firm", 1),
    ("chinese", "hub", 1),
    ("chinese", "firm", 0),
]

WriteDataset = Callable[..., Path]


def lines_of(records: Sequence[object]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)


VOCABULARY = ("lidar", "radar", "haptic", "glove", "平台")


def bag_of_words(texts: Sequence[str]) -> Vectors:
    """Unit vectors that count a few words; the last axis is never 0."""
    counts = np.array([[*(text.count(word) for word in VOCABULARY), 0.1] for text in texts])
    return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)


async def embed_words(statements: Sequence[tuple[str, Side]]) -> Vectors:
    return bag_of_words([text for text, _ in statements])


class CountingEmbedder:
    """An Embedder that counts what it encodes."""

    model = "bag-of-words@1"
    dimension = len(VOCABULARY) + 1
    device = "cpu"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        self.encoded.extend(texts)
        return bag_of_words(texts)
