import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { parsePlan } from "../../src/grade/parse-plan.ts";
import { readBlocks } from "../../src/grade/read-blocks.ts";
import { readTodos } from "../../src/grade/read-todos.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

const parse = (body: string): readonly string[] =>
  parsePlan(body, backendReliability)
    .filter((item) => item.whyNot === null)
    .map((item) => `${item.line} ${item.sections.join("+")} ${item.raw}`);

describe("headings that open a section", () => {
  test.each([
    "## Security",
    "# 🔒 Security",
    "#### 4. Security (5 items)",
    "## Section 4: Security",
    "## SECURITY ##",
    "**Security**",
    "**4. Security**:",
    "__Security__",
    "Security:",
    "Security\n--------",
    "<h3>Security</h3>",
    "<summary>Security</summary>",
    "- **Security**",
    "1. Security",
    "## Security & privacy",
    "## Security considerations",
    "## API security",
    "## Seguridad",
    "## セキュリティ",
  ])("%s", (heading) => {
    expect(parse(`${heading}\n\n- [ ] one item here\n`)).toEqual([expect.stringMatching(/^\d security one item here$/u)]);
  });
  test("a heading that joins two sections offers both", () => {
    expect(parse("## Error handling & observability\n- one item here\n")).toEqual(["2 error-handling+observability one item here"]);
  });
  test("a deeper heading stays inside, an equal one leaves", () => {
    expect(parse("## Security\n### Tokens\n- one item here\n## Screenshots\n- another thing here\n")).toEqual(["3 security one item here"]);
  });
  test("an aside below a section is not part of it, the next sub-heading is again", () => {
    expect(parse("# Security\n## Notes\n- a remark here\n## Tokens\n- one item here\n")).toEqual(["5 security one item here"]);
  });
  test("an ordinary heading that mentions a section in a sentence opens none", () => {
    expect(parse("## Why we rewrote the way the login page handles security tokens\n- one item here\n")).toEqual([]);
  });
});

describe("forms of an item", () => {
  test.each([
    ["- one item here"],
    ["* [ ] one item here"],
    ["+ [x] one item here"],
    ["1. one item here"],
    ["2) one item here"],
    ["• one item here"],
    ["- one item\n  here"],
    ["<li>one item here</li>"],
    ["| Item |\n|---|\n| one item here |"],
  ])("%s", (form) => {
    expect(parse(`## Security\n\n${form}\n`)).toEqual([expect.stringMatching(/security one item here$/u)]);
  });
  test("a table may name the section and the status in columns", () => {
    const body =
      "| Section | What | Then | Status |\n|:--|--|--|--|\n| Security | JWT RS256 | no token gets 401 | done |\n| Data Integrity | Knex | rolls back both | cancelled |\n";
    expect(parsePlan(body, backendReliability)).toMatchObject([
      { sections: ["security"], raw: "JWT RS256: no token gets 401", done: true, whyNot: null },
      { sections: ["data-integrity"], whyNot: "cancelled" },
    ]);
  });
  test("a prefix names the section where no heading does", () => {
    expect(parse("- [Security] one item here\n- Data integrity: two items here\n")).toEqual([
      "1 security one item here",
      "2 data-integrity two items here",
    ]);
  });
  test("carriage returns change nothing", () => {
    expect(parse("## Security\r\n- one item here\r\n")).toEqual(["2 security one item here"]);
  });
});

describe("what is not the author's visible word", () => {
  test.each([
    ["<!-- - one item here -->", "inside an HTML comment"],
    ["<!--\n- one item here\n-->", "inside an HTML comment"],
    ["> - one item here", "quoted"],
    ["```md\n- one item here\n```", "inside a code block"],
    ["~~~\n- one item here\n~~~", "inside a code block"],
    ["text\n\n    - one item here", "inside a code block"],
    ["<details>\n<summary></summary>\n\n- one item here\n</details>", "in a collapsed block without a title"],
    ["<del>\n\n- one item here\n\n</del>", "struck through"],
  ])("%s", (text, whyNot) => {
    expect(parsePlan(`## Security\n\n${text}\n`, backendReliability)).toMatchObject([{ whyNot }]);
  });
  test("a collapsed block with a title counts", () => {
    expect(parse("## Security\n<details>\n<summary>Five items</summary>\n\n- one item here\n</details>\n")).toHaveLength(1);
  });
  test("a comment's end is found on the same line", () => {
    expect(parse("## Security\n- one <!-- hidden --> item here\n")).toEqual(["2 security one  item here"]);
  });
});

