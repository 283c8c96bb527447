/// Who the host is, and who we are.
extension RecordedLog {
  static let unknownKey = """
    debug1: Reading configuration data /k/unknown.config
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(keyExchange)
    debug1: checking without port identifier
    No ED25519 host key is known for [127.0.1.1]:2222 and you have requested strict checking.
    Host key verification failed.
    """

  static let changedKey = """
    debug1: Reading configuration data /k/changed.config
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(keyExchange)
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
    @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
    IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
    Someone could be eavesdropping on you right now (man-in-the-middle attack)!
    It is also possible that a host key has just been changed.
    The fingerprint for the ED25519 key sent by the remote host is
    SHA256:XwGUmoKH+Rt+r+pVqNRBH0rALoJuhgIcyjONWLWq8Ac.
    Please contact your system administrator.
    Add correct host key in /k/changed to get rid of this message.
    Offending ED25519 key in /k/changed:1
      remove with:
      ssh-keygen -f "/k/changed" -R "[127.0.1.1]:2222"
    Host key for [127.0.1.1]:2222 has changed and you have requested strict checking.
    Host key verification failed.
    """

  static let revokedKey = """
    debug1: Reading configuration data /k/revoked.config
    debug1: Reading configuration data /k/config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    \(greeting)
    \(keyExchange)
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
    @       WARNING: REVOKED HOST KEY DETECTED!               @
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
    The ED25519 host key for [127.0.1.1]:2222 is marked as revoked.
    This could mean that a stolen key is being used to
    impersonate this host.
    ED25519 host key for [127.0.1.1]:2222 was revoked and you have requested strict checking.
    Host key verification failed.
    """

