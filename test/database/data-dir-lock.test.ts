import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataDirInUseError, lockByFile, lockDataDir } from "../../src/database/data-dir-lock.ts";

/** Beyond the largest process id of Linux, so that no process has it. */
const NO_PROCESS = 4_194_305;

describe("data directory lock", () => {
  let directory = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "enforcer-lock-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it.each([
    ["of this system", lockDataDir],
    ["by a file", lockByFile],
  ])("%s is held once, and free again after its release", async (_kind, lock) => {
    const held = await lock(directory);
    await expect(lock(directory)).rejects.toThrow(DataDirInUseError);
    await held.release();
    await (await lock(directory)).release();
  });

  it("sees through a symbolic link", async () => {
    const link = `${directory}-link`;
    await symlink(directory, link);
    const held = await lockDataDir(directory);
    await expect(lockDataDir(link)).rejects.toThrow(directory);
    await held.release();
    await rm(link);
  });

  it("keeps directories apart", async () => {
    const held = await lockDataDir(directory);
    await (await lockDataDir(tmpdir())).release();
    await held.release();
  });

  it("by a file takes over from a process that died", async () => {
    await writeFile(join(directory, "process.lock"), String(NO_PROCESS));
    await (await lockByFile(directory)).release();
  });

  it("by a file does not take over what it cannot read", async () => {
    await writeFile(join(directory, "process.lock"), "");
    await expect(lockByFile(directory)).rejects.toThrow(DataDirInUseError);
  });
});
