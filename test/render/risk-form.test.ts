import { describe, expect, it } from "vitest";
import { byteLength, LIMITS } from "../../src/render/limits.ts";
import { renderRiskForm } from "../../src/render/risk-form.ts";
import { renderStickyComment } from "../../src/render/sticky-comment.ts";
import { parseRiskForm } from "../../src/risks/parse-risk-form.ts";
import { buildReview } from "../support/build-review.ts";
import * as stories from "../support/review-stories.ts";

const dates = { writtenAt: "2026-10-01T09:30:00Z", now: "2026-10-01T09:30:00Z", horizonDays: 90 };

/** What stands in the fence below the command, as a person copies it. */
const formOf = (comment: string) => /\/accept-risk\n([^]*?)\n```/.exec(comment)?.[1] ?? "";

describe("renderRiskForm", () => {
  it("lists what would be accepted, points by their labels", () => {
    const form = renderRiskForm(stories.blocked);
    expect(form).toContain("A signature would accept 3 shortfalls, and nothing that a later push adds:");
    expect(form).toContain("- enough items in all: 5 of 25");
    expect(form).toContain("- src/routes/parcels.ts:58 `res.json");
  });

  it("leaves out what was signed for already", () => {
    const [first, ...rest] = stories.blocked.shortfalls;
    const shortfalls = first ? [{ ...first, acceptedBy: "dana" }, ...rest] : [];
    const form = renderRiskForm({ ...stories.blocked, shortfalls });
    expect(form).toContain("would accept 2 shortfalls");
    expect(form).not.toContain("5 of 25");
  });

  it("says that there is nothing to accept", () => {
    expect(renderRiskForm(stories.riskAccepted)).toBe("Nothing has to be accepted: this pull request has no open shortfall.");
  });

  it("says where one signature does not suffice", () => {
    const shortfalls = [
      { id: "never-alone", fingerprint: "n", signersNeeded: 2, detail: "never-alone: no specific item for card-data" },
      { id: "promise", fingerprint: "p", signersNeeded: 1, detail: "the other" },
    ];
    const form = renderRiskForm(buildReview({ verdict: "blocked", shortfalls }));
    expect(form).toContain("is planned: no specific item for card-data (needs 2 signers)");
    expect(form).toContain("- the other\n");
  });

  it.each([
    ["of the options before the review's", { latestRetrofitOn: "2026-11-01" }, "Latest retrofit date: 2026-11-01."],
    ["of the review", {}, "Latest retrofit date: 2026-12-30."],
    ["of the review when the options do not know it", { latestRetrofitOn: null }, "Latest retrofit date: 2026-12-30."],
  ])("names the latest date %s", (_, options, expected) => {
    expect(renderRiskForm(stories.blocked, options)).toContain(expected);
  });

  it("names the policy where the latest date is not known", () => {
    const { latestRetrofitOn: _unknown, ...review } = stories.blocked;
    expect(renderRiskForm(review)).toContain("The retrofit date lies within the horizon of the policy.");
  });

  it("names who may sign without calling them", () => {
    expect(renderRiskForm(stories.blocked)).toContain("May sign: `@harbour/architects` or a person with the role admin; not the author.");
    expect(renderRiskForm({ ...stories.blocked, decisionMakers: "" })).toContain("May sign: a decision maker; not the author.");
  });

  it("ends the form in a fence that can be copied whole", () => {
    expect(renderRiskForm(stories.blocked)).toMatch(
      /```text\n\/accept-risk\nretrofit date: __\nbudget in engineer-weeks: __\naccepted by: @__\ninterim mitigation: __\n```/,
    );
  });

  it("is read as not filled in by the parser that reads what comes back", () => {
    expect(parseRiskForm(formOf(renderRiskForm(stories.blocked)), dates)).toEqual({ kind: "blank" });
    expect(parseRiskForm(formOf(renderStickyComment(stories.deferred, "https://github.com/a/b/runs/1") ?? ""), dates)).toEqual({
      kind: "blank",
    });
  });

  it("is read as it was filled", () => {
    const known = { retrofitOn: "2026-12-01", engineerWeeks: 1.5, acceptedBy: ["dana", "eve"], mitigation: "10 req/min, on-call by @dana" };
    expect(parseRiskForm(formOf(renderRiskForm(stories.blocked, { known })), dates)).toEqual({ kind: "complete", form: known });
  });

  it("keeps what is known and leaves the rest blank", () => {
    const form = formOf(renderRiskForm(stories.blocked, { known: { engineerWeeks: 2, mitigation: "```\n@all off" } }));
    expect(form).toBe("retrofit date: __\nbudget in engineer-weeks: 2\naccepted by: @__\ninterim mitigation: ''' @all off");
  });

  it("fits a comment, however many shortfalls there are", () => {
    const shortfalls = Array.from({ length: 2000 }, (_, index) => ({
      id: "promise",
      fingerprint: `${index}`,
      signersNeeded: 1,
      detail: "漢".repeat(200),
    }));
    const form = renderRiskForm(buildReview({ verdict: "blocked", shortfalls }));
    expect(byteLength(form)).toBeLessThanOrEqual(LIMITS.commentBytes);
    expect(form).toContain("interim mitigation: __");
    expect(form).toMatch(/… \d+ more shortfalls not shown/);
  });
});
