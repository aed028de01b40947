#!/usr/bin/env python3
"""Runs what the documents show, as a reader would: run.py programs BUILD SOURCE, or run.py python SOURCE.

programs: the C++, C and shell blocks, against a build. python: the Python blocks, with the package that this
interpreter has. A block is, by its first line or by the text above it,

- a file, if the text above it ends with the file's name in backticks and a colon. It is written to a folder of the
  document, where the shell blocks run;
- what the shell block above it prints last, if it is "text";
- a program, if it has a main(), which is compiled and run;
- else a fragment. The fragments of a document are one program, in order, with what FRAGMENTS says around them.

What needs a key or the network is compiled and not run; the options of the program that it names must exist.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import unittest
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODE, *ARGUMENTS = sys.argv[1:] or [""]
BUILD = Path(ARGUMENTS[0]).resolve() if MODE == "programs" else None
SOURCE = Path(ARGUMENTS[-1]).resolve() if ARGUMENTS else HERE.parent.parent
WORK = (BUILD or SOURCE / "build/python") / "documents"
LANGUAGES = {"c++": "cpp", "py": "python"}
NOT_RUN = {"json", "text", "cmake", "sql", ""}  # "json" must be JSON; the others are shown only, unless they are files
WARNINGS = ["-Wall", "-Wextra", "-Werror"]


@dataclass
class Block:
    language: str
    text: str
    line: int
    file: str = ""  # the name that the text above gives it


@dataclass
class Rules:
    """How the blocks of a document are treated."""

    run: tuple = ("cpp", "c", "python", "sh")  # the languages that are run; others are compiled or checked
    alone: bool = False  # each fragment is a program of its own
    around: dict = field(default_factory=dict)  # by language: what stands before the fragments
    files: dict = field(default_factory=dict)  # what a document takes for granted: name -> place in the source
    instead: dict = field(default_factory=dict)  # beginnings of shell blocks -> what is run instead


CALL = "examples/calls/freight-tracking.vtt"
SELLER = ("Imogen", "Dana")  # who sells in this call, and in the shell blocks
INCLUDES = "#include <saleschecklist/saleschecklist.hpp>\n#include <iostream>\nusing namespace saleschecklist;\n"
IMPORTS = "import saleschecklist\nfrom pathlib import Path\n"
# The library is installed from the build under test, instead of being built once more.
INSTALL = {"cmake -S . -B build/install": 'ln -s "$INSTALLED" "$HOME/saleschecklist"', "python3 -m venv": "true"}
OWN = {"ours.json": "examples/c/own-checklist.json", "our-cues.json": "examples/c/own-cues.json"}
RULES = {
    "README.md": Rules(files={"call.vtt": CALL, "call.json": "tests/fuzz/corpus/transcript/whisper.json", **OWN},
                       instead={"./scripts/": "true"}),
    "docs/tutorial.md": Rules(instead=INSTALL),
    "docs/guides/writing-a-port.md": Rules(files={"contract.hpp": "tests/storage/contract.hpp"}),
    "docs/guides/services.md": Rules(run=(), around={
        "c": "scl_error *error = NULL; scl_services *services = NULL; const char *id = \"\";\n", "python": IMPORTS}),
    "docs/storage.md": Rules(run=("cpp",)),
    "docs/blobs.md": Rules(run=(), alone=True, around={"cpp": "const std::string secret;\n"}),
    "docs/providers.md": Rules(around={"cpp": "const std::string key = \"none\";\n"}),
    "docs/cues.md": Rules(around={"python": IMPORTS}, files={"old.json": "tests/fuzz/corpus/nouns/old-checklist.json"}),
    "docs/deals.md": Rules(files={"history.json": "examples/deals/hotel-linen/history.json"}),
    "docs/sessions.md": Rules(files={"call.vtt": CALL}),
    "docs/install.md": Rules(run=()),
    "include/saleschecklist/saleschecklist.hpp": Rules(files={"call.vtt": CALL}, around={
        "cpp": "const std::string bytes = \"Dana: Hello, what does it cost you?\\nTom: We lose 40k a month.\\n\";\n"
               "const Checklist &checklist = Checklist::standard();\nconst Policy policy;\n"}),
}


def run(*command, cwd=None, env=None):
    """The standard output of a command; fails with all that it said unless it ends well."""
    command = [str(word) for word in command]
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **(env or {})}, text=True, capture_output=True,
                          timeout=600)
    if done.returncode != 0:
        raise AssertionError(f"{shlex.join(command)}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def header_blocks(text):
    """The examples in the comment at the top of a header: what is indented in it."""
    comment = re.match(r"(?://.*\n)+", text).group()
    lines = [line[2:] for line in comment.splitlines()]
    blocks, begin = [], None
    for number, line in enumerate([*lines, ""], 1):
        code = line.startswith("   ") or (begin is not None and line == "")
        if code and begin is None:
            begin = number
        elif not code and begin is not None:
            blocks.append(Block("cpp", textwrap.dedent("\n".join(lines[begin - 1:number - 1])) + "\n", begin))
            begin = None
    return blocks


def blocks_of(name):
    """The fenced blocks of a document."""
    text = (SOURCE / name).read_text(encoding="utf-8")
    if not name.endswith(".md"):
        return header_blocks(text)
    out, above, open_block = [], "", None
    for number, line in enumerate(text.splitlines(), 1):
        fence = re.match(r"```([\w+]*)$", line)
        if open_block is not None and line == "```":
            out.append(open_block)
            open_block, above = None, ""
        elif open_block is not None:
            open_block.text += line + "\n"
        elif fence:
            named = re.search(r"`([\w.-]+)`:$", above)
            language = LANGUAGES.get(fence.group(1), fence.group(1))
            open_block = Block(language, "", number, named.group(1) if named else "")
        elif line.strip():
            above = line.strip()
    if open_block is not None:
        raise AssertionError(f"{name}:{open_block.line}: the block has no end")
    return out


def cmake_cache():
    text = (BUILD / "CMakeCache.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+):\w+=(.*)$", text, re.MULTILINE))


def split_includes(code):
    """The preprocessor's and using lines of a fragment, and the rest."""
    lines = code.splitlines(keepends=True)
    head = [line for line in lines if re.match(r"#|using namespace", line)]
    return "".join(head), "".join(line for line in lines if line not in head)


