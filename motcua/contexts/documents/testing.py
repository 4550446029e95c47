"""Builders of tiny valid files and of papers, for tests of any context."""

import atexit
import io
import os
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest
import typst
from PIL import ExifTags, Image, ImageDraw

from motcua.contexts.documents import public, tasks
from motcua.contexts.documents.actions import (
    arriving,
    digitising,
    enrolling,
    handing_off,
    keeping,
    sharing,
)
from motcua.contexts.documents.adapters.authority import VALID_TO, Authority
from motcua.contexts.documents.adapters.keys import local_authority, officers_keys
from motcua.contexts.documents.adapters.tokens import Tokens, token_label
from motcua.contexts.documents.contracts import (
    AddressedTo,
    Approval,
    FileView,
    Form04,
    IssuedKind,
    IssuedView,
    Letterhead,
    SharePeriod,
    SignerInfo,
)
from motcua.contexts.documents.models import PhoneHandoff, StoredFile
from motcua.contexts.documents.ports import PaperReader, ReaderFailed, ReaderTrouble, Subject
from motcua.contexts.documents.rules.words import Line, lines_of
from motcua.kernel.actors import ANONYMOUS, Actor, Role
from motcua.kernel.db import owns_transaction
from motcua.kernel.testing import MONDAY_9AM, citizen, officer, stable_id
from motcua.kernel.typesetting import fonts

DOSSIER = "H29.99-20261123-0000042"


