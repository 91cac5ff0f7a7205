import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { SignedDelivery } from "./load-world.ts";

// A thread that sends deliveries at a fixed rate, whatever the answers take, so that nothing else of the measurement slows it.
// It is given { url, rate, deliveries } and answers with the milliseconds of each answer, null for one that was not 202.
const { url, rate, deliveries } = workerData as { url: string; rate: number; deliveries: readonly SignedDelivery[] }; // bench/load.ts

async function send({ body, headers }: SignedDelivery): Promise<number | null> {
  const startedAt = performance.now();
  const answer = await fetch(`${url}/api/github/webhooks`, { method: "POST", body, headers: { ...headers } });
  await answer.arrayBuffer();
  return answer.status === 202 ? performance.now() - startedAt : null;
}

const startedAt = performance.now();
const sends: Promise<number | null>[] = [];
for (const [count, delivery] of deliveries.entries()) {
  const pause = startedAt + (count * 1000) / rate - performance.now();
  if (pause > 1) await delay(pause);
  sends.push(send(delivery).catch(() => null));
}
// oxlint-disable-next-line require-post-message-target-origin -- a thread is no window
parentPort?.postMessage(await Promise.all(sends));
