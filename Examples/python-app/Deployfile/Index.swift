/// The package index that the hosts install from, and in which `latest` and ranges of versions are looked up.
let index = "https://pypi.example.com/simple/"
