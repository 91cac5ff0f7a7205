import type { Published } from "../../model/publisher.ts";
import type { Comment } from "../../model/pull-request.ts";
import type { BlobReading } from "./content-node.ts";
import type { Authorship } from "../../model/signing.ts";

/** What GitHub says of a pull request besides its files. */
export interface PullRequestFacts {
  /** The repository's name now. */
  readonly repo: string;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  readonly title: string;
  readonly body: string;
  readonly author: string | null;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly headSha: string;
  readonly base: string;
  readonly changedFiles: number;
  readonly comments: readonly Comment[];
  /** The policy file on the default branch of the base repository. */
  readonly policyFile: BlobReading;
  /** The root's package.json at the head, where the question came with it. */
  readonly rootManifest?: BlobReading;
  readonly published?: Published;
  readonly authorship?: Authorship;
}
