#!/usr/bin/env python3
"""Writes the fields of the Python nouns and the members of the Python enumerations from the C++ headers.

A person adds a field to its struct, to its list in fields.hpp and to its schema; this script adds it to the dataclass,
with the type, the default and the comment that it has in C++. What the Python files say about a field (its comment, and
that it has no default) is kept. With --check nothing is written: exits 1 and names the files that are not current.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADERS = ROOT / "include/saleschecklist"
PACKAGE = ROOT / "bindings/python/saleschecklist"
WIDTH = 120

# An exception class, and a class with bytes, which C++ has no type of its own for.
BY_HAND = {"Error", "Speech"}
# Defaults that are not those of C++: a session that Python makes has been changed once.
OWN_DEFAULTS = {("Session", "revision"): "1"}

PLAIN = {"std::string": ("str", '""'), "double": ("float", "0.0"), "bool": ("bool", "False"), "int": ("int", "0"),
         "std::int64_t": ("int", "0"), "std::size_t": ("int", "0")}


@dataclass
class Member:
    """A member of a struct, or a value of an enumeration."""

    name: str
    type: str = ""
    value: str = ""
    comment: str = ""


def statements(body):
    """Yields each statement of a struct and the comments on it, those above it and that beside it."""
    text, comments, depth = "", [], 0
    for line in body.splitlines():
        code, _, comment = line.partition("//")
        if comment and not code.strip() and not text.strip():
            comments.append(comment.strip())
            continue
        for char in code:
            depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(char, 0)
            text += char
        text += " "
        if comment:
            comments.append(comment.strip())
        if depth == 0 and code.rstrip().endswith(";"):
            yield " ".join(text.split()), " ".join(comments)
            text, comments = "", []


def declarators(text):
    """The parts between the commas that are in no brackets."""
    out, depth = [""], 0
    for char in text:
        depth += {"<": 1, "{": 1, "(": 1, ">": -1, "}": -1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            out.append("")
        else:
            out[-1] += char
    return [part.strip() for part in out]


def members_of(body):
    for statement, comment in statements(body):
        match = re.match(r"((?:std::)?\w+(?:<.*>)?) (\w+ *(?:[,{=].*)?);$", statement)
        if not match or match[1] in ("using", "static"):
            continue
        for part in declarators(match[2]):
            name = re.match(r"\w+", part)[0]
            value = re.sub(r"^ *(= *|\{(?=.*\}$))", "", part[len(name):]).removesuffix("}") if part != name else ""
            yield Member(name, match[1], value.strip(), comment)


def values_of(body):
    for line in re.sub(r"(//[^\n]*)\n\s*//", r"\1", body).replace("{", "\n").splitlines():
        code, _, comment = line.partition("//")
        names = [name.partition("=")[0].strip() for name in code.split(",") if name.strip()]
        for name in names:
            yield Member(name, comment=comment.strip())


def read_headers():
    """The members of all structs and the values of all enumerations."""
    structs, enums = {}, {}
    for header in sorted(HEADERS.glob("*.hpp")):
        text = header.read_text(encoding="utf-8")
        for match in re.finditer(r"^struct (\w+) \{\n(.*?)^\};", text, re.MULTILINE | re.DOTALL):
            structs[match[1]] = list(members_of(match[2]))
        for match in re.finditer(r"^enum class (\w+) \{(.*?)\};", text, re.MULTILINE | re.DOTALL):
            enums[match[1]] = list(values_of(match[2]))
    return structs, enums


def read_words(text):
    """By enumeration, the values that fields.hpp lists."""
    out = {}
    for name, values in re.findall(r"^SCL_WORDS\((\w+), (.*?)\)\n", text, re.MULTILINE | re.DOTALL):
        out[name] = re.findall(r"::(\w+)", values)
    for name, values in re.findall(r"^struct Words<(\w+)> .*? values\{(.*?)\};", text, re.MULTILINE | re.DOTALL):
        out[name] = re.findall(r"::(\w+)", values)
    return out


def read_lists(text):
    """By noun, the members that its list has and their names in Python."""
    out = {}
    for part in text.split("SCL_NOUN(")[1:]:
        noun = re.match(r"\w+", part)[0]
        names = {name: name for name in re.findall(r"SCL_(?:FIELD|OPTION)\((\w+)\)", part)}
        names |= {member: name for name, member in re.findall(r'[^_]field\("(\w+)", &\w+::(\w+)\)', part)}
        out[noun] = names
    return out


def python_type(kind):
    if kind in PLAIN:
        return PLAIN[kind][0]
    outer, _, inner = kind.removesuffix(">").partition("<")
    if outer == "std::optional":
        return f"{python_type(inner)} | None"
    if outer == "std::vector":
        return f"tuple[{python_type(inner)}, ...]"
    if outer == "std::map":
        return f"Mapping[str, {python_type(inner.partition(', ')[2])}]"
    return kind


def python_default(member, enums):
    """The default of C++ in Python; None if there is none or if it takes more than this to say it."""
    kind, value = member.type, member.value
    if kind in PLAIN:
        value = value.replace("'", "_") or PLAIN[kind][1]
        if kind == "bool":
            return value.capitalize()
        return f"{float(value)}" if kind == "double" else value
    if kind in enums:
        return f"{kind}.{value.rpartition('::')[2].upper()}" if value else None
    outer = kind.partition("<")[0]
    simple = {"std::optional": "None", "std::vector": "()"}
    if outer == "std::map":
        return "field(default_factory=lambda: FrozenMap({}))"
    return None if value else simple.get(outer, f"{kind}()")


FIELD = re.compile(r"    (\w+): ([^=#]+?)(?: = (.+?))?((?:  #: .*)?)$")
VALUE = re.compile(r'    ([A-Z][A-Z0-9_]*) = "(\w+)"((?:  # .*)?)$')


def split_class(text, name):
    """The text before the fields of a class, its lines of fields with their comments, and the text after."""
    head = re.search(rf"^class {name}\(.*\):\n", text, re.MULTILINE)
    lines = text[head.end():].splitlines(keepends=True)
    is_ours = [bool(FIELD.match(line.rstrip("\n")) or VALUE.match(line.rstrip("\n"))) for line in lines]
    first = is_ours.index(True)
    while lines[first - 1].startswith("    #: "):
        first -= 1
    last = first
    while last < len(lines) and (is_ours[last] or lines[last].startswith("    #: ")):
        last += 1
    return text[:head.end()] + "".join(lines[:first]), lines[first:last], "".join(lines[last:])


def known_lines(lines, pattern):
    """By name, the match of each line and the lines of comments above it."""
    out, above = {}, []
    for line in lines:
        match = pattern.match(line.rstrip("\n"))
        if match:
            out[match[1]] = (match, above)
            above = []
        else:
            above.append(line)
    return out


def with_comment(line, mark, comment):
    if not comment:
        return f"{line}\n"
    beside = f"{line}  {mark} {comment}\n"
    return beside if len(beside) <= WIDTH else f"    {mark} {comment}\n{line}\n"


def noun_lines(noun, members, names, old, enums):
    """The lines of a dataclass's fields, in the order of the struct."""
    known = known_lines(old, FIELD)
    for member in members:
        if member.name not in names:
            continue
        name, kind = names[member.name], python_type(member.type)
        default = OWN_DEFAULTS.get((noun, name)) or python_default(member, enums)
        match, above = known.get(name, (None, []))
        if match and match[3] is None:
            default = None  # a host must give it
        elif match and default is None:
            default = match[3]
        line = f"    {name}: {kind}" + (f" = {default}" if default is not None else "")
        yield "".join(above) + f"{line}{match[4]}\n" if match else with_comment(line, "#:", member.comment)


