/** The last valid policy of a repository, for the day its file is broken. */
export interface StoredPolicy {
  readonly text: string;
  /** Commit it was read at. */
  readonly sha: string;
  /** When it was read, ISO 8601 UTC. */
  readonly at: string;
}

/** Remembers the last valid policy of each repository. */
export interface PolicyStore {
  /** An older reading never replaces a newer one. */
  savePolicy(repo: string, policy: StoredPolicy): Promise<void>;
  loadPolicy(repo: string): Promise<StoredPolicy | null>;
}
