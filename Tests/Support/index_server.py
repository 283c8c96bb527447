"""A package index on a free port of this machine, which it writes into FOLDER/port; each request is a line of FOLDER/log.

usage: index_server.py FOLDER [pypiserver]

With "pypiserver" it is that, serving the files of FOLDER/packages, and to those only who log in with $INDEX_SERVER_LOGIN if
that is set. Otherwise it answers by the first part of the path, the
index: /json/shop/ as PyPI does, /html/shop/ in the old form, and others in all the ways that are wrong.
"""

import base64
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from wsgiref.simple_server import WSGIRequestHandler, make_server

folder = sys.argv[1]
CREDENTIALS = 'deploy:p"a\\ss:wo rd'

FILES = [
    {"filename": "shop-0.9.tar.gz"},
    {"filename": "shop-1.0-py3-none-any.whl", "requires-python": ">=3.8"},
    {"filename": "shop-1.4.2-py3-none-any.whl"},
    {"filename": "shop-1.4.3-py3-none-any.whl", "yanked": "breaks\u001b[31m checkout"},
    {"filename": "shop-1.5.0.tar.gz", "yanked": False},
    {"filename": "Shop_-1.6.0.tar.gz"},
    {"filename": "shop-2.0rc1.tar.gz"},
    {"filename": "shop_extra-3.0.tar.gz"},
    {"filename": "shop-1.5.0.tar.gz.asc"},
]
JSON = json.dumps({"meta": {"api-version": "1.3"}, "name": "shop", "files": FILES}).encode()
HTML = b"""<!DOCTYPE html><html><head><meta name="pypi:repository-version" content="1.0"></head><body>
<!-- <a href="shop-9.9.tar.gz">shop-9.9.tar.gz</a> -->
<a href="../../f/shop-1.0%2Babc.tar.gz#sha256=00">shop-1.0+abc.tar.gz</a>
<A HREF='shop-1.1-py3-none-any.whl' data-requires-python="&gt;=3.8,&lt;4" data-yanked="">shop-1.1</A>
<a href=shop-1.2.zip>shop-1.2.zip</a></body></html>"""


class Index(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with open(f"{folder}/log", "a") as log:
            log.write(f"{self.path} {self.headers.get('Accept', '')} {self.headers.get('Authorization', '-')}\n")
        kind = self.path.split("/")[1]
        if kind == "json":
            self.answer(200, JSON, "application/vnd.pypi.simple.v1+json") if self.path == "/json/shop/" else self.answer(404)
        elif kind == "html":
            self.answer(200, HTML, "text/html; charset=utf-8")
        elif kind == "auth":
            wanted = "Basic " + base64.b64encode(CREDENTIALS.encode()).decode()
            if self.headers.get("Authorization") == wanted:
                self.answer(200, JSON, "application/vnd.pypi.simple.v1+json")
            else:
                self.answer(401, header=("WWW-Authenticate", 'Basic realm="index"'))
        elif kind == "forbidden":
            self.answer(403)
        elif kind == "broken":
            self.answer(503)
        elif kind == "login":
            self.answer(200, b'<html><a href="/login">log in</a></html>', "text/html")
        elif kind == "text":
            self.answer(200, b"hello", "text/plain")
        elif kind == "notjson":
            self.answer(200, b"<html>", "application/json")
        elif kind == "future":
            self.answer(200, b'{"meta": {"api-version": "2.0"}, "files": []}', "application/vnd.pypi.simple.v1+json")
        elif kind == "empty":
            self.answer(200, b'{"files": []}', "application/vnd.pypi.simple.v1+json")
        elif kind == "redirect":
            self.answer(302, header=("Location", "/json/shop/"))
        elif kind == "loop":
            self.answer(302, header=("Location", self.path))
        elif kind == "file":
            self.answer(302, header=("Location", "file:///etc/hostname"))
        elif kind == "huge":
            self.answer(200, b"", "text/html", length=1 << 30)
        elif kind == "slow":
            time.sleep(30)
        elif kind == "cut":
            self.answer(200, b"{", "application/json", length=100)

    def answer(self, status, body=b"", kind="text/plain", header=None, length=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if header:
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)
        if length:
            self.close_connection = True

    def log_message(self, *arguments):
        pass


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        with open(f"{folder}/log", "a") as log:
            log.write(f"{self.path}\n")


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(0)


if sys.argv[2:] == ["pypiserver"]:
    import pathlib

    import pypiserver

    login = os.environ.get("INDEX_SERVER_LOGIN")
    application = pypiserver.app(
        roots=[pathlib.Path(folder, "packages")],
        authenticate=["list", "download"] if login else [],
        password_file="." if not login else None,
        auther=(lambda user, password: f"{user}:{password}" == login) if login else None,
        disable_fallback=True,
    )
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
else:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    server.daemon_threads = True
threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()
with open(f"{folder}/port.new", "w") as file:
    file.write(str(server.server_port))
os.rename(f"{folder}/port.new", f"{folder}/port")
server.serve_forever()
