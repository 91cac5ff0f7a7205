import type { App, Installation } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";

/** One attempt to tell an app of an event. */
export interface Delivery {
  readonly id: number;
  /** `X-GitHub-Delivery`: the same for a redelivery. */
  readonly guid: string;
  readonly app: App;
  readonly installation: Installation | null;
  readonly repository: Repository | null;
  readonly event: string;
  readonly action: string | null;
  readonly redelivery: boolean;
  readonly deliveredAt: string;
  readonly url: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The exact bytes that were signed and sent. */
  readonly body: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Null until it was answered or gave up; 0 when nobody answered. */
  statusCode: number | null;
  /** GitHub's word for the outcome: "OK", "timed out", "failed to connect to host"; "lost" when it was never sent. */
  status: string;
  durationSeconds: number;
  responseHeaders: Readonly<Record<string, string>>;
  responseBody: string;
}