def a_pdf(text: str = "", *, pages: int = 1, inside: bytes = b"", written: bool = True) -> bytes:
    """A whole PDF with a cross-reference table. inside: raw bytes of one more object.

    written: its pages name a typeface, as those with words on them do.
    """
    kids = " ".join(f"{3 + at} 0 R" for at in range(pages)).encode()
    font = b" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]%s >>" % (font if written else b"")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        *[page] * pages,
        b"<< /Note (%s) >>" % text.encode("ascii", "replace"),
        *([inside] if inside else []),
    ]
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def a_jpeg(*, width: int = 8, height: int = 8) -> bytes:
    """The header of a JPEG of that size; enough for everything that does not decode it."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    app0 = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return b"".join(
        [
            b"\xff\xd8",
            b"\xff\xe0" + struct.pack(">H", len(app0) + 2) + app0,
            b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame,
            b"\xff\xd9",
        ]
    )


def a_png(*, width: int = 1, height: int = 1) -> bytes:
    """A grey PNG whose header says that size; its data are one row."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00" * 2)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def a_photo(
    *,
    width: int = 800,
    height: int = 1000,
    kind: str = "JPEG",
    ink: str = "black",
    paper: str = "white",
    orientation: int = 1,
) -> bytes:
    """A picture of a sheet with lines of words; only its upper left quarter is written on."""
    picture = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(picture)
    for top in range(height // 20, height // 2, 24):
        for left in range(width // 20, width // 2, 16):
            pen.rectangle((left, top, left + 9, top + 12), fill=ink)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


PAPERS = Path(__file__).parent / "tests" / "papers"
BIRTH_NOTICE = "giay_chung_sinh"


def a_birth_notice(*, child: str = "LÊ MINH AN", number: str = "079190999001") -> bytes:
    """The sheet of a hospital, clean and legible, as a PNG of 150 dots per inch."""
    page: bytes = typst.compile(
        PAPERS / f"{BIRTH_NOTICE}.typ",
        root=PAPERS,
        font_paths=fonts(),
        format="png",
        ppi=150,
        sys_inputs={"child": child, "number": number},
    )
    return page


class RecordedReader:
    """Says of every page what Tesseract said of the birth notice, and once of each is enough."""

    def name(self) -> str:
        return "tesseract 5.3.0 vie"

    def lines(self, picture: bytes, *, page: int) -> tuple[Line, ...]:
        if page > 1:
            return ()
        return lines_of((PAPERS / f"{BIRTH_NOTICE}.tsv").read_text(encoding="utf-8"), page=page)


class FailingReader:
    """A machine without the program, or on which it takes too long."""

    def __init__(self, trouble: ReaderTrouble) -> None:
        self.trouble = trouble

    def name(self) -> str:
        return "tesseract"

    def lines(self, picture: bytes, *, page: int) -> tuple[Line, ...]:
        raise ReaderFailed(self.trouble)


def read_now(reading_id: UUID, *, now: datetime, by: PaperReader | None = None) -> None:
    """What the worker does with a reading that was asked for."""
    digitising.read(reading_id, now=now, by=by or RecordedReader())


def a_handoff(officer: Actor, session_mark: str, *, now: datetime, opened: bool = False) -> str:
    """The address, on our site, by which a phone brings a paper for an officer at work."""
    made = handing_off.offer_handoff(
        DOSSIER,
        str(stable_id("paper opened" if opened else "paper")),
        title="Giấy chứng sinh",
        owner_person_id=None,
        session_mark=session_mark,
        by=officer,
        now=now,
    )
    token = handing_off.token_of(made.handoff_id)
    if not opened:
        return f"/chup/{token}"
    return f"/chup/{token}/{handing_off.open_handoff(token, by=ANONYMOUS, now=now).device}"


def newest_handoff() -> str:
    """The address behind the code that a desk made last."""
    row = PhoneHandoff.objects.latest("made_at")
    return f"/chup/{handing_off.token_of(row.pk)}"


def ten_minutes_pass(now: datetime) -> None:
    """No code that was made before that moment opens any more."""
    PhoneHandoff.objects.update(ends_at=now - timedelta(seconds=1))


def files_kept() -> int:
    return StoredFile.objects.count()


def a_zip(entries: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in (entries or {"giay_to.txt": b"noi dung"}).items():
            archive.writestr(name, body)
    return out.getvalue()


def a_docx(**more: bytes) -> bytes:
    """Not a document Word would open, but its shape."""
    shape = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
    return a_zip(shape | more)


def a_file(
    content: bytes | None = None,
    *,
    filename: str = "to_khai.pdf",
    by: Actor | None = None,
    owner_person_id: UUID | None = None,
    now: datetime = MONDAY_9AM,
) -> FileView:
    """A kept upload; by default a PDF of the sample citizen. The owner must be a known person."""
    return public.keep_upload(
        io.BytesIO(a_pdf() if content is None else content),
        filename=filename,
        owner_person_id=owner_person_id,
        by=by or citizen(),
        now=now,
    )


def an_upload(*, by: Actor, now: datetime, size: int = 100) -> UUID:
    """A file that was announced and of which nothing has come yet."""
    return arriving.begin_upload("giay.pdf", size, by=by, now=now).id


def a_share(
    issued_id: UUID,
    *,
    by: Actor,
    now: datetime,
    period: SharePeriod = SharePeriod.DAY,
    once: bool = False,
) -> UUID:
    """A link to a paper."""
    return sharing.share_paper(issued_id, period, once=once, by=by, now=now).share_id


def a_night_passes(now: datetime) -> None:
    """The nightly work on the store, at that moment."""
    tasks.sweep_store(now)


def a_quota_of(files: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many unused files a day and account, for the rest of the test."""
    monkeypatch.setattr(keeping, "UNUSED_FILES_A_DAY", files)


def a_signer(name: str = "Đỗ Thanh Vân") -> SignerInfo:
    return SignerInfo(
        key=stable_id(name),
        full_name=name,
        position="Phó Chủ tịch",
        capacity="KT. Chủ tịch",
        unit_code="H29.99.1",
        unit_name="Ủy ban nhân dân Phường Sài Gòn",
    )


def a_letter(verify_code: str = "") -> Form04:
    """A filled apology, the form with the fewest parts."""
    return Form04(
        letterhead=Letterhead(
            superior="",
            agency="Ủy ban nhân dân Phường Sài Gòn",
            number="12/VBXL",
            on=date(2026, 11, 23),
        ),
        dossier_code=DOSSIER,
        procedure="Đăng ký khai sinh",
        qr_url=public.verify_url(verify_code) if verify_code else "",
        verify_code=verify_code,
        applicant=AddressedTo(full_name="Nguyễn Thị Ánh Tuyết"),
        received_at=MONDAY_9AM,
        original_due_at=MONDAY_9AM,
        new_due_at=MONDAY_9AM.replace(day=26),
        reason="chờ xác minh của đơn vị khác.",
        approval=Approval(position="Phó Chủ tịch", full_name="Đỗ Thanh Vân"),
    )


@owns_transaction
def issue_alone(
    pdf: bytes,
    *,
    title: str,
    owner_person_id: UUID | None,
    kind: IssuedKind,
    verify_code: str,
    now: datetime,
) -> IssuedView:
    """`public.issue` inside an action of its own."""
    return public.issue(
        kind,
        pdf,
        subject=DOSSIER,
        owner_person_id=owner_person_id,
        title=title,
        signer=a_signer(),
        now=now,
        verify_code=verify_code,
    )


def an_issued_paper(
    *,
    title: str = "Trích lục khai sinh",
    owner_person_id: UUID | None = None,
    kind: IssuedKind = IssuedKind.RESULT,
    now: datetime = MONDAY_9AM,
) -> IssuedView:
    """A signed, registered paper."""
    code = public.new_verify_code()
    pdf = public.render_official_form("04", a_letter(code))
    return issue_alone(
        pdf, title=title, owner_person_id=owner_person_id, kind=kind, verify_code=code, now=now
    )


@owns_transaction
def revoke_alone(
    issued_id: UUID, *, reason: str, by: Actor, now: datetime, replaced_by: UUID | None = None
) -> IssuedView:
    """`public.revoke` inside an action of its own."""
    return public.revoke(issued_id, reason=reason, by=by, now=now, replaced_by=replaced_by)


@dataclass(frozen=True, slots=True)
class BatchBegun:
    id: UUID


@owns_transaction
def a_batch(*subjects: str, by: Actor, now: datetime) -> BatchBegun:
    """What an officer has chosen to sign."""
    return BatchBegun(public.begin_batch([(one, 1) for one in subjects], actor=by, now=now))


# ── tokens of SoftHSM; only tests with the mark program("softhsm") use them ──────────────────────

PIN, WRONG = "135790", "097531"
PINS = ("--pin", PIN, "--so-pin", "864208")


@cache
def token_folder() -> Path:
    """Where this process keeps its tokens of SoftHSM, whose module reads its settings once."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-tokens-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tokens").mkdir()
    rules = folder / "softhsm2.conf"
    rules.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(rules)
    return folder


def put_in(label: str) -> None:
    """A new token, empty."""
    token_folder()
    subprocess.run(
        ("softhsm2-util", "--init-token", "--free", "--label", label, *PINS),
        check=True,
        capture_output=True,
    )


def take_out(label: str) -> None:
    """As if somebody pulled it: its files are gone while it may be in use."""
    for place in (token_folder() / "tokens").iterdir():
        if label.encode() in (place / "token.object").read_bytes():
            shutil.rmtree(place)


def an_officer_token(
    ring: Tokens, authority: Authority, subject: Subject, until: datetime = VALID_TO
) -> None:
    """A token with a key and a certificate for this officer."""
    put_in(token_label("{id}", subject))
    ring.enrol(subject, PIN, lambda public: authority.certify(public, subject, until))


def a_signer_of(officer_id: UUID, full_name: str = "Đỗ Thanh Vân") -> SignerInfo:
    """As the desk names whoever signs."""
    return SignerInfo(
        key=officer_id, full_name=full_name, position="", unit_code="x", unit_name="UBND"
    )


def an_officers_token(officer_id: UUID, full_name: str) -> str:
    """The token of an officer of this city, put in. Its label."""
    label = token_label("{id}", Subject(f"officer-{officer_id}", full_name, "UBND"))
    put_in(label)
    keys_on_token(officer_id, full_name)
    return label


def keys_on_token(officer_id: UUID, full_name: str, until: datetime = VALID_TO) -> None:
    """A key and a certificate of our authority, on a token that is there."""
    subject, authority = Subject(f"officer-{officer_id}", full_name, "UBND"), local_authority()
    ring = officers_keys()
    assert isinstance(ring, Tokens)
    ring.enrol(subject, PIN, lambda public: authority.certify(public, subject, until))


def enrolled_by_two(officer_id: UUID, full_name: str, *, now: datetime) -> UUID:
    """The certificate on the token may sign: one administrator asked, another agreed."""
    first, second = (an_administrator(name) for name in ("han", "duy"))
    asked = enrolling.ask_enrolment(officer_id, full_name, actor=first, now=now)
    enrolling.confirm_enrolment(asked.id, actor=second, now=now)
    return asked.id


def an_administrator(name: str) -> Actor:
    """One of those who enrol tokens, not of this city's cast."""
    return officer(Role.ADMINISTRATOR, name=f"administrator {name}")
