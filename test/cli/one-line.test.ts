import { expect, it } from "vitest";
import { oneLine } from "../../src/cli/one-line.ts";

it.each([
  ["plain words", "plain words"],
  ["two\nlines\r\n", "two lines"],
  ["\u001b[31mred\u001b[0m\u0007", "[31mred [0m"],
  ["a\u202eb\u2066c\u2028d\u200be", "a b c d e"],
  ["lone \ud800 half", "lone \ufffd half"],
  ["x".repeat(700), `${"x".repeat(600)}...`],
])("makes %j one line that a terminal only prints", (message, line) => {
  expect(oneLine(message)).toBe(line);
});
