import Tasks

extension Probe {
  /// One question to the host: status 0 is yes, and what it prints explains a no.
  private var question: Command {
    switch kind {
    case .command(let command):
      return "( \(raw: command)\n)"
    case .http(let address, let status, let text):
      return Self.page(address, status ?? 200...399, contains: text)
    case .tcp(let address):
      // busybox has an `nc` without -z: it stays connected until the other side ends it, and only connecting is limited to 2 s.
      return """
        ( address=\(raw: address.word)
        case $(nc -h 2>&1) in (*z]* | *-z*) nc_z=1 ;; (*) nc_z= ;; esac
        if [ "$nc_z" ]; then nc -z -w 2 "${address%:*}" "${address##*:}" </dev/null
        elif command -v bash >/dev/null 2>&1; then bash -c 'exec 3<>"/dev/tcp/${1%:*}/${1##*:}"' bash "$address"
        elif command -v curl >/dev/null 2>&1; then
          curl -s --connect-timeout 2 --max-time 2 "telnet://$address" </dev/null
          case $? in (0 | 28 | 48) ;; (*) echo "cannot connect to $address"; exit 1 ;; esac
        elif command -v nc >/dev/null 2>&1; then
          timeout 3 nc -w 2 "${address%:*}" "${address##*:}" </dev/null >/dev/null
          case $? in (0 | 124 | 143) ;; (*) exit 1 ;; esac
        else echo 'none of nc, bash and curl is on the host'; exit 127; fi )
        """
    }
  }

  /// Both programs end up as the page, and on a line of its own the status, or why there is none.
  ///
  /// The wget of Debian's static busybox crashes when it is given a time limit.
  private static func page(_ address: Text, _ status: ClosedRange<Int>, contains text: Text?) -> Command {
    let contains: Command =
      text.map { "case $page in (*\(raw: $0.word)*) ;; (*) printf 'answered: %.200s\\n' \"$page\"; exit 1 ;; esac" } ?? ""
    return """
      ( address=\(raw: address.word) newline='
      '
      if command -v curl >/dev/null 2>&1; then
        answer=$(curl -sS --max-time 5 -w '\\n%{http_code}' -- "$address" 2>&1) || { printf '%s\\n' "${answer%$newline*}"; exit 1; }
      elif command -v wget >/dev/null 2>&1; then
        set -- wget
        if command -v timeout >/dev/null 2>&1; then set -- timeout 5 wget; else set -- wget -T 5; fi
        answer=$( { "$@" -q -S -O - -- "$address" 2>&1 >&4 | {
          said=$(cat)
          code=$(printf '%s\\n' "$said" | sed -n 's|.*HTTP/[0-9.]* \\([0-9][0-9][0-9]\\).*|\\1|p' | tail -n 1)
          printf '\\n%s' "${code:-${said##*$newline}}"
        }; } 4>&1)
      else echo 'neither curl nor wget is on the host'; exit 127; fi
      code=${answer##*$newline} page=${answer%$newline*}
      case $code in ([0-9][0-9][0-9]) ;; (*) printf '%s\\n' "${code:-$address does not answer}"; exit 1 ;; esac
      if [ "$code" -lt \(raw: String(status.lowerBound)) ] || [ "$code" -gt \(raw: String(status.upperBound)) ]; then
        printf 'answered %s: %.200s\\n' "$code" "$page"; exit 1
      fi
      \(raw: contains) )
      """
  }

  /// Asks once a second until the answer is yes or the time is over, then, if it is to stay so, until it was for that long; a no
  /// that is the last one is printed.
  ///
  /// The space after `$(` tells a subshell from arithmetic; a pattern of `case` has both brackets for older versions of bash.
  func command(within seconds: Int, stableFor stable: Int) -> Command {
    """
    end=$(( $(date +%s) + \(raw: String(seconds)) )) good=0 best=0
    while :; do
      if answer=$( \(raw: question) 2>&1); then
        good=$((good + 1))
        if [ $good -gt \(raw: String(stable)) ]; then exit 0; fi
        if [ $good -gt $best ]; then best=$good; fi
      else
        status=$?
        good=0
        if [ $status -eq 127 ] || [ "$(date +%s)" -ge $end ]; then
          printf '%s\\n' "$answer" >&2
          if [ $best -gt 0 ]; then printf 'before that, the answer was yes %s times in a row\\n' $best >&2; fi
          exit 1
        fi
      fi
      sleep 1
    done
    """
  }

  var shown: Command {
    switch kind {
    case .command(let command): return command
    case .http(let address, let status, let text):
      let answers = status.map { "answers \($0.shown)" }
      let contains: Command? = text.map { "contains \(raw: $0.plain)" }
      switch (answers, contains) {
      case (nil, nil): return "\(raw: address.plain) answers"
      case (let answers?, nil): return "\(raw: address.plain) \(raw: answers)"
      case (nil, let contains?): return "\(raw: address.plain) \(raw: contains)"
      case (let answers?, let contains?): return "\(raw: address.plain) \(raw: answers) and \(raw: contains)"
      }
    case .tcp(let address): return "\(raw: address.plain) accepts connections"
    }
  }
}

extension ClosedRange<Int> {
  /// A status, or the first and the last one.
  var shown: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound) to \(upperBound)" }
}
