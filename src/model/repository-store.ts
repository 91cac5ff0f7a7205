/** Follows repositories to a new name, or out of reach. */
export interface RepositoryStore {
  /** Moves everything that is known under the old name; where both names know of the same thing, the new name's stays. */
  renameRepository(from: string, to: string, installationId: number): Promise<void>;
  /**
   * A comment turned out to stand in another repository: the signatures on it go there, and whatever else was known of
   * this pull request is forgotten, as it is that one's. Returns false when nothing was known of the comment.
   */
  moveComment(at: { readonly repo: string; readonly number: number; readonly nodeId: string }, to: string): Promise<boolean>;
  /** Their open pull requests count as closed; null: all of the installation's. */
  closeRepositories(installationId: number, repos: readonly string[] | null): Promise<void>;
}
