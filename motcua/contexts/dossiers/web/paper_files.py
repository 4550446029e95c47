"""Tệp của một giấy: how it looks, what may be wrong with it, and what can be done about that."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import Advice, FileView
from motcua.contexts.dossiers.contracts import DraftPaper, DraftView
from motcua.contexts.dossiers.web import pages
from motcua.ui import dates
from motcua.ui.parts import FileRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAct:
    """A button that does one thing to one file."""

    label: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """small_url: a small picture of it. advice: sentences, with what one may press about them."""

    row: FileRow
    small_url: str
    advice: tuple[str, ...]
    answers: tuple[FileAct, ...]
    acts: tuple[FileAct, ...]


def advice_words(advice: Advice) -> str:
    return {
        Advice.BLURRED: _("Ảnh có thể bị mờ, chữ khó đọc."),
        Advice.DARK: _("Ảnh có thể quá tối. Bạn chụp lại ở nơi sáng hơn."),
        Advice.SMALL: _("Ảnh nhỏ, chữ có thể khó đọc."),
        Advice.EMPTY: _("Gần như không thấy gì trên giấy này. Bạn mở ra xem có đúng giấy không."),
        Advice.SIDEWAYS: _("Ảnh này có thể nằm ngang khi mở ở máy khác."),
        Advice.UNREADABLE: _("Ảnh này không mở xem thử được, có thể bị hỏng."),
    }[advice]


def files_of(draft: DraftView, key: str) -> tuple[PaperFile, ...]:
    """The files of one paper in their order, by their own names."""
    given = [p for p in draft.papers if p.component_key == key and p.file]
    apart = documents.origins_of([p.file.id for p in given if p.file])
    return tuple(
        _shown(draft, paper, paper.file, place, len(given), takes_apart=paper.file.id in apart)
        for place, paper in enumerate(given)
        if paper.file
    )


def joining(draft: DraftView, key: str, files: tuple[PaperFile, ...]) -> FileAct | None:
    """One PDF of all pictures of a paper, when there are several."""
    pictures = sum(1 for file in files if file.small_url)
    if pictures < 2:
        return None
    label = ngettext(
        "Ghép %(n)s ảnh thành một tệp PDF", "Ghép %(n)s ảnh thành một tệp PDF", pictures
    )
    return FileAct(
        label=label % {"n": pictures},
        icon="files",
        url=f"/nhap/{draft.id}/giay-to/sua?viec=ghep&giay={key}",
    )


def _shown(
    draft: DraftView, paper: DraftPaper, file: FileView, place: int, of: int, *, takes_apart: bool
) -> PaperFile:
    act = f"/nhap/{draft.id}/giay-to/sua?tep={file.id}&viec="
    acts = (
        *(_turning(act) if file.is_picture else ()),
        *(_moving(act, place, of) if of > 1 else ()),
    )
    if takes_apart:
        acts = (*acts, FileAct(label=_("Tách lại thành ảnh"), icon="undo-2", url=f"{act}tach"))
    return PaperFile(
        row=pages.file_row(
            file,
            file.filename,
            note=dates.city_moment(file.created_at),
            remove_url=f"/nhap/{draft.id}/giay-to/bo?tep={file.id}",
        ),
        small_url=file.small_url if Advice.UNREADABLE not in file.advice else "",
        advice=tuple(advice_words(one) for one in paper.advice),
        answers=tuple(_answers(act, paper.advice)) if paper.advice else (),
        acts=acts,
    )


def _answers(act: str, advice: tuple[Advice, ...]) -> Iterator[FileAct]:
    if Advice.SIDEWAYS in advice:
        yield FileAct(label=_("Giữ chiều như hình"), icon="check", url=f"{act}giu-chieu")
    yield FileAct(label=_("Chụp lại"), icon="camera", url=f"{act}chup-lai")
    yield FileAct(label=_("Vẫn dùng"), icon="check", url=f"{act}van-dung")


def _turning(act: str) -> Iterator[FileAct]:
    yield FileAct(label=_("Xoay trái"), icon="rotate-ccw", url=f"{act}xoay-trai")
    yield FileAct(label=_("Xoay phải"), icon="rotate-cw", url=f"{act}xoay-phai")


def _moving(act: str, place: int, of: int) -> Iterator[FileAct]:
    if place > 0:
        yield FileAct(label=_("Lên"), icon="arrow-up", url=f"{act}len")
    if place < of - 1:
        yield FileAct(label=_("Xuống"), icon="arrow-down", url=f"{act}xuong")
