"""Judgements by people: gaps closed by two who read what the rules cannot."""

from vetting_engine.review._close import Closed, Closing, close_gaps, paired
from vetting_engine.review._open import OpenGap, OpenGaps, open_gaps, sample_of
from vetting_engine.review._readers import Reader, read_readers
from vetting_engine.review._sheet import FilledSheet, read_sheet, sheet_text
from vetting_engine.review._signed import SignedReading, open_reading, sign_reading

__all__ = [
    "Closed",
    "Closing",
    "FilledSheet",
    "OpenGap",
    "OpenGaps",
    "Reader",
    "SignedReading",
    "close_gaps",
    "open_gaps",
    "open_reading",
    "paired",
    "read_readers",
    "read_sheet",
    "sample_of",
    "sheet_text",
    "sign_reading",
]
