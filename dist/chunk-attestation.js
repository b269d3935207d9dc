const require_in_toto = require("./chunk-in-toto.js");
const require_run = require("./chunk-run.js");
const require_distribution = require("./chunk-distribution.js");
// src/formats/python/attestation.ts
/** Most publishers of one file, and most attestations of each, that are looked at. */
const MAX_GROUPS = 10;
const MAX_ATTESTATIONS = 10;
/**
* Reads a provenance object.
*
* @returns nothing when it is none
* @see https://packaging.python.org/en/latest/specifications/index-hosted-attestations/#provenance-objects
*/
function attestationGroupsIn(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		return;
	}
	const { version, attestation_bundles: bundles } = require_run.jsonObjectOf(value) ?? {};
	if (version !== 1 || !Array.isArray(bundles)) return void 0;
	return bundles.slice(0, MAX_GROUPS).map((bundle) => {
		const { publisher, attestations } = require_run.jsonObjectOf(bundle) ?? {};
		return {
			publisher: require_run.jsonObjectOf(publisher) ?? {},
			attestations: Array.isArray(attestations) ? attestations.slice(0, MAX_ATTESTATIONS) : []
		};
	});
}
/**
* The Sigstore bundle that an attestation is, under other names.
*
* @see https://packaging.python.org/en/latest/specifications/index-hosted-attestations/#attestation-objects
*/
function bundleOfAttestation(attestation) {
	const { verification_material: material, envelope } = require_run.jsonObjectOf(attestation) ?? {};
	const { certificate, transparency_entries: entries } = require_run.jsonObjectOf(material) ?? {};
	const { statement, signature } = require_run.jsonObjectOf(envelope) ?? {};
	return {
		mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
		verificationMaterial: {
			certificate: { rawBytes: unspaced(certificate) },
			tlogEntries: entries,
			timestampVerificationData: { rfc3161Timestamps: [] }
		},
		dsseEnvelope: {
			payload: unspaced(statement),
			payloadType: require_in_toto.IN_TOTO_PAYLOAD,
			signatures: [{
				sig: unspaced(signature),
				keyid: ""
			}]
		}
	};
}
/** Some writers break base64 into lines. */
function unspaced(base64) {
	return typeof base64 === "string" ? base64.replace(/\s/g, "") : "";
}
/**
* Whether two names are of the same distribution: the spelling of project, version and tags may differ.
*
* @param project normalised name
*/
function isSameDistribution(one, other, project) {
	const [left, right] = [one, other].map((name) => require_distribution.parseDistribution(name, project));
	if (left === void 0 || right === void 0) return false;
	const [first, second] = [left, right].flatMap(({ version }) => require_distribution.parsePythonVersion(version) ?? []);
	if (!first || !second || require_distribution.comparePythonVersions(first, second) !== 0) return false;
	return kindOf(one, left) === kindOf(other, right);
}
/** What tells the files of one version apart. */
function kindOf(name, { wheel }) {
	if (wheel) return JSON.stringify([wheel.build, wheel.tags.toSorted()]);
	return /\.(?:tar\.)?[a-z0-9]+$/i.exec(name)?.[0].toLowerCase() ?? "";
}
Object.defineProperty(exports, "attestationGroupsIn", {
	enumerable: true,
	get: function() {
		return attestationGroupsIn;
	}
});
Object.defineProperty(exports, "bundleOfAttestation", {
	enumerable: true,
	get: function() {
		return bundleOfAttestation;
	}
});
Object.defineProperty(exports, "isSameDistribution", {
	enumerable: true,
	get: function() {
		return isSameDistribution;
	}
});
