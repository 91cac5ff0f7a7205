import { once } from "node:events";

/** Writes to stdout and waits until the reader keeps up, so that a slow pipe bounds memory. */
export async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Ends quietly, with the exit code so far, when the reader of stdout or stderr has gone (`| head`). */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}
