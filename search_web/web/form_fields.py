"""Puts the token of forms into every form that posts, so that no template can forget it."""

from __future__ import annotations

import re

from jinja2.ext import Extension

_FORM = re.compile(r"""<form\b[^>]*\bmethod=["']?post\b[^>]*>""", re.IGNORECASE)


class FormFields(Extension):
    """A Jinja extension: behind each `<form method="post" …>` of a template comes `{{ form_field() }}`."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja has it.
        """Return the template with the field in its forms."""
        return _FORM.sub(lambda found: found[0] + "{{ form_field() }}", source)
