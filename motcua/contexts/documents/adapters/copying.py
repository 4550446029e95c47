"""Dựng bản sao: the pages of what is copied, laid unchanged onto pages that say it is a copy."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.contexts.documents.adapters.typesetting import FORMS, set_result

NAME = generic.pdf_name


def pages_in(pdf: bytes) -> int:
    root: Any = PdfFileReader(io.BytesIO(pdf)).root
    return int(root["/Pages"]["/Count"])


def copied(
    source: bytes, pages: Sequence[int], values: Mapping[str, object], *, qr_url: str
) -> bytes:
    """pages: of the source, from nought. values: of the form of a copy (`forms/copy.typ`)."""
    form = (FORMS / "copy.typ").read_text(encoding="utf-8")
    writer = IncrementalPdfFileWriter(
        io.BytesIO(set_result(form, {**values, "pages": len(pages)}, qr_url=qr_url))
    )
    reader = PdfFileReader(io.BytesIO(source))
    for at, page in enumerate(pages):
        _lay(writer, at, reader, page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _lay(writer: IncrementalPdfFileWriter, at: int, reader: PdfFileReader, page: int) -> None:
    """One page of the source in its own size, with the seals that are drawn on it."""
    drawn = {NAME("/Ban"): writer.import_page_as_xobject(reader, page)}
    commands = [b"q /Ban Do Q"]
    for number, (form, matrix) in enumerate(_seen_on(reader, page)):
        drawn[NAME(f"/Dau{number}")] = writer.add_object(writer.import_object(form))
        numbers = " ".join(f"{value:.4f}" for value in matrix)
        commands.append(f"q {numbers} cm /Dau{number} Do Q".encode())
    stream = generic.StreamObject(stream_data=b"\n".join(commands))
    resources = generic.DictionaryObject({NAME("/XObject"): generic.DictionaryObject(drawn)})
    writer.add_stream_to_page(at, writer.add_object(stream), resources)


def _seen_on(reader: PdfFileReader, page: int) -> list[tuple[Any, tuple[float, ...]]]:
    """Appearances of signatures: each form, and how it comes to its place."""
    found: list[tuple[Any, tuple[float, ...]]] = []
    leaf: Any = reader.find_page_for_modification(page)[0].get_object()
    if "/Annots" not in leaf:
        return found
    for reference in leaf["/Annots"]:
        annotation: Any = reference.get_object()
        if "/AP" not in annotation or "/BBox" not in annotation["/AP"]["/N"]:
            continue
        normal: Any = annotation["/AP"]["/N"]
        left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
        first, second, third, fourth = (float(edge) for edge in normal["/BBox"])
        (x1, x2), (y1, y2) = sorted((first, third)), sorted((second, fourth))
        if x2 == x1 or y2 == y1 or right == left:
            continue
        across, up = (right - left) / (x2 - x1), (top - bottom) / (y2 - y1)
        found.append((normal, (across, 0.0, 0.0, up, left - x1 * across, bottom - y1 * up)))
    return found
