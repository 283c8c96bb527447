import Tasks

/// What the indexes say, each package asked about once in a run.
@Engine package final class PackageIndexes {
  private let root: String
  private let trust: FileTrust
  private var asking: Child?
  private var answers: [Package: Result<Offers, IndexProblem>] = [:]
  /// Answers in place of all indexes, in a rehearsal.
  package var standIn: (@Sendable (Package) throws(Failure) -> Offers)?
  /// The values that were read to ask, and those that the run has read.
  package var secrets: [Secret: [UInt8]] = [:]

  package nonisolated init(root: String, _ trust: FileTrust = FileTrust()) {
    self.root = root
    self.trust = trust
  }

  /// The versions of a package.
  ///
  /// Throws a failure only when the credentials cannot be read; that an index does not answer is an answer here.
  package func offers(of package: Package) async throws(Failure) -> Result<Offers, IndexProblem> {
    if let standIn { return .success(try standIn(package)) }
    if let answer = answers[package] { return answer }
    let credentials = try await self.credentials(of: package)
    let answer: Result<Offers, IndexProblem>
    do throws(IndexProblem) { answer = .success(try await ask(package, credentials)) } catch { answer = .failure(error) }
    answers[package] = answer
    return answer
  }

  /// Ends the question that is being asked.
  package func cancel() { asking?.signal(SIGTERM) }

  private func ask(_ package: Package, _ credentials: [UInt8]?) async throws(IndexProblem) -> Offers {
    let address = try IndexAddress(of: package)
    if let credentials, !credentials.contains(UInt8(ascii: ":")) { throw .malformedCredentials }
    let request = IndexRequest(address: address, credentials: credentials ?? address.credentials.map { Array($0.utf8) })
    defer { asking = nil }
    let offers = Offers(try await request.page { asking = $0 }, of: package.name)
    if offers.all.isEmpty { throw .noVersions }
    return offers
  }

  private func credentials(of package: Package) async throws(Failure) -> [UInt8]? {
    guard let secret = package.credentials else { return nil }
    if let value = secrets[secret] { return value }
    do throws(SecretValues.Problem) {
      secrets.merge(try await SecretValues.read([secret], root: root, trust)) { $1 }
    } catch {
      throw Failure(error)
    }
    return secrets[secret]
  }
}
