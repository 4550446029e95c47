"""Pictures of papers: what is said of them, turning them, making one PDF of several."""

import io
import json
from datetime import timedelta

import pypdf
import pytest
from PIL import Image, ImageFilter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from motcua.contexts.documents import public
from motcua.contexts.documents.contracts import (
    Advice,
    DamagedFile,
    FileNotFound,
    FileView,
    NeedsPassword,
    PictureTooLarge,
    PictureWanted,
    TooManyPictures,
)
from motcua.contexts.documents.models import FileOrigin, StoredFile
from motcua.contexts.documents.testing import (
    a_file,
    a_jpeg,
    a_night_passes,
    a_pdf,
    a_photo,
    a_png,
)
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen, stable_id

pytestmark = pytest.mark.django_db
OTHER = citizen(name="Lê Minh Khoa")


def a_picture(**how) -> FileView:
    return a_file(a_photo(**how), filename="giay.jpg")


def picture_of(file: FileView) -> Image.Image:
    return Image.open(io.BytesIO(public.read_file(file.id)))


def is_written(picture: Image.Image, *, right: bool, lower: bool) -> bool:
    """Whether the words stand in that quarter of the sheet."""
    left, top = right * picture.width // 2, lower * picture.height // 2
    quarter = picture.crop((left, top, left + picture.width // 2, top + picture.height // 2))
    return min(quarter.convert("L").tobytes()) < 100


def blurred() -> bytes:
    out = io.BytesIO()
    sharp = Image.open(io.BytesIO(a_photo()))
    sharp.filter(ImageFilter.GaussianBlur(30)).save(out, "JPEG")
    return out.getvalue()


def a_locked_pdf(*, user: str) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(a_pdf("chu"))))
    assert isinstance(writer, PdfFileWriter)
    writer.encrypt(owner_pass="chu", user_pass=user)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (a_photo(), set()),
        (a_photo(kind="PNG"), set()),
        (a_photo(kind="WEBP"), set()),
        (a_photo(width=300, height=500), {Advice.SMALL}),
        (a_photo(paper="#404040"), {Advice.DARK}),
        (a_photo(orientation=6), {Advice.SIDEWAYS}),
        (a_photo(ink="white"), {Advice.EMPTY}),
        (blurred(), {Advice.BLURRED}),
        (a_photo()[:2000], {Advice.UNREADABLE}),
        (a_jpeg(), {Advice.UNREADABLE}),
        (a_jpeg(width=39_000, height=6_000), set()),
    ],
)
def test_a_picture_is_kept_whatever_is_said_of_it(content, advice):
    assert set(a_file(content, filename="giay.jpg").advice) == advice


def test_a_pdf_with_nothing_on_its_pages_is_said_to_be_empty():
    nothing = a_pdf(pages=2, written=False)

    assert a_file(nothing).advice == (Advice.EMPTY,)
    assert a_file(a_pdf(pages=2)).advice == ()


def test_a_pdf_that_needs_a_password_is_refused_with_what_to_do():
    with pytest.raises(NeedsPassword, match="chọn In"):
        a_file(a_locked_pdf(user="bi mat"))

    assert not StoredFile.objects.exists()


def test_a_pdf_that_only_forbids_printing_opens_for_everybody_and_is_kept():
    kept = a_file(a_locked_pdf(user=""))

    assert kept.active_content


def test_a_picture_turned_to_the_right_is_a_file_of_its_own():
    sent = a_picture()

    made = public.turn_picture(sent.id, 1, by=citizen(), now=MONDAY_9AM)

    assert made.id != sent.id
    assert made.filename == "giay.jpg"
    assert picture_of(made).size == (1000, 800)
    assert is_written(picture_of(made), right=True, lower=False)
    assert not is_written(picture_of(made), right=False, lower=False)


def test_the_hash_of_what_was_sent_is_told_by_row_and_leaf():
    sent = a_picture()

    made = public.turn_picture(sent.id, 3, by=citizen(), now=MONDAY_9AM)

    origin = FileOrigin.objects.get(file=made.id)
    leaf = json.loads(LedgerLeaf.objects.get(action="documents.make_from_pictures").body)
    assert (origin.sha256, origin.quarters) == (sent.sha256, 3)
    assert leaf["facts"]["from"] == [sent.sha256]
    assert leaf["facts"]["sha256"] == made.sha256


def test_turning_on_starts_from_what_was_sent_and_four_turns_are_that_again():
    sent = a_picture()
    once = public.turn_picture(sent.id, 1, by=citizen(), now=MONDAY_9AM)

    twice = public.turn_picture(once.id, 1, by=citizen(), now=MONDAY_9AM)

    assert FileOrigin.objects.get(file=twice.id).origin_id == sent.id
    assert public.turn_picture(twice.id, 3, by=citizen(), now=MONDAY_9AM).id == once.id
    assert public.turn_picture(twice.id, 2, by=citizen(), now=MONDAY_9AM).id == sent.id
    assert StoredFile.objects.count() == 3


