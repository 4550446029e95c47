"""The typeface and htmx come out of the wheels, once."""

from fontTools.ttLib import TTFont

from motcua.ui import assets

PANGRAM = "Ẩn ậm ỵ đường Hoàng Văn Thụ, phường Bến Thành: 1.234 ₫ «ữ ẵ ợ»"


def test_assets_are_made_once_and_carry_every_vietnamese_letter(tmp_path):
    folder = tmp_path / "assets"

    assert assets.build(folder) is True
    assert assets.build(folder) is False
    with TTFont(folder / "fonts" / "bvp-400.woff2") as font:
        letters = font.getBestCmap()
    assert {c for c in PANGRAM if ord(c) not in letters} == set()
    with TTFont(folder / "fonts" / "so-400.woff2") as digits:
        names, metrics = digits.getBestCmap(), digits["hmtx"]
        widths = {metrics[names[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1
    assert sum(f.stat().st_size for f in folder.glob("fonts/*")) < 60_000
    assert (folder / "vendor" / "htmx.js").stat().st_size > 10_000
