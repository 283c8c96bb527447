/// Through jump hosts; their own ssh's messages are not in these logs.
extension RecordedLog {
  static let throttledJump = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -F /k/config -W '[%h]:%p' 127.0.5.1
    debug1: Executing proxy command: exec ssh -F /k/config -W '[127.0.1.1]:2222' 127.0.5.1
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let throttledBehindJump = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -F /k/config -W '[%h]:%p' 127.0.1.1
    debug1: Executing proxy command: exec ssh -F /k/config -W '[127.0.5.1]:2222' 127.0.1.1
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: kex_exchange_identification: banner line 0: Exceeded MaxStartups
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let jumpRefused = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -p 1 -F /k/config -W '[%h]:%p' 127.0.1.2
    debug1: Executing proxy command: exec ssh -p 1 -F /k/config -W '[127.0.1.1]:2222' 127.0.1.2
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let jumpUnresolved = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -F /k/config -W '[%h]:%p' no-such-host.invalid
    debug1: Executing proxy command: exec ssh -F /k/config -W '[127.0.1.1]:2222' no-such-host.invalid
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let jumpCannotReach = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -F /k/config -W '[%h]:%p' 127.0.1.2
    debug1: Executing proxy command: exec ssh -F /k/config -W '[127.0.1.1]:1' 127.0.1.2
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let jumpCannotResolve = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -F /k/config -W '[%h]:%p' 127.0.1.2
    debug1: Executing proxy command: exec ssh -F /k/config -W '[no-such-host.invalid]:2222' 127.0.1.2
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let jumpUnknownKey = """
    debug1: Reading configuration data /k/kn2.config
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -F /k/kn2.config -W '[%h]:%p' 127.0.1.2
    debug1: Executing proxy command: exec ssh -F /k/kn2.config -W '[127.0.1.1]:2222' 127.0.1.2
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let jumpDenied = """
    debug1: Reading configuration data /k/jd.config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -l me -F /k/jd.config -W '[%h]:%p' 127.0.1.2
    debug1: Executing proxy command: exec ssh -l me -F /k/jd.config -W '[127.0.1.1]:2222' 127.0.1.2
    debug1: identity file /k/other type 3
    debug1: identity file /k/other-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let jumpSilent = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -p 36577 -F /k/config -W '[%h]:%p' 127.0.0.1
    debug1: Executing proxy command: exec ssh -p 36577 -F /k/config -W '[127.0.1.1]:2222' 127.0.0.1
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    Connection timed out during banner exchange
    Connection to UNKNOWN port 65535 timed out
    """

  static let firstJumpRefused = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -J 127.0.1.2:1 -F /k/config -W '[%h]:%p' 127.0.1.3
    debug1: Executing proxy command: exec ssh -J 127.0.1.2:1 -F /k/config -W '[127.0.1.1]:2222' 127.0.1.3
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let firstJumpCannotReach = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -p 1 -J 127.0.1.2 -F /k/config -W '[%h]:%p' 127.0.1.3
    debug1: Executing proxy command: exec ssh -p 1 -J 127.0.1.2 -F /k/config -W '[127.0.1.1]:2222' 127.0.1.3
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let secondJumpCannotReach = """
    debug1: Reading configuration data /k/config
    debug1: Setting implicit ProxyCommand from ProxyJump: ssh -J 127.0.1.2 -F /k/config -W '[%h]:%p' 127.0.1.3
    debug1: Executing proxy command: exec ssh -J 127.0.1.2 -F /k/config -W '[127.0.1.1]:1' 127.0.1.3
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let proxyCommand = """
    debug1: Reading configuration data /k/config
    debug1: Executing proxy command: exec echo oops >&2; exit 3
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """

  static let proxyCommandSSH = """
    debug1: Reading configuration data /k/config
    debug1: Executing proxy command: exec ssh -F /k/config -W 127.0.1.1:2222 -p 1 127.0.1.2
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by UNKNOWN port 65535
    """
}
