"""The typeface and htmx come out of the wheels, once."""

import pytest
from fontTools.ttLib import TTFont

from motcua.ui import assets

pytestmark = pytest.mark.filterwarnings("ignore")
PANGRAM = "Ẩn ậm ỵ đường Hoàng Văn Thụ, phường Bến Thành: 1.234 ₫ «ữ ẵ ợ»"


def test_assets_are_made_once_and_carry_every_vietnamese_letter(tmp_path):
    folder = tmp_path / "assets"

    assert assets.build(folder) is True
    assert assets.build(folder) is False
    letters = TTFont(folder / "fonts" / "bvp-400.woff2").getBestCmap()
    assert {c for c in PANGRAM if ord(c) not in letters} == set()
    digits = TTFont(folder / "fonts" / "so-400.woff2")
    widths = {digits["hmtx"][digits.getBestCmap()[ord(d)]][0] for d in "0123456789"}
    assert len(widths) == 1
    assert sum(f.stat().st_size for f in folder.glob("fonts/*")) < 60_000
    assert (folder / "vendor" / "htmx.js").stat().st_size > 10_000
