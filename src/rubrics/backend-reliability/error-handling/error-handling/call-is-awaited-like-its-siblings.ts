import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionLike,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calledFunction, calleeText } from "../../../syntax/async-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, isAsync, isPromiseFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { perFile } from "../../../syntax/per-file.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { waitsAnywhere } from "../../../syntax/promise-names.ts";

const { AwaitExpression, CallExpression, EqualsToken, Identifier } = ts.SyntaxKind;

/** Owners whose members answer at once, and members that only build, prepare or listen. */
const IMMEDIATE_OWNER =
  /^(?:res|response|reply|req|request|ctx|c|console|log|logger|process|path|Math|JSON|Object|Array|Number|String|Date|Buffer|crypto|_|z|t|i18n|map|set|params|headers|url|config|env|app|router|socket|ws|io|knex|qb|query|sql|moment|dayjs|cache|events?|emitter)$|(?:Map|Set|Cache|Builder|Query|Params|Headers|Config|Options|Logger|Emitter|Url|Date|Schema|Utils?|Helpers?)$/;
const BUILDS =
  /^(?:select|from|where|query|prepare|builder|table|model|collection|create\w*(?:Builder|Client|Stream|Writer|Reader|Context|Hash|Hmac|Logger)|with|use|on|once|off|emit|add\w*Listener|get(?:Repository|Collection|Table|Model|Client|Connection|Logger|Context|Instance|Config|Manager|Queue|Stream|Writer|Reader|Options|Name|Id|Key|Path|Url|Type)|child|bind|is\w*|has\w*|to\w*|as\w*|format\w*|parse\w*|build\w*|make\w*|map\w*|generate\w*|repository|aggregate|find|findBy|cursor|watch|stream|pipeline|multi|batch)$/;
/** Members that give a promise in every driver that has them. */
const ALWAYS =
  /^(?:findOne|findOneAndUpdate|findOneAndDelete|countDocuments|insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|findByPk|findUnique)$/;

/** One call among several of an object that ask about the same thing and are awaited, or one branch of several that all fill the same variable. */
export const callIsAwaitedLikeItsSiblings: Rule = {
  id: "call-is-awaited-like-its-siblings",
  requirement: "error-handling",
  severity: "advisory",
  title: "A call is awaited where its siblings are",
  why: "The one that is not leaves a promise where everyone reads a value: it prints as `[object Promise]`, and its rejection is unhandled.",
  fix: "Write `await` before the call, as before the others.",
  source: "https://typescript-eslint.io/rules/no-floating-promises/",
  examples: {
    bad: `export async function describe(id) {
  const name = await files.name(id);
  const size = await files.size(id);
  const expiry = files.expiry(id);
  return render({ name, size, expiry });
}
`,
    good: `export async function describe(id) {
  const name = await files.name(id);
  const size = await files.size(id);
  const expiry = await files.expiry(id);
  return render({ name, size, expiry });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.VariableDeclaration, ts.SyntaxKind.BinaryExpression],
    when: waitsAnywhere,
    look: (node, file) => {
      if (isVariableDeclaration(node)) return declared(node, file);
      return isBinaryExpression(node) && isExpressionStatement(node.parent) ? branched(node, file) : [];
    },
  },
};

function declared(node: ts.VariableDeclaration, file: SourceFacts): readonly Problem[] {
  const call = node.initializer;
  if (!call || !isCallExpression(call) || !isIdentifier(node.name)) return [];
  const around = enclosingFunction(node);
  const awaits = around && isAsync(around) ? awaitedIn(file).get(around) : undefined;
  const name = calleeName(call);
  if (!around || !awaits || BUILDS.test(name)) return [];
  const owner = ownerText(call, file);
  const awaited = owner === null ? undefined : awaits.get(owner);
  if (owner === null || !awaited || isKnownSync(call, file)) return [];
  const isAlike = ALWAYS.test(name) ? awaited.length > 0 : awaited.filter((text) => text === argumentText(call, file)).length >= 2;
  if (!isAlike || isDroppedElsewhere(call, owner, around, file) || isHeldAsPromise(node, node.name, file)) return [];
  return [
    {
      node: call,
      message: `\`${calleeText(call, file)}(...)\` is not awaited, and the other calls of \`${owner}\` in this function are: if it gives a promise, \`${node.name.text}\` is that promise.`,
    },
  ];
}

