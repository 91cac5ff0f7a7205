import type { PullRequest } from "../model/pull-request.ts";
import { findPaymentSignals } from "./find-payment-signals.ts";
import { findWordSignals } from "./find-word-signals.ts";
import { type FileScore, scoreFile } from "./score-file.ts";
import type { Signal } from "./signal.ts";
import { withCompany } from "./with-company.ts";
import { withPolicy } from "./with-policy.ts";
import { BACKEND_WORDS, PAYMENT_WORDS } from "./word-signals.ts";

/** A file with what it says of both questions, before any weight is fitted to it. */
export interface FileReading {
  readonly backend: FileScore;
  readonly payments: readonly Signal[];
}

/** All that detection takes from a pull request: it is read once and can be judged under any weights. */
export interface Reading {
  readonly files: readonly FileReading[];
  readonly backendWords: readonly Signal[];
  readonly paymentWords: readonly Signal[];
}

/** An organisation's own word in a title or description. */
const OWN_WORD = 2;
/** A file this far from backend under the weights by hand is not backend under any that are fitted. */
const SURELY_OTHER = 3;
/** Characters of patches that are read in all, shared evenly; imports and headings stand first. */
const MOST_READ = 2_000_000;
const LEAST_READ_PER_FILE = 600;

/** Reads paths, patches, title and description. Bounded: about 2 million characters of patches, evenly shared. */
export function readPullRequest({ files, title, body, policy }: PullRequest): Reading {
  const limit = Math.max(LEAST_READ_PER_FILE, Math.floor(MOST_READ / Math.max(1, files.length)));
  const scored = withPolicy(withCompany(files.map((file) => scoreFile(file, limit))), policy.paths);
  return {
    files: scored.map((backend) => ({
      backend,
      payments: backend.score > -SURELY_OTHER ? findPaymentSignals(backend) : [],
    })),
    backendWords: findWordSignals(title, body, BACKEND_WORDS, { words: policy.words.backend, weight: OWN_WORD }),
    paymentWords: findWordSignals(title, body, PAYMENT_WORDS, { words: policy.words.payments, weight: OWN_WORD }),
  };
}
