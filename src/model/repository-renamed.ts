/** GitHub knows the repository by another name: what was asked under the old one is to be done under the new one. */
export class RepositoryRenamed extends Error {
  override readonly name = "RepositoryRenamed";
  readonly from: string;
  readonly to: string;
  /** Names as "owner/name". */
  constructor(from: string, to: string) {
    super(`${from} is ${to} now`);
    this.from = from;
    this.to = to;
  }
}

/** Throws `RepositoryRenamed` when the names differ by more than case. */
export function expectName(known: string, onGitHub: string): void {
  if (known.toLowerCase() !== onGitHub.toLowerCase()) throw new RepositoryRenamed(known, onGitHub);
}
