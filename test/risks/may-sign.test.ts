import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SigningFacts } from "../../src/risks/may-sign.ts";
import { maySign } from "../../src/risks/may-sign.ts";

const dana = { id: 1, login: "dana", type: "User" };
const erin = { id: 2, login: "erin", type: "User" };
const finn = { id: 3, login: "finn", type: "User" };

const FACTS: SigningFacts = {
  signer: dana,
  roleName: "maintain",
  memberOf: [],
  pullRequestAuthor: finn,
  commitAuthors: [finn],
  pushers: [finn],
  text: { author: dana, lastEditor: null },
  how: "own-text",
  acceptedBy: ["dana"],
  decisionMakers: { users: [], teams: [], roles: ["admin", "maintain"] },
};

const answer = (change: Partial<SigningFacts>) => maySign({ ...FACTS, ...change });
const makers = (change: Partial<SigningFacts["decisionMakers"]>) => ({ users: [], teams: [], roles: [], ...change });

describe("a signature is allowed", () => {
  it.each<[string, Partial<SigningFacts>]>([
    ["by role", {}],
    ["by a custom role, whatever its case", { roleName: "Risk-Owner", decisionMakers: makers({ roles: ["risk-owner"] }) }],
    ["by name, whatever its case", { roleName: "read", decisionMakers: makers({ users: ["@Dana"] }) }],
    ["by name when role and teams could not be read", { roleName: null, memberOf: null, decisionMakers: makers({ users: ["dana"] }) }],
    ["by team", { roleName: "read", memberOf: ["acme/architects"], decisionMakers: makers({ teams: ["acme/architects"] }) }],
    ["under a text that the signer edited", { text: { author: dana, lastEditor: dana } }],
    ["under the code of a text of the author", { how: "code", text: { author: finn, lastEditor: finn } }],
    ["under the code of a text that was edited before", { how: "code", text: { author: finn, lastEditor: erin } }],
    ["as one of two that are named", { acceptedBy: ["erin", "Dana"] }],
  ])("%s", (_, change) => {
    expect(answer(change)).toEqual({ allowed: true });
  });
});

