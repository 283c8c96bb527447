/// The shell text that installs a package with pip.
///
/// No configuration of the host and no other index takes part: a package of the same name elsewhere must never get in.
struct Pip: Sendable {
  let package: Package
  let python: Text
  let arguments: [String]

  /// The settings of the host that stay: how the network is reached, and nothing that says what is installed, from where, or to where.
  private static let kept = "PROXY|CERT|CLIENT_CERT|TRUSTED_HOST|TIMEOUT|DEFAULT_TIMEOUT|RETRIES|CACHE_DIR|NO_CACHE_DIR"

  /// Sets what pip reads.
  ///
  /// Credentials go in percent-encoded, as part of a variable that only the host's own user can read.
  private var settings: Command {
    var text: Command = """
      unset PYTHONPATH PYTHONHOME $(env | sed -n 's/^\\(PIP_[A-Z0-9_]*\\)=.*/\\1/p' | grep -Ev '^PIP_(\(raw: Self.kept))$')
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

  /// The package in the version that is in `$x`.
  private var wanted: Command { "\("\(package.name)==")\"$x\"" }

  /// Installs what a list of hashes has, and refuses a list that is not for the version in `$x`, best before it installs anything.
  private func installListed(_ folder: Command, in environment: String) -> Command {
    """
    printf '%s\\n' \(raw: wanted) >\(raw: folder)/constraint.txt &&
      \(raw: install("--require-hashes -r \(raw: folder)/requirements.txt -c \(raw: folder)/constraint.txt", in: environment)) &&
      \(raw: install("--no-index --no-deps \(raw: wanted)", in: environment)) ||
      { echo \("requirements.txt must list \(package.name)==")"$x and everything that it needs, with hashes" >&2; false; }
    """
  }

  /// Makes an environment and installs into it; what cannot be installed leaves nothing behind.
  func install(_ version: Version, into environment: String, hashed: Bool) -> Command {
    let installing = hashed ? installListed("\".pushbutton/$id\"", in: environment) : install(wanted, in: environment)
    return """
      \(raw: settings)
      rm -rf -- \(raw: environment)
      x=\(version.description)
      { \(python) -m venv \(raw: environment) && { \(raw: installing); }; } || {
        status=$?
        rm -rf -- \(raw: environment)
        exit $status
      }
      """
  }

  /// Whether the folder is an environment that can be installed over.
  var check: Command { #"[ -x bin/python ] || fail "$PWD is no virtual environment: it has no bin/python""# }

  /// Installs the release's version over the one that is there; used where the shell has the release's ID in `$1`.
  ///
  /// A release that came with a list of hashes keeps it, so that going back to it is as strict.
  var replace: Command {
    """
    \(raw: settings)
    version "$1"
    if [ -e ".pushbutton/$1/requirements.txt" ]; then
      \(raw: installListed("\".pushbutton/$1\"", in: "."))
    else
      \(raw: install(wanted, in: "."))
    fi || exit
    """
  }

  /// Installs a version over the one that is there, which becomes a release of its own when it is none yet.
  func takeOver(_ version: Version) -> Command {
    """
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
      [ -e ".pushbutton/$id/complete" ] || fail "version $x in $PWD is not complete: install it again"
      first ".pushbutton/$id/activated"
      case $x in (*"\t$run\t"*) first ".pushbutton/$id/previous"; version "$x" ;; (*) x=\(label) ;; esac
      echo "$x -> "\(label)
      """)
  }
}
