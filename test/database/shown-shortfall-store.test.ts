import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { createShownShortfallStore } from "../../src/database/shown-shortfall-store.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

const REF = { installationId: 1, repo: "acme/api", number: 7 };
const second = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");
const later = (ms: number) => new Date(Date.now() + ms).toISOString();

describeOnBothDatabases("what checks showed", (databases) => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await openStore(databases));
  });
  afterAll(() => close());

  it("is the newest at an instant, counts within its second, and is nothing before the first", async () => {
    const shown = createShownShortfallStore(database);
    await shown.saveShown(REF, ["b", "a", "b"], null);
    expect((await shown.loadShown("acme/api", 7, second()))?.fingerprints).toEqual(["a", "b"]);
    expect(await shown.loadShown("acme/api", 7, later(-5000))).toBeNull();
    expect(await shown.loadShown("acme/api", 8, later(1000))).toBeNull();
    await shown.saveShown(REF, [], null);
    expect((await shown.loadShown("acme/api", 7, later(1000)))?.fingerprints).toEqual([]);
  });

  it("counts from when GitHub took the check, where that is told", async () => {
    const shown = createShownShortfallStore(database);
    const ref = { ...REF, number: 10 };
    await shown.saveShown(ref, ["a"], "2026-11-20T10:00:00Z");
    expect(await shown.loadShown("acme/api", 10, "2026-11-20T10:00:00Z")).toEqual({
      fingerprints: ["a"],
      since: "2026-11-20T10:00:00.000Z",
    });
    expect(await shown.loadShown("acme/api", 10, "2026-11-20T09:59:59Z")).toBeNull();
  });

  it("begins anew where a commit is the head again: nobody who signed in between saw it", async () => {
    const shown = createShownShortfallStore(database);
    const ref = { ...REF, number: 11 };
    await shown.saveShown(ref, ["a", "b"], "2026-11-20T10:00:00Z");
    await shown.saveShown(ref, ["a"], "2026-11-20T11:00:00Z");
    await shown.saveShown(ref, ["a", "b"], "2026-11-20T10:00:00Z");
    expect((await shown.loadShown("acme/api", 11, "2026-11-20T11:30:00Z"))?.fingerprints).toEqual(["a"]);
    expect((await shown.loadShown("acme/api", 11, later(1000)))?.fingerprints).toEqual(["a", "b"]);
  });

  it("takes one row while nothing changes", async () => {
    const shown = createShownShortfallStore(database);
    const ref = { ...REF, number: 9 };
    for (const fingerprints of [["a", "b"], ["b", "a"], ["a"], ["a", "b"]]) await shown.saveShown(ref, fingerprints, null);
    const rows = await database.db.selectFrom("shown_shortfalls").where("number", "=", 9).select("id").execute();
    expect(rows).toHaveLength(3);
  });
});
