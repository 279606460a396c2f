"""放大图: the parts of a photo to show large beside it: eyes, ears and neck, by the face that was measured."""

from collections.abc import Iterable
from dataclasses import dataclass

from biye.photos.core import catalogue
from biye.photos.core.answers import Finding


@dataclass(frozen=True, slots=True)
class Strip:
    """放大图: a part of the picture, in its pixels."""

    name: str
    label: str
    left: int
    top: int
    width: int
    height: int

    @property
    def view(self) -> str:
        """As a drawing names the part that it shows."""
        return f"{self.left} {self.top} {self.width} {self.height}"


# In widths of the face: how far beyond the cheeks, and from how far below the eyes to how far below them.
_PLACES = {"eyes": (0.06, -0.22, 0.2), "ears": (0.3, -0.3, 0.5), "neck": (0.3, 0.72, 1.35)}


def strips(findings: Iterable[Finding], width: int, height: int) -> tuple[Strip, ...]:
    """Of a photo of this size; nothing where no face was measured."""
    lines = {finding.check: finding.lines for finding in findings if finding.lines}
    if "eye_line" not in lines or len(lines.get("face_width", ())) != 2:
        return ()
    eyes = lines["eye_line"][0].at[0] * height
    left, right = sorted(line.at[0] * width for line in lines["face_width"])
    face = right - left
    found = []
    for name, (aside, above, below) in _PLACES.items():
        across = (_within(left - aside * face, width), _within(right + aside * face, width))
        down = (_within(eyes + above * face, height), _within(eyes + below * face, height))
        if across[0] < across[1] and down[0] < down[1]:
            strip = Strip(name, catalogue.STRIPS[name], across[0], down[0], across[1] - across[0], down[1] - down[0])
            found.append(strip)
    return tuple(found)


def _within(place: float, most: int) -> int:
    return min(max(round(place), 0), most)
