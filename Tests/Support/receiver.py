"""An HTTPS server on a free loopback port that writes down what it is sent: `receiver.py FOLDER`.

FOLDER gets `certificate.pem`, which clients must trust, `address` once it listens, and `requests`: one JSON object a line, with
`method`, `path`, `headers` and `body`. What it answers depends on the path: `/hang` never answers, `/drip` does without an end, `/slow` says
ok after a moment, `/huge` answers with 10 MB, `/plain` sends to http, `/redirect` elsewhere, `/refuse` repeats the path with status 403,
`/limit` answers 429, `/error` 500, `/close` hangs up, `/graphql-errors` answers as GraphQL does when it refuses.
"""

import http.server
import json
import os
import signal
import ssl
import subprocess
import sys
import threading
import time

folder = sys.argv[1]
# Whoever starts us may have blocked the signal that is to end us.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        record = {"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body}
        with lock, open(f"{folder}/requests", "a") as file:
            file.write(json.dumps(record) + "\n")
        if self.path.startswith("/hang"):
            time.sleep(60)
        elif self.path.startswith("/drip"):
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b".")
                    time.sleep(0.2)
            except OSError:
                self.close_connection = True
        elif self.path.startswith("/huge"):
            self.answer(200, "x" * 10_000_000)
        elif self.path.startswith("/limit"):
            self.answer(429, "slow down")
        elif self.path.startswith("/plain"):
            self.answer(301, "", Location="http://127.0.0.1:1/plain")
        elif self.path.startswith("/close"):
            self.close_connection = True
        elif self.path.startswith("/redirect"):
            self.answer(302, "", Location=f"https://127.0.0.1:{self.server.server_port}/elsewhere")
        elif self.path.startswith("/refuse"):
            self.answer(403, f"may not post to\n{self.path}")
        elif self.path.startswith("/error"):
            self.answer(500, "out of order")
        elif self.path.startswith("/graphql-errors"):
            self.answer(200, json.dumps({"errors": [{"message": "no such entity"}]}))
        else:
            if self.path.startswith("/slow"):
                time.sleep(1)
            self.answer(200, "ok")

    do_GET = do_PUT = do_POST

    def answer(self, status, text, **headers):
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
     "-subj", "/CN=receiver", "-addext", "subjectAltName=IP:127.0.0.1",
     "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"],
    check=True, stderr=subprocess.DEVNULL)
server = Server(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(f"{folder}/certificate.pem", f"{folder}/key.pem")
# The handshake is the affair of the request's own thread.
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
with open(f"{folder}/address.new", "w") as file:
    file.write(f"https://127.0.0.1:{server.server_port}")
os.rename(f"{folder}/address.new", f"{folder}/address")
server.serve_forever()
