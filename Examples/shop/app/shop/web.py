"""The web application. gunicorn's workers import it, so what it answers is the code that is really loaded."""

from flask import Flask

from shop import __version__

app = Flask(__name__)


@app.get("/")
def welcome():
    return f"<h1>The shop is open</h1><p>You are served by version {__version__}.</p>\n"


@app.get("/version")
def version():
    return f"{__version__}\n", {"Content-Type": "text/plain; charset=utf-8"}


@app.get("/health")
def health():
    return f"{__version__} is fine\n", {"Content-Type": "text/plain; charset=utf-8"}
