require("./chunk-rolldown-runtime.js");
const require_errors = require("./chunk-errors.js");
const require_registry_defaults = require("./chunk-registry-defaults.js");
const require_sigstore_tuf = require("./chunk-sigstore-tuf.js");
// src/services/sigstore-targets.ts
/** Longest time, in milliseconds, that is spent on newer material. */
const REFRESH_MS = 1e4;
/** All that signatures of dependencies are held to. */
const TARGETS = [require_registry_defaults.TRUSTED_ROOT_TARGET, require_registry_defaults.NPM_KEYS_TARGET];
/**
* The newest trust material of Sigstore's public-good instance: from its TUF repository, else what came with
* Assay. A repository that cannot be reached, or serves anything that does not verify, changes nothing.
*/
async function sigstoreTargets({ http, now, log }, signal) {
	const seed = await require_sigstore_tuf.sigstoreSeed();
	const source = {
		http,
		repository: seed.repository,
		root: seed.root,
		now: now(),
		signal: AbortSignal.any([signal, AbortSignal.timeout(REFRESH_MS)])
	};
	try {
		const found = await require_sigstore_tuf.tufTargets(source, TARGETS);
		return {
			asOf: now().toISOString().slice(0, 10),
			target: (path) => found.get(path)
		};
	} catch (error) {
		log.debug(`Sigstore's TUF repository: ${require_errors.messageOf(error)}`);
		const reason = error instanceof require_errors.ServiceError ? error.reason ?? error.message : require_errors.messageOf(error);
		const host = new URL(seed.repository).host;
		return {
			asOf: seed.takenAt,
			frozen: `${host}: ${reason}`,
			target: (path) => seed.target(path)
		};
	}
}
exports.sigstoreTargets = sigstoreTargets;
