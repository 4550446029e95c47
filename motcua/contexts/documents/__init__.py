"""Giấy tờ: files kept, official forms set, results signed and verified."""
