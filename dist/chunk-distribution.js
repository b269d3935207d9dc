// src/formats/python/version.ts
/** Longest text that is looked at: the longest version on PyPI has under 60 characters. */
const MAX_LENGTH = 256;
const VERSION = /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;
const PRE_LETTERS = {
	alpha: "a",
	a: "a",
	beta: "b",
	b: "b",
	c: "rc",
	rc: "rc",
	pre: "rc",
	preview: "rc"
};
/**
* Reads a version in any spelling that is allowed.
*
* @returns nothing when it is none
* @see https://packaging.python.org/en/latest/specifications/version-specifiers/#appendix-parsing-version-strings-with-regular-expressions
*/
function parsePythonVersion(text) {
	const match = text.length <= MAX_LENGTH ? VERSION.exec(text.trim().toLowerCase()) : null;
	if (!match) return void 0;
	const [, epoch, release = "", preLetter, preNumber, dash, postLetter, post, dev, devNumber, local] = match;
	const pre = preLetter === void 0 ? void 0 : PRE_LETTERS[preLetter];
	return {
		epoch: Number(epoch ?? 0),
		release: release.split(".").map(Number),
		...pre !== void 0 && { pre: [pre, Number(preNumber)] },
		...dash !== void 0 && { post: Number(dash) },
		...postLetter !== void 0 && { post: Number(post) },
		...dev !== void 0 && { dev: Number(devNumber) },
		local: local === void 0 ? [] : local.split(/[-_.]/).map((p) => /^\d+$/.test(p) ? Number(p) : p)
	};
}
/**
* The one spelling of a version, as indexes and purls use it: `1.0-Beta2` is `1.0b2`.
*
* @returns the text itself when it is no version
*/
function normalPythonVersion(text) {
	if (/^(?:0|[1-9]\d{0,14})(?:\.(?:0|[1-9]\d{0,14}))*$/.test(text)) return text;
	const version = parsePythonVersion(text);
	if (!version) return text;
	const { epoch, release, pre, post, dev, local } = version;
	return [
		epoch === 0 ? "" : `${epoch}!`,
		release.join("."),
		pre ? pre.join("") : "",
		post === void 0 ? "" : `.post${post}`,
		dev === void 0 ? "" : `.dev${dev}`,
		local.length === 0 ? "" : `+${local.join(".")}`
	].join("");
}
/** Negative when `a` comes before `b`, 0 when they are equal. */
function comparePythonVersions(a, b) {
	return a.epoch - b.epoch || compareReleases(a.release, b.release) || compareKeys(phaseOf(a), phaseOf(b)) || compareLocals(a.local, b.local);
}
/**
* Whether a version is among those that a specifier such as `>=1.2,<2` or `~=1.4` allows. Pre-releases
* count like any other: whoever asks has a version that is already chosen.
*
* @returns nothing when version or specifier cannot be read
* @see https://packaging.python.org/en/latest/specifications/version-specifiers/#version-specifiers
*/
function satisfiesPython(version, specifier) {
	const parsed = parsePythonVersion(version);
	for (const clause of specifier.split(",")) {
		if (clause.trim() === "") continue;
		const answer = satisfiesClause(version, parsed, clause.trim());
		if (answer !== true) return answer;
	}
	return true;
}
function satisfiesClause(text, version, clause) {
	const [, operator = "", wanted = ""] = /^(===|[=!<>~]=|[<>])\s*(\S+)$/.exec(clause) ?? [];
	if (operator === "===") return text.trim().toLowerCase() === wanted.toLowerCase();
	if (!version) return void 0;
	if (wanted.endsWith(".*")) {
		const prefix = parsePythonVersion(wanted.slice(0, -2));
		if (!prefix || operator !== "==" && operator !== "!=") return void 0;
		return startsWith(version, prefix) === (operator === "==");
	}
	const bound = parsePythonVersion(wanted);
	return bound && compareWith(operator, version, bound);
}
function compareWith(operator, version, bound) {
	const order = comparePythonVersions(bound.local.length === 0 ? {
		...version,
		local: []
	} : version, bound);
	switch (operator) {
		case "==": return order === 0;
		case "!=": return order !== 0;
		case "<=": return comparePythonVersions({
			...version,
			local: []
		}, bound) <= 0;
		case ">=": return comparePythonVersions({
			...version,
			local: []
		}, bound) >= 0;
		case "<": return order < 0 && !isEarlyOf(version, bound);
		case ">": return isAbove(version, bound);
		case "~=": return bound.release.length < 2 ? void 0 : comparePythonVersions({
			...version,
			local: []
		}, bound) >= 0 && startsWith(version, {
			epoch: bound.epoch,
			release: bound.release.slice(0, -1),
			local: []
		});
		default: return;
	}
}
/** `>1` lets in neither `1.post1` (unless the bound is a post-release) nor `1+local`. */
function isAbove(version, bound) {
	if (comparePythonVersions(version, bound) <= 0) return false;
	if (comparePythonVersions({
		...version,
		local: []
	}, bound) === 0) return false;
	if (version.post === void 0 || bound.post !== void 0) return true;
	const { post: _post, dev: _dev, ...base } = version;
	return comparePythonVersions({
		...base,
		local: []
	}, bound) !== 0;
}
/** `<2` does not let in `2rc1`, unless the bound is a pre-release itself. */
function isEarlyOf(version, bound) {
	if (bound.pre || bound.dev !== void 0 || !sameRelease(version, bound)) return false;
	if (bound.post === void 0) return version.pre !== void 0 || version.dev !== void 0;
	return !version.pre && version.post === bound.post && version.dev !== void 0;
}
function sameRelease(a, b) {
	return a.epoch === b.epoch && compareReleases(a.release, b.release) === 0;
}
function startsWith(version, prefix) {
	if (version.epoch !== prefix.epoch) return false;
	return prefix.release.every((part, at) => part === (version.release[at] ?? 0));
}
function compareReleases(a, b) {
	for (let at = 0; at < Math.max(a.length, b.length); at++) {
		const order = (a[at] ?? 0) - (b[at] ?? 0);
		if (order !== 0) return order;
	}
	return 0;
}
/** What comes after the release, as numbers that compare: dev before a, b, rc before none before post. */
function phaseOf({ pre, post, dev }) {
	const letter = pre ? "ab".indexOf(pre[0]) : -1;
	return [
		pre === void 0 && post === void 0 && dev !== void 0 ? -1 : pre === void 0 ? 3 : letter < 0 ? 2 : letter,
		pre?.[1] ?? 0,
		post ?? -1,
		dev ?? Number.POSITIVE_INFINITY
	];
}
function compareKeys(a, b) {
	for (const [at, key] of a.entries()) {
		const other = b[at] ?? 0;
		if (key !== other) return key < other ? -1 : 1;
	}
	return 0;
}
/** Numbers come after words, and a longer local version after its own beginning. */
function compareLocals(a, b) {
	for (const [at, part] of a.entries()) {
		const other = b[at];
		if (other === void 0) return 1;
		if (part === other) continue;
		if (typeof part !== typeof other) return typeof part === "number" ? 1 : -1;
		return part < other ? -1 : 1;
	}
	return a.length - b.length;
}
// src/formats/python/name.ts
/**
* The one spelling of a project's name: lower case, with `-` for every run of `-`, `_` and `.`.
*
* @see https://packaging.python.org/en/latest/specifications/name-normalization/
*/
function normalPythonName(name) {
	return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ? name : name.toLowerCase().replace(/[-_.]+/g, "-");
}
/** Whether a text can be a project's name at all. */
function isPythonName(text) {
	return text.length <= 256 && /^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$/i.test(text);
}
// src/formats/python/distribution.ts
/** More combinations than this are nobody's wheel. */
const MAX_TAGS = 512;
const SOURCE = /\.(?:tar\.gz|zip|tar\.bz2|tgz|tar\.xz|tar)$/i;
/**
* Reads the name of a wheel or source distribution.
*
* @param project normalised name of the project: in old names nothing else tells where the version begins
* @returns nothing when it is neither, or of another project
*/
function parseDistribution(file, project) {
	if (file.length > 512) return void 0;
	if (/\.whl$/i.test(file)) return parseWheel(file.slice(0, -4), project);
	const stem = file.replace(SOURCE, "");
	if (stem === file) return void 0;
	for (let dash = stem.indexOf("-"); dash > 0; dash = stem.indexOf("-", dash + 1)) {
		const version = stem.slice(dash + 1);
		if (normalPythonName(stem.slice(0, dash)) === project && parsePythonVersion(version)) return { version: normalPythonVersion(version) };
	}
}
/** Whether a file of this name is one that a Python package manager would install. */
function isDistributionName(file) {
	return /\.whl$/i.test(file) || SOURCE.test(file);
}
/**
* Reads the name of a wheel or source distribution of which nobody says what project it is of.
*
* @returns normalised name and version
*/
function guessDistribution(file) {
	const stem = file.replace(SOURCE, "");
	const [, written = ""] = (stem !== file ? /^(.{1,256})-v?\d[^-]*$/ : /^([^-]{1,256})-[^-]+-.*\.whl$/i).exec(stem) ?? [];
	if (!isPythonName(written)) return void 0;
	const name = normalPythonName(written);
	const version = parseDistribution(file, name)?.version;
	return version === void 0 ? void 0 : {
		name,
		version
	};
}
function parseWheel(stem, project) {
	const parts = stem.split("-");
	if (parts.length !== 5 && parts.length !== 6) return void 0;
	const [name = "", version = ""] = parts;
	if (normalPythonName(name) !== project) return void 0;
	const [interpreters = [], abis = [], platforms = []] = parts.slice(-3).map((part) => part.split("."));
	if (interpreters.length * abis.length * platforms.length > MAX_TAGS) return void 0;
	const tags = interpreters.flatMap((interpreter) => abis.flatMap((abi) => platforms.map((platform) => `${interpreter}-${abi}-${platform}`.toLowerCase())));
	const build = parts.length === 6 ? Number.parseInt(parts[2] ?? "", 10) : 0;
	return {
		version: normalPythonVersion(version.replaceAll("_", "-")),
		wheel: {
			build: Number.isNaN(build) ? 0 : build,
			tags
		}
	};
}
Object.defineProperty(exports, "comparePythonVersions", {
	enumerable: true,
	get: function() {
		return comparePythonVersions;
	}
});
Object.defineProperty(exports, "guessDistribution", {
	enumerable: true,
	get: function() {
		return guessDistribution;
	}
});
Object.defineProperty(exports, "isDistributionName", {
	enumerable: true,
	get: function() {
		return isDistributionName;
	}
});
Object.defineProperty(exports, "isPythonName", {
	enumerable: true,
	get: function() {
		return isPythonName;
	}
});
Object.defineProperty(exports, "normalPythonName", {
	enumerable: true,
	get: function() {
		return normalPythonName;
	}
});
Object.defineProperty(exports, "normalPythonVersion", {
	enumerable: true,
	get: function() {
		return normalPythonVersion;
	}
});
Object.defineProperty(exports, "parseDistribution", {
	enumerable: true,
	get: function() {
		return parseDistribution;
	}
});
Object.defineProperty(exports, "parsePythonVersion", {
	enumerable: true,
	get: function() {
		return parsePythonVersion;
	}
});
Object.defineProperty(exports, "satisfiesPython", {
	enumerable: true,
	get: function() {
		return satisfiesPython;
	}
});
