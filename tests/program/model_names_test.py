#!/usr/bin/env python3
"""Compares the names of models with the services' own Python packages: model_names_test.py SOURCE_DIR [FOLDER].

Looks for the packages openai, anthropic, google-genai and elevenlabs among those that are installed, or in FOLDER; exits
with 77 (skipped) if there is none. Fails if a default of schemas/models/services.json is unknown to its package or
deprecated there, or if a deprecated model lacks in the list, with its date.
"""

import importlib.util
import json
import re
import sys
from datetime import datetime
from pathlib import Path

SOURCE = Path(sys.argv[1])
FOLDER = Path(sys.argv[2]) if len(sys.argv) > 2 else None
SERVICES = json.loads((SOURCE / "schemas/models/services.json").read_text())


def package(name):
    """The folder of a package, or None."""
    if FOLDER:
        found = FOLDER.joinpath(*name.split("."))
        return found if found.is_dir() else None
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return None
    return Path(list(spec.submodule_search_locations)[0]) if spec and spec.submodule_search_locations else None


def openai(folder):
    known, retiring = set(), {}
    for file in ("types/shared/chat_model.py", "types/audio_model.py", "types/audio/speech_model.py"):
        names, _, notes = (folder / file).read_text().partition('"""Deprecated values:')
        known |= set(re.findall(r'"([a-z0-9.-]+)"', names.partition("Literal[")[2]))
        for entry in notes.split("\n- "):
            date = re.search(r"(\d{4}-\d\d-\d\d)(?!-preview)", re.sub(r'"[^"]*"', "", entry))
            if date:
                retiring |= {name: date[1] for name in re.findall(r'"([^"]+)"', entry)}
    return known, retiring


def anthropic(folder):
    known = set(re.findall(r'"(claude-[a-z0-9-]+)"', (folder / "types/model.py").read_text()))
    listed = re.findall(r'"([^"]+)": "(\w+) (\d+)\w\w, (\d+)"', (folder / "_data/deprecated_models.py").read_text())
    dates = {name: datetime.strptime(f"{month} {day} {year}", "%B %d %Y") for name, month, day, year in listed}
    return known, {name: date.strftime("%Y-%m-%d") for name, date in dates.items()}


def gemini(folder):
    text = (folder / "_gaos/types/interactions/model.py").read_text()
    return set(re.findall(r'"(gemini-[a-z0-9.-]+)"', text)), {}


def elevenlabs(folder):
    words = (path.read_text() for path in folder.rglob("*.py"))
    return set(re.findall(r"\b(?:scribe|eleven)_[a-z0-9_]+", "\n".join(words))), {}


READERS = {"openai": ("openai", openai), "anthropic": ("anthropic", anthropic), "gemini": ("google.genai", gemini),
           "elevenlabs": ("elevenlabs", elevenlabs)}


def main():
    ours = {provider: {} for provider in READERS}
    for group in SERVICES["retiring"]:
        ours[group["provider"]] |= dict.fromkeys(group["models"], group["date"])
    families = tuple(family["begins"] for family in SERVICES["families"])
    faults, seen = [], 0
    for provider, (name, read) in READERS.items():
        folder = package(name)
        if not folder:
            print(f"{name} is not installed: its models are not compared")
            continue
        seen += 1
        known, retiring = read(folder)
        for port, model in SERVICES["defaults"][provider].items():
            if model not in known:
                faults.append(f"{provider}: the default {port} {model} is unknown to the package {name}")
            if model in retiring:
                print(f"{provider}: the default {port} {model} is shut down on {retiring[model]}")
        for model, date in retiring.items():
            of_use = model.startswith(families) or model in SERVICES["defaults"][provider].values()
            if of_use and "audio" not in model and ours[provider].get(model) != date:
                faults.append(f"{provider}: {model} is shut down on {date}; the list has {ours[provider].get(model)}")
    if faults or seen:
        print("\n".join(faults) or f"The names of models agree with {seen} packages.")
    return 1 if faults else 0 if seen else 77


if __name__ == "__main__":
    sys.exit(main())
