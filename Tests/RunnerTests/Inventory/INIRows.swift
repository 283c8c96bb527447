import Testing

/// An INI inventory whose meaning is whatever Ansible says it is.
struct INIRow: Sendable, CustomTestStringConvertible {
  let id: String
  let text: String

  init(_ id: String, _ text: String) {
    self.id = id
    self.text = text
  }

  var testDescription: String { id }

  static let all: [INIRow] = [
    INIRow("one-host", "web1\n"),
    INIRow("no-final-newline", "[web]\nweb1"),
    INIRow("two-groups", "[web]\nweb1\nweb2\n[db]\ndb1\n"),
    INIRow("contract", "[web]\nweb[1:4].example.com\n\n[db]\ndb1.example.com\n"),
    INIRow("ungrouped-first", "lone1\nlone2\n[web]\nweb1\n"),
    INIRow("ungrouped-then-grouped", "a\nb\n[web]\nb\n"),
    INIRow("ungrouped-section", "[web]\nw\n[ungrouped]\nx\nw\n"),
    INIRow("all-section", "[all]\nz\na\n[web]\na\n"),
    INIRow("all-vars", "[all:vars]\nport=1\n[web]\na\nb port=2\n"),
    INIRow("ungrouped-vars", "a\n[ungrouped:vars]\nx=1\n[g]\nb\n"),
    INIRow("range-padded", "[w]\nweb[01:10:2]\nweb[008:011].x\n"),
    INIRow("range-letters", "[w]\ndb-[a:f]\ndb[x:C:2]z\n"),
    INIRow("range-several", "[w]\nr[1:2]-n[a:b].dc[01:02].example.com k=1\n"),
    INIRow("range-no-begin", "[w]\nweb[:3]\n"),
    INIRow("range-port", "[w]\nweb[1:2]:2222\n10.0.0.[1:3]:22\n"),
    INIRow("range-one", "[w]\nweb[5:5]\n"),
    INIRow("range-negative", "[w]\nweb[-1:1]x\n"),
    INIRow("port", "[w]\nweb1:2222\n10.0.0.1:23\nweb2:22 ansible_port=24\nweb_3-x:5\n"),
    INIRow("port-first-mention-counts", "[w]\nweb1:22\n[v]\nweb1:23\n"),
    INIRow("port-zero", "[w]\nweb1:0\n"),
    INIRow("ipv6", "[w]\n::1\n2001:db8::1\n[2001:db8::2]:2222\n[::ffff:10.0.0.1]:23\n[fe80::a]:24 x=1\n"),
    INIRow("ipv6-range", "[w]\n[2001:db8::[1:3]]:22\n2001:db8::[5:6]\n"),
    INIRow("comments", "# one\n; two\n[w] # three\nweb1 # four\nweb2 x=1 # five\n  # six\nweb3 y=a#b\nweb4 z='a#b'\n"),
    INIRow("quotes", #"[w]\#nweb1 a="two words" b='two words' c=one\ two d="say \"hi\"" e='it'"'"'s' f="a\b" "g=h i"\#n"#),
    INIRow("spaces", "[w]  \n\t web1\t a=1   b=2  \n\n   web2\n"),
    INIRow("crlf", "[w]\r\nweb1 a=1\r\n\r\n[w:vars]\r\nb=2\r\n"),
    INIRow("unicode", "[bücher]\nweb1 stadt=Köln name='日本 語'\n[bücher:vars]\nemoji=🚀\n"),
    INIRow("odd-spaces", "[w]\u{A0}\n\u{3000}web1 a=1\u{2028}web2 b=2\u{0B}web3\n"),
    INIRow("group-names", "[web-1.x]\na\n[web_2]\nb\n[3]\nc\n[a+b]\nd\n[Web]\ne\n"),
    INIRow("children", "[web]\nw1\n[db]\nd1\n[prod:children]\nweb\ndb\n[prod:vars]\nenv=prod\n"),
    INIRow("children-before", "[prod:children]\nweb\ndb\n[db]\nd1\n[web]\nw1\n"),
    INIRow("children-twice", "[p:children]\nweb\n[q:children]\nweb\nweb\n[web]\nw1\n[p:children]\nr\n[r]\nr1\n"),
    INIRow("children-comment", "[p:children]\nweb # yes\n[web]\nw1\n"),
    INIRow(
      "diamond", "[a:children]\nb\nc\n[b:children]\nd\n[c:children]\nd\n[d]\nh\n[a:vars]\nv=a\n[b:vars]\nv=b\nw=b\n[c:vars]\nv=c\n[d]\n"),
    INIRow(
      "deep", "[l1:children]\nl2\n[l2:children]\nl3\n[l3:children]\nl4\n[l4]\nh1\n[l2]\nh2\n[l1]\nh3\n[l4:vars]\nx=4\n[l1:vars]\nx=1\ny=1\n"
    ),
    INIRow("child-of-all", "[all:children]\nb\na\n[a]\nx\n[b]\ny\n[c]\nz\n"),
    INIRow("ungrouped-has-children", "x\n[ungrouped:children]\nweb\n[web]\nw\n[ungrouped:vars]\nv=1\n"),
    INIRow("precedence-name", "[b]\nh\n[a]\nh\n[a:vars]\nv=a\n[b:vars]\nv=b\n"),
    INIRow("precedence-depth", "[z:children]\na\n[a]\nh\n[z:vars]\nv=z\n[a:vars]\nv=a\n"),
    INIRow("precedence-mixed", "[z]\nh\n[p:children]\na\n[a]\nh\n[z:vars]\nv=z\n[a:vars]\nv=a\n[all:vars]\nv=all\nu=all\n"),
    INIRow("priority", "[a]\nh\n[b]\nh\n[a:vars]\nv=a\nansible_group_priority=10\n[b:vars]\nv=b\n"),
    INIRow("priority-text", "[a]\nh\n[b]\nh\n[a:vars]\nv=a\nansible_group_priority='10'\n[b:vars]\nv=b\n"),
    INIRow("priority-not-for-hosts", "[a]\nh ansible_group_priority=3\n"),
    INIRow("duplicate-hosts", "[a]\nh x=1 y=1\n[b]\nh x=2\nh z=3\n[a]\nh w=4\n"),
    INIRow("vars-before-group", "[g:vars]\nx=1\n[g]\nh\n"),
    INIRow("vars-spaces", "[g]\nh\n[g:vars]\na = b c\nd=e=f\n e =  'q' \nempty=\nq=\"x\" # no comment\n"),
    INIRow("host-and-group-same-name", "[web]\nweb x=1\nother\n[db]\nmain\nweb\n"),
    INIRow("host-like-foreign-group", "[web]\nw1\n[db]\nweb y=2\n"),
    INIRow("internal-variables", "[g]\nh inventory_hostname=x groups=1 role_name=y mine=z\n"),
    INIRow(
      "connection",
      "[g]\nh ansible_host=10.0.0.5 ansible_port=2200 ansible_user=deploy ansible_connection=local\n[g:vars]\nansible_user=root\n"),
    INIRow("empty-group", "[empty]\n[web]\nw1\n[none:children]\nempty\n"),
    INIRow("only-comments-and-groups", "# nothing\n[web]\n"),
    INIRow("section-variants", "[web:hosts]\nw1\n[web]#c\nw2\n"),
    INIRow("order", "[z]\nz2\nz1\n[a]\na2\nz1\n[m:children]\na\nz\nq\n[q]\nq1\n"),
    INIRow("order-levels", "[p1:children]\nc1\nc2\n[p2:children]\nc3\n[c3]\nh3\n[c2]\nh2\n[c1]\nh1\n[p2]\nh0\n"),
    INIRow(
      "fleet",
      "lone\n[web]\nweb[1:3].example.com\n[api]\napi1\nweb2.example.com\n[db]\ndb[1:4]\n[eu:children]\nweb\n[eu]\ndb1\n[empty]\n[v6]\n2001:db8::1\n2001:db8::2\n"
    ),
    INIRow(
      "values-numbers",
      values([
        "1", "-1", "+1", "007", "0", "00", "0x1F", "0o17", "0b11", "1_000", "1__0", "_1", "1_", "0x_ff", "1.5", "1.",
        ".5", "1e5", "1E-3", "1e", "01.5", "1.2.3", "10.0.0.1", "- 1", "--1", "-(1)", "1-2", "2024-01-01", "1e400x", "9223372036854775807",
        "9223372036854775808", "123456789012345678901234567890", "0xFFFFFFFFFFFFFFFFFF", "1_0.5_0", "1__0.5", "0b2", "0o8", "0x", "1L", "٣",
        "1 2", "1.0",
      ])),
    INIRow(
      "values-words",
      values([
        "True", "False", "None", "true", "false", "none", "null", "yes", "TRUE", "-True", "nan", "inf", "set", "set()",
        "...", "Ellipsis", "Trueish", "foo", "foo bar", "$HOME", "~/x", "/srv/shop", "a:b", "*", "@x", "{{ foo }}", "{% if x %}", "!vault",
        "True # c",
        "foo # c", "1 # c", "True, False", "(", ")", "[", "]", "{", "}", ",", "'", "\"", "\\", "=", "==", "a,b",
      ])),
    INIRow(
      "values-strings",
      values([
        "'a'", "\"a\"", "'a' 'b'", "'a'\"b\"", "'a", "a'", "''", "\"\"", "'''a'''", "\"\"\"a'b\"\"\"", "r'a\\n'", "u'a'",
        "b'a'", "rb'a\\x'", "Rb'x'", "ur'a'", "f'a'", "b'a' 'b'", "'\\n\\t\\\\'", "'\\x41\\u00e9\\U0001F680'", "'\\101\\0'", "'\\q'",
        "'\\x4'",
        "'\\N{DASH}'x", "'\\''", "'ä'", "b'ä'", "'a'b", "'1'", "'True'", "' a '", "b'\\u0041'", "'\\400'", "r'\\''", "'a' # c", "'#'",
      ])),
    INIRow(
      "values-containers",
      values([
        "[]", "[1, 2]", "[1,2,]", "[,]", "['a', \"b\", True, None, 1.5]", "(1, 2)", "(1)", "(1,)", "()", "1, 2", "1,",
        "{}", "{'a': 1}", "{'a': 1,}", "{'a': [1, {'b': (2, 3)}]}", "{1: 'x'}", "{None: 1}", "{'a': 1, 'a': 2}", "{1}", "{1, 1}", "{'a'}",
        "[1 2]", "[a]", "['a', b]", "{a: 1}", "{'a' 1}", "{'a': }", "[[[[]]]]", "[-1, +2]", "[1, ...]", "{'x': -1.5e3}", "[1, 2] # c", "[1",
        "('a' 'b')",
        "[True, 'x'] y", "-[1]", "{\"k\": \"v\", \"n\": null}", "{\"k\": \"v\", \"l\": [1, 2]}", "((1))", "(('a'))", "[(),[]]", "{(1): 2}",
      ])),
    INIRow(
      "values-on-host", "[g]\nh a=1 b='1' c=\"'1'\" d=\"[1, 2]\" e=[1,2] f=\"{'x': 1}\" g={'x':1} h= i=' 5 ' j=True k=\"true\" l='\"a\"'\n"),
  ]

  private static func values(_ texts: [String]) -> String {
    "[g]\nh\n[g:vars]\n" + texts.enumerated().map { "v\($0)=\($1)\n" }.joined()
  }
}
