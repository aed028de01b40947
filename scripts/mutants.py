"""Finds small changes (mutants) of C++ sources and writes a source that has all of them, of which a process selects one.

Works on tokens and relies on the layout of clang-format: an operator between blanks is binary, and `<` behind a word is a
template bracket. What the compiler needs as a constant cannot be selected at run time; such a mutant has `constant` set.
"""

import re
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:\\\n|[^\n])*)
    |(?P<text>"(?:\\.|[^"\\])*"|(?<!\w)'(?:\\.|[^'\\])*')
    |(?P<number>(?:0[xX][\da-fA-F']+|\d[\d']*(?:\.\d*)?(?:[eE][+-]?\d+)?)[uUlL]*)
    |(?P<word>\w+)
    |(?P<mark>->|::|\+\+|--|<=|>=|==|!=|&&|\|\||<<|>>|[-+*/%|&^]=|\S)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
OPERATORS = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"], "&": ["|"], "|": ["&"], "<<": [">>"], ">>": ["<<"],
    "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="], "|=": ["&="], "&=": ["|="],
}  # fmt: skip
LOGIC = {"&&": "||", "||": "&&"}
STEPS = {"++": "--", "--": "++"}
CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
EDGES = set("([{}]),;?:=") | {"return", "else", "+=", "-=", "*=", "/=", "|=", "&="}  # of an operand of && and ||
STATEMENT = re.compile(r"[*(+-]*[A-Za-z_][\w:]*(\.|->|\(|\[|\s*([-+*/|&^%]|<<|>>)?=[^=]|\+\+|--|;)")
NO_STATEMENT = re.compile(r"(return|if|for|while|switch|else|case|do|throw|using|delete|static|const)\b|.*= delete;$", re.DOTALL)
OBJECT = re.compile(r"\w+(?:(?:->|\.)\w+|\[[^\]]*\])*")


@dataclass
class Token:
    kind: str
    text: str
    start: int
    end: int
    constant: bool = False  # part of what the compiler needs as a constant


