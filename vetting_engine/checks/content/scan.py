"""The scanner: one text in, findings out. The check, the command line and the benchmarks all use this one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Final

from vetting_engine.checks.content.documents import ContentSettings, Term
from vetting_engine.checks.content.kinds import OF_TEXTS, Flag, Strength
from vetting_engine.checks.content.lexicon import Lexicon
from vetting_engine.checks.content.matching import Located, Match, Passage, find_matches, locate
from vetting_engine.checks.content.vocabulary import MATCH, VOCABULARY, facts_of
from vetting_engine.checks.content.words import CLASSES_FROM
from vetting_engine.conditions import Compiled, compile_condition
from vetting_engine.conditions.possible import Needs, Possible, met
from vetting_engine.errors import Fault, Location, RulesetError
from vetting_engine.model.evidence import SpanEvidence
from vetting_engine.model.facts import Facts
from vetting_engine.model.finding import AppliedModifier, Finding, FindingStatus, LeafTrace
from vetting_engine.model.ruleset import Rule, Ruleset, RuleState
from vetting_engine.model.scales import Band, Level, Severity
from vetting_engine.text.context import Raised
from vetting_engine.text.views import BETWEEN, EMOJI, PLAIN

__all__ = ["CHECK", "CHECK_VERSION", "Scanner", "Verdict"]

CHECK: Final = "content"
#: Raised whenever the same input and pack may give another answer.
CHECK_VERSION: Final = "14"
#: A text with more matches than this is judged in slices: conditions that join matches cost their square.
MAX_MATCHES: Final = 300
#: Sets of classes of which it is remembered which rules may hold on them.
_POSSIBLE_KEPT: Final = 50_000
#: Flags that everyday words raise, worked out only where a rule holds.
_BY_WORDS: Final = (Flag.UNSUPPORTED, Flag.NARRATED)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CUE_KIND: Final = "cue"
#: Readings of what nobody tried to hide.
_OPEN: Final = frozenset({PLAIN, EMOJI, *(view.name for view in BETWEEN)})
#: What a finding is about, so that several findings on one post can be told from findings on several.
_TOPICS: Final = {"bio": "account", "handle": "account"}
_BANDS: Final = {Strength.STRONG: Band.STRONG, Strength.MEDIUM: Band.POSSIBLE, Strength.WEAK: Band.WEAK}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one rule on one text. ``deciding`` is only filled where it did not fire and was asked for."""

    rule: Rule
    finding: Finding | None = None
    unknown: bool = False
    deciding: LeafTrace | None = None


