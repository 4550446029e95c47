"""Thiết kế thủ tục: the pages of procedure designers and approvers."""
