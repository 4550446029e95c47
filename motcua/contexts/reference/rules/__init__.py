"""Quy tắc của danh mục: days off by law, old communes by their names."""
