import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const installationEvent = envelope.omit({ repository: true });

/** `installation`: deleted and suspend. Its pull requests are out of our reach. */
export function readInstallationEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(installationEvent, payload, ({ action, installation }) =>
    action === "deleted" || action === "suspend"
      ? { job: { kind: "repository", installationId: installation.id, change: { what: "gone", repos: null }, ...origin } }
      : { ignored: "nothing to do before a pull request comes" },
  );
}
