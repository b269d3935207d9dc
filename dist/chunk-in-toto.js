const require_digest = require("./chunk-digest.js");
const require_run = require("./chunk-run.js");
// src/formats/in-toto.ts
/** Payload type of a DSSE envelope that holds a statement. */
const IN_TOTO_PAYLOAD = "application/vnd.in-toto+json";
const STATEMENT_V1 = "https://in-toto.io/Statement/v1";
/** Pieces are gathered up to this many UTF-16 units before they become bytes. */
const BATCH_UNITS = 262144;
const STATEMENT_TYPES = ["https://in-toto.io/Statement/v0.1", STATEMENT_V1];
/** Most subjects of one statement: GitHub's own limit. */
const MAX_SUBJECTS = 1024;
/**
* Reads an in-toto statement.
*
* @returns what is wrong with it, as text, when it is none
* @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
*/
function statementIn(payload) {
	const value = require_run.jsonObjectOf(require_run.jsonInUtf8(payload));
	if (value === void 0) return "the payload is no JSON object";
	const { _type: type, subject, predicateType, predicate } = value;
	if (typeof type !== "string" || !STATEMENT_TYPES.includes(type)) return `the payload is of type ${shown(type)}, expected an in-toto statement`;
	if (typeof predicateType !== "string") return "the statement has no predicate type";
	const body = require_run.jsonObjectOf(predicate ?? {});
	if (body === void 0) return "the predicate is no JSON object";
	if (!Array.isArray(subject)) return "the statement has no list of subjects";
	if (subject.length > 1024) return `the statement has ${subject.length} subjects, expected at most ${MAX_SUBJECTS}`;
	return {
		subjects: subject.map(subjectIn),
		predicateType,
		predicate: body
	};
}
function subjectIn(value) {
	const { name, digest } = require_run.jsonObjectOf(value) ?? {};
	const digests = Object.entries(require_run.jsonObjectOf(digest) ?? {}).flatMap(([algorithm, hex]) => typeof hex === "string" ? require_digest.digestFromHex(algorithm, hex) ?? [] : []);
	return {
		name: typeof name === "string" ? name : "",
		digests
	};
}
/** A value of somebody else's in a message, short. */
function shown(value) {
	return typeof value === "string" ? `"${value.slice(0, 100)}"` : "unknown";
}
/**
* Holds a statement to one file.
*
* @returns what differs, as text; nothing when the statement is about this file and no other
*/
function subjectMismatch({ subjects }, { isName, name, digest }) {
	const [subject, ...more] = subjects;
	if (subject === void 0 || more.length > 0) return `it is about ${subjects.length} subjects, expected one`;
	if (!isName(subject.name)) return `it is about ${shown(subject.name)}, expected "${name}"`;
	const [only] = subject.digests.filter(({ algorithm }) => algorithm === digest.algorithm);
	if (only === void 0) return `it states no ${digest.algorithm.toUpperCase()} of its subject`;
	if (only.hex === digest.hex) return void 0;
	return `it is about the bytes ${digest.algorithm}:${only.hex}, expected ${digest.algorithm}:${digest.hex}`;
}
/**
* Predicate types of SBOMs, without a version of their formats: cosign's verifiers accept only these.
*
* @see https://github.com/in-toto/attestation/blob/main/spec/predicates/spdx.md
* @see https://github.com/in-toto/attestation/blob/main/spec/predicates/cyclonedx.md
*/
const SBOM_PREDICATES = {
	spdx: "https://spdx.dev/Document",
	cyclonedx: "https://cyclonedx.org/bom"
};
/** Predicate type of an image's signature, as cosign 3 writes it. */
const COSIGN_SIGN = "https://sigstore.dev/cosign/sign/v1";
/**
* Writes an in-toto statement as it is signed. Its length is what the caller holds against the limits of places that
* it is brought to.
*
* @param subjects at least one, at most {@link MAX_SUBJECTS}
* @param predicate JSON text of an object, in pieces; it is not parsed
* @returns JSON, UTF-8
* @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
*/
function renderStatement(subjects, predicateType, predicate) {
	if (subjects.length === 0 || subjects.length > 1024) throw new Error(`A statement about ${subjects.length} subjects`);
	return rendered({
		subject: subjects.map(({ name, digest }) => ({
			name,
			digest: digestSetOf(digest)
		})),
		predicateType
	}, predicate);
}
/**
* Writes the statement that is the signature of an image: as cosign 3 writes it, its subject has no name.
*
* @returns JSON, UTF-8
* @see https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md
*/
function renderImageSignature(image) {
	return rendered({
		subject: [{ digest: digestSetOf(image) }],
		predicateType: COSIGN_SIGN
	}, ["{}"]);
}
function rendered(head, predicate) {
	const start = JSON.stringify({
		_type: STATEMENT_V1,
		...head
	}).slice(0, -1);
	const parts = [];
	let text = `${start},"predicate":`;
	for (const chunk of predicate) {
		text += chunk;
		if (text.length < BATCH_UNITS) continue;
		const end = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
		parts.push(Buffer.from(text.slice(0, end)));
		text = text.slice(end);
	}
	parts.push(Buffer.from(`${text}}`));
	return Buffer.concat(parts);
}
/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md */
function digestSetOf({ algorithm, hex }) {
	return { [algorithm]: hex };
}
Object.defineProperty(exports, "COSIGN_SIGN", {
	enumerable: true,
	get: function() {
		return COSIGN_SIGN;
	}
});
Object.defineProperty(exports, "IN_TOTO_PAYLOAD", {
	enumerable: true,
	get: function() {
		return IN_TOTO_PAYLOAD;
	}
});
Object.defineProperty(exports, "MAX_SUBJECTS", {
	enumerable: true,
	get: function() {
		return MAX_SUBJECTS;
	}
});
Object.defineProperty(exports, "SBOM_PREDICATES", {
	enumerable: true,
	get: function() {
		return SBOM_PREDICATES;
	}
});
Object.defineProperty(exports, "renderImageSignature", {
	enumerable: true,
	get: function() {
		return renderImageSignature;
	}
});
Object.defineProperty(exports, "renderStatement", {
	enumerable: true,
	get: function() {
		return renderStatement;
	}
});
Object.defineProperty(exports, "statementIn", {
	enumerable: true,
	get: function() {
		return statementIn;
	}
});
Object.defineProperty(exports, "subjectMismatch", {
	enumerable: true,
	get: function() {
		return subjectMismatch;
	}
});
