"""Fills a Chef server with the environments, roles and nodes of Tests/Support/chef.

chef_nodes.py URL ADMIN_KEY [OPTION OF CURL ...]

Signs its requests by the protocol's description, and shares no code with what the tests test.
"""

import base64
import hashlib
import json
import subprocess
import sys
import time

url, key, options = sys.argv[1], sys.argv[2], sys.argv[3:]


def request(method, path, value):
    body = json.dumps(value)
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    text = "\n".join([
        f"Method:{method}", f"Path:{path}", f"X-Ops-Content-Hash:{digest}", "X-Ops-Sign:version=1.3",
        f"X-Ops-Timestamp:{stamp}", "X-Ops-UserId:admin", "X-Ops-Server-API-Version:1",
    ])
    signed = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key], input=text.encode(), check=True, capture_output=True)
    signature = base64.b64encode(signed.stdout).decode()
    headers = {
        "X-Ops-Sign": "algorithm=sha256;version=1.3;", "X-Ops-Userid": "admin", "X-Ops-Timestamp": stamp,
        "X-Ops-Content-Hash": digest, "X-Ops-Server-API-Version": "1", "X-Chef-Version": "16.0.0",
        "Content-Type": "application/json", "Accept": "application/json",
    }
    for number, start in enumerate(range(0, len(signature), 60)):
        headers[f"X-Ops-Authorization-{number + 1}"] = signature[start:start + 60]
    argv = ["curl", "--disable", "--silent", "--show-error", "--fail-with-body", *options, "--request", method, "--data-binary", body]
    for name, text in headers.items():
        argv += ["--header", f"{name}: {text}"]
    done = subprocess.run([*argv, url + path], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{method} {path}: {done.stdout} {done.stderr}")


def node(name, environment, run_list, automatic):
    request("POST", "/nodes", {
        "name": name, "chef_type": "node", "json_class": "Chef::Node", "chef_environment": environment, "run_list": run_list,
        "automatic": automatic, "normal": {"shop": {"port": 8000 + len(name)}}, "default": {"shop": {"color": "blue"}}, "override": {},
    })


for name in ["production", "staging", "fresh"]:
    request("POST", "/environments", {
        "name": name, "json_class": "Chef::Environment", "chef_type": "environment", "description": "", "cookbook_versions": {},
        "default_attributes": {}, "override_attributes": {},
    })
for name in ["web", "db", "canary"]:
    request("POST", "/roles", {
        "name": name, "json_class": "Chef::Role", "chef_type": "role", "description": "", "run_list": [],
        "default_attributes": {}, "override_attributes": {},
    })
for number in range(1, 19):
    roles = ["web", "canary"] if number <= 3 else ["web"]
    node(
        f"shop{number:02}", "production" if number <= 12 else "staging", [f"role[{role}]" for role in roles],
        {"ipaddress": f"10.0.0.{number}", "fqdn": f"shop{number:02}.example.com", "roles": roles, "recipes": ["shop"]})
for number in [1, 2]:
    node(
        f"db{number:02}", "production", ["role[db]"],
        {"ipaddress": f"10.0.1.{number}", "roles": ["db"], "cloud": {"public_ipv4": f"192.0.2.{number}"}})
node("new01", "fresh", ["role[web]"], {})