class Document:
    def __init__(self, name):
        self.name = name
        self.rules = RULES[name]
        self.blocks = blocks_of(name)
        self.folder = WORK / re.sub(r"\W+", "-", name)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for file, place in self.rules.files.items():
            shutil.copy(SOURCE / place, self.folder / file)
        for block in self.blocks:
            if block.file:
                (self.folder / block.file).write_text(block.text, encoding="utf-8")

    def of(self, language):
        return [block for block in self.blocks if block.language == language and not block.file]

    def where(self, block):
        return f"{self.name}:{block.line}"

    def programs(self, language):
        """The C or C++ programs of the document: the block that each begins with, its code, whether it was put together
        of fragments."""
        fragments = []
        for block in self.of(language):
            if re.search(r"\bmain\(", block.text):
                yield block, block.text, False
            else:
                fragments.append(block)
        groups = [[block] for block in fragments] if self.rules.alone else [fragments] if fragments else []
        for group in groups:
            head, body = split_includes("".join(block.text for block in group))
            around = self.rules.around.get(language, "")
            if language == "cpp":
                yield group[0], f"{INCLUDES}{head}int main() {{\n{around}{body}}}\n", True
            else:
                yield group[0], ("#include <saleschecklist/saleschecklist.h>\n"
                                 f"{head}int main(void) {{\n{around}{body}return 0;\n}}\n"), True


