/** Input that a person or a program gave is wrong. The message is one line: what, where and what was expected. */
export class BadInput extends Error {
  override readonly name = "BadInput";
}
