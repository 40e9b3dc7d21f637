"""Who issues each list, and on what basis, as it stands before an office has said anything.

Only the United Nations' list is binding on its own; every other list is off until an office approves it. A list
this table does not know (an office's own, or one read by an installed source) declares its issuer itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from vetting_engine.model.watchlist import Authority, Effect

__all__ = [
    "CANADA",
    "EUROPEAN_UNION",
    "ISSUED_IDS",
    "OFAC",
    "OPEN_SANCTIONS",
    "UNDECLARED",
    "UNITED_KINGDOM",
    "UNITED_NATIONS",
    "URLS",
]

_OFF = "without effect until an office approves the list"

UNITED_NATIONS: Final = Authority(
    issuer="United Nations Security Council",
    legal_basis="Charter of the United Nations, Article 41, and the resolutions of each sanctions regime",
    approving_office="United Nations",
    effect=Effect.BINDING,
)
OFAC: Final = Authority(
    issuer="United States Department of the Treasury, Office of Foreign Assets Control",
    issuer_country="US",
    legal_basis=f"United States statutes and executive orders; {_OFF}",
)
EUROPEAN_UNION: Final = Authority(
    issuer="European Union, European Commission",
    legal_basis=f"Treaty on the Functioning of the European Union, Article 215, and its regulations; {_OFF}",
)
UNITED_KINGDOM: Final = Authority(
    issuer="United Kingdom, HM Treasury and Foreign, Commonwealth and Development Office",
    issuer_country="GB",
    legal_basis=f"Sanctions and Anti-Money Laundering Act 2018 and its regulations; {_OFF}",
)
CANADA: Final = Authority(
    issuer="Global Affairs Canada",
    issuer_country="CA",
    legal_basis=f"Special Economic Measures Act and Justice for Victims of Corrupt Foreign Officials Act; {_OFF}",
)
#: An aggregator issues no list: what its datasets are must be said by the office that names them.
OPEN_SANCTIONS: Final = Authority(
    issuer="OpenSanctions, aggregator of the named datasets",
    legal_basis=f"none of its own; {_OFF}",
)
UNDECLARED: Final = Authority(issuer="not declared", legal_basis=f"not declared; {_OFF}")

#: Ids of lists with an issuer; a table cannot take one by the name of its file.
ISSUED_IDS: Final = frozenset(
    {
        "un-consolidated", "ofac-sdn", "ofac-consolidated", "eu-fsf", "uk-ofsi", "uk-sanctions-list", "canada-sema",
        "opensanctions",
    }
)  # fmt: skip

#: Where issuers publish their lists; an office may name another address.
URLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "un-consolidated": "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        "ofac-sdn": "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML",
        "ofac-consolidated": "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONSOLIDATED.XML",
        "uk-sanctions-list": "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",
        "canada-sema": "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
    }
)