class Scanner:
    """Terms, cues and content rules of a pack, compiled.

    Raises:
        RulesetError: a rule names an unknown field or modifier; all faults at once.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        documents = ruleset.documents.get(CHECK, {})
        self.settings = ruleset.settings_of(CHECK) or ContentSettings()
        self.lexicon = Lexicon(
            documents.get("terms", ()),
            documents.get("cues", ()),
            self.settings.scripts,
            self.settings.same_language,
            documents.get("signs", ()),
        )
        self.rules = ruleset.rules_of(CHECK)
        faults = [fault for rule in self.rules for fault in _modifier_faults(rule)]
        self._compiled: dict[str, Compiled] = {}
        for rule in self.rules:
            try:
                self._compiled[rule.id] = compile_condition(rule.when, VOCABULARY)
            except RulesetError as error:
                faults.extend(error.faults)
        if faults:
            raise RulesetError(faults)
        #: Which of the flags that everyday words raise each rule says something of.
        self._asked = {rule.id: tuple(flag for flag in _BY_WORDS if _asks_for(rule, flag)) for rule in self.rules}
        self._needs: tuple[tuple[Rule, Needs], ...] | None = None
        self._possible: dict[int, tuple[Rule, ...]] = {}

    def scan(self, text: str, languages: Sequence[str] | str = (), as_of: date = date.max) -> tuple[Finding, ...]:
        """The findings of one plain text, in order of rule.

        Args:
            text: any string; lone surrogates, NUL and other hostile content have defined answers.
            languages: BCP 47 tags the text may be in; empty: all languages of its script apply.
            as_of: retires expired terms and rules; without it nothing has expired that ever expires.
        """
        declared = (languages,) if isinstance(languages, str) else tuple(languages)
        gate = self.lexicon.gate(declared)
        bits = gate.look(text)
        if not self._is_worth(bits):
            return ()
        passage = Passage(text=text, languages=declared)
        figures = bits & self.lexicon.figure_bits
        located = locate(passage, gate, as_of, bits, lambda terms: self._rules_for(self._bits_of(terms) | figures))
        found = self.judge(passage, self._promising(located, as_of), as_of)
        return tuple(verdict.finding for verdict in found if verdict.finding is not None)

    def _is_worth(self, bits: int) -> bool:
        """Whether a text in which the gate saw these bits has terms for which a rule may hold."""
        return bits & self.lexicon.term_bits != 0 and bool(self._rules_for(bits))

    def _promising(self, located: Located | None, as_of: date) -> tuple[Match, ...]:
        """The matches of a text for which a rule may hold; none where none can, whatever the cues say."""
        if located is None:
            return ()
        rules = self._rules_for(self._bits_of(match.term for match in located.matches))
        if len(located.matches) <= MAX_MATCHES:
            facts = facts_of(located.passage, located.matches, flags_known=False)
            rules = tuple(rule for rule in rules if self._compiled[rule.id].test(facts, as_of) is not False)
        return located.flagged() if rules else ()

    def _bits_of(self, terms: Iterable[Term]) -> int:
        return reduce(or_, map(self.lexicon.classes.of, terms), 0)

    def _rules_for(self, bits: int) -> tuple[Rule, ...]:
        """The rules that may hold on matches of these classes, in order."""
        rules = self._possible.get(bits)
        if rules is None:
            if len(self._possible) >= _POSSIBLE_KEPT:
                self._possible.clear()
            # What the gate remembers by is cut off.
            there = bits >> CLASSES_FROM
            rules = self._possible[bits] = tuple(rule for rule, needs in self._all_needs() if met(needs, there))
        return rules

    def _all_needs(self) -> tuple[tuple[Rule, Needs], ...]:
        if self._needs is None:
            possible = Possible(MATCH, self.lexicon.classes.fields)
            self._needs = tuple((rule, possible.needs(self._compiled[rule.id].bound)) for rule in self.rules)
        return self._needs

    def matches(self, passage: Passage, as_of: date) -> tuple[Match, ...]:
        """The terms found in one text."""
        return find_matches(passage, self.lexicon, as_of)

    def judge(
        self, passage: Passage, matches: Sequence[Match], as_of: date, *, explain: bool = False
    ) -> Iterator[Verdict]:
        """A verdict per rule in force that may hold, or per rule in force if it is to ``explain``; none at all where
        nothing matched, since every rule needs a match.
        """
        if not matches:
            return
        slices = [matches[first : first + MAX_MATCHES] for first in range(0, len(matches), MAX_MATCHES)]
        facts = [facts_of(passage, some) for some in slices]
        for rule in self.rules if explain else self._rules_for(self._bits_of(match.term for match in matches)):
            if rule.in_days(as_of):
                yield self._verdict(rule, passage, list(zip(slices, facts, strict=True)), as_of, explain)

    def _verdict(
        self,
        rule: Rule,
        passage: Passage,
        slices: Sequence[tuple[Sequence[Match], Facts]],
        as_of: date,
        explain: bool,
    ) -> Verdict:
        best: Finding | None = None
        unknown = False
        for matches, facts in slices:
            answer = self._compiled[rule.id].test(facts, as_of)
            unknown = unknown or answer is None
            if answer:
                seen = self.as_told(rule, passage, matches, as_of)
                if seen is not matches and not self._compiled[rule.id].test(facts_of(passage, seen), as_of):
                    continue
                found = self._finding(rule, passage, seen, as_of)
                best = found if best is None or found.level > best.level else best
        if best is not None or not explain:
            return Verdict(rule, best, unknown and best is None)
        trace = self._compiled[rule.id].trace(slices[0][1], as_of)
        return Verdict(rule, None, unknown, trace.deciding)

    def as_told(
        self, rule: Rule, passage: Passage, matches: Sequence[Match], as_of: date = date.max
    ) -> Sequence[Match]:
        """The matches as a rule sees them, if it asks for that: ``unsupported`` where next to no everyday word of the
        text speaks for what the rule finds, ``narrated`` where the sentences with it are worded as news is.

        What was written so that no machine reads it is never said to be either.
        """
        asked = self._asked[rule.id]
        witnesses = self._witnesses(rule, passage, matches, as_of) if asked else []
        if not witnesses or not all(match.view in _OPEN for match in witnesses):
            return matches
        start, end = min(match.start for match in witnesses), max(match.end for match in witnesses)
        gate = self.lexicon.gate(passage.languages)
        told = {
            Flag.UNSUPPORTED: lambda: gate.speaks_for(rule.category, passage.text, start, end) is False,
            Flag.NARRATED: lambda: gate.narrates(passage.text, start, end),
        }
        raised = tuple(Raised(flag, flag, 0, 0) for flag in asked if told[flag]())
        return [replace(match, flags=(*match.flags, *raised)) for match in matches] if raised else matches

    def _finding(self, rule: Rule, passage: Passage, matches: Sequence[Match], as_of: date) -> Finding:
        """The finding at the highest level at which the rule holds on matches that no modifier lowers further.

        So one negated sentence never lowers another that stands for itself, and a text that says a thing twice
        is judged by the graver time.
        """
        compiled = self._compiled[rule.id]
        levels = [_lowered(rule, match) for match in matches]
        level, used = min(levels), matches
        for threshold in sorted(set(levels), reverse=True):
            subset = [match for match, own in zip(matches, levels, strict=True) if own >= threshold]
            if compiled.test(facts_of(passage, subset), as_of):
                level, used = threshold, subset
                break
        return self._reported(rule, passage, level, self._witnesses(rule, passage, used, as_of) or list(used))

    def _witnesses(self, rule: Rule, passage: Passage, matches: Sequence[Match], as_of: date) -> list[Match]:
        """The matches by which a rule holds."""
        named = self._compiled[rule.id].trace(facts_of(passage, matches), as_of).witnesses
        return [matches[int(name[len("match[") : -1])] for name in named if name.startswith("match[")]

    def _reported(self, rule: Rule, passage: Passage, level: Level, witnesses: Sequence[Match]) -> Finding:
        weighs = rule.status_on_hit == "hit" and rule.status is not RuleState.EXPERIMENTAL
        status = FindingStatus.HIT if weighs else FindingStatus(rule.status_on_hit.replace("hit", "note"))
        return Finding(
            id=f"{CHECK}:{rule.id}:{passage.where}:{passage.source_id}",
            check=CHECK,
            rule=rule.id,
            rule_version=rule.version,
            status=status,
            code=f"content.{rule.category}",
            params={"title": rule.title, "where": passage.where, "count": 1},
            category=rule.category,
            level=level if weighs else Level.NOTHING_FOUND,
            severity=rule.severity,
            band=_band(witnesses),
            topic=f"{_TOPICS.get(passage.where, 'post')}:{passage.source_id}",
            functions=rule.functions,
            confidential=status is FindingStatus.SUPPORT,
            modifiers=self._modifiers(rule, passage, witnesses) if weighs else (),
            evidence=tuple(self._span(passage, match) for match in witnesses),
        )

    def _modifiers(self, rule: Rule, passage: Passage, witnesses: Sequence[Match]) -> tuple[AppliedModifier, ...]:
        applied: dict[str, AppliedModifier] = {}
        for match in witnesses:
            for raised in match.flags:
                # That a text is somebody else's is always said, even where it lowers nothing.
                told = raised.flag in rule.modifiers or raised.flag == Flag.SHARED
                if told and raised.flag not in applied:
                    to_level = min(rule.level, Level(rule.modifiers.get(raised.flag, rule.level)))
                    whole = raised.flag in OF_TEXTS
                    cue = () if whole else (self._cue(passage, raised.cue, raised.start, raised.end),)
                    applied[raised.flag] = AppliedModifier(
                        modifier=raised.flag, from_level=rule.level, to_level=to_level, evidence=cue
                    )
        return tuple(applied[name] for name in sorted(applied))

    def _cue(self, passage: Passage, cue: str, start: int, end: int) -> SpanEvidence:
        return SpanEvidence(
            where=passage.where, source_id=passage.source_id, start=start, end=end,
            excerpt=_shown(passage.text[start:end]), term=cue, term_kind=_CUE_KIND,
        )  # fmt: skip

    def _span(self, passage: Passage, match: Match) -> SpanEvidence:
        first = max(0, match.start - self.settings.context_chars)
        last = min(len(passage.text), match.end + self.settings.context_chars)
        return SpanEvidence(
            where=match.field, source_id=passage.source_id, start=match.start, end=match.end,
            excerpt=_shown(passage.text[match.start : match.end]), term=match.term.id,
            term_kind=str(match.term.kind), view=match.view,
            context=_shown(passage.text[first:last]), context_start=first,
        )  # fmt: skip


def _asks_for(rule: Rule, flag: Flag) -> bool:
    # A value that looks like the field only costs time: what is flagged changes nothing for a rule that does not ask.
    return flag in rule.modifiers or f".{flag}" in rule.when.model_dump_json()


def _lowered(rule: Rule, match: Match) -> Level:
    targets = [Level(rule.modifiers[raised.flag]) for raised in match.flags if raised.flag in rule.modifiers]
    return min([rule.level, *targets])


def _band(witnesses: Sequence[Match]) -> Band:
    """The weakest link: a guessed reading or an ambiguous term never gives a strong suspicion."""
    bands = [_BANDS[match.term.strength] for match in witnesses]
    bands += [Band.POSSIBLE for match in witnesses if match.view != PLAIN]
    return min(bands)


def _shown(text: str) -> str:
    """Lone surrogates cannot be written to a record; each becomes U+FFFD, so that places stay."""
    return _SURROGATE.sub("\ufffd", text)


def _modifier_faults(rule: Rule) -> Iterator[Fault]:
    at = Location(file=rule.file, line=rule.line, field="modifiers")
    for name, level in rule.modifiers.items():
        if name not in tuple(Flag):
            yield Fault("content.modifier_unknown", at, {"modifier": str(name)})
        elif level not in tuple(Level):
            yield Fault("content.modifier_level", at, {"modifier": str(name), "level": str(level)})
        elif name == Flag.OLD and rule.severity is Severity.CRITICAL:
            yield Fault("content.critical_decays", at, {"rule": rule.id})
