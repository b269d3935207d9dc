// src/model/digest.ts
/**
* Hash functions a lockfile may name, with the length of their hex form in characters.
* `h1` is Go's directory hash: SHA-256 over a list of file hashes, never the hash of one file.
*/
const HEX_LENGTHS = {
	md5: 32,
	sha1: 40,
	sha224: 56,
	sha256: 64,
	h1: 64,
	sha384: 96,
	sha512: 128
};
/** Weakest first. `md5` and `sha1` are collidable: they pin bytes against accidents only. */
const STRENGTH = [
	"md5",
	"sha1",
	"sha224",
	"sha256",
	"h1",
	"sha384",
	"sha512"
];
/**
* Makes a digest of a value in hex, as Python's and Cargo's locks write it.
*
* @returns nothing when the algorithm is unknown, or the value is not hex of that algorithm's length
*/
function digestFromHex(algorithm, hex) {
	if (!isDigestAlgorithm(algorithm) || hex.length !== HEX_LENGTHS[algorithm]) return void 0;
	return /^[0-9a-f]+$/i.test(hex) ? {
		algorithm,
		hex: hex.toLowerCase()
	} : void 0;
}
/**
* Makes a digest of a value in standard base64, as npm's and Go's locks write it.
*
* @returns nothing when the algorithm is unknown, or the value is not that many bytes in base64
*/
function digestFromBase64(algorithm, base64) {
	if (!isDigestAlgorithm(algorithm) || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return void 0;
	const hex = Buffer.from(base64, "base64").toString("hex");
	return hex.length === HEX_LENGTHS[algorithm] ? {
		algorithm,
		hex
	} : void 0;
}
/**
* Parses a Subresource Integrity value such as `sha512-oQ==`, the form npm, pnpm and Yarn write.
*
* @param sri one or more hashes separated by spaces; options after `?` are ignored
* @returns every hash we know, strongest first; empty when there is none
* @see https://www.w3.org/TR/2016/REC-SRI-20160623/#the-integrity-attribute
*/
function digestsFromSri(sri) {
	const digests = [];
	for (const part of sri.trim().split(/\s+/)) {
		const dash = part.indexOf("-");
		const base64 = part.slice(dash + 1).split("?", 1)[0] ?? "";
		const digest = dash > 0 ? digestFromBase64(part.slice(0, dash), base64) : void 0;
		if (digest !== void 0 && digest.algorithm !== "h1") digests.push(digest);
	}
	return digests.sort(byStrength);
}
/**
* The digests that decide whether bytes match: all of the strongest algorithm present.
* A weaker one beside them proves nothing more, and must not be able to save a mismatch.
*/
function strongestOf(digests) {
	if (digests.length < 2) return digests;
	const [first] = [...digests].sort(byStrength);
	return digests.filter((digest) => digest.algorithm === first?.algorithm);
}
/** Whether different bytes with the same digest can be made: it pins bytes against accidents only. */
function isCollidable(digest) {
	return digest?.algorithm === "md5" || digest?.algorithm === "sha1";
}
/** Strongest first, then by value: the order in which documents list digests. */
function byStrength(a, b) {
	const strength = STRENGTH.indexOf(b.algorithm) - STRENGTH.indexOf(a.algorithm);
	return strength === 0 ? a.hex < b.hex ? -1 : a.hex > b.hex ? 1 : 0 : strength;
}
/** `sha256:ab12…`, the form messages show; Go's `h1` in base64, the form in which go.sum has it. */
function renderDigest({ algorithm, hex }) {
	return `${algorithm}:${algorithm === "h1" ? Buffer.from(hex, "hex").toString("base64") : hex}`;
}
function isDigestAlgorithm(name) {
	return Object.hasOwn(HEX_LENGTHS, name);
}
Object.defineProperty(exports, "byStrength", {
	enumerable: true,
	get: function() {
		return byStrength;
	}
});
Object.defineProperty(exports, "digestFromBase64", {
	enumerable: true,
	get: function() {
		return digestFromBase64;
	}
});
Object.defineProperty(exports, "digestFromHex", {
	enumerable: true,
	get: function() {
		return digestFromHex;
	}
});
Object.defineProperty(exports, "digestsFromSri", {
	enumerable: true,
	get: function() {
		return digestsFromSri;
	}
});
Object.defineProperty(exports, "isCollidable", {
	enumerable: true,
	get: function() {
		return isCollidable;
	}
});
Object.defineProperty(exports, "renderDigest", {
	enumerable: true,
	get: function() {
		return renderDigest;
	}
});
Object.defineProperty(exports, "strongestOf", {
	enumerable: true,
	get: function() {
		return strongestOf;
	}
});
