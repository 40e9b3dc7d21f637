"""Which names a rule may read where it reads them: a vocabulary, and the aliases of the quantifiers around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vetting_engine.model.decision_facts import FACT_PREFIX
from vetting_engine.model.facts import FieldSpec, ListSpec, Vocabulary
from vetting_engine.rulebook._near import nearest
from vetting_engine.rulebook._refusal import MisfitError
from vetting_engine.rulebook.protected import protected_word

__all__ = ["Scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """A vocabulary and the aliases in sight: alias → name of its list."""

    vocabulary: Vocabulary
    aliases: Mapping[str, str] = field(default_factory=dict)

    def inside(self, alias: str, over: str) -> Scope:
        """The scope within a quantifier."""
        return Scope(self.vocabulary, {**self.aliases, alias: over})

    def field(self, path: str) -> FieldSpec:
        """The declaration of a field. Raises MisfitError where there is none, or a rule may not read it."""
        alias, _, rest = path.partition(".")
        over = self.aliases.get(alias)
        if over is not None:
            return self.member_field(over, rest)
        spec: FieldSpec | None = self.vocabulary.fields.get(path)
        self._refuse_protected(path, spec)
        if spec is not None:
            return spec
        if path.startswith(FACT_PREFIX):
            raise MisfitError("when.fact_not_derived", field=path, near=nearest(path, self._readable()))
        if any(rest in self._list(name).fields for name in self.vocabulary.lists):
            raise MisfitError("when.undefined_alias", alias=alias, field=path)
        raise MisfitError("when.unknown_field", field=path, near=nearest(path, self._readable()))

    def member_field(self, over: str, name: str) -> FieldSpec:
        """The declaration of a field of a list's members, by its bare name. Raises MisfitError."""
        fields = self._list(over).fields
        spec: FieldSpec | None = fields.get(name)
        self._refuse_protected(f"{over}.{name}", spec)
        if spec is None:
            raise MisfitError("when.unknown_field", field=name, near=nearest(name, fields))
        return spec

    def allow_quantifier(self, over: str, alias: str) -> None:
        """Raises MisfitError where a list may not be ranged over under this alias."""
        self._refuse_protected(over, None)
        if over not in self.vocabulary.lists:
            raise MisfitError("when.unknown_list", list=over, near=nearest(over, self.vocabulary.lists))
        if alias in self.aliases or any(name.partition(".")[0] == alias for name in self.vocabulary.fields):
            raise MisfitError("when.alias_taken", alias=alias)

    def _refuse_protected(self, name: str, spec: FieldSpec | None) -> None:
        feature = protected_word(name, self.vocabulary.name, spec)
        if feature is not None:
            raise MisfitError("when.protected", field=name, feature=feature)

    def _list(self, over: str) -> ListSpec:
        spec: ListSpec = self.vocabulary.lists[over]
        return spec

    def _readable(self) -> list[str]:
        members = [f"{alias}.{key}" for alias, over in self.aliases.items() for key in self._list(over).fields]
        return [*self.vocabulary.fields, *members]
