"""The replies of language models: what they write, and the shapes in which their services send it."""

import json
import re

from call import EXAMPLE, NOW, name, opaque

# The answers to ten-point: number of the line, quote and reasoning. All other items are a no.
YES = {
    "trigger.01": (1, "It cost us about ninety thousand dollars.", "He names the harm – and what it cost."),
    "priority.01": (5, "Before the first of October, when the peak season starts.", "The season sets the date."),
    "influencer.01": (9, "Yes, I will bring Ruth", "The one who signs comes to the next meeting."),
    "impact.01": (3, "I sit there with them until nine", "His own evenings go into it."),
    "mentor.01": (9, "I will send you the numbers from March before that.", "He promises their own figures."),
    "alternatives.01": (7, "We also talk to Stock Pilot", "The rival is named."),
}
FENCED, PREFACED = "priority.01", "mentor.01"  # the items whose answers have something around the JSON
PREFACE = "Marek says what he will do himself. Let me put that in the required form.\n\n"
COACHING = json.loads((EXAMPLE / "script.json").read_text())["coaching"] | {"moments": [
    {"utterance": 5, "quote": "If we miss that, we wait another year.", "item_id": "priority.01"}]}


def written(prompt, schema):
    """What the model writes: (text before the answer, answer, tokens of hidden reasoning)."""
    if "feedback_text" in json.dumps(schema):
        return "", json.dumps(COACHING, ensure_ascii=False), 640
    items = re.findall(r"^\[([\w.-]+)\] words of", prompt, re.MULTILINE)
    entries = []
    for item in items:
        line, quote, reasoning = YES.get(item, (None, None, "Nothing of it is said in this call."))
        entries.append({"item_id": item, "reasoning": reasoning,
                        "evidence": [{"utterance": line, "quote": quote}] if quote else [],
                        "contrary": [], "answer": "yes" if quote else "no", "confidence": 0.9 if quote else 0.85})
    text = json.dumps({"answers": entries, "attempts": []}, ensure_ascii=False)
    if FENCED in items:
        text = f"```json\n{json.dumps(json.loads(text), indent=2, ensure_ascii=False)}\n```"
    return PREFACE if PREFACED in items else "", text, 128


def counts(prompt, reasoning):
    """Tokens read, read from the cache, and written; round, so that they can be checked without counting. The first
    question of a call finds no cache."""
    return 1200, 0 if "[trigger.01] words of" in prompt else 1024, 60 + reasoning


def pieces(text, size=120):
    return [text[at:at + size] for at in range(0, len(text), size)]


def sse(events, named=False):
    """Server-sent events, one chunk of bytes for each."""
    return [(f"event: {event['type']}\n" if named else "") + f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
            for event in events]


# OpenAI and Azure: chat completions.

SAFE = {kind: {"filtered": False, "severity": "safe"} for kind in ("hate", "self_harm", "sexual", "violence")}
SAFE_PROMPT = SAFE | {"jailbreak": {"filtered": False, "detected": False}}


def chat_usage(tokens_in, cached, tokens_out, reasoning):
    return {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out,
            "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0, "image_tokens": 0,
                                      "text_tokens": tokens_in, "cache_write_tokens": 0 if cached else tokens_in},
            "completion_tokens_details": {"reasoning_tokens": reasoning, "audio_tokens": 0,
                                          "text_tokens": tokens_out - reasoning, "accepted_prediction_tokens": 0,
                                          "rejected_prediction_tokens": 0}}


