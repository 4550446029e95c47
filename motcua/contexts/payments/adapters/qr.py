"""Vẽ mã QR: a payload as inline SVG, black on white, readable from a screen or a paper."""

import segno


def qr_svg(payload: str, *, label: str) -> str:
    """One `<svg>` without inline style, scaled by its container; `label` is its accessible name."""
    code = segno.make(payload, error="m", micro=False)
    drawn: str = code.svg_inline(
        border=4, omitsize=True, title=label, svgclass="qr", lineclass=None
    )
    return drawn
