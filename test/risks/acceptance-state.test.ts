import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Shortfall } from "../../src/model/acceptance.ts";
import type { RiskForm } from "../../src/model/risk-form.ts";
import type { AcceptanceEvent, AcceptanceEventOf } from "../../src/risks/acceptance-event.ts";
import { acceptanceState } from "../../src/risks/acceptance-state.ts";
import { playWorld, stepsWith } from "./risk-world.ts";

const FORM: RiskForm = { retrofitOn: "2026-12-31", engineerWeeks: 2, acceptedBy: ["dana"], mitigation: "10 req/min" };
const at = (minute: number): string => `2026-11-23T12:${String(minute).padStart(2, "0")}:00Z`;
const NOW = "2026-11-24T00:00:00Z";
const A: Shortfall = { id: "diff", fingerprint: "a", detail: "a", signersNeeded: 1 };
const B: Shortfall = { ...A, fingerprint: "b", detail: "b" };
const TWO: Shortfall = { ...A, signersNeeded: 2 };

const proposed: AcceptanceEventOf<"proposed"> = { kind: "proposed", at: at(1), formId: 10, by: 3, code: "X", form: FORM };
function buildSignature(change: Partial<AcceptanceEventOf<"signed">> = {}): AcceptanceEvent {
  const signature = {
    formId: 10,
    commentId: 11,
    by: 1,
    login: "Dana",
    code: "X",
    authorised: true,
    fingerprints: ["a"],
    headSha: "f00",
    url: null,
  };
  return { kind: "signed", at: at(5), ...signature, ...change };
}
function buildEdit(change: Partial<AcceptanceEventOf<"form-edited">> = {}): AcceptanceEvent {
  return { kind: "form-edited", at: at(7), formId: 10, by: 3, code: "Y", form: FORM, ...change };
}
const stateOf = (events: readonly AcceptanceEvent[], shortfalls: readonly Shortfall[] = [A], now = NOW): string => {
  const state = acceptanceState(events, shortfalls, now);
  return state.state === "ended" ? `ended: ${state.end}` : state.state;
};

