"""Whatever text people write, a page stays well formed and shows it as text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vetting_engine.model.candidate import PersonName
from vetting_engine.model.decision import Disposition
from vetting_engine.reports._evidence import evidence_view
from vetting_engine.reports._visible import visible
from vetting_engine.reports._words import Words
from vetting_engine.reports.html import PLUGIN

anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
tricky = st.lists(
    st.sampled_from(
        ["<", ">", "&", '"', "'", "</mark>", "<script>", "{{", "}}", "{%", "\u202e", "\u2067", "&lt;", "]]>", "x", " ",
         "م", "<!--", "-->", "\x00", "\r"]
    ),
    min_size=1,
    max_size=12,
).map("".join)  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def section(text: str, folder: Path) -> str:
    hit = make.finding(
        params={"x": text}, evidence=(make.span(f"a {text} b", text, source_id=text), make.name_pair(text, text))
    )
    gap = make.gap("any", params={"x": text})
    vetting = make.vetting(
        make.candidate(text, names=(PersonName(text=text),)),
        (make.result("content", hit),),
        make.decision(Disposition.NEEDS_REVIEW, gaps=(gap,)),
    )
    return PLUGIN.write(make.run(vetting), folder)[1].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, tuple[str, ...]]]:
    return Tags(section("plain", tmp_path_factory.mktemp("plain"))).found


@given(text=anything | tricky)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_adds_a_tag_or_an_attribute(
    text: str, tmp_path: Path, plain: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert Tags(section(text, tmp_path)).found == plain


@given(before=st.text(max_size=30), mark=anything, after=st.text(max_size=30), first=st.integers(0, 50))
def test_a_passage_is_its_context_and_the_mark_is_the_excerpt(before: str, mark: str, after: str, first: int) -> None:
    text = before + mark + after
    start = first + len(before)
    span = make.span(mark, mark, start=start, end=start + len(mark), context=text, context_start=first, source_id="p")
    (view,) = evidence_view((span,), Words("en"))["passages"]
    pieces = view["pieces"]
    assert isinstance(pieces, list)
    assert "".join(piece["text"] for piece in pieces) == text
    assert "".join(piece["text"] for piece in pieces if piece["marked"]) == mark


@given(text=st.text())
def test_nothing_is_dropped_and_nothing_hides(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert len(shown) >= len(text)
