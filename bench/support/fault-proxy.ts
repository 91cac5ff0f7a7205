import { setTimeout as delay } from "node:timers/promises";
import { type Answer, answerWith, forward, type Incoming, listenWith } from "./forward.ts";

/** How often what goes wrong, from 0 to 1. */
export interface FaultRates {
  readonly serverErrors: number;
  readonly timeouts: number;
  readonly rateLimits: number;
  /** Milliseconds of every answer, at least and at most. */
  readonly latencyMs: readonly [number, number];
}

/** Stands between the app and GitHub and spoils answers. */
export interface FaultProxy {
  readonly url: string;
  /** How many of each fault there were, and of all requests. */
  readonly counts: Record<"requests" | "serverErrors" | "timeouts" | "rateLimits" | "lostAnswers", number>;
  /** Whether things go wrong from now on; not at first. */
  spoil(isOn: boolean): void;
  close(): void;
}

/** Longer than the app waits for any answer. */
const HANG_MS = 25_000;

/**
 * Forwards to `target` with faults. Half of the server errors and timeouts come after the request was carried out: the
 * caller cannot know.
 */
export async function startFaultProxy(
  target: string,
  rates: FaultRates,
  random: () => number,
  onCarriedOut: (incoming: Incoming, answer: Answer) => void,
): Promise<FaultProxy> {
  const counts = { requests: 0, serverErrors: 0, timeouts: 0, rateLimits: 0, lostAnswers: 0 };
  let isSpoiling = false;
  const { url, server } = await listenWith(async (incoming, response) => {
    counts.requests += 1;
    const send = async () => {
      const answer = await forward(target, incoming, 60_000);
      onCarriedOut(incoming, answer);
      return answer;
    };
    const pass = async () => answerWith(response, await send());
    if (!isSpoiling) return pass();
    const dice = random();
    const isCarriedOut = random() < 0.5;
    const [least, most] = rates.latencyMs;
    await delay(least + random() * random() * (most - least));
    if (dice < rates.serverErrors) {
      counts.serverErrors += 1;
      if (isCarriedOut) await carryOut();
      response.writeHead(random() < 0.5 ? 502 : 503, { "content-type": "application/json" }).end('{"message":"Server Error"}');
    } else if (dice < rates.serverErrors + rates.timeouts) {
      counts.timeouts += 1;
      if (isCarriedOut) await carryOut();
      await delay(HANG_MS, undefined, { ref: false });
      response.destroy();
    } else if (dice < rates.serverErrors + rates.timeouts + rates.rateLimits) {
      counts.rateLimits += 1;
      response
        .writeHead(429, { "content-type": "application/json", "retry-after": "1" })
        .end('{"message":"You have exceeded a secondary rate limit"}');
    } else await pass();

    async function carryOut(): Promise<void> {
      counts.lostAnswers += 1;
      await send();
    }
  });
  return {
    url,
    counts,
    spoil(isOn) {
      isSpoiling = isOn;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
