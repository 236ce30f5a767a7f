"""What every document that others may read is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Every part of a document is closed and does not change: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
