"""Mẫu: the values the gallery shows, one for every state of every part."""
