"""Asks a language server about one file, as an editor would that has opened a folder.

usage: language_server.py SERVER FOLDER FILE QUESTION...

Each QUESTION is one of these; \\n in TEXT ends a line.

    hover=TEXT         what is said of the word that begins where TEXT first stands
    complete=TEXT      what may stand behind the first TEXT, the names only, sorted
    diagnostics        what is wrong with the file
    --once             the others are asked without waiting

Standard output gets one JSON object, from each question to its answer. A server takes a while to know how a file is compiled, so the questions are
asked again until nothing is said of a missing module, or a minute has passed.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

server_path, folder, path, *questions = sys.argv[1:]
text = pathlib.Path(path).read_text()
uri = pathlib.Path(path).resolve().as_uri()
server = subprocess.Popen([server_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder)
number = 0


def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def receive():
    length = 0
    while line := server.stdout.readline().strip():
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)
    if not length:
        sys.exit("the language server has ended")
    return json.loads(server.stdout.read(length))


def ask(method, parameters):
    global number
    number += 1
    send({"id": number, "method": method, "params": parameters})
    while True:
        message = receive()
        if "method" in message:
            # The server's own questions: whether we show its progress, what our settings are.
            if "id" in message:
                send({"id": message["id"], "result": None})
        elif message.get("id") == number:
            return message.get("result")


def position(offset):
    before = text[:offset]
    return {"line": before.count("\n"), "character": offset - (before.rfind("\n") + 1)}


def place(expected, behind=False):
    offset = text.index(expected)
    return {"textDocument": {"uri": uri}, "position": position(offset + len(expected) if behind else offset)}


def answer(question):
    kind, _, expected = question.replace("\\n", "\n").partition("=")
    if kind == "hover":
        return ((ask("textDocument/hover", place(expected)) or {}).get("contents") or {}).get("value")
    if kind == "complete":
        found = ask("textDocument/completion", place(expected, behind=True)) or {}
        items = found if isinstance(found, list) else found.get("items", [])
        return sorted({item.get("filterText", item["label"]).split("(")[0] for item in items})
    report = ask("textDocument/diagnostic", {"textDocument": {"uri": uri}}) or {}
    return [
        "%d:%d %s" % (item["range"]["start"]["line"] + 1, item["range"]["start"]["character"] + 1, item["message"])
        for item in report.get("items", [])
    ]


ask("initialize", {
    "processId": os.getpid(), "rootUri": pathlib.Path(folder).resolve().as_uri(), "capabilities": {},
    "workspaceFolders": [{"uri": pathlib.Path(folder).resolve().as_uri(), "name": "folder"}],
})
send({"method": "initialized", "params": {}})
send({"method": "textDocument/didOpen", "params": {"textDocument": {"uri": uri, "languageId": "swift", "version": 1, "text": text}}})

deadline = time.monotonic() + 60
while True:
    problems = answer("diagnostics")
    if "--once" in questions or not any("o such module" in problem for problem in problems) or time.monotonic() > deadline:
        break
    time.sleep(0.2)
answers = {question: answer(question) for question in questions if question != "--once"}
ask("shutdown", None)
send({"method": "exit"})
server.wait(30)
json.dump(answers, sys.stdout, indent=1, sort_keys=True)
