"""Văn bản của hồ sơ: what was issued and what was asked for more, as the pane lists them."""

from collections.abc import Iterator

from motcua.contexts.dossiers.contracts import DossierView
from motcua.ui import dates
from motcua.ui.parts import Fact, FileRow


def issued_of(dossier: DossierView) -> Iterator[FileRow]:
    for paper in dossier.issued:
        yield FileRow(
            name=paper.title,
            url=f"/giay-to/tep/{paper.file_id}",
            note=f"mã xác minh {paper.verify_code}",
            size=dates.city_moment(paper.issued_at),
        )


def supplements_of(dossier: DossierView) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    for asked in dossier.supplements:
        state = (
            f"đã gửi {dates.city_moment(asked.supplied_at)}"
            if asked.supplied_at
            else "đang chờ người nộp"
        )
        rows = tuple(
            Fact(
                label=item.what,
                value=f"{item.why} {item.how}".strip(),
                note=f"Căn cứ: {item.law}" if item.law else "",
            )
            for item in asked.items
        )
        yield f"Lần {asked.number}, {dates.city_moment(asked.asked_at)}: {state}", rows
