"""Signs of invented topics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from vetting_engine.checks.content.documents import SignFile, Term, TermFile
from vetting_engine.checks.content.kinds import TermKind
from vetting_engine.checks.content.lexicon import Lexicon
from vetting_engine.model.evidence import SpanEvidence
from vetting_engine.model.finding import Finding
from vetting_engine.model.scales import Level

__all__ = ["OFFER", "applied", "sign_file", "sign_lexicon"]

_DAY = date(2026, 1, 1)
#: What an offer of a card for money is told by.
OFFER = TermFile.model_validate(
    {
        "language": "en",
        "script": "Latn",
        "reviewed_on": _DAY,
        "terms": [
            {"id": "card", "kind": "scheme", "texts": ["ration card"]},
            {"id": "price", "kind": "money", "texts": ["dollars"]},
        ],
    }
)


def applied(finding: Finding) -> list[tuple[str, Level, Level, tuple[SpanEvidence, ...]]]:
    """The modifiers of a finding: which, from which level to which, and by what."""
    return [(one.modifier, one.from_level, one.to_level, one.evidence) for one in finding.modifiers]


def sign_file(
    points: Mapping[str, Mapping[str, int]],
    least: int = 6,
    language: str = "en",
    script: str = "Latn",
    *,
    expires: date | None = None,
    beside_terms: int | None = None,
) -> SignFile:
    """Topic → word → points; ``beside_terms``: what texts must reach so that terms' findings are supported."""
    return SignFile.model_validate(
        {
            "language": language,
            "script": script,
            "reviewed_on": _DAY,
            "expires": expires,
            "least": dict.fromkeys(points, least),
            "least_beside_terms": dict.fromkeys(points, beside_terms) if beside_terms else {},
            "signs": [
                {"id": f"{topic}-{number}", "topic": topic, "points": given, "words": [word]}
                for topic, words in points.items()
                for number, (word, given) in enumerate(words.items())
            ],
        }
    )


def sign_lexicon(*files: SignFile) -> Lexicon:
    """With one term a language, since signs only apply where there are terms."""
    term = Term(id="t", kind=TermKind.INSULT, texts=("zzyzx",))
    languages = dict.fromkeys((file.language, file.script) for file in files)
    terms = [TermFile(language=name, script=script, reviewed_on=_DAY, terms=(term,)) for name, script in languages]
    return Lexicon(terms, [], {}, signs=files)