@dataclass
class Mutant:
    """`text` instead of the bytes [start, end) of a file."""

    file: str
    start: int
    end: int
    text: str
    line: int
    line_text: str
    change: str
    constant: bool
    decision: str = ""  # with more than one condition, one of which is replaced by true or false
    condition: str = ""
    number: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """Names the mutant as long as its line stays the same."""
        return self.file, self.line_text, self.change


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Source:
    """The tokens of a file, its mutants, and how to select one at run time."""

    file: str
    text: str
    first_number: int = 1
    tokens: list[Token] = field(default_factory=list)
    mutants: list[Mutant] = field(default_factory=list)
    partner: dict[int, int] = field(default_factory=dict)  # of a bracket, by index of token
    wraps: list[tuple[int, int, str, str]] = field(default_factory=list)  # start, end, text before, text behind

    def __post_init__(self) -> None:
        for match in TOKEN.finditer(self.text):
            if match.lastgroup and match.lastgroup != "skip":
                self.tokens.append(Token(match.lastgroup, match[0], match.start(), match.end()))
        self._match_brackets()
        self._mark_constants()
        self._add_decisions()
        self._add_statements()
        self._add_tokens()

    def selectable(self) -> str:
        """The text with all mutants that need not be constants, see tests/mutation/selected.hpp."""
        # What is wrapped around more stands farther out.
        before: dict[int, list[tuple[int, int, str]]] = {}
        behind: dict[int, list[tuple[int, int, str]]] = {}
        for i, (start, end, opening, closing) in enumerate(self.wraps):
            before.setdefault(start, []).append((start - end, i, opening))
            behind.setdefault(end, []).append((end - start, -i, closing))
        out, last = [], 0
        for at in sorted(before.keys() | behind.keys()):
            out.append(self.text[last:at])
            out += [text for *_, text in sorted(behind.get(at, [])) + sorted(before.get(at, []))]
            last = at
        return "".join(out) + self.text[last:]

    def with_mutant(self, mutant: Mutant) -> str:
        return self.text[: mutant.start] + mutant.text + self.text[mutant.end :]

    # Tokens

    def _match_brackets(self) -> None:
        open_ones: list[int] = []
        for i, token in enumerate(self.tokens):
            angle = token.text == "<" and (not self._blank_before(i) or self.tokens[i - 1].text == "template")
            if token.text in "([{" or angle:
                open_ones.append(i)
            elif token.text in ")]}" or (token.text in (">", ">>") and not self._blank_before(i)):
                for _ in token.text if token.text == ">>" else ">":
                    self.partner[open_ones[-1]] = i
                    self.partner[i] = open_ones.pop()

    def _blank_before(self, i: int) -> bool:
        return self.text[self.tokens[i].start - 1].isspace()

    def _is_binary(self, i: int) -> bool:
        return self._blank_before(i) and self.text[self.tokens[i].end].isspace()

    def _mark_constants(self) -> None:
        for i, token in enumerate(self.tokens):
            if token.text == "<" and i in self.partner:
                last = self.partner[i]
            elif token.text in ("constexpr", "operator", "enum"):
                last = self._find(i, 1, {";", "{"} if token.text == "operator" else {";"})
            else:
                continue
            for inner in self.tokens[i : last + 1]:
                inner.constant = True

    def _find(self, i: int, step: int, wanted: set[str]) -> int:
        """The nearest of the wanted tokens from `i` on, without a look into the brackets on the way."""
        while 0 <= i < len(self.tokens):
            if (self.partner.get(i, i) - i) * step > 0:
                i = self.partner[i]
            elif self.tokens[i].text in wanted:
                break
            i += step
        return i

    # Mutants

    def _add(self, first: int, last: int, text: str, change: str, decision: str = "", condition: str = "") -> int:
        """Replaces the tokens [first, last]. Returns the number of the mutant."""
        start, end = self.tokens[first].start, self.tokens[last].end
        line_start = self.text.rfind("\n", 0, start) + 1
        line_text = squeeze(self.text[line_start : self.text.find("\n", start)])
        same = sum(m.line_text == line_text and m.change.split(" #")[0] == change for m in self.mutants)
        if same:
            change += f" #{same + 1}"
        number = self.first_number + len(self.mutants)
        line = self.text.count("\n", 0, start) + 1
        constant = self.tokens[first].constant
        self.mutants.append(
            Mutant(self.file, start, end, text, line, line_text, change, constant, decision, condition, number)
        )
        return number

    def _wrap(self, first: int, last: int, before: str, behind: str) -> None:
        if not self.tokens[first].constant:
            self.wraps.append((self.tokens[first].start, self.tokens[last].end, before, behind))

    def _words(self, first: int, last: int) -> str:
        return squeeze(self.text[self.tokens[first].start : self.tokens[last].end])

    def _add_condition(self, first: int, last: int, decision: str = "") -> None:
        words = self._words(first, last)
        if words in ("true", "false"):
            return
        yes, no = (
            self._add(first, last, text, f"{words} -> {text}", decision, words) for text in ("true", "false")
        )
        self._wrap(first, last, f"(selected({yes}) || (!selected({no}) && bool(", ")))")

    def decisions(self) -> dict[tuple[int, int], list[int]]:
        """The operators && and || of each decision with more than one condition, by its first and last token."""
        out: dict[tuple[int, int], list[int]] = {}
        for i, token in enumerate(self.tokens):
            if token.text not in LOGIC or not self._is_binary(i) or token.constant:
                continue
            left, right = self._find(i - 1, -1, EDGES) + 1, self._find(i + 1, 1, EDGES) - 1
            while self._is_operand(left - 1, right + 1):
                left, right = self._find(left - 2, -1, EDGES) + 1, self._find(right + 2, 1, EDGES) - 1
            out.setdefault((left, right), []).append(i)
        return out

    def _is_operand(self, left: int, right: int) -> bool:
        """Whether these brackets enclose an operand of another && or ||."""
        if self.tokens[left].text != "(" or self.partner.get(left) != right:
            return False
        before = left - 1
        while self.tokens[before].text == "!":
            before -= 1
        follows = self.tokens[before].text in LOGIC
        return follows or (self.tokens[right + 1].text in LOGIC and self.tokens[before].kind != "word")

    def _add_decisions(self) -> None:
        for (left, right), operators in self.decisions().items():
            decision, start = self._words(left, right), self.tokens[left].start
            opening = ""
            for i in operators:
                token, other = self.tokens[i], LOGIC[self.tokens[i].text]
                number = self._add(i, i, other, f"{token.text} -> {other}")
                whole = self.text[start : self.tokens[right].end]
                changed = whole[: token.start - start] + other + whole[token.end - start :]
                opening += f"selected({number}) ? bool({changed}) : "
            self._wrap(left, right, f"({opening}bool(", "))")
            operands = set()
            for i in operators:
                operands.add((self._find(i - 1, -1, EDGES | set(LOGIC)) + 1, i - 1))
                operands.add((i + 1, self._find(i + 1, 1, EDGES | set(LOGIC)) - 1))
            for first, last in sorted(operands):
                if not any(first <= i <= last and self._is_inside(i, first, last) for i in operators):
                    self._add_condition(first, last, decision)
        for i, token in enumerate(self.tokens):
            if token.text in ("if", "while", "for") and self.tokens[i + 1].text == "(":
                self._add_head(i + 1, token.text == "for")
            elif token.text == "?":
                left = self._find(i - 1, -1, EDGES | set(LOGIC)) + 1
                if self.tokens[left - 1].text not in LOGIC:
                    self._add_condition(left, i - 1)

    def _is_inside(self, i: int, first: int, last: int) -> bool:
        """Whether the operator joins conditions that are the operand in brackets from `first` to `last`."""
        while self.tokens[first].text == "!":
            first += 1
        return self.partner.get(first) == last and self._find(i, -1, {"("}) >= first

    def _add_head(self, opening: int, is_loop: bool) -> None:
        parts, last = [opening + 1], self.partner[opening]
        while (semicolon := self._find(parts[-1], 1, {";", ")"})) < last:
            parts.append(semicolon + 1)
        if is_loop and len(parts) != 3:
            return  # over a range
        first = parts[1] if is_loop else parts[-1]
        last = parts[2] - 1 if is_loop else last
        if first < last and self._find(first, 1, set(LOGIC) | {";", "=", ")"}) >= last:
            self._add_condition(first, last - 1)

    def _add_statements(self) -> None:
        heads = {self.partner.get(i + 1) for i, t in enumerate(self.tokens) if t.text in ("if", "for", "while", "switch")}
        for i, token in enumerate(self.tokens[:-1]):
            if token.text == "return" and self.tokens[i + 1].text not in (";", "{", "true", "false"):
                end = self._find(i, 1, {";"}) - 1
                number = self._add(i + 1, end, "{}", f"return {self._words(i + 1, end)} -> another value")
                self._wrap(i + 1, end, f"mutation::other<{number}>(", ")")
            begins = token.text in (";", "{", "}", "else") or i in heads or (token.text == ":" and not self._blank_before(i))
            end = self._find(i + 1, 1, {";", ")", "}", "]"}) if begins else len(self.tokens)
            if end >= len(self.tokens) or self.tokens[end].text != ";" or self._holds_body(i + 1, end):
                continue
            if STATEMENT.match(words := self._words(i + 1, end)) and not NO_STATEMENT.match(words):
                number = self._add(i + 1, end, ";", f"{words} -> removed")
                self._wrap(i + 1, end, f"{{ if (!selected({number})) ", " }")

    def _holds_body(self, i: int, end: int) -> bool:
        """Whether the tokens are a function with its body instead of one statement."""
        while i < end:
            if self.tokens[i].text == "{" and self.tokens[i - 1].text in (")", "}", "const"):
                return True
            i = max(i, self.partner.get(i, i)) + 1
        return False

    def _add_tokens(self) -> None:
        for i, token in enumerate(self.tokens):
            if token.text in OPERATORS and self._is_binary(i):
                numbers = [self._add(i, i, other, f"{token.text} -> {other}") for other in OPERATORS[token.text]]
                self._wrap(i, i, "", f" mutation::Site<{numbers[0]}>{{}} {token.text}")
            elif token.kind == "number":
                number = self._add(i, i, f"({token.text} + 1)", f"{token.text} -> {token.text} + 1")
                self._wrap(i, i, f"(selected({number}) ? {token.text} + 1 : ", ")")
            elif token.text in ("true", "false"):
                other = "false" if token.text == "true" else "true"
                number = self._add(i, i, other, f"{token.text} -> {other}")
                self._wrap(i, i, f"(selected({number}) ? {other} : ", ")")
            elif token.text in STEPS:
                self._add_step(i)

    def _add_step(self, i: int) -> None:
        other = STEPS[self.tokens[i].text]
        number = self._add(i, i, other, f"{self.tokens[i].text} -> {other}")
        if behind := OBJECT.match(self.text, self.tokens[i].end):
            target, start, end = behind[0], self.tokens[i].start, behind.end()
            changed = other + target
        else:
            before = re.compile(OBJECT.pattern + r"\Z").search(self.text, 0, self.tokens[i].start)
            assert before, "expected an object before " + self.tokens[i].text
            target, start, end = before[0], before.start(), self.tokens[i].end
            changed = target + other
        self.wraps.append((start, end, f"(selected({number}) ? {changed} : ", ")"))
