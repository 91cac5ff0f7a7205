import { answerWith, forward, listenWith } from "./forward.ts";

/** A load balancer before the processes that take webhooks: turns, and 502 where a process does not answer. */
export async function startBalancer(targets: readonly string[]): Promise<{ readonly url: string; close(): void }> {
  let turn = 0;
  const { url, server } = await listenWith(async (incoming, response) => {
    const target = targets[(turn += 1) % targets.length] ?? "";
    const answer = await forward(target, incoming, 10_000).catch(() => ({ status: 502, headers: {}, body: Buffer.from("no answer") }));
    answerWith(response, answer);
  });
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