  static let denied = """
    debug1: Reading configuration data /k/denied.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/other type 3
    debug1: identity file /k/other-cert type -1
    debug1: identity file /k/missing type -1
    debug1: identity file /k/missing-cert type -1
    debug1: identity file /k/pem type -1
    debug1: identity file /k/pem-cert type -1
    debug1: identity file /k/other2 type 3
    debug1: identity file /k/other2-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: Will attempt key: /k/other ED25519 SHA256:LAV9iHPTUC/GD7igOerEEmbS7GsiOCZ0ldHILk5xCOA explicit
    debug1: Will attempt key: /k/missing  explicit
    debug1: Will attempt key: /k/pem  explicit
    debug1: Will attempt key: /k/other2 ED25519 SHA256:zuN4mT3EU6UcPDK6U4TrG/TwzSXXRIa7bUSRgcf2LI0 explicit
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/other ED25519 SHA256:LAV9iHPTUC/GD7igOerEEmbS7GsiOCZ0ldHILk5xCOA explicit
    debug1: Authentications that can continue: publickey
    debug1: Trying private key: /k/missing
    no such identity: /k/missing: No such file or directory
    debug1: Trying private key: /k/pem
    debug1: Authentications that can continue: publickey
    debug1: Offering public key: /k/other2 ED25519 SHA256:zuN4mT3EU6UcPDK6U4TrG/TwzSXXRIa7bUSRgcf2LI0 explicit
    debug1: Authentications that can continue: publickey
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let deniedWithoutKeys = """
    debug1: Reading configuration data /k/deniedWithoutKeys.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /root/.ssh/id_rsa type -1
    debug1: identity file /root/.ssh/id_rsa-cert type -1
    debug1: identity file /root/.ssh/id_ecdsa type -1
    debug1: identity file /root/.ssh/id_ecdsa-cert type -1
    debug1: identity file /root/.ssh/id_ecdsa_sk type -1
    debug1: identity file /root/.ssh/id_ecdsa_sk-cert type -1
    debug1: identity file /root/.ssh/id_ed25519 type -1
    debug1: identity file /root/.ssh/id_ed25519-cert type -1
    debug1: identity file /root/.ssh/id_ed25519_sk type -1
    debug1: identity file /root/.ssh/id_ed25519_sk-cert type -1
    debug1: identity file /root/.ssh/id_xmss type -1
    debug1: identity file /root/.ssh/id_xmss-cert type -1
    debug1: identity file /root/.ssh/id_dsa type -1
    debug1: identity file /root/.ssh/id_dsa-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: Will attempt key: /root/.ssh/id_rsa 
    debug1: Will attempt key: /root/.ssh/id_ecdsa 
    debug1: Will attempt key: /root/.ssh/id_ecdsa_sk 
    debug1: Will attempt key: /root/.ssh/id_ed25519 
    debug1: Will attempt key: /root/.ssh/id_ed25519_sk 
    debug1: Will attempt key: /root/.ssh/id_xmss 
    debug1: Will attempt key: /root/.ssh/id_dsa 
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Trying private key: /root/.ssh/id_rsa
    debug1: Trying private key: /root/.ssh/id_ecdsa
    debug1: Trying private key: /root/.ssh/id_ecdsa_sk
    debug1: Trying private key: /root/.ssh/id_ed25519
    debug1: Trying private key: /root/.ssh/id_ed25519_sk
    debug1: Trying private key: /root/.ssh/id_xmss
    debug1: Trying private key: /root/.ssh/id_dsa
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let openKey = """
    debug1: Reading configuration data /k/open.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/good_open type 3
    debug1: identity file /k/good_open-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: Will attempt key: /k/good_open ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/good_open ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    debug1: Server accepts key: /k/good_open ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
    @         WARNING: UNPROTECTED PRIVATE KEY FILE!          @
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
    Permissions 0644 for '/k/good_open' are too open.
    It is required that your private key files are NOT accessible by others.
    This private key will be ignored.
    Load key "/k/good_open": bad permissions
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let encryptedKey = """
    debug1: Reading configuration data /k/encrypted.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/good_enc type 3
    debug1: identity file /k/good_enc-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: Will attempt key: /k/good_enc ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/good_enc ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    debug1: Server accepts key: /k/good_enc ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let encryptedPEM = """
    debug1: Reading configuration data /k/encpem.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/encpem type -1
    debug1: identity file /k/encpem-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: Will attempt key: /k/encpem  explicit
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Trying private key: /k/encpem
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let lostKey = """
    debug1: Reading configuration data /k/lost.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/good_lost type 3
    debug1: identity file /k/good_lost-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: Will attempt key: /k/good_lost ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/good_lost ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    debug1: Server accepts key: /k/good_lost ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit
    no such identity: /k/good_lost: No such file or directory
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let garbageKey = """
    debug1: Reading configuration data /k/garbage.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/garbage type -1
    debug1: identity file /k/garbage-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: Will attempt key: /k/garbage  explicit
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Trying private key: /k/garbage
    Load key "/k/garbage": error in libcrypto
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let deniedAgent = """
    debug1: Reading configuration data /k/agent.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/other type 3
    debug1: identity file /k/other-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: get_agent_identities: bound agent to hostkey
    debug1: get_agent_identities: agent returned 2 keys
    debug1: Will attempt key: /k/other ED25519 SHA256:LAV9iHPTUC/GD7igOerEEmbS7GsiOCZ0ldHILk5xCOA explicit agent
    debug1: Will attempt key: me@laptop ED25519 SHA256:zuN4mT3EU6UcPDK6U4TrG/TwzSXXRIa7bUSRgcf2LI0 agent
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/other ED25519 SHA256:LAV9iHPTUC/GD7igOerEEmbS7GsiOCZ0ldHILk5xCOA explicit agent
    debug1: Authentications that can continue: publickey
    debug1: Offering public key: me@laptop ED25519 SHA256:zuN4mT3EU6UcPDK6U4TrG/TwzSXXRIa7bUSRgcf2LI0 agent
    debug1: Authentications that can continue: publickey
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """

  static let tooManyKeys = """
    debug1: Reading configuration data /k/agent.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/other type 3
    debug1: identity file /k/other-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: get_agent_identities: bound agent to hostkey
    debug1: get_agent_identities: agent returned 9 keys
    debug1: Will attempt key: /k/other ED25519 SHA256:LAV9iHPTUC/GD7igOerEEmbS7GsiOCZ0ldHILk5xCOA explicit agent
    debug1: Will attempt key: me@laptop ED25519 SHA256:zuN4mT3EU6UcPDK6U4TrG/TwzSXXRIa7bUSRgcf2LI0 agent
    debug1: Will attempt key: me@laptop-0 ED25519 SHA256:TTBs9KRVxdbZZHk5vDif77oZ7/yeqQceKuZk8UKAg8Y agent
    debug1: Will attempt key: me@laptop-1 ED25519 SHA256:uTOnJTfWZzdyfANKJowROq8vMUZkpY8fKvouWYN22ME agent
    debug1: Will attempt key: me@laptop-2 ED25519 SHA256:L1dMPyEvaFgUHsbreelrlJE6Dk1Mmo6U5GD/4TNKw4s agent
    debug1: Will attempt key: me@laptop-3 ED25519 SHA256:siZTM8RGYZZxgZm53B7Tbkb2Y4H6gFiape0WFs6LI8g agent
    debug1: Will attempt key: me@laptop-4 ED25519 SHA256:EmbseufwERxK3yUlac1HBG8oZlM1ntTJdS7SrB5U38U agent
    debug1: Will attempt key: me@laptop-5 ED25519 SHA256:0bBqamqOzYt/s5Pz83IOvDZu/+69IICHnOPss0Rpy1I agent
    debug1: Will attempt key: me@laptop-6 ED25519 SHA256:F0oBE0pStvUe4nrcnKdjRarbO4eRiKEjQUiJPZyyQ3I agent
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/other ED25519 SHA256:LAV9iHPTUC/GD7igOerEEmbS7GsiOCZ0ldHILk5xCOA explicit agent
    debug1: Authentications that can continue: publickey
    debug1: Offering public key: me@laptop ED25519 SHA256:zuN4mT3EU6UcPDK6U4TrG/TwzSXXRIa7bUSRgcf2LI0 agent
    debug1: Authentications that can continue: publickey
    debug1: Offering public key: me@laptop-0 ED25519 SHA256:TTBs9KRVxdbZZHk5vDif77oZ7/yeqQceKuZk8UKAg8Y agent
    debug1: Authentications that can continue: publickey
    debug1: Offering public key: me@laptop-1 ED25519 SHA256:uTOnJTfWZzdyfANKJowROq8vMUZkpY8fKvouWYN22ME agent
    debug1: Authentications that can continue: publickey
    debug1: Offering public key: me@laptop-2 ED25519 SHA256:L1dMPyEvaFgUHsbreelrlJE6Dk1Mmo6U5GD/4TNKw4s agent
    debug1: Authentications that can continue: publickey
    debug1: Offering public key: me@laptop-3 ED25519 SHA256:siZTM8RGYZZxgZm53B7Tbkb2Y4H6gFiape0WFs6LI8g agent
    Received disconnect from 127.0.1.1 port 2222:2: Too many authentication failures
    Disconnected from 127.0.1.1 port 2222
    """

  static let agentRefuses = """
    debug1: Reading configuration data /k/agent2.config
    debug1: Connecting to 127.0.1.1 [127.0.1.1] port 2222.
    debug1: fd 4 clearing O_NONBLOCK
    debug1: Connection established.
    debug1: identity file /k/good_enc type 3
    debug1: identity file /k/good_enc-cert type -1
    debug1: Local version string SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10
    \(banner)
    debug1: Authenticating to 127.0.1.1:2222 as 'root'
    \(knownHost)
    debug1: get_agent_identities: bound agent to hostkey
    debug1: get_agent_identities: agent returned 1 keys
    debug1: Will attempt key: /k/good_enc ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit agent
    \(services)
    debug1: Authentications that can continue: publickey
    debug1: Next authentication method: publickey
    debug1: Offering public key: /k/good_enc ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit agent
    debug1: Server accepts key: /k/good_enc ED25519 SHA256:ZQCfvog6o5JKPag1cCg5L8CU5a4Thay08FaJi5vIhtw explicit agent
    sign_and_send_pubkey: signing failed for ED25519 "/k/good_enc" from agent: agent refused operation
    debug1: No more authentication methods to try.
    root@127.0.1.1: Permission denied (publickey).
    """
}
