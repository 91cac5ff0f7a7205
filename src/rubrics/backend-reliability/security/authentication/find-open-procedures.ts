import type { Problem } from "../../../rule.ts";
import { isPublicPath, mentionsIdentity } from "../../../syntax/access-checks.ts";
import type { Route } from "../../../syntax/route.ts";

/** tRPC: an open procedure that changes data among protected ones. Being open is said in its name, so this only asks. */
export function ofProcedures(routes: readonly Route[]): readonly Problem[] {
  const procedures = routes.filter((route) => route.framework === "trpc");
  const closed = procedures.filter((route) =>
    /protect|auth|private|admin|member|user|session|secure|workspace|team|org/i.test(route.owner),
  );
  if (closed.length < 2) return [];
  return procedures.flatMap((route): readonly Problem[] => {
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