def test_a_picture_that_a_camera_marked_is_upright_for_every_reader_afterwards():
    sent = a_picture(orientation=6)

    made = public.turn_picture(sent.id, 2, by=citizen(), now=MONDAY_9AM)

    assert made.advice == ()
    assert not picture_of(made).getexif()
    assert is_written(picture_of(made), right=False, lower=True)


def test_a_marked_picture_is_made_upright_as_it_is_shown():
    sent = a_picture(orientation=6)

    made = public.turn_picture(sent.id, 0, by=citizen(), now=MONDAY_9AM)

    assert made.advice == ()
    assert picture_of(made).size == (1000, 800)
    assert public.turn_picture(made.id, 0, by=citizen(), now=MONDAY_9AM).id == made.id


def test_what_was_sent_is_forgotten_after_its_week_and_its_hash_stays(monkeypatch):
    sent = a_picture()
    made = public.turn_picture(sent.id, 1, by=citizen(), now=MONDAY_9AM)
    StoredFile.objects.filter(pk=made.id).update(created_at=MONDAY_9AM + timedelta(days=5))

    a_night_passes(MONDAY_9AM + timedelta(days=8))

    origin = FileOrigin.objects.get(file=made.id)
    assert (origin.origin_id, origin.sha256) == (None, sent.sha256)
    assert public.turn_picture(made.id, 1, by=citizen(), now=MONDAY_9AM).id != made.id


def test_a_picture_of_somebody_else_is_not_found():
    sent = a_picture()

    with pytest.raises(FileNotFound):
        public.turn_picture(sent.id, 1, by=OTHER, now=MONDAY_9AM)
    with pytest.raises(FileNotFound):
        public.join_pictures([sent.id], title="Giấy", by=OTHER, now=MONDAY_9AM)


def test_only_pictures_are_turned_and_joined():
    pdf = a_file(a_pdf())

    with pytest.raises(PictureWanted):
        public.turn_picture(pdf.id, 1, by=citizen(), now=MONDAY_9AM)
    with pytest.raises(PictureWanted):
        public.join_pictures([a_picture().id, pdf.id], title="Giấy", by=citizen(), now=MONDAY_9AM)
    with pytest.raises(PictureWanted):
        public.join_pictures([], title="Giấy", by=citizen(), now=MONDAY_9AM)


def test_what_does_not_open_or_is_too_large_is_said_so():
    broken, large = a_file(a_photo()[:2000]), a_file(a_png(width=20_000, height=9_000))

    with pytest.raises(DamagedFile):
        public.turn_picture(broken.id, 1, by=citizen(), now=MONDAY_9AM)
    with pytest.raises(PictureTooLarge):
        public.turn_picture(large.id, 1, by=citizen(), now=MONDAY_9AM)


def test_several_pictures_become_one_pdf_of_a4_pages_in_their_order():
    tall, wide = a_picture(), a_picture(width=1200, height=700, kind="PNG")

    made = public.join_pictures(
        [wide.id, tall.id], title="Sổ hộ khẩu", by=citizen(), now=MONDAY_9AM
    )

    pages = pypdf.PdfReader(io.BytesIO(public.read_file(made.id))).pages
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]
    assert sizes == [(842, 595), (595, 842)]
    assert (made.filename, made.pages, made.media_type) == ("Sổ hộ khẩu.pdf", 2, "application/pdf")
    assert made.advice == ()
    assert public.origins_of([made.id]) == {made.id: (wide.id, tall.id)}


def test_a_joined_page_shows_the_whole_picture_upright():
    made = public.join_pictures(
        [a_picture(orientation=3).id], title="Giấy", by=citizen(), now=MONDAY_9AM
    )

    page = pypdf.PdfReader(io.BytesIO(public.read_file(made.id))).pages[0].images[0].image
    assert page.size == (1654, 2339)
    assert is_written(page, right=True, lower=True)
    assert not is_written(page, right=False, lower=False)


def test_the_same_pictures_make_the_same_pdf():
    ids = [a_picture().id, a_picture(width=900).id]

    first = public.join_pictures(ids, title="Giấy", by=citizen(), now=MONDAY_9AM)
    again = public.join_pictures(ids, title="Giấy", by=citizen(), now=MONDAY_9AM)

    assert first.sha256 == again.sha256


def test_more_pictures_than_one_pdf_takes_are_refused():
    with pytest.raises(TooManyPictures):
        public.join_pictures([stable_id("x")] * 31, title="Giấy", by=citizen(), now=MONDAY_9AM)
