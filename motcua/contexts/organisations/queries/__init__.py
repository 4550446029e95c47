"""Tra cứu tổ chức: two snapshots in memory, the structure and the staff."""
