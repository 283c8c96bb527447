"""Looks at a page in a real Chromium without a screen, through its DevTools protocol.

usage: browser.py PAGE [--dark] [--size WIDTHxHEIGHT] [--no-scripts] [--screenshot FILE] [--pdf FILE] [EXPRESSION ...]

Each expression is evaluated in the page, one after the other, and awaited. Prints JSON: `results`, their values; `problems`, whatever the
console or the page's policy had to say; `requests`, what the page has asked for beside itself.
"""

import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 60


class Browser:
    """Chromium with a pipe for messages, each of which ends with a NUL."""

    def __init__(self, program, profile):
        from_us, self.out = os.pipe()
        self.input, to_us = os.pipe()
        words = [
            program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}", "--no-first-run", "--disable-gpu",
            "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync", "--disable-extensions",
            "--metrics-recording-only", "--no-default-browser-check", "--hide-scrollbars", "--disable-dev-shm-usage",
            # Nothing leaves this machine, whatever the browser or the page want.
            "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
        ]
        # Its sandbox needs what root and containers do not have; the pages are our own.
        if os.geteuid() == 0:
            words.append("--no-sandbox")

        def place():  # the protocol's descriptors are 3 and 4
            high = [os.dup(from_us), os.dup(to_us)]
            while min(high) < 5:
                high = [os.dup(descriptor) for descriptor in high]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [*words, "about:blank"], close_fds=False, preexec_fn=place, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(from_us)
        os.close(to_us)
        self.rest, self.messages, self.number = b"", [], 0

    def receive(self):
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.rest:
            if not select.select([self.input], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser says nothing")
            piece = os.read(self.input, 1 << 20)
            if not piece:
                raise EOFError("the browser has ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.messages.append(answer)

    def wait(self, method):
        while not any(message.get("method") == method for message in self.messages):
            self.messages.append(self.receive())

    def end(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()


def find_program():
    names = ["chromium", "chromium-browser", "google-chrome"]
    return next((path for path in map(shutil.which, names) if path), None)


def look(browser, page, options, expressions):
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(method, **parameters):
        return browser.call(method, session, **parameters)

    for domain in ["Page", "Runtime", "Log", "Network"]:
        call(f"{domain}.enable")
    width, height = (int(number) for number in options.get("size", "1280x900").split("x"))
    call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if options.get("dark") else "light"}])
    if options.get("no-scripts"):
        call("Emulation.setScriptExecutionDisabled", value=True)
    address = pathlib.Path(page).resolve().as_uri()
    browser.messages = []
    problem = call("Page.navigate", url=address).get("errorText")
    if problem:
        raise RuntimeError(f"{address}: {problem}")
    browser.wait("Page.loadEventFired")
    results = []
    for expression in expressions:
        answer = call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        details = answer.get("exceptionDetails")
        results.append({"exception": details.get("exception", {}).get("description", details["text"])} if details else answer["result"].get("value"))
    for kind, method in [("screenshot", "Page.captureScreenshot"), ("pdf", "Page.printToPDF")]:
        if kind in options:
            import base64
            pathlib.Path(options[kind]).write_bytes(base64.b64decode(call(method)["data"]))
    problems, requests = [], []
    for message in browser.messages:
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Runtime.consoleAPICalled":
            problems.append(" ".join(str(word.get("value", word.get("description"))) for word in parameters["args"]))
        elif method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            problems.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Log.entryAdded":
            problems.append(parameters["entry"]["text"])
        elif method == "Network.requestWillBeSent" and parameters["request"]["url"] != address:
            if not parameters["request"]["url"].startswith("data:"):
                requests.append(parameters["request"]["url"])
    return {"results": results, "problems": problems, "requests": requests}


def main(words):
    options, rest = {}, []
    words = iter(words)
    for word in words:
        if word in ("--dark", "--no-scripts"):
            options[word[2:]] = True
        elif word in ("--size", "--screenshot", "--pdf"):
            options[word[2:]] = next(words)
        else:
            rest.append(word)
    program = find_program()
    if not program:
        sys.exit("browser.py: no chromium")
    with tempfile.TemporaryDirectory(prefix="pushbutton-browser-", ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            print(json.dumps(look(browser, rest[0], options, rest[1:])))
        finally:
            browser.end()


main(sys.argv[1:])
