/** A commit of a pull request: one that its base does not have. */
export interface OwnCommit {
  readonly sha: string;
  readonly parents: readonly string[];
}

/**
 * Whether a commit only merges the base: two parents, the second one no commit of the pull request, so that it
 * came from the base.
 */
export function isMergeOfBase(commit: OwnCommit, own: ReadonlySet<string>): boolean {
  const [, merged] = commit.parents;
  return commit.parents.length === 2 && merged !== undefined && !own.has(merged);
}

/**
 * Whether a push brought a change of its own to the pull request: a commit of it, reachable from `after` and not
 * from `before`, that is no merge of the base. A push whose commits are no longer there brought none.
 */
export function carriesChange(push: { readonly before: string; readonly after: string }, commits: readonly OwnCommit[]): boolean {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const own = new Set(bySha.keys());
  const known = reachable(push.before, bySha);
  return [...reachable(push.after, bySha)].some((sha) => {
    const commit = bySha.get(sha);
    return commit !== undefined && !known.has(sha) && !isMergeOfBase(commit, own);
  });
}

function reachable(from: string, bySha: ReadonlyMap<string, OwnCommit>): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [from];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const commit = bySha.get(sha);
    if (!commit || seen.has(sha)) continue;
    seen.add(sha);
    waiting.push(...commit.parents);
  }
  return seen;
}
