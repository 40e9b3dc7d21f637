"""The words of dates in English, French and Spanish, as data. Texts reach these tables in lower case."""

from __future__ import annotations

import re
from types import MappingProxyType

from vetting_engine.model.dates import Calendar

__all__ = ["AGE", "ALTERNATIVES", "APPROXIMATE", "BETWEEN", "DIGITS", "ERAS", "LETTERS", "MONTHS", "TO", "VAGUE"]

LETTERS = "a-zàáâäçèéêëíîïñóôöùúûü"

_MONTH_NAMES = (
    "january jan janvier janv enero ene",
    "february feb février fevrier févr fevr fév fev febrero",
    "march mar mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juin junio",
    "july jul juillet juil julio",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre setiembre",
    "october oct octobre octubre",
    "november nov novembre noviembre",
    "december dec décembre decembre déc diciembre dic",
)
MONTHS = MappingProxyType({name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()})

#: Digits of the scripts our people write in: Arabic-Indic, Persian, Devanagari, Bengali, Burmese.
DIGITS = {zero + value: str(value) for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x1040) for value in range(10)}

#: "about 1966", "1966 (approximately)", "1966?".
APPROXIMATE = re.compile(
    r"^(?:(?:circa|ca?\.|ca|c|about|around|approximately|approx\.?|estimated|vers|environ|hacia|aproximadamente|~)"
    r" ?(?P<before>.+)|(?P<after>.+?) ?(?:\(?(?:approximately|approx\.?|circa|estimated)\)?|\(?\?\)?))$"
)
#: "early 1962", "late 1970s": somewhere in it.
VAGUE = re.compile(r"^(?:early|mid|middle of|late|beginning of|end of|début|fin)[ -](.+)$")
BETWEEN = re.compile(r"^(?:between|from|entre|desde) (?P<first>.+?) (?:and|to|et|y|hasta) (?P<last>.+)$")
TO = re.compile(
    r"^(?P<first>.+?) (?:to|until|till|through|à|hasta) (?P<last>.+)$"
    r"|^(?P<first_year>[0-9]{4}) ?- ?(?P<last_year>[0-9]{4})$"
)
#: What parts alternatives: "1961 or 1962", "1961/1962", "a) 1961 b) 1962".
ALTERNATIVES = re.compile(r" or | ou | o |;|(?<=[0-9]{4}) ?/ ?(?=[0-9]{4})|(?:^| )[a-h]\) ")
#: "30-35 years old", "aged 30".
AGE = re.compile(
    r"^(?:(?P<aged>aged?|age:|âgé de|edad) ?)?(?P<low>[0-9]{1,3})(?: ?(?:-|to|or|à) ?(?P<high>[0-9]{1,3}))?"
    r"(?P<years> ?(?:years?|yrs?|ans|años)(?: old| of age)?)?$"
)
#: A calendar named behind the date.
ERAS = (
    (
        re.compile(r" ?\(?(?:solar hijri|hijri shamsi|shamsi|jalali|h\.s\.|a\.?p\.?|sh)(?: calendar)?\)?$"),
        Calendar.SOLAR_HIJRI,
    ),
    (re.compile(r" ?\(?(?:lunar hijri|hijri qamari|hijri|islamic|a\.?h\.?)(?: calendar)?\)?$"), Calendar.ISLAMIC),
    (re.compile(r" ?\(?(?:ethiopian|ethiopic|e\.?c\.?)(?: calendar)?\)?$"), Calendar.ETHIOPIAN),
    (re.compile(r" ?\(?(?:gregorian|g\.?c\.?|a\.?d\.?|c\.?e\.?)(?: calendar)?\)?$"), Calendar.GREGORIAN),
)
