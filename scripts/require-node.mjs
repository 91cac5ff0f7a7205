// Runs before every npm script that starts TypeScript: one clear line instead of a syntax error under an old Node.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: expected 24 or newer. It comes with "npm ci" (package node); if its install script was blocked, run "npm rebuild node".\n`,
  );
  process.exit(1);
}
