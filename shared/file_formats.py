"""Guessing the format of an import file from its name and its first bytes."""

import json
import re
import zlib

from shared.contracts.imports import ImportFormat

FIRST_BYTES = 64 * 1024
"""How much of a file `detect_format` wants to see."""


def detect_format(file_name: str, first_bytes: bytes) -> ImportFormat | None:
    """The format, or None where neither the content nor the name tells."""
    name = file_name.lower().removesuffix(".gz")
    if first_bytes.startswith(b"PK"):
        return _zipped(name, first_bytes)
    start = _decompressed(first_bytes).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return _json(start.lstrip(b"[ \t\r\n"))
    if name.endswith((".csv", ".tsv", ".txt")):
        return ImportFormat.CSV
    return _by_ending(name)


def _zipped(name: str, start: bytes) -> ImportFormat | None:
    if name.endswith((".xlsx", ".xlsm")) or b"[Content_Types].xml" in start or b"xl/" in start:
        return ImportFormat.XLSX
    if re.search(rb"(project|organization|euroSciVoc|legalBasis|topics|webLink)\.csv", start):
        return ImportFormat.CORDIS
    if b"ror" in start[:200] or "ror" in name:
        return ImportFormat.ROR
    return ImportFormat.CORDIS if "cordis" in name else None


def _decompressed(start: bytes) -> bytes:
    if not start.startswith(b"\x1f\x8b"):
        return start
    try:
        return zlib.decompressobj(wbits=31).decompress(start, FIRST_BYTES)
    except zlib.error:
        return b""


def _json(start: bytes) -> ImportFormat:
    text = start.decode("utf-8", errors="replace")
    try:
        record, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        record = None
    if isinstance(record, dict):
        return _record(record)
    if re.search(r'"names"\s*:\s*\[', text):
        return ImportFormat.ROR
    first = text.partition("\n")[0]
    return ImportFormat.JSONL if '"names"' in first else ImportFormat.DATASET


def _record(record: dict[str, object]) -> ImportFormat:
    if isinstance(record.get("names"), list):
        return ImportFormat.ROR
    return ImportFormat.DATASET if "name" in record else ImportFormat.JSONL


def _by_ending(name: str) -> ImportFormat | None:
    endings = {".jsonl": ImportFormat.JSONL, ".ndjson": ImportFormat.JSONL}
    return next((found for ending, found in endings.items() if name.endswith(ending)), None)
