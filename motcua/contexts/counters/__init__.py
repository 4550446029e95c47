"""Counters (quầy): who is served next, what is taken in and handed on at a desk."""
