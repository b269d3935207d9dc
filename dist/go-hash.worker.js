require("./chunk-rolldown-runtime.js");
const require_go_dirhash = require("./chunk-go-dirhash.js");
const require_errors = require("./chunk-errors.js");
let node_worker_threads = require("node:worker_threads");
// src/services/go-proxy/go-hash.worker.ts
/** Entry of a worker thread: hashes one module zip for each message. */
function main() {
	node_worker_threads.parentPort?.on("message", (job) => say(answerTo(job)));
	say({ ready: true });
}
function say(answer) {
	node_worker_threads.parentPort?.postMessage(answer, []);
}
function answerTo({ zip, prefix }) {
	try {
		return { digest: require_go_dirhash.h1OfModuleZip(zip, prefix) };
	} catch (error) {
		if (!(error instanceof require_errors.ServiceError)) throw error;
		const { message, remedy, reason = message } = error;
		return { fault: {
			code: error.code === "SERVICE_LIMIT_EXCEEDED" ? "SERVICE_LIMIT_EXCEEDED" : "SERVICE_RESPONSE_INVALID",
			message,
			remedy,
			reason
		} };
	}
}
main();
