#!/usr/bin/env node
require("./chunk-rolldown-runtime.js");
const require_old_node = require("./chunk-old-node.js");
// src/cli.ts
/** Entry on a terminal. */
async function main() {
	const old = require_old_node.whyTooOld(process.versions.node, "in a clone, `npm start` brings it");
	if (old !== void 0) {
		process.stderr.write(`${old}\n`);
		process.exitCode = 2;
		return;
	}
	const { onTerminal } = await Promise.resolve().then(() => require("./chunk-on-terminal.js"));
	const { env, stdout: out, stderr: err } = process;
	const terminal = {
		env: Object.freeze({ ...env }),
		out,
		err
	};
	process.exitCode = await onTerminal(terminal, process.argv.slice(2), process.cwd());
}
main();
