import { parsePatch } from "../model/patch.ts";
import { findCodeSignals } from "./find-code-signals.ts";
import { DISMISSED } from "./path-signal.ts";
import { type FileScore, sum } from "./score-file.ts";
import type { Signal } from "./signal.ts";

/** What the company of components, or of server code, says of a script that does not say it itself. */
const AMONG_COMPONENTS = -1.2;
const AMONG_SERVERS = 1.5;
/** A file beyond this, either way, has said enough itself. */
const UNSURE = 2.5;
/** A neighbour this far to either side speaks for its package. */
const SURE = 2;

const COMPONENTS = /\.(?:vue|svelte|astro|tsx|jsx|css|scss|sass|less|hbs|gjs|gts)$/i;
const PACKAGES_FOLDER = /^(?:apps|packages|libs|services|modules|projects|plugins|internal-packages|extensions|clients|crates)$/;

interface Company {
  components: number;
  servers: number;
}

/**
 * Scripts of one package are of one kind more often than not: a TypeScript file whose own path and code
 * leave it open is weighed by what else the pull request changes in its package, tests included.
 */
export function withCompany(files: readonly FileScore[]): readonly FileScore[] {
  if (!files.some(isOpen)) return files;
  const wanted = new Set(files.filter(isOpen).map(({ file }) => packageOf(file.path)));
  const companies = new Map<string, Company>();
  for (const file of files) {
    const name = packageOf(file.file.path);
    if (!wanted.has(name)) continue;
    const company = companies.get(name) ?? { components: 0, servers: 0 };
    if (file.language.family === "web" || file.language.family === "view") note(company, file);
    companies.set(name, company);
  }
  return files.map((file) => (isOpen(file) ? joined(file, companies.get(packageOf(file.file.path))) : file));
}

function isOpen({ language, score, file }: FileScore): boolean {
  return language.family === "web" && Math.abs(score) < UNSURE && !COMPONENTS.test(file.path);
}

function note(company: Company, file: FileScore): void {
  if (file.kind === "tests") {
    const told = findCodeSignals(parsePatch(file.file.patch).slice(0, 300), file.language.family).reduce(
      (total, { weight }) => total + weight,
      0,
    );
    if (told >= SURE) company.servers++;
    else if (told <= -SURE) company.components++;
  } else if (file.score >= SURE) company.servers++;
  else if (COMPONENTS.test(file.file.path) || (file.score <= -SURE - 1 && file.score > DISMISSED && file.language.family === "web"))
    company.components++;
}

function joined(file: FileScore, company: Company | undefined): FileScore {
  const components = company?.components ?? 0;
  const servers = (company?.servers ?? 0) - (file.score >= SURE ? 1 : 0);
  if (components > 0 === servers > 0) return file;
  const signal: Signal =
    components > 0
      ? { group: "counter", signal: "changed with components of its package", weight: AMONG_COMPONENTS, path: file.file.path }
      : { group: "path", signal: "changed with server code of its package", weight: AMONG_SERVERS, path: file.file.path };
  const signals = [...file.signals, signal];
  return { ...file, signals, score: sum(signals) };
}

/** "apps/web" of a monorepo, "frontend" of a repository with folders per part, "" of a repository that is one package. */
function packageOf(path: string): string {
  const [first = "", second = "", third] = path.split("/");
  if (PACKAGES_FOLDER.test(first) && third !== undefined) return `${first}/${second}`;
  return second === "" || first === "src" ? "" : first;
}
