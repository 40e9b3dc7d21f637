"""The weights of a comparison: few, whole numbers, and every one says what it stands for.

All are centibits (hundredths of a bit of log-likelihood, Fellegi and Sunter 1969) or percent. They were chosen
on the development data by coordinate search, cross-validated in folds grouped by target name; see
``docs/explanation/name-matching.md``.
"""

from __future__ import annotations

from typing import Final

#: Percent of a part's rarity that agreement in this way is worth.
SAME_CLASS: Final = 92
NICKNAME: Final = 80
SIMPLE_EQUAL: Final = 96
SAME_FATHERED: Final = 60  # Abd al-X or Abu X beside X
SKELETON_ACROSS: Final = (0, 25, 70, 90, 95)  # by consonants: one script writes no vowels
SKELETON_WITHIN: Final = (0, 0, 40, 65, 75)
SKELETON_NEAR: Final = 55
INITIAL: Final = 100  # of the rarity below
#: Centibits an initial can be worth at most.
INITIAL_WORTH: Final = 200
TRUNCATED: Final = (0, 0, 0, 50, 65, 80)
JOINED: Final = 95
#: At most this, where both are common in the world and yet unequal, or one is the other with an ending -i.
BOTH_COMMON: Final = 62
NISBAH: Final = 55
#: A part rarer than this (centibits) is not common.
COMMON_BELOW: Final = 1_050
#: One slip in typing, in a word of five letters or more.
SLIP: Final = 72
#: Edit similarity in percent → percent of the rarity; between the points by straight line.
EDIT: Final = ((67, 0), (75, 38), (80, 60), (83, 72), (90, 86), (100, 96))

#: Percent the first, second, third … best part counts: a chain of fathers is shared by brothers.
DIMINISHING: Final = (100, 100, 50, 40, 30)
#: A part on each side that no part of the other name answers: base, and percent of the lesser rarity.
CONTRADICTION_BASE: Final = 600
CONTRADICTION_SHARE: Final = 240
#: A part only one side has: percent of its rarity.
OMISSION_SHARE: Final = 24
#: Every part of both names found its like; less by the square of the least likeness.
COMPLETE: Final = 400
#: A name of two short parts (Su Oo) says little by rarity; where all of it agrees a person looks all the same: what is
#: complete is worth so much that the whole comes to this.
WHOLE_NAME: Final = 1_650
#: The same where both names are one part: it is all there is, so a person looks; it never reaches a panel.
SINGLE_COMPLETE: Final = 900
#: The same for bodies: names of companies are registered so that no two are alike.
BODY_COMPLETE: Final = 1_600
ACRONYM: Final = 100
#: A title on both sides; different titles say nothing.
TITLE: Final = 60
#: A weak alias: lists mark nicknames and names of low quality so.
WEAK_ALIAS: Final = -250
#: Basis points per centibit: 25 bits are 10,000.
POINTS: Final = 4
