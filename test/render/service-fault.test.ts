import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/render/limits.ts";
import { renderServiceFault, type ServiceFault } from "../../src/render/service-fault.ts";
import { buildHostileText } from "../support/hostile-text.ts";
import { findNodes, parseMarkdown } from "../support/parse-markdown.ts";

const fault: ServiceFault = { reason: "GitHub answered 502 four times", retryAt: null, requestId: null };

describe("renderServiceFault", () => {
  it("blocks, says in its first line that the code is not meant, and offers to look again", () => {
    const run = renderServiceFault(fault);
    expect(run.conclusion).toBe("action_required");
    expect(run.title).toBe("Could not review yet - GitHub answered 502 four times");
    expect(run.summary.split("\n")[0]).toBe("**Could not review yet.** This is not about your code: GitHub answered 502 four times.");
    expect(run.actions.map((action) => action.identifier)).toEqual(["recheck"]);
  });

  it.each<[string, Partial<ServiceFault>, string]>([
    ["a known moment", { retryAt: "2026-10-01T14:05:00Z" }, "The next attempt is at 2026-10-01 14:05 UTC."],
    ["a known moment with milliseconds", { retryAt: "2026-10-01T14:05:59.123Z" }, "at 2026-10-01 14:05 UTC."],
    ["a moment in another form", { retryAt: "in 5 minutes" }, "The next attempt is at in 5 minutes."],
    ["an unknown moment", { willRetry: true }, "We try again by ourselves within minutes."],
    ["no further attempt", { willRetry: false }, "No further attempt is planned."],
  ])("says when it tries again: %s", (_, overrides, expected) => {
    expect(renderServiceFault({ ...fault, ...overrides }).summary).toContain(expected);
  });

  it("gives the request id to those who look into it", () => {
    expect(renderServiceFault({ ...fault, requestId: "C0DE:1" }).summary).toContain("Request id: `C0DE:1`");
    expect(renderServiceFault(fault).summary).not.toContain("Request id");
  });

  it("shows an error's text as text", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const run = renderServiceFault({ reason: text.repeat(40), retryAt: text, requestId: text });
        expect(run.title.length).toBeLessThanOrEqual(LIMITS.checkTitle);
        const types = new Set(findNodes(parseMarkdown(run.summary)).map((node) => node.type));
        expect([...types].filter((type) => !["root", "paragraph", "text", "strong", "inlineCode"].includes(type))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
