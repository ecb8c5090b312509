import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shared.orphan_guard import stop_when_orphaned


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"service": "stand-in", "version": "9.9", "ready": True}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


def main() -> None:
    stop_when_orphaned(int(os.environ["HEZUO_PARENT_PID"]), poll_seconds=0.1)
    port = int(os.environ["HEZUO_PORT"])
    ThreadingHTTPServer(("127.0.0.1", port), _Answers).serve_forever()