class Programs(unittest.TestCase):
    """The C++, C and shell blocks."""

    @classmethod
    def setUpClass(cls):
        cls.cache = cmake_cache()
        cls.path = f"{BUILD / 'examples/cli'}:{os.environ['PATH']}"
        cls.installed = WORK / "installed"
        shutil.rmtree(cls.installed, ignore_errors=True)
        for component in ("Runtime", "Development"):
            run("cmake", "--install", BUILD, "--prefix", cls.installed, "--component", component)

    def compiled(self, document, number, language, code, of_fragments):
        """The program of a block, compiled without a warning. What fragments show need not be used in them."""
        source = document.folder / f"block{number}.{language}"
        source.write_text(code, encoding="utf-8")
        compiler, standard = ("CXX", "c++20") if language == "cpp" else ("C", "c11")
        launcher = self.cache.get(f"CMAKE_{compiler}_COMPILER_LAUNCHER", "")
        program = source.with_suffix("")
        unused = ["-Wno-unused-variable", "-Wno-unused-but-set-variable"] if of_fragments else []
        run(*filter(None, [launcher]), self.cache[f"CMAKE_{compiler}_COMPILER"], f"-std={standard}", *WARNINGS, *unused,
            f"-I{SOURCE / 'include'}", "-c", source, "-o", source.with_suffix(".o"))
        run(self.cache["CMAKE_CXX_COMPILER"], source.with_suffix(".o"), "-o", program, f"-L{BUILD}", "-lsaleschecklist",
            f"-Wl,-rpath,{BUILD}")
        return program

    def test_every_c_and_cpp_block_compiles_without_a_warning_and_runs(self):
        for name in RULES:
            document = Document(name)
            for language in ("cpp", "c"):
                for number, (block, code, of_fragments) in enumerate(document.programs(language)):
                    with self.subTest(document.where(block)):
                        program = self.compiled(document, number, language, code, of_fragments)
                        if language in document.rules.run:
                            run(program, *(["call.vtt"] if "call.vtt" in code else []), cwd=document.folder)

    def script(self, document, text):
        """A shell block as it is run: with the id of the last session for ID, and with what RULES replace."""
        for beginning, instead in document.rules.instead.items():
            if text.startswith(beginning):
                return instead
        lines = []
        for line in text.splitlines():
            if line.startswith("saleschecklist session create"):
                line = f'ID=$({line.split(" #")[0]} | grep -oE "[0-9a-f]{{8}}-[0-9a-f-]{{27}}" | head -1)'
            lines.append(re.sub(r"(?<=\s)ID(?=\s|$)", '"$ID"', line.split("   #")[0]))
        return "\n".join(lines)

    def test_every_shell_block_runs_and_prints_what_the_document_says(self):
        for name in RULES:
            document = Document(name)
            if "sh" not in document.rules.run:
                continue
            home = document.folder / "home"
            home.mkdir()
            if name != "docs/tutorial.md":  # which does it itself
                (home / "saleschecklist").symlink_to(self.installed)
            env = {"PATH": self.path, "HOME": str(home), "INSTALLED": str(self.installed),
                   "CXX": self.cache["CMAKE_CXX_COMPILER"], "CXXFLAGS": " ".join(WARNINGS),
                   "CMAKE_BUILD_PARALLEL_LEVEL": "2"}
            if "call.vtt" in document.rules.files:
                call = (document.folder / "call.vtt").read_text(encoding="utf-8")
                (document.folder / "call.vtt").write_text(call.replace(*SELLER), encoding="utf-8")
            printed = ""
            for block in document.blocks:
                with self.subTest(document.where(block)):
                    if block.language == "sh":
                        printed = ""
                        if not re.search(r"^python3 \w", block.text, re.MULTILINE):
                            script = "set -euo pipefail\n" + self.script(document, block.text)
                            printed = run("bash", "-c", script, cwd=document.folder, env=env)
                    elif block.language == "text" and not block.file and printed:
                        expected = block.text.splitlines()
                        self.assertEqual(printed.splitlines()[-len(expected):], expected)
                        printed = ""

    def test_every_shell_block_that_is_not_run_is_sound_and_names_options_that_exist(self):
        program = BUILD / "examples/cli/saleschecklist"
        for name in RULES:
            document = Document(name)
            for block in document.of("sh"):
                with self.subTest(document.where(block)):
                    run("bash", "-n", "-c", block.text)
                    for line in block.text.splitlines():
                        words = line.split(" #")[0].split()
                        if not words or words[0] != "saleschecklist":
                            continue
                        commands = []
                        for word in words[1:3]:
                            if re.fullmatch(r"[a-z]+", word) and not commands[1:]:
                                commands.append(word)
                        if commands and commands[0] not in ("session", "checklist"):
                            commands = commands[:1]
                        help_text = run(program, *commands, "--help")
                        for option in (word for word in words if word.startswith("--")):
                            known = re.search(re.escape(option) + r"\b", help_text)
                            self.assertTrue(known, f"{' '.join(commands)} has no {option}")

    def test_every_script_that_a_document_names_exists(self):
        for name in RULES:
            text = (SOURCE / name).read_text(encoding="utf-8")
            for script in re.findall(r"(?<![\w/])(?:\./)?((?:scripts|bindings|examples)/[\w/.-]+\.(?:sh|py))", text):
                self.assertTrue((SOURCE / script).exists(), f"{name} names {script}")

    def test_every_block_has_a_known_language_and_json_is_json(self):
        for name in RULES:
            document = Document(name)
            for block in document.blocks:
                with self.subTest(document.where(block)):
                    self.assertIn(block.language, {"cpp", "c", "python", "sh"} | NOT_RUN)
                    if block.language == "json":
                        json.loads(block.text)

    def test_every_guide_is_tested(self):
        guides = {str(path.relative_to(SOURCE)) for path in (SOURCE / "docs/guides").glob("*.md")}
        self.assertEqual(guides - set(RULES), set())

    def test_every_link_to_a_file_leads_somewhere(self):
        for path in [*SOURCE.glob("*.md"), *(SOURCE / "docs").rglob("*.md")]:
            text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
                if "://" not in target:
                    self.assertTrue((path.parent / target).exists(), f"{path.relative_to(SOURCE)} links to {target}")


