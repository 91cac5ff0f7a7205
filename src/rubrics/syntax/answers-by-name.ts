import { ts } from "ts-morph";
import { calledFunction, calleeText, isReceiverAwaited, promiseAnswer, type PromiseAnswer } from "./async-calls.ts";
import { isFunction, unwrap } from "./functions.ts";
import { isIdentifier } from "./guards.ts";
import { remembered } from "./named-calls.ts";
import { calleeName } from "./origin.ts";
import { mayGivePromise } from "./promise-names.ts";
import type { SourceFacts } from "./source-facts.ts";

const { AwaitExpression } = ts.SyntaxKind;

/** Promises that only their library's name tells: Sequelize finders, Stripe's resources and data loaders, whose queries are not built up in steps. */
const LIBRARY_CALL =
  /(?:^|\.)models\.\w+\.(?:findAll|findOne|findByPk|findAndCountAll|findOrCreate)$|(?:^|\.)stripe\.(?:\w+\.){1,3}(?:retrieve|create|update|del|confirm|capture|cancel)$|(?:^|\.)loaders\.(?:\w+\.){0,4}load(?:Many)?$|^Promise\.(?:all|allSettled|map|mapSeries|props)$/;
/** A file call without a callback: Node's own would throw, so it is the kind that gives a promise. */
const FILE_CALL =
  /^(?:fs|fsp|fse|fsExtra|fsPromises)\.(?:readdir|readFile|stat|writeFile|mkdir|copy|move|remove|pathExists|ensureDir|emptyDir|readJson|outputFile)$/;
/** A look-up in a store whose other methods the file awaits. */
const LOOK_UP = /^(?:get|find|fetch|load|query|search|list)(?:[A-Z]|$)/;
const OWNER = /(?:Model|Repository|Repo|Dao|Store|Service|Client|Api)\.\w+$/;

/** Last names of the calls that the patterns here speak of. */
const SPEAKING = remembered((name) =>
  /^(?:findAll|findOne|findByPk|findAndCountAll|findOrCreate|retrieve|create|update|del|confirm|capture|cancel|load|loadMany|all|allSettled|map|mapSeries|props|readdir|readFile|stat|writeFile|mkdir|copy|move|remove|pathExists|ensureDir|emptyDir|readJson|outputFile|insertOne|insertMany|updateOne|updateMany|replaceOne|deleteOne|deleteMany|bulkWrite)$/.test(
    name,
  ),
);

/** false when the last name of a call already says that its answer is unknown: most calls are settled here. */
export function mayAnswer(call: ts.CallExpression, file: SourceFacts): boolean {
  const name = calleeName(call);
  return SPEAKING(name) || mayGivePromise(call, file) || (LOOK_UP.test(name) && file.nodes(AwaitExpression).length > 0);
}

/** Whether a call gives a promise: as `promiseAnswer` says, or by the name that a library or a store gives it. */
export function answerOf(call: ts.CallExpression, file: SourceFacts): PromiseAnswer {
  const text = calleeText(call, file);
  if (
    LIBRARY_CALL.test(text) ||
    (FILE_CALL.test(text) &&
      !call.arguments.some((a) => isFunction(unwrap(a)) || (isIdentifier(a) && /^(?:cb|callback|done|next)$/.test(a.text))))
  )
    return "surely";
  const answer = promiseAnswer(call, file);
  if (answer !== "unknown" || calledFunction(call, file)) return answer;
  return LOOK_UP.test(calleeName(call)) && OWNER.test(text) && isReceiverAwaited(call, file) ? "awaited-elsewhere" : "unknown";
}