describe("TodoWrite JSON", () => {
  const item = { content: "one item here", status: "completed", activeForm: "Doing it" };
  test.each([
    ["todos", { todos: [{ ...item, content: "[Security] one item here" }] }],
    ["a heading item", [{ content: "Security", status: "pending" }, item]],
    ["a call with its arguments", { name: "TodoWrite", input: { todos: [{ ...item, content: "Security: one item here" }] } }],
    [
      "a call with its arguments as text",
      { function: { name: "x", arguments: JSON.stringify({ todos: [{ content: "Security: one item here" }] }) } },
    ],
    ["steps of a plan", { explanation: "why", plan: [{ step: "[Security] one item here", status: "completed" }] }],
    ["lists by section", { Security: [item] }],
    ["a section field", [{ ...item, section: "Security" }]],
    ["sections with titles", { sections: [{ title: "Security", items: ["one item here"] }] }],
    ["ids and priorities", { todos: [{ id: "1", priority: "high", content: "Security: one item here", status: "in_progress" }] }],
  ])("%s", (_, value) => {
    expect(parse(`\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`)).toEqual([expect.stringMatching(/security one item here$/u)]);
  });
  test("the heading above a list gives the section", () => {
    expect(parse(`## Security\n\`\`\`json\n${JSON.stringify([item])}\n\`\`\`\n`)).toEqual(["3 security one item here"]);
  });
  test("each todo keeps its line", () => {
    const body = '```json\n{"todos": [\n  {"content": "[Security] one item here"},\n  {"content": "[Security] two items here"}\n]}\n```\n';
    expect(parse(body)).toEqual(["3 security one item here", "4 security two items here"]);
  });
  test("a call around it, trailing commas and a description that is nothing else", () => {
    expect(parse('TodoWrite({"todos": [{"content": "[Security] one item here",}]})')).toEqual([expect.stringMatching(/one item here$/u)]);
  });
  test("cancelled todos do not count, done ones are done", () => {
    expect(
      readTodos(
        JSON.stringify([
          { content: "a", status: "cancelled" },
          { content: "b", done: true },
        ]),
      ),
    ).toMatchObject([{ status: "cancelled" }, { status: "done" }]);
  });
  test("other JSON is no list", () => {
    expect(readTodos('{"port": 8080, "hosts": {"a": 1}}')).toBeNull();
    expect(readTodos("not json")).toBeNull();
  });
});

test("finds the headings and list items that a full Markdown parser finds", () => {
  const body =
    "# One\n\ntext\n\n## Two\n\n- a item\n- [x] b item\n  - c item\n\n1. d item\n2. e item\n\nThree\n=====\n\n* f item\n\n> - quoted\n\n```\n- code\n```\n";
  const root = unified().use(remarkParse).use(remarkGfm).parse(body);
  const expected = { headings: 0, items: 0 };
  const visit = (node: { type: string; children?: readonly unknown[] }): void => {
    if (node.type === "blockquote") return;
    if (node.type === "heading") expected.headings += 1;
    if (node.type === "listItem") expected.items += 1;
    for (const child of node.children ?? []) visit(child as { type: string }); // the tree's own shape
  };
  visit(root);
  const blocks = readBlocks(body);
  expect(blocks.filter((block) => block.kind === "heading").length).toBe(expected.headings);
  expect(blocks.filter((block) => block.kind === "item" && block.hiddenBy === null).length).toBe(expected.items);
});
