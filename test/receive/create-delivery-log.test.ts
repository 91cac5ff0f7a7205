import { describe, expect, test } from "vitest";
import { createDeliveryLog } from "../../src/receive/create-delivery-log.ts";

interface Attempt {
  readonly id: number | bigint;
  readonly guid: string;
  readonly status_code: number;
  readonly delivered_at: string;
}

const at = (minute: number) => `2027-01-10T09:${String(minute).padStart(2, "0")}:00Z`;
const attempt = (id: number | bigint, guid: string, minute: number, status = 502): Attempt => ({
  id,
  guid,
  status_code: status,
  delivered_at: at(minute),
});

/** A client whose log has these pages, newest first, each linked to the next by a cursor. */
function buildClient(pages: readonly (readonly Attempt[])[]) {
  const asked: Record<string, unknown>[] = [];
  const request = async (route: string, parameters: Record<string, unknown> = {}) => {
    asked.push({ route, ...parameters });
    if (route.startsWith("POST")) {
      if (parameters["delivery_id"] === "gone") throw Object.assign(new Error("Not Found"), { status: 404 });
      return { data: {} };
    }
    const index = parameters["cursor"] === undefined ? 0 : Number(String(parameters["cursor"]).replace("v1_", ""));
    const next =
      index + 1 < pages.length ? `<https://api.github.com/app/hook/deliveries?per_page=100&cursor=v1_${index + 1}>; rel="next"` : undefined;
    const data = (pages[index] ?? []).map((each) => ({ ...each, event: "pull_request", action: "opened" }));
    return { data, headers: { link: next } };
  };
  const client = { request } as unknown as Awaited<ReturnType<Parameters<typeof createDeliveryLog>[0]>>; // the part that the log uses
  return { asked, log: createDeliveryLog(async () => client) };
}

describe("the log of deliveries", () => {
  test("follows the cursor and names each delivery once, by its newest failed attempt", async () => {
    const { log, asked } = buildClient([
      [attempt(9n, "a", 9), attempt(8, "b", 8, 202)],
      [attempt(9_007_199_254_740_993n, "c", 7)],
      [attempt(3, "a", 3)],
    ]);
    const { failures, complete } = await log.fetchFailedDeliveries(at(0));
    expect(failures.map(({ guid, attemptId, event }) => [guid, attemptId, event])).toEqual([
      ["a", "9", "pull_request.opened"],
      ["c", "9007199254740993", "pull_request.opened"],
    ]);
    expect(complete).toBe(true);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, "v1_1", "v1_2"]);
  });

  test("stops where the asked time ends", async () => {
    const { log, asked } = buildClient([[attempt(9, "a", 9), attempt(8, "b", 4)], [attempt(7, "c", 3)]]);
    expect((await log.fetchFailedDeliveries(at(5))).failures.map(({ guid }) => guid)).toEqual(["a"]);
    expect(asked).toHaveLength(1);
  });

  test("reads fifty pages at most, and says that there are more", async () => {
    const { log, asked } = buildClient(Array.from({ length: 60 }, (_, page) => [attempt(100 - page, `g-${page}`, 30)]));
    expect((await log.fetchFailedDeliveries(at(0))).complete).toBe(false);
    expect(asked).toHaveLength(50);
  });

  test("asks for a delivery by its id, and tells when GitHub no longer has it", async () => {
    const { log, asked } = buildClient([]);
    expect(await log.redeliver("9007199254740993")).toBe("asked");
    expect(asked[0]).toMatchObject({ delivery_id: "9007199254740993" });
    expect(await log.redeliver("gone")).toBe("gone");
  });
});
