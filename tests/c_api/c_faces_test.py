#!/usr/bin/env python3
"""The golden reports and the table of bad inputs through the C functions of the shared library.

Usage: c_faces_test.py LIBRARY SOURCE_FOLDER [--without-pdf]. The C++ and the Python tests read the same files.
"""

import ctypes as c
import json
import re
import sys
from pathlib import Path

WITHOUT_PDF = "--without-pdf" in sys.argv
STATUS = {"invalid_argument": 1, "invalid_input": 2, "not_found": 3, "io": 4}
ESCAPE = re.compile(rb"\\(x[0-9A-Fa-f]{2}|.)")
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


class Text(c.Structure):
    _fields_ = [("data", c.c_void_p), ("size", c.c_size_t)]


class Face:
    """The library's functions, as any language would call them."""

    def __init__(self, path):
        self.lib = c.CDLL(str(path))
        for name in ("message", "where"):
            getattr(self.lib, f"scl_error_{name}").restype = c.c_char_p
        self.lib.scl_checklist_free.argtypes = [c.c_void_p]
        self.lib.scl_error_free.argtypes = [c.c_void_p]

    def text(self, function, *arguments):
        """(0, bytes) or (code, where, message)."""
        out = Text()
        failed = self.call(function, c.byref(out), *arguments)
        if failed:
            return failed
        data = c.string_at(out.data, out.size)
        self.lib.scl_text_free(c.byref(out))
        return 0, data

    def call(self, function, *arguments):
        """None, or (code, where, message)."""
        error = c.c_void_p()
        status = getattr(self.lib, function)(*arguments, c.byref(error))
        if status == 0:
            return None
        assert self.lib.scl_error_code(error) == status, function
        found = status, self.lib.scl_error_where(error), self.lib.scl_error_message(error)
        self.lib.scl_error_free(error)
        return found

    def checklist(self, function, text):
        handle = c.c_void_p()
        failed = self.call(function, c.byref(handle), text)
        if failed:
            return failed, None
        return None, handle


def unescaped(field):
    def one(match):
        kind = match.group(1)
        return bytes([int(kind[1:], 16)]) if len(kind) == 3 else LETTERS.get(kind, kind)
    return ESCAPE.sub(one, field)


def inputs(field, folder):
    if field == b"-":
        return None
    if field.startswith(b"@"):
        return (folder / "data" / field[1:].decode()).read_bytes()
    return unescaped(field)


def provoke(face, call, a, b, third, ten):
    """What the C face says of one row of the table."""
    if call == "read":
        names = json.dumps({"rep_names": [b.decode()]}).encode() if b else None
        return face.text("scl_transcript_read", a, c.c_size_t(len(a)), names)
    if call in ("find_checklist", "checklist"):
        function = "scl_checklist_find" if call == "find_checklist" else "scl_checklist_parse"
        return face.checklist(function, a)[0]
    if call == "cues":
        handle = c.c_void_p()
        return face.call("scl_checklist_with_cues", c.byref(handle), ten, a)
    if call == "policy":
        return face.text("scl_score", ten, b"[]", a)
    if call == "score":
        return face.text("scl_score", ten, a, None)
    if call == "measure":
        return face.text("scl_measure", a)
    if call == "verify":
        return face.text("scl_verify", a, b)
    if call == "compose":
        return face.text("scl_compose", a, ten, b, third, None, None)
    if call == "coach":
        return face.text("scl_coach_offline", a, ten, b, third)
    if call == "report":
        return face.text("scl_render_pdf", a, ten, None, None)
    if call == "pdf":
        talk = b"Ann: We lose money.\nBen: How much?\n"
        report = face.text("scl_analyze", talk, c.c_size_t(len(talk)), ten, None, None)[1]
        return face.text("scl_render_pdf", report, ten, a, None)
    if call == "score_many":
        rows = len(a) // 10
        return face.call("scl_score_many", None, None, None, ten, a, c.c_size_t(rows), None,
                         c.c_uint(1))
    raise AssertionError(f"unknown call {call}")


def check_bad_inputs(face, folder):
    ten = face.checklist("scl_checklist_find", b"ten-point")[1]
    faults, rows = [], 0
    for line in (folder / "bad_inputs.tsv").read_bytes().splitlines():
        if line.startswith(b"#"):
            continue
        name, call, *fields, code, where, message = line.split(b"\t")
        if call == b"pdf" and WITHOUT_PDF:
            continue
        got = provoke(face, call.decode(), *(inputs(f, folder) for f in fields), ten)
        wanted = STATUS[code.decode()], unescaped(where), unescaped(message)
        rows += 1
        if got != wanted:
            faults.append(f"{name.decode()}: {got} instead of {wanted}")
    face.lib.scl_checklist_free(ten)
    assert rows > 50, rows
    return faults


def check_golden(face, root):
    folder = root / "tests" / "golden"
    faults = []
    cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    assert len(cases) >= 3
    for case in cases:
        checklist = face.checklist("scl_checklist_find", case["checklist"].encode())[1]
        call = (root / case["call"]).read_bytes()
        options = {key: case[key] for key in ("rep_names", "deal", "policy") if case[key]}
        got = face.text("scl_analyze", call, c.c_size_t(len(call)), checklist,
                        json.dumps(options).encode(), None)
        if got != (0, (folder / f"{case['name']}.report.json").read_bytes()):
            faults.append(f"{case['name']}: another report than the golden one")
        face.lib.scl_checklist_free(checklist)
    return faults


def main():
    face, root = Face(sys.argv[1]), Path(sys.argv[2])
    faults = check_golden(face, root) + check_bad_inputs(face, root / "tests")
    print("\n".join(faults) or "the C face gives what the table and the golden reports say")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