describe("a signature is refused", () => {
  it.each<[string, Partial<SigningFacts>]>([
    ["bot", { signer: { ...dana, type: "Bot" } }],
    ["bot", { signer: { ...dana, login: "dana[bot]" }, acceptedBy: ["dana[bot]"] }],
    ["bot", { signer: { ...dana, login: "Dana[BOT]" } }],
    ["bot", { signer: { ...dana, type: "Organization" } }],
    ["author", { pullRequestAuthor: dana }],
    ["author", { pullRequestAuthor: { id: 1, login: "dana-was-renamed" } }],
    ["author", { pullRequestAuthor: { id: 99, login: "DANA" } }],
    ["author", { signer: { ...dana, id: 98, login: "DANA" }, pullRequestAuthor: dana }],
    [
      "author",
      { pullRequestAuthor: dana, how: "code", text: { author: erin, lastEditor: null }, decisionMakers: makers({ users: ["dana"] }) },
    ],
    ["commit-author", { commitAuthors: [finn, dana] }],
    ["pusher", { pushers: [dana] }],
    ["could-not-read", { pullRequestAuthor: null }],
    ["could-not-read", { commitAuthors: null }],
    ["could-not-read", { pushers: null }],
    ["could-not-read", { roleName: null }],
    ["could-not-read", { memberOf: null, roleName: "read", decisionMakers: makers({ teams: ["sre"] }) }],
    ["not-named", { acceptedBy: ["erin"] }],
    ["not-named", { acceptedBy: [] }],
    ["text-of-another", { text: { author: erin, lastEditor: dana } }],
    ["edited-by-another", { text: { author: dana, lastEditor: finn } }],
    ["edited-by-another", { text: { author: dana, lastEditor: { id: 9, login: "dana" } } }],
    ["no-authority", { roleName: "write" }],
    ["no-authority", { roleName: "none" }],
    ["no-authority", { roleName: null, decisionMakers: makers({ users: ["erin"] }) }],
    ["no-authority", { memberOf: null, roleName: "write" }],
    ["no-authority", { roleName: "admin", decisionMakers: makers({ teams: ["sre"] }) }],
    ["no-authority", { roleName: "read", memberOf: ["acme/interns"], decisionMakers: makers({ teams: ["acme/architects"] }) }],
    ["no-authority", { decisionMakers: makers({}) }],
  ])("as %s: %j", (refusal, change) => {
    expect(answer(change)).toMatchObject({ allowed: false, refusal });
  });

  it("in one plain sentence or two", () => {
    const reasons = [answer({ pullRequestAuthor: dana }), answer({ acceptedBy: ["erin"] }), answer({ roleName: "write" })];
    expect(reasons.map((each) => (each.allowed ? "" : each.reason))).toEqual([
      "@dana opened this pull request, and nobody signs for their own change.",
      "The form names @erin as accepting the risk, and @dana is not that person.",
      "@dana is not a decision maker of this repository; who is, is set by `decision-makers` in .github/backend-reliability.yml.",
    ]);
  });

  it("naming the setting to change where nobody is left to sign", () => {
    const alone = answer({ signer: finn, acceptedBy: ["finn"], candidates: [finn, { id: 8, login: "deploy[bot]", type: "Bot" }] });
    expect(alone).toMatchObject({
      reason: expect.stringMatching(/every decision maker is involved.*add a user, team or role to `decision-makers`/),
    });
    const nobody = answer({ decisionMakers: makers({}) });
    expect(nobody).toMatchObject({ reason: expect.stringContaining("names no user, team or role") });
    const wrote = answer({ signer: finn, acceptedBy: ["finn"], commitAuthors: [finn, dana], candidates: [finn, dana] });
    expect(wrote).toMatchObject({ reason: expect.stringContaining("every decision maker is involved") });
    const others = answer({ signer: finn, acceptedBy: ["finn"], candidates: [finn, dana] });
    expect(others).toMatchObject({ reason: expect.not.stringContaining("Nobody") });
  });
});

describe("whatever the facts", () => {
  const account = fc.constantFrom(dana, erin, finn);
  const accounts = fc.option(fc.array(account, { maxLength: 2 }));
  const facts: fc.Arbitrary<SigningFacts> = fc.record({
    signer: fc.constantFrom(dana, erin, { ...dana, type: "Bot" }),
    roleName: fc.constantFrom("admin", "maintain", "write", "read", null),
    memberOf: fc.constantFrom(["sre"], [], null),
    pullRequestAuthor: fc.option(account),
    commitAuthors: accounts,
    pushers: accounts,
    text: fc.record({ author: account, lastEditor: fc.option(account) }),
    how: fc.constantFrom("own-text", "code"),
    acceptedBy: fc.subarray(["dana", "erin"]),
    decisionMakers: fc.record({ users: fc.subarray(["dana"]), teams: fc.subarray(["sre"]), roles: fc.subarray(["admin", "maintain"]) }),
  });

  it("only an uninvolved, named person with authority over an own or coded text may sign", () => {
    let allowed = 0;
    fc.assert(
      fc.property(facts, (each) => {
        if (!maySign(each).allowed) return;
        allowed++;
        const { signer, text, decisionMakers } = each;
        expect(signer.type).toBe("User");
        const involved = [each.pullRequestAuthor, ...(each.commitAuthors ?? [null]), ...(each.pushers ?? [null])];
        expect(involved.some((other) => other === null || other.id === signer.id)).toBe(false);
        expect(each.acceptedBy).toContain(signer.login);
        if (each.how === "own-text") expect([text.author.id, text.lastEditor?.id ?? signer.id]).toEqual([signer.id, signer.id]);
        const byTeam = decisionMakers.teams.length > 0 && each.memberOf?.includes("sre") === true;
        const byRole = each.roleName !== null && decisionMakers.roles.includes(each.roleName);
        expect(decisionMakers.users.includes(signer.login) || byTeam || byRole).toBe(true);
      }),
      { numRuns: 5_000, seed: 11 },
    );
    expect(allowed).toBeGreaterThan(20);
  });
});
