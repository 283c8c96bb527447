/// Connections that were made, and ended.
extension RecordedLog {
  static let nologin = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'pbnologin'
    \(knownHost)
    \(acceptedKey)
    Authenticated to 127.0.1.1 ([127.0.1.1]:2222) using "publickey".
    \(session)
    debug1: pledge: fork
    debug1: client_input_channel_req: channel 0 rtype exit-status reply 0
    debug1: channel 0: free: client-session, nchannels 1
    Transferred: sent 3572, received 3356 bytes, in 0.1 seconds
    Bytes per second: sent 58440.4, received 54906.4
    debug1: Exit status 1
    """

  static let exits = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(knownHost)
    \(acceptedKey)
    Authenticated to 127.0.1.1 ([127.0.1.1]:2222) using "publickey".
    debug1: channel 0: new session [client-session] (inactive timeout: 0)
    debug1: Requesting no-more-sessions@openssh.com
    debug1: Entering interactive session.
    debug1: pledge: network
    debug1: client_input_global_request: rtype hostkeys-00@openssh.com want_reply 0
    debug1: Remote: /k/client_key.pub:1: key options: agent-forwarding port-forwarding pty user-rc x11-forwarding
    debug1: Remote: /k/client_key.pub:1: key options: agent-forwarding port-forwarding pty user-rc x11-forwarding
    debug1: Sending command: exit 7
    debug1: pledge: fork
    debug1: client_input_channel_req: channel 0 rtype exit-status reply 0
    debug1: channel 0: free: client-session, nchannels 1
    Transferred: sent 3500, received 3296 bytes, in 0.3 seconds
    Bytes per second: sent 11554.1, received 10880.7
    debug1: Exit status 7
    """

  static let forced = """
    debug1: Reading configuration data /k/forced.config
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(keyExchange)
    debug1: Host '[127.0.1.1]:2222' is known and matches the ED25519 host key.
    debug1: Found key in /k/kh:1
    \(secured)
    debug1: Will attempt key: /k/client_key ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    \(services)
    debug1: Authentications that can continue: publickey,password,keyboard-interactive
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/client_key ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    debug1: Server accepts key: /k/client_key ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    Authenticated to 127.0.1.1 ([127.0.1.1]:2222) using "publickey".
    debug1: channel 0: new session [client-session] (inactive timeout: 0)
    debug1: Requesting no-more-sessions@openssh.com
    debug1: Entering interactive session.
    debug1: pledge: network
    debug1: client_input_global_request: rtype hostkeys-00@openssh.com want_reply 0
    debug1: Remote: /k/forced_keys:1: key options: agent-forwarding command port-forwarding pty user-rc x11-forwarding
    debug1: Remote: /k/forced_keys:1: key options: agent-forwarding command port-forwarding pty user-rc x11-forwarding
    debug1: Sending command: exec /bin/sh -c 'echo READY; IFS= read -r s && eval "$s"'
    debug1: pledge: fork
    debug1: client_input_channel_req: channel 0 rtype exit-status reply 0
    debug1: channel 0: free: client-session, nchannels 1
    Transferred: sent 3548, received 3312 bytes, in 0.4 seconds
    Bytes per second: sent 8967.4, received 8371.0
    debug1: Exit status 9
    """

  static let reset = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 52729.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.0.1:52729 as 'root'
    debug1: using hostkeyalias: [127.0.1.1]:2222
    \(keyExchange)
    debug1: using hostkeyalias: [127.0.1.1]:2222
    debug1: Host '[127.0.1.1]:2222' is known and matches the ED25519 host key.
    debug1: Found key in /k/known_hosts:1
    \(secured)
    \(acceptedKey)
    Authenticated to 127.0.0.1 ([127.0.0.1]:52729) using "publickey".
    \(session)
    debug1: pledge: fork
    client_loop: send disconnect: Broken pipe
    """

  static let closed = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 60731.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.0.1:60731 as 'root'
    debug1: using hostkeyalias: [127.0.1.1]:2222
    \(keyExchange)
    debug1: using hostkeyalias: [127.0.1.1]:2222
    debug1: Host '[127.0.1.1]:2222' is known and matches the ED25519 host key.
    debug1: Found key in /k/known_hosts:1
    \(secured)
    \(acceptedKey)
    Authenticated to 127.0.0.1 ([127.0.0.1]:60731) using "publickey".
    \(session)
    debug1: pledge: fork
    debug1: channel 0: free: client-session, nchannels 1
    Transferred: sent 3568, received 3320 bytes, in 1.4 seconds
    Bytes per second: sent 2551.7, received 2374.3
    debug1: Exit status -1
    """

  static let damaged = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 49701.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.0.1:49701 as 'root'
    debug1: using hostkeyalias: [127.0.1.1]:2222
    \(keyExchange)
    debug1: using hostkeyalias: [127.0.1.1]:2222
    debug1: Host '[127.0.1.1]:2222' is known and matches the ED25519 host key.
    debug1: Found key in /k/known_hosts:1
    \(secured)
    \(acceptedKey)
    Authenticated to 127.0.0.1 ([127.0.0.1]:49701) using "publickey".
    \(session)
    debug1: pledge: fork
    ssh_dispatch_run_fatal: Connection to 127.0.0.1 port 49701: message authentication code incorrect
    """

  static let frozen = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 48089.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.0.1:48089 as 'root'
    debug1: using hostkeyalias: [127.0.1.1]:2222
    \(keyExchange)
    debug1: using hostkeyalias: [127.0.1.1]:2222
    debug1: Host '[127.0.1.1]:2222' is known and matches the ED25519 host key.
    debug1: Found key in /k/known_hosts:1
    \(secured)
    \(acceptedKey)
    Authenticated to 127.0.0.1 ([127.0.0.1]:48089) using "publickey".
    \(session)
    debug1: pledge: fork
    Timeout, server 127.0.0.1 not responding.
    """

  static let shellKilled = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(knownHost)
    \(acceptedKey)
    Authenticated to 127.0.1.1 ([127.0.1.1]:2222) using "publickey".
    \(session)
    debug1: pledge: fork
    debug1: client_input_channel_req: channel 0 rtype exit-signal reply 0
    debug1: channel 0: free: client-session, nchannels 1
    Transferred: sent 3556, received 3340 bytes, in 0.4 seconds
    Bytes per second: sent 8433.6, received 7921.3
    debug1: Exit status -1
    """

  static let shellExits = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(knownHost)
    \(acceptedKey)
    Authenticated to 127.0.1.1 ([127.0.1.1]:2222) using "publickey".
    \(session)
    debug1: pledge: fork
    debug1: client_input_channel_req: channel 0 rtype exit-status reply 0
    debug1: channel 0: free: client-session, nchannels 1
    Transferred: sent 3548, received 3324 bytes, in 0.4 seconds
    Bytes per second: sent 9622.5, received 9015.0
    debug1: Exit status 3
    """

  static let terminated = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(knownHost)
    \(acceptedKey)
    Authenticated to 127.0.1.1 ([127.0.1.1]:2222) using "publickey".
    \(session)
    debug1: pledge: fork
    debug1: channel 0: free: client-session, nchannels 1
    Killed by signal 15.
    """
}
