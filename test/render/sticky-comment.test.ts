import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength, LIMITS } from "../../src/render/limits.ts";
import { renderQuietComment, renderStickyComment, STICKY_MARKER } from "../../src/render/sticky-comment.ts";
import { buildReview } from "../support/build-review.ts";
import { buildHostileText } from "../support/hostile-text.ts";
import { findNodes, parseMarkdown } from "../support/parse-markdown.ts";
import * as stories from "../support/review-stories.ts";

const url = "https://github.com/harbour/parcels/runs/9";
const steps = (count: number) => Array.from({ length: count }, (_, index) => `edit ${index + 1}`);

describe("renderStickyComment", () => {
  it.each([
    ["passed at first sight", stories.passed],
    ["not backend", stories.notApplicable],
    ["observed, and would have passed", { ...stories.passed, verdict: "observed" as const, observed: "passed" as const }],
  ])("is silent when the pull request is %s", (_, review) => {
    expect(renderStickyComment(review, url)).toBeNull();
  });

  it.each([
    ["blocked", stories.blocked],
    ["undetermined", stories.undetermined],
    ["under a signature", stories.riskAccepted],
    ["observed, and would have been blocked", stories.observed],
  ])("speaks when the pull request is %s", (_, review) => {
    const comment = renderStickyComment(review, url);
    expect(comment?.split("\n")[0]).toBe(STICKY_MARKER);
    expect(comment).toContain(`](${url})`);
  });

  it.each([
    ["blocked", buildReview({ verdict: "blocked", nextSteps: steps(300) })],
    ["put off", { ...stories.deferred, nextSteps: steps(300) }],
    ["signed for", { ...stories.riskAccepted, nextSteps: steps(300) }],
  ])("stays under 25 lines when it is %s, and counts the edits that it leaves out", (_, review) => {
    const comment = renderStickyComment(review, url) ?? "";
    expect(comment.split("\n").length).toBeLessThan(25);
    expect(comment).toContain("1. edit 1\n2. edit 2");
    const shown = comment.match(/^\d+\. edit/gm)?.length ?? 0;
    expect(comment).toContain(`${300 - shown} more edits stand in the check.`);
  });

  it("shows as many edits as there is room for", () => {
    const comment = renderStickyComment(buildReview({ verdict: "blocked", nextSteps: steps(16) }), url) ?? "";
    expect(comment).toContain("16. edit 16");
    expect(comment).not.toContain("more edit");
    const fuller = renderStickyComment(buildReview({ verdict: "blocked", nextSteps: steps(17) }), url) ?? "";
    expect(fuller.split("\n")).toHaveLength(24);
  });

  it("brings the template and then the form when reliability is put off", () => {
    const comment = renderStickyComment(stories.deferred, url) ?? "";
    expect(comment.indexOf("> BLOCKED: Cannot defer")).toBeLessThan(comment.indexOf("/accept-risk\nretrofit date: __"));
    expect(comment).toContain("Latest retrofit date: 2026-12-30. May sign: `@harbour/architects`");
  });

  it("brings no form for an ordinary block", () => {
    expect(renderStickyComment(stories.blocked, url)).not.toContain("/accept-risk");
  });

  it("carries the marker once and pings nobody, whatever it quotes", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const comment = renderStickyComment({ ...stories.deferred, why: text, nextSteps: [text, text], decisionMakers: text }, url) ?? "";
        expect(comment.split("\n").length).toBeLessThan(25);
        const nodes = findNodes(parseMarkdown(comment));
        expect(nodes.flatMap((node) => (node.type === "html" ? [node.value] : []))).toEqual([STICKY_MARKER]);
        expect(nodes.filter((node) => node.type === "link")).toHaveLength(1);
        expect(nodes.map((node) => (node.type === "text" ? node.value : " ")).join("")).not.toMatch(/@[A-Za-z0-9]|#\d/);
      }),
      { numRuns: 60 },
    );
  });

  it("fits a comment, whatever the length", () => {
    const long = "漢@a".repeat(30_000);
    const comment =
      renderStickyComment(buildReview({ verdict: "blocked", why: long, nextSteps: Array.from({ length: 50 }, () => long) }), url) ?? "";
    expect(byteLength(comment)).toBeLessThanOrEqual(LIMITS.commentBytes);
  });
});

describe("renderQuietComment", () => {
  it("is the marker and two sentences", () => {
    expect(renderQuietComment(stories.passed, url)).toBe(
      `${STICKY_MARKER}\n**Passed, 8/8.** The plan earns 8 of 8 points, and nothing found in the diff contradicts it.\n\n[The whole review is in the check](${url}).`,
    );
  });
});
