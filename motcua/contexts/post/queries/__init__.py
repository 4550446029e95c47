"""Đọc: consignments, sheets, originals; always ordered, never more than a page."""
