"""`{% idempotency %}`: the hidden key that every form carries."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.kernel.web import FIELD, new_key

register = template.Library()


@register.simple_tag
def idempotency() -> SafeString:
    """A fresh key per rendered form: sending the same form twice has one effect."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())