def chat(request, azure=False):
    prompt = "".join(m["content"] for m in request["messages"])
    before, answer, reasoning = written(prompt, request.get("response_format"))
    tokens_in, cached, tokens_out = counts(prompt, reasoning)
    usage = chat_usage(tokens_in, cached, tokens_out, reasoning)
    tier = {} if azure else {"service_tier": "default"}
    head = {"id": "chatcmpl-" + name(prompt, 29), "created": NOW, "model": request["model"], **tier,
            "system_fingerprint": "fp_" + name("fingerprint", 10)}
    if not request.get("stream"):
        message = {"role": "assistant", "content": before + answer, "refusal": None, "annotations": []}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        filtered = {"prompt_filter_results": [{"prompt_index": 0, "content_filter_results": SAFE_PROMPT}]}
        return head | {"object": "chat.completion", "usage": usage, "metadata": {}, "moderation": None, "choices": [
            choice | ({"content_filter_results": SAFE} if azure else {})]} | (filtered if azure else {})

    def chunk(delta, finish=None):
        padding = {} if azure else {"obfuscation": name([prompt, delta], 4 + len(json.dumps(delta)) % 9)}
        return head | {"object": "chat.completion.chunk", "usage": None, "choices": [
            {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]} | padding

    events = [chunk({"role": "assistant", "content": "", "refusal": None})]
    events += [chunk({"content": piece}) for piece in pieces(before + answer)]
    events += [chunk({}, "stop"), chunk({}) | {"choices": [], "usage": usage}]
    if azure:  # the asynchronous filter: results about the prompt, about the text so far, about all of it
        nothing = {"id": "", "object": "", "created": 0, "model": "", "usage": None}
        results = [{"index": 0, "finish_reason": None, "content_filter_results": SAFE, "content_filter_offsets": {
            "check_offset": end, "start_offset": 0, "end_offset": end}} for end in (200, 400)]
        events = [nothing | {"choices": [], "prompt_filter_results": [
            {"prompt_index": 0, "content_filter_results": SAFE_PROMPT}]}, *events[:3],
            nothing | {"choices": results[:1]}, *events[3:], nothing | {"choices": results[1:]}]
    return sse(events) + ["data: [DONE]\n\n"]


# OpenAI: the Responses API.

def refusal(message, param, code):
    return {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}


def response(request):
    prompt = request["instructions"] + request["input"]
    before, answer, reasoning = written(prompt, request["text"])
    tokens_in, cached, tokens_out = counts(prompt, reasoning)
    kept = 0 if cached else tokens_in  # written to the cache
    ids = [kind + name([kind, prompt], 50) for kind in ("resp_", "rs_", "msg_", "msg_")]
    whole = {
        "id": ids[0], "object": "response", "created_at": NOW, "status": "in_progress", "background": False,
        "completed_at": None, "error": None, "incomplete_details": None, "instructions": request["instructions"],
        "max_output_tokens": request["max_output_tokens"], "max_tool_calls": None, "model": request["model"],
        "output": [], "parallel_tool_calls": True, "previous_response_id": None,
        "prompt_cache_key": request.get("prompt_cache_key"), "prompt_cache_retention": None,
        "reasoning": {"effort": "high", "summary": None, "context": None, "mode": "pro"}, "safety_identifier": None,
        "service_tier": "auto",
        "store": False, "temperature": 1.0, "text": request["text"] | {"verbosity": "medium"}, "tool_choice": "auto",
        "tools": [], "top_logprobs": 0, "top_p": 1.0, "truncation": "disabled", "usage": None, "user": None,
        "metadata": {}, "moderation": None, "prompt_cache_options": {"mode": "implicit", "ttl": "30m"}}
    thought = {"id": ids[1], "type": "reasoning", "encrypted_content": opaque(prompt), "summary": []}
    messages = [(ids[2], "commentary", before), (ids[3], "final_answer", answer)]

    def part(text):
        return {"type": "output_text", "annotations": [], "logprobs": [], "text": text}

    def item(id, phase, text, status="completed"):
        return {"id": id, "type": "message", "status": status, "content": [part(text)] if text else [],
                "phase": phase, "role": "assistant"}

    output = [thought] + [item(*message) for message in messages if message[2]]
    usage = {"input_tokens": tokens_in, "output_tokens": tokens_out, "total_tokens": tokens_in + tokens_out,
             "input_tokens_details": {
                 "cached_tokens": cached, "cache_write_tokens": kept,
                 "cache_write_tokens_details": {"ttl_30m_tokens": kept, "ttl_12h_tokens": 0}},
             "output_tokens_details": {"reasoning_tokens": reasoning}}
    done = whole | {"status": "completed", "completed_at": NOW + 9, "service_tier": "default", "output": output,
                    "usage": usage}
    if not request.get("stream"):
        return done
    short = {"instructions": None, "text": {"format": {"type": "text"}, "verbosity": "medium"}}  # keeps the file small
    events = [{"type": "response.created", "response": whole | short},
              {"type": "response.in_progress", "response": whole | short},
              {"type": "response.output_item.added", "output_index": 0, "item": thought},
              {"type": "response.output_item.done", "output_index": 0, "item": thought}]
    for index, done_item in enumerate(output[1:], 1):
        text, at = done_item["content"][0]["text"], {"output_index": index}
        place = at | {"item_id": done_item["id"], "content_index": 0}
        events.append({"type": "response.output_item.added", "item": done_item | {
            "status": "in_progress", "content": []}} | at)
        events.append({"type": "response.content_part.added", "part": part("")} | place)
        events += [{"type": "response.output_text.delta", "delta": piece, "logprobs": [],
                    "obfuscation": name([prompt, piece], 8)} | place for piece in pieces(text)]
        events.append({"type": "response.output_text.done", "text": text, "logprobs": []} | place)
        events.append({"type": "response.content_part.done", "part": part(text)} | place)
        events.append({"type": "response.output_item.done", "item": done_item} | at)
    events.append({"type": "response.completed", "response": done | short})
    return sse([event | {"sequence_number": n} for n, event in enumerate(events)], named=True)


# Anthropic.

def messages(request):
    blocks = request.get("system", []) + request["messages"][0]["content"]
    prompt = "".join(block["text"] for block in blocks)
    before, answer, reasoning = written(prompt, request.get("output_config"))
    tokens_in, cached, tokens_out = counts(prompt, reasoning)
    kept = 0 if cached else tokens_in - 60  # written to the cache
    first_counts = {"input_tokens": tokens_in - cached - kept, "cache_creation_input_tokens": kept,
                    "cache_read_input_tokens": cached}
    usage = first_counts | {
        "cache_creation": {"ephemeral_5m_input_tokens": kept, "ephemeral_1h_input_tokens": 0}, "output_tokens": 1,
        "output_tokens_details": None, "server_tool_use": None, "service_tier": "standard",
        "inference_geo": "global", "speed": "standard"}
    content = [{"type": "thinking", "thinking": "", "signature": opaque(prompt)},
               {"type": "text", "text": before + answer, "citations": None}]
    ended = {"stop_reason": "end_turn", "stop_sequence": None, "stop_details": None, "container": None}
    used = {"output_tokens": tokens_out, "output_tokens_details": {"thinking_tokens": reasoning}}
    message = {"id": "msg_01" + name(prompt, 22), "type": "message", "role": "assistant", "model": request["model"],
               "content": content, "diagnostics": None, **ended, "usage": usage | used}
    if not request.get("stream"):
        return message
    # What the last event says of the tokens read may be null: the first one has said it.
    repeated = dict.fromkeys(first_counts) if f"[{PREFACED}] words of" in prompt else first_counts
    start = message | {"content": [], "stop_reason": None, "usage": usage}
    events = [{"type": "message_start", "message": start},
              {"type": "content_block_start", "index": 0, "content_block": content[0] | {"signature": ""}},
              {"type": "ping"},
              {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": ""}},
              {"type": "content_block_delta", "index": 0, "delta": {
                  "type": "signature_delta", "signature": content[0]["signature"]}},
              {"type": "content_block_stop", "index": 0},
              {"type": "content_block_start", "index": 1, "content_block": content[1] | {"text": ""}}]
    events += [{"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": piece}}
               for piece in pieces(content[1]["text"])]
    events += [{"type": "content_block_stop", "index": 1},
               {"type": "message_delta", "delta": ended, "usage": repeated | used | {"server_tool_use": None}},
               {"type": "message_stop"}]
    return sse(events, named=True)


def anthropic_model(model):
    def able(*names):
        return {"supported": True} | {name: {"supported": True} for name in names}

    capabilities = dict.fromkeys(("batch", "citations", "code_execution", "image_input", "pdf_input",
                                  "structured_outputs"), able())
    capabilities |= {"effort": able("low", "medium", "high", "xhigh", "max"),
                     "context_management": able("clear_thinking_20251015", "compact_20260112"),
                     "server_tools": able("code_execution", "web_search"),
                     "thinking": able() | {"types": {kind: able() for kind in (
                         "adaptive", "between_tools", "disabled", "enabled")}}}
    return {"id": model, "type": "model", "display_name": "Claude Sonnet 5", "created_at": "2026-06-18T00:00:00Z",
            "deprecated_at": None, "retires_at": None, "lifecycle": "active", "line": "sonnet",
            "max_input_tokens": 1000000, "max_tokens": 128000, "capabilities": capabilities}


# Gemini.

def generate(request, model, stream):
    parts = request["systemInstruction"]["parts"] + request["contents"][0]["parts"]
    prompt = "\n".join(part["text"] for part in parts)
    before, answer, reasoning = written(prompt, request["generationConfig"].get("responseJsonSchema"))
    tokens_in, cached, tokens_out = counts(prompt, reasoning)

    def event(parts, written_so_far, **more):
        modal = {"modality": "TEXT"}
        usage = {"promptTokenCount": tokens_in, "totalTokenCount": tokens_in + written_so_far + reasoning,
                 "promptTokensDetails": [modal | {"tokenCount": tokens_in}], "thoughtsTokenCount": reasoning}
        if written_so_far:
            usage |= {"candidatesTokenCount": written_so_far,
                      "candidatesTokensDetails": [modal | {"tokenCount": written_so_far}]}
        if cached:
            usage |= {"cachedContentTokenCount": cached, "cacheTokensDetails": [modal | {"tokenCount": cached}]}
        return {"candidates": [{"content": {"parts": parts, "role": "model"}, "index": 0} | more],
                "usageMetadata": usage, "modelVersion": model, "responseId": name(prompt, 22),
                "modelStatus": {"modelStage": "STABLE"}}

    ratings = [{"category": "HARM_CATEGORY_" + kind, "probability": "NEGLIGIBLE"}
               for kind in ("HATE_SPEECH", "DANGEROUS_CONTENT", "HARASSMENT", "SEXUALLY_EXPLICIT")]
    texts = pieces(before + answer, 120 if stream else 10**6)
    events = [event([{"text": text}], 10 * n) for n, text in enumerate(texts)]
    end = event([{"text": "", "thoughtSignature": opaque(prompt)}], tokens_out - reasoning, finishReason="STOP",
                safetyRatings=ratings)
    if stream:
        thought = event([{"text": "**Reading the call**\n", "thought": True}], 0)
        return sse([thought, *events, end])
    end["candidates"][0]["content"]["parts"] = [{"text": texts[0], "thoughtSignature": opaque(prompt)}]
    return end


def gemini_model(model):
    return {"name": f"models/{model}", "version": "3.8", "displayName": "Gemini 3.8 Flash", "description": "Fast.",
            "inputTokenLimit": 1048576, "outputTokenLimit": 65536, "temperature": 1, "topP": 0.95, "topK": 64,
            "maxTemperature": 2, "thinking": True, "supportedGenerationMethods": ["generateContent", "countTokens"]}
