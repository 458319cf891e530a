"""Whose work something at the desk is, in words."""

from observations.desk.assignment import Assignment
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import group_of
from pages.parts.wording import _, language


def work_of(one: Assignment) -> str:
    """A group, a district, or both, in words."""
    group, district = group_of(one.group_code), DISTRICTS.get(one.district or "")
    words = [district.name(language()) if district else "", _(group.word) if group else ""]
    return " ".join(word for word in words if word)
