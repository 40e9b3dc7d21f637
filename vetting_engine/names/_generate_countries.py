"""Writes ``data/countries.json``: country names in four languages and their variants, to ISO 3166-1 alpha-2.

Names come from the Unicode CLDR by way of Babel (BSD, needed only here) and alpha-3 codes from CLDR's code
mappings; variants, demonyms and the styles of UN and OFAC lists are written by hand in
``data/country_variants.json``. Run it as ``python -m vetting_engine.names._generate_countries``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel import Locale  # type: ignore[import-untyped,import-not-found,unused-ignore]
from babel.core import get_global  # type: ignore[import-untyped,import-not-found,unused-ignore]

from vetting_engine.names.countries import key_of

_DATA = Path(__file__).parent / "data"
_LANGUAGES = ("en", "fr", "es", "ar")
#: Codes of CLDR that are no countries, or that ISO reserves.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


def main() -> int:
    """Gather names, refuse one that means two countries, write the table."""
    found: dict[str, str] = {}
    variants = json.loads((_DATA / "country_variants.json").read_text(encoding="utf-8"))
    for code, names in sorted(variants.items()):  # by hand first: they settle what CLDR leaves open (Congo, Korea)
        for name in names:
            _add(found, key_of(name), code, by_hand=True)
    aliases = get_global("territory_aliases")  # codes that were retired: Burma's BU, East Germany's DD
    for language in _LANGUAGES:
        for code, name in sorted(Locale(language).territories.items()):
            if len(code) == len("XX") and code.isalpha() and code not in _NOT_COUNTRIES | aliases.keys():
                _add(found, key_of(name), code, by_hand=False)
    for alpha3, code in sorted(_alpha3().items()):
        if code in found.values():
            _add(found, alpha3.lower(), code, by_hand=False)
    codes = sorted(set(found.values()))
    table = {"codes": codes, "names": dict(sorted(found.items()))}
    (_DATA / "countries.json").write_text(json.dumps(table, ensure_ascii=True, indent=0) + "\n", encoding="ascii")
    sys.stdout.write(f"countries.json: {len(codes)} countries, {len(found)} names\n")
    return 0


def _add(found: dict[str, str], key: str, code: str, *, by_hand: bool) -> None:
    if by_hand and found.get(key, code) != code:
        raise ValueError(f"{key!r} stands for {found[key]} and {code}")
    found.setdefault(key, code)


def _alpha3() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    return {
        alias: codes[0]
        for alias, codes in aliases.items()
        if len(alias) == len("XXX") and alias.isalpha() and len(codes) == 1
    }


if __name__ == "__main__":
    sys.exit(main())
