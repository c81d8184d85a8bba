"""Names, and lists of names."""

from dataclasses import dataclass
from typing import Any

from flexports.keys.value import Value
from flexports.problems import one_of

LONGEST_NAME = 60


@dataclass(frozen=True)
class Name(Value[str]):
    """A name: of a floor, a group or a source. Rows and streams are keyed by it."""

    example: str

    def read(self, value: object) -> str:
        """Return the name."""
        if not isinstance(value, str):
            raise ValueError(f"is not a name; write text such as '{self.example}'")
        return value

    def check(self, value: str) -> None:
        """Refuse what no table could show."""
        self.read(value)
        if not value.strip():
            raise ValueError(f"is empty; write a name such as '{self.example}'")
        if value != value.strip() or not value.isprintable():
            raise ValueError("has blanks around it or unprintable characters; leave them out")
        if len(value) > LONGEST_NAME:
            raise ValueError(f"has {len(value)} characters; write at most {LONGEST_NAME}")

    def schema(self) -> dict[str, Any]:
        """Return the schema of the text."""
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}


@dataclass(frozen=True)
class NameList(Value[tuple[str, ...]]):
    """A name or a list of names; no name twice."""

    example: str
    known: tuple[str, ...] = ()

    def read(self, value: object) -> tuple[str, ...]:
        """Return the names."""
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
            raise ValueError(f'is not a list of names; write ["{self.example}"]')
        return tuple(names)

    def check(self, value: tuple[str, ...]) -> None:
        """Refuse unknown names and names given twice."""
        self.read(value)
        for name in value:
            if self.known and name not in self.known:
                raise ValueError(f"has the unknown name '{name}'; {one_of(name, self.known)}")
            if value.count(name) > 1:
                raise ValueError(f"has '{name}' twice; write it once")

    def show(self, value: tuple[str, ...]) -> object:
        """Return the names as a list."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of one name or a list."""
        item: dict[str, Any] = {"enum": list(self.known)} if self.known else {"type": "string"}
        items = {"type": "array", "items": item, "uniqueItems": True}
        return {"anyOf": [item, items]}
