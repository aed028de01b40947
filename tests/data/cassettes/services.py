#!/usr/bin/env python3
"""A server that answers in the shapes that the services send in November 2026: services.py [PORT].

The first part of a path is the host of the service: /api.openai.com/v1/chat/completions. What it answers depends on the
request alone, except that a transcript of AssemblyAI is finished when it is asked for the second time; so a recording
made again has the same replies. It needs no key. See README.md.
"""

import json
import sys
import time
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from call import name
from model_replies import anthropic_model, chat, gemini_model, generate, messages, refusal, response
from sound_replies import SILENCE, assemblyai, deepgram, scribe, transcription, with_timestamps

CLOUDFLARE = {"Server": "cloudflare", "CF-RAY": "9a6f0c2d4e8b1f3a-FRA", "cf-cache-status": "DYNAMIC",
              "Set-Cookie": "__cf_bm=" + name("cookie", 43) + "; path=/; HttpOnly; Secure"}
HEADERS = {
    "api.openai.com": CLOUDFLARE | {
        "x-request-id": "req_" + name("openai", 32), "openai-organization": "user-" + name("organization"),
        "openai-version": "2020-10-01", "openai-processing-ms": "2113", "openai-project": "proj_" + name("project"),
        "x-ratelimit-limit-requests": "10000", "x-ratelimit-limit-tokens": "10000000",
        "x-ratelimit-remaining-requests": "9999", "x-ratelimit-remaining-tokens": "9997310",
        "x-ratelimit-reset-requests": "6ms", "x-ratelimit-reset-tokens": "16ms"},
    "calls.openai.azure.com": {
        "apim-request-id": name("apim", 32), "x-request-id": name("azure", 32), "x-ms-region": "Sweden Central",
        "x-ms-rai-invoked": "true", "x-ms-deployment-name": "luna",
        "azureml-model-session": "d20261101-" + name("session", 8),
        "x-ratelimit-limit-requests": "2500", "x-ratelimit-remaining-requests": "2499",
        "x-ratelimit-limit-tokens": "2500000", "x-ratelimit-remaining-tokens": "2496000"},
    "api.anthropic.com": CLOUDFLARE | {
        "request-id": "req_011C" + name("anthropic", 20), "anthropic-organization-id": name("organization", 32),
        "anthropic-ratelimit-requests-limit": "4000", "anthropic-ratelimit-requests-remaining": "3999",
        "anthropic-ratelimit-requests-reset": "2026-12-01T00:00:00Z",
        "anthropic-ratelimit-input-tokens-limit": "2000000", "anthropic-ratelimit-output-tokens-limit": "400000",
        "anthropic-ratelimit-input-tokens-remaining": "1998000",
        "anthropic-ratelimit-output-tokens-remaining": "399000"},
    "generativelanguage.googleapis.com": {
        "Server": "scaffolding on HTTPServer2", "Server-Timing": "gfet4t7; dur=1873", "Vary": "Origin",
        "X-Gemini-Service-Tier": "standard", "Alt-Svc": 'h3=":443"; ma=2592000'},
    "api.elevenlabs.io": {
        "request-id": name("elevenlabs", 20), "character-cost": "66", "x-trace-id": name("trace", 32),
        "x-region": "europe", "current-concurrent-requests": "1", "maximum-concurrent-requests": "10",
        "Server": "uvicorn"},
    "api.deepgram.com": {"dg-request-id": name("deepgram", 32), "dg-project-id": name("deepgram project", 32)},
    "api.assemblyai.com": {"Server": "envoy", "x-envoy-upstream-service-time": "41"},
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    ordered = {}  # by the id of AssemblyAI's transcripts: the request, and how often it was asked for

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return "Tue, 01 Dec 2026 00:00:00 GMT"

    def reply(self, body, status=200):
        """A list is streamed, bytes are sound, and everything else is JSON."""
        streamed, sound = isinstance(body, list), isinstance(body, bytes)
        self.send_response(status)
        for header in HEADERS.get(self.host, {}).items():
            self.send_header(*header)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8" if streamed else
                         "audio/mpeg" if sound else "application/json")
        if streamed:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in [piece.encode() for piece in body] + [b""]:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                time.sleep(0.002)  # so that pieces arrive as they are sent
            return
        content = body if sound else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def answer(self):
        url = urlsplit(self.path)
        self.host, _, path = url.path[1:].partition("/")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = self.headers.get("Content-Type", "")
        request = json.loads(body) if kind == "application/json" else {}
        if kind.startswith("multipart/"):
            parts = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body).get_payload()
            request = {part.get_param("name", header="content-disposition"): part.get_payload() for part in parts}
        self.reply(*self.route(f"{self.command} {self.host}/{path}", request, parse_qs(url.query)))

    do_GET = do_POST = do_DELETE = answer

    def route(self, line, request, query):
        """(body, status) of the reply."""
        last = line.rpartition("/")[2]
        if "api.openai.com" in line and last == "completions" and "pro" in request["model"]:
            return refusal("This model is only supported in v1/responses and not in v1/chat/completions.", "model",
                           None), 404
        if last == "responses" and request.get("reasoning") == {"effort": "low"}:
            return refusal(f"Unsupported value: 'low' is not supported with the '{request['model']}' model. Supported "
                           "values are: 'high'.", "reasoning.effort", "unsupported_value"), 400
        if "assemblyai" in line:
            return self.route_assemblyai(line, last, request), 200
        for end, made in {
                "openai.com/v1/chat/completions": lambda: chat(request), "/responses": lambda: response(request),
                "azure.com/openai/deployments/luna/chat/completions": lambda: chat(request | {"model": "gpt-6-luna"},
                                                                                   azure=True),
                "/messages": lambda: messages(request), "/models/claude-sonnet-5": lambda: anthropic_model(last),
                "/models/gemini-3.8-flash": lambda: gemini_model(last),
                ":generateContent": lambda: generate(request, last.split(":")[0], False),
                ":streamGenerateContent": lambda: generate(request, last.split(":")[0], query["alt"] == ["sse"]),
                "/audio/transcriptions": lambda: transcription(request), "/audio/speech": lambda: SILENCE,
                "/speech-to-text": scribe, "/with-timestamps": lambda: with_timestamps(request["text"]),
                "deepgram.com/v1/listen": deepgram}.items():
            if line.endswith(end):
                return made(), 200
        return {"error": {"message": f"unknown: {line}"}}, 404

    def route_assemblyai(self, line, last, request):
        if last == "upload":
            return {"upload_url": "https://cdn.assemblyai.com/upload/" + name("upload", 36)}
        if last == "transcript":
            out = assemblyai(request, "queued")
            self.ordered[out["id"]] = [request, 0]
            return out
        ordered = self.ordered[last]
        if line.startswith("DELETE"):
            return assemblyai(ordered[0], "completed") | {"text": "Deleted by user.", "words": None, "utterances": None,
                                                          "audio_url": "http://deleted_by_user"}
        ordered[1] += 1
        return assemblyai(ordered[0], "processing" if ordered[1] == 1 else "completed")


def main():
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8767), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
