const require_run = require("./chunk-run.js");
// src/formats/slsa.ts
/** Predicate types of provenance. @see https://slsa.dev/spec/v1.1/provenance */
const SLSA_PROVENANCE = {
	v02: "https://slsa.dev/provenance/v0.2",
	v1: "https://slsa.dev/provenance/v1"
};
/** Where something was built, and by what, as its certificate says it. */
function provenanceText(signer) {
	const { repository, commit, workflow, identity, builder } = signer;
	const from = `${repository ?? "an unnamed repository"}${commit === void 0 ? "" : ` at ${commit}`}`;
	const by = builder === void 0 ? "" : `, with ${builder}`;
	return `built from ${from} by ${workflow ?? identity}${by}`;
}
/**
* Compares a predicate, which the build writes, with the certificate, which it cannot write.
*
* @returns what differs of the source, as text
*/
function provenanceMismatch(predicate, signer) {
	const { repository, commit } = sourceIn(predicate);
	if (repository !== void 0 && signer.repository !== void 0) {
		const told = repositoryIn(repository);
		if (told !== signer.repository) return `it says that ${told.slice(0, 100)} was built, its certificate says ${signer.repository}`;
	}
	if (commit !== void 0 && signer.commit !== void 0 && commit !== signer.commit) return `it says that commit ${commit.slice(0, 64)} was built, its certificate says ${signer.commit}`;
}
/** `git+https://github.com/o/r.git@refs/tags/v1` is of `https://github.com/o/r`. */
function repositoryIn(uri) {
	const plain = uri.startsWith("git+") ? uri.slice(4) : uri;
	const at = plain.indexOf("@");
	const address = at === -1 ? plain : plain.slice(0, at);
	return address.endsWith(".git") ? address.slice(0, -4) : address;
}
/** @see https://slsa.dev/spec/v1.1/provenance @see https://slsa.dev/spec/v0.2/provenance */
function sourceIn(predicate) {
	const definition = require_run.jsonObjectOf(predicate["buildDefinition"]);
	if (definition) {
		const parameters = require_run.jsonObjectOf(definition["externalParameters"]);
		const { repository } = require_run.jsonObjectOf(parameters?.["workflow"]) ?? {};
		const list = definition["resolvedDependencies"];
		const first = Array.isArray(list) ? list[0] : void 0;
		const { gitCommit } = require_run.jsonObjectOf(require_run.jsonObjectOf(first)?.["digest"]) ?? {};
		return {
			repository: textOf(repository),
			commit: textOf(gitCommit)
		};
	}
	const source = require_run.jsonObjectOf(require_run.jsonObjectOf(predicate["invocation"])?.["configSource"]);
	const { sha1 } = require_run.jsonObjectOf(source?.["digest"]) ?? {};
	return {
		repository: textOf(source?.["uri"]),
		commit: textOf(sha1)
	};
}
function textOf(value) {
	return typeof value === "string" ? value : void 0;
}
Object.defineProperty(exports, "SLSA_PROVENANCE", {
	enumerable: true,
	get: function() {
		return SLSA_PROVENANCE;
	}
});
Object.defineProperty(exports, "provenanceMismatch", {
	enumerable: true,
	get: function() {
		return provenanceMismatch;
	}
});
Object.defineProperty(exports, "provenanceText", {
	enumerable: true,
	get: function() {
		return provenanceText;
	}
});
