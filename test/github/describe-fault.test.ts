import { expect, test } from "vitest";
import { describeFault } from "../../src/github/describe-fault.ts";
import { GitHubAway, RateLimited } from "../../src/github/faults.ts";

/** As Octokit throws: its own error around what the transport threw, or with GitHub's answer. */
const octokitError = (status: number, more: object = {}) =>
  Object.assign(new Error("secret detail"), { name: "HttpError", status, ...more });
const timeout = Object.assign(new Error("The operation was aborted due to timeout"), { name: "TimeoutError" });
const headers = { "x-github-request-id": "AB:12" };

test.each([
  ["GitHub does not answer", octokitError(500, { cause: new GitHubAway("api.github.com") })],
  ["GitHub's rate limit is reached until 09:30 UTC", new RateLimited("core", new Date("2027-01-01T09:30:00Z"))],
  ["GitHub did not answer in time", octokitError(500, { cause: timeout })],
  ["GitHub could not be reached", octokitError(500, { cause: new TypeError("fetch failed") })],
  ["GitHub answered 502", octokitError(502, { response: { headers } })],
  ["GitHub does not take the app's key or token (401)", octokitError(401, { response: { headers } })],
  ["an error of ours; it is in our log", new RangeError("secret detail")],
])("an author reads: %s", (reason, error) => {
  expect(describeFault(error)).toMatchObject({ reason, passing: false });
});

test("quotes GitHub's id of the request, and tells a push from a fault", () => {
  expect(describeFault(octokitError(502, { response: { headers } })).requestId).toBe("AB:12");
  expect(describeFault(Object.assign(new Error("moved"), { name: "HeadMoved" })).passing).toBe(true);
});
