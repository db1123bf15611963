"""Form fields of the house."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SealedFilesField(forms.FileField):
    """Any number of uploads; each was sealed while it arrived, so there is nothing to read here."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "Sequence[UploadedFile[bytes]]":  # Any: Django's own signature
        files = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        return files
