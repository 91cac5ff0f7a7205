import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { InspectReply, InspectRequest } from "./messages.ts";

// The compiler that reads the code is large: with its compiled form kept, a worker is ready in half the time.
enableCompileCache();
const { inspectPullRequest } = await import("../inspect/inspect-pull-request.ts");
const { allRules } = await import("../rubrics/all-rules.ts");

const port = parentPort;
if (!port) throw new Error("inspection-worker.ts runs only as a worker thread");

port.on("message", ({ id, pullRequest, items }: InspectRequest) => {
  const reply = (message: InspectReply): void => port.postMessage(message);
  try {
    const inspection = inspectPullRequest(pullRequest, items, allRules, (path) => reply({ kind: "reading", id, path }));
    reply({ kind: "done", id, inspection });
  } catch (error) {
    reply({ kind: "failed", id, error: error instanceof Error ? error.message : String(error) });
  }
});
