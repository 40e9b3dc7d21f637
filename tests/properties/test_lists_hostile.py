"""Whatever bytes a list has become, it is refused with a fault or read; nothing else ever happens."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources.test_load import EVERY

from vetting_engine.errors import ListError
from vetting_engine.messages import describe
from vetting_engine.model.watchlist import Authority
from vetting_engine.sources import load_watchlist

_UNDER = Authority(issuer="A", legal_basis="B", datasets=("River Council",))
_PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"\x00", b"\x1a", b"\xff\xfe", b'"', b",", b";", b"\n", b"<", b">", b"/>", b"&a;", b"{", b"}", b"[", b"-0- ",
         b"99/99/9999", b"(1)(2)", "٣".encode(), "\u202e".encode(), b"0" * 5_000, b"NaN", b"null", b"1e999"]
    ),
)  # fmt: skip
_CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), _PIECES), min_size=1, max_size=4)


@pytest.mark.parametrize("name", EVERY)
@given(changes=_CHANGES)
@settings(max_examples=40)
def test_a_changed_list_is_refused_or_read(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "l"
        EVERY[name](file)
        data = bytearray(file.read_bytes())
        for share, cut, piece in changes:
            place = int(share * len(data))
            data[place : place + cut] = piece
        file.write_bytes(bytes(data))
        said: list[str] = []
        entries = 1
        try:
            entries = len(load_watchlist(file, _UNDER).entries)
        except ListError as error:
            said = [describe(fault) for fault in error.faults]
        assert all(said)
        assert entries > 0
