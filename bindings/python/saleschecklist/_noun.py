"""The base classes of all values, which are immutable and can be converted to JSON."""

import dataclasses
import functools
import json
import math
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, TypeVar, get_args, get_origin

from ._errors import InvalidArgument, InvalidInput
from ._words import Word

JsonDict = dict[str, Any]
P = TypeVar("P", bound="Part")
D = TypeVar("D", bound="Document")
V = TypeVar("V")
Settle = Callable[[Any, str], Any]  # converts an argument to the value of a field; the str names the field


class FrozenMap(Mapping[str, V]):
    """A read-only mapping of names to immutable values. It can be compared, hashed and pickled."""

    __slots__ = ("_items",)
    _items: dict[str, V]

    def __init__(self, items: Mapping[str, V]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return (FrozenMap, (self._items,))


class Noun:
    """An immutable value. Constructors accept any iterable for a tuple, and strings for enums.

    The types of elements are checked when the value is passed to a function of the library.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        kind: type = type(self)
        for name, settle in _settlers(kind):
            value = getattr(self, name)
            settled = settle(value, f"{kind.__name__}.{name}")
            if settled is not value:
                object.__setattr__(self, name, settled)

    def to_dict(self) -> JsonDict:
        """Returns the JSON that the schema describes as dict, list, str, int, float, bool and None."""
        return {field.name: _plain(getattr(self, field.name)) for field in _fields(type(self))}


class Part(Noun):
    """A value that occurs in the JSON of another value."""

    __slots__ = ()
    #: keys that the JSON may have in addition to the fields
    _more_keys: ClassVar[frozenset[str]] = frozenset()
    #: keys of earlier versions, and the names of the fields to which they belong now
    _old_keys: ClassVar[Mapping[str, str]] = {}
    #: fields that the JSON has only if they are neither None nor empty
    _left_out: ClassVar[frozenset[str]] = frozenset()

    def to_dict(self) -> JsonDict:
        """Returns the JSON that the schema describes as dict, list, str, int, float, bool and None."""
        data = Noun.to_dict(self)
        return {
            key: value for key, value in data.items() if value or key not in self._left_out
        }

    @classmethod
    def from_dict(cls: type[P], data: Mapping[str, Any]) -> P:
        """Makes the value from a dict like that of to_dict().

        Absent keys take the defaults of the constructor. Raises InvalidInput with a JSON pointer in
        `where` if keys or types are not those of the schema.
        """
        return _read_part(cls, data, "")


class Written(Noun):
    """A value that the library writes as JSON."""

    __slots__ = ()
    _json: ClassVar[tuple[Callable[[Any], Any], ...]]  # the writer; for a Document, also the reader

    def to_json(self) -> str:
        """Returns JSON text, indented by two spaces and with keys in schema order.

        Equal values give equal texts.
        """
        text: str = self._json[0](self)
        return text

    def to_dict(self) -> JsonDict:
        """Returns the JSON that the schema describes as dict, list, str, int, float, bool and None."""
        return json_dict(self.to_json())


class Document(Written):
    """A value that the library writes and reads as JSON."""

    __slots__ = ()

    @classmethod
    def from_json(cls: type[D], text: str | bytes) -> D:
        """Reads the value from JSON text.

        Raises InvalidInput; `where` is "line L, column C" or a JSON pointer, and the message lists all
        faults.
        """
        value: D = cls._json[1](text)
        return value

    @classmethod
    def from_dict(cls: type[D], data: Mapping[str, Any]) -> D:
        """Makes the value from a dict like that of to_dict(). Raises the same errors as from_json()."""
        return cls.from_json(json_text(data))


def _fields(noun: type) -> tuple["dataclasses.Field[Any]", ...]:
    return dataclasses.fields(noun)


def _tuple(value: Any, where: str) -> tuple[Any, ...]:
    if type(value) is tuple:
        return value
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        got = type(value).__name__
        raise TypeError(f"{where}: expected an iterable that is not a str, got {got}")
    return tuple(value)


def _word(kind: type[Word], value: Any, where: str) -> Word:
    if type(value) is kind:
        return value
    if not isinstance(value, str):
        raise TypeError(f"{where}: expected {kind.__name__}, got {type(value).__name__}")
    try:
        return kind(value)
    except ValueError:
        words = ", ".join(member.value for member in kind)
        raise InvalidArgument(f"expected one of {words}, got {value!r}", where) from None


def _map(settle: Settle | None, value: Any, where: str) -> FrozenMap[Any]:
    if type(value) is FrozenMap:
        return value
    if not isinstance(value, Mapping):
        raise TypeError(f"{where}: expected a mapping, got {type(value).__name__}")
    if settle is None:
        return FrozenMap(value)
    return FrozenMap({key: settle(one, f"{where}[{key!r}]") for key, one in value.items()})


def _settler(annotation: Any) -> Settle | None:
    """Returns how a constructor converts an argument of that type; None if it is stored unchanged."""
    kind = get_origin(annotation) or annotation
    if kind is tuple:
        return _tuple
    if kind is Mapping:
        return functools.partial(_map, _settler(get_args(annotation)[1]))
    if isinstance(kind, type) and issubclass(kind, Word):
        return functools.partial(_word, kind)
    return None


@functools.cache
def _settlers(noun: type) -> tuple[tuple[str, Settle], ...]:
    """Returns the fields that a constructor converts, each with its conversion."""
    settlers = ((field.name, _settler(field.type)) for field in _fields(noun))
    return tuple((name, settle) for name, settle in settlers if settle is not None)


def _plain(value: Any) -> Any:
    if isinstance(value, Noun):
        return value.to_dict()
    if isinstance(value, Word):
        return value.value
    if isinstance(value, tuple):
        return [_plain(element) for element in value]
    return value


def json_dict(text: str) -> JsonDict:
    """Returns the object in a JSON text of the library."""
    data: JsonDict = json.loads(text)
    return data


def json_text(data: object) -> str:
    """Converts data to JSON text. Raises InvalidInput if it contains a value that JSON cannot represent."""
    try:
        return json.dumps(data, allow_nan=False, default=_as_json)
    except (TypeError, ValueError) as fault:
        raise InvalidInput(f"not a JSON value: {fault}") from None


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not a JSON type")


def _refuse(where: str, expected: str, got: object) -> InvalidInput:
    names = {dict: "an object", list: "an array", tuple: "an array", type(None): "null"}
    got_name = names.get(type(got)) or repr(got)[:40]
    return InvalidInput(f"expected {expected}, got {got_name}", where or "/")


def _read_part(part: type[P], data: object, where: str) -> P:
    """Makes a value from its dict at the JSON pointer `where`. Refuses unknown keys and wrong types."""
    if not isinstance(data, Mapping):
        raise _refuse(where, "an object", data)
    fields = {field.name: field for field in _fields(part)}
    keys = {name: name for name in fields}
    keys |= {name: old for old, name in part._old_keys.items() if old in data and name not in data}
    for key in data:
        if key not in fields and key not in part._more_keys and key not in part._old_keys:
            known = ", ".join(sorted({*fields, *part._more_keys}))
            raise InvalidInput(f"the key '{key}' is unknown; expected one of {known}", where or "/")
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if keys[name] in data:
            values[name] = _read(field.type, data[keys[name]], f"{where}/{keys[name]}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise InvalidInput(f"the key '{name}' is missing", where or "/")
    return part(**values)


def _read(kind: Any, data: Any, where: str) -> Any:
    """Makes a value of the annotated type from JSON data at the JSON pointer `where`."""
    if get_origin(kind) is types.UnionType:  # T | None
        return None if data is None else _read(get_args(kind)[0], data, where)
    if get_origin(kind) is tuple:
        if not isinstance(data, (list, tuple)):
            raise _refuse(where, "an array", data)
        return tuple(_read(get_args(kind)[0], e, f"{where}/{i}") for i, e in enumerate(data))
    if issubclass(kind, Part):
        return _read_part(kind, data, where)
    if issubclass(kind, Word):
        return _read_word(kind, data, where)
    return _read_plain(kind, data, where)


def _read_word(kind: type[Word], data: Any, where: str) -> Word:
    if isinstance(data, str):
        try:
            return kind(data)
        except ValueError:
            pass
    raise _refuse(where, "one of " + ", ".join(member.value for member in kind), data)


def _read_plain(kind: type, data: Any, where: str) -> Any:
    number = isinstance(data, (int, float)) and not isinstance(data, bool)
    if kind is float:
        try:
            if number and math.isfinite(data):
                return float(data)
        except OverflowError:
            pass
        raise _refuse(where, "a number that a float can hold", data)
    if kind is int:
        if number and isinstance(data, int) and 0 <= data < 2**63:
            return data
        raise _refuse(where, "an integer from 0 to 2^63 - 1", data)
    if not isinstance(data, kind):
        raise _refuse(where, {str: "a string", bool: "true or false"}[kind], data)
    return data