/** `x = this.getOne()` in one branch and `x = await this.getTwo()` in another of the same condition. */
function branched(node: ts.BinaryExpression, file: SourceFacts): readonly Problem[] {
  const { left, right } = node;
  if (node.operatorToken.kind !== EqualsToken || !isIdentifier(left) || !isCallExpression(right)) return [];
  const around = enclosingFunction(node);
  const receiver = receiverOf(right);
  const verb = /^[a-z]+/.exec(calleeName(right))?.[0];
  if (!around || !isAsync(around) || !receiver || verb === undefined || isKnownSync(right, file)) return [];
  const chain = conditionAround(node);
  const declaration = declarationOf(left);
  if (!chain || !declaration || !isVariableDeclaration(declaration)) return [];
  const owner = receiver.getText(file.sourceFile);
  const sibling = file.nodes(AwaitExpression).some((each) => {
    const up = each.parent;
    const call = unwrap(each);
    return (
      isBinaryExpression(up) &&
      up.right === each &&
      isIdentifier(up.left) &&
      up.left.text === left.text &&
      conditionAround(up) === chain &&
      isCallExpression(call) &&
      receiverOf(call)?.getText(file.sourceFile) === owner &&
      calleeName(call).startsWith(verb)
    );
  });
  return sibling && !isHeldAsPromise(declaration, left, file)
    ? [
        {
          node: right,
          message: `\`${left.text}\` is given what \`${calleeText(right, file)}(...)\` answers without \`await\`; the other branches wait.`,
        },
      ]
    : [];
}

/** The outermost if of the chain of branches that a node stands in. */
function conditionAround(node: ts.Node): ts.IfStatement | null {
  let found: ts.IfStatement | null = null;
  for (let up: ts.Node | undefined = node.parent; up && !isFunctionLike(up); up = up.parent) {
    if (isIfStatement(up)) found = up;
    else if (found && !isBlock(up)) break;
    else if (found && !isIfStatement(up.parent)) break;
  }
  return found;
}

/** The receiver of a call that is made of names and may be remote; null for the others. */
function ownerText(call: ts.CallExpression, file: SourceFacts): string | null {
  const receiver = receiverOf(call);
  const e = receiver ? unwrap(receiver) : null;
  if (!e || (!isIdentifier(e) && !isPropertyAccessExpression(e))) return null;
  const last = isIdentifier(e) ? e.text : e.name.text;
  return IMMEDIATE_OWNER.test(last) ? null : e.getText(file.sourceFile);
}

/** The function is at hand and gives no promise. */
function isKnownSync(call: ts.CallExpression, file: SourceFacts): boolean {
  const fn = calledFunction(call, file);
  return fn !== null && !isPromiseFunction(fn) && fn.type !== undefined;
}

function argumentText(call: ts.CallExpression, file: SourceFacts): string {
  return call.arguments.map((argument) => argument.getText(file.sourceFile)).join(", ");
}

/** The calls of each owner that a function awaits, as the texts of their arguments. */
const awaitedIn = perFile((file): ReadonlyMap<ts.Node, ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<ts.Node, Map<string, readonly string[]>>();
  for (const node of file.nodes(AwaitExpression)) {
    const call = isAwaitExpression(node) ? unwrap(node.expression) : node;
    const around = enclosingFunction(node);
    const owner = isCallExpression(call) ? ownerText(call, file) : null;
    if (!around || owner === null || !isCallExpression(call)) continue;
    const owners = found.get(around) ?? new Map<string, readonly string[]>();
    found.set(around, owners.set(owner, [...(owners.get(owner) ?? []), argumentText(call, file)]));
  }
  return found;
});

/** Another call of the owner in the same function is not awaited either: then that is how it is used. */
function isDroppedElsewhere(call: ts.CallExpression, owner: string, around: FunctionWithBody, file: SourceFacts): boolean {
  return file.nodes(CallExpression).some((other) => {
    if (other === call || !isCallExpression(other) || other.pos < around.pos || other.end > around.end) return false;
    return ownerText(other, file) === owner && !isAwaitExpression(other.parent) && enclosingFunction(other) === around;
  });
}

/** Somewhere the variable is awaited, chained, returned, collected or handed on as a promise. */
function isHeldAsPromise(declaration: ts.VariableDeclaration, name: ts.Identifier, file: SourceFacts): boolean {
  return file.nodes(Identifier).some((n) => {
    if (!isIdentifier(n) || n.text !== name.text || n === declaration.name || declarationOf(n) !== declaration) return false;
    const up = n.parent;
    return (
      isAwaitExpression(up) ||
      isReturnStatement(up) ||
      isArrayLiteralExpression(up) ||
      (isPropertyAccessExpression(up) &&
        up.expression === n &&
        /^(?:then|catch|finally|on|once|pipe|cancel|abort|where|limit|sort|select|populate)$/.test(up.name.text)) ||
      (isCallExpression(up) && /^(?:push|all|allSettled|race|any|resolve|waitUntil|after|from|settle)$/.test(calleeName(up)))
    );
  });
}
