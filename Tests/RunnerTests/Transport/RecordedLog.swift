/// What OpenSSH 9.2 has written into its log with our options, as recorded; paths and ports are others.
///
/// What every connection says in its middle stands once, at the end of this file.
enum RecordedLog {
  static let refused = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 1.
    debug1: connect to address 127.0.1.1 port 1: Connection refused
    ssh: connect to host 127.0.1.1 port 1: Connection refused
    """

  static let refusedName = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to localhost [127.0.0.1] port 1.
    debug1: connect to address 127.0.0.1 port 1: Connection refused
    ssh: connect to host localhost port 1: Connection refused
    """

  static let timedOut = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 56107.
    debug1: connect to address 127.0.0.1 port 56107: Connection timed out
    ssh: connect to host 127.0.0.1 port 56107: Connection timed out
    """

  static let silent = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 48197.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    Connection timed out during banner exchange
    Connection to 127.0.0.1 port 48197 timed out
    """

  static let unresolved = """
    debug1: Reading configuration data /k/config
    ssh: Could not resolve hostname no-such-host.invalid: Name or service not known
    """

  static let bind = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    bind 1.2.3.4: Cannot assign requested address
    ssh: connect to host 127.0.1.1 port 2222: failure
    """

  static let configuration = """
    debug1: Reading configuration data /k/config.config
    /k/config.config: line 1: Bad configuration option: nosuchoption
    debug1: Reading configuration data /k/config
    /k/config.config: terminating, 1 bad configuration options
    """

  static let configurationArguments = """
    debug1: Reading configuration data /k/config2.config
    /k/config2.config line 1: keyword port extra arguments at end of line
    debug1: Reading configuration data /k/config
    /k/config2.config: terminating, 1 bad configuration options
    """

  static let configurationMissing = """
    Can't open user config file /k/missing.config: No such file or directory
    """

  static let noCipher = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    debug1: SSH2_MSG_KEXINIT sent
    debug1: SSH2_MSG_KEXINIT received
    debug1: kex: algorithm: sntrup761x25519-sha512
    debug1: kex: host key algorithm: ssh-ed25519
    Unable to negotiate with 127.0.1.1 port 2222: no matching cipher found. Their offer: chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com
    """

