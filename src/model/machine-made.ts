/** Characters; formatters wrap far below. */
const LONGEST_LINE = 2000;
/** What compilers, bundlers and minifiers leave in the text that they write. */
const MARKS =
  /\/\/[#@] sourceMappingURL=|\bObject\.defineProperty\(exports, ["']__esModule["']|\b__(?:webpack_require|nccwpck_require|commonJS|toESM|awaiter|importDefault|esModule)(?:__)?\b|\bvar __(?:create|defProp|getOwnPropNames)\b/;

/** true for text that a compiler, bundler or minifier wrote, by what they leave in it or by lines that nobody writes by hand. */
export function isMachineMade(text: string): boolean {
  return MARKS.test(text) || hasLongLine(text);
}

/** Minified: nobody writes lines of this length by hand. */
export function hasLongLine(text: string): boolean {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    if ((end < 0 ? text.length : end) - from > LONGEST_LINE) return true;
    if (end < 0) return false;
    from = end + 1;
  }
  return false;
}
