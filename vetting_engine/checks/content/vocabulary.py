"""What content rules may read: the matches of one text, and what is known about the text. Never its author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from vetting_engine.checks.content.kinds import Flag, Strength, TermKind
from vetting_engine.checks.content.matching import Match, Passage
from vetting_engine.model.candidate import MediaKind
from vetting_engine.model.facts import Facts, FieldSpec, FieldType, ListSpec, Vocabulary

__all__ = ["MATCH", "VOCABULARY", "WHERE", "facts_of"]

MATCH: Final = "match"
WHERE: Final = ("post", "caption", "bio", "handle", "hashtag", "link_domain")

_FLAG_ABOUT: Final = {
    Flag.NEGATED: "denied: not, never, nobody",
    Flag.QUOTED: "inside quotation marks with other words around",
    Flag.REPORTED: "told as what somebody said or did",
    Flag.CONDEMNED: "named as wrong by the writer",
    Flag.COUNTER_SPEECH: "answered or called out by the writer",
    Flag.HYPOTHETICAL: "supposed, not meant",
    Flag.QUESTION: "asked about",
    Flag.RECLAIMED: "used of oneself or one's own, or with pride",
    Flag.LITERAL: "in its other, innocent sense",
    Flag.INDIVIDUAL: "directed at one person",
    Flag.OBJECT: "directed at a thing",
    Flag.NONPROTECTED: "directed at a group by trade, taste or opinion",
    Flag.SHARED: "somebody else's text, passed on without own words",
    Flag.OLD: "published longer ago than the pack's old_after_days",
    Flag.INTENDED: "wanted, planned or demanded: I will, let us, they should",
    Flag.ASSERTED: "said of somebody: they are, you all are",
    Flag.REFERS: "in a sentence that points back to people named beside it: they, them, their",
    Flag.GENERIC: "about all of a kind: all, most, these, like you",
    Flag.DISCLOSED: "said to be advertising",
    Flag.UNSUPPORTED: "found where next to no everyday word speaks for what the rule is about",
    Flag.NARRATED: "found in sentences that are worded as reports in the news are",
}

VOCABULARY: Final = Vocabulary(
    name="content",
    fields={
        "post.where": FieldSpec(
            type=FieldType.NAME, values=("post", "caption", "bio", "handle", "link_domain"),
            about="which text of the profile it is", always_known=True,
        ),
        "post.media": FieldSpec(
            type=FieldType.NAME, values=tuple(MediaKind), about="what it carries besides text", always_known=True
        ),
        "post.shared": FieldSpec(type=FieldType.FLAG, about="passed on from somebody else", always_known=True),
        "post.own_words": FieldSpec(type=FieldType.FLAG, about="has words of the owner", always_known=True),
        "post.date": FieldSpec(type=FieldType.DATE, about="the day it was published"),
        "post.platform": FieldSpec(type=FieldType.TEXT, about="the platform it was published on"),
    },
    lists={
        MATCH: ListSpec(
            about="the terms found in the text",
            fields={
                "id": FieldSpec(type=FieldType.TEXT, about="id of the term", always_known=True),
                "kind": FieldSpec(
                    type=FieldType.NAME, values=tuple(TermKind), about="what the term is", always_known=True
                ),
                "topic": FieldSpec(type=FieldType.TEXT, about="what the term is about, as its file says",
                                   always_known=True),
                "strength": FieldSpec(
                    type=FieldType.NAME, values=tuple(Strength), ordered=True,
                    about="how far the term speaks for itself", always_known=True,
                ),
                "view": FieldSpec(type=FieldType.TEXT, about="the reading that showed it", always_known=True),
                "sentence": FieldSpec(type=FieldType.INTEGER, about="number of its sentence, from 0",
                                      always_known=True),
                "start": FieldSpec(type=FieldType.INTEGER, about="first character, from 0", always_known=True),
                "end": FieldSpec(type=FieldType.INTEGER, about="character after the last", always_known=True),
                "field": FieldSpec(type=FieldType.NAME, values=WHERE, about="where it stands", always_known=True),
                **{
                    str(flag): FieldSpec(type=FieldType.FLAG, about=about, always_known=True)
                    for flag, about in _FLAG_ABOUT.items()
                },
            },
        ),
    },
)  # fmt: skip

_NO_FLAGS: Final = dict.fromkeys(map(str, Flag), False)


def facts_of(passage: Passage, matches: Sequence[Match], *, flags_known: bool = True) -> Facts:
    """The facts one rule is evaluated on for one text; before cues were looked for, every flag is unknown."""
    return {
        "post.where": passage.where,
        "post.media": str(passage.media),
        "post.shared": passage.shared,
        "post.own_words": passage.own_words,
        "post.date": passage.time.date() if passage.time else None,
        "post.platform": passage.platform,
        MATCH: [_member(match, _NO_FLAGS if flags_known else {}) for match in matches],
    }


def _member(match: Match, flags: Mapping[str, bool]) -> dict[str, bool | int | str]:
    return {
        **flags,
        "id": match.term.id,
        "kind": str(match.term.kind),
        "topic": match.term.topic,
        "strength": str(match.term.strength),
        "view": match.view,
        "sentence": match.sentence,
        "start": match.start,
        "end": match.end,
        "field": match.field,
        **{raised.flag: True for raised in match.flags},
    }
