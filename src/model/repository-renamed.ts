/** GitHub knows the repository by another name: what was asked under the old one is to be done under the new one. */
export class RepositoryRenamed extends Error {
  override readonly name = "RepositoryRenamed";
  readonly from: string;
  readonly to: string;
  /** The comment by which it was found, where it was. */
  readonly commentNodeId: string | null;
  /** Names as "owner/name". */
  constructor(from: string, to: string, commentNodeId: string | null = null) {
    super(`${from} is ${to} now`);
    this.from = from;
    this.to = to;
    this.commentNodeId = commentNodeId;
  }
}

/** Throws `RepositoryRenamed` when the names differ by more than case. */
export function expectName(known: string, onGitHub: string, commentNodeId: string | null = null): void {
  if (known.toLowerCase() !== onGitHub.toLowerCase()) throw new RepositoryRenamed(known, onGitHub, commentNodeId);
}
