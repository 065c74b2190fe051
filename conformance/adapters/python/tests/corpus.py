"""The published vectors and the specification's data, as the tests read them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]


def load(path: str) -> Any:
    return json.loads((ROOT / path).read_text("utf-8"))


def vectors(step: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every vector of a step in all families, with its profile."""
    for file in sorted((ROOT / "vectors").glob("*.json")):
        for group in json.loads(file.read_text("utf-8")).get("groups", []):
            for vector in group["vectors"]:
                if vector["step"] == step:
                    yield group["profile"], vector
