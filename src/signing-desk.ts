import type { SeenPorts } from "./find-seen.ts";
import type { CommentJob, ReviewJob } from "./model/job.ts";
import type { JobQueue } from "./model/job-queue.ts";
import type { Review } from "./model/review.ts";
import type { SignaturePorts, Signatures, SigningContext } from "./read-signatures.ts";
import type { RiskComment } from "./risks/read-risk-comment.ts";

/** All that the commands of one comment work with. `signatures` is read again after each that changes them. */
export interface SigningDesk {
  readonly job: CommentJob;
  readonly context: SigningContext;
  readonly comment: RiskComment;
  readonly ports: SignaturePorts & SeenPorts & { readonly queue: JobQueue };
  /** The head as it is without any acceptance. */
  readonly review: Review;
  /** The job that judges again once something changed. */
  readonly reviewJob: ReviewJob;
  signatures: Signatures;
}