describe("the state of an acceptance", () => {
  it.each<[string, readonly AcceptanceEvent[], string]>([
    ["nothing happened", [], "none"],
    ["a complete form waits", [proposed], "waiting"],
    ["a form that was edited to be incomplete does not", [proposed, buildEdit({ form: null })], "none"],
    ["a signed form is accepted", [proposed, buildSignature()], "accepted"],
    ["somebody without authority signed", [proposed, buildSignature({ authorised: false })], "waiting"],
    ["somebody who is not named signed", [proposed, buildSignature({ login: "erin", by: 2 })], "waiting"],
    ["another text was signed", [proposed, buildSignature({ code: "Z" })], "waiting"],
    ["a form that nobody saw was signed", [buildSignature()], "ended: another-text"],
    ["an edit after the signature, by anyone", [proposed, buildSignature(), buildEdit()], "waiting"],
    ["an edit after the signature that makes it incomplete", [proposed, buildSignature(), buildEdit({ form: null })], "ended: form-edited"],
    ["an edit within the same second", [proposed, buildSignature(), buildEdit({ at: at(5), form: null })], "ended: form-edited"],
    [
      "an edit within the same second to the very text that was signed",
      [proposed, buildSignature(), buildEdit({ at: at(5), code: "X" })],
      "accepted",
    ],
    ["an edit and back again", [proposed, buildSignature(), buildEdit(), buildEdit({ at: at(8), code: "X" })], "waiting"],
    ["an edit before the signature of the new text", [proposed, buildEdit({ at: at(3) }), buildSignature({ code: "Y" })], "accepted"],
    ["a signature of the text before the edit", [proposed, buildEdit({ at: at(3) }), buildSignature()], "waiting"],
    ["a new signature after an edit", [proposed, buildSignature(), buildEdit(), buildSignature({ at: at(9), code: "Y" })], "accepted"],
    ["the signing comment deleted", [proposed, buildSignature(), { kind: "comment-deleted", at: at(6), commentId: 11, by: 1 }], "waiting"],
    ["the form deleted", [proposed, buildSignature(), { kind: "comment-deleted", at: at(6), commentId: 10, by: 3 }], "ended: form-deleted"],
    ["the signing comment edited", [proposed, buildSignature(), { kind: "signature-edited", at: at(6), commentId: 11, by: 3 }], "waiting"],
    [
      "the signing comment's own creation told as an edit",
      [proposed, buildSignature(), { kind: "signature-edited", at: at(5), commentId: 11, by: 1 }],
      "accepted",
    ],
    ["a login in another case", [{ ...proposed, form: { ...FORM, acceptedBy: ["DANA"] } }, buildSignature()], "accepted"],
    ["another comment edited", [proposed, buildSignature(), { kind: "signature-edited", at: at(6), commentId: 12, by: 3 }], "accepted"],
    ["authority lost", [proposed, buildSignature(), { kind: "authority-lost", at: at(6), of: 1 }], "waiting"],
    ["authority lost in the same second", [proposed, buildSignature(), { kind: "authority-lost", at: at(5), of: 1 }], "waiting"],
    [
      "authority that was lost before and read again",
      [proposed, { kind: "authority-lost", at: at(2), of: 1 }, buildSignature()],
      "accepted",
    ],
    ["somebody else's authority lost", [proposed, buildSignature(), { kind: "authority-lost", at: at(6), of: 2 }], "accepted"],
    ["withdrawn by the signer", [proposed, buildSignature(), { kind: "withdrawn", at: at(6), by: 1 }], "waiting"],
    ["withdrawn by who filled the form", [proposed, buildSignature(), { kind: "withdrawn", at: at(6), by: 3 }], "ended: withdrawn"],
    ["withdrawn by a stranger", [proposed, buildSignature(), { kind: "withdrawn", at: at(6), by: 9 }], "accepted"],
    [
      "withdrawn, then signed again",
      [proposed, buildSignature(), { kind: "withdrawn", at: at(6), by: 1 }, buildSignature({ at: at(7) })],
      "accepted",
    ],
    ["a push that changes nothing", [proposed, buildSignature(), { kind: "pushed", at: at(6), headSha: "b" }], "accepted"],
    ["a signature without a readable time", [proposed, buildSignature({ at: "?" })], "waiting"],
  ])("%s", (_, events, expected) => {
    expect(stateOf(events)).toBe(expected);
  });

  it("is not needed without shortfalls, whatever was signed", () => {
    expect(stateOf([proposed, buildSignature()], [])).toBe("not-needed");
  });

  it("ends the day after the retrofit date", () => {
    expect(stateOf([proposed, buildSignature()], [A], "2026-12-31T23:59:59Z")).toBe("accepted");
    expect(stateOf([proposed, buildSignature()], [A], "2027-01-01T00:00:00Z")).toBe("ended: expired");
  });

  it("names what a push added, and keeps the rest covered", () => {
    const state = acceptanceState([proposed, buildSignature()], [A, B], NOW);
    expect(state.state).toBe("insufficient");
    expect([state.coverage.covered, state.coverage.open].map((each) => each.map((shortfall) => shortfall.fingerprint))).toEqual([
      ["a"],
      ["b"],
    ]);
  });

  it("needs two people where two are needed", () => {
    const both: AcceptanceEvent = {
      kind: "proposed",
      at: at(1),
      formId: 10,
      by: 3,
      code: "X",
      form: { ...FORM, acceptedBy: ["dana", "erin"] },
    };
    const erin = buildSignature({ login: "erin", by: 2, commentId: 12, at: at(6) });
    expect(stateOf([both, buildSignature()], [TWO])).toBe("insufficient");
    expect(stateOf([both, buildSignature(), buildSignature({ commentId: 13, at: at(6) })], [TWO])).toBe("insufficient");
    expect(stateOf([both, buildSignature(), erin], [TWO])).toBe("accepted");
  });

  it("says what was signed, from the text that was signed", () => {
    expect(acceptanceState([proposed, buildSignature()], [A], NOW).acceptances).toEqual([
      {
        acceptedBy: "Dana",
        fingerprints: ["a"],
        retrofitOn: "2026-12-31",
        engineerWeeks: 2,
        mitigation: "10 req/min",
        signedAt: at(5),
        headSha: "f00",
        url: null,
      },
    ]);
  });

  it("names what ended each signature", () => {
    const state = acceptanceState([proposed, buildSignature(), buildEdit()], [A], NOW);
    expect(state.ended).toEqual([{ login: "Dana", end: "form-edited", at: at(5) }]);
    expect(state.state === "waiting" && state.forms).toEqual([{ formId: 10, code: "Y", form: FORM }]);
  });
});

describe("over random sequences of events, delivered twice and in any order", () => {
  const apart = stepsWith(fc.integer({ min: 1, max: 90 }));
  const together = stepsWith(fc.integer({ min: 0, max: 1 }));

  it("a head is accepted exactly when valid signatures cover all its shortfalls", () => {
    let accepted = 0;
    fc.assert(
      fc.property(apart, fc.infiniteStream(fc.nat()), (steps, numbers) => {
        const world = playWorld(steps);
        const keyed = [...world.events, ...world.events].map((event) => ({ event, key: numbers.next().value ?? 0 }));
        const delivered = keyed.toSorted((one, other) => one.key - other.key).map(({ event }) => event);
        if (world.accepted) accepted++;
        expect(acceptanceState(delivered, world.shortfalls, world.now).state === "accepted").toBe(world.accepted);
      }),
      { numRuns: 8_000, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(400);
  });

  it("a head is never accepted without valid signatures, even when things happen within one second", () => {
    let accepted = 0;
    fc.assert(
      fc.property(together, (steps) => {
        const world = playWorld(steps);
        const { state } = acceptanceState(world.events.toReversed(), world.shortfalls, world.now);
        if (state !== "accepted") return;
        accepted++;
        expect(world.accepted).toBe(true);
      }),
      { numRuns: 8_000, seed: 8 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it("order and repetition change nothing", () => {
    fc.assert(
      fc.property(apart, (steps) => {
        const { events, shortfalls, now } = playWorld(steps);
        const state = acceptanceState(events, shortfalls, now);
        const again = acceptanceState([...events, ...events.toReversed()], shortfalls, now);
        expect(again.state).toBe(state.state);
        expect(again.coverage.open).toEqual(state.coverage.open);
      }),
      { numRuns: 1_000, seed: 9 },
    );
  });
});
