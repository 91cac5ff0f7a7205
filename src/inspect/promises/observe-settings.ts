import { roleOf } from "../classify-file.ts";
import type { Change } from "../read-change.ts";
import type { Observation } from "./observe-code.ts";
import { quantityOf, SPEAKING } from "./observe-names.ts";
import { readSettings } from "./read-settings.ts";
import { subjectWords } from "./subject-words.ts";

/** Files of settings that no running service reads, or that say what is built and described. */
const OTHER_FILE =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.vscode|node_modules|openapi|swagger|schemas?|locales?|i18n|docs?|examples?|samples?|fixtures?|seeds?|dashboards?|grafana)(?:\/|$)|(?:^|\/)(?:package(?:-lock)?|tsconfig[\w.-]*|composer|openapi|swagger|[\w.-]*schema|pnpm-lock|renovate)\.(?:json|ya?ml)$|(?:^|[/._-])(?:tests?|ci|e2e|spec|mocks?|local|dev|development|staging)(?:[/._-]|$)/i;
/** What bounds something other than the calls, rows and requests of the service itself. */
const OTHER_PLACE =
  /health_?check|probe|lambda_function|db_instance|rds_|backup|queue|kinesis|msk_|kafka|ingress|listener|load_?balancer|target_group|nginx|deploy|update_config|provisioner|(?:^| )server(?: |$)|timeouts$/i;

/**
 * Numbers on added lines of files of settings whose names say which they are: `.env` files, JSON, YAML (with the environment of Compose and of
 * Kubernetes) and Terraform. Read line by line and by name alone; a name without a clear unit is left out.
 */
export function observeSettings(change: Change): readonly Observation[] {
  const { path } = change.file;
  if (change.head === null || OTHER_FILE.test(path) || roleOf(path, "") === "test") return [];
  return readSettings(path, change.head).flatMap(({ place, name, value, line }): Observation[] => {
    if ((!change.wholeFile && !change.added.has(line)) || !SPEAKING.test(name) || OTHER_PLACE.test(`${place} ${name}`)) return [];
    const hasUnit = !/time_?out$/i.test(name);
    const read = hasUnit || value >= 1000 ? quantityOf(name, value) : null;
    if (!read) return [];
    const quote = `${name} = ${value}`.slice(0, 60);
    const subjects = subjectWords(`${place} ${name}`);
    return [{ ...read, path, line, quote, subjects, ownSubjects: subjectWords(name), isNamed: true }];
  });
}
