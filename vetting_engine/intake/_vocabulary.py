"""How headers and values are written, as data: what an officer calls a column, what an export calls a photo."""

from __future__ import annotations

from types import MappingProxyType

from vetting_engine.model.candidate import MediaKind

__all__ = [
    "ATTESTATION_COLUMNS",
    "CANDIDATE_COLUMNS",
    "CANDIDATE_ID",
    "LIST_SEPARATORS",
    "MEDIA",
    "NUMBERED",
    "POST_COLUMNS",
    "RELATION_COLUMNS",
]

#: Our name of a column → the headers it goes by, best first. Compared in small letters, spaces and hyphens as "_".
CANDIDATE_COLUMNS = MappingProxyType(
    {
        "id": ("id", "candidate_id", "_uuid", "_id"),
        "name": ("name", "full_name", "nom", "nom_complet", "nombre", "nombre_completo", "الاسم", "الاسم_الكامل"),
        "other_names": ("other_names", "aliases", "also_known_as", "autres_noms", "otros_nombres"),
        "nicknames": ("nicknames", "nickname", "surnom", "apodo"),
        "birth_date": ("birth_date", "date_of_birth", "dob", "birthdate", "date_de_naissance", "fecha_de_nacimiento"),
        "birth_calendar": ("birth_calendar", "calendar"),
        "birthplace": ("birthplace", "place_of_birth", "pob", "lieu_de_naissance", "lugar_de_nacimiento"),
        "gender": ("gender", "sex", "sexe", "genre", "sexo"),
        "nationality": ("nationality", "nationalities", "nationalité", "nacionalidad"),
        "country_of_origin": ("country_of_origin", "origin", "pays_d'origine", "país_de_origen"),
        "residence": ("residence", "country_of_residence", "country_of_asylum", "location"),
        "document_kind": ("document_kind", "document_type"),
        "document_number": ("document_number", "registration_number"),
        "document_country": ("document_country",),
        "languages": ("languages", "language", "langues", "idiomas"),
        "platform": ("platform", "plateforme", "plataforma"),
        "handle": ("handle", "username", "account", "compte", "usuario"),
        "followers": ("followers", "follower_count", "abonnés", "seguidores"),
        "bio": ("bio", "biography", "profile_text"),
        "audience_groups": ("audience_groups", "audience"),
        "consent_ref": ("consent_ref", "consent", "consent_reference"),
        "relations_declared": ("relations_declared", "interests_declared"),
    }
)
#: Columns that may come several times: ``name_2``, ``handle_3``.
NUMBERED = frozenset({"name", "platform", "handle", "followers", "bio"})
#: What parts several values in one cell.
LIST_SEPARATORS = MappingProxyType(
    {"other_names": ";", "nicknames": ";", "nationality": "|", "languages": "|", "audience_groups": "|"}
)

CANDIDATE_ID = ("candidate_id", "candidate", "subject_id", "person_id")
POST_COLUMNS = MappingProxyType(
    {
        "candidate_id": CANDIDATE_ID,
        "id": ("id", "post_id", "message_id", "status_id"),
        "text": ("text", "content", "message", "body", "caption", "tweet"),
        "time": ("time", "created_at", "date", "timestamp", "published_at", "posted_at"),
        "platform": ("platform",),
        "handle": ("handle", "username", "author"),
        "language": ("language", "lang"),
        "media": ("media", "media_type"),
        "media_count": ("media_count",),
        "kind": ("kind", "type"),
        "shared": ("shared", "is_repost", "is_retweet", "forwarded"),
        "own_words": ("own_words",),
        "links": ("links", "urls", "link_domains"),
    }
)
RELATION_COLUMNS = MappingProxyType(
    {
        "candidate_id": CANDIDATE_ID,
        "id": ("id", "relation_id"),
        "kind": ("kind", "relation", "type"),
        "to_name": ("to_name", "name", "related_to"),
        "to_id": ("to_id", "register_id"),
        "role": ("role", "position"),
        "start": ("start", "from", "start_date"),
        "end": ("end", "until", "end_date"),
        "source": ("source",),
        "declared_by": ("declared_by",),
        "confidence": ("confidence",),
    }
)
ATTESTATION_COLUMNS = MappingProxyType(
    {
        "candidate_id": CANDIDATE_ID,
        "kind": ("kind", "type"),
        "reference": ("reference", "ref"),
        "checked_by": ("checked_by",),
        "on": ("on", "date", "checked_on"),
        "expires": ("expires", "valid_until"),
    }
)

#: What exports call the media of a post.
MEDIA = MappingProxyType(
    {
        "": MediaKind.NONE,
        "none": MediaKind.NONE,
        "text": MediaKind.NONE,
        "image": MediaKind.IMAGE,
        "photo": MediaKind.IMAGE,
        "picture": MediaKind.IMAGE,
        "carousel": MediaKind.IMAGE,
        "audio": MediaKind.AUDIO,
        "voice": MediaKind.AUDIO,
        "video": MediaKind.VIDEO,
        "reel": MediaKind.VIDEO,
        "short": MediaKind.VIDEO,
        "story": MediaKind.VIDEO,
        "link": MediaKind.LINK,
        "unknown": MediaKind.UNKNOWN,
    }
)
