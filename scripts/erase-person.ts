import { createPersonStore } from "../src/database/person-store.ts";
import { openDatabase } from "../src/database/open-database.ts";
import { readSecretFiles } from "../src/read-secret-files.ts";
import { createLogger } from "../src/telemetry/logger.ts";

// `npm run erase-person -- GITHUB_ID`: forgets the login of a person. The register keeps the number.
const githubId = Number(process.argv[2]);
if (!Number.isSafeInteger(githubId) || githubId <= 0) {
  process.stderr.write("expected a GitHub id, as `npm run erase-person -- 583231`; `gh api users/LOGIN --jq .id` tells it\n");
  process.exit(2);
}
const set = Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
const { variables, mistakes } = readSecretFiles(Object.fromEntries(set));
if (mistakes.length > 0) {
  process.stderr.write(`${mistakes.join("\n")}\n`);
  process.exit(2);
}
const { DATABASE_URL: url, DATA_DIR: dataDir = "./data" } = variables;
const database = await openDatabase(url ? { url } : { dataDir }, createLogger("warn"));
try {
  await createPersonStore(database).erasePerson(githubId);
  process.stdout.write(`forgot the login of ${githubId}\n`);
} finally {
  await database.close();
}
