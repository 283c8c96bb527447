import Testing

/// A pattern that selects from an inventory of the INI table what Ansible selects.
struct PatternRow: Sendable, CustomTestStringConvertible {
  let pattern: String
  let inventory: String

  var testDescription: String { "\(pattern) in \(inventory)" }

  static let all =
    fleet.map { PatternRow(pattern: $0, inventory: "fleet") }
    + ["z1", "a", "m", "z:a", "a:z", "q:!q1:z", "m[0]", "m[1:2]", "*1", "z*", "?1", "a:&z", "all[2:3]"].map {
      PatternRow(pattern: $0, inventory: "order")
    }
    + ["l*", "l1[0]", "~l[34]", "h?", "l4:l2", "all:!l4", "l1:&l3"].map { PatternRow(pattern: $0, inventory: "deep") }

  private static let fleet = [
    "all", "*", "web", "db", "web1.example.com", "web:db", "db:web", "web,db", "web, db", " web , db ", "web db", "web : db", ",web,,db,",
    "web::db", ":web:", "db1", "db3:db1", "db2:db", "lone", "ungrouped", "eu", "eu:api", "web:&api", "&api:web", "api:&web", "web:!api",
    "!api:web", "!web", "&web", "&web:!api", "web:&eu:!web1.example.com", "web:db:&eu", "web:db:&eu:!db1", "all:!web:!db", "web:!empty",
    "!empty", "web*", "*.example.com", "db?", "db[!12]*", "[dw]*", "[dw]*1", "~web", "~(web|db)[12]", "~db[13],web", "~.*[0-9]$",
    "~DB|lone",
    "web[0]", "web[-1]", "web[-3]", "web[0:1]", "web[1:]", "web[0:0]", "web[1:10]", "db[0],db[3]", "db[0]:web[0]", "all[0]", "all[-1]",
    "eu[0:2]", "web*[0]", "w*[1:2]", "db1[0]", "2001:db8::1", "2001:db8::1,web", "all,!2001:db8::2", "v6", "v6[1]", "all:!db[1:2]",
    "web:!~web1", "all:&*1*", "u*", "a*", "db,!db[0],web", "!db1:!db2:db", "api1:web2.example.com",
  ]
}
