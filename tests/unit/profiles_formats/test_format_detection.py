"""Which format a file is in, from its name and its first bytes."""

import gzip
import io
import json
import zipfile

import pytest

from shared.contracts.imports import ImportFormat
from shared.file_formats import FIRST_BYTES, detect_format
from tests.support.import_files import many


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        target.writestr(name, "x")
    return file.getvalue()


DATASET = json.dumps({"id": "a", "name": "A", "capabilities": [{"text": "x" * 200_000}]}).encode()
ROR = b'{"id": "https://ror.org/1", "names": [{"value": "A"}]}'


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jsonl", many(2), ImportFormat.JSONL),
        ("a.jsonl.gz", gzip.compress(many(500)), ImportFormat.JSONL),
        ("a", DATASET, ImportFormat.DATASET),
        ("a.gz", gzip.compress(DATASET), ImportFormat.DATASET),
        ("a.jsonl", ROR, ImportFormat.ROR),
        ("a.json", b"[\n" + ROR, ImportFormat.ROR),
        ("v1-ror-data.zip", zipped("v1-ror-data.json"), ImportFormat.ROR),
        ("a.csv", "编号,类型".encode("gb18030"), ImportFormat.CSV),
        ("a.tsv", b"id\tkind", ImportFormat.CSV),
        ("a.xlsx", zipped("x"), ImportFormat.XLSX),
        ("a", zipped("xl/workbook.xml"), ImportFormat.XLSX),
        ("cordis-HORIZONprojects-csv.zip", zipped("euroSciVoc.csv"), ImportFormat.CORDIS),
        ("a.zip", zipped("csv/organization.csv"), ImportFormat.CORDIS),
        ("a.zip", zipped("readme.txt"), None),
        ("a.bin", b"\x00\x01", None),
    ],
)
def test_formats_are_told_apart(name, content, expected):
    assert detect_format(name, content[:FIRST_BYTES]) is expected


def test_real_files_are_recognised(real_data):
    for path, expected in (
        ("cordis-calls/organisations.jsonl.gz", ImportFormat.DATASET),
        ("chinaxiv-mixed/organisations.jsonl.gz", ImportFormat.DATASET),
        ("ror-greater-china.jsonl.gz", ImportFormat.ROR),
    ):
        with (real_data / path).open("rb") as file:
            assert detect_format(path, file.read(FIRST_BYTES)) is expected
