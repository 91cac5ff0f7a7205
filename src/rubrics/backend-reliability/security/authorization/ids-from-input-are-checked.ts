import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { isOwnerName } from "../../../syntax/access-checks.ts";
import { contains, enclosingFunction, isFunction, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import { requestHandlerAround } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Ids of other rows taken from the request and stored as links. */
export const idsFromInputAreChecked: Rule = {
  id: "ids-from-input-are-checked",
  requirement: "authorization",
  severity: "advisory",
  title: "Rows that a request links to belong to the caller",
  why: "A link to another tenant's row shows it, changes it or notifies its people.",
  fix: "Select the rows by these ids and the caller's tenant first; refuse when fewer come back.",
  source: "OWASP API Security Top 10, API1 Broken Object Level Authorization; CWE-639",
  examples: {
    bad: `app.post("/groups", async (req, res) => {
  const tenantId = req.user.tenantId;
  const group = await db.insert(groups).values({ name: req.body.name, tenantId });
  await db.insert(groupDevices).values(req.body.deviceIds.map((deviceId) => ({ groupId: group.id, deviceId })));
  res.json(group);
});
`,
    good: `app.post("/groups", async (req, res) => {
  const tenantId = req.user.tenantId;
  await assertOwned(req.body.deviceIds, tenantId);
  const group = await db.insert(groups).values({ name: req.body.name, tenantId });
  await db.insert(groupDevices).values(req.body.deviceIds.map((deviceId) => ({ groupId: group.id, deviceId })));
  res.json(group);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["values", "createMany", "insertMany", "bulkCreate"],
    look: (node, file) => {
      const problem = isCallExpression(node) ? problemOf(node, file) : null;
      return problem ? [problem] : [];
    },
  },
};

function problemOf(call: ts.CallExpression, file: SourceFacts): Problem | null {
  if (!/^(?:values|createMany|insertMany|bulkCreate)$/.test(calleeName(call))) return null;
  const list = mappedList(call);
  if (!list || !nameOf(list).endsWith("Ids")) return null;
  const flow = inputIn(list, file);
  const handler = flow && (requestHandlerAround(call, file) ?? outermost(call));
  if (!flow || !handler || !knowsTenant(handler) || isLookedUp(nameOf(list), handler, call)) return null;
  return {
    node: list,
    alsoTouches: [call],
    message: `\`${list.getText(file.sourceFile)}\` from the request are stored as links and nothing in this function looks up whose they are; checks in other files were not followed.`,
  };
}

function outermost(node: ts.Node): FunctionWithBody | null {
  let outer = enclosingFunction(node);
  for (let up = outer; up; up = enclosingFunction(up)) outer = up;
  return outer;
}

/** `ids` of `values(ids.map((id) => ({...})))` and `createMany({ data: ids.map(...) })`. */
function mappedList(call: ts.CallExpression): ts.Node | null {
  const argument = call.arguments[0] && unwrap(call.arguments[0]);
  if (!argument) return null;
  if (isObjectLiteralExpression(argument)) {
    const data = argument.properties.find((p) => p.name && nameText(p.name) === "data");
    return data && isPropertyAssignment(data) ? mapReceiver(unwrap(data.initializer)) : null;
  }
  return mapReceiver(argument);
}

function mapReceiver(e: ts.Node): ts.Node | null {
  return isCallExpression(e) && calleeName(e) === "map" ? receiverOf(e) : null;
}

function nameOf(node: ts.Node): string {
  const e = unwrap(node);
  return isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
}

function knowsTenant(handler: FunctionWithBody): boolean {
  return contains(handler, (n) => isIdentifier(n) && isOwnerName(n.text), true);
}

/** The list is handed to any call other than the mapping before the write. */
function isLookedUp(name: string, handler: FunctionWithBody, before: ts.Node): boolean {
  return contains(
    handler,
    (n) => {
      if (!isCallExpression(n) || n.pos >= before.pos) return false;
      return n.arguments.some(
        (a) =>
          !isFunction(unwrap(a)) &&
          contains(a, (inner) => isIdentifier(inner) && inner.text === name, true) &&
          !contains(n, (inner) => inner === before, true),
      );
    },
    true,
  );
}
