/// A system call that failed: which one, on what, and why.
package struct SystemError: Error, Equatable {
  package var call: String
  package var path: String
  package var code: Int32

  package init(_ call: String, _ path: String = "", code: Int32 = errno) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// What the C library says of the code, for example `No such file or directory`.
  package var reason: String { String(cString: strerror(code)) }
}
