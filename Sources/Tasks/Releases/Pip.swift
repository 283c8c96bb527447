/// The shell text that installs a package with pip.
///
/// No configuration of the host and no other index takes part: a package of the same name elsewhere must never get in.
struct Pip: Sendable {
  let package: Package
  let python: Text
  let arguments: [String]

  /// Sets what pip reads.
  ///
  /// Credentials go in percent-encoded, as part of a variable that only the host's own user can read.
  private var settings: Command {
    var text: Command = """
      unset PIP_EXTRA_INDEX_URL PIP_FIND_LINKS PIP_NO_INDEX PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIREMENT PIP_CONSTRAINT
      export PIP_CONFIG_FILE=/dev/null PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_INDEX_URL=\(package.index)
      """
    if let credentials = package.credentials {
      text = """
        \(raw: text)
        percent() { printf %s "$1" | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g'; }
        secret=\(credentials)
        PIP_INDEX_URL=${PIP_INDEX_URL%%://*}://$(percent "${secret%%:*}"):$(percent "${secret#*:}")@${PIP_INDEX_URL#*://}
        """
    }
    return text
  }

  /// `pip install` with these words, in the environment of `bin/python`.
  private func install(_ words: Command, in environment: String) -> Command {
    "\(raw: environment)/bin/python -m pip install --quiet \(arguments) \(raw: words)"
  }

  /// Makes an environment and installs into it; what cannot be installed leaves nothing behind.
  func install(_ version: Version, into environment: String, hashed: Bool) -> Command {
    let wanted = "\(package.name)==\(version)"
    let words: Command = hashed ? "--require-hashes -r \".pushbutton/$id/requirements.txt\"" : "\(wanted)"
    // What a list of hashes installs may be another version than the one that the release is called.
    let check: Command =
      hashed
      ? """
      \(raw: install("--no-index --no-deps \(wanted)", in: environment)) ||
          { echo \("requirements.txt does not install \(wanted)") >&2; false; }
      """ : ":"
    return """
      \(raw: settings)
      rm -rf -- \(raw: environment)
      { \(python) -m venv \(raw: environment) && \(raw: install(words, in: environment)) && \(raw: check); } || {
        status=$?
        rm -rf -- \(raw: environment)
        exit $status
      }
      """
  }

  /// Installs the release's version over the one that is there; used where the shell has the release's ID in `$1`.
  var replace: Command {
    """
    \(raw: settings)
    version "$1"
    \(raw: install("\(package.name)==\"$x\"", in: ".")) || exit
    """
  }

  /// Installs a version over the one that is there, which becomes a release of its own when it is none yet.
  func takeOver(_ version: Version) -> Command {
    """
    [ -x bin/python ] || fail "$PWD is no virtual environment: it has no bin/python"
    live
    if [ "$x" = - ]; then
      old=$(bin/python -c 'import sys, importlib.metadata as m; print(m.version(sys.argv[1]))' \(package.name) 2>/dev/null) || old=
      if [ -n "$old" ]; then
        base=00000000T000000Z-$old
        mkdir -p ".pushbutton/$base"
        mark "$base" version "$old"
        mark "$base" complete "$(now)"
        mark "$base" good "$(now)"
        link "$base"
      fi
    fi
    switch "$id"
    """
  }
}

extension ReleasePlace {
  /// Whether the version is what the place holds; `install` has put it there.
  func checking(_ label: String) -> Command {
    script(
      """
      cd -- "$root" || exit
      live
      id=$x
      version "$id"
      [ "$x" = \(label) ] || fail "$PWD holds version $x, not "\(label)": install it first"
      first ".pushbutton/$id/activated"
      case $x in (*"\t$run\t"*) first ".pushbutton/$id/previous"; version "$x" ;; (*) x=\(label) ;; esac
      echo "$x -> "\(label)
      """)
  }
}
