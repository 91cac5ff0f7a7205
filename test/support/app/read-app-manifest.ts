import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

const manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});

/** What the app is registered with: the permissions and events of app.yml. */
export async function readAppManifest() {
  const text = await readFile(new URL("../../../app.yml", import.meta.url), "utf8");
  const { default_permissions: permissions, default_events: events } = manifest.parse(parse(text));
  return { permissions, events };
}
