import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStatement,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import { isOwnerName } from "../../../syntax/access-checks.ts";
import { nameText } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import type { Rule } from "../../../rule.ts";
import { lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Decides whether the caller may. */
const DECIDES =
  /^(?:assert|check|ensure|verify|require|validate|authorize|throwIf|throwUnless|can|may|has|is|enforce|guard|get|find|with|user)_?\w{0,30}(?:Access|Permissions?|Permitted|Owners?(?:hip)?|Member(?:ship)?|Roles?|Admin|Moderator|Allowed|Authori[sz]ed|Authori[sz]ation|Scopes?|Entitle\w*|Polic(?:y|ies)|Abilit(?:y|ies)|Belongs\w*|Rights?|Privileges?|Forbidden)(?![a-z])\w{0,30}$|^(?:authori[sz]e\w{0,20}|(?:assert|ensure|check|require|verify|throwIf)Can\w{2,40}|can[A-Z]\w{2,40}|enforce|isOwn\w*|isForeign\w*|throwPermissionError|FORBIDDEN|Forbidden\w*|AccessDenied\w*|NotAllowed\w*|(?:admin|owner|member|permission|workspace|team|org)\w*Procedure)$/i;
const WHOSE = /^(?:role|roles|permissions?|isAdmin|isOwner|scopes?)$/;

const isWord = (node: ts.Node): boolean => {
  if (isNumericLiteral(node)) return node.text === "403";
  if (!isIdentifier(node)) return isStringLiteralLike(node) && node.text === "FORBIDDEN";
  return DECIDES.test(node.text) || ((isOwnerName(node.text) || WHOSE.test(node.text)) && (isCompared(node) || isInCondition(node)));
};

/** `row.ownerId !== user.id`. */
function isCompared(name: ts.Identifier): boolean {
  let side: ts.Node = name;
  while (isPropertyAccessExpression(side.parent) && (side.parent.name === side || side.parent.expression === side)) side = side.parent;
  return isBinaryExpression(side.parent) && /^[!=]==?$/.test(side.parent.operatorToken.getText());
}

/** `where: { id, ownerId }`, `eq(rows.ownerId, user.id)`, `findOne({ id, ownerId })`. */
function isInCondition(name: ts.Identifier): boolean {
  const up = name.parent;
  if (isPropertyAccessExpression(up)) return isCallExpression(up.parent) && /^(?:eq|inArray|ne)$/.test(calleeName(up.parent));
  if (!((isPropertyAssignment(up) && up.name === name) || isShorthandPropertyAssignment(up))) return false;
  for (let outer: ts.Node = up.parent; outer; outer = outer.parent) {
    if (isPropertyAssignment(outer) && /^(?:where|filter|query|some|AND|is)$/.test(nameText(outer.name))) return true;
    if (isCallExpression(outer)) return /^(?:find|get|delete|update|remove|count|where|destroy)/.test(calleeName(outer));
    if (isStatement(outer)) return false;
  }
  return false;
}

/** A change that takes the question whether the caller may from work that is still done. */
export const checkOfRightsIsKept: Rule = {
  id: "check-of-rights-is-kept",
  requirement: "authorization",
  severity: "advisory",
  title: "What asked whether the caller may still asks",
  why: "The work goes on without the question: whoever knows an id reads or changes what is not theirs.",
  fix: "Put the check or the owner in the condition back, or say in the pull request where it is asked now.",
  source: "OWASP API Security Top 10, API1 and API5; CWE-862, CWE-639",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { albums } from "./albums.ts";
import { assertOwner } from "./rights.ts";
export async function renameAlbum(user, id, name) {
  const album = await albums.find(id);
  await assertOwner(user, album); // removed
  return albums.update(id, { name });
}
`,
    good: `import { albums } from "./albums.ts";
import { assertEditor, assertOwner } from "./rights.ts";
export async function renameAlbum(user, id, name) {
  const album = await albums.find(id);
  await assertOwner(user, album); // removed
  await assertEditor(user, album, "assertEditorRole"); // added
  await assertEditorAccess(user); // added
  return albums.update(id, { name });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: what asked whether the caller may no longer does. A check elsewhere was not followed.`,
      })),
  },
};
