#!/usr/bin/env python3
"""Turns a header or a guide into what Doxygen reads: filter.py FILE, used as INPUT_FILTER by scripts/docs.sh.

The headers have plain comments, which stand above what they describe or behind it. Doxygen wants them marked. One line
is added at the top of a header, none elsewhere, so line numbers in warnings are too high by one. In a guide, links between guides become references, and
links to other files, which are not part of the site, become plain text.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SPECIAL = re.compile(r"([\\@<>#%&])")


def escaped(text):
    """The text without anything that Doxygen would take for a command; code in backticks is left alone."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else SPECIAL.sub(r"\\\1", part) for part in parts)


def c_comments_as_cpp(text):
    """C comments as lines that begin with //, also behind code."""
    out = []
    inside = False
    for line in text.splitlines():
        if inside:
            body = line.removesuffix("*/")
            inside = body == line
            out.append("//" + re.sub(r"^\s*\*?", "", body).rstrip())
        elif match := re.match(r"(\s*)/\*(.*)", line):
            body = match.group(2).removesuffix("*/")
            inside = body == match.group(2)
            out.append(match.group(1) + "//" + body.rstrip())
        else:
            out.append(re.sub(r"/\* (.*?) \*/$", r"// \1", line))
    return "\n".join(out)


def marked_block(lines, first):
    """A comment block as documentation. What is indented by three spaces between two empty lines is code."""
    texts = [line.strip()[2:] for line in lines]
    out, code = [], False
    for number, text in enumerate(texts):
        following = next((other for other in texts[number + 1:] if other.strip()), "")
        if not text.strip() and code != following.startswith("   "):
            code = not code
            out.append("/// ~~~{.cpp}" if code else "/// ~~~")
        else:
            out.append("///" + (text if code else escaped(text)))
    if first:
        out[0] = "/// \\file\n" + out[0]
    return out


def header(text):
    lines = text.splitlines()
    out, at, column = [], 0, None
    while at < len(lines):
        line = lines[at]
        if re.match(r"\s*//", line):
            if column is not None and line.index("//") == column:  # goes on behind the line above
                out.append(" " * column + "///<" + escaped(line.strip()[2:]))
                at += 1
                continue
            end = at
            while end < len(lines) and re.match(r"\s*//", lines[end]):
                end += 1
            describes = end < len(lines) and re.match(r"\s*[^\s}#]", lines[end])
            if at == 0 or (describes and not re.match(r"\s*// ---", line)):
                out.extend(marked_block(lines[at:end], at == 0))
            else:
                out.extend(lines[at:end])
            at, column = end, None
            continue
        column = None
        behind = re.match(r"(.*[\w;,])(\s+)// (.*)$", line)
        if behind and behind.group(1).count('"') % 2 == 0 and not re.match(r"\s*[}#]", line):
            column = line.index("// ", len(behind.group(1)))
            line = f"{behind.group(1)}{behind.group(2)}///< {escaped(behind.group(3))}"
        out.append(line)
        at += 1
    return "\n".join(out)


def label(path):
    """The name of a guide's page."""
    return "index" if path == ROOT / "README.md" else str(path.relative_to(ROOT).with_suffix("")).replace("/", "-")


def guide(text, path):
    def link(match):
        words, target = match.groups()
        if "://" in target or target.startswith("#"):
            return match.group()
        place = (path.parent / target.partition("#")[0]).resolve()
        if (place / "index.md").exists():
            place /= "index.md"
        pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
        if place in pages or (place.suffix == ".md" and ROOT / "docs" in place.parents):
            command = "subpage" if path == ROOT / "docs/adr/index.md" else "ref"
            return f'\\{command} {label(place)} "{words}"'
        if place.parent == ROOT / "include/saleschecklist":
            return f'\\ref {place.name} "{words}"'
        return words

    out, fenced = [], False
    for number, line in enumerate(text.splitlines()):
        if line.startswith("```"):
            fenced = not fenced
            line = re.sub(r"^```(\w.*)$", lambda m: "```{." + {"c++": "cpp", "python": "py"}.get(m[1], m[1]) + "}", line)
        elif number == 0 and line.startswith("# "):
            line = f"{line} {{#{label(path)}}}" if label(path) != "index" else line
        elif not fenced:
            line = re.sub(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)", link, line)
        out.append(line)
    return "\n".join(out)


def main():
    path = Path(sys.argv[1]).resolve()
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        print(guide(text, path))
    else:
        print(header(c_comments_as_cpp(text) if path.suffix == ".h" else text))


if __name__ == "__main__":
    main()
