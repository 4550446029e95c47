"""Part of `./run check`: every paper of the city, set and measured against Decree 30/2020."""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts.layout import Finding, Meant, Outcome
from motcua.services.registration import PACKS

TITLE = re.compile(r'#title\("([^"]+)"(?:[^\n]*else \{ "([^"]+)" \})?')
ABOUT = re.compile(r"#title\([^\n]*about:[^\n]*\[([^\]]*)\]\)")
PROCEDURE = "Thủ tục để thử thể thức"
SIGNER = {"name": "Đỗ Thanh Vân", "title": "Phó Chủ tịch", "capacity": "KT. Chủ tịch"}
FACTS = {
    "superior": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
    "agency": "Ủy ban nhân dân Phường Sài Gòn",
    "number": "15",
    "place": "Thành phố Hồ Chí Minh",
    "date": "2026-11-23",
    "dossier_code": "H29.99-20261123-0000001",
    "procedure": PROCEDURE,
    "signer": {**SIGNER, "signed_at": "09:00 23/11/2026"},
    "answers": {},
}
SIGNS = {Outcome.HOLDS: "đạt", Outcome.DIFFERS: "khác", Outcome.FAULT: "HỎNG", Outcome.ABSENT: "–"}
HEAD = """# Layout of our papers

What `motcua check_layout` measured on the pages of every form and result, component by component,
against Decree 30/2020/NĐ-CP, Appendix I. The numbers are data (`contexts/documents/layout.toml`)
and come from summaries of the decree; a component marked * has numbers that no summary we could
read names. Written by `motcua check_layout --write docs/security/layout.md`.

| Component | Holds | Otherwise, with the reason |
|---|---|---|
"""


class Command(BaseCommand):
    help = "Measure every form and result against the layout of Decree 30/2020."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", type=Path, help="write the report as Markdown")

    def handle(self, **options: Any) -> None:
        judged = [(meant.name, documents.judge_layout(pdf, meant)) for meant, pdf in papers()]
        faults = [
            f"{name}: {one.name}: {one.said}"
            for name, found in judged
            for one in found
            if one.outcome is Outcome.FAULT
        ]
        text = report(judged)
        if options["write"]:
            options["write"].write_text(text, encoding="utf-8")
        self.stdout.write("\n".join(faults) if faults else text)
        if faults:
            sys.exit(1)


def papers() -> Iterator[tuple[Meant, bytes]]:
    """The seven forms and the result of every pack, set."""
    yield from documents.sample_forms()
    paper = (PACKS / "paper.typ").read_text(encoding="utf-8")
    for path in (PACKS / "plain.typ", *sorted(PACKS.glob("*/*/result.typ"))):
        own = path.read_text(encoding="utf-8")
        name = path.parent.name if path.name == "result.typ" else path.stem
        yield _meant(name, own), documents.render_result(f"{paper}\n{own}", FACTS)


def _meant(name: str, template: str) -> Meant:
    title, about = TITLE.search(template), ABOUT.search(template)
    assert title is not None, name
    by_procedure = 'about: fact("procedure")' in template
    return Meant(
        name=name,
        title=(title[1] + (title[2] or "")).upper(),
        about=about[1] if about else PROCEDURE if by_procedure else "",
        superior=str(FACTS["superior"]),
        agency=str(FACTS["agency"]),
        position=SIGNER["title"],
        signer=SIGNER["name"],
    )


def report(judged: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    """A line for each component: on how many papers it holds, and where not."""
    lines = []
    for at, first in enumerate(judged[0][1]):
        found = [(name, findings[at]) for name, findings in judged]
        present = [one for one in found if one[1].outcome is not Outcome.ABSENT]
        holds = sum(1 for _name, one in present if one.outcome is Outcome.HOLDS)
        mark = "" if first.verified else " *"
        other = _otherwise(present)
        lines.append(f"| {first.name}{mark} | {holds} of {len(present)} | {other} |")
    return HEAD + "\n".join(lines) + "\n"


def _otherwise(present: Sequence[tuple[str, Finding]]) -> str:
    """Papers that share a reason are named together."""
    reasons: dict[str, list[str]] = {}
    for name, one in present:
        if one.outcome is not Outcome.HOLDS:
            reasons.setdefault(f"{SIGNS[one.outcome]}: {one.said}", []).append(name)
    everywhere = len(reasons) == 1 and len(present) == len(next(iter(reasons.values())))
    if everywhere:
        return f"all: {next(iter(reasons))}"
    return "; ".join(f"{', '.join(names)}: {said}" for said, names in reasons.items())
