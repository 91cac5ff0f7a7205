import { afterAll, beforeAll, expect, it } from "vitest";
import { createStickyCommentStore } from "../../src/database/sticky-comment-store.ts";
import type { StickyCommentStore } from "../../src/model/publisher.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

describeOnBothDatabases("sticky comment store", (databases) => {
  let comments: StickyCommentStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const store = await openStore(databases);
    comments = createStickyCommentStore(store.database);
    close = store.close;
  });
  afterAll(() => close());
  const pull = (number: number) => ({ installationId: 1, repo: "acme/api", number });

  it("knows none where none was posted", async () => {
    expect(await comments.loadStickyComment(pull(1))).toBeNull();
  });

  it("keeps the id, beyond 32 bits, and keeps pull requests apart", async () => {
    await comments.saveStickyComment(pull(2), 3_141_592_653_589);
    await comments.saveStickyComment(pull(3), 5);
    expect(await comments.loadStickyComment(pull(2))).toEqual({ commentId: 3_141_592_653_589, removed: false });
  });

  it("remembers that a person removed it", async () => {
    await comments.saveStickyComment(pull(4), 6);
    await comments.saveStickyCommentRemoved(pull(4));
    expect(await comments.loadStickyComment(pull(4))).toEqual({ commentId: 6, removed: true });
  });
});
