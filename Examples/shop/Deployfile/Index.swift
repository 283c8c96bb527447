/// The package index that the hosts install from, and that `latest` and ranges of versions are looked up in.
let index = "http://127.0.0.10:8080/simple/"
