import type { GitHubClient } from "../../github/client.ts";
import type { BlobCache } from "./blob-cache.ts";

/** How one repository is read: through which client, from which cache, and whether GraphQL may be asked. */
export interface Reading {
  readonly client: GitHubClient;
  readonly repo: string;
  readonly blobs: BlobCache;
  readonly questions: QuestionGate;
}

/** Whether GitHub answers GraphQL here. An old server, or an app without a permission, is asked over REST alone. */
export interface QuestionGate {
  isOpen(): boolean;
  /** GitHub refused: REST alone for ten minutes. */
  refuse(): void;
}

/** A permission that was just granted is noticed within this time. */
const REFUSED_FOR_MS = 10 * 60_000;

/** The gates of all installations. `now` in milliseconds. */
export function createQuestionGates(now: () => number): (installationId: number) => QuestionGate {
  const refusedUntil = new Map<number, number>();
  return (installationId) => ({
    isOpen: () => (refusedUntil.get(installationId) ?? 0) <= now(),
    refuse: () => void refusedUntil.set(installationId, now() + REFUSED_FOR_MS),
  });
}
