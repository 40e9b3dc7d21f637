"""Nowruz after K. M. Borkowski, The Persian Calendar for 3000 Years (1996): slow, from his table of breaks."""

from __future__ import annotations

from datetime import date

_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060)


def nowruz(year: int) -> date:
    """The Gregorian day of 1 Farvardin of a Solar Hijri year before 1635."""
    gregorian_year = year + 621
    leaps = -14
    begin = _BREAKS[0]
    for end in _BREAKS[1:]:
        jump = end - begin
        if year < end:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        begin = end
    since = year - begin
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:
        leaps += 1
    gregorian_leaps = gregorian_year // 4 - (gregorian_year // 100 + 1) * 3 // 4 - 150
    return date(gregorian_year, 3, 20 + leaps - gregorian_leaps)
