"""Bàn làm việc: the pages of officers."""
