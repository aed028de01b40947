"""What is said in call.m4a, and names that are the same for the same thing."""

import base64
import hashlib
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[2] / "examples/recording"
LINES = [line.split(": ", 1) for line in (HERE / "call.txt").read_text().splitlines()]
TIMES = json.loads((EXAMPLE / "times.json").read_text())
TEXT = " ".join(text for _, text in LINES)
NOW = 1796083200  # 2026-12-01
SECONDS = 52.889  # of call.m4a


def name(seed, length=24, letters="0123456789abcdef"):
    """An id of that length, the same for the same seed."""
    digest = hashlib.sha512(json.dumps(seed).encode()).digest()
    return "".join(letters[digest[i % 64] % len(letters)] for i in range(length))


def opaque(seed, length=48):
    """Base64 of what only the service can read, such as a signature."""
    return base64.b64encode(hashlib.shake_128(str(seed).encode()).digest(length)).decode()
