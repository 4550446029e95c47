"""An album: the pages of a journey as pictures with a line of words each, for docs/journeys.

`JOURNEYS=docs/journeys ./run e2e -k a_journey` renews them; without the variable nothing is kept.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from e2e.browser import picture

KEEP = "JOURNEYS"  # names the folder
COLOURS = 96  # of a picture: pages are flat, and the repository keeps every one
INDEX = """# Journeys

What people do with the city, as a browser walked it at the width of a phone. Every picture is a
page of a running city, taken while its test passed; everybody in them is invented.
`JOURNEYS=docs/journeys ./run e2e -k a_journey` takes them again. Every page of a citizen by axe:
[in Vietnamese](axe-vi.md), [in English](axe-en.md). What pages weigh: [budget](budget.md).

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """folder: None keeps nothing. about: one sentence under the title."""

    title: str
    about: str
    folder: Path | None
    leaves: list[str] = field(default_factory=list)

    def keep(self, page: Page, words: str) -> None:
        """The page as it stands."""
        if self.folder is None:
            return
        name = f"{len(self.leaves) + 1:02}.png"
        picture(page, self.folder / name)
        _with_few_colours(self.folder / name)
        self.leaves.append(f"{len(self.leaves) + 1}. {words}\n\n   ![{words}]({name})\n")

    def close(self) -> None:
        """Write what was kept, and the list of all albums beside this one."""
        if self.folder is None:
            return
        for old in sorted(self.folder.glob("*.png"))[len(self.leaves) :]:
            old.unlink()
        text = f"# {self.title}\n\n{self.about}\n\n" + "\n".join(self.leaves)
        (self.folder / "README.md").write_text(text, encoding="utf-8")
        _write_index(self.folder.parent)


def _with_few_colours(path: Path) -> None:
    with Image.open(path) as whole:
        flat = whole.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE)
    flat.save(path, optimize=True)


def _write_index(folder: Path) -> None:
    lines = []
    for readme in sorted(folder.glob("*/README.md")):
        title, _blank, about = readme.read_text(encoding="utf-8").split("\n")[:3]
        name = readme.parent.name
        lines.append(f"- [{re.sub('^# ', '', title)}]({name}/README.md): {about}\n")
    (folder / "README.md").write_text(INDEX + "".join(lines), encoding="utf-8")