  static let throttled = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.5.1 [127.0.5.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: kex_exchange_identification: banner line 0: Exceeded MaxStartups
    kex_exchange_identification: read: Connection reset by peer
    Connection reset by 127.0.5.1 port 2222
    """

  static let closedEarly = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 41561.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    kex_exchange_identification: Connection closed by remote host
    Connection closed by 127.0.0.1 port 41561
    """

  static let notSSH = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 53899.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: kex_exchange_identification: banner line 0: HTTP/1.1 400 Bad Request
    debug1: kex_exchange_identification: banner line 1: 
    debug1: kex_exchange_identification: banner line 2: hello
    kex_exchange_identification: Connection closed by remote host
    Connection closed by 127.0.0.1 port 53899
    """

  static let closedInKeyExchange = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 34585.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: Remote protocol version 2.0, remote software version x
    debug1: compat_banner: no match: x
    debug1: Authenticating to 127.0.0.1:34585 as 'root'
    debug1: SSH2_MSG_KEXINIT sent
    Connection reset by 127.0.0.1 port 34585
    """

  static let garbled = """
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.0.1 [127.0.0.1] port 38475.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: Remote protocol version 2.0, remote software version x
    debug1: compat_banner: no match: x
    debug1: Authenticating to 127.0.0.1:38475 as 'root'
    debug1: SSH2_MSG_KEXINIT sent
    Bad packet length 1734829927.
    ssh_dispatch_run_fatal: Connection to 127.0.0.1 port 38475: message authentication code incorrect
    """

  static let greeting = """
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/client_key type 3
    debug1: identity file /k/client_key-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: compat_banner: match: OpenSSH_9.2p1 Debian-2+deb12u10 pat OpenSSH* compat 0x04000000
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    """

  static let knownHost = """
    debug1: SSH2_MSG_KEXINIT sent
    debug1: SSH2_MSG_KEXINIT received
    debug1: kex: algorithm: sntrup761x25519-sha512
    debug1: kex: host key algorithm: ssh-ed25519
    debug1: kex: server->client cipher: chacha20-poly1305@openssh.com MAC: <implicit> compression: none
    debug1: kex: client->server cipher: chacha20-poly1305@openssh.com MAC: <implicit> compression: none
    debug1: expecting SSH2_MSG_KEX_ECDH_REPLY
    debug1: SSH2_MSG_KEX_ECDH_REPLY received
    debug1: Server host key: ssh-ed25519 SHA256:XwGUmoKH+Rt+r+pVqNRBH0rALoJuhgIcyjONWLWq8Ac
    debug1: Host '[127.0.1.1]:2222' is known and matches the ED25519 host key.
    debug1: Found key in /k/known_hosts:1
    debug1: ssh_packet_send2_wrapped: resetting send seqnr 3
    debug1: rekey out after 134217728 blocks
    debug1: SSH2_MSG_NEWKEYS sent
    debug1: expecting SSH2_MSG_NEWKEYS
    debug1: ssh_packet_read_poll2: resetting read seqnr 3
    debug1: SSH2_MSG_NEWKEYS received
    debug1: rekey in after 134217728 blocks
    """

  static let acceptedKey = """
    debug1: Will attempt key: /k/client_key ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    debug1: SSH2_MSG_EXT_INFO received
    debug1: kex_input_ext_info: server-sig-algs=<ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ecdsa-sha2-nistp256@openssh.com,webauthn-sk-ecdsa-sha2-nistp256@openssh.com,ssh-dss,ssh-rsa,rsa-sha2-256,rsa-sha2-512>
    debug1: kex_input_ext_info: publickey-hostbound@openssh.com=<0>
    debug1: SSH2_MSG_SERVICE_ACCEPT received
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/client_key ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    debug1: Server accepts key: /k/client_key ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    """

  static let session = """
    debug1: channel 0: new session [client-session] (inactive timeout: 0)
    debug1: Requesting no-more-sessions@openssh.com
    debug1: Entering interactive session.
    debug1: pledge: network
    debug1: client_input_global_request: rtype hostkeys-00@openssh.com want_reply 0
    debug1: Remote: /k/client_key.pub:1: key options: agent-forwarding port-forwarding pty user-rc x11-forwarding
    debug1: Remote: /k/client_key.pub:1: key options: agent-forwarding port-forwarding pty user-rc x11-forwarding
    debug1: Sending command: exec /bin/sh -c 'echo READY; IFS= read -r s && eval "$s"'
    """

  static let banner = """
    debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1 Debian-2+deb12u10
    debug1: compat_banner: match: OpenSSH_9.2p1 Debian-2+deb12u10 pat OpenSSH* compat 0x04000000
    """

  static let keyExchange = """
    debug1: SSH2_MSG_KEXINIT sent
    debug1: SSH2_MSG_KEXINIT received
    debug1: kex: algorithm: sntrup761x25519-sha512
    debug1: kex: host key algorithm: ssh-ed25519
    debug1: kex: server->client cipher: chacha20-poly1305@openssh.com MAC: <implicit> compression: none
    debug1: kex: client->server cipher: chacha20-poly1305@openssh.com MAC: <implicit> compression: none
    debug1: expecting SSH2_MSG_KEX_ECDH_REPLY
    debug1: SSH2_MSG_KEX_ECDH_REPLY received
    debug1: Server host key: ssh-ed25519 SHA256:XwGUmoKH+Rt+r+pVqNRBH0rALoJuhgIcyjONWLWq8Ac
    """

  static let secured = """
    debug1: ssh_packet_send2_wrapped: resetting send seqnr 3
    debug1: rekey out after 134217728 blocks
    debug1: SSH2_MSG_NEWKEYS sent
    debug1: expecting SSH2_MSG_NEWKEYS
    debug1: ssh_packet_read_poll2: resetting read seqnr 3
    debug1: SSH2_MSG_NEWKEYS received
    debug1: rekey in after 134217728 blocks
    """

  static let services = """
    debug1: SSH2_MSG_EXT_INFO received
    debug1: kex_input_ext_info: server-sig-algs=<ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ecdsa-sha2-nistp256@openssh.com,webauthn-sk-ecdsa-sha2-nistp256@openssh.com,ssh-dss,ssh-rsa,rsa-sha2-256,rsa-sha2-512>
    debug1: kex_input_ext_info: publickey-hostbound@openssh.com=<0>
    debug1: SSH2_MSG_SERVICE_ACCEPT received
    """
}
