import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coversFingerprint } from "../src/risks/covers.ts";
import { SigningWorld, type WorldComment } from "./support/signing/signing-world.ts";

// Whatever happens in whatever order, and however deliveries come: no check shows an acceptance that is not valid.

const DAY_SECONDS = 86_400;
const DATES = ["2027-01-15", "2027-03-01"];
const form = (login: string, date: string, limit = 10) =>
  `/accept-risk\nretrofit date: ${date}\nbudget: 1.5 engineer-weeks\naccepted by: @${login}\ninterim mitigation: ${limit} req/min`;

const person = fc.constantFrom("ana", "dana", "eli");
const nth = fc.nat({ max: 20 });
const step = fc.oneof(
  fc.record({ what: fc.constant("form" as const), by: person, names: person, date: fc.constantFrom(...DATES) }),
  fc.record({ what: fc.constant("sign" as const), by: person, nth }),
  fc.record({ what: fc.constant("withdraw" as const), by: person }),
  fc.record({ what: fc.constant("edit" as const), by: person, nth, limit: fc.integer({ min: 10, max: 12 }) }),
  fc.record({ what: fc.constant("delete" as const), nth }),
  fc.record({
    what: fc.constant("push" as const),
    by: person,
    findings: fc.uniqueArray(fc.constantFrom("first", "second"), { maxLength: 2 }),
  }),
  fc.record({ what: fc.constant("role" as const), of: person, role: fc.constantFrom("admin", "write") }),
  fc.record({ what: fc.constant("wait" as const), seconds: fc.constantFrom(0, 1, 20 * DAY_SECONDS) }),
  fc.record({ what: fc.constant("deliver" as const), nth, again: fc.boolean() }),
  fc.record({ what: fc.constant("lose" as const), nth }),
  fc.constant({ what: "recheck" as const }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const pick = <Item>(items: readonly Item[], nth: number): Item | undefined => items[nth % Math.max(1, items.length)];

async function take(world: SigningWorld, chosen: Step): Promise<void> {
  switch (chosen.what) {
    case "form":
      return void world.write(chosen.by, form(chosen.names, chosen.date));
    case "sign": {
      const codes = world.comments.flatMap((comment) => world.codeOf(comment) ?? []);
      return void world.write(chosen.by, `/accept-risk sign ${pick(codes, chosen.nth) ?? "NONE"}`);
    }
    case "withdraw":
      return void world.write(chosen.by, "/accept-risk withdraw");
    case "edit": {
      const comment = pick(world.comments, chosen.nth);
      const body = comment?.texts.at(-1)?.body ?? "";
      if (comment && !comment.isDeleted) world.edit(comment, chosen.by, body.replace(/\d+ req/, `${chosen.limit} req`));
      return;
    }
    case "delete": {
      const comment = pick(world.comments, chosen.nth);
      if (comment && !comment.isDeleted) world.delete(comment);
      return;
    }
    case "push":
      return world.push(chosen.by, new Set(chosen.findings));
    case "role":
      return void world.roles.set(chosen.of, chosen.role);
    case "wait":
      world.seconds += chosen.seconds;
      return;
    case "deliver": {
      const job = pick(world.deliveries, chosen.nth);
      if (!job) return;
      if (!chosen.again) world.deliveries.splice(world.deliveries.indexOf(job), 1);
      return world.deliver(job);
    }
    case "lose":
      return void world.deliveries.splice(chosen.nth % Math.max(1, world.deliveries.length), 1);
    case "recheck":
      return world.recheck();
  }
}

/** The world's own judgement, from what people did and not from what we recorded: who has validly signed which text. */
function isValid(world: SigningWorld, nodeId: string, formNodeId: string, signedAt: number, signer: number): boolean {
  const signing = world.comments.find((comment) => comment.nodeId === nodeId);
  const formComment = world.comments.find((comment) => comment.nodeId === formNodeId);
  if (!signing || !formComment || signing.isDeleted || formComment.isDeleted || signing.author.id !== signer) return false;
  const { login } = signing.author;
  const text = formComment.texts.at(-1);
  const isUntouched = (comment: WorldComment) => comment.texts.every(({ at, by }) => by.id === comment.author.id || at < signedAt);
  const isTextSigned =
    nodeId === formNodeId ? isUntouched(formComment) : formComment.texts.every(({ at }) => at <= signedAt) && isUntouched(signing);
  const date = /retrofit date: (\S+)/.exec(text?.body ?? "")?.[1] ?? "";
  const isWithdrawn = world.comments.some(
    (comment) =>
      comment.author.id === signer &&
      !comment.isDeleted &&
      comment.texts.some(({ body, at }) => body.includes("withdraw") && at >= signedAt),
  );
  return (
    isTextSigned &&
    !isWithdrawn &&
    world.now().slice(0, 10) <= date &&
    world.roles.get(login) === "admin" &&
    !world.pushers.has(login) &&
    (text?.body ?? "").includes(`accepted by: @${login}`)
  );
}

/** The fingerprints on the check that the signer could see. */
function shownAt(world: SigningWorld, signedAt: string): readonly string[] {
  const seconds = (Date.parse(signedAt) - Date.UTC(2027, 0, 1)) / 1000;
  return world.published.findLast(({ at }) => at <= seconds)?.shortfalls.map(({ fingerprint }) => fingerprint) ?? [];
}

function expectNoFalseAcceptance(world: SigningWorld, from: number): number {
  for (const { run, shortfalls } of world.published.slice(from)) {
    if (run.conclusion !== "neutral" && run.conclusion !== "success") continue;
    const valid = world.register.rows.filter(
      (row) =>
        row.state === "active" &&
        isValid(world, row.nodeId, row.formNodeId, (Date.parse(row.signedAt) - Date.UTC(2027, 0, 1)) / 1000, row.acceptedById),
    );
    const uncovered = shortfalls.filter(
      ({ fingerprint }) =>
        !valid.some(
          (row) =>
            row.fingerprints.some((accepted) => coversFingerprint(accepted, fingerprint)) &&
            shownAt(world, row.signedAt).some((shown) => coversFingerprint(shown, fingerprint)),
        ),
    );
    expect(shortfalls.length).toBeGreaterThan(0);
    expect(uncovered).toEqual([]);
  }
  return world.published.length;
}

describe("random lives of a pull request", () => {
  test("never show an acceptance that is not valid, by an authorised signer, unexpired, and for all shortfalls", async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 5, maxLength: 40 }), async (beginsAccepted, steps) => {
        const world = new SigningWorld();
        await world.recheck();
        if (beginsAccepted) {
          world.write("dana", form("dana", "2027-03-01"));
          await take(world, { what: "deliver", nth: 0, again: false });
          world.seconds += 1;
        }
        let seen = expectNoFalseAcceptance(world, 0);
        for (const chosen of steps) {
          await take(world, chosen);
          seen = expectNoFalseAcceptance(world, seen);
        }
        await world.recheck();
        expectNoFalseAcceptance(world, seen);
        if (world.published.some(({ run }) => run.conclusion === "neutral")) accepted += 1;
      }),
      {
        numRuns: 300,
        // Another person's edit that the signer wrote over before anybody told us of it.
        examples: [
          [
            true,
            [
              { what: "edit", by: "ana", nth: 0, limit: 10 },
              { what: "edit", by: "dana", nth: 0, limit: 10 },
              { what: "deliver", nth: 0, again: false },
              { what: "push", by: "ana", findings: [] },
              { what: "recheck" },
            ],
          ],
          // A push after the signer's comment that we read before it.
          [
            false,
            [
              { what: "form", by: "dana", names: "dana", date: "2027-03-01" },
              { what: "wait", seconds: 1 },
              { what: "push", by: "ana", findings: ["first", "second"] },
              { what: "deliver", nth: 0, again: false },
              { what: "recheck" },
            ],
          ],
        ],
      },
    );
    // Otherwise the property would hold of an app that accepts nothing.
    expect(accepted).toBeGreaterThan(100);
  }, 60_000);
});
