"""身份: the roles people act in."""

from enum import StrEnum


class Role(StrEnum):
    """身份."""

    STUDENT = "student"
    CENTRE = "centre"
    COLLEGE = "college"

    @property
    def chinese(self) -> str:
        """The word a user reads."""
        return {"student": "学生", "centre": "学习中心老师", "college": "学院老师"}[self.value]
