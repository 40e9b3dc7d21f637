"""An invented list in the true shape of the UN's XML, one person per quirk of the real one."""

from collections.abc import Iterable
from typing import Any

PERSON = """
<INDIVIDUAL>
  <DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>VELMAR, ODO</FIRST_NAME><SECOND_NAME> TAMSIN </SECOND_NAME><THIRD_NAME>na</THIRD_NAME>
  <FOURTH_NAME>OKVALE</FOURTH_NAME>
  <UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER>
  <LISTED_ON>2014-01-01-05:00</LISTED_ON><GENDER>Male</GENDER>
  <NAME_ORIGINAL_SCRIPT>أودو
       تامسين</NAME_ORIGINAL_SCRIPT>
  <COMMENTS1>Father’s name is Halvard Okvale. Deceased.</COMMENTS1>
  <TITLE><VALUE>Dr.</VALUE></TITLE>
  <DESIGNATION><VALUE>Keeper of seals</VALUE><VALUE>Clerk</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Ruritania</VALUE></NATIONALITY>
  <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
  <LAST_DAY_UPDATED><VALUE>2016-10-13</VALUE></LAST_DAY_UPDATED>
  {aliases}
  <INDIVIDUAL_ADDRESS><COUNTRY>Syldavia</COUNTRY><NOTE>as of early 2016</NOTE></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
  {births}
  <INDIVIDUAL_PLACE_OF_BIRTH>
    <STREET>Mill Lane</STREET><CITY>Klow</CITY><STATE_PROVINCE>Upper Province</STATE_PROVINCE>
    <COUNTRY>Syldavia</COUNTRY><NOTE>(now Lower Province)</NOTE>
  </INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT>
    <TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER> P 123 </NUMBER>
    <ISSUING_COUNTRY>Syldavia</ISSUING_COUNTRY><NOTE>expired</NOTE>
  </INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT>
    <TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NOTE>told by a neighbour</NOTE>
  </INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT/>
  <SORT_KEY/><SORT_KEY_LAST_MOD/>
</INDIVIDUAL>
"""
BODY = """
<ENTITY>
  <DATAID>2</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{name}</FIRST_NAME>
  <UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER>
  <LISTED_ON>2014-01-01</LISTED_ON><COMMENTS1/>
  {aliases}
  <ENTITY_ADDRESS><CITY>Klow</CITY><COUNTRY>Syldavia</COUNTRY></ENTITY_ADDRESS>
  <SORT_KEY/><SORT_KEY_LAST_MOD/>
</ENTITY>
"""


def alias(name: str, quality: str = "Good", **more: str) -> str:
    """An alias of a person; ``more`` are further elements."""
    extra = "".join(f"<{tag}>{text}</{tag}>" for tag, text in more.items())
    return f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>{extra}</INDIVIDUAL_ALIAS>"


def birth(kind: str = "EXACT", **parts: str) -> str:
    """A birth date by its parts."""
    inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts.items())
    return f"<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>{kind}</TYPE_OF_DATE>{inner}</INDIVIDUAL_DATE_OF_BIRTH>"


def person(*aliases: Any, births: Iterable[str] = (), reference: str = "XXi.001") -> str:
    """One individual."""
    text = PERSON.format(aliases="".join(aliases), births="".join(births))
    return text.replace("XXi.001", reference)


def body(name: str, *aliases: Any) -> str:
    """One entity."""
    inner = "".join(
        f"<ENTITY_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{text}</ALIAS_NAME></ENTITY_ALIAS>"
        for text, quality in aliases
    )
    return BODY.format(name=name, aliases=inner)


def document(*people: str, bodies: Iterable[str] = ()) -> str:
    """The whole list."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">\n'
        f"<INDIVIDUALS>{''.join(people)}</INDIVIDUALS>\n<ENTITIES>{''.join(bodies)}</ENTITIES>\n</CONSOLIDATED_LIST>\n"
    )
