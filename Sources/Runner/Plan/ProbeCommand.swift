import Tasks

extension Probe {
  /// One question to the host: status 0 is yes, and what it prints explains a no.
  private var question: Command {
    switch kind {
    case .command(let command):
      return "( \(raw: command)\n)"
    case .http(let address, let text):
      // The wget of Debian's static busybox crashes when it is given a time limit.
      let fetch: Command = """
        if command -v curl >/dev/null 2>&1; then page=$(curl -fsS --max-time 5 -- \(raw: address.word) 2>&1)
        elif command -v wget >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then page=$(timeout 5 wget -q -O - -- \(raw: address.word) 2>&1)
        elif command -v wget >/dev/null 2>&1; then page=$(wget -q -T 5 -O - -- \(raw: address.word) 2>&1)
        else echo 'neither curl nor wget is on the host'; exit 127; fi || { printf '%s\\n' "$page"; exit 1; }
        """
      guard let text else { return "( \(raw: fetch) )" }
      return """
        ( \(raw: fetch)
        case $page in (*\(raw: text.word)*) ;; (*) printf 'answered: %.200s\\n' "$page"; exit 1 ;; esac )
        """
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

  /// Asks once a second until the answer is yes or the time is over; then prints the last answer.
  ///
  /// The space after `$(` tells a subshell from arithmetic; a pattern of `case` has both brackets for older versions of bash.
  func command(within seconds: Int) -> Command {
    """
    end=$(( $(date +%s) + \(raw: String(seconds)) ))
    until answer=$( \(raw: question) 2>&1); do
      status=$?
      if [ $status -eq 127 ] || [ "$(date +%s)" -ge $end ]; then printf '%s\\n' "$answer" >&2; exit 1; fi
      sleep 1
    done
    """
  }

  var shown: Command {
    switch kind {
    case .command(let command): return command
    case .http(let address, .some(let text)): return "\(raw: address.plain) contains \(raw: text.plain)"
    case .http(let address, .none): return "\(raw: address.plain) answers"
    case .tcp(let address): return "\(raw: address.plain) accepts connections"
    }
  }
}
