"""A species recorded as new to science or to China."""

from dataclasses import dataclass

from observations.surveys.levels import Confidence, Evidence, Level, TypeOrigin


@dataclass(frozen=True)
class NewRecord:
    """One row of the survey's layer, with what it rests on.

    `scientific_name` is blank where no source confirms it, `district` (an adcode) where no
    source names one or the place of a protected plant is not shown. `latitude` and
    `longitude` (WGS-84) are given only where a source publishes them; on the public map they
    are generalised. `of_the_survey` is "yes" for the city's survey of 2020 to 2023,
    "district" for a district's own, "no" for what was described beside it. `finder` is credited
    where a find was announced here.
    """

    code: str
    level: Level
    year: int
    scientific_name: str
    authorship: str
    vernacular_name: str
    group: str
    of_the_survey: str
    type_origin: TypeOrigin
    district: str
    locality_zh: str
    locality_en: str
    latitude: float | None
    longitude: float | None
    evidence: Evidence
    source: str
    confidence: Confidence
    about_zh: str
    about_en: str
    picture: str
    finder: str = ""

    def locality(self, language: str) -> str:
        """The place as the sources name it, in "zh" or "en"; blank where it is not shown."""
        return self.locality_en if language == "en" else self.locality_zh

    def about(self, language: str) -> str:
        """What the sources tell, in a sentence or two, in "zh" or "en"."""
        return self.about_en if language == "en" else self.about_zh

    @property
    def name(self) -> str:
        """The Chinese name, or the scientific one where there is none."""
        return self.vernacular_name or self.scientific_name
