"""What holds for every test: a property is a claim about answers, never about how busy the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")
