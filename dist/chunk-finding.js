let node_crypto = require("node:crypto");
// src/model/finding.ts
/** Worst first. */
const SEVERITIES = [
	"critical",
	"high",
	"medium",
	"low",
	"info"
];
/** A finding with its rule's severity and a fingerprint. */
function findingOf(rule, given) {
	const locations = given.locations ?? [];
	const identity = JSON.stringify([
		rule.id,
		given.subject,
		locations[0]?.path ?? ""
	]);
	return {
		rule,
		severity: rule.severity,
		confidence: given.confidence ?? "high",
		subject: given.subject,
		message: given.message,
		locations,
		evidence: given.evidence ?? [],
		fingerprint: (0, node_crypto.createHash)("sha256").update(identity).digest("hex").slice(0, 32)
	};
}
function bySeverity(a, b) {
	return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}
Object.defineProperty(exports, "SEVERITIES", {
	enumerable: true,
	get: function() {
		return SEVERITIES;
	}
});
Object.defineProperty(exports, "bySeverity", {
	enumerable: true,
	get: function() {
		return bySeverity;
	}
});
Object.defineProperty(exports, "findingOf", {
	enumerable: true,
	get: function() {
		return findingOf;
	}
});
