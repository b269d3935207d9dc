const require_digest = require("./chunk-digest.js");
const require_run = require("./chunk-run.js");
const require_yaml_tree = require("./chunk-yaml-tree.js");
// src/formats/vendor-lock.ts
/** Names of the lock of a vendored folder, which lies in that folder. */
const VENDOR_LOCKS = ["vendor.lock.yaml", "vendor.lock.yml"];
/** Largest lock, in bytes. YAML is slow to read where somebody means it to be: some seconds for this much. */
const MAX_VENDOR_LOCK_BYTES = 262144;
/** What minisign calls the signature of a file. */
const SIGNATURE_SUFFIX = ".minisig";
const MAX_FILES = 2e3;
const MAX_BUILD_KEYS = 100;
const MAX_CHARS = 1e3;
/** Forms of texts; schema/vendor-lock-v1.schema.json has the same. */
const NAME = {
	pattern: /^[A-Za-z0-9][\w.+-]*(?:\/[A-Za-z0-9][\w.+-]*)*$/,
	expected: "the name of what is vendored",
	most: MAX_CHARS
};
const VERSION = {
	pattern: /^[\w.+~:-]+$/,
	expected: "a version in quotes",
	most: MAX_CHARS
};
const BUILD_KEY = /^build_[a-z0-9]+(?:_[a-z0-9]+)*$/;
/**
* Parses the lock of a vendored folder. Everything that is wrong is said at once, each with its line.
*
* @see docs/vendor-lock.md
*/
function parseVendorLock(text) {
	const root = require_yaml_tree.readYaml(text);
	if (!("kind" in root)) return root;
	const reading = { faults: [] };
	const lock = readLock(reading, root);
	return lock === void 0 || reading.faults.length > 0 ? reading.faults : lock;
}
/**
* What a vendored folder is called in documents. One file is identified by its bytes too.
*
* @see https://github.com/package-url/purl-spec/blob/main/types-doc/generic-definition.md
*/
function vendorPurl({ name, version, files }) {
	const [only, second] = files;
	const checksum = only && !second ? require_digest.renderDigest(only.digest) : "";
	return require_run.purlOf("generic", name, version, { checksum });
}
function readLock(reading, node) {
	const [facts, rest] = buildApart(node);
	const fields = require_run.readMap(reading, {
		name: "",
		node: rest
	}, {
		name: true,
		version: true,
		pubkey: false,
		license: false,
		file: false,
		sha256: false,
		signature: false,
		files: false
	});
	const name = fields.name && require_run.readForm(reading, fields.name, NAME);
	const version = fields.version && require_run.readForm(reading, fields.version, VERSION);
	const key = fields.pubkey && readKey(reading, fields.pubkey);
	const license = fields.license && require_run.readText(reading, fields.license, {
		expected: "a licence, such as \"MIT\"",
		most: MAX_CHARS
	});
	const build = readBuild(reading, facts);
	const files = readFiles(reading, fields, {
		node: rest,
		name
	});
	if (name === void 0 || version === void 0 || files.length === 0) return void 0;
	return {
		name,
		version,
		...key && { key },
		...license !== void 0 && { license },
		files: files.toSorted((a, b) => a.path < b.path ? -1 : 1),
		build
	};
}
/** The keys that begin with `build_` are free; all others are known. */
function buildApart(node) {
	if (node.kind !== "map") return [[], node];
	return [node.entries.filter(isFact).map(({ key, value }) => ({
		name: key,
		node: value
	})), {
		...node,
		entries: node.entries.filter((entry) => !isFact(entry))
	}];
}
function isFact({ key }) {
	return key.startsWith("build_");
}
function readBuild(reading, facts) {
	const [first] = facts;
	if (first && facts.length > MAX_BUILD_KEYS) {
		const message = `there are ${facts.length} keys that begin with "build_", expected at most ${MAX_BUILD_KEYS}`;
		reading.faults.push({
			line: first.node.line,
			message
		});
		return [];
	}
	return facts.flatMap((fact) => {
		if (!BUILD_KEY.test(fact.name)) {
			const message = `unknown key ${JSON.stringify(fact.name)}, expected one such as "build_image"`;
			reading.faults.push({
				line: fact.node.line,
				message
			});
			return [];
		}
		const value = require_run.readText(reading, fact, {
			expected: "a text in quotes",
			most: MAX_CHARS
		});
		return value === void 0 ? [] : [{
			key: fact.name,
			value
		}];
	}).toSorted((a, b) => a.key < b.key ? -1 : 1);
}
function readKey(reading, placed) {
	const expected = "a public key of minisign, such as \"RWQ…\"";
	const text = require_run.readText(reading, placed, {
		expected,
		most: MAX_CHARS
	});
	if (text === void 0) return void 0;
	const key = require_run.parseMinisignKey(text);
	if (typeof key !== "string") return {
		...key,
		line: placed.node.line
	};
	const message = `"${placed.name}" is ${key}, expected ${expected}`;
	reading.faults.push({
		line: placed.node.line,
		message
	});
}
/** One file in fields of the lock itself, or any number in `files`. */
function readFiles(reading, fields, { node, name }) {
	const { files, file, sha256, signature } = fields;
	if (!files) {
		if (!sha256) {
			const message = "the file has neither \"sha256\" nor \"files\"";
			if (node.kind === "map") reading.faults.push({
				line: node.line,
				message
			});
			return [];
		}
		return fileOf(reading, file ? readPath(reading, file) : name, {
			sha256,
			signature,
			line: (file ?? sha256).node.line
		});
	}
	const double = file ?? sha256 ?? signature;
	if (double) require_run.refuse(reading, double, "this in an entry of \"files\", where that is there");
	const listed = require_run.readList(reading, files, MAX_FILES);
	if (files.node.kind === "list" && files.node.items.length === 0) require_run.refuse(reading, files, "at least one file");
	const seen = /* @__PURE__ */ new Set();
	return listed.flatMap((item) => {
		const entry = require_run.readMap(reading, item, {
			path: true,
			sha256: true,
			signature: false
		});
		const path = entry.path && readPath(reading, entry.path);
		if (path !== void 0 && entry.path && seen.has(path)) require_run.refuse(reading, entry.path, "each file once");
		if (path !== void 0) seen.add(path);
		return fileOf(reading, path, {
			...entry,
			line: item.node.line
		});
	});
}
function fileOf(reading, path, { sha256, signature, line }) {
	const expected = "a SHA-256 in hex, in quotes";
	const hex = sha256 && require_run.readText(reading, sha256, {
		expected,
		most: MAX_CHARS
	});
	const digest = hex === void 0 ? void 0 : require_digest.digestFromHex("sha256", hex);
	if (hex !== void 0 && sha256 && !digest) require_run.refuse(reading, sha256, expected);
	const place = signature && readPath(reading, signature);
	if (path === void 0 || !digest) return [];
	return [{
		path,
		digest,
		...place !== void 0 && { signature: place },
		line
	}];
}
/** A place inside of the folder: nothing that leaves it, on any platform. */
function readPath(reading, placed) {
	const expected = "a path inside of the folder, with \"/\"";
	const path = require_run.readText(reading, placed, {
		expected,
		most: MAX_CHARS
	});
	if (path === void 0) return void 0;
	const parts = path.split("/");
	return /[\\:\0-\x1f\x7f]/.test(path) || parts.some((part) => [
		"",
		".",
		".."
	].includes(part) || part.toLowerCase() === ".git") || parts.length === 1 && VENDOR_LOCKS.includes(path) ? require_run.refuse(reading, placed, expected) : path;
}
Object.defineProperty(exports, "MAX_VENDOR_LOCK_BYTES", {
	enumerable: true,
	get: function() {
		return MAX_VENDOR_LOCK_BYTES;
	}
});
Object.defineProperty(exports, "SIGNATURE_SUFFIX", {
	enumerable: true,
	get: function() {
		return SIGNATURE_SUFFIX;
	}
});
Object.defineProperty(exports, "VENDOR_LOCKS", {
	enumerable: true,
	get: function() {
		return VENDOR_LOCKS;
	}
});
Object.defineProperty(exports, "parseVendorLock", {
	enumerable: true,
	get: function() {
		return parseVendorLock;
	}
});
Object.defineProperty(exports, "vendorPurl", {
	enumerable: true,
	get: function() {
		return vendorPurl;
	}
});
