"""What terms, cues and figures can be: kinds, strengths and flags, and the sets of them that mean something."""

from __future__ import annotations

from enum import StrEnum

from vetting_engine.model.scales import Ordered

__all__ = ["NAMING", "OF_TEXTS", "OUTSPOKEN", "WITHHELD", "Flag", "Strength", "TermKind"]


class TermKind(StrEnum):
    """What a term is. Rules combine kinds; a group name alone never suffices for anything."""

    GROUP = "group"  # name of a protected group
    SLUR = "slur"
    CONTEMPT = "contempt"  # "I hate …": the object follows
    REPULSION = "repulsion"  # "… make me sick": the object comes first
    INSULT = "insult"
    DEHUMANISING = "dehumanising"
    WORTH = "worth"  # worth, equality, belonging: matters when denied
    EXCLUSION = "exclusion"
    REFUSAL = "refusal"  # "we do not rent to …": a no to somebody, which stands beside who it is
    OURS = "ours"  # "in our street": where somebody is not wanted
    THREAT = "threat"  # a verb of harm: needs intent
    INCITEMENT = "incitement"  # a whole phrase that calls for harm
    WEAPON = "weapon"
    VICTIM = "victim"  # who or what a threat points at where no group is named: them, their houses
    PROFANITY = "profanity"
    SCHEME = "scheme"  # what a fraud sells: registration, resettlement, a card
    ASSURANCE = "assurance"  # what makes an offer sound sure: guaranteed, somebody inside, no interview
    CREDENTIAL = "credential"  # what a thief asks for: a PIN, a card number
    MONEY = "money"
    CONTACT = "contact"
    RECRUITMENT = "recruitment"
    LURE = "lure"  # marks of a trafficker's offer: passport kept, tell nobody
    DESTINATION = "destination"
    SMUGGLING = "smuggling"
    DEPARTURE = "departure"  # seats left, the next group goes tonight
    SEXUAL = "sexual"
    ADVANCE = "advance"  # an invitation to be alone or close
    BENEFIT = "benefit"  # small goods and favours: soap, school fees, phone credit
    MINOR = "minor"
    EXPOSURE = "exposure"
    TARGET = "target"  # somebody hunted or outed: the informer, the runaway wife
    ADDRESS = "address"
    SPREAD = "spread"  # pass it on, find them
    ARMED_GROUP = "armed_group"
    PRAISE = "praise"
    IDEOLOGY = "ideology"  # words of violent extremists: apostates, race war
    RUMOUR = "rumour"  # a whole claim known to mislead
    SUBJECT = "subject"  # what a rumour is about
    CLAIM = "claim"  # what a rumour says of it
    ELECTION = "election"
    PARTY = "party"  # parties, candidates, offices
    PROMOTION = "promotion"
    PRODUCT = "product"
    DISTRESS = "distress"  # a whole disclosure
    HARM = "harm"  # what was done to somebody
    SELF = "self"  # the writer, their family
    HELP = "help"
    SIGN = "sign"  # an everyday word of a subject; says nothing alone, adds up with others by points
    AMOUNT = "amount"  # figures, found without terms: $150, 50k, 300 USD
    NUMBER = "number"
    PERCENT = "percent"
    GROWTH = "growth"  # a sum, and soon after it one many times as large
    PHONE = "phone"
    LINK = "link"
    HANDLE = "handle"
    INNOCENT = "innocent"  # a longer word or phrase that is none of the above


#: Kinds whose words hurt or name somebody by themselves, so that people hide them. All others are blocks: everyday
#: words that only say something together.
OUTSPOKEN = frozenset({
    TermKind.GROUP, TermKind.SLUR, TermKind.CONTEMPT, TermKind.REPULSION, TermKind.INSULT, TermKind.DEHUMANISING,
    TermKind.WORTH, TermKind.EXCLUSION, TermKind.THREAT, TermKind.INCITEMENT, TermKind.PROFANITY,
})  # fmt: skip
#: Kinds whose words name somebody: they give no text any points.
NAMING = frozenset({TermKind.GROUP, TermKind.SLUR})
#: Words that hurt or name somebody: no page for candidates or the community may show them. Everyday blocks ("the
#: office", "share it") are nothing to be kept from anybody.
WITHHELD = frozenset({
    TermKind.SLUR, TermKind.CONTEMPT, TermKind.REPULSION, TermKind.INSULT, TermKind.DEHUMANISING, TermKind.THREAT,
    TermKind.INCITEMENT, TermKind.PROFANITY, TermKind.SEXUAL, TermKind.ARMED_GROUP, TermKind.IDEOLOGY, TermKind.TARGET,
    TermKind.SIGN,
})  # fmt: skip


class Strength(Ordered):
    """How far a term speaks for itself."""

    WEAK = "weak"
    MEDIUM = "medium"
    STRONG = "strong"


class Flag(StrEnum):
    """What a cue, or what is known of a text, may say about a term. What it means is for a rule: a condition reads it,
    or it lowers a hit.
    """

    NEGATED = "negated"
    QUOTED = "quoted"
    REPORTED = "reported"
    CONDEMNED = "condemned"
    COUNTER_SPEECH = "counter_speech"
    HYPOTHETICAL = "hypothetical"
    QUESTION = "question"
    RECLAIMED = "reclaimed"
    LITERAL = "literal"
    INDIVIDUAL = "individual"
    OBJECT = "object"
    NONPROTECTED = "nonprotected"
    SHARED = "shared"
    OLD = "old"
    INTENDED = "intended"
    ASSERTED = "asserted"
    REFERS = "refers"
    GENERIC = "generic"
    DISCLOSED = "disclosed"
    UNSUPPORTED = "unsupported"
    NARRATED = "narrated"


#: Flags of whole texts: no cue raises them, and none is shown with them.
OF_TEXTS = frozenset({Flag.SHARED, Flag.OLD, Flag.UNSUPPORTED, Flag.NARRATED})
