import type { ts } from "ts-morph";
import type { Problem } from "../../../rule.ts";
import { isOwnerName, isPublicPath, mentionsIdentity } from "../../../syntax/access-checks.ts";
import { contains } from "../../../syntax/functions.ts";
import { isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Route } from "../../../syntax/route.ts";

/** tRPC: an open procedure that changes data among protected ones. Being open is said in its name, so this only asks. */
export function ofProcedures(routes: readonly Route[]): readonly Problem[] {
  const procedures = routes.filter((route) => route.framework === "trpc");
  const closed = procedures.filter((route) =>
    /protect|auth|private|admin|member|user|session|secure|workspace|team|org/i.test(route.owner),
  );
  if (closed.length < 2) return [];
  return procedures.flatMap((route): readonly Problem[] => {
    if (!closed.includes(route) && route.handler && readsMaybeCaller(route.handler))
      return [
        {
          node: route.anchor,
          severity: "advisory",
          message: `\`${route.path}\` asks for rows by a session that \`${route.owner}\` does not ask for; ${closed.length} of ${procedures.length} procedures here are \`${closed[0]?.owner ?? ""}\`.`,
        },
      ];
    if (
      closed.includes(route) ||
      route.method !== "MUTATION" ||
      !route.handler ||
      mentionsIdentity(route.handler) ||
      isPublicPath(route.path)
    )
      return [];
    if (
      /sign|login|register|forgot|reset|verify|contact|subscribe|track|public|vote|submit/i.test(route.path) ||
      closed.length <= procedures.length - closed.length
    )
      return [];
    const name = closed[0]?.owner ?? "";
    return [
      {
        node: route.anchor,
        severity: "advisory",
        message: `\`${route.path}\` changes data as \`${route.owner}\`, for anyone; ${closed.length} of ${procedures.length} procedures here are \`${name}\`.`,
      },
    ];
  });
}

/** `where: { teamId: ctx.session?.teamId }`: the tenant of whoever is signed in, should anyone be. */
function readsMaybeCaller(handler: ts.Node): boolean {
  return contains(
    handler,
    (n) =>
      isPropertyAccessExpression(n) &&
      n.questionDotToken !== undefined &&
      isOwnerName(n.name.text.replace(/^active|^current/, "")) &&
      /^ctx\.(?:session|user)$/.test(n.expression.getText()),
    true,
  );
}
