"""What is refused, why, and what a kept file is said to be."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.contexts.documents.contracts import (
    ArchiveRefused,
    DamagedFile,
    EmptyFile,
    MarkupRefused,
    MediaType,
    PictureTooLarge,
    TypeNotAllowed,
)
from motcua.contexts.documents.rules.inspection import Inspection, inspect
from motcua.contexts.documents.rules.limits import MB, Limits
from motcua.contexts.documents.testing import a_docx, a_jpeg, a_pdf, a_png, a_zip
from motcua.kernel.errors import DomainError

SMALL = Limits(
    archive_entries=20,
    archive_unpacked=2 * MB,
    archive_ratio=50,
    archive_ratio_from=100_000,
    archive_directory=20_000,
)
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;">]><l>&c;</l>'
)
READS_A_FILE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
)


@pytest.fixture
def look(tmp_path: Path):
    def inspected(content: bytes, limits: Limits = SMALL) -> Inspection:
        path = tmp_path / "content"
        path.write_bytes(content)
        with path.open("rb") as file:
            return inspect(file, size=len(content), limits=limits)

    return inspected


def reason_of(look, refusal: type[DomainError], content: bytes) -> object:
    with pytest.raises(refusal) as caught:
        look(content)
    return caught.value.facts.get("reason")


def test_an_empty_file_is_refused(look):
    with pytest.raises(EmptyFile):
        look(b"")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"MZ\x90\x00", "Windows"),
        (b"\x7fELF\x02", "Linux"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        (b"GIF89a", "GIF"),
        (b"Rar!\x1a\x07", "RAR"),
    ],
)
def test_a_stranger_is_refused_by_name(look, content, named):
    with pytest.raises(TypeNotAllowed, match=named):
        look(content + b"\x00" * 64)


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><body>x</body></html>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><a><x:svg xmlns:x='http://www.w3.org/2000/svg'/></a>",
        b"\xef\xbb\xbf  <SCRIPT>alert(1)</SCRIPT>",
        b"xin chao <iframe src=x>",
    ],
)
def test_a_web_page_is_refused_in_every_disguise(look, page):
    with pytest.raises(TypeNotAllowed):
        look(page)


def test_an_entity_bomb_is_refused(look):
    assert reason_of(look, MarkupRefused, BILLION_LAUGHS) == "entities"


def test_an_entity_that_reads_files_is_refused(look):
    assert reason_of(look, MarkupRefused, READS_A_FILE) == "entities"


@pytest.mark.parametrize("target", ["xml-stylesheet", "XML-StyleSheet"])
def test_a_style_sheet_of_somebody_elses_is_refused(look, target):
    sheet = f'<?xml version="1.0"?><?{target} type="text/xsl" href="http://x.example/x.xsl"?><a/>'

    assert reason_of(look, MarkupRefused, sheet.encode()) == "style_sheet"


def test_xml_deeper_than_anything_real_is_refused(look):
    assert reason_of(look, MarkupRefused, b"<a>" * 201 + b"</a>" * 201) == "too_deep"


def test_xml_larger_than_anything_real_is_refused(look):
    with pytest.raises(MarkupRefused):
        look(b"<a>" + b"<b>x</b>" * 1000 + b"</a>", Limits(xml_size=1000))


def test_too_many_disguised_names_count_as_acting(look):
    assert look(a_pdf(inside=b"/a#62" * 6000)).active_content


def test_too_many_object_streams_count_as_acting(look):
    body = b"/Type /ObjStm stream\n" + zlib.compress(b"x")

    assert look(a_pdf(inside=body * 20_002)).active_content


def test_broken_xml_is_damaged(look):
    with pytest.raises(DamagedFile):
        look(b"<?xml version='1.0'?><a><b></a>")


def test_a_zip_bomb_is_refused(look):
    assert reason_of(look, ArchiveRefused, a_zip({"a.txt": b"0" * MB})) == "ratio"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_unpacks_without_bounds_is_refused_unopened(look, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", b"a")
    assert reason_of(look, ArchiveRefused, out.getvalue()) == "method"


def test_a_second_end_record_cannot_hide_the_number_of_entries(look):
    packed = a_zip({f"{n}.txt": b"" for n in range(30)})
    end = packed.rindex(b"PK\x05\x06")
    entries, _, directory, at = struct.unpack("<HHII", packed[end + 8 : end + 20])
    wide = struct.pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, directory, at
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    modest = struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, 1, 1, 46, at, 0)
    lying = packed[:end] + wide + locator + modest
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        assert len(archive.infolist()) == 30
    assert reason_of(look, ArchiveRefused, lying) == "too_many_entries"


def test_a_bomb_that_unpacks_too_large_is_refused(look):
    limits = Limits(archive_unpacked=MB, archive_ratio=10_000)
    with pytest.raises(ArchiveRefused) as caught:
        look(a_zip({"a.txt": b"0" * MB, "b.txt": b"1"}), limits)
    assert caught.value.facts["reason"] == "unpacks_too_large"


def test_a_directory_that_lies_about_sizes_is_still_measured(look):
    honest = a_zip({"a.txt": b"0" * MB})
    at = honest.rindex(b"PK\x01\x02")
    lying = honest[: at + 24] + struct.pack("<I", 10) + honest[at + 28 :]

    with pytest.raises((ArchiveRefused, DamagedFile)):
        look(lying)


def test_entries_that_overlap_are_refused(look):
    honest = bytearray(a_zip({"a.txt": b"abc"}))
    at = honest.rindex(b"PK\x01\x02")
    honest[at + 20 : at + 24] = struct.pack("<I", 10_000_000)

    assert reason_of(look, ArchiveRefused, bytes(honest)) == "overlapping_entries"


def test_too_many_entries_are_refused_before_the_directory_is_read(look):
    many = a_zip({f"{at}.txt": b"" for at in range(21)})

    assert reason_of(look, ArchiveRefused, many) == "too_many_entries"


def test_a_huge_directory_is_refused_whatever_the_count_says(look):
    archive = bytearray(a_zip({f"{'x' * 3000}{at}.txt": b"" for at in range(10)}))
    end = archive.rindex(b"PK\x05\x06")
    archive[end + 10 : end + 12] = struct.pack("<H", 1)

    assert reason_of(look, ArchiveRefused, bytes(archive)) == "too_many_entries"


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x", "C:\\x.txt", "..\\x.txt"])
def test_a_path_that_leaves_its_folder_is_refused(look, name):
    assert reason_of(look, ArchiveRefused, a_zip({name: b"x"})) == "path_outside"


def test_a_symbolic_link_is_refused(look, tmp_path):
    path = tmp_path / "link.zip"
    link = zipfile.ZipInfo("lien_ket")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert reason_of(look, ArchiveRefused, path.read_bytes()) == "path_outside"


def test_a_locked_archive_is_refused(look):
    archive = bytearray(a_zip({"a.txt": b"x"}))
    at = archive.rindex(b"PK\x01\x02")
    archive[at + 8] |= 1

    assert reason_of(look, ArchiveRefused, bytes(archive)) == "locked"


def test_an_archive_in_an_archive_is_refused(look):
    assert reason_of(look, ArchiveRefused, a_zip({"b.zip": a_zip()})) == "nested"


def test_a_cut_archive_is_damaged(look):
    with pytest.raises(DamagedFile):
        look(a_zip()[:-30])


def test_an_archive_with_a_wrong_checksum_is_damaged(look):
    archive = bytearray(a_zip({"a.txt": b"hello"}))
    archive[archive.rindex(b"PK\x01\x02") + 16] ^= 1

    with pytest.raises(DamagedFile):
        look(bytes(archive))


@pytest.mark.parametrize("picture", [a_png, a_jpeg])
def test_a_pixel_bomb_is_refused_by_its_header(look, picture):
    with pytest.raises(PictureTooLarge):
        look(picture(width=50_000, height=50_000))


@pytest.mark.parametrize(
    "picture",
    [
        a_png(width=0),
        a_jpeg(height=0),
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xff" + b"\xd0\xff" * 5000,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    ],
)
def test_a_picture_without_extent_is_damaged(look, picture):
    with pytest.raises(DamagedFile):
        look(picture)


def test_a_cut_pdf_is_damaged(look):
    with pytest.raises(DamagedFile):
        look(a_pdf()[:-10])


@pytest.mark.parametrize(
    "inside",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript >>",
        b"<< /S /Launch /F (x.exe) >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /S /SubmitForm >>",
        b"<< /XFA 9 0 R >>",
    ],
)
def test_a_pdf_that_acts_is_flagged(look, inside):
    assert look(a_pdf(inside=inside)).active_content


def test_a_script_hidden_in_an_object_stream_is_found(look):
    body = zlib.compress(b"9 0 << /S /JavaScript /JS (x) >>")
    hidden = b"<< /Type /ObjStm /Length %d >>\nstream\n%s\nendstream" % (len(body), body)

    assert look(a_pdf(inside=hidden)).active_content


@pytest.mark.parametrize(
    "body",
    [zlib.compress(bytes(9_000_000)), b"not compressed", zlib.compress(bytes(range(99)))[:50]],
)
def test_an_object_stream_that_does_not_open_counts_as_acting(look, body):
    hidden = b"<< /Type /ObjStm >>\nstream\n" + body + b"\nendstream"

    assert look(a_pdf(inside=hidden), Limits(pdf_object_streams=MB)).active_content


def test_an_object_stream_without_a_body_counts_as_acting(look):
    assert look(a_pdf(inside=b"<< /Type /ObjStm >>")).active_content


def test_a_locked_pdf_counts_as_acting(look):
    assert look(a_pdf(inside=b"<< /Encrypt 9 0 R >>")).active_content


def test_a_plain_pdf_is_quiet_and_its_pages_are_counted(look):
    told = look(a_pdf(pages=3))

    assert told == Inspection(media_type=MediaType.PDF, pages=3)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_jpeg(), MediaType.JPEG),
        (a_png(), MediaType.PNG),
        (a_zip(), MediaType.ZIP),
        (a_docx(), MediaType.DOCX),
        (a_zip({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), MediaType.XLSX),
        (a_zip({"[Content_Types].xml": b""}), MediaType.ZIP),
        (b"<?xml version='1.0'?><hoSo><ma>1</ma></hoSo>", MediaType.XML),
        ("Kính gửi: Ủy ban nhân dân".encode(), MediaType.TXT),
        (
            b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\x00" * 8 + b"\x07\x00\x00\x07\x00\x00",
            MediaType.WEBP,
        ),
        (b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x07\x00\x00\x00\x00", MediaType.WEBP),
        (
            b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 7 + b"\x9d\x01\x2a\x08\x00\x08\x00",
            MediaType.WEBP,
        ),
        (
            b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1"
            b"\x00\x00\x00\x14ispe\x00\x00\x00\x00" + struct.pack(">II", 4032, 3024),
            MediaType.HEIC,
        ),
    ],
)
def test_the_bytes_tell_the_kind(look, content, kind):
    assert look(content).media_type is kind


def test_a_webp_of_unknown_form_is_damaged(look):
    with pytest.raises(DamagedFile):
        look(b"RIFF\x00\x00\x00\x00WEBPXXXX" + b"\x00" * 20)


def test_macros_in_a_document_are_flagged(look):
    assert look(a_docx(**{"word/vbaProject.bin": b"x"})).active_content


def test_text_that_turns_binary_later_is_refused(look):
    with pytest.raises(TypeNotAllowed):
        look(b"a" * 100_000 + b"\xff\xfe")
    with pytest.raises(TypeNotAllowed):
        look(b"a" * 100_000 + b"\x00")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), start=st.sampled_from([a_pdf(), a_jpeg(), a_zip(), b"<a>"]))
def test_no_bytes_whatever_are_a_failure(look, content, start):
    """A refusal or an answer, for anything."""
    for bytes_ in (content, start[:40] + content, content + start, start + content):
        if bytes_:
            try:
                look(bytes_)
            except DomainError:
                continue
