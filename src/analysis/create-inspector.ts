import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { Finding } from "../model/finding.ts";
import type { Inspection } from "../model/inspection.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { Inspector } from "../model/inspector.ts";
import type { PullRequest } from "../model/pull-request.ts";
import type { InspectReply, InspectRequest } from "./messages.ts";

/** Limits of one analysis. */
export interface InspectorLimits {
  /** For a whole pull request, milliseconds. */
  readonly deadlineMs: number;
  /** For one file, milliseconds; default: a fifth of the pull request's. */
  readonly fileDeadlineMs?: number;
  /** Heap of the worker, megabytes. */
  readonly memoryMb: number;
}

/** An inspector that owns a worker thread; `close` ends it. */
export interface WorkerInspector extends Inspector {
  /** Starts the worker before it is needed. */
  warm(): void;
  close(): Promise<void>;
}

/** A pull request is read again without a file that broke a limit this often; then the rest is given up. */
const RETRIES = 5;

/**
 * Reads code in a worker thread, one pull request at a time. `inspect` never rejects because of the code it reads: a file
 * that takes too long or too much memory becomes one undetermined finding that names it, and the others are still read.
 * It rejects only after `close`. The worker starts with the first pull request and stays warm.
 */
export function createInspector(limits: InspectorLimits): WorkerInspector {
  let worker: Worker | null = null;
  let isClosed = false;
  let nextId = 1;
  let turn: Promise<unknown> = Promise.resolve();
  const startWorker = (): Worker => {
    const started = new Worker(
      new URL(import.meta.url.endsWith(".ts") ? "./inspection-worker.ts" : "./inspection-worker.js", import.meta.url),
      {
        // Trees live for one file: with room for many of them, few are copied by the collector.
        resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: Math.min(128, limits.memoryMb / 4) },
        stdout: false,
      },
    );
    started.unref();
    return started;
  };
  const stopWorker = async (): Promise<void> => {
    const stopping = worker;
    worker = null;
    await stopping?.terminate();
  };
  const attempt = (pullRequest: PullRequest, items: readonly PlanItem[], deadlineAt: number): Promise<Inspection | Overrun> => {
    worker ??= startWorker();
    return runInWorker(worker, { id: nextId++, pullRequest, items }, deadlineAt, limits.fileDeadlineMs ?? limits.deadlineMs / 5);
  };
  const inspect = async (pullRequest: PullRequest, items: readonly PlanItem[]): Promise<Inspection> => {
    const deadlineAt = performance.now() + limits.deadlineMs;
    const overruns: Overrun[] = [];
    for (let tries = 0; tries <= RETRIES; tries++) {
      const skipped = new Set(overruns.map((o) => o.path));
      const result = await attempt({ ...pullRequest, files: pullRequest.files.filter((f) => !skipped.has(f.path)) }, items, deadlineAt);
      if (!isOverrun(result)) return { ...result, findings: [...result.findings, ...overruns.map(overrunFinding)] };
      await stopWorker();
      overruns.push(result);
      if (result.path === "" || performance.now() >= deadlineAt) break;
    }
    return {
      findings: overruns.map(overrunFinding),
      notRead: [{ path: "the other files", reason: "the analysis ran out of its limits", undetermined: true }],
      operations: [],
      items,
    };
  };
  return {
    inspect: (pullRequest, items) => {
      if (isClosed) return Promise.reject(new Error("the inspector is closed"));
      const result = turn.then(() => inspect(pullRequest, items));
      turn = result.catch(() => {}); // the caller has the rejection; the queue only waits
      return result;
    },
    warm: () => {
      if (!isClosed) worker ??= startWorker();
    },
    close: async () => {
      isClosed = true;
      await stopWorker();
    },
  };
}

/** The analysis of a file that broke a limit. `path` is "" when no file had been begun. */
interface Overrun {
  readonly path: string;
  readonly reason: string;
}

function isOverrun(result: Inspection | Overrun): result is Overrun {
  return "reason" in result;
}

/** Sends one request and waits for its answer, the deadline, or the worker's end. Never rejects. */
function runInWorker(worker: Worker, request: InspectRequest, deadlineAt: number, fileDeadlineMs: number): Promise<Inspection | Overrun> {
  return new Promise((resolve) => {
    let path = "";
    let fileTimer: NodeJS.Timeout | undefined;
    const finish = (result: Inspection | Overrun): void => {
      clearTimeout(timer);
      clearTimeout(fileTimer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      resolve(result);
    };
    const onMessage = (reply: InspectReply): void => {
      if (reply.id !== request.id) return;
      if (reply.kind === "done") return finish(reply.inspection);
      if (reply.kind === "failed") return finish({ path, reason: "the analysis failed" });
      path = reply.path;
      clearTimeout(fileTimer);
      fileTimer = setTimeout(() => finish({ path, reason: `it was not read within ${fileDeadlineMs} ms` }), fileDeadlineMs);
    };
    const onError = (error: Error & { code?: string }): void =>
      finish({
        path,
        reason: error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "it needs more memory than the analysis may use" : "the analysis failed",
      });
    const onExit = (): void => finish({ path, reason: "the analysis ended early" });
    const timer = setTimeout(
      () => finish({ path, reason: "the pull request was not read within its deadline" }),
      Math.max(1, deadlineAt - performance.now()),
    );
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    worker.postMessage(request);
  });
}

function overrunFinding({ path, reason }: Overrun): Finding {
  return {
    rule: "file-is-read-within-limits",
    requirement: "error-handling",
    severity: "undetermined",
    path,
    line: 1,
    endLine: 1,
    message: `\`${path || "The pull request"}\` could not be inspected: ${reason}.`,
    why: "What was not read was not judged, and not having looked is not a pass.",
    fix: "Split the file or exclude it in the policy when it is generated; a re-check reads it again.",
    fingerprint: createHash("sha256").update(`file-is-read-within-limits\n${path}`).digest("hex").slice(0, 16),
  };
}
