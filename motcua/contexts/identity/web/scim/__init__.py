"""SCIM 2.0 (RFC 7643, 7644) for personnel systems: officers as Users, units as Groups, posts."""
