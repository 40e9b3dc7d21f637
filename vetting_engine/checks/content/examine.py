"""One candidate's texts through the scanner: findings, outcomes per rule, coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vetting_engine.checks.content.coverage import measure
from vetting_engine.checks.content.matching import Passage
from vetting_engine.checks.content.scan import CHECK, CHECK_VERSION, Scanner
from vetting_engine.model.candidate import Account, Candidate, Post
from vetting_engine.model.finding import (
    CheckResult,
    CheckStatus,
    Finding,
    Gap,
    GapOwner,
    LeafTrace,
    RuleOutcome,
    RuleStatus,
)
from vetting_engine.model.ruleset import Rule

__all__ = ["ContentExaminer"]


@dataclass(slots=True)
class _Tally:
    """What one rule did over all texts of a candidate."""

    findings: list[Finding]
    unknown: int = 0
    deciding: LeafTrace | None = None


class ContentExaminer:
    """The content check prepared for one pack."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner

    def examine_many(self, candidates: Sequence[Candidate], as_of: date) -> list[CheckResult]:
        """One result per candidate, in order; what could not be read is a gap, never an error."""
        return [self._examine(candidate, as_of) for candidate in candidates]

    def _examine(self, candidate: Candidate, as_of: date) -> CheckResult:
        tallies = {rule.id: _Tally([]) for rule in self.scanner.rules}
        matched = 0
        for passage in _passages(candidate, as_of, self.scanner.settings.old_after_days):
            matches = self.scanner.matches(passage, as_of)
            matched += bool(matches)
            for verdict in self.scanner.judge(passage, matches, as_of, explain=matched <= 1):
                tally = tallies[verdict.rule.id]
                tally.unknown += verdict.unknown
                tally.deciding = tally.deciding or verdict.deciding
                if verdict.finding is not None:
                    tally.findings.append(verdict.finding)
        coverage = measure(candidate, self.scanner.lexicon, self.scanner.settings)
        unknown = tuple(_unknown_gaps(self.scanner.rules, tallies))
        status = CheckStatus.PARTIAL if unknown and coverage.status is CheckStatus.DONE else coverage.status
        return CheckResult(
            check=CHECK,
            check_version=CHECK_VERSION,
            status=status,
            findings=tuple(self._reported(tallies)),
            gaps=(*coverage.gaps, *unknown),
            outcomes=tuple(_outcome(rule, tallies[rule.id], as_of) for rule in self.scanner.rules),
            counts={**coverage.counts, "posts_with_matches": matched},
        )

    def _reported(self, tallies: dict[str, _Tally]) -> Iterator[Finding]:
        """The gravest findings of each rule, at most as many as the pack shows; ``count`` says how many there were."""
        for rule in self.scanner.rules:
            found = tallies[rule.id].findings
            gravest = sorted(found, key=lambda finding: (-finding.level.rank, finding.id))
            for finding in gravest[: self.scanner.settings.findings_per_rule]:
                yield finding.model_copy(update={"params": {**finding.params, "count": len(found)}})


def _passages(candidate: Candidate, as_of: date, old_after_days: int) -> Iterator[Passage]:
    for post in sorted(candidate.posts, key=lambda post: post.id):
        passage = _of_post(post, candidate.languages, old=_is_old(post, as_of, old_after_days))
        yield passage
        for domain in sorted(set(post.link_domains)):
            yield Passage(
                text=domain, where="link_domain", source_id=post.id, languages=candidate.languages, time=post.time,
                old=passage.old,
            )  # fmt: skip
    for account in sorted(candidate.accounts, key=lambda account: (account.platform, account.handle)):
        yield from _of_account(account, candidate.languages)


def _is_old(post: Post, as_of: date, after_days: int) -> bool:
    """Whether a post was published more than so many days before; one without a date is not, nor any where 0."""
    return bool(after_days) and post.time is not None and (as_of - post.time.date()).days > after_days


def _of_post(post: Post, languages: tuple[str, ...], *, old: bool) -> Passage:
    return Passage(
        text=post.text, where=str(post.kind), source_id=post.id,
        languages=(post.language,) if post.language else languages,
        time=post.time, platform=post.platform, media=post.media, shared=post.shared, own_words=post.own_words, old=old,
    )  # fmt: skip


def _of_account(account: Account, languages: tuple[str, ...]) -> Iterator[Passage]:
    source = f"{account.platform}/{account.handle}"
    yield Passage(text=account.handle, where="handle", source_id=source, languages=languages, platform=account.platform)
    if account.bio:
        yield Passage(text=account.bio, where="bio", source_id=source, languages=languages, platform=account.platform)


def _unknown_gaps(rules: Sequence[Rule], tallies: dict[str, _Tally]) -> Iterator[Gap]:
    for rule in rules:
        if tallies[rule.id].unknown:
            yield Gap(
                code="content.rule_unknown",
                check=CHECK,
                owner=GapOwner.OURS,
                params={"rule": rule.id, "posts": tallies[rule.id].unknown},
                functions=rule.functions,
            )


def _outcome(rule: Rule, tally: _Tally, as_of: date) -> RuleOutcome:
    if not rule.in_days(as_of):
        status = RuleStatus.NOT_IN_FORCE
    elif tally.findings:
        status = RuleStatus.FIRED
    else:
        status = RuleStatus.UNKNOWN if tally.unknown else RuleStatus.NOT_FIRED
    return RuleOutcome(
        rule=rule.id, rule_version=rule.version, check=CHECK, status=status, times=len(tally.findings),
        deciding=None if tally.findings else tally.deciding,
    )  # fmt: skip
