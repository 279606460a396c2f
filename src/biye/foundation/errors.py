"""拒绝: a refusal carries every reason at once, each with a code that the message catalogue turns into a sentence."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code of the catalogue and what the sentence needs."""

    code: str
    details: dict[str, object] = field(default_factory=dict)


class Refused(Exception):
    """An action did not happen, and says why."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons
