"""A local server in the place of a language model's, for the tests of the program."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COACHING = {
    "strengths": [{"point": "Numbers", "explanation": "The loss is named."}],
    "improvement_areas": [{"point": "Budget", "explanation": "Ask who signs."}],
    "first_change": "Ask who signs before you show anything.",
    "action_items": ["Ask who signs.", "Ask by when.", "Ask what happens otherwise."],
    "moments": [],
    "feedback_text": "ask " * 240,
}


class ModelHandler(BaseHTTPRequestHandler):
    """Replies as OpenAI's chat completions do, streamed or not."""

    protocol_version = "HTTP/1.1"

    def answers(self, request):
        """No to every item that is asked about, or the coaching."""
        if "feedback_text" in json.dumps(request):
            return COACHING
        entry = {"reasoning": "Nobody said so.", "evidence": [], "contrary": [], "answer": "no", "confidence": 0.9}
        ids = re.findall(r"^\[([a-z_]+\.\d+)\] ", request["messages"][1]["content"], re.MULTILINE)
        return {"answers": [{"item_id": id, **entry} for id in ids], "attempts": []}

    def complete(self, request, written):
        choice = {"index": 0, "message": {"content": json.dumps(written)}, "finish_reason": "stop"}
        choice["delta"] = choice["message"]
        document = json.dumps({"id": "c", "choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 9}})
        if request.get("stream"):
            return self.reply(f"data: {document}\n\ndata: [DONE]\n\n", "text/event-stream")
        self.reply(document)

    def reply(self, text, content_type="application/json"):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def serve(test, handler):
    """Starts a server, which the end of the test stops."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.lock = threading.Lock()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    test.addCleanup(server.server_close)
    test.addCleanup(server.shutdown)
    return server
