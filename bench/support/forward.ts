import { type IncomingMessage, type ServerResponse, Agent, createServer, request, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** A request that was read whole. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** An answer that was read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends the request to another address of loopback. Rejects when nobody answers there. */
export function forward(to: string, incoming: Incoming, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { connection: _hop, ...headers } = incoming.headers;
    const outgoing = request(new URL(incoming.path, to), { method: incoming.method, headers, agent, timeout: timeoutMs }, (response) => {
      readAll(response).then((body) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body }), reject);
    });
    outgoing.once("timeout", () => outgoing.destroy(new Error("timed out")));
    outgoing.once("error", reject);
    outgoing.end(incoming.body);
  });
}

/** Writes an answer out. */
export function answerWith(response: ServerResponse, { status, headers, body }: Answer): void {
  const { connection: _hop, "transfer-encoding": _chunks, ...kept } = headers;
  response.writeHead(status, { ...kept, "content-length": String(body.length) });
  response.end(body);
}

/** Listens on loopback. What a request leads to is up to `handle`. */
export async function listenWith(
  handle: (incoming: Incoming, response: ServerResponse) => Promise<void>,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((message, response) => {
    readAll(message)
      .then((body) => handle({ method: message.method ?? "GET", path: message.url ?? "/", headers: message.headers, body }, response))
      .catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return { url: `http://127.0.0.1:${port}`, server };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer); // no encoding is set
  return Buffer.concat(parts);
}
