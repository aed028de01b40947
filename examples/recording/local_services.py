#!/usr/bin/env python3
"""A server that speaks like OpenAI's and knows one call: local_services.py [PORT].

It "hears" call.m4a by reading script.json, answers the checklist and coaches from the same file, and
speaks with espeak-ng. The cassette of this folder was recorded against it; see README.md. One answer
in the script is made up on purpose: the library refuses it.
"""

import json
import os
import re
import subprocess
import sys
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPT = json.loads((HERE / "script.json").read_text())
TIMES = json.loads((HERE / "times.json").read_text())
PROMPTS = []  # of completions so far


def transcription(fields):
    """diarized_json, as gpt-4o-transcribe-diarize gives it."""
    segments = [
        {"type": "transcript.text.segment", "id": f"seg_{i}", "speaker": line["speaker"], "text": line["text"],
         "start": begin / 1000, "end": end / 1000}
        for i, (line, (begin, end)) in enumerate(zip(SCRIPT["lines"], TIMES))]
    seconds = -(-TIMES[-1][1] // 1000)
    if fields.get("response_format") != "diarized_json":
        return {"text": " ".join(line["text"] for line in SCRIPT["lines"]), "usage": {"type": "duration", "seconds": seconds}}
    return {"task": "transcribe", "duration": TIMES[-1][1] / 1000, "segments": segments,
            "text": " ".join(line["text"] for line in SCRIPT["lines"]), "usage": {"type": "duration", "seconds": seconds}}


def answers(question):
    """One entry for each item whose id stands in brackets."""
    out = []
    for item in re.findall(r"^\[([\w.-]+)\]", question, re.MULTILINE):
        answer, confidence, utterance, quote, reasoning = SCRIPT["answers"].get(
            item, ["no", 0.8, None, None, "Nothing of it is said in this call."])
        evidence = [] if quote is None else [{"utterance": utterance, "quote": quote}]
        out.append({"item_id": item, "reasoning": reasoning, "evidence": evidence, "contrary": [], "answer": answer,
                    "confidence": confidence})
    return {"answers": out, "attempts": []}


def cached_tokens(prompt):
    """As OpenAI's cache counts: what a prompt begins with alike as an earlier one, from 1,024 tokens
    on in steps of 128; a token is taken for four characters."""
    longest = max((len(os.path.commonprefix([prompt, earlier])) for earlier in PROMPTS), default=0) // 4
    PROMPTS.append(prompt)
    return longest // 128 * 128 if longest >= 1024 else 0


def completion(request):
    """The content of a reply and its usage."""
    text = request["messages"][-1]["content"]
    schema = request.get("response_format", {}).get("json_schema", {}).get("schema", {})
    content = SCRIPT["coaching"] if "feedback_text" in schema.get("properties", {}) else answers(text)
    content = json.dumps(content, ensure_ascii=False)
    tokens_in, tokens_out = sum(len(m["content"]) for m in request["messages"]) // 4, len(content) // 4
    usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out,
             "prompt_tokens_details": {"cached_tokens": cached_tokens("".join(m["content"] for m in request["messages"]))}}
    return content, usage


def speech(text):
    """MP3 at 24 kbit/s."""
    spoken = subprocess.run(["espeak-ng", "-v", "en-us+f3", "-s", "170", "--stdout", text], check=True,
                            capture_output=True).stdout
    return subprocess.run(["ffmpeg", "-v", "error", "-i", "-", "-b:a", "24k", "-ar", "22050", "-fflags", "+bitexact",
                           "-f", "mp3", "-"], input=spoken, check=True, capture_output=True).stdout


def chunk(delta, finish=None):
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "local",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, body, content_type="application/json"):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("x-request-id", "req_local")
        self.end_headers()
        self.wfile.write(body)

    def stream(self, content, usage):
        """Server-sent events, the content in pieces."""
        size = 400
        events = [chunk({"role": "assistant", "content": ""})]
        events += [chunk({"content": content[at:at + size]}) for at in range(0, len(content), size)]
        events += [chunk({}, "stop"), chunk({}) | {"choices": [], "usage": usage}]
        body = "".join(f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events) + "data: [DONE]\n\n"
        self.reply(body.encode(), "text/event-stream")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.endswith("/audio/transcriptions"):
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            parts = BytesParser().parsebytes(head + body).get_payload()
            fields = {part.get_param("name", header="content-disposition"): part.get_payload() for part in parts}
            return self.reply(json.dumps(transcription(fields)).encode())
        request = json.loads(body)
        if self.path.endswith("/audio/speech"):
            return self.reply(speech(request["input"]), "audio/mpeg")
        content, usage = completion(request)
        if request.get("stream"):
            return self.stream(content, usage)
        message = {"role": "assistant", "content": content, "refusal": None}
        return self.reply(json.dumps({
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "local", "usage": usage,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}, ensure_ascii=False).encode())


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}/v1", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
