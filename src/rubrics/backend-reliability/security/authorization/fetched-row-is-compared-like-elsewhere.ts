import { ts } from "ts-morph";
import { isBinaryExpression, isCallExpression, isIdentifier, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { isOwnerName } from "../../../syntax/access-checks.ts";
import { contains, unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const CALLER = /\b(?:session|user|auth|ctx|context|req|request|locals|c)\b.*\b\w*(?:id|Id|ID|tenant|organization|workspace|team)\w*$/;
/** Calls that may hold the check. */
const CHECKS =
  /^(?:check|assert|ensure|verify|require|validate|authorize|can|has|is|enforce)[A-Z]?\w*|access|permission|owner|belong|forbid|policy/i;
const CHANGES = /^(?:POST|PUT|PATCH|DELETE|MUTATION)$/;

interface Handler {
  readonly route: Route;
  /** Function that fetched a row by an id of the request: `findServerById`. */
  readonly fetches: readonly ts.CallExpression[];
  /** The owner's name in a comparison with the caller: `organizationId`. */
  readonly compares: string | null;
}

/** A handler that takes a row by its id without the comparison that the other handlers make. */
export const fetchedRowIsComparedLikeElsewhere: Rule = {
  id: "fetched-row-is-compared-like-elsewhere",
  requirement: "authorization",
  severity: "advisory",
  title: "A row that is fetched by id is compared with its caller, as the other handlers do",
  why: "One handler without the comparison gives every tenant's rows to every other tenant.",
  fix: "Compare the row's owner with the caller's before anything else is done with it, or fetch it by both.",
  source: "OWASP API Security Top 10, API1 Broken Object Level Authorization; CWE-639",
  needsWholeFile: true,
  examples: {
    bad: `import { Router } from "express";
export const boards = Router();
boards.get("/boards/:id", async (req, res) => {
  const board = await findBoard(req.params.id);
  if (board.workspaceId !== req.user.workspaceId) return res.status(404).end();
  res.json(board);
});
boards.put("/boards/:id", async (req, res) => {
  const board = await findBoard(req.params.id);
  if (board.workspaceId !== req.user.workspaceId) return res.status(404).end();
  res.json(await rename(board, req.body.name));
});
boards.delete("/boards/:id", async (req, res) => {
  const board = await findBoard(req.params.id);
  await remove(board);
  res.status(204).end();
});
`,
    good: `import { Router } from "express";
export const boards = Router();
boards.get("/boards/:id", async (req, res) => {
  const board = await findBoard(req.params.id);
  if (board.workspaceId !== req.user.workspaceId) return res.status(404).end();
  res.json(board);
});
boards.put("/boards/:id", async (req, res) => {
  const board = await findBoard(req.params.id);
  if (board.workspaceId !== req.user.workspaceId) return res.status(404).end();
  res.json(await rename(board, req.body.name));
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasRoutes,
    look: (_node, file) => {
      if (routesOf(file).length < 3) return [];
      const handlers = routesOf(file).flatMap((route) => (route.handler ? [handlerOf(route, file)] : []));
      const checked = handlers.filter((h) => h.compares !== null && h.fetches.length > 0);
      if (checked.length < 2) return [];
      return handlers.flatMap((h) => problemsOf(h, checked, file));
    },
  },
};

function problemsOf(handler: Handler, checked: readonly Handler[], file: SourceFacts): readonly Problem[] {
  if (handler.compares !== null || !handler.route.handler) return [];
  const mine = handler.fetches.find((call) => likeThis(call, checked, file).length >= 2);
  if (!mine || speaksOfOwner(handler.route, file)) return [];
  const others = likeThis(mine, checked, file);
  if (!CHANGES.test(handler.route.method) && others.length < 3) return [];
  const owner = others[0]?.compares ?? "";
  return [
    {
      node: mine,
      alsoTouches: [handler.route.anchor],
      message: `What \`${calleeName(mine)}\` gives for the caller's id is used as it comes; ${others.length} other handlers here compare its \`${owner}\` with the caller's. Checks in other files were not followed.`,
    },
  ];
}

/** The handlers that fetch by the same function and compare. */
function likeThis(call: ts.CallExpression, checked: readonly Handler[], file: SourceFacts): readonly Handler[] {
  const name = call.expression.getText(file.sourceFile);
  return checked.filter((h) => h.fetches.some((other) => other.expression.getText(file.sourceFile) === name));
}

function handlerOf(route: Route, file: SourceFacts): Handler {
  const fetches: ts.CallExpression[] = [];
  let compares: string | null = null;
  if (route.handler)
    contains(
      route.handler,
      (n) => {
        if (isCallExpression(n) && isFetchByInput(n, file)) fetches.push(n);
        if (isBinaryExpression(n) && /^[!=]==?$/.test(n.operatorToken.getText())) compares ??= ownerCompared(n, file);
        return false;
      },
      true,
    );
  return { route, fetches, compares };
}

function isFetchByInput(call: ts.CallExpression, file: SourceFacts): boolean {
  if (!/^(?:find|get|fetch|load|read)[A-Z]?\w*$/.test(calleeName(call)) || call.arguments.length !== 1) return false;
  const argument = unwrap(call.arguments[0] ?? call);
  const name = isPropertyAccessExpression(argument) ? argument.name.text : isIdentifier(argument) ? argument.text : "";
  return /id$/i.test(name) && inputIn(argument, file) !== null;
}

/** `organizationId` of `server.organizationId !== ctx.session.activeOrganizationId`. */
function ownerCompared(node: ts.BinaryExpression, file: SourceFacts): string | null {
  const sides = [unwrap(node.left), unwrap(node.right)];
  for (const side of sides) {
    const other = sides.find((s) => s !== side);
    if (!other || !isPropertyAccessExpression(side) || !isOwnerName(side.name.text)) continue;
    if (CALLER.test(other.getText(file.sourceFile))) return side.name.text;
  }
  return null;
}

/** Something in the handler, or on the way to it, may make the same check by another name. */
function speaksOfOwner(route: Route, file: SourceFacts): boolean {
  if (!route.handler) return true;
  return contains(
    route.handler,
    (n) =>
      (isCallExpression(n) &&
        CHECKS.test(calleeName(n)) &&
        n.arguments.some((a) => /\b(?:ctx|req|user|session|auth)\b/.test(a.getText(file.sourceFile)))) ||
      (isIdentifier(n) && /(?:organi[sz]ation|workspace|team|tenant|user|owner|project)Id$/i.test(n.text) && !/^ownerId$/.test(n.text)),
    true,
  );
}
