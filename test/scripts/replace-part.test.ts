import { expect, it } from "vitest";
import { replacePart } from "../../scripts/replace-part.ts";

const document = "a\n<!-- generated:x -->\nold\n<!-- /generated:x -->\nb\n";

it("replaces what stands between the markers, and gives the same when done again", () => {
  const once = replacePart(document, "x", "new\n");
  expect(once).toBe("a\n<!-- generated:x -->\n\nnew\n\n<!-- /generated:x -->\nb\n");
  expect(replacePart(once, "x", "new\n")).toBe(once);
});

it("takes the text as it is", () => {
  expect(replacePart(document, "x", "$& $1 $$")).toContain("\n$& $1 $$\n");
});

it.each([
  ["no start", "old <!-- /generated:x -->"],
  ["no end", "<!-- generated:x --> old"],
  ["the wrong order", "<!-- /generated:x --> old <!-- generated:x -->"],
  ["two starts", `<!-- generated:x -->${document}`],
  ["another name", document.replaceAll(":x", ":y")],
])("refuses a document with %s", (_, text) => {
  expect(() => replacePart(text, "x", "new")).toThrow(/expected "<!-- generated:x -->"/);
});
