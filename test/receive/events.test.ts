import { describe, expect, test } from "vitest";
import { readCheckRunEvent } from "../../src/receive/check-run-event.ts";
import { readCheckSuiteEvent } from "../../src/receive/check-suite-event.ts";
import { readPullRequestEvent } from "../../src/receive/pull-request-event.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const APP = 42;
const origin = { deliveryId: "d-1", cause: "test" };
const place = { installation: { id: 7 }, repository: { full_name: "acme/api" } };
const ref = { installationId: 7, repo: "acme/api" };

describe("a pull_request event", () => {
  const payload = (action: string, more: object = {}) => ({ action, ...place, pull_request: { number: 3, head: { sha: SHA } }, ...more });
  const review = { job: { kind: "review", ...ref, number: 3, headSha: SHA, ...origin } };

  test.each([
    ["opened", payload("opened"), review],
    ["closed", payload("closed"), review],
    ["edited in its description", payload("edited", { changes: { body: { from: "x" } } }), review],
    ["edited in its base", payload("edited", { changes: { base: { ref: { from: "main" } } } }), review],
    [
      "edited in nothing that we read",
      payload("edited", { changes: { milestone: {} } }),
      { ignored: "edited, but neither title, description nor base" },
    ],
    ["without an installation", { ...payload("opened"), installation: undefined }, { ignored: expect.stringContaining("installation") }],
    [
      "with a repository name that is no name",
      { ...payload("opened"), repository: { full_name: "../../etc" } },
      { ignored: expect.stringContaining("repository.full_name") },
    ],
    ["that is no object", "opened", { ignored: expect.stringContaining("payload does not fit") }],
  ])("%s", (_name, given, expected) => {
    expect(readPullRequestEvent(given, origin)).toEqual(expected);
  });
});

describe("a check_run event", () => {
  const payload = (run: object, more: object = {}) => ({
    action: "rerequested",
    ...place,
    check_run: { head_sha: SHA, app: { id: APP }, pull_requests: [], ...run },
    ...more,
  });
  const review = { job: { kind: "review", ...ref, number: 3, headSha: SHA, ...origin } };
  const head = { job: { kind: "head", ...ref, headSha: SHA, ...origin } };
  const button = (identifier: string) => ({ requested_action: { identifier } });

  test.each([
    ["finds its pull request by the run's own mark, as for forks", payload({ external_id: "pull-request-3" }), review],
    ["finds it with what the run shows", payload({ external_id: `pull-request-3::${"a".repeat(16)}` }), review],
    [
      "finds it with annotations and what the run shows",
      payload({ external_id: `pull-request-3:${"b".repeat(16)}:${"a".repeat(16)}` }),
      review,
    ],
    ["finds it by the one that the payload names", payload({ pull_requests: [{ number: 3 }] }), review],
    ["looks up the head where several are named", payload({ pull_requests: [{ number: 3 }, { number: 4 }] }), head],
    ["looks up the head where none is named", payload({ external_id: "other" }), head],
    [
      "is ignored for another app's run",
      payload({ app: { id: 1 }, external_id: "pull-request-3" }),
      { ignored: "a check run of another app" },
    ],
    ["reviews again for the re-check button", payload({ external_id: "pull-request-3" }, button("recheck")), review],
    [
      "replies for the skeleton button",
      payload({ external_id: "pull-request-3" }, button("plan-skeleton")),
      { job: { kind: "reply", reply: "plan-skeleton", ...ref, number: 3, ...origin } },
    ],
    [
      "replies for the risk form button, and accepts nothing",
      payload({ external_id: "pull-request-3" }, button("risk-form")),
      { job: { kind: "reply", reply: "risk-form", ...ref, number: 3, ...origin } },
    ],
    [
      "is ignored for a button that is not ours",
      payload({ external_id: "pull-request-3" }, button("merge")),
      { ignored: "unknown button" },
    ],
  ])("%s", (_name, given, expected) => {
    expect(readCheckRunEvent(given, origin, APP)).toEqual(expected);
  });
});

describe("a check_suite event", () => {
  const payload = (action: string, numbers: readonly number[]) => ({
    action,
    ...place,
    check_suite: { head_sha: SHA, pull_requests: numbers.map((number) => ({ number })) },
  });

  test.each([
    ["requested for one pull request", payload("requested", [3]), { job: { kind: "review", ...ref, number: 3, headSha: SHA, ...origin } }],
    ["requested for two", payload("requested", [3, 4]), { job: { kind: "head", ...ref, headSha: SHA, ...origin } }],
    ["requested for none", payload("requested", []), { ignored: "a push without a pull request" }],
    ["re-requested for none, as for forks", payload("rerequested", []), { job: { kind: "head", ...ref, headSha: SHA, ...origin } }],
  ])("%s", (_name, given, expected) => {
    expect(readCheckSuiteEvent(given, origin)).toEqual(expected);
  });
});
