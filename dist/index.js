require("./chunk-rolldown-runtime.js");
const require_old_node = require("./chunk-old-node.js");
// src/index.ts
/** Entry on a runner. */
async function main() {
	const old = require_old_node.whyTooOld(process.versions.node, "runners have it from version 2.334 on; in a clone, `npm start` brings it");
	if (old !== void 0) {
		process.stdout.write(`::error title=Assay::${old}\n`);
		process.exitCode = 2;
		return;
	}
	const { onRunner } = await Promise.resolve().then(() => require("./chunk-on-runner.js"));
	process.exitCode = await onRunner(Object.freeze({ ...process.env }));
}
main();
