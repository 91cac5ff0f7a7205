import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import n from "eslint-plugin-n";
import promise from "eslint-plugin-promise";
import security from "eslint-plugin-security";
import sonarjs from "eslint-plugin-sonarjs";

// node bench/eslint/lint.mjs FOLDER: the rules of ESLint and its plugins that ask what ours ask, over every TypeScript and JavaScript
// file of a folder, without types. Prints files, rules and findings as JSON.

const words = (text) => text.trim().split(/\s+/);
const names = [
  ...words(`no-empty no-throw-literal no-async-promise-executor no-unsafe-finally no-promise-executor-return require-atomic-updates
    no-console no-eval no-implied-eval no-new-func prefer-promise-reject-errors no-await-in-loop no-unsafe-optional-chaining`),
  ...words(`detect-unsafe-regex detect-non-literal-regexp detect-non-literal-require detect-non-literal-fs-filename
    detect-eval-with-expression detect-pseudoRandomBytes detect-possible-timing-attacks detect-no-csrf-before-method-override
    detect-buffer-noassert detect-child-process detect-disable-mustache-escape detect-object-injection detect-new-buffer
    detect-bidi-characters`).map((name) => `security/${name}`),
  ...words(`catch-or-return always-return no-return-wrap no-nesting no-promise-in-callback no-callback-in-promise no-multiple-resolved
    no-return-in-finally param-names no-new-statics valid-params`).map((name) => `promise/${name}`),
  ...words("handle-callback-err no-process-exit no-callback-literal no-deprecated-api prefer-promises/fs").map((name) => `n/${name}`),
  ...words(`no-hardcoded-passwords no-hardcoded-secrets hardcoded-secret-signatures sql-queries insecure-cookie cookie-no-httponly
    pseudo-random os-command code-eval hashing weak-ssl no-weak-keys no-weak-cipher unverified-certificate unverified-hostname
    encryption-secure-mode insecure-jwt-token no-clear-text-protocols confidential-information-logging cors csrf file-uploads
    content-length session-regeneration dynamically-constructed-templates no-ignored-exceptions no-useless-catch no-try-promise
    no-unthrown-error slow-regex production-debug disabled-timeout no-hardcoded-ip xml-parser-xxe no-async-constructor
    publicly-writable-directories file-permissions x-powered-by strict-transport-security no-unsafe-unzip
    disabled-auto-escaping`).map((name) => `sonarjs/${name}`),
];
const folder = process.argv[2] ?? ".";
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
const eslint = new ESLint({
  cwd: folder,
  allowInlineConfig: false,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ["**/*.{ts,mts,cts,js,mjs,cjs}"],
      languageOptions: { parser },
      plugins: { n, promise, security, sonarjs },
      rules: Object.fromEntries(names.map((name) => [name, "warn"])),
    },
  ],
});
const results = await eslint.lintFiles(files);
const findings = results.reduce((sum, { messages }) => sum + messages.length, 0);
process.stdout.write(JSON.stringify({ files: results.length, rules: names.length, findings }));
