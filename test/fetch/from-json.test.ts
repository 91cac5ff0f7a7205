import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePullRequestInput } from "../../src/fetch/from-json.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";

const NOW = "2026-05-01T08:00:00.000Z";
const minimal = { title: "Add refunds", body: null, files: [] };
const parse = (value: unknown) => parsePullRequestInput(value, { now: NOW });

describe("a pull request as JSON", () => {
  it("fills in what a caller may leave out", () => {
    expect(parse(minimal)).toEqual({
      repo: "",
      number: null,
      title: "Add refunds",
      body: "",
      author: null,
      draft: false,
      labels: [],
      headSha: null,
      base: null,
      files: [],
      comments: [],
      acceptances: [],
      revertOf: null,
      manifests: [],
      policy: DEFAULT_POLICY,
      policyOrigin: "default",
      policyProblems: [],
      notRead: [],
      now: NOW,
    });
  });

  it("keeps what a caller states, and reads package.json files among the files as manifests", () => {
    const stated = {
      id: "pr-1",
      repo: "acme/api",
      number: 7,
      author: "dana",
      draft: true,
      labels: ["x"],
      headSha: "abc",
      base: "main",
      files: [
        {
          path: "src/a.ts",
          previousPath: "src/b.ts",
          status: "renamed",
          additions: 1,
          deletions: 0,
          patch: "@@ -0,0 +1 @@\n+a",
          content: "a",
        },
        { path: "api/package.json", status: "modified", content: "{}" },
      ],
    };
    const result = parse({ ...minimal, ...stated, unknown: { deep: true } });
    expect(result).toMatchObject({ ...stated, manifests: [{ path: "api/package.json", text: "{}" }] });
    expect(result).not.toHaveProperty("unknown");
  });

  it("takes null for a key that may be left out", () => {
    const file = { path: "a.ts", status: "added", previousPath: null, additions: null, deletions: null, patch: null, content: null };
    const nothing = { id: null, repo: null, number: null, author: null, draft: null, labels: null, headSha: null, base: null };
    const result = parse({ ...minimal, ...nothing, files: [file], comments: null, acceptances: null, policy: null, now: null });
    expect(result).toMatchObject({ repo: "", number: null, files: [{ path: "a.ts", status: "added" }], now: NOW });
    expect(result).not.toHaveProperty("id");
    expect(result).not.toHaveProperty(["files", 0, "patch"]);
  });

  it("reads acceptances and comments, their instants in UTC", () => {
    const acceptance = {
      acceptedBy: "dana",
      fingerprints: ["f1"],
      retrofitOn: "2026-06-01",
      engineerWeeks: 1.5,
      mitigation: "10 req/min",
      signedAt: "2026-05-01T10:00:00+02:00",
    };
    const result = parse({ ...minimal, acceptances: [acceptance], comments: [{ author: "eve", body: "later", at: "2026-04-30" }] });
    expect(result).toMatchObject({
      acceptances: [{ ...acceptance, signedAt: "2026-05-01T08:00:00.000Z", headSha: null, url: null }],
      comments: [{ author: "eve", body: "later", at: "2026-04-30T00:00:00.000Z" }],
    });
  });

  it.each([
    ["added", "one\ntwo\n", "@@ -0,0 +1,2 @@\n+one\n+two"],
    ["added", "one\n\ntwo", "@@ -0,0 +1,3 @@\n+one\n+\n+two\n\\ No newline at end of file"],
    ["added", "", undefined],
    ["modified", "one\n", undefined],
  ])("gives an %s file without a patch the one that %j implies", (status, content, patch) => {
    const result = parse({ ...minimal, files: [{ path: "a.ts", status, content }] });
    expect("files" in result && result.files[0]?.patch).toBe(patch);
  });

  it("gives a new file whose patch is another text's the one of its own text", () => {
    const files = [
      { path: "a.ts", status: "added", content: "one\r\ntwo\r\n", patch: "@@ -0,0 +1,2 @@\n+one\r\n+two\r" },
      { path: "b.ts", status: "added", content: "listen();\n", patch: "@@ -0,0 +1 @@\n+const a = 1;" },
    ];
    const result = parse({ ...minimal, files });
    expect("files" in result && result.files.map(({ patch }) => patch)).toEqual([
      "@@ -0,0 +1,2 @@\n+one\r\n+two\r",
      "@@ -0,0 +1,1 @@\n+listen();",
    ]);
  });

  it.each([
    [{ path: "src/a.ts", status: "added" }, true],
    [{ path: "src/a.ts", status: "renamed", previousPath: "src/b.ts" }, true],
    [{ path: "src/a.ts", status: "renamed", previousPath: "src/b.ts", additions: 0, deletions: 0 }, null],
    [{ path: "src/a.test.ts", status: "modified" }, false],
    [{ path: "src/a.ts", status: "removed" }, null],
    [{ path: "logo.png", status: "added" }, null],
    [{ path: "src/a.ts", status: "modified", patch: "@@ -1 +1 @@\n-a\n+b" }, null],
  ])("%j of which nothing can be read leaves the verdict open: %j", (file, undetermined) => {
    const reason = "neither its text nor a patch was given";
    expect(parse({ ...minimal, files: [file] })).toMatchObject({
      notRead: undetermined === null ? [] : [{ path: file.path, reason, undetermined }],
    });
  });

  it("leaves out content over 1 MB, counted in bytes, and names it", () => {
    const files = [
      { path: "fits.ts", status: "added", content: "x".repeat(1_048_576) },
      { path: "large.ts", status: "added", content: "é".repeat(524_289) },
      { path: "patched.ts", status: "modified", patch: "@@ -1 +1 @@\n-a\n+b", content: "x".repeat(2_500_000) },
      { path: "gone.ts", status: "removed", content: "x".repeat(1_048_577) },
      { path: "large.go", status: "added", content: "x".repeat(1_048_577) },
    ];
    const result = parse({ ...minimal, files });
    expect(result).toMatchObject({
      notRead: [
        { path: "large.ts", reason: "over 1 MB (1.0 MB)", undetermined: true },
        { path: "patched.ts", reason: "over 1 MB (2.4 MB)", undetermined: false },
        { path: "gone.ts", undetermined: false },
        { path: "large.go", undetermined: false },
      ],
    });
    expect("files" in result && result.files.map(({ content }) => content?.length)).toEqual([
      1_048_576,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("now", () => {
  it.each([
    ["the input's own", "2026-02-03T04:05:06Z", {}, "2026-02-03T04:05:06.000Z"],
    ["the caller's when it is fixed", "2026-02-03T04:05:06Z", { fixedNow: true }, NOW],
    ["the caller's when the input has none", undefined, {}, NOW],
    ["UTC when no offset is stated", "2026-02-03T04:05", {}, "2026-02-03T04:05:00.000Z"],
  ])("is %s", (_, now, extra, expected) => {
    expect(parsePullRequestInput({ ...minimal, now }, { now: NOW, ...extra })).toMatchObject({ now: expected });
  });
});

describe("policy", () => {
  it("is the input's own, with its mistakes carried along", () => {
    expect(parse({ ...minimal, policy: { mode: "observe" } })).toMatchObject({ policy: { mode: "observe" }, policyOrigin: "input" });
    expect(parse({ ...minimal, policy: { mode: "loud" } })).toMatchObject({ policy: DEFAULT_POLICY, policyProblems: [{ path: "policy" }] });
  });

  it("gives way to the caller's", () => {
    const policy = { policy: { ...DEFAULT_POLICY, horizonDays: 10 }, origin: "team.yml", problems: [] };
    const result = parsePullRequestInput({ ...minimal, policy: { mode: "observe" } }, { now: NOW, policy });
    expect(result).toMatchObject({ policy: { mode: "enforce", horizonDays: 10 }, policyOrigin: "team.yml" });
  });
});

describe("bad input", () => {
  it.each([
    [null, "the input: expected an object, found null"],
    [[], "the input: expected an object, found a list"],
    ["text", 'the input: expected an object, found "text"'],
    [{ ...minimal, title: 3 }, "title: expected a string, found 3"],
    [{ title: "x", files: [] }, "body: expected a string or null, found nothing"],
    [{ ...minimal, files: {} }, "files: expected a list, found an object"],
    [
      {
        ...minimal,
        files: [
          { path: "a", status: "added" },
          { path: "", status: "added" },
        ],
      },
      'files[1].path: expected a string that is not empty, found ""',
    ],
    [
      { ...minimal, files: [{ path: "a", status: "new" }] },
      'files[0].status: expected one of added, modified, removed, renamed, copied, changed, found "new"',
    ],
    [
      { ...minimal, files: [{ path: "a", status: "added", additions: -1 }] },
      "files[0].additions: expected a whole number from 0, found -1",
    ],
    [{ ...minimal, number: 1.5 }, "number: expected a whole number, found 1.5"],
    [{ ...minimal, draft: "yes" }, 'draft: expected true or false, found "yes"'],
    [{ ...minimal, now: "2026-02-30" }, 'now: expected an instant such as 2026-01-31T12:00:00Z, found "2026-02-30"'],
    [{ ...minimal, policy: "mode: observe" }, 'policy: expected an object, found "mode: observe"'],
    [{ ...minimal, comments: [{ author: "a", body: "b" }] }, "comments[0].at: expected a string, found nothing"],
    [
      { ...minimal, acceptances: [{ acceptedBy: "a", fingerprints: [], retrofitOn: "soon" }] },
      'acceptances[0].retrofitOn: expected a date such as 2026-01-31, found "soon"',
    ],
    [{ ...minimal, title: ["x".repeat(200)] }, "title: expected a string, found a list"],
    [{ ...minimal, now: "n".repeat(200) }, `now: expected an instant such as 2026-01-31T12:00:00Z, found "${"n".repeat(59)}...`],
  ])("%#: is one line that says where, what was expected and what was found", (value, error) => {
    expect(parse(value)).toEqual({ error });
  });
});

it("never throws on a JSON value, however close to the right shape", () => {
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));
  const file = fc.record({ path: odd, status: fc.oneof(odd, fc.constant("added")), patch: odd, content: odd }, { requiredKeys: [] });
  const near = fc.record(
    {
      title: fc.oneof(odd, fc.string()),
      body: fc.oneof(odd, fc.string()),
      files: fc.oneof(odd, fc.array(file)),
      policy: fc.oneof(odd, fc.dictionary(fc.constantFrom("mode", "rules", "thresholds", "__proto__", "paths"), odd)),
      acceptances: odd,
      comments: odd,
      now: fc.oneof(odd, fc.string()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), near), (value) => {
      const result = parse(value);
      if ("error" in result) expect(result.error).toMatch(/^[^\n]+: expected /);
    }),
    { numRuns: 500 },
  );
});
