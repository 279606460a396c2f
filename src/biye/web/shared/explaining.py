"""说明的排列: findings in the order in which a person reads them, what is to be done first."""

from typing import Any

from biye.audit.core.explain.shapes import Explanation, Finding
from biye.foundation.verdicts import Verdict


def explanation_context(explanation: Explanation) -> dict[str, Any]:
    """What the templates of an explanation need."""

    def of(*verdicts: Verdict) -> list[Finding]:
        return [finding for finding in explanation.findings if finding.verdict in verdicts]

    return {
        "explanation": explanation,
        "open_findings": of(Verdict.NOT_MET) + of(Verdict.UNKNOWN),
        "met_findings": of(Verdict.MET),
        "other_findings": of(Verdict.NOT_REQUIRED),
    }
