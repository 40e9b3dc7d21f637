"""Size caps. Everything from outside is hostile until it fits these; each cap names its reason."""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_ALIASES",
    "MAX_BATCH_CANDIDATES",
    "MAX_CONDITION_DEPTH",
    "MAX_FIELD_CHARS",
    "MAX_FILE_BYTES",
    "MAX_NAMES",
    "MAX_NAME_CHARS",
    "MAX_POSTS",
    "MAX_POST_CHARS",
    "MAX_RELATIONS",
    "MAX_RULES",
    "MAX_TABLE_COLUMNS",
    "MAX_YAML_BYTES",
    "MAX_YAML_DEPTH",
]

#: The longest real post format (a Facebook post) holds 63,206 characters; longer texts are not posts.
MAX_POST_CHARS: Final = 100_000
#: A nano posts a few times a day; ten years of twenty posts a day.
MAX_POSTS: Final = 75_000
#: The longest name of the UN list has 113 characters.
MAX_NAME_CHARS: Final = 300
MAX_NAMES: Final = 50
MAX_RELATIONS: Final = 500
#: A cell of a form: longer text belongs into posts.
MAX_FIELD_CHARS: Final = 20_000
MAX_TABLE_COLUMNS: Final = 5_000
MAX_BATCH_CANDIDATES: Final = 200_000
#: The largest list file in use (OFAC SDN_ADVANCED) is about 120 MB.
MAX_FILE_BYTES: Final = 512 * 1024 * 1024
MAX_YAML_BYTES: Final = 8 * 1024 * 1024
MAX_YAML_DEPTH: Final = 40
#: YAML anchors let ten lines become a billion nodes; packs need none.
MAX_ALIASES: Final = 0
MAX_RULES: Final = 2_000
MAX_CONDITION_DEPTH: Final = 12
