#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything else is loaded: parsing the compiler behind the rules is most of a short run.
enableCompileCache();
const { runCommandLine } = await import("./run-command-line.ts");
await runCommandLine();
