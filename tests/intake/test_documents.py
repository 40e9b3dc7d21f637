"""What the documents show is what the code does."""

import re
from pathlib import Path

from vetting_engine.files import yaml
from vetting_engine.intake._mapping import FieldMapping, Mapping
from vetting_engine.intake._vocabulary import CANDIDATE_COLUMNS, POST_COLUMNS
from vetting_engine.registry import discover
from vetting_engine.sources.table import _COLUMNS


def test_the_mapping_of_the_guide_is_valid_and_all_keys_are_listed(root: Path) -> None:
    guide = (root / "docs" / "how-to" / "map-a-kobo-form.md").read_text(encoding="utf-8")
    match = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert match
    mapping = Mapping.model_validate(yaml.loads(match[1], "guide").value)
    assert mapping.fields["gender"].values == {"1": "female", "2": "male"}
    assert all(f"`{key}`" in guide for key in [*Mapping.model_fields, *FieldMapping.model_fields])


def test_every_platform_has_its_test_and_its_allow_list_is_shown_whole(root: Path) -> None:
    reference = (root / "docs" / "reference" / "intake.md").read_text(encoding="utf-8")
    guide = (root / "docs" / "how-to" / "bring-posts.md").read_text(encoding="utf-8")
    for name, reader in discover("vetting_engine.intake.platforms").items():
        module = type(reader).__module__.rsplit(".", 1)[1]
        assert (root / "tests" / "intake" / "platforms" / f"test_{module}.py").is_file()
        assert f"| `{name}` |" in reference
        assert [path for path in reader.allowed if f"`{path.rsplit('/', 1)[-1]}`" not in guide] == []


def test_every_column_reader_and_source_has_its_words(root: Path) -> None:
    intake = (root / "docs" / "reference" / "intake.md").read_text(encoding="utf-8")
    lists = (root / "docs" / "reference" / "watchlists.md").read_text(encoding="utf-8")
    names = [*CANDIDATE_COLUMNS, *POST_COLUMNS, *discover("vetting_engine.intake")]
    assert [name for name in names if f"`{name}`" not in intake] == []
    names = [*_COLUMNS, *discover("vetting_engine.sources")]
    assert [name for name in names if f"`{name}`" not in lists] == []
