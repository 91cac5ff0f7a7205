import { afterEach } from "vitest";
import { refuseViolations } from "./github/conformance/violations.ts";

// What reaches the stand-in for GitHub, and what it answers and delivers, is as GitHub describes its API, or the test fails.
afterEach(() => refuseViolations());
