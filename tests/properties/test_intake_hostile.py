"""Whatever is in a file, intake answers candidates and faults or refuses the file; nothing else ever escapes."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vetting_engine.errors import ListError, VettingError
from vetting_engine.intake import read_batch
from vetting_engine.sources import load_watchlist

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["id", "names", "birth_date", "gender", "accounts", "posts", "relations", "attestations", "languages", "x"]
)
HOSTILE = st.sampled_from(["\x00", "\ufeff", "\u202e", "\ud83d\ude00", '"', ",", ";", "\r", "\n", "=1+1", "<script>"])
CELLS = st.text(max_size=6) | HOSTILE


def read(name: str, data: bytes, load: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        return load(file)


@settings(deadline=None, max_examples=60)
@given(objects=st.lists(st.dictionaries(FIELDS, JSON_VALUES, max_size=5), max_size=4))
def test_any_json_lines(objects: list[dict[str, Any]]) -> None:
    data = "\n".join(json.dumps(item) for item in objects) + "\n"
    try:
        batch = read("c.jsonl", data.encode(), read_batch)
    except VettingError as error:
        assert error.faults  # noqa: PT017  # either answer is right
        return
    assert batch.rows == len(objects)
    refused = {fault.at.line for fault in batch.faults if fault.severity == "error"}
    assert batch.rows - len(batch.candidates) <= len(refused) or not objects


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=4),
    delimiter=st.sampled_from(",;\t|"),
)
def test_any_cells_in_a_table(rows: list[list[str]], delimiter: str) -> None:
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    text = "\n".join([delimiter.join(["id", "name", "birth_date", "followers"]), *quoted]) + "\n"
    try:
        batch = read("c.csv", text.encode("utf-8", "surrogatepass"), read_batch)
    except VettingError as error:
        assert error.faults  # noqa: PT017  # either answer is right
        return
    refused = {fault.at.line for fault in batch.faults if fault.severity == "error"}
    assert batch.rows - len(batch.candidates) <= len(refused)


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    for load in (read_batch, load_watchlist):
        try:
            read("file", data, load)
        except VettingError as error:
            assert error.faults  # noqa: PT017  # either answer is right


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_list_with_one_changed_byte_is_read_or_refused(data: st.DataObject) -> None:
    start = "<CONSOLIDATED_LIST dateGenerated='2026-01-01'><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>ODO</FIRST_NAME>"
    rest = "<REFERENCE_NUMBER>X.1</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
    whole = bytearray((start + rest).encode())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] = data.draw(st.integers(0, 255))
    try:
        snapshot = read("l.xml", bytes(whole), load_watchlist)
    except ListError as error:
        assert error.faults  # noqa: PT017  # either answer is right
    else:
        assert snapshot.report.entries == 1
