import { runChaosCommand } from "./support/chaos-command.ts";

// node bench/chaos.ts [--seeds 1,2,3] [--deliveries 5000] [--pulls 300] [--kill-every 8] [--results chaos-results.jsonl]
// Two processes that take webhooks and two that work, on PostgreSQL, against the stand-in for GitHub: 5% of its answers are 5xx, 2%
// never come, 1% are rate limits, all take 50 to 800 ms; one delivery in ten comes twice, one in five out of order; a process
// is killed every few seconds, and the database restarts twice. At the end every newest head and every
// commit of the merge queue has its one verdict, and no acceptance, answer or comment is lost or doubled. Quick: --seeds 1 --deliveries 500 --pulls 40. A seed in the result file is not run again.
await runChaosCommand("postgresql", "chaos-results.jsonl");
