import { afterAll, beforeAll, expect, it } from "vitest";
import { createPolicyStore } from "../../src/database/policy-store.ts";
import type { PolicyStore } from "../../src/model/policy-store.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

describeOnBothDatabases("policy store", (databases) => {
  let policies: PolicyStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const store = await openStore(databases);
    policies = createPolicyStore(store.database);
    close = store.close;
  });
  afterAll(() => close());
  const reading = (minute: number) => ({ text: `mode: observe # ${minute}`, sha: `sha-${minute}`, at: `2027-01-10T09:0${minute}:00.000Z` });

  it("knows none for a repository that never had a valid one", async () => {
    expect(await policies.loadPolicy("acme/none")).toBeNull();
  });

  it("gives back the newest reading, whatever the order they were saved in", async () => {
    await policies.savePolicy("acme/api", reading(2));
    await policies.savePolicy("acme/api", reading(1));
    expect(await policies.loadPolicy("acme/api")).toEqual(reading(2));
    await policies.savePolicy("acme/api", reading(3));
    expect(await policies.loadPolicy("acme/api")).toEqual(reading(3));
  });
});
