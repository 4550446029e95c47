"""Tài sản tĩnh lấy từ gói: the typeface cut to what Vietnamese pages use, and htmx.

Nothing of others is committed: the files are made from the installed wheels into the data folder,
once, and again only when a wheel or this recipe changes.
"""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from filelock import FileLock
from fontTools import subset
from fontTools.ttLib import TTFont

TEXT = (
    "U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,"
    "U+01AF-01B0,U+0300-0303,U+0309,U+0323,U+1EA0-1EF9,U+2010-2015,U+2018-201F,U+2022,U+2026,"
    "U+2039-203A,U+20AB,U+2212"
)
DIGITS = "U+0030-0039"
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "case"]


@dataclass(frozen=True, slots=True)
class Weight:
    """digit_width: the typeface has no tabular figures, so each digit is centred in this width."""

    name: str
    css: int
    digit_width: int


WEIGHTS = (Weight("Regular", 400, 632), Weight("SemiBold", 600, 640), Weight("Bold", 700, 650))
_STAMP = "stamp"


def build(folder: Path | None = None) -> bool:
    """Make `<folder>/fonts` and `<folder>/vendor`; True when there was something to do.

    folder: where Django looks for static files, `<VAR>/assets` unless given.
    """
    target = folder or Path(settings.VAR) / "assets"
    target.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_suffix(".lock")):
        stamp = _recipe()
        kept = target / _STAMP
        if kept.is_file() and kept.read_text() == stamp:
            return False
        with TemporaryDirectory(dir=target.parent) as bench:
            _make(Path(bench))
            for made in ("fonts", "vendor"):
                shutil.copytree(Path(bench) / made, target / made, dirs_exist_ok=True)
        kept.write_text(stamp)
    return True


def _recipe() -> str:
    wheels = [
        f"{name} {version(name)}" for name in ("fontpkg-be-vietnam-pro", "fonttools", "django-htmx")
    ]
    return sha256(
        "\n".join([*wheels, TEXT, DIGITS, repr(WEIGHTS), Path(__file__).read_text()]).encode()
    ).hexdigest()


def _make(bench: Path) -> None:
    fonts, vendor = bench / "fonts", bench / "vendor"
    fonts.mkdir()
    vendor.mkdir()
    source = _wheel("fontpkg_be_vietnam_pro") / "files"
    for weight in WEIGHTS:
        face = source / f"BeVietnamPro-{weight.name}.ttf"
        _cut(face, fonts / f"bvp-{weight.css}.woff2", TEXT, FEATURES)
        tabular = bench / "tabular.ttf"
        _align_digits(face, tabular, weight.digit_width)
        _cut(tabular, fonts / f"so-{weight.css}.woff2", DIGITS, [])
        tabular.unlink()
    htmx = _wheel("django_htmx") / "static" / "django_htmx" / "htmx-4.min.js"
    shutil.copyfile(htmx, vendor / "htmx.js")


def _cut(source: Path, target: Path, characters: str, features: list[str]) -> None:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(characters))
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, str(target), options)


def _align_digits(source: Path, target: Path, width: int) -> None:
    with TTFont(source) as font:
        names, metrics, glyphs = font.getBestCmap(), font["hmtx"], font["glyf"]
        for digit in "0123456789":
            name = names[ord(digit)]
            advance, bearing = metrics[name]
            shift = round((width - advance) / 2)
            glyphs[name].coordinates.translate((shift, 0))
            glyphs[name].recalcBounds(glyphs)
            metrics[name] = (width, bearing + shift)
        font.save(target)


def _wheel(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {name} is not installed")
    return Path(spec.origin).parent
