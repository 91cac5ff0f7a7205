/** One departure from GitHub's description of its API. */
export interface Violation {
  /** "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", or "webhook issue_comment.created". */
  readonly operation: string;
  /** "query", "path", "body", "answer 200", "payload". */
  readonly part: string;
  /** JSON pointer into that part; empty for the whole. */
  readonly pointer: string;
  readonly expected: string;
}

const seen: Violation[] = [];

/** Remembers violations until a test takes them: one that is never taken fails the test that was running. */
export function reportViolations(found: readonly Violation[]): void {
  seen.push(...found);
}

/** All violations since the last call, oldest first, and forgets them. A test that provokes some takes them itself. */
export function takeViolations(): Violation[] {
  return seen.splice(0);
}

/** One line: the operation, where, and what GitHub's description expects there. */
export function renderViolation({ operation, part, pointer, expected }: Violation): string {
  return `${operation}: ${part}${pointer === "" ? "" : ` ${pointer}`} ${expected}`;
}

/** Throws when there are violations that nobody took, one line each. */
export function refuseViolations(): void {
  const lines = new Set(takeViolations().map(renderViolation));
  if (lines.size > 0) throw new Error(`not as GitHub describes its API:\n${[...lines].join("\n")}`);
}
