import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isNewExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeName, originOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Upload parsers that take files of any size unless told otherwise, and the option that tells them. formidable (200 MB) and @fastify/multipart (1 MB) have defaults. */
const PARSERS: Readonly<Record<string, { readonly option: string; readonly inner: string }>> = {
  multer: { option: "limits", inner: "fileSize" },
  "@koa/multer": { option: "limits", inner: "fileSize" },
  busboy: { option: "limits", inner: "fileSize" },
  "@fastify/busboy": { option: "limits", inner: "fileSize" },
  "express-fileupload": { option: "limits", inner: "fileSize" },
};

/** An upload parser without a limit on the size of a file. */
export const uploadHasASizeLimit: Rule = {
  id: "upload-has-a-size-limit",
  requirement: "input-validation",
  severity: "blocking",
  title: "An upload has a size limit",
  why: "Without a limit one client fills the memory or the disk of the instance with a single request.",
  fix: "Set it where the parser is made: `multer({ limits: { fileSize: 5 * 1024 * 1024, files: 1 } })`, and answer 413 when it is exceeded.",
  source: "https://github.com/expressjs/multer#limits",
  examples: {
    bad: `import multer from "multer";
export const upload = multer({ storage: multer.memoryStorage() });
`,
    good: `import multer from "multer";
export const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 5 * 1024 * 1024 } });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
    words: Object.keys(PARSERS),
    look: (node, file) => {
      if (!isCallExpression(node) && !isNewExpression(node)) return [];
      if (!isIdentifier(node.expression) || !PARSERS[file.imports.get(node.expression.text)?.from ?? ""]) return [];
      const origin = originOf(node.expression, file);
      const parser = origin.path.length === 0 || origin.path[0] === "Busboy" ? PARSERS[origin.module ?? ""] : undefined;
      if (!parser || origin.creation || calleeName(node) === "") return [];
      const limits = propertyOf(node.arguments?.[0], parser.option);
      if (limits.state === "unknown" || /\.none\(\)/.test(file.text)) return [];
      if (limits.state === "present" && propertyOf(limits.value, parser.inner).state !== "absent") return [];
      const isMemory = origin.module === "multer" && storesInMemory(node, file);
      return [
        {
          node: node.expression,
          alsoTouches: [node],
          severity: isMemory ? "blocking" : "advisory",
          message: `\`${calleeName(node)}\` takes files of any size${isMemory ? " into memory" : ""}: \`${parser.option}.${parser.inner}\` is not set.`,
        },
      ];
    },
  },
};

function storesInMemory(node: ts.CallExpression | ts.NewExpression, file: SourceFacts): boolean {
  const options = node.arguments?.[0];
  const storage = propertyOf(options, "storage");
  if (storage.state === "absent") return propertyOf(options, "dest").state === "absent";
  if (storage.state !== "present") return false;
  const origin = originOf(storage.value, file);
  return origin.module === "multer" && origin.path.at(-1) === "memoryStorage";
}
