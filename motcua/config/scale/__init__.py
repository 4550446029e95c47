"""Quy mô: a believable past of any length, and the bench that measures on top of it."""
