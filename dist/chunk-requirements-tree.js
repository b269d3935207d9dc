const require_errors = require("./chunk-errors.js");
const require_digest = require("./chunk-digest.js");
const require_run = require("./chunk-run.js");
const require_distribution = require("./chunk-distribution.js");
let node_path = require("node:path");
// src/formats/go-module.ts
/** Release, pre-release and the one build tag that Go knows; no leading zeros. */
const VERSION = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+incompatible)?$/;
/** Longest module path, package path or version that we take, in characters; real ones are below 200 characters. */
const MAX_LENGTH$2 = 1e3;
/**
* Whether a module can have this path and be fetched: a host name first, and only characters that mean
* the same in a URL and on every disk.
*
* @see https://go.dev/ref/mod#go-mod-file-ident
*/
function isGoModulePath(path) {
	if (path.length > MAX_LENGTH$2) return false;
	const [host = "", ...rest] = path.split("/");
	return /^[a-z0-9.-]+$/.test(host) && host.includes(".") && !host.startsWith("-") && [host, ...rest].every((element) => /^[\w~-](?:[\w.~-]*[\w~-])?$/.test(element));
}
/**
* Whether a version is one exact version in canonical form, not a branch or a shortened one.
*
* @see https://go.dev/ref/mod#versions
*/
function isGoVersion(version) {
	return version.length <= MAX_LENGTH$2 && VERSION.test(version);
}
/**
* Orders versions as minimal version selection does: by semantic version, without the build tag.
* What is no version is lower than any.
*
* @see https://semver.org/#spec-item-11
*/
function compareGoVersions(a, b) {
	const [one, other] = [VERSION.exec(a), VERSION.exec(b)];
	if (!one || !other) return Number(one !== null) - Number(other !== null);
	for (const part of [
		1,
		2,
		3
	]) {
		const order = compareNumbers(one[part] ?? "", other[part] ?? "");
		if (order !== 0) return order;
	}
	return comparePrereleases(one[4], other[4]);
}
/**
* Writes a module path or version as proxies and checksum databases spell it, so that it survives disks
* that do not tell upper case from lower.
*
* @see https://go.dev/ref/mod#goproxy-protocol
*/
function escapeGoPath(path) {
	return path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
/** The module that holds a package: the longest of `modules` that is a prefix of its path, by whole elements. */
function moduleOfPackage(path, modules) {
	if (path.length > MAX_LENGTH$2) return void 0;
	for (let prefix = path; prefix !== ""; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
		if (modules.has(prefix)) return prefix;
		if (!prefix.includes("/")) return void 0;
	}
}
/** Digits without leading zeros, of any length. */
function compareNumbers(a, b) {
	return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
function comparePrereleases(a, b) {
	if (a === void 0 || b === void 0) return Number(a === void 0) - Number(b === void 0);
	const [ones, others] = [a.split("."), b.split(".")];
	for (const [at, one] of ones.entries()) {
		const other = others[at];
		if (other === void 0) return 1;
		const order = compareIdentifiers(one, other);
		if (order !== 0) return order;
	}
	return ones.length - others.length;
}
function compareIdentifiers(a, b) {
	const [one, other] = [/^\d+$/.test(a), /^\d+$/.test(b)];
	if (one && other) return compareNumbers(a, b);
	if (one !== other) return one ? -1 : 1;
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/formats/go-lines.ts
/**
* Punctuation, strings and identifiers; an identifier ends where a comment begins. Every alternative is
* of one character at least and none backtracks into another.
*/
const TOKEN$1 = /[()[\]{},]|"(?:[^"\\]|\\.)*"|`[^`]*`|(?!["`])(?:(?!\/[/*])[^\s\p{C}\p{Z}()[\]{},])+/uy;
const BLANKS = /[ \t\r]*/y;
/**
* Splits a go.mod or go.work file into directives, blocks undone.
*
* @throws ParseError `LOCKFILE_SYNTAX` with the line
* @see https://go.dev/ref/mod#go-mod-file-lexical
*/
function goDirectives(source) {
	const directives = [];
	let block;
	for (const [at, text] of source.text.split("\n").entries()) {
		const line = at + 1;
		const { tokens, comment } = tokensOf$1(source, text, line);
		const [first = "", ...rest] = tokens;
		if (first === "") continue;
		if (block === void 0) {
			if (tokens.at(-1) === "(") block = {
				verb: verbOfBlock(source, tokens, line),
				line
			};
			else if (tokens.length !== 3 || rest.join("") !== "()") directives.push({
				verb: first,
				args: unquoted$1(source, rest, line),
				comment,
				line
			});
		} else if (first !== ")") directives.push({
			verb: block.verb,
			args: unquoted$1(source, tokens, line),
			comment,
			line
		});
		else if (rest.length === 0) block = void 0;
		else throw goSyntaxError(source, line, `found ${show(rest[0])} behind ")", expected a line break`);
	}
	if (block) throw goSyntaxError(source, block.line, "found the end of the file, expected \")\"");
	return directives;
}
/** A refusal of a file of a Go module, at a line. */
function goSyntaxError(source, line, fault) {
	const conflict = require_run.conflictMarkerLine(source.text);
	const reason = conflict === void 0 ? fault : "found the conflict markers of an unfinished merge, expected none";
	const at = conflict ?? line;
	return new require_errors.ParseError({
		code: "LOCKFILE_SYNTAX",
		message: `Cannot parse "${source.path}" line ${at}: ${reason}`,
		remedy: source.path.endsWith(".sum") ? "Restore the file from a commit in which it was whole, then run `go mod tidy`" : "Correct the line; `go mod edit -fmt` and `go work edit -fmt` say whether the file is well-formed",
		path: source.path,
		line: at
	});
}
function tokensOf$1(source, text, line) {
	const tokens = [];
	let at = 0;
	for (;;) {
		BLANKS.lastIndex = at;
		BLANKS.exec(text);
		at = BLANKS.lastIndex;
		if (at === text.length) return {
			tokens,
			comment: ""
		};
		if (text.startsWith("//", at)) return {
			tokens,
			comment: text.slice(at + 2).trim()
		};
		TOKEN$1.lastIndex = at;
		const token = TOKEN$1.exec(text)?.[0];
		if (token === void 0) throw goSyntaxError(source, line, faultAt(text, at));
		tokens.push(token);
		at += token.length;
	}
}
function faultAt(text, at) {
	const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
	if (text.startsWith("/*", at)) return "found \"/*\", expected a comment that begins with \"//\"";
	if (char === "\"" || char === "`") return `found the end of the line, expected a closing ${char}`;
	return `found ${show(char)}, which is not allowed here`;
}
function verbOfBlock(source, tokens, line) {
	const [verb = "", ...rest] = tokens;
	if (rest.length === 1) return verb;
	throw goSyntaxError(source, line, `found a block ${show(rest[0])}, expected "${verb} ("`);
}
function unquoted$1(source, tokens, line) {
	return tokens.map((token) => {
		if (token.startsWith("`")) return token.slice(1, -1);
		if (!token.startsWith("\"")) return token;
		const text = token.slice(1, -1);
		if (/\\[^\\"]/.test(text.replaceAll("\\\\", ""))) throw goSyntaxError(source, line, `found an escape in ${show(token)}, expected \\\\ or \\"`);
		return text.replace(/\\(.)/g, "$1");
	});
}
/** Text of the file as JSON shows it: quoted, with control characters escaped. */
function show(text) {
	return JSON.stringify((text ?? "").slice(0, 100));
}
// src/formats/go-sum.ts
/**
* Parses a go.sum or go.work.sum file. Lines of another algorithm than `h1` are left out, as the go
* command leaves them out: there is none yet.
*
* @throws ParseError `LOCKFILE_SYNTAX` with the line
* @see https://go.dev/ref/mod#go-sum-files
*/
function parseGoSum(source) {
	const lines = [];
	for (const [at, text] of source.text.split("\n").entries()) {
		const fields = text.split(/[ \t\r]+/).filter((field) => field !== "");
		if (fields.length === 0) continue;
		const line = at + 1;
		const [path = "", key = "", hash = "", ...more] = fields;
		if (hash === "" || more.length > 0) throw goSyntaxError(source, line, `found ${fields.length} fields, expected 3`);
		if (!hash.startsWith("h1:")) {
			if (/^h\d+:/.test(hash)) continue;
			throw goSyntaxError(source, line, `found ${quote(hash)}, expected a hash that begins with h1:`);
		}
		const digest = require_digest.digestFromBase64("h1", hash.slice(3));
		if (digest === void 0) throw goSyntaxError(source, line, `found ${quote(hash)}, expected 32 bytes in base64`);
		const isMod = key.endsWith("/go.mod");
		const version = isMod ? key.slice(0, -7) : key;
		const location = {
			path: source.path,
			line
		};
		lines.push({
			path,
			version,
			file: isMod ? "go.mod" : "zip",
			digest,
			location
		});
	}
	return lines;
}
function quote(text) {
	return JSON.stringify(text.slice(0, 100));
}
// src/formats/line-finder.ts
/** How often a search may start again at the top of its stretch. */
const MAX_TOPS = 8;
/** Indexes the lines of a text once, when the first line is asked for. */
function textLines(text) {
	let known;
	const starts = () => known ??= lineStartsOf(text);
	const lineAt = (offset) => lineIn(starts(), offset);
	return {
		lineAt,
		finder(from, to) {
			const base = starts()[from - 1] ?? text.length;
			const end = to === void 0 ? text.length : starts()[to - 1] ?? text.length;
			let stretch;
			let cursor = 0;
			let tops = MAX_TOPS;
			return { lineOf(needle) {
				stretch ??= text.slice(base, end);
				if (needle === "" || tops < 0) return void 0;
				let at = stretch.indexOf(needle, cursor);
				if (at < 0 && tops-- > 0) at = stretch.indexOf(needle);
				if (at < 0) return void 0;
				cursor = at;
				return lineAt(base + at);
			} };
		}
	};
}
function lineStartsOf(text) {
	let count = 1;
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
	const starts = new Uint32Array(count);
	let line = 0;
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts[++line] = at + 1;
	return starts;
}
function lineIn(starts, offset) {
	let low = 0;
	let high = starts.length;
	while (low + 1 < high) {
		const middle = low + high >>> 1;
		if ((starts[middle] ?? 0) <= offset) low = middle;
		else high = middle;
	}
	return low + 1;
}
// src/formats/python/component.ts
/** OSV's name of the Python world. */
const PYPI = "PyPI";
/** The component that a lock's package is. */
function pythonComponent(found) {
	const { purl, name, version, origin, files, scope, direct, marker, dependsOn, location } = found;
	return {
		purl,
		ecosystem: PYPI,
		name,
		version,
		...scope && { scope },
		direct,
		origin,
		files: distinct([...files].sort(require_run.byFile)),
		licenses: [],
		...marker !== void 0 && marker !== "" && { platform: { marker } },
		dependsOn: [...new Set(dependsOn)].sort(),
		...!dependsOn && { edges: "unknown" },
		locations: [location]
	};
}
/** A lock may list a file twice; it is one file. */
function distinct(sorted) {
	if (sorted.length < 2) return sorted;
	const known = /* @__PURE__ */ new Set();
	return sorted.filter(({ name = "", url = "", digests }) => {
		const key = [
			name,
			url,
			...digests.map(require_digest.renderDigest)
		].join("\n");
		if (key === "\n") return true;
		return !known.has(key) && known.add(key);
	});
}
/**
* Names a package, and with it the repository or file that it comes from when that is no index.
*
* @see https://github.com/package-url/purl-spec/blob/main/types-doc/pypi-definition.md
*/
function pythonPurl({ name, version, origin, repository = "" }) {
	return require_run.purlOf("pypi", name, version, {
		...qualifiersOf(origin),
		repository_url: repository
	});
}
function qualifiersOf(origin) {
	if (origin.kind === "archive") return { download_url: origin.url };
	if (origin.kind !== "git") return {};
	const url = `git+${origin.url}`;
	return { vcs_url: origin.commit === void 0 ? url : `${url}@${origin.commit}` };
}
/**
* Reads a digest as Python's locks write it: `sha256:ab12…` or, in URLs, `sha256=ab12…`.
*
* @returns nothing when the algorithm is unknown or the value is not of its length
*/
function digestOfHash(text) {
	const [, algorithm = "", hex = ""] = /^([a-z0-9_]+)[:=]([0-9a-f]+)$/i.exec(text) ?? [];
	const digest = require_digest.digestFromHex(algorithm.toLowerCase(), hex);
	return digest?.algorithm === "h1" ? void 0 : digest;
}
/** The digests of one locked file: none, when what the lock says cannot be read as one. */
function digestsOfHash(text) {
	const digest = text === void 0 ? void 0 : digestOfHash(text);
	return digest ? [digest] : [];
}
/**
* A URL as documents may show it: without user and password. The user of `ssh://git@…` stays, who is no
* secret, and part of the address.
*/
function withoutCredentials(url) {
	return url.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)([^/?#]*)@/i, (_all, scheme, user) => /ssh:/i.test(scheme) ? `${scheme}${user.split(":", 1)[0] ?? ""}@` : scheme);
}
/** The file name at the end of a URL or path, unescaped; nothing when there is none. */
function fileNameOf(url) {
	const path = url.split(/[?#]/, 1)[0] ?? "";
	const last = path.slice(path.lastIndexOf("/") + 1);
	try {
		return decodeURIComponent(last) || void 0;
	} catch {
		return last;
	}
}
/** A path that a lockfile names, relative to the checkout; `.` for the checkout itself. */
function pathFrom(lockfile, path) {
	const plain = path.replace(/^file:(?:\/\/)?/, "").replaceAll("\\", "/");
	return node_path.posix.isAbsolute(plain) || /^[A-Za-z]:/.test(plain) ? plain : node_path.posix.join(node_path.posix.dirname(lockfile), plain).replace(/(?<=.)\/$/, "");
}
/** Where a dependency on a repository points: `url` may hold the ref and commit as pip or uv write them. */
function gitOrigin(url, commit) {
	return {
		kind: "git",
		url: withoutCredentials(url.replace(/^git\+/, "")),
		...commit !== void 0 && commit !== "" && { commit }
	};
}
// src/formats/python/marker.ts
/** Longest marker that is read, in characters; those of real locks stay under 2 000. */
const MAX_LENGTH$1 = 16384;
/** Deepest nesting of parentheses that is followed. */
const MAX_DEPTH = 64;
/** White space, then a parenthesis, a string, an operator or a word. */
const TOKEN = /\s*(?:([()])|"([^"]*)"|'([^']*)'|(===|[=!<>~]=|[<>])|([A-Za-z_][\w.]*))/y;
/** Spellings from before the specification. */
const OLD_NAMES = /* @__PURE__ */ new Map([
	["os.name", "os_name"],
	["sys.platform", "sys_platform"],
	["platform.version", "platform_version"],
	["platform.machine", "platform_machine"],
	["platform.python_implementation", "platform_python_implementation"],
	["python_implementation", "platform_python_implementation"]
]);
/** Variables that hold versions: the others are compared as text. */
const VERSIONS = /* @__PURE__ */ new Set([
	"python_version",
	"python_full_version",
	"implementation_version"
]);
/**
* Reads an environment marker such as `python_version < '3.11' and sys_platform != 'win32'`.
*
* @returns nothing when it is none
*/
function parseMarker(text) {
	const tokens = text.length <= MAX_LENGTH$1 ? tokensOf(text) : void 0;
	if (!tokens) return void 0;
	const reader = {
		tokens,
		at: 0
	};
	const marker = readOr(reader, 0);
	return marker && reader.at === tokens.length ? marker : void 0;
}
/**
* Whether a marker holds.
*
* @returns nothing when that depends on what nobody knows here: extras, groups, a kernel's release
*/
function evaluateMarker(marker, environment) {
	if (marker.kind === "compare") return evaluateComparison(marker, environment);
	const decisive = marker.kind === "or";
	let answer = !decisive;
	for (const part of marker.parts) {
		const value = evaluateMarker(part, environment);
		if (value === decisive) return decisive;
		if (value === void 0) answer = void 0;
	}
	return answer;
}
/** Conditions that all have to hold, as one marker. */
function allMarkers(markers) {
	const [only = "", ...more] = markers;
	return more.length === 0 ? only : markers.map(grouped).join(" and ");
}
/** Conditions of which one has to hold, as one marker. */
function anyMarker(markers) {
	const [only = "", ...more] = markers;
	return more.length === 0 ? only : markers.map(grouped).join(" or ");
}
function grouped(marker) {
	return / (?:and|or) /.test(marker) ? `(${marker})` : marker;
}
function tokensOf(text) {
	const trimmed = text.trim();
	const tokens = [];
	for (TOKEN.lastIndex = 0; TOKEN.lastIndex < trimmed.length;) {
		const match = TOKEN.exec(trimmed);
		if (!match) return void 0;
		const [, parenthesis, double, single, operator, word] = match;
		const quoted = double ?? single;
		if (parenthesis !== void 0) tokens.push({
			kind: "parenthesis",
			text: parenthesis
		});
		else if (quoted !== void 0) tokens.push({
			kind: "text",
			text: quoted
		});
		else if (operator !== void 0) tokens.push({
			kind: "operator",
			text: operator
		});
		else if (word !== void 0) tokens.push({
			kind: "word",
			text: word
		});
	}
	return tokens;
}
function readOr(reader, depth) {
	return readChain(reader, "or", () => readChain(reader, "and", () => readTerm(reader, depth)));
}
function readChain(reader, kind, readPart) {
	const parts = [];
	do {
		const part = readPart();
		if (!part) return void 0;
		parts.push(part);
	} while (takes(reader, "word", kind));
	const [only, ...more] = parts;
	return more.length === 0 ? only : {
		kind,
		parts
	};
}
function readTerm(reader, depth) {
	if (takes(reader, "parenthesis", "(")) {
		const inner = depth < MAX_DEPTH ? readOr(reader, depth + 1) : void 0;
		return inner && takes(reader, "parenthesis", ")") ? inner : void 0;
	}
	const left = readValue(reader);
	const operator = left && readOperator(reader);
	const right = operator && readValue(reader);
	return left && operator && right ? {
		kind: "compare",
		left,
		operator,
		right
	} : void 0;
}
function readOperator(reader) {
	const token = reader.tokens[reader.at++];
	if (token?.kind === "operator") return token.text;
	if (token?.kind !== "word") return void 0;
	if (token.text === "in") return "in";
	return token.text === "not" && takes(reader, "word", "in") ? "not in" : void 0;
}
function readValue(reader) {
	const token = reader.tokens[reader.at++];
	if (token?.kind === "text") return {
		kind: "text",
		text: token.text
	};
	if (token?.kind !== "word" || /^(?:and|or|in|not)$/.test(token.text)) return void 0;
	return {
		kind: "variable",
		name: OLD_NAMES.get(token.text) ?? token.text
	};
}
function takes(reader, kind, text) {
	const token = reader.tokens[reader.at];
	if (token?.kind !== kind || token.text !== text) return false;
	reader.at++;
	return true;
}
function evaluateComparison({ left, operator, right }, environment) {
	const a = valueOf(left, environment);
	const b = valueOf(right, environment);
	if (a === void 0 || b === void 0) return void 0;
	if (operator === "in") return b.includes(a);
	if (operator === "not in") return !b.includes(a);
	const named = left.kind === "variable" ? left.name : right.kind === "variable" ? right.name : "";
	return (VERSIONS.has(named) ? compareVersions(a, operator, b, left.kind) : void 0) ?? compareTexts(a, operator, b);
}
function valueOf(value, environment) {
	return value.kind === "text" ? value.text : environment.get(value.name);
}
const MIRRORED = {
	"<": ">",
	"<=": ">=",
	">": "<",
	">=": "<="
};
/** `'3.8' <= python_version` asks what `python_version >= '3.8'` asks. */
function compareVersions(a, operator, b, left) {
	if (left === "variable") return require_distribution.satisfiesPython(a, `${operator}${b}`);
	return require_distribution.satisfiesPython(b, `${MIRRORED[operator] ?? operator}${a}`);
}
function compareTexts(a, operator, b) {
	switch (operator) {
		case "==":
		case "===": return a === b;
		case "!=": return a !== b;
		case "<": return a < b;
		case "<=": return a <= b;
		case ">": return a > b;
		case ">=": return a >= b;
		default: return;
	}
}
// src/formats/python/target.ts
/** Nobody says how old the system is: glibc as on ubuntu-24.04, the newest musl and macOS. */
const GLIBC_MINOR = 39;
const MUSL_MINOR = 2;
const NEWEST_MACOS = 26;
const NEWEST_MACOS_10 = 16;
/** glibc minor version -> the name that it had before PEP 600. */
const OLD_MANYLINUX = /* @__PURE__ */ new Map([
	[17, "manylinux2014"],
	[12, "manylinux2010"],
	[5, "manylinux1"]
]);
const MACHINES = {
	x64: "x86_64",
	arm64: "aarch64",
	ia32: "i686",
	arm: "armv7l",
	ppc64: "ppc64le",
	s390x: "s390x",
	riscv64: "riscv64",
	loong64: "loongarch64"
};
/**
* The tags of every wheel that a target can install, best first, each with its rank.
*
* @see https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
*/
function wheelTagsOf(target) {
	const [major, minor] = target.version;
	const platforms = platformsOf(target);
	const own = `cp${major}${minor}`;
	const ranks = /* @__PURE__ */ new Map();
	const add = (interpreter, abi, on) => {
		for (const platform of on) {
			const tag = `${interpreter}-${abi}-${platform}`;
			if (!ranks.has(tag)) ranks.set(tag, ranks.size);
		}
	};
	const hasStableAbi = major > 3 || major === 3 && minor >= 2;
	add(own, `${own}${major === 3 && minor < 8 ? "m" : ""}`, platforms);
	if (hasStableAbi) add(own, "abi3", platforms);
	add(own, "none", platforms);
	if (hasStableAbi) for (let old = minor - 1; old >= 2; old--) add(`cp${major}${old}`, "abi3", platforms);
	const generic = [`py${major}${minor}`, `py${major}`];
	for (let old = minor - 1; old >= 0; old--) generic.push(`py${major}${old}`);
	for (const interpreter of generic) add(interpreter, "none", platforms);
	for (const interpreter of [own, ...generic]) add(interpreter, "none", ["any"]);
	return ranks;
}
/**
* Which one of a version's files an installer takes: the wheel with the best tag, else the source.
*
* @param files names of the files to choose from
* @param tags of the target, from {@link wheelTagsOf}
* @param project normalised name
* @returns nothing when there is neither a wheel for the target nor a source distribution
*/
function chooseDistribution(files, tags, project) {
	let best;
	for (const file of [...files].sort()) {
		const order = orderOf(file, require_distribution.parseDistribution(file, project), tags);
		if (order && (!best || isBefore(order, best.order))) best = {
			file,
			order
		};
	}
	return best?.file;
}
/** Wheels by tag, then the higher build; then sources, `.tar.gz` before the others. */
function orderOf(file, distribution, tags) {
	if (!distribution) return void 0;
	if (!distribution.wheel) return [
		1,
		file.endsWith(".tar.gz") ? 0 : 1,
		0
	];
	const ranks = distribution.wheel.tags.map((tag) => tags.get(tag)).filter((rank) => rank !== void 0);
	return ranks.length === 0 ? void 0 : [
		0,
		Math.min(...ranks),
		-distribution.wheel.build
	];
}
function isBefore(a, b) {
	for (const [at, value] of a.entries()) {
		const other = b[at] ?? 0;
		if (value !== other) return value < other;
	}
	return false;
}
/** What markers are evaluated against. A kernel's release and version are nobody's business: unknown. */
function markerEnvironmentOf(target) {
	const [major, minor] = target.version;
	const system = {
		linux: "Linux",
		darwin: "Darwin",
		win32: "Windows"
	}[target.os] ?? target.os;
	return /* @__PURE__ */ new Map([
		["os_name", target.os === "win32" ? "nt" : "posix"],
		["sys_platform", target.os],
		["platform_system", system],
		["platform_machine", machineOf(target)],
		["platform_python_implementation", "CPython"],
		["implementation_name", "cpython"],
		["python_version", `${major}.${minor}`],
		["python_full_version", `${major}.${minor}.0`],
		["implementation_version", `${major}.${minor}.0`]
	]);
}
/** As `platform.machine()` spells it on that system. */
function machineOf({ os, cpu }) {
	if (os === "win32") return {
		x64: "AMD64",
		arm64: "ARM64",
		ia32: "x86"
	}[cpu] ?? cpu;
	if (os === "darwin" && cpu === "arm64") return "arm64";
	return MACHINES[cpu] ?? cpu;
}
function platformsOf(target) {
	switch (target.os) {
		case "linux": return linuxPlatforms(target);
		case "darwin": return macPlatforms(target.cpu);
		case "win32": return [{
			x64: "win_amd64",
			arm64: "win_arm64",
			ia32: "win32"
		}[target.cpu] ?? target.cpu];
		default: return [];
	}
}
function linuxPlatforms(target) {
	const machine = machineOf(target);
	const platforms = [];
	if (target.libc === "musl") for (let minor = MUSL_MINOR; minor >= 0; minor--) platforms.push(`musllinux_1_${minor}_${machine}`);
	else {
		const oldest = machine === "x86_64" || machine === "i686" ? 5 : 17;
		for (let minor = GLIBC_MINOR; minor >= oldest; minor--) {
			platforms.push(`manylinux_2_${minor}_${machine}`);
			const old = OLD_MANYLINUX.get(minor);
			if (old !== void 0) platforms.push(`${old}_${machine}`);
		}
	}
	return [...platforms, `linux_${machine}`];
}
function macPlatforms(cpu) {
	const intel = cpu !== "arm64";
	const formats = intel ? [
		"x86_64",
		"intel",
		"fat64",
		"fat3",
		"universal2",
		"universal"
	] : ["arm64", "universal2"];
	const platforms = [];
	for (let major = NEWEST_MACOS; major >= 11; major--) for (const format of formats) platforms.push(`macosx_${major}_0_${format}`);
	for (let minor = NEWEST_MACOS_10; minor >= 4; minor--) for (const format of intel ? formats : ["universal2"]) platforms.push(`macosx_10_${minor}_${format}`);
	return platforms;
}
// src/formats/python/lock-entry.ts
/** Longest version that is taken for one. */
const MAX_VERSION_CHARS = 256;
/**
* The entries of a lock's array of tables, each with its place.
*
* @param key of the array: `package`, `packages`
*/
function lockEntries({ path, text }, document, key) {
	const lines = textLines(text);
	const entries = [];
	const gaps = [];
	for (const [index, table] of require_run.arrayField(document.value, key).entries()) {
		const line = document.lineOf(key, index);
		const location = {
			path,
			...line !== void 0 && { line }
		};
		const name = require_run.stringField(table, "name") ?? "";
		const version = require_run.stringField(table, "version") ?? "";
		const fault = faultOf(name, version);
		if (fault !== void 0 || !require_run.isTable(table)) {
			gaps.push({
				name: labelOf(name),
				reason: fault ?? "it is no table",
				location
			});
			continue;
		}
		entries.push({
			table,
			name: require_distribution.normalPythonName(name),
			version: require_distribution.normalPythonVersion(version),
			location,
			lines: line === void 0 ? NOWHERE : lines.finder(line, document.lineOf(key, index + 1))
		});
	}
	return {
		entries,
		gaps
	};
}
const NOWHERE = { lineOf: () => void 0 };
/** One file of an entry, with the line that its digest stands on. */
function lockedFile(file, entry) {
	const name = file.name ?? fileNameOf(file.url ?? file.path ?? "");
	const digests = file.hashes.flatMap(digestsOfHash).sort(require_digest.byStrength);
	const [first = ""] = file.hashes;
	const line = entry.lines.lineOf(first.slice(first.search(/[:=]/) + 1)) ?? entry.location.line;
	return {
		...name !== void 0 && { name },
		...file.url !== void 0 && { url: withoutCredentials(file.url) },
		digests,
		location: {
			path: entry.location.path,
			...line !== void 0 && { line }
		}
	};
}
/** How a gap calls an entry: short, whatever the lock says. */
function labelOf(name) {
	if (name === "") return "(nameless)";
	return name.length <= 200 ? name : `${name.slice(0, 199)}…`;
}
function faultOf(name, version) {
	if (name === "") return "it has no name";
	if (!require_distribution.isPythonName(name)) return "its name is none that a project can have";
	if (version.length > MAX_VERSION_CHARS) return "its version is longer than a version can be";
}
// src/formats/python/poetry-constraint.ts
/** Longest constraint that is read, in characters. */
const MAX_LENGTH = 2048;
/**
* Whether a version is among those that a constraint in Poetry's own form allows: `^1.2`, `~1.2`, `1.*`, `*`,
* alternatives with `||`, and everything that PEP 440 has.
*
* @returns nothing when version or constraint cannot be read
* @see https://python-poetry.org/docs/dependency-specification/#version-constraints
*/
function satisfiesPoetry(version, constraint) {
	const alternatives = pythonSpecifiers(constraint);
	if (!alternatives) return void 0;
	const answers = alternatives.map((specifier) => require_distribution.satisfiesPython(version, specifier));
	return answers.includes(true) ? true : answers.includes(void 0) ? void 0 : false;
}
/**
* A constraint in Poetry's form as PEP 440 specifiers.
*
* @returns one for each alternative; nothing when it cannot be read
*/
function pythonSpecifiers(constraint) {
	if (constraint.length > MAX_LENGTH) return void 0;
	const alternatives = constraint.split(/\|\|?/).map(specifierOf);
	return alternatives.every((specifier) => specifier !== void 0) ? alternatives : void 0;
}
/** A constraint on Python itself, such as `<3.10`, as a marker; empty when that restricts nothing. */
function pythonMarker(constraint) {
	const alternatives = pythonSpecifiers(constraint);
	if (!alternatives || alternatives.includes("")) return "";
	return anyMarker(alternatives.map((specifier) => allMarkers(specifier.split(",").map((clause) => {
		const [, operator = "", version = ""] = /^([=!<>~]+)(.*)$/.exec(clause) ?? [];
		return `${/^\d+\.\d+\./.test(version) ? "python_full_version" : "python_version"} ${operator} '${version}'`;
	}))));
}
function specifierOf(alternative) {
	const specifiers = alternative.replace(/([<>=!~^])\s+/g, "$1").split(/[\s,]+/).filter((clause) => clause !== "").map(clauseOf);
	return specifiers.includes(void 0) ? void 0 : specifiers.filter(Boolean).join(",");
}
function clauseOf(clause) {
	if (clause === "*") return "";
	if (/^(?:===|[=!<>~]=|[<>])/.test(clause)) return clause;
	const [, operator = "", version = ""] = /^([\^~=]?)(.+)$/.exec(clause) ?? [];
	if (version.endsWith(".*")) return operator === "" || operator === "=" ? `==${version}` : void 0;
	if (!require_distribution.parsePythonVersion(version)) return void 0;
	if (operator === "^") return `>=${version},<${caretBound(version)}`;
	if (operator === "~") return `>=${version},<${tildeBound(version)}`;
	return `==${version}`;
}
/** The next version that changes the leftmost number that is not zero. */
function caretBound(version) {
	const release = require_distribution.parsePythonVersion(version)?.release ?? [];
	const first = release.findIndex((part) => part !== 0);
	return bumped(release, first < 0 ? release.length - 1 : first);
}
function tildeBound(version) {
	const release = require_distribution.parsePythonVersion(version)?.release ?? [];
	return bumped(release, release.length > 1 ? 1 : 0);
}
function bumped(release, at) {
	return [...release.slice(0, at), (release[at] ?? 0) + 1].join(".");
}
// src/formats/python/requirement.ts
const HEAD = /^([A-Z0-9][A-Z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*/i;
/**
* Reads a dependency specifier such as `requests[socks]>=2.8,<3 ; python_version < "3.13"`.
*
* @returns nothing when it is none
*/
function parseRequirement(text) {
	const trimmed = text.trim();
	const head = HEAD.exec(trimmed);
	const [, name = "", extras = ""] = head ?? [];
	if (!head || !require_distribution.isPythonName(name)) return void 0;
	const rest = trimmed.slice(head[0].length);
	const tail = rest.startsWith("@") ? urlAndMarker(rest) : specifierAndMarker(rest);
	return tail && {
		name: require_distribution.normalPythonName(name),
		extras: extrasOf(extras),
		...tail
	};
}
/**
* The version that a specifier pins, normalised: `==1.2` or `===1.2`.
*
* @returns nothing for ranges, wildcards and anything else that lets several versions in
*/
function pinnedVersion(specifier) {
	const [, operator, version = ""] = /^(===?)\s*([^\s,*]+)$/.exec(specifier.trim()) ?? [];
	if (operator === void 0) return void 0;
	return operator === "===" || require_distribution.parsePythonVersion(version) ? require_distribution.normalPythonVersion(version) : void 0;
}
/** A URL ends at white space; a semicolon inside it is part of it. */
function urlAndMarker(rest) {
	const [, url = "", marker] = /^@\s*(\S+)(?:\s+;\s*(.*))?\s*$/s.exec(rest) ?? [];
	return url === "" ? void 0 : {
		specifier: "",
		url,
		...markerOf(marker)
	};
}
function specifierAndMarker(rest) {
	const semicolon = rest.indexOf(";");
	const written = (semicolon < 0 ? rest : rest.slice(0, semicolon)).trim();
	const specifier = /^\(.*\)$/s.test(written) ? written.slice(1, -1).trim() : written;
	if (!(specifier === "" ? [] : specifier.split(",")).every((clause) => /^\s*(?:===|[=!<>~]=|[<>])\s*[^\s,;()=<>~]+\s*$/.test(clause))) return void 0;
	return {
		specifier,
		...markerOf(semicolon < 0 ? void 0 : rest.slice(semicolon + 1))
	};
}
function markerOf(text) {
	const marker = text?.trim() ?? "";
	return marker === "" ? {} : { marker };
}
function extrasOf(text) {
	return text.split(",").map((name) => name.trim()).filter(require_distribution.isPythonName).map(require_distribution.normalPythonName).sort();
}
// src/formats/python/pyproject.ts
/** Name of the project, normalised; nothing when the file describes none. */
function projectNameOf(pyproject) {
	const named = require_run.stringField(require_run.tableField(pyproject, "project"), "name") ?? require_run.stringField(require_run.tableField(require_run.tableField(pyproject, "tool"), "poetry"), "name");
	return named === void 0 ? void 0 : require_distribution.normalPythonName(named);
}
/** Which Python a project asks for, as `pyproject.toml` writes it: PEP 440, or Poetry's own form. */
function requiredPythonOf(pyproject) {
	const poetry = require_run.tableField(require_run.tableField(pyproject, "tool"), "poetry");
	return require_run.stringField(require_run.tableField(pyproject, "project"), "requires-python") ?? require_run.stringField(require_run.tableField(poetry, "dependencies"), "python");
}
/**
* Everything that a `pyproject.toml` asks for by name: the project's own table, dependency groups, and the
* tables of Poetry, PDM and uv. What it asks of itself (`all = ["me[a,b]"]`) is left out.
*
* @see https://packaging.python.org/en/latest/specifications/pyproject-toml/
* @see https://packaging.python.org/en/latest/specifications/dependency-groups/
* @see https://python-poetry.org/docs/pyproject/
*/
function askedForBy(pyproject) {
	const project = require_run.tableField(pyproject, "project");
	const tool = require_run.tableField(pyproject, "tool");
	const own = projectNameOf(pyproject);
	return [
		...requirementsOf(require_run.stringsField(project, "dependencies"), "runtime"),
		...listsOf(require_run.tableField(project, "optional-dependencies"), "optional"),
		...listsOf(require_run.tableField(pyproject, "dependency-groups"), "development"),
		...listsOf(require_run.tableField(require_run.tableField(tool, "pdm"), "dev-dependencies"), "development"),
		...requirementsOf(require_run.stringsField(require_run.tableField(tool, "uv"), "dev-dependencies"), "development"),
		...poetryAsks(require_run.tableField(tool, "poetry"))
	].filter(({ name }) => name !== own);
}
function listsOf(lists, scope) {
	return Object.keys(lists).flatMap((name) => requirementsOf(require_run.stringsField(lists, name), scope));
}
function requirementsOf(texts, scope) {
	return texts.flatMap((text) => {
		const requirement = parseRequirement(text);
		if (!requirement) return [];
		const { name, extras, specifier, marker } = requirement;
		return [{
			name,
			extras,
			constraint: specifier,
			scope,
			...marker !== void 0 && { marker }
		}];
	});
}
function poetryAsks(poetry) {
	const groups = require_run.tableField(poetry, "group");
	return [
		...poetryTable(require_run.tableField(poetry, "dependencies"), "runtime"),
		...poetryTable(require_run.tableField(poetry, "dev-dependencies"), "development"),
		...Object.keys(groups).flatMap((name) => poetryTable(require_run.tableField(require_run.tableField(groups, name), "dependencies"), "development"))
	];
}
/** `requests = "^2"`, or a table, or a list of tables for different environments. */
function poetryTable(dependencies, scope) {
	return Object.entries(dependencies).flatMap(([written, value]) => {
		if (require_distribution.normalPythonName(written) === "python" || !require_distribution.isPythonName(written)) return [];
		return (Array.isArray(value) ? value : [value]).map((variant) => ({
			name: require_distribution.normalPythonName(written),
			extras: require_run.stringsField(variant, "extras").map(require_distribution.normalPythonName),
			constraint: typeof variant === "string" ? variant : require_run.stringField(variant, "version") ?? "",
			scope: require_run.fieldOf(variant, "optional") === true && scope === "runtime" ? "optional" : scope,
			...poetryMarker(variant)
		}));
	});
}
function poetryMarker(variant) {
	if (!require_run.isTable(variant)) return {};
	const platform = require_run.stringField(variant, "platform") ?? "";
	const markers = [
		require_run.stringField(variant, "markers") ?? "",
		pythonMarker(require_run.stringField(variant, "python") ?? ""),
		/^\w+$/.test(platform) ? `sys_platform == '${platform}'` : ""
	].filter((marker) => marker !== "");
	return markers.length === 0 ? {} : { marker: allMarkers(markers) };
}
// src/formats/python/requirements-file.ts
const SHORT_OPTIONS = {
	"-r": "requirement",
	"-c": "constraint",
	"-e": "editable",
	"-i": "index-url",
	"-f": "find-links"
};
/** Longest logical line that is looked at: the largest real ones, with 200 hashes, stay under 20 000. */
const MAX_LINE_CHARS = 1e6;
/** Reads a requirements file. Whatever it holds, some of it is a line of one kind or another. */
function parseRequirementsFile(text) {
	const requirements = [];
	const includes = [];
	const options = [];
	let last;
	let annotates = false;
	for (const pieces of logicalLines(text)) {
		const [first] = pieces;
		if (!first || pieces.length > 1 || !/^\s*(?:#|$)/.test(first.text)) {
			const { statement, comment } = splitComment(pieces);
			annotates = false;
			last = void 0;
			if (statement.length === 0) continue;
			const line = statement[0]?.line ?? 1;
			const option = optionOf(statement);
			if (option === void 0) {
				const found = requirementOf(statement, "plain");
				requirements.push(found);
				last = found.via;
				annotates = noteVia(comment, {
					via: last,
					annotates: false
				});
			} else if (option.name === "editable") {
				requirements.push(requirementOf(option.rest, "editable"));
				last = requirements.at(-1)?.via;
			} else if (option.name === "requirement" || option.name === "constraint") includes.push({
				kind: option.name,
				path: unquoted(option.value),
				line
			});
			else options.push({
				name: option.name,
				value: unquoted(option.value),
				line
			});
		} else if (first.text.trim() === "") last = void 0;
		else if (last) annotates = noteVia(first.text, {
			via: last,
			annotates
		});
	}
	return {
		requirements,
		includes,
		options
	};
}
/** Lines joined where one ends in a backslash; a comment line ends its statement, and is one of its own. */
function* logicalLines(text) {
	let pieces = [];
	let line = 0;
	for (const raw of text.split(/\r\n|\r|\n/)) {
		line++;
		const isComment = /^\s*#/.test(raw);
		if (isComment && pieces.length > 0) {
			yield pieces;
			pieces = [];
		}
		const continues = raw.endsWith("\\") && !isComment;
		pieces.push({
			text: continues ? raw.slice(0, -1) : raw,
			line
		});
		if (!continues) {
			yield pieces;
			pieces = [];
		}
	}
	if (pieces.length > 0) yield pieces;
}
/** A comment begins at a `#` with white space before it: the one in a URL is part of the URL. */
function splitComment(pieces) {
	const statement = [];
	for (const [at, { text, line }] of pieces.entries()) {
		const start = commentStart(text);
		const kept = (start < 0 ? text : text.slice(0, start)).trim();
		if (kept !== "") statement.push({
			text: kept,
			line
		});
		if (start >= 0) {
			const rest = pieces.slice(at + 1).map((piece) => piece.text);
			return {
				statement,
				comment: [text.slice(start), ...rest].join(" ")
			};
		}
	}
	return {
		statement,
		comment: ""
	};
}
function commentStart(text) {
	for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at + 1)) if (at === 0 || /\s/.test(text.charAt(at - 1))) return at;
	return -1;
}
function optionOf(statement) {
	const [first, ...more] = statement;
	const match = /^(-[rceif]|--[a-z][a-z-]*)(?:\s*=\s*|\s*)(.*)$/s.exec(first?.text ?? "");
	if (!first || !match) return void 0;
	const [, written = "", value = ""] = match;
	const rest = [{
		text: value,
		line: first.line
	}, ...more].filter(({ text }) => text !== "");
	return {
		name: SHORT_OPTIONS[written] ?? written.replace(/^-+/, ""),
		value: rest.map(({ text }) => text).join(" "),
		rest
	};
}
/** Splits what is asked for from the options behind it. */
function requirementOf(statement, kind) {
	const hashes = [];
	const kept = [];
	let size = 0;
	let isOption = false;
	for (const { text, line } of statement) {
		size += text.length;
		if (size > MAX_LINE_CHARS) break;
		for (const [, hash = ""] of text.matchAll(/(?:^|\s)--hash(?:\s*=\s*|\s+)(\S+)/g)) hashes.push({
			hash,
			line
		});
		const option = /(?:^|\s)--?[A-Za-z]/.exec(text);
		if (!isOption) kept.push(option ? text.slice(0, option.index) : text);
		isOption ||= option !== null;
	}
	return {
		text: unquoted(kept.join(" ").trim()),
		editable: kind === "editable",
		hashes,
		line: statement[0]?.line ?? 1,
		via: []
	};
}
/** @returns whether the comment below goes on with the list */
function noteVia(comment, { via, annotates }) {
	const text = comment.replace(/^[\s#]+/, "").trim();
	const isStart = /^via(?:\s|$)/.test(text);
	if (!isStart && !annotates) return false;
	const listed = isStart ? text.slice(3) : text;
	for (const name of listed.split(",")) if (name.trim() !== "") via.push(name.trim());
	return true;
}
function unquoted(text) {
	return /^"[^"]*"$|^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
}
// src/formats/python/requirements-tree.ts
/** More files than this belong to no installation. */
const MAX_FILES = 256;
/**
* Reads a requirements file and all that it includes, each once, whatever includes what.
*
* @returns the files in the order in which they are named; gaps for those that are not there
* @throws ParseError `LOCKFILE_SYNTAX` when one is no text, or an unfinished merge
*/
function loadFiles(entry, read) {
	const files = [{
		path: entry.path,
		kind: "requirement",
		parsed: parsed(entry)
	}];
	const seen = /* @__PURE__ */ new Set([`requirement ${entry.path}`]);
	const gaps = [];
	for (const { path, kind, parsed: from } of files) for (const include of from.includes) {
		const as = kind === "constraint" ? kind : include.kind;
		const target = includePath(path, include.path);
		const id = `${as} ${target ?? ""}`;
		if (seen.has(id) && target !== void 0) continue;
		seen.add(id);
		const file = target === void 0 ? void 0 : read(target);
		if (file && files.length < MAX_FILES) files.push({
			path: file.path,
			kind: as,
			parsed: parsed(file)
		});
		else {
			const reason = file ? `more than ${MAX_FILES} files are included` : whyMissing(include.path);
			gaps.push({
				name: labelOf(include.path),
				reason,
				location: {
					path,
					line: include.line
				}
			});
		}
	}
	return {
		files,
		gaps
	};
}
/** The paths of the requirements files that a file includes; none when it cannot be read. */
function includedBy(file) {
	return parseRequirementsFile(file.text).includes.filter(({ kind }) => kind === "requirement").map(({ path }) => includePath(file.path, path)).filter((path) => path !== void 0);
}
/** Relative to the including file; nothing for what is on the network, or an absolute path. */
function includePath(from, written) {
	const path = written.replaceAll("\\", "/");
	if (/^[a-z][a-z0-9+.-]*:/i.test(path) || node_path.posix.isAbsolute(path) || path === "") return void 0;
	const joined = node_path.posix.join(node_path.posix.dirname(from), path);
	return joined === ".." || joined.startsWith("../") ? void 0 : joined;
}
function whyMissing(written) {
	return /^https?:/i.test(written) ? "the included file is on the network, where nothing pins it" : "the included file is not in the checkout";
}
function parsed({ path, text }) {
	const conflict = require_run.conflictMarkerLine(text);
	if (conflict !== void 0) throw new require_errors.ParseError({
		code: "LOCKFILE_SYNTAX",
		message: `Cannot parse "${path}": found the conflict markers of an unfinished merge, expected requirements`,
		remedy: "Finish the merge and commit the file",
		path,
		line: conflict
	});
	if (text.includes("\0")) throw new require_errors.ParseError({
		code: "LOCKFILE_SYNTAX",
		message: `Cannot parse "${path}": found NUL characters, expected text in UTF-8`,
		remedy: "Save the file as UTF-8; PowerShell writes UTF-16 unless told otherwise",
		path
	});
	return parseRequirementsFile(text);
}
Object.defineProperty(exports, "allMarkers", {
	enumerable: true,
	get: function() {
		return allMarkers;
	}
});
Object.defineProperty(exports, "anyMarker", {
	enumerable: true,
	get: function() {
		return anyMarker;
	}
});
Object.defineProperty(exports, "askedForBy", {
	enumerable: true,
	get: function() {
		return askedForBy;
	}
});
Object.defineProperty(exports, "chooseDistribution", {
	enumerable: true,
	get: function() {
		return chooseDistribution;
	}
});
Object.defineProperty(exports, "compareGoVersions", {
	enumerable: true,
	get: function() {
		return compareGoVersions;
	}
});
Object.defineProperty(exports, "digestOfHash", {
	enumerable: true,
	get: function() {
		return digestOfHash;
	}
});
Object.defineProperty(exports, "digestsOfHash", {
	enumerable: true,
	get: function() {
		return digestsOfHash;
	}
});
Object.defineProperty(exports, "escapeGoPath", {
	enumerable: true,
	get: function() {
		return escapeGoPath;
	}
});
Object.defineProperty(exports, "evaluateMarker", {
	enumerable: true,
	get: function() {
		return evaluateMarker;
	}
});
Object.defineProperty(exports, "fileNameOf", {
	enumerable: true,
	get: function() {
		return fileNameOf;
	}
});
Object.defineProperty(exports, "gitOrigin", {
	enumerable: true,
	get: function() {
		return gitOrigin;
	}
});
Object.defineProperty(exports, "goDirectives", {
	enumerable: true,
	get: function() {
		return goDirectives;
	}
});
Object.defineProperty(exports, "goSyntaxError", {
	enumerable: true,
	get: function() {
		return goSyntaxError;
	}
});
Object.defineProperty(exports, "includedBy", {
	enumerable: true,
	get: function() {
		return includedBy;
	}
});
Object.defineProperty(exports, "isGoModulePath", {
	enumerable: true,
	get: function() {
		return isGoModulePath;
	}
});
Object.defineProperty(exports, "isGoVersion", {
	enumerable: true,
	get: function() {
		return isGoVersion;
	}
});
Object.defineProperty(exports, "labelOf", {
	enumerable: true,
	get: function() {
		return labelOf;
	}
});
Object.defineProperty(exports, "loadFiles", {
	enumerable: true,
	get: function() {
		return loadFiles;
	}
});
Object.defineProperty(exports, "lockEntries", {
	enumerable: true,
	get: function() {
		return lockEntries;
	}
});
Object.defineProperty(exports, "lockedFile", {
	enumerable: true,
	get: function() {
		return lockedFile;
	}
});
Object.defineProperty(exports, "markerEnvironmentOf", {
	enumerable: true,
	get: function() {
		return markerEnvironmentOf;
	}
});
Object.defineProperty(exports, "moduleOfPackage", {
	enumerable: true,
	get: function() {
		return moduleOfPackage;
	}
});
Object.defineProperty(exports, "parseGoSum", {
	enumerable: true,
	get: function() {
		return parseGoSum;
	}
});
Object.defineProperty(exports, "parseMarker", {
	enumerable: true,
	get: function() {
		return parseMarker;
	}
});
Object.defineProperty(exports, "parseRequirement", {
	enumerable: true,
	get: function() {
		return parseRequirement;
	}
});
Object.defineProperty(exports, "pathFrom", {
	enumerable: true,
	get: function() {
		return pathFrom;
	}
});
Object.defineProperty(exports, "pinnedVersion", {
	enumerable: true,
	get: function() {
		return pinnedVersion;
	}
});
Object.defineProperty(exports, "projectNameOf", {
	enumerable: true,
	get: function() {
		return projectNameOf;
	}
});
Object.defineProperty(exports, "pythonComponent", {
	enumerable: true,
	get: function() {
		return pythonComponent;
	}
});
Object.defineProperty(exports, "pythonMarker", {
	enumerable: true,
	get: function() {
		return pythonMarker;
	}
});
Object.defineProperty(exports, "pythonPurl", {
	enumerable: true,
	get: function() {
		return pythonPurl;
	}
});
Object.defineProperty(exports, "pythonSpecifiers", {
	enumerable: true,
	get: function() {
		return pythonSpecifiers;
	}
});
Object.defineProperty(exports, "requiredPythonOf", {
	enumerable: true,
	get: function() {
		return requiredPythonOf;
	}
});
Object.defineProperty(exports, "satisfiesPoetry", {
	enumerable: true,
	get: function() {
		return satisfiesPoetry;
	}
});
Object.defineProperty(exports, "textLines", {
	enumerable: true,
	get: function() {
		return textLines;
	}
});
Object.defineProperty(exports, "wheelTagsOf", {
	enumerable: true,
	get: function() {
		return wheelTagsOf;
	}
});
Object.defineProperty(exports, "withoutCredentials", {
	enumerable: true,
	get: function() {
		return withoutCredentials;
	}
});