class Python(unittest.TestCase):
    """The Python blocks, and the shell blocks that run Python files."""

    def test_every_python_block_runs_or_at_least_compiles(self):
        for name in RULES:
            document = Document(name)
            code = document.rules.around.get("python", "") + "".join(block.text for block in document.of("python"))
            with self.subTest(name):
                compile(code, name, "exec")
                if document.of("python") and "python" in document.rules.run:
                    run(sys.executable, "-c", code, cwd=document.folder)

    def test_every_python_block_is_typed_as_the_package_is(self):
        if not shutil.which(Path(sys.executable).parent / "mypy"):
            self.skipTest("mypy is not installed")
        for name in RULES:
            document = Document(name)
            files = [document.folder / block.file for block in document.blocks
                     if block.file.endswith(".py") and block.language == "python"]
            if document.of("python"):
                files.append(document.folder / "fragments.py")
                files[-1].write_text(document.rules.around.get("python", "") +
                                     "".join(block.text for block in document.of("python")), encoding="utf-8")
            for file in files:
                with self.subTest(f"{name}: {file.name}"):
                    run(sys.executable, "-m", "mypy", "--cache-dir", WORK / "mypy", file)

    def test_every_shell_block_with_python_prints_what_the_document_says(self):
        for name in RULES:
            document = Document(name)
            printed = ""
            env = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
            for block in document.blocks:
                with self.subTest(document.where(block)):
                    if block.language == "sh":
                        printed = ""
                        if re.match(r"python3 \w+\.py", block.text):
                            printed = run("bash", "-euc", block.text, cwd=document.folder, env=env)
                    elif block.language == "text" and not block.file and printed:
                        expected = block.text.splitlines()
                        self.assertEqual(printed.splitlines()[-len(expected):], expected)
                        printed = ""


if __name__ == "__main__":
    case = {"programs": "Programs", "python": "Python"}.get(MODE)
    if case is None:
        sys.exit(__doc__.splitlines()[0])
    unittest.main(argv=[sys.argv[0], case], verbosity=2)