def word_lines(values, old):
    known = known_lines(old, VALUE)
    for value in values:
        line = f'    {value.name.upper()} = "{value.name}"'
        match, _ = known.get(value.name.upper(), (None, []))
        yield f"{line}{match[3]}\n" if match else with_comment(line, "#", value.comment)


def current(text, structs, enums, lists):
    """A Python file with the fields and words that the headers have."""
    for name in re.findall(r"^class (\w+)\(", text, re.MULTILINE):
        if name in lists and name not in BY_HAND:
            before, old, after = split_class(text, name)
            text = before + "".join(noun_lines(name, structs[name], lists[name], old, enums)) + after
        elif name in enums:
            before, old, after = split_class(text, name)
            text = before + "".join(word_lines(enums[name], old)) + after
    return text


def main():
    check = sys.argv[1:] == ["--check"]
    structs, enums = read_headers()
    fields = (HEADERS / "fields.hpp").read_text(encoding="utf-8").partition("SCL_WORDS(Role,")
    fields = fields[1] + fields[2]
    lists, words = read_lists(fields), read_words(fields)
    for name, values in words.items():
        if values != [value.name for value in enums[name]]:
            sys.exit(f"include/saleschecklist/fields.hpp: the values of {name} are not those of the enumeration")
    enums = {name: values for name, values in enums.items() if name in words}
    stale = []
    for path in sorted(PACKAGE.glob("_*.py")):
        text = path.read_text(encoding="utf-8")
        wanted = current(text, structs, enums, lists)
        if wanted != text:
            stale.append(path)
            if not check:
                path.write_text(wanted, encoding="utf-8")
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'not current, run scripts/python_fields.py' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
