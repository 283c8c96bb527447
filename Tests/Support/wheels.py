"""Makes tiny wheels by hand, so that no build and no network is needed; writes the sha256 of each into FOLDER.sha256, as "NAME HASH" lines.

usage: wheels.py FOLDER ORIGIN NAME-VERSION[:DEPENDENCY]...
"""

import hashlib
import os
import sys
import zipfile

folder, origin = sys.argv[1:3]
os.makedirs(folder, exist_ok=True)
for wanted in sys.argv[3:]:
    wanted, _, dependency = wanted.partition(":")
    name, version = wanted.split("-")
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" + (f"Requires-Dist: {dependency}\n" if dependency else "")
    files = {
        f"{name}.py": f"version = {version!r}\norigin = {origin!r}\n",
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    path = f"{folder}/{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
    with open(path, "rb") as wheel, open(f"{folder}.sha256", "a") as sums:
        sums.write(f"{wanted} {hashlib.sha256(wheel.read()).hexdigest()}\n")
