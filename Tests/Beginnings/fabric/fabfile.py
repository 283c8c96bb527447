"""Deploys the shop: fab deploy, fab migrate."""
import os
from fabric import Connection, SerialGroup, ThreadingGroup as Parallel
from fabric import ThreadingGroup
from invoke import task as local_task
from fabric import task

USER = "deploy"
RELEASES = "/srv/shop/releases"  # Connection("commented.example.com") is no host

WEB = ["web1.example.com", "web2.example.com"]
# A raw string, and one with a hole in it: no hosts.
pattern = r"Connection\("
region = os.environ.get("REGION", "eu")

web = ThreadingGroup(*WEB, user=USER)
workers = SerialGroup(
    "worker1.example.com",
    "deploy@worker2.example.com:2222",
    user="jobs",
)
db = Connection(host="db1.example.com", user="postgres", port=2222)
cache = Connection(f"cache.{region}.example.com")


@task(hosts=WEB)
def deploy(c, version="latest"):
    """Put a version onto every web host."""
    c.run(f"cd {RELEASES} && git checkout {version}")
    c.sudo("systemctl reload shop")


@task(hosts=["admin@bastion.example.com", "db1.example.com:2222"])
def backup(c):
    c.run("pg_dump shop | gzip >/var/backups/shop.gz")


@task(hosts=[h for h in WEB if "1" in h])
def migrate(c):
    c.run("bin/migrate")


@local_task
def build(c):
    c.run("make build")
