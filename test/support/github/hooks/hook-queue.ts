import { createHmac, randomUUID } from "node:crypto";
import { checkWebhook } from "../conformance/check-webhook.ts";
import { reportViolations } from "../conformance/violations.ts";
import type { App, Installation } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import type { Limits } from "../model/world.ts";
import type { Delivery } from "./delivery.ts";

/** What is to be told to one app. */
export interface Notice {
  readonly app: App;
  readonly installation: Installation | null;
  readonly repository: Repository | null;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Sends signed webhooks one after another and remembers each. Like GitHub, it never tries again by itself. */
export class HookQueue {
  readonly #deliveries: Delivery[] = [];
  readonly #limits: Limits;
  readonly #nextId: () => number;
  readonly #now: () => string;
  #tail: Promise<void> = Promise.resolve();
  #held: Delivery[] | null = null;
  readonly #closing = new AbortController();

  constructor(limits: Limits, nextId: () => number, now: () => string) {
    this.#limits = limits;
    this.#nextId = nextId;
    this.#now = now;
  }

  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Queues the notice where the app has an address. */
  send(notice: Notice): void {
    if (notice.app.webhookUrl === null) return;
    const body = JSON.stringify(notice.payload);
    reportViolations(checkWebhook(notice.event, notice.action, JSON.parse(body)));
    this.#enqueue(notice, notice.app.webhookUrl, randomUUID(), body, false);
  }

  /** Sends the same body with the same delivery id once more, to where the app listens now. */
  redeliver(delivery: Delivery): Delivery {
    return this.#enqueue(delivery, delivery.app.webhookUrl ?? delivery.url, delivery.guid, delivery.body, true);
  }

  /** Resolves when every delivery, those caused meanwhile included, was answered or gave up. */
  async settled(): Promise<void> {
    for (let tail: Promise<void> | null = null; tail !== this.#tail;) {
      tail = this.#tail;
      await tail;
    }
  }

  /** Keeps deliveries back until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was held, in the order that `arrange` gives: GitHub promises none. What it leaves out is lost. */
  release(arrange: (held: readonly Delivery[]) => readonly Delivery[] = (held) => held): void {
    const held = this.#held ?? [];
    this.#held = null;
    const sent = new Set(arrange(held));
    for (const delivery of held) if (!sent.has(delivery)) delivery.status = "lost";
    for (const delivery of sent) this.#post(delivery);
  }

  /** Breaks off what is under way; what is still queued stays unsent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #enqueue(notice: Notice, url: string, guid: string, body: string, redelivery: boolean): Delivery {
    const delivery: Delivery = {
      id: this.#nextId(),
      guid,
      app: notice.app,
      installation: notice.installation,
      repository: notice.repository,
      event: notice.event,
      action: notice.action,
      payload: notice.payload,
      redelivery,
      deliveredAt: this.#now(),
      url,
      body,
      requestHeaders: headersOf(notice.app, notice.event, guid, body),
      statusCode: null,
      status: "pending",
      durationSeconds: 0,
      responseHeaders: {},
      responseBody: "",
    };
    this.#deliveries.push(delivery);
    if (this.#held === null) this.#post(delivery);
    else this.#held.push(delivery);
    return delivery;
  }

  #post(delivery: Delivery): void {
    this.#tail = this.#tail.then(() => (this.#closing.signal.aborted ? undefined : this.#attempt(delivery)));
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const startedAt = performance.now();
    try {
      const response = await fetch(delivery.url, {
        method: "POST",
        body: delivery.body,
        headers: delivery.requestHeaders,
        redirect: "manual",
        signal: AbortSignal.any([AbortSignal.timeout(this.#limits.deliveryTimeoutMs), this.#closing.signal]),
      });
      delivery.responseBody = await response.text();
      delivery.responseHeaders = Object.fromEntries(response.headers);
      delivery.statusCode = response.status;
      delivery.status = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
    } catch (error) {
      const timedOut = error instanceof Error && error.name === "TimeoutError";
      delivery.statusCode = 0;
      delivery.status = timedOut ? "timed out" : "failed to connect to host";
    }
    delivery.durationSeconds = (performance.now() - startedAt) / 1000;
  }
}

function headersOf(app: App, event: string, guid: string, body: string): Record<string, string> {
  const sign = (algorithm: string) => createHmac(algorithm, app.webhookSecret).update(body).digest("hex");
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/stand-in",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(app.id),
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": `sha1=${sign("sha1")}`,
    "x-hub-signature-256": `sha256=${sign("sha256")}`,
  };
}
