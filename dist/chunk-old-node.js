// src/old-node.ts
/** As `engines` of package.json says; a test holds it to that. */
const OLDEST_NODE = "24.15";
/**
* Why this Node cannot run Assay: an older one would end somewhere with a stack trace. The entries ask before
* they load anything else.
*
* @param version as `process.versions.node`
* @returns nothing when it can
*/
function whyTooOld(version, remedy) {
	const [major = 0, minor = 0] = version.split(".").map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
	if (major > oldestMajor || major === oldestMajor && minor >= oldestMinor) return void 0;
	return `Assay needs Node ${OLDEST_NODE} or newer, this is v${version}; ${remedy}`;
}
Object.defineProperty(exports, "whyTooOld", {
	enumerable: true,
	get: function() {
		return whyTooOld;
	}
});
