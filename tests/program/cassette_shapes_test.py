#!/usr/bin/env python3
"""Checks the replies in tests/data/cassettes by the types of the services' own Python packages.

cassette_shapes_test.py SOURCE_DIR looks for the packages openai, anthropic, google-genai, elevenlabs, deepgram-sdk
and assemblyai among those that are installed; exits with 77 (skipped) if there is none. Fails if a reply is not valid
under its type, or if a type that occurs has a field that no reply has, except those in ABSENT: then the service has
something new to tell.
"""

import importlib
import json
import sys
from pathlib import Path

try:
    import pydantic  # which all of the packages need
except ModuleNotFoundError:
    print("no package of a service is installed")
    sys.exit(77)

CASSETTES = Path(sys.argv[1]) / "tests/data/cassettes"

# What answers a request: end of its URL without the query, package, type of a whole reply, type of an event.
TYPES = [
    ("openai.com/v1/chat/completions", "openai.types.chat", "ChatCompletion", "ChatCompletionChunk"),
    ("/deployments/luna/chat/completions", "openai.types.chat", "ChatCompletion", "ChatCompletionChunk"),
    ("/v1/responses", "openai.types.responses", "Response", "ResponseStreamEvent"),
    ("/v1/audio/transcriptions", "openai.types.audio", "TranscriptionCreateResponse", None),
    ("/v1/messages", "anthropic.types", "Message", "RawMessageStreamEvent"),
    ("/v1/models/claude-sonnet-5", "anthropic.types", "ModelInfo", None),
    (":generateContent", "google.genai.types", "GenerateContentResponse", None),
    (":streamGenerateContent", "google.genai.types", None, "GenerateContentResponse"),
    ("/v1/speech-to-text", "elevenlabs.types", "SpeechToTextChunkResponseModel", None),
    ("/with-timestamps", "elevenlabs.types", "AudioWithTimestampsResponse", None),
    ("deepgram.com/v1/listen", "deepgram.types", "ListenV1Response", None),
    ("/v2/transcript", "assemblyai.types", "TranscriptResponse", None),
]

# By type, fields that answer what this library does not ask for, such as tools and other media, and fields of the same
# vendor's other services.
ABSENT = {
    "ChatCompletionChunk": "moderation",
    "ChatCompletionMessage": "audio function_call tool_calls",
    "ChoiceDelta": "audio function_call tool_calls",
    "Response": "access_programs conversation image input_transformations prompt prompt_cache_diagnostics "
                "tool_usage",
    "Reasoning": "generate_summary",
    "ResponseReasoningItem": "content status",
    "ResponseFormatTextJSONSchemaConfig": "description",
    "PromptCacheOptions": "comparison_response_id",
    "ContextManagementCapability": "clear_tool_uses_20250919",
    "GenerateContentResponse": "automatic_function_calling_history create_time parsed prompt_feedback "
                               "sdk_http_response",
    "Candidate": "avg_logprobs citation_metadata continuation_token finish_message grounding_metadata logprobs_result "
                 "token_count url_context_metadata",
    "ModelStatus": "message retirement_time",
    "Part": "audio_metadata audio_transcription code_execution_result document_metadata executable_code file_data "
            "function_call function_response inline_data media_processing media_resolution part_metadata "
            "speech_metadata spreadsheet_metadata tool_call tool_response video_metadata",
    "SafetyRating": "blocked overwritten_threshold probability_score severity severity_score",
    "GenerateContentResponseUsageMetadata": "tool_use_prompt_token_count tool_use_prompt_tokens_details traffic_type",
    "SpeechToTextChunkResponseModel": "edited_transcript",
    "SpeechToTextWordResponseModel": "channel_index",
    "ListenV1ResponseResults": "intents sentiments summary topics",
    "ListenV1ResponseResultsChannelsItem": "search",
    "ListenV1ResponseResultsChannelsItemAlternativesItem": "entities languages languages_hinted paragraphs summaries "
                                                           "topics",
    "ListenV1ResponseResultsChannelsItemAlternativesItemWordsItem": "language",
    "ListenV1ResponseResultsUtterancesItem": "languages",
    "ListenV1ResponseResultsUtterancesItemWordsItem": "language",
    "ListenV1ResponseMetadata": "intents_info sentiment_info summary_info tags topics_info",
    "Word": "channel",
    "Utterance": "channel translated_texts",
    "UtteranceWord": "channel",
}


def content(body):
    """(whole document or None, events)."""
    if "json" in body:
        return body["json"], []
    lines = [line[6:] for line in body.get("lines", []) if line.startswith("data: ") and line != "data: [DONE]"]
    return None, [json.loads(line) for line in lines]


def is_known_beside(package, event):
    """Events that a service sends and its type does not know: pings, and those of Azure's asynchronous filter."""
    if package == "anthropic.types":
        return event["type"] == "ping"
    return package == "openai.types.chat" and event["object"] == ""


def validated(kind, value):
    """The value as that type. Fails with ValueError."""
    if is_old(kind):
        return kind.parse_obj(value)
    return pydantic.TypeAdapter(kind).validate_python(value)


def is_old(kind):
    """Whether a type is one of pydantic's first version."""
    return not hasattr(kind, "model_fields") and hasattr(kind, "__fields__")


def fields_of(kind):
    return set(kind.__fields__ if is_old(kind) else getattr(kind, "model_fields", ()))


def note_fields(value, seen):
    """Adds the fields that are set to `seen`, by type, for all types in a value."""
    fields = fields_of(type(value))
    if isinstance(value, (list, tuple)):
        for entry in value:
            note_fields(entry, seen)
    elif fields:
        present = value.__fields_set__ if is_old(type(value)) else value.model_fields_set
        seen.setdefault(type(value), set()).update(present & fields)
        for name in fields:
            note_fields(getattr(value, name), seen)


def main():
    faults, seen, checked, missing = [], {}, 0, set()
    for file in sorted(CASSETTES.glob("*/*.json")):
        exchange = json.loads(file.read_text())
        url = exchange["request"]["url"].partition("?")[0]
        row = next((row for row in TYPES if url.endswith(row[0]) or f"{row[0]}/" in url), None)
        if not row or exchange["response"]["status"] != 200:
            continue
        _, package, whole_type, event_type = row
        try:
            types = importlib.import_module(package)
        except ModuleNotFoundError:
            missing.add(package.partition(".types")[0])
            continue
        whole, events = content(exchange["response"]["body"])
        for kind, value in [(whole_type, whole)] * (whole is not None) + [(event_type, event) for event in events]:
            if kind == event_type and is_known_beside(package, value):
                continue
            try:
                note_fields(validated(getattr(types, kind), value), seen)
            except ValueError as error:
                faults.append(f"{file.relative_to(CASSETTES)}: {error}")
            checked += 1
    for name in sorted(missing):
        print(f"{name} is not installed: replies of its service are not checked")
    for kind, fields in seen.items():
        lacking = fields_of(kind) - fields - set(ABSENT.get(kind.__name__, "").split())
        if lacking:
            faults.append(f"{kind.__module__}.{kind.__name__}: no reply has {', '.join(sorted(lacking))}")
    print("\n".join(faults))
    print(f"{checked} replies and events are checked, {len(faults)} faults")
    sys.exit(1 if faults else 0 if checked else 77)


if __name__ == "__main__":
    main()
