"""Small documents for tests, made on the spot."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from docx import Document


def word(*paragraphs: tuple[str, str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """(style, text) each; a table at the end."""
    document = Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def pdf(*pages: Sequence[str]) -> bytes:
    """One text line after the other on each page (PDF 1.4, Helvetica)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        text = b"".join(b"(%s) Tj T* " % _escaped(line) for line in lines)
        stream = b"BT /F1 11 Tf 72 760 Td 14 TL " + text + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects)


def zip_bomb(size: int = 500_000_000) -> bytes:
    """A DOCX whose one part unpacks to so many bytes."""
    kept = BytesIO()
    with (
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b"\0" * 1_000_000)
    return kept.getvalue()


def _escaped(line: str) -> bytes:
    return (
        line.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    )


def _assembled(objects: Sequence[bytes]) -> bytes:
    kept, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(kept))
        kept += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(kept)
    kept += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    kept += b"".join(b"%010d 00000 n \n" % place for place in places)
    kept += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )
    return bytes(kept)
