import { announce } from "../hooks/announce.ts";
import { checkSuiteView } from "../views/check.ts";
import type { Account } from "../model/account.ts";
import type { App, Installation } from "../model/app.ts";
import type { CheckSuite } from "../model/check.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";

/** The suite of an app on a commit: there is one. */
export function findOrAddSuite(
  world: World,
  repository: Repository,
  app: App,
  headSha: string,
  branch: string | null,
  before: string | null,
): CheckSuite {
  const known = [...repository.checkSuites.values()].find((suite) => suite.app === app && suite.headSha === headSha);
  if (known !== undefined) return known;
  const suite: CheckSuite = {
    id: world.nextId(),
    app,
    headSha,
    headBranch: branch,
    before,
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  repository.checkSuites.set(suite.id, suite);
  return suite;
}

/** What GitHub does on every push for an app that may write checks. */
export async function requestCheckSuite(
  world: World,
  sender: Account,
  repository: Repository,
  installation: Installation,
  headSha: string,
  branch: string,
  before: string,
): Promise<void> {
  if (installation.permissions["checks"] !== "write") return;
  const suite = findOrAddSuite(world, repository, installation.app, headSha, branch, before);
  await announceSuite(world, sender, repository, suite, "requested");
}

export async function announceSuite(
  world: World,
  sender: Account,
  repository: Repository,
  suite: CheckSuite,
  action: "requested" | "rerequested" | "completed",
): Promise<void> {
  const { repository: _carriedOutside, ...view } = await checkSuiteView(world, repository, suite);
  announce(world, {
    event: "check_suite",
    action,
    repository,
    sender,
    detail: { check_suite: view },
    ...(action === "completed" ? {} : { onlyApp: suite.app }),
  });
}
