import { runChaosCommand } from "./support/chaos-command.ts";

// node bench/embedded.ts [the arguments of bench/chaos.ts]
// The storm of bench/chaos.ts on the embedded database: one process that does everything, killed every few seconds.
await runChaosCommand("embedded", "embedded-results.jsonl");
