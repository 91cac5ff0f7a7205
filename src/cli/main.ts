#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything else is loaded: parsing the compiler behind the rules is most of a short run.
enableCompileCache();
if (process.argv[2] === "inspect") (await import("./with-inspector.ts")).warmInspector(); // it loads while the command does
const { runCommandLine } = await import("./run-command-line.ts");
await runCommandLine();
