"""Cases for versions and specifiers with the answers of the library "packaging", as JSON lines; the same ones every time.

usage: version_oracle.py SEED COUNT    with hand-picked texts on standard input: {"versions": [...], "specifiers": [...]}
"""

import json
import random
import sys

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

chance = random.Random(int(sys.argv[1]))
count = int(sys.argv[2])
picked = json.load(sys.stdin)

SEPARATORS = ["", "", "", ".", "-", "_"]
ODD = list("0123456789.-_+!v*abcrpostdev ,;)=<>~^\t\n\x1c\u00a0\u0661\u017f\u212a\u00e9\u0301/")


def number():
    return chance.choice(["0", "1", "2", "3", "10", "00", "01", "9", "2026", str(chance.randrange(40)), "123456789012"][: chance.choice([4, 10, 11])])


def suffix(words):
    return chance.choice(SEPARATORS) + chance.choice(words) + chance.choice(SEPARATORS) + chance.choice(["", number(), number(), number()])


def release():
    return ".".join(number() for _ in range(chance.choice([1, 2, 2, 3, 3, 4])))


def version(local=True):
    text = chance.choice(["", "", "", "", "", "", "", "v", "V"]) + chance.choice(["", "", "", "", "", "", "1!", "0!"]) + release()
    if chance.random() < 0.35:
        text += suffix(["a", "b", "c", "rc", "alpha", "beta", "pre", "preview", "RC", "Alpha"])
    if chance.random() < 0.3:
        text += chance.choice([suffix(["post", "rev", "r", "POST"]), "-" + number()])
    if chance.random() < 0.3:
        text += suffix(["dev", "DEV"])
    if local and chance.random() < 0.25:
        text += "+" + chance.choice(".-_").join(
            chance.choice(["abc", "5", "010", "a1", "1a", "ubuntu", "X", number()]) for _ in range(chance.choice([1, 1, 2, 3]))
        )
    return text


def near(base):
    """A version that has much in common with another: where the rules differ."""
    parsed = Version(base)
    digits = list(parsed.release)
    if chance.random() < 0.4:
        place = chance.randrange(len(digits))
        digits[place] = max(0, digits[place] + chance.choice([-1, 1]))
    digits += [0] * chance.choice([0, 0, 0, 1])
    if chance.random() < 0.15:
        digits = digits[:-1] or [0]
    text = (f"{parsed.epoch}!" if parsed.epoch else "") + ".".join(map(str, digits))
    if parsed.pre and chance.random() < 0.6:
        text += parsed.pre[0] + str(parsed.pre[1])
    else:
        text += chance.choice(["", "", "", "a1", "rc1", "b2"])
    if parsed.post is not None and chance.random() < 0.6:
        text += f".post{parsed.post}"
    else:
        text += chance.choice(["", "", "", ".post0", ".post1"])
    if parsed.dev is not None and chance.random() < 0.6:
        text += f".dev{parsed.dev}"
    else:
        text += chance.choice(["", "", "", ".dev0", ".dev1"])
    if parsed.local and chance.random() < 0.6:
        text += "+" + parsed.local
    else:
        text += chance.choice(["", "", "", "+abc", "+5"])
    return text


def spoiled(text):
    for _ in range(chance.choice([1, 1, 2])):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(ODD + [""]) + text[place + chance.choice([0, 1]) :]
    return text


def clause():
    symbol = chance.choice(["~=", "==", "!=", "<=", ">=", "<", ">", "===", "==", "!=", ">=", "<"])
    text = version(local=symbol in ("==", "!=", "==="))
    if chance.random() < 0.12:
        text = version()
    if symbol in ("==", "!=") and chance.random() < 0.4:
        text = release() + ".*"
    return symbol + chance.choice(["", "", "", " "]) + text


def specifiers():
    return chance.choice([",", ",", " , ", ",,"]).join(clause() for _ in range(chance.choice([1, 1, 1, 2, 2, 3])))


def parsed(text):
    try:
        return Version(text)
    except InvalidVersion:
        return None


def tell(**answer):
    print(json.dumps(answer))


def tell_version(text):
    value = parsed(text)
    tell(kind="version", text=text, normal=None if value is None else str(value), pre=value is not None and value.is_prerelease)


def tell_specifiers(text):
    try:
        value = SpecifierSet(text)
        candidates = [candidate() for candidate in [version, lambda: chance.choice(bases(value))] for _ in range(6)]
        versions = [known for known in map(parsed, candidates) if known is not None]
        tell(
            kind="specifiers", text=text, valid=True, versions=[str(known) for known in versions],
            contains=[value.contains(known) for known in versions], filter=[str(known) for known in value.filter(versions)],
        )
    except InvalidSpecifier:
        tell(kind="specifiers", text=text, valid=False, versions=[], contains=[], filter=[])


def bases(value):
    texts = [part.version.removesuffix(".*") for part in value]
    texts = [text for text in texts if parsed(text) is not None] or ["1.0"]
    return texts + [near(text) for text in texts for _ in range(8)]


for text in picked["versions"]:
    tell_version(text)
for text in picked["specifiers"]:
    tell_specifiers(text)
for index in range(count):
    text = version()
    tell_version(text if index % 3 else spoiled(text))
for index in range(count):
    text = specifiers()
    tell_specifiers(spoiled(text) if index % 4 == 0 else text)
for _ in range(count // 20):
    texts = [version() for _ in range(8)]
    texts += [near(chance.choice(texts)) for _ in range(16)]
    known = {text: parsed(text) for text in texts}
    ranks = {value: rank for rank, value in enumerate(sorted(set(known.values())))}
    tell(kind="order", texts=texts, ranks=[ranks[known[text]] for text in texts])
