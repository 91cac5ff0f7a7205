import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";

import { buffer } from "node:stream/consumers";
import { BadInput } from "../fetch/bad-input.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is none",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
  EPERM: "it may not be read",
};

function explain(error: unknown, path: string, option: string): unknown {
  if (error instanceof BadInput || !(error instanceof Error)) return error;
  const reason = ("code" in error && REASONS[String(error.code)]) || error.message;
  return new BadInput(`${option} ${JSON.stringify(path)}: expected a file that can be read: ${reason}`, { cause: error });
}

async function readBytes(path: string, option: string, maxBytes: number): Promise<Buffer> {
  try {
    if (path === "-") return await buffer(process.stdin);
    const { size } = await stat(path);
    if (size > maxBytes) throw new BadInput(`${option} ${JSON.stringify(path)}: expected at most ${maxBytes} bytes, found ${size}`);
    return await readFile(path);
  } catch (error) {
    throw explain(error, path, option);
  }
}

/**
 * Reads a text file, or stdin for "-", without a leading byte order mark. Throws BadInput, naming the option,
 * when it cannot be read, is over `maxBytes` or is not UTF-8.
 */
export async function readText(path: string, option: string, maxBytes: number): Promise<string> {
  const bytes = await readBytes(path, option, maxBytes);
  if (bytes.byteLength > maxBytes) throw new BadInput(`${option} ${JSON.stringify(path)}: expected at most ${maxBytes} bytes`);
  if (!isUtf8(bytes)) throw new BadInput(`${option} ${JSON.stringify(path)}: expected UTF-8 text`);
  return new TextDecoder().decode(bytes);
}

/** Reads a file, or stdin for "-", piece by piece. Throws BadInput, naming the option, when it cannot be read. */
export async function* readChunks(path: string, option: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of path === "-" ? process.stdin : createReadStream(path)) yield chunk;
  } catch (error) {
    throw explain(error, path, option);
  }
}
