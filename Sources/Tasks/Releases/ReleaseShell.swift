/// The shell functions that every step of a release shares, in POSIX `sh` without other programs than those of every system.
///
/// What is known of a release is kept in `.pushbutton/ID`, one file for each fact, beside the release and not in it, so that no
/// upload overwrites it and no web server shows it: `version`, `complete`, `activated`, `previous`, `good`, `bad`. A fact appears in
/// one rename, and as an empty file where the disk is full, so that going back still works there.
/// An ID is the start of the run and the version, so that names sort by age.
enum ReleaseShell {
  // tidy      a value without control characters; json: as the inside of a JSON string; both start no program in the usual case
  // first     the first line of a file, or -
  // live      the release that is live: its ID, - for none, or unknown:TARGET
  // mark      records a fact
  // note      a line in the log, which must never stop a switch
  // guard     refuses what is not a link where the link to the live release belongs
  // link      switches the link in one rename; GNU and busybox know -T, BSD and macOS -h, and without either mv would move it into the
  //           folder that it points to
  // switch    makes a release the live one, by going `back` or not; it stays unsettled until the run ends well
  // newest    the newest release that is live, or good: its ID, or - for none
  // own       refuses the ID of another run
  // begin     takes an ID for this run, which must be the newest: the order of releases is that of their IDs, whatever clocks say later
  static let functions = #"""
    fail() { printf '%s\n' "$*" >&2; exit 1; }
    now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
    tidy() { case $1 in (*[!A-Za-z0-9@.,:/+!_=\\\"\ -]*) x=$(printf %s "$1" | tr -d '\000-\037') ;; (*) x=$1 ;; esac; }
    json() { case $1 in (*[\\\"]*) x=$(printf %s "$1" | sed 's/[\\"]/\\&/g') ;; (*) x=$1 ;; esac; }
    first() { x=; { IFS= read -r x <"$1"; } 2>/dev/null; [ -n "$x" ] || x=-; }
    live() {
      x=$(readlink "$current" 2>/dev/null) || x=
      case $x in
        ('') x=- ;;
        (releases/*/*) x=unknown:$x ;;
        (releases/?*) x=${x#releases/} ;;
        ("$PWD"/releases/?*) x=${x#"$PWD"/releases/} ;;
        (*) x=unknown:$x ;;
      esac
    }
    version() { case $1 in (-) x=nothing ;; (unknown:*) x=unknown ;; (*) first ".pushbutton/$1/version"; [ "$x" != - ] || x=unknown ;; esac; }
    mark() {
      m=.pushbutton/$1/$2
      { printf '%s\n' "${3-}" >"$m.part" && mv -f -- "$m.part" "$m"; } 2>/dev/null ||
        { rm -f "$m.part"; true >"$m"; } || fail "cannot write $PWD/$m"
    }
    note() {
      version "$2"
      l="{\"time\":\"$(now)\",\"outcome\":\"$1\""
      for k in "name	$name" "id	$2" "version	$x" "user	$user" "run	$run" "build	$build"; do
        json "${k#*	}"
        l="$l,\"${k%%	*}\":\"$x\""
      done
      { printf '%s}\n' "$l" >>"$log"; } 2>/dev/null || echo "note: $PWD/$log could not be written" >&2
    }
    guard() {
      [ -L "$current" ] || [ ! -e "$current" ] || fail "$PWD/$current is a real file or folder, not a link to a release: move it away"
    }
    link() {
      t=.pushbutton/link.$run
      rm -f "$t"
      ln -s "releases/$1" "$t" || exit
      e=$(mv -f -T -- "$t" "$current" 2>&1) || mv -f -h -- "$t" "$current" 2>/dev/null ||
        { rm -f "$t"; fail "$PWD/$current could not be switched: $e"; }
      live
      [ "$x" = "$1" ] || fail "$PWD/$current is $x after it was switched to $1"
    }
    switch() {
      guard
      live
      old=$x
      version "$old"
      was=$x
      mark "$1" activated "$(now)	$user	$run	$build	${2-}"
      [ "$old" = "$1" ] || mark "$1" previous "$old"
      true >.pushbutton/unsettled || exit
      put "$1"
      link "$1"
      note activated "$1"
    }
    newest() {
      live
      case $x in (unknown:*) x=- ;; esac
      n=$x
      for x in $(ls .pushbutton | LC_ALL=C sort -r); do
        case $x in ([0-9]*-*) ;; (*) continue ;; esac
        if [ "$x" = "$n" ] || [ -e ".pushbutton/$x/good" ] && [ ! -e ".pushbutton/$x/bad" ]; then return; fi
      done
      x=-
    }
    own() { first ".pushbutton/$1/run"; [ "$x" = "$run" ] || fail "$PWD/.pushbutton/$1 belongs to another run ($x)"; }
    begin() {
      guard
      mkdir -p $folders .pushbutton || exit
      newest
      case $x in
        (- | "$1") ;;
        (*) [ "$(printf '%s\n' "$x" "$1" | LC_ALL=C sort | tail -n 1)" = "$1" ] || fail "$PWD has a newer release than $1 already, $x:" \
            "set the clock of the machine that is wrong, and go back from a release of the future before you go on" ;;
      esac
      if [ -d ".pushbutton/$1" ]; then own "$1"
      else mkdir ".pushbutton/$1" || exit; fi
      mark "$1" run "$run"
      mark "$1" version "$2"
    }
    complete() {
      sync -f "$content/$1" 2>/dev/null || :
      mark "$1" complete "$(now)	$user"
      note installed "$1"
    }
    tidy "$name"; name=$x; tidy "$user"; user=$x; tidy "$build"; build=$x

    """#

  /// Prints what there is, for `ReleaseSurvey`.
  static let survey = #"""
    printf 'run\t%s\n' "$run"
    cd -- "$root" 2>/dev/null || exit 0
    live
    printf 'live\t%s\n' "$x"
    first ".pushbutton/$x/previous"
    printf 'previous\t%s\n' "$x"
    [ ! -e .pushbutton/unsettled ] || echo unsettled
    for id in $(ls .pushbutton 2>/dev/null | LC_ALL=C sort -r); do
      case $id in ([0-9]*-*) ;; (*) continue ;; esac
      printf 'release\t%s' "$id"
      for fact in version complete good bad activated; do
        f=.pushbutton/$id/$fact
        if [ $fact = complete ] && [ ! -d "$content/$id" ]; then x=
        elif [ -e "$f" ]; then first "$f"
        else x=; fi
        case $fact in (activated) printf '\t%s\n' "$x" ;; (*) printf '\t%s' "${x%%	*}" ;; esac
      done
    done

    """#

  /// Marks the live release as good; with `$1` only if this run has made it live.
  static let markGood = #"""
    live
    id=$x
    case $only/$id in (1/- | 1/unknown:*) exit ;; esac
    case $id in (-) fail "nothing is live in $PWD" ;; (unknown:*) fail "$PWD/$current points to ${id#unknown:}, which is no release" ;; esac
    first ".pushbutton/$id/activated"
    case $only/$x in
      (/* | 1/*"	$run	"*) ;;
      (*) exit ;;
    esac
    mark "$id" good "$(now)	$user"
    rm -f ".pushbutton/$id/bad" .pushbutton/unsettled
    note good "$id"
    version "$id"
    echo "$x is good"

    """#

  /// Removes what is not needed any more, newest first: everything older than the live release but the good ones that are kept.
  ///
  /// What is newer than the live one may be on its way, and so may be what is incomplete and not a day old.
  static let prune = #"""
    live
    here=$x
    case $here in (- | unknown:*) echo 'nothing is live: nothing removed'; exit ;; esac
    first ".pushbutton/$here/previous"
    previous=$x passed= kept=1 last=
    for id in $(ls .pushbutton | LC_ALL=C sort -r); do
      case $id in ([0-9]*-*) ;; (*) continue ;; esac
      d=.pushbutton/$id
      if [ "$id" = "$here" ]; then passed=1; continue; fi
      [ -n "$passed" ] || continue
      if [ -e "$d/complete" ] && [ -e "$d/good" ] && [ ! -e "$d/bad" ]; then
        if [ $kept -lt "$keep" ] || [ -z "$last" ] || [ "$id" = "$previous" ]; then kept=$((kept + 1)) last=$id; continue; fi
      elif [ ! -e "$d/complete" ]; then
        [ -z "$(find "$d" -prune -mtime -1)" ] || continue
      elif [ "$id" = "$previous" ] && [ ! -e "$d/bad" ]; then continue
      fi
      version "$id"
      echo "removing $x ($id)"
      rm -f "$d/complete" "$d/good"
      note removed "$id"
      rm -rf -- "$content/$id" && rm -rf -- "$d" || exit
    done
    rm -f .pushbutton/link.*

    """#
}
