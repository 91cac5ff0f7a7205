import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Problem } from "../../../rule.ts";
import { accessOf, isPublicPath, mentionsIdentity } from "../../../syntax/access-checks.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { isFunction, unwrap } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CallExpression } = ts.SyntaxKind;

/** A router put under a path: `app.use("/orders", requireUser, orders)`. */
interface Mount {
  readonly call: ts.CallExpression;
  readonly path: ts.Node;
  readonly at: string;
  readonly owner: string;
  readonly between: readonly ts.Node[];
  readonly router: ts.Node;
}

/** What is mounted and is no router of one's own: files, parsers, pages about the service. */
const NO_ROUTER =
  /static|swagger|serve|docs?\b|proxy|health|metrics|auth|login|sign|session|oauth|webhook|public|cors|json|urlencoded|limit|graphql|trpc|upload|favicon|error|notFound|logger|helmet|csp|bull|board|verif|guard/i;

/** Routers mounted with nothing in front where the others of the same application stand behind a check. */
export function findOpenMounts(file: SourceFacts): readonly Problem[] {
  const mounts = file.callsNamed("use").flatMap((call) => mountOf(call, file));
  if (mounts.length < 3) return [];
  return [...new Set(mounts.map((m) => m.owner))].flatMap((owner): readonly Problem[] => {
    const siblings = mounts.filter((m) => m.owner === owner);
    const guarded = siblings.filter((m) => m.between.some((node) => accessOf(node, file) === "checks"));
    const open = siblings.filter((m) => isOpen(m, guarded, file));
    const check = guarded[0]?.between.find((node) => accessOf(node, file) === "checks");
    if (guarded.length < 2 || open.length > guarded.length / 2 || !check) return [];
    return open.map((mount) => ({
      node: mount.path,
      alsoTouches: [mount.call],
      severity: "advisory",
      message: `${guarded.length} of ${siblings.length} routers mounted here stand behind \`${check.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 50)}\` or its like; what is under \`${mount.at}\` stands behind nothing. Guards inside it were not followed.`,
    }));
  });
}

function mountOf(call: ts.CallExpression, file: SourceFacts): readonly Mount[] {
  const receiver = receiverOf(call);
  const [path, ...rest] = call.arguments;
  const router = rest.at(-1);
  const at = path ? stringOf(path) : null;
  if (
    !receiver ||
    !path ||
    !router ||
    at === null ||
    !at.startsWith("/") ||
    isFunction(unwrap(router)) ||
    accessOf(router, file) === "checks"
  )
    return [];
  return [{ call, path, at, owner: receiver.getText(file.sourceFile), between: rest.slice(0, -1), router }];
}

function isOpen(mount: Mount, guarded: readonly Mount[], file: SourceFacts): boolean {
  const { router } = mount;
  if (guarded.includes(mount) || isPublicPath(mount.at) || mount.between.some((node) => accessOf(node, file) !== "plain")) return false;
  const text = router.getText(file.sourceFile).slice(0, 200);
  if (NO_ROUTER.test(text) || NO_ROUTER.test(mount.at) || guarded.some((other) => other.router.getText(file.sourceFile) === text))
    return false;
  return !isGuardedBefore(mount, file) && !asksInside(router, file);
}

/** Opens a session for whoever comes, and turns nobody away. */
const OPENS_SESSION = /^(?:passport\.(?:initialize|session)|(?:express|cookie)?[sS]ession)\(/;

/** `app.use(requireUser)`, or `app.use("/api", requireUser)` for what is mounted below it, on the way there. */
function isGuardedBefore(mount: Mount, file: SourceFacts): boolean {
  return file.callsNamed("use").some((call) => {
    if (call.pos >= mount.call.pos || receiverOf(call)?.getText(file.sourceFile) !== mount.owner) return false;
    const prefix = stringOf(call.arguments[0]);
    const given = prefix === null ? [...call.arguments] : call.arguments.slice(1);
    const checks = given.filter((node) => !OPENS_SESSION.test(node.getText(file.sourceFile)));
    const isAbove = prefix === null || mount.at.startsWith(prefix.replace(/\/?\*.*$/, ""));
    return isAbove && checks.some((node) => accessOf(node, file) === "checks" || (prefix === null && accessOf(node, file) === "unknown"));
  });
}

/** The router is at hand, in this file or another, and speaks of the caller. */
function asksInside(router: ts.Node, file: SourceFacts): boolean {
  const e = unwrap(router);
  const root = isPropertyAccessExpression(e) ? unwrap(e.expression) : isCallExpression(e) ? unwrap(e.expression) : e;
  if (!isIdentifier(root)) return true;
  const imported = file.imports.get(root.text);
  if (!imported) return declarationOf(root) === null || mentionsOwnCheck(root, file);
  if (!/^[.@~#]/.test(imported.from)) return true;
  const foreign = file.repository.exportOf(file.path, imported.from, imported.name);
  return foreign !== null && mentionsIdentity(foreign.file.sourceFile);
}

/** `orders.use(requireUser)`, or a check on one of its own routes. */
function mentionsOwnCheck(router: ts.Identifier, file: SourceFacts): boolean {
  return file.nodes(CallExpression).some((node) => {
    if (!isCallExpression(node) || receiverOf(node)?.getText(file.sourceFile) !== router.text) return false;
    return node.arguments.some((argument) => accessOf(argument, file) === "checks");
  });
}
