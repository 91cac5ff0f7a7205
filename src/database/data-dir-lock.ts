import { createHash } from "node:crypto";
import { open, readFile, realpath, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

/** A held lock. */
export interface DataDirLock {
  release(): Promise<void>;
}

/** The directory is in use by another process. The message names it, in one line for the operator. */
export class DataDirInUseError extends Error {
  override readonly name = "DataDirInUseError";
  constructor(dataDir: string) {
    super(`the data directory ${dataDir} is in use by another process: stop that one, or set DATA_DIR to another directory`);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/**
 * Holds an abstract unix socket named after the directory (Linux): the kernel frees it when the process
 * dies, however it dies. Seen only within one network namespace: two containers that share a volume are not kept apart.
 */
async function lockBySocket(realDir: string): Promise<DataDirLock> {
  // Device and inode, because one directory can be reached by several mount points.
  const { dev, ino } = await stat(realDir);
  const name = createHash("sha256").update(`${dev}:${ino}:${realDir}`).digest("hex");
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ path: `\0backend-reliability-enforcer-${name}` }, resolve);
  }).catch((error: unknown) => {
    throw hasCode(error, "EADDRINUSE") ? new DataDirInUseError(realDir) : error;
  });
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/**
 * Holds a file with our process id. A file left by a process that no longer lives is taken over.
 * For systems without abstract sockets.
 */
export async function lockByFile(realDir: string): Promise<DataDirLock> {
  const path = join(realDir, "process.lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
    const holder = Number(await readFile(path, "utf8").catch(() => ""));
    if (!Number.isInteger(holder) || holder <= 0 || isAlive(holder)) break;
    await rm(path, { force: true });
  }
  throw new DataDirInUseError(realDir);
}

/**
 * Locks an existing data directory against every other process of this machine, and against a second opening
 * in this one. Throws `DataDirInUseError` when it is taken.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const realDir = await realpath(dataDir);
  return process.platform === "linux" ? lockBySocket(realDir) : lockByFile(realDir);
}
