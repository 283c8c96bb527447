/// Copies a file to the host; length and SHA-256 are verified there before the final name appears.
///
/// The path is relative to the Deployfile, `to` to the folder of `within`. Permission bits are the file's own unless `mode` gives others.
///
///     upload("dist/shop.tar.gz", to: "/srv/shop/incoming/shop.tar.gz")
public func upload(_ path: Text, to destination: Text, mode: Int? = nil, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.upload(path: path, to: destination, mode: mode), at: SourceLocation(fileID, line))
}

/// Copies a file from the host; length and SHA-256 are verified here before the final name appears.
///
/// With several hosts the local path must tell them apart, or the plan is refused.
///
///     download("/var/log/shop.log", to: "logs/\(host: .name).log")
public func download(_ path: Text, to destination: Text, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.download(path: path, to: destination), at: SourceLocation(fileID, line))
}

/// Makes a folder on the host equal to a local one with `rsync`, which both sides need.
///
/// Files that only the host has stay, unless `deleting` is true.
///
///     sync("public", to: "/srv/shop/public", deleting: true)
public func sync(
  _ folder: Text, to destination: Text, deleting: Bool = false, fileID: StaticString = #fileID, line: UInt = #line
) -> Step {
  Step(.sync(folder: folder, to: destination, deleting: deleting), at: SourceLocation(fileID, line))
}

/// Fills a template for each host and uploads the result.
///
/// `{{ name }}` in the template stands for a value given here, or a variable of the host; `{{ host.name }}` and `{{ host.address }}`
/// for the host itself. A name without a value makes the plan invalid.
///
///     render("templates/shop.conf", to: "/etc/shop.conf", values: ["workers": "4"])
public func render(
  _ template: Text, to destination: Text, values: [String: Text] = [:], mode: Int? = nil, fileID: StaticString = #fileID,
  line: UInt = #line
) -> Step {
  Step(.render(template: template, to: destination, values: values, mode: mode), at: SourceLocation(fileID, line))
}
