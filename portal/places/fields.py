"""Columns that places keep for search."""

from typing import Any

from django.db import models

from portal.places.names import normalise_name


class NormalisedNameField(models.CharField):
    """The comparable form of the `name` beside it, kept up whenever the row is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Take the name as it is now."""
        value = normalise_name(str(getattr(model_instance, "name", "")))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        """Let migrations see a plain text column, which is all that the database knows."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
