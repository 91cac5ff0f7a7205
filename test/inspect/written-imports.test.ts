import { expect, test } from "vitest";
import { writtenImports } from "../../src/inspect/written-imports.ts";

test.each([
  ["an import", 'import a from "x";', ' from "x"\n'],
  ["another kind of quotation mark", "import a from 'x';", " from 'x'\n"],
  ["require", 'const a = require("x");', ' require("x"\n'],
  ["the first characters of a text", 'from "x"', 'from "x"\n'],
  ["several, imports first", 'require("a"); from "b"', ' from "b"\nrequire("a"\n'],
  ["a name that runs over lines", 'from "x\ny"', 'from "x\ny"\n'],
  ["a name that ends at the other mark", "from \"x'", "from \"x'\n"],
])("keeps what names a module: %s", (_, text, expected) => {
  expect(writtenImports(text)).toBe(expected);
});

test.each([
  ["no name", "from here; require(x)"],
  ["no end", 'from "x'],
  ["nothing", ""],
])("leaves the rest out: %s", (_, text) => {
  expect(writtenImports(text)).toBe("");
});
