import { describe, expect, it } from "vitest";
import type { Acceptance, Shortfall } from "../../src/model/acceptance.ts";
import { applyAcceptances, coversFingerprint, isExpired } from "../../src/risks/covers.ts";

const NOW = "2026-11-23T12:00:00Z";

function buildShortfall(fingerprint: string, signersNeeded = 1): Shortfall {
  return { id: "diff", fingerprint, signersNeeded, detail: fingerprint };
}

function buildAcceptance(change: Partial<Acceptance>): Acceptance {
  return {
    acceptedBy: "dana",
    fingerprints: ["a"],
    retrofitOn: "2027-01-15",
    engineerWeeks: 2,
    mitigation: "10 req/min",
    signedAt: NOW,
    headSha: null,
    url: null,
    ...change,
  };
}

const apply = (shortfalls: readonly Shortfall[], acceptances: readonly Acceptance[], now = NOW) => {
  const { covered, open, inForce, expired } = applyAcceptances(shortfalls, acceptances, now);
  return {
    covered: covered.map((each) => `${each.fingerprint} by ${each.acceptedBy}`),
    open: open.map((each) => each.fingerprint),
    inForce: inForce.length,
    expired: expired.length,
  };
};

describe("an acceptance", () => {
  it("covers exactly the shortfalls that it was given for", () => {
    const result = apply(
      [buildShortfall("a"), buildShortfall("b"), buildShortfall("c")],
      [buildAcceptance({ fingerprints: ["a", "c", "gone"] })],
    );
    expect(result).toEqual({ covered: ["a by dana", "c by dana"], open: ["b"], inForce: 1, expired: 0 });
  });

  it("is in force through its date, and not the day after, in UTC", () => {
    expect(isExpired("2026-11-23", "2026-11-23T23:59:59Z")).toBe(false);
    expect(isExpired("2026-11-23", "2026-11-24T00:00:00Z")).toBe(true);
    expect(isExpired("2026-11-23", "2026-11-23T23:30:00-05:00")).toBe(true);
  });

  it.each([
    ["soon", NOW],
    ["2027-1-5", NOW],
    ["", NOW],
    ["2027-01-15", "yesterday"],
  ])("of which date %j or clock %j cannot be read has run out", (retrofitOn, now) => {
    expect(isExpired(retrofitOn, now)).toBe(true);
    expect(apply([buildShortfall("a")], [buildAcceptance({ retrofitOn })], now).open).toEqual(["a"]);
  });

  it("that ran out covers nothing and is reported", () => {
    expect(apply([buildShortfall("a")], [buildAcceptance({ retrofitOn: "2026-11-22" })])).toEqual({
      covered: [],
      open: ["a"],
      inForce: 0,
      expired: 1,
    });
  });
});

describe("a shortfall that needs two signers", () => {
  it("stays open under one person, however often and however spelled", () => {
    const twice = [buildAcceptance({}), buildAcceptance({ acceptedBy: "Dana", signedAt: "2026-11-22T00:00:00Z" })];
    expect(apply([buildShortfall("a", 2)], twice)).toMatchObject({ covered: [], open: ["a"], inForce: 0 });
  });

  it("names who signed alone, and nobody where nobody did or enough have", () => {
    const signedBy = (acceptances: readonly Acceptance[], signersNeeded = 2) =>
      applyAcceptances([buildShortfall("a", signersNeeded)], acceptances, "2026-11-22T00:00:00Z").open.map((each) => each.signedBy);
    expect(signedBy([buildAcceptance({})])).toEqual([["dana"]]);
    expect(signedBy([])).toEqual([undefined]);
    expect(signedBy([buildAcceptance({})], 1)).toEqual([]);
  });

  it("is covered by two people", () => {
    const two = [buildAcceptance({}), buildAcceptance({ acceptedBy: "erin" })];
    expect(apply([buildShortfall("a", 2)], two)).toEqual({ covered: ["a by dana, erin"], open: [], inForce: 2, expired: 0 });
  });

  it("stays open when one of the two has run out", () => {
    const two = [buildAcceptance({}), buildAcceptance({ acceptedBy: "erin", retrofitOn: "2026-11-20" })];
    expect(apply([buildShortfall("a", 2)], two).open).toEqual(["a"]);
  });

  it("is never covered by nobody, even when none are said to be needed", () => {
    expect(apply([buildShortfall("a", 0)], []).open).toEqual(["a"]);
  });
});

describe("a fingerprint", () => {
  it.each([
    ["a", "a", true],
    ["total-items@3", "total-items@3", true],
    ["total-items@3", "total-items@2", true],
    ["total-items@3", "total-items@4", false],
    ["total-items@3", "section-items@1", false],
    ["total-items", "total-items@1", false],
    ["total-items@3", "total-items", false],
    ["total-items@", "total-items@0", false],
    ["total-items@1e9", "total-items@5", false],
    ["total-items@Infinity", "total-items@5", false],
    ["total-items@3", "total-items@-1", false],
  ])("accepted as %s covers %s: %s", (accepted, actual, expected) => {
    expect(coversFingerprint(accepted, actual)).toBe(expected);
  });
});
