"""Posts in a plain table or in JSON Lines, for platforms that have no reader: the columns of ``posts*`` files."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.sniff import decode
from vetting_engine.intake._posts import parse_posts
from vetting_engine.intake._vocabulary import POST_COLUMNS
from vetting_engine.model.candidate import Post
from vetting_engine.protocols import ExportedAccount, ExportFile, ExportRead

__all__ = ["PLUGIN", "PostTable"]

_KEYS: Final = frozenset({"id", "post_id"})
_WORDS: Final = re.compile(r"[^,;\t|\"]+")


class PostTable:
    """One post per row; whose it is says the folder it lies in, and the account says each row."""

    name: Final = "table"
    allowed: Final = ("*.jsonl", "*.ndjson", "posts*.csv", "captions*.csv")

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002  # judged by content
        """A header with a column of ids and one of texts, or objects with an id that no API made."""
        line = head.decode("utf-8-sig", "replace").lstrip().split("\n", 1)[0]
        if not line.startswith("{"):
            header = {word.strip().lower().replace(" ", "_") for word in _WORDS.findall(line)}
            return bool(header.intersection(POST_COLUMNS["id"]) and header.intersection(POST_COLUMNS["text"]))
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            # One that is torn, or longer than what is looked at, may still begin as ours do.
            return bool(re.match(r'\{\s*"(?:candidate_id|id|post_id|text)"\s*:', line)) and '"author_id"' not in line
        return isinstance(value, dict) and bool(_KEYS.intersection(value)) and "author_id" not in value

    def read(self, files: Sequence[ExportFile], zone: str | None = None) -> ExportRead:
        """The posts in all files, by platform and handle."""
        posts: list[Post] = []
        faults: list[Fault] = []
        unread = 0
        for file in files:
            try:
                decoded = decode(file.load(), file.file)
                rows = parse_posts(decoded.text, file.file, zone, owned=False)
            except InputError as error:
                faults += error.faults
                unread += 1
                continue
            faults += decoded.warnings
            # A row that names its candidate may not mean the one whose folder this is.
            named = [row for row in rows if row.candidate_id]
            if named:
                faults.append(Fault("export.names_candidate", Location(file.file, named[0].line)))
            own = [row for row in rows if not row.candidate_id]
            faults += [fault for row in own for fault in row.faults]
            unread += len(named) + sum(row.is_lost for row in own)
            posts += [row.value for row in own if isinstance(row.value, Post)]
        return ExportRead((ExportedAccount("", posts=tuple(posts)),), tuple(faults), unread)


PLUGIN: Final = PostTable()
