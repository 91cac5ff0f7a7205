import { writeFileSync } from "node:fs";

// Preloaded into a process that is measured: leaves the most memory that it ever held, in kilobytes, in the file that it is told.
const file = process.env["BENCH_MEMORY_FILE"];
if (file) process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
