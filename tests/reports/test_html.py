"""The reviewer's pages: what they show, what they hide, and that hostile text stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import make
import pytest
from reports.pages import Page

from vetting_engine.errors import Fault, Location
from vetting_engine.model.candidate import PersonName
from vetting_engine.model.condition import Compare, Operator, Some
from vetting_engine.model.decision import Disposition, EngineRun, Reason
from vetting_engine.model.finding import Function, RuleStatus
from vetting_engine.model.ruleset import ObligationTexts, RuleTexts
from vetting_engine.model.run import Run
from vetting_engine.model.scales import Level
from vetting_engine.registry import discover
from vetting_engine.reports import html, json_lines
from vetting_engine.reports._options import Options
from vetting_engine.reports.html import PLUGIN, HtmlReport

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</mark></bdi></blockquote><h1>Nothing found</h1>",
    "{{ 7 * 7 }}{% for x in y %}",
    "<!-- -->]]>&lt;b&gt;",
    "javascript:alert(1)",
    "\u202etxet desrever\u202c\u2066\u0000\u001b[31m",
)
TAGS = frozenset(
    {
        "html", "head", "meta", "title", "style", "body", "svg", "symbol", "path", "circle", "use", "rect",
        "header", "nav", "a", "h1", "h2", "h3", "h4", "ul", "ol", "li", "p", "b", "br", "strong", "span", "main",
        "section", "table", "thead", "tbody", "tr", "th", "td", "bdi", "code", "details", "summary", "div",
        "article", "figure", "figcaption", "blockquote", "mark", "i", "footer",
    }
)  # fmt: skip


def written(run: Run, folder: Path, report: HtmlReport = PLUGIN) -> list[Page]:
    return [Page.read(path) for path in report.write(run, folder)]


def test_it_is_found_as_a_plugin() -> None:
    assert discover("vetting_engine.reports")["html"] is PLUGIN


def test_the_summary_is_first_and_every_page_is_well_formed(tmp_path: Path) -> None:
    files = PLUGIN.write(make.run(), tmp_path)
    assert [path.name for path in files] == ["report.html", "candidates-001.html"]
    for path in files:
        page = Page.read(path)
        assert page.source.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
        assert set(page.tags) <= TAGS


def test_pages_allow_nothing_but_their_own_style(tmp_path: Path) -> None:
    for page in written(make.run(), tmp_path):
        (style,) = re.findall(r"<style>(.*?)</style>", page.source, flags=re.DOTALL)
        expected = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policies = [value for tag, name, value in page.attributes if (tag, name) == ("meta", "content")]
        assert f"default-src 'none'; style-src 'sha256-{expected}'; base-uri 'none'; form-action 'none'" in policies
        assert not [name for _, name, _ in page.attributes if name in {"style", "src"} or name.startswith("on")]
        assert all(
            re.fullmatch(r"#icon-[a-z_]+|#c\d+|(report|candidates-\d{3})\.html(#c\d+)?", value or "")
            for _, name, value in page.attributes
            if name == "href"
        )


def test_the_summary_counts_dispositions_gaps_and_refused_rows(tmp_path: Path) -> None:
    summary = written(make.run(), tmp_path)[0].text
    assert "4 rows read, 3 candidates vetted, 1 rows or files refused." in summary
    assert "For us to close · 2 candidate(s)" in summary
    assert "To ask the candidate · 1 candidate(s)" in summary
    assert "candidates.csv:5 [birth_date]" in summary
    for expected in (make.digest("list"), make.digest("register"), make.digest("pack"), "Binding", "2026-01-10"):
        assert expected in summary
    assert "vetting-engine/checkpoint/1 3" in summary


def test_faults_name_files_without_their_folders(tmp_path: Path) -> None:
    fault = Fault("file.empty", Location("/home/tamsin/exports/posts.jsonl", 3))
    summary = written(make.run(faults=(fault,)), tmp_path)[0].text
    assert "posts.jsonl:3" in summary
    assert "exports" not in summary


def test_the_summary_names_nobody(tmp_path: Path) -> None:
    summary = written(make.run(), tmp_path)[0].text
    for name in ("Tamsin", "تمسين", "Ilsington", "vermin"):
        assert name not in summary.replace("animals or vermin", "")


def test_the_gravest_candidate_comes_first(tmp_path: Path) -> None:
    page = written(make.run(), tmp_path)[1].text
    assert page.index("c-002") < page.index("c-003") < page.index("c-001")


def test_evidence_is_marked_in_its_context(tmp_path: Path) -> None:
    page = written(make.run(), tmp_path)[1]
    assert page.marks == ["those people", "vermin"]
    assert make.HATE_POST in page.text


def test_a_hit_shows_rule_version_band_lists_parts_and_what_would_change_it(tmp_path: Path) -> None:
    page = written(make.run(), tmp_path)[1].text
    for expected in (
        "The name resembles a listed one",
        "name-similar",
        "possible",
        make.digest("list"),
        make.digest("entry"),
        "Tamzin Okval",
        "1961",
        "Brusk Holdings",
        "Lowered from Escalate to Needs review: condemned",
        "Whose words are these?",
        "Reports that quote such speech in order to denounce it",
        "What would change it",
        "match.severity was low; the rule asks for at least high",
        "If people ruled this out, the other reasons would leave: Needs review.",
    ):
        assert expected in page
    assert "%" not in page


def test_scores_are_never_shown(tmp_path: Path) -> None:
    assert "4800" not in written(make.run(), tmp_path)[1].text


def test_a_confidential_finding_is_said_to_exist_and_no_more(tmp_path: Path) -> None:
    page = written(make.run(), tmp_path)[1].text
    assert "1 confidential finding(s) for these functions only:" in page
    for told in ("followed home", "support-disclosure", "A person tells of harm"):
        assert told not in page


def test_a_confidential_finding_is_shown_to_its_function_only(tmp_path: Path) -> None:
    protection = PLUGIN.configured(Options(function=Function.PROTECTION))
    assert "followed home" in written(make.run(), tmp_path, protection)[1].text
    legal = PLUGIN.configured(Options(function=Function.LEGAL))
    page = written(make.run(), tmp_path, legal)[1]
    assert "followed home" not in page.text
    assert page.marks == []  # the content hit is protection's to read
    assert "Tamzin Okval" in page.text


def test_a_support_rule_is_absent_from_the_table_whether_or_not_it_fired(tmp_path: Path) -> None:
    quiet = make.vetting(results=(make.result("content", outcomes=(make.outcome("support-disclosure"),)),))
    assert "support-disclosure" not in written(make.run(quiet), tmp_path)[1].text


def test_the_trace_of_another_rule_does_not_tell_a_disclosure(tmp_path: Path) -> None:
    told = make.leaf(field="p.kind", op="eq", expected="slur", actual="distress", fact="match[0]")
    found = make.leaf(field="f.status", op="eq", expected="hit", actual="support", fact="content-2")
    counted = make.leaf(field="finding", op="count ge", expected="3", actual="1")
    outcomes = (make.outcome("threats", deciding=told), make.outcome("dehumanising-speech", deciding=counted))
    escalated = make.escalated()
    results = tuple(
        result.model_copy(update={"outcomes": outcomes}) if result.check == "content" else result
        for result in escalated.results
    )
    decided = escalated.decision.model_copy(
        update={"outcomes": (make.outcome("listing-and-hate", check="decision", deciding=found),)}
    )
    person = escalated.model_copy(update={"results": results, "decision": decided})
    page = written(make.run(person), tmp_path)[1].text
    assert "Nothing fits; the rule asks for p.kind: exactly slur" in page
    for told_by in ("distress", "support", "match[0]", "was 1"):
        assert told_by not in page
    protection = PLUGIN.configured(Options(function=Function.PROTECTION))
    assert "p.kind of match[0] was distress" in written(make.run(person), tmp_path, protection)[1].text


ASKS_FOR_SUPPORT = make.rule(
    "support-to-protection",
    check="decision",
    title="The person may need support",
    when=Some(over="finding", alias="f", where=Compare(field="f.status", op=Operator.EQ, value="support")),
)


@pytest.mark.parametrize("fired", [True, False])
def test_a_decision_rule_that_asks_for_disclosures_is_told_to_its_functions_only(tmp_path: Path, fired: bool) -> None:
    status = RuleStatus.FIRED if fired else RuleStatus.NOT_FIRED
    outcomes = (make.outcome("support-to-protection", status, check="decision", times=int(fired)),)
    decided = make.decision(reasons=(Reason(level=Level.NOTHING_FOUND, rule="support-to-protection"),) * fired)
    person = make.vetting(decided=decided.model_copy(update={"outcomes": outcomes}))
    run = make.run(person, ruleset=make.ruleset(*make.default_rules(), ASKS_FOR_SUPPORT))
    lines = json_lines.PLUGIN.write(run, tmp_path)[0].read_text(encoding="utf-8")
    assert "support-to-protection" not in lines
    assert "may need support" not in written(run, tmp_path)[1].text
    protection = PLUGIN.configured(Options(function=Function.PROTECTION))
    assert "may need support" in written(run, tmp_path, protection)[1].text


def test_agd_answers_show_as_groups_and_small_groups_not_at_all(tmp_path: Path) -> None:
    summary = written(make.run(), tmp_path)[0].text
    row = summary[summary.index("disability") :].split("older people")[0]
    assert "Not shown" in row
    assert not re.search(r"\d", row.split("Audience")[0])


def test_a_dry_run_says_so_on_every_page(tmp_path: Path) -> None:
    for page in written(make.run(dry_run=True), tmp_path):
        assert "DRY RUN." in page.text
    for page in written(make.run(make.vetting(decided=make.decision(dry_run=True))), tmp_path):
        assert "DRY RUN." in page.text


def test_engines_that_did_not_agree_hold_the_candidate(tmp_path: Path) -> None:
    engines = (
        EngineRun(engine="reference", ran=True, agreed=False),
        EngineRun(engine="durable", ran=True, agreed=False),
    )
    held = make.vetting(decided=make.decision(Disposition.INCOMPLETE, held=True), engines=engines)
    summary, page = written(make.run(held), tmp_path)
    assert "The two engines disagreed on 1 candidate(s)" in summary.text
    assert "HELD." in page.text


def test_a_stale_list_is_called_so_beside_its_name(tmp_path: Path) -> None:
    gap = make.gap("watchlist.list_stale", params={"list": "un-consolidated", "days": 41, "most": 30})
    stale = make.vetting(decided=make.decision(Disposition.INCOMPLETE, gaps=(gap,)))
    summary = written(make.run(stale), tmp_path)[0].text
    assert "The list un-consolidated is 41 days old; 30 are allowed." in summary.split("Watchlists used")[1]


def test_an_unread_list_means_nobody_was_screened(tmp_path: Path) -> None:
    assert "nobody was screened" in written(make.run(watchlists=()), tmp_path)[0].text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text_in_every_field(tmp_path: Path, hostile: str) -> None:
    name = hostile[:300]
    post = f"before {hostile} after"
    person = make.candidate(hostile, names=(PersonName(text=name),), languages=(hostile,), dropped_fields=(hostile,))
    hit = make.finding(
        rule=hostile,
        params={"name": hostile},
        category=hostile,
        evidence=(
            make.span(post, hostile, source_id=hostile, where=hostile, term=hostile, term_kind=hostile, view=hostile),
            make.name_pair(name, name, entry_id=hostile, list_id=hostile, entry_name_kind=hostile),
            make.relation_path(name),
            make.figure(hostile, hostile, hostile),
        ),
    )
    gap = make.gap(hostile, params={"value": hostile})
    result = make.result("content", hit, outcomes=(make.outcome(deciding=make.leaf(actual=hostile, field=hostile)),))
    decided = make.decision(
        Disposition.ESCALATE, gaps=(gap,), reasons=(Reason(level=Level.ESCALATE, finding=hit.id, facts=(hostile,)),)
    )
    run = make.run(
        make.vetting(person, (result,), decided),
        faults=(Fault(hostile, Location(hostile, 1), {"value": hostile}),),
        checkpoint=hostile,
        journal=hostile,
    )
    clean = [sorted(set(page.tags)) for page in written(make.run(), tmp_path)]
    for page, tags in zip(written(run, tmp_path), clean, strict=True):
        assert set(page.tags) <= set(tags) | TAGS
        assert "script" not in page.tags
        assert "img" not in page.tags
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u0000\u001b]", page.source)
        assert "49{%" not in page.text
    if hostile.isprintable():
        assert page.marks == [hostile]


def test_pages_hold_at_most_their_number_and_link_to_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "PAGE_CANDIDATES", 2)
    run = make.run(*(make.vetting(make.candidate(f"c-{number:03}")) for number in range(5)))
    files = PLUGIN.write(run, tmp_path)
    assert [path.name for path in files[1:]] == ["candidates-001.html", "candidates-002.html", "candidates-003.html"]
    links = [{value for _, name, value in Page.read(path).attributes if name == "href"} for path in files]
    assert {"candidates-001.html", "candidates-002.html", "candidates-003.html"} <= links[0]
    assert {"report.html", "candidates-001.html", "candidates-003.html"} <= links[2]
    assert "candidates-004.html" not in links[3]


def test_pages_stay_below_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_PAGE_BYTES", 60_000)
    run = make.run(*(make.escalated() for _ in range(8)))
    files = PLUGIN.write(run, tmp_path)
    assert len(files) > 2
    assert max(path.stat().st_size for path in files[1:]) <= 60_000


def test_every_link_to_a_section_finds_it(tmp_path: Path) -> None:
    files = PLUGIN.write(make.run(), tmp_path)
    anchors = {
        f"{path.name}#{value}"
        for path in files
        for tag, name, value in Page.read(path).attributes
        if (tag, name) == ("details", "id")
    }
    targets = {value for _, name, value in Page.read(files[0]).attributes if name == "href" and "#c" in (value or "")}
    assert targets
    assert targets <= anchors


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in PLUGIN.write(make.run(), tmp_path)]
    assert first == [path.read_bytes() for path in PLUGIN.write(make.run(), tmp_path)]


def test_an_empty_run_is_a_page_that_says_so(tmp_path: Path) -> None:
    nobody = Run(engine_version="0.1.0", ruleset=make.ruleset(), as_of=make.AS_OF, vettings=())
    (summary,) = written(nobody, tmp_path)
    assert "0 candidates vetted" in summary.text


def test_rules_and_obligations_are_read_in_the_language_of_the_report(tmp_path: Path) -> None:
    run = make.run()
    rule = next(rule for rule in run.ruleset.rules if rule.check == "content")
    texts = RuleTexts(title="Discours déshumanisant", prompts=("De qui sont ces mots ?",))
    rules = tuple(
        one.model_copy(update={"translations": {"fr": texts}}) if one is rule else one for one in run.ruleset.rules
    )
    duties = {
        name: one.model_copy(update={"translations": {"fr": ObligationTexts(title="Signer le code")}})
        for name, one in run.ruleset.obligations.items()
    }
    ruleset = run.ruleset.model_copy(update={"rules": rules, "obligations": duties})
    french = PLUGIN.configured(Options(language="fr"))
    pages = "".join(page.source for page in written(replace(run, ruleset=ruleset), tmp_path, french))
    assert "Discours déshumanisant" in pages
    assert "De qui sont ces mots ?" in pages
    assert "Signer le code" in pages
    assert rule.title not in pages
