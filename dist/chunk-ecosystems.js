require("./chunk-rolldown-runtime.js");
const require_digest = require("./chunk-digest.js");
const require_run = require("./chunk-run.js");
const require_errors = require("./chunk-errors.js");
const require_requirements_tree = require("./chunk-requirements-tree.js");
const require_distribution = require("./chunk-distribution.js");
const require_vendor_lock = require("./chunk-vendor-lock.js");
let node_path = require("node:path");
// src/ecosystems/cargo/source.ts
/** How every Cargo.lock names crates.io, by whatever index or mirror it was resolved. */
const CRATES_IO = "https://github.com/rust-lang/crates.io-index";
/**
* Parses a `source` of Cargo.lock. The values of a git source's query are raw up to version 3 and
* percent-encoded from 4 on; neither is part of what is locked, which is the commit.
*
* @returns nothing when it is of no kind that a lock may hold
* @see https://doc.rust-lang.org/cargo/reference/pkgid-spec.html
*/
function parseSource(source) {
	const plus = source.indexOf("+");
	const kind = source.slice(0, Math.max(plus, 0));
	const rest = source.slice(plus + 1);
	if (!/^[a-z+]+:\/\/\S/i.test(rest)) return void 0;
	if (kind === "sparse") return {
		kind: "registry",
		url: `sparse+${withoutCredentials$1(rest)}`
	};
	if (kind === "registry") return rest === CRATES_IO ? { kind } : {
		kind,
		url: withoutCredentials$1(rest)
	};
	if (kind !== "git") return void 0;
	const hash = rest.lastIndexOf("#");
	const commit = hash === -1 ? "" : rest.slice(hash + 1);
	const url = withoutCredentials$1((hash === -1 ? rest : rest.slice(0, hash)).split("?", 1)[0] ?? "");
	return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? {
		kind,
		url,
		commit
	} : {
		kind,
		url
	};
}
/** The purl qualifiers that tell a package of this source from the one on crates.io. */
function qualifiersOf(source) {
	if (source?.url === void 0) return {};
	if (source.kind === "registry") return { repository_url: source.url.replace(/^sparse\+/, "") };
	return { vcs_url: `git+${source.url}${source.commit === void 0 ? "" : `@${source.commit}`}` };
}
/** Keeps the user of `ssh://git@…`, which is no secret and part of the address. */
function withoutCredentials$1(url) {
	return url.replace(/^(\w+:\/\/)([^/?#]*)@/, (_match, scheme, user) => scheme === "ssh://" ? `${scheme}${user.split(":", 1)[0] ?? ""}@` : scheme);
}
// src/ecosystems/cargo/component.ts
/** @param path of the lock */
function nameOf$1(entry, path) {
	const location = placeOf(entry, path);
	const source = entry.source === void 0 ? void 0 : parseSource(entry.source);
	if (entry.source !== void 0 && source === void 0) {
		const reason = `its source is of no kind that a lock can hold: ${entry.source.slice(0, 200)}`;
		return {
			name: `${entry.name} ${entry.version}`,
			reason,
			location
		};
	}
	return {
		entry,
		purl: require_run.purlOf("cargo", entry.name, entry.version, qualifiersOf(source)),
		location,
		...source && { source }
	};
}
/** Where the lock names a package. @param path of the lock */
function placeOf({ line }, path) {
	return {
		path,
		...line !== void 0 && { line }
	};
}
/** What the lock and the manifests say of one package. */
function componentOf$2({ entry, purl, source, location }, { dependsOn, direct, scope, manifest }) {
	const license = manifest?.package?.license;
	return {
		purl,
		ecosystem: "crates.io",
		name: entry.name,
		version: entry.version,
		...scope && { scope },
		direct,
		origin: source ?? {
			kind: "local",
			path: folderOf$2(manifest, location)
		},
		files: source?.kind === "registry" ? [archiveOf(entry, location)] : [],
		licenses: license === void 0 ? [] : [license.replace(/ ?\/ ?/g, " OR ")],
		dependsOn: dependsOn.filter((target) => target !== purl).sort(),
		locations: [location]
	};
}
/** The lock's folder stands for that of a package whose manifest was not found. */
function folderOf$2(manifest, { path }) {
	const folder = manifest ? manifest.folder : path.split("/").slice(0, -1).join("/");
	return folder === "" ? "." : folder;
}
function archiveOf({ name, version, checksum = "" }, location) {
	const digest = require_digest.digestFromHex("sha256", checksum);
	return {
		name: `${name}-${version}.crate`,
		digests: digest ? [digest] : [],
		location
	};
}
// src/ecosystems/cargo/lock.ts
/** The newest format that a stable Cargo writes; the first two leave the number out. */
const MAX_VERSION = 4;
const REMEDY$8 = "Run `cargo generate-lockfile` and commit the result";
/** Letters of any script, as Cargo allows them; crates.io itself takes ASCII only. */
const NAME$1 = /^[\p{XID_Start}_0-9][\p{XID_Continue}-]{0,127}$/u;
const VERSION$1 = /^\d{1,20}\.\d{1,20}\.\d{1,20}(?:[-+][0-9A-Za-z.+-]{1,128})?$/;
/** Begins the keys under which version 1 keeps checksums: `checksum itoa 1.0.0 (registry+…)`. */
const CHECKSUM_KEY = "checksum ";
/**
* Reads a Cargo.lock of version 1 to 4.
*
* @throws ParseError `LOCKFILE_SYNTAX` when it is no TOML, or lists a package twice
* @throws ParseError `LOCKFILE_VERSION_UNSUPPORTED` when a newer Cargo wrote it
* @see https://doc.rust-lang.org/nightly/nightly-rustc/cargo/core/resolver/encode/index.html
*/
function readLock$2(file) {
	const document = require_run.parseToml(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$8
	});
	assertVersion$5(document, file.path);
	const gaps = [];
	const drafts = draftsOf(document, file.path, gaps);
	const find = finderOf(drafts, file.path);
	addChecksums(document, find);
	for (const draft of drafts) connect(draft, find, file.path, gaps);
	const more = [...damagedChecksums(drafts, file.path), ...unusedPatches(document, file.path)];
	return {
		packages: drafts.filter((draft) => draft.replace === void 0),
		gaps: [...gaps, ...more]
	};
}
function assertVersion$5({ value }, path) {
	const { version } = value;
	if (version === void 0) return;
	if (typeof version === "number" && version >= 1 && version <= MAX_VERSION) return;
	throw new require_errors.ParseError({
		code: "LOCKFILE_VERSION_UNSUPPORTED",
		message: `Cannot read "${path}": version is ${JSON.stringify(version)}, expected 1 to ${MAX_VERSION}`,
		remedy: "Run `cargo generate-lockfile` with a stable Cargo and commit the result"
	});
}
/** Every package whose name and version can be true; a gap for every other. */
function draftsOf(document, path, gaps) {
	const { package: packages = [], root } = document.value;
	if (!Array.isArray(packages)) throw malformed(path, "package is no array of tables");
	const old = root === void 0 ? [] : [{
		value: root,
		line: document.lineOf("root")
	}];
	const entries = packages.map((value, index) => ({
		value,
		line: document.lineOf("package", index)
	}));
	return [...old, ...entries].flatMap(({ value, line }) => {
		const draft = draftOf(value, line);
		if (draft) return [draft];
		const location = {
			path,
			...line !== void 0 && { line }
		};
		const name = textIn(value, "name") ?? "?";
		gaps.push({
			name,
			reason: "name or version is not one that Cargo allows",
			location
		});
		return [];
	});
}
function draftOf(value, line) {
	const name = textIn(value, "name") ?? "";
	const version = textIn(value, "version") ?? "";
	if (!NAME$1.test(name) || !VERSION$1.test(version)) return void 0;
	const source = textIn(value, "source");
	const checksum = textIn(value, "checksum");
	const replace = textIn(value, "replace");
	const asked = require_run.tableOf(value)?.["dependencies"];
	return {
		name,
		version,
		...source !== void 0 && { source },
		...checksum !== void 0 && { checksum },
		...replace !== void 0 && { replace },
		...line !== void 0 && { line },
		dependencies: /* @__PURE__ */ new Set(),
		asked: Array.isArray(asked) ? asked.map(String) : []
	};
}
/**
* Finds a package by `name`, `name version` or `name version (source)`. What is left out must leave one
* answer only; without a source, a package of the checkout goes first, for it never has one.
*/
function finderOf(drafts, path) {
	const full = /* @__PURE__ */ new Map();
	const soleSource = /* @__PURE__ */ new Map();
	const soleVersion = /* @__PURE__ */ new Map();
	for (const draft of drafts) {
		const { name, version } = draft;
		const id = idOf(draft);
		if (full.has(id)) throw malformed(path, `package "${id}" is listed twice`, draft.line);
		full.set(id, draft);
		const key = `${name} ${version}`;
		soleSource.set(key, soleSource.has(key) ? void 0 : draft);
		const same = !soleVersion.has(name) || soleVersion.get(name) === version;
		soleVersion.set(name, same ? version : void 0);
	}
	return (asked) => {
		const version = soleVersion.get(asked);
		const id = version === void 0 ? withoutCommit(asked) : `${asked} ${version}`;
		return full.get(id) ?? soleSource.get(id);
	};
}
function idOf({ name, version, source }) {
	return withoutCommit(`${name} ${version}${source === void 0 ? "" : ` (${source})`}`);
}
/** Only a package's own entry has the commit of a git source; in old locks, those that name it too. */
function withoutCommit(id) {
	return id.replace(/#(?:[0-9a-f]{40}|[0-9a-f]{64})\)$/, ")");
}
function addChecksums({ value }, find) {
	for (const [key, checksum] of Object.entries(require_run.tableOf(value["metadata"]) ?? {})) {
		if (!key.startsWith(CHECKSUM_KEY) || typeof checksum !== "string") continue;
		const draft = find(key.slice(9));
		if (draft && checksum === "<none>") delete draft.checksum;
		else if (draft) draft.checksum = checksum;
	}
}
function connect(draft, find, path, gaps) {
	const location = {
		path,
		...draft.line !== void 0 && { line: draft.line }
	};
	for (const asked of draft.asked) {
		const found = find(asked);
		const target = found?.replace === void 0 ? found : find(found.replace);
		if (target) draft.dependencies.add(target);
		else {
			const reason = `dependency of ${draft.name} ${draft.version} that the lock does not list`;
			gaps.push({
				name: asked,
				reason,
				location
			});
		}
	}
}
function damagedChecksums(drafts, path) {
	return drafts.filter(({ checksum }) => checksum !== void 0 && !require_digest.digestFromHex("sha256", checksum)).map(({ name, version, line }) => ({
		name: `${name} ${version}`,
		reason: "its checksum is no SHA-256 in hex: nothing pins its bytes",
		location: {
			path,
			...line !== void 0 && { line }
		}
	}));
}
function unusedPatches(document, path) {
	const unused = require_run.tableOf(document.value["patch"])?.["unused"];
	if (!Array.isArray(unused)) return [];
	return unused.map((value, index) => {
		const line = document.lineOf("patch.unused", index);
		return {
			name: `${textIn(value, "name") ?? "?"} ${textIn(value, "version") ?? ""}`.trim(),
			reason: "a [patch] that no package uses: nothing of it is installed",
			location: {
				path,
				...line !== void 0 && { line }
			}
		};
	});
}
function textIn(value, key) {
	const text = require_run.tableOf(value)?.[key];
	return typeof text === "string" ? text : void 0;
}
function malformed(path, what, line) {
	return new require_errors.ParseError({
		code: "LOCKFILE_SYNTAX",
		message: `Cannot read "${path}": ${what}`,
		remedy: REMEDY$8,
		line
	});
}
// src/ecosystems/cargo/features.ts
/** No feature of anybody: stands for what a package needs whatever its features are. */
const ALWAYS$1 = "\0";
/**
* Finds the optional dependencies of the checkout's own packages that a plain `cargo build` of it switches
* on: by `default`, by a feature that one of them asks another for, and by what those enable.
*
* @see https://doc.rust-lang.org/cargo/reference/features.html
*/
function defaultFeatures(project, links) {
	const resolver = new Resolver(project, links);
	for (const member of project.members) resolver.enable(member, ["default"]);
	resolver.settle();
	return (declaration) => resolver.active.has(declaration);
}
var Resolver = class {
	active = /* @__PURE__ */ new Set();
	#project;
	#own = /* @__PURE__ */ new Map();
	#targets = /* @__PURE__ */ new Map();
	#queue = [];
	constructor(project, links) {
		this.#project = project;
		for (const { target, declarations } of [...links.values()].flat()) {
			if (!project.manifests.has(target)) continue;
			for (const declaration of declarations) this.#targets.set(declaration, target);
		}
	}
	enable(entry, features) {
		const own = this.#own.get(entry) ?? this.#begin(entry);
		if (own) for (const feature of features) this.#enableOwn(own, feature);
	}
	settle() {
		for (let next = this.#queue.pop(); next !== void 0; next = this.#queue.pop()) {
			const [own, feature] = next;
			if (feature === ALWAYS$1) {
				for (const declaration of own.manifest.declarations) if (!declaration.optional && declaration.kind !== "development") this.#use(declaration);
				continue;
			}
			const enables = own.manifest.features.get(feature);
			if (enables === void 0) this.#useKey(own, feature);
			for (const value of enables ?? []) this.#follow(own, value);
		}
	}
	#begin(entry) {
		const manifest = this.#project.manifests.get(entry);
		if (!manifest) return void 0;
		const own = {
			manifest,
			byKey: Map.groupBy(manifest.declarations, ({ key }) => key),
			enabled: /* @__PURE__ */ new Set()
		};
		this.#own.set(entry, own);
		this.#queue.push([own, ALWAYS$1]);
		return own;
	}
	/** One value of a feature: `other`, `dep:key`, `key/feature` or `key?/feature`. */
	#follow(own, value) {
		const slash = value.indexOf("/");
		if (value.startsWith("dep:")) this.#useKey(own, value.slice(4));
		else if (slash === -1) this.#enableOwn(own, value);
		else {
			const isWeak = value[slash - 1] === "?";
			const key = value.slice(0, isWeak ? slash - 1 : slash);
			if (!isWeak) this.#useKey(own, key);
			for (const declaration of own.byKey.get(key) ?? []) {
				const target = this.#targets.get(declaration);
				if (target) this.enable(target, [value.slice(slash + 1)]);
			}
		}
	}
	#enableOwn(own, feature) {
		if (own.enabled.has(feature)) return;
		own.enabled.add(feature);
		this.#queue.push([own, feature]);
	}
	#useKey(own, key) {
		for (const declaration of own.byKey.get(key) ?? []) this.#use(declaration);
	}
	#use(declaration) {
		if (this.active.has(declaration)) return;
		this.active.add(declaration);
		const target = this.#targets.get(declaration);
		if (target) this.enable(target, declaration.features);
	}
};
// src/ecosystems/cargo/version-req.ts
const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;
const COMPARATOR = /^(=|>=|>|<=|<|~|\^)? *(\d+|[*xX])(?:\.(\d+|[*xX])(?:\.(\d+|[*xX])(?:-([\w.-]+))?)?)?(?:\+[\w.-]+)?$/;
/** Longest requirement that is read; real ones are under 40 characters. */
const MAX_LENGTH = 256;
/**
* Whether a version is one that a manifest's requirement allows, as Cargo reads it: without an operator,
* a requirement is a caret requirement.
*
* @returns nothing when either cannot be read
* @see https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
*/
function satisfies(version, requirement) {
	const found = VERSION.exec(version);
	if (!found || requirement.length > MAX_LENGTH) return void 0;
	const [, major, minor, patch, pre = ""] = found;
	const numbers = {
		major: Number(major),
		minor: Number(minor),
		patch: Number(patch),
		pre
	};
	const comparators = requirement.split(",").map((part) => parseComparator(part.trim()));
	if (comparators.includes(void 0)) return void 0;
	const known = comparators.filter((comparator) => comparator !== void 0);
	return known.every((comparator) => allows(comparator, numbers)) && allowsPre(known, numbers);
}
function parseComparator(text) {
	const found = COMPARATOR.exec(text);
	if (!found) return void 0;
	const [, op = "", major, minor, patch, pre = ""] = found;
	if (!isNumber(major)) return {
		op: "*",
		major: 0,
		pre: ""
	};
	const wildcard = [minor, patch].some((part) => part !== void 0 && !isNumber(part));
	return {
		op: op === "" ? wildcard ? "=" : "^" : op,
		major: Number(major),
		...isNumber(minor) && { minor: Number(minor) },
		...isNumber(minor) && isNumber(patch) && { patch: Number(patch) },
		pre
	};
}
function isNumber(text) {
	return text !== void 0 && /^\d+$/.test(text);
}
function allows(comparator, version) {
	switch (comparator.op) {
		case "*": return true;
		case "=": return isExact(comparator, version);
		case ">": return order(comparator, version) > 0;
		case ">=": return isExact(comparator, version) || order(comparator, version) > 0;
		case "<": return order(comparator, version) < 0;
		case "<=": return isExact(comparator, version) || order(comparator, version) < 0;
		case "~": return isTilde(comparator, version);
		default: return isCaret(comparator, version);
	}
}
function isExact(comparator, version) {
	const { major, minor, patch, pre } = comparator;
	if (major !== version.major || (minor ?? version.minor) !== version.minor) return false;
	return patch === void 0 || patch === version.patch && pre === version.pre;
}
function isTilde(comparator, version) {
	const { major, minor, patch } = comparator;
	if (major !== version.major || (minor ?? version.minor) !== version.minor) return false;
	return patch === void 0 || order(comparator, version) >= 0;
}
function isCaret(comparator, version) {
	const { major, minor, patch } = comparator;
	if (major !== version.major) return false;
	if (minor === void 0) return true;
	if (major === 0 && minor !== version.minor) return false;
	if (patch === void 0) return version.minor >= minor;
	if (major === 0 && minor === 0 && patch !== version.patch) return false;
	return order(comparator, version) >= 0;
}
/** Where a version stands: above what the comparator names (1), below it (-1), or inside it (0). */
function order(comparator, version) {
	const { major, minor, patch } = comparator;
	if (major !== version.major) return Math.sign(version.major - major);
	if (minor === void 0) return 0;
	if (minor !== version.minor) return Math.sign(version.minor - minor);
	if (patch === void 0) return 0;
	if (patch !== version.patch) return Math.sign(version.patch - patch);
	return comparePre(version.pre, comparator.pre);
}
/** A release is above its pre-releases; numbers are below words. @see https://semver.org/#spec-item-11 */
function comparePre(a, b) {
	if (a === b) return 0;
	if (a === "" || b === "") return a === "" ? 1 : -1;
	const [left, right] = [a.split("."), b.split(".")];
	for (const [index, one] of left.entries()) {
		const other = right[index];
		if (other === void 0) return 1;
		if (one === other) continue;
		if (isNumber(one) && isNumber(other)) return Math.sign(Number(one) - Number(other));
		if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1;
		return one < other ? -1 : 1;
	}
	return -1;
}
/** A pre-release is allowed only by a comparator that names one of the very same version. */
function allowsPre(comparators, version) {
	if (version.pre === "") return true;
	return comparators.some(({ major, minor, patch, pre }) => pre !== "" && major === version.major && minor === version.minor && patch === version.patch);
}
// src/ecosystems/cargo/scope.ts
/**
* Sorts packages by what they are needed for. Build dependencies count as `runtime`: they run on the
* machine that builds. So does an optional dependency that the default features switch on. Of packages
* outside of the checkout the lock does not say which dependency is optional, or for whom: all count as
* needed, even those that Cargo locks and never builds (behind a feature that nobody can switch on).
*/
function purposesOf(packages, project) {
	const links = /* @__PURE__ */ new Map();
	for (const [entry, manifest] of project.manifests) links.set(entry, linksOf(entry, manifest));
	const isDefault = defaultFeatures(project, links);
	const edgesOf = (entry) => {
		const known = links.get(entry);
		if (!known) return [...entry.dependencies].map((target) => ({
			target,
			scope: "runtime"
		}));
		return known.map((link) => ({
			target: link.target,
			scope: scopeOf$4(link, isDefault)
		}));
	};
	return {
		direct: new Set([...project.members].flatMap((member) => [member, ...member.dependencies])),
		scopes: spread$1(packages, project.members, edgesOf),
		unlocked: [...project.members].flatMap((member) => {
			const manifest = project.manifests.get(member);
			return manifest ? unlockedOf(manifest, links.get(member) ?? []) : [];
		})
	};
}
function linksOf(entry, manifest) {
	const byName = Map.groupBy(manifest.declarations, ({ name }) => name);
	return [...entry.dependencies].map((target) => ({
		target,
		declarations: fulfilled(target, byName.get(target.name) ?? [])
	}));
}
/** Of several declarations of one name, those that can mean this version from this source. */
function fulfilled(target, declarations) {
	const source = target.source === void 0 ? void 0 : parseSource(target.source);
	const elsewhere = source?.url === void 0 ? "crates.io" : source.kind;
	const from = target.source === void 0 ? "path" : elsewhere;
	return narrowed(narrowed(declarations, (declaration) => declaration.from === from), ({ requirement }) => requirement === void 0 || satisfies(target.version, requirement) !== false);
}
function narrowed(items, fits) {
	const fitting = items.filter(fits);
	return fitting.length === 0 ? items : fitting;
}
function scopeOf$4(link, isDefault) {
	const needed = link.declarations.filter(({ kind }) => kind !== "development");
	if (link.declarations.length === 0) return "runtime";
	if (needed.length === 0) return "development";
	return needed.every((declaration) => declaration.optional && !isDefault(declaration)) ? "optional" : "runtime";
}
/** Everything gets the best scope by which a member reaches it; what no member reaches is not judged. */
function spread$1(packages, members, edgesOf) {
	const scopes = /* @__PURE__ */ new Map();
	const later = {
		runtime: [...members],
		optional: [],
		development: []
	};
	for (const scope of [
		"runtime",
		"optional",
		"development"
	]) {
		const queue = later[scope];
		for (let entry = queue.pop(); entry !== void 0; entry = queue.pop()) {
			if (scopes.has(entry)) continue;
			scopes.set(entry, scope);
			for (const edge of edgesOf(entry)) later[widest(scope, edge.scope)].push(edge.target);
		}
	}
	for (const entry of packages) if (!scopes.has(entry)) scopes.set(entry, "runtime");
	return scopes;
}
/** What is needed by something that is not always needed is not always needed either. */
function widest(a, b) {
	if (a === "development" || b === "development") return "development";
	return a === "optional" ? a : b;
}
function unlockedOf(manifest, links) {
	const locked = new Set(links.map(({ target }) => target.name));
	return manifest.declarations.filter(({ name }) => !locked.has(name) && name !== manifest.package?.name).map((declaration) => ({
		declaration,
		manifest
	}));
}
// src/ecosystems/cargo/folder-pattern.ts
/** Most steps that one comparison may take: attackers write patterns too. */
const MAX_PATTERN = 1024;
/**
* Whether a folder is one that a pattern of `workspace.members` means. `*` and `?` stay within a folder,
* `**` is any number of folders; a character class is read as any one character, which is enough to find
* candidates. Takes time proportional to the product of both lengths.
*
* @see https://docs.rs/glob/latest/glob/struct.Pattern.html
*/
function matchesPattern(folder, pattern) {
	if (pattern.length > MAX_PATTERN) return false;
	const names = folder.split("/");
	let reached = [true, ...names.map(() => false)];
	for (const segment of pattern.split("/")) {
		const next = [segment === "**" && reached[0] === true];
		for (const [index, name] of names.entries()) {
			const here = segment === "**" ? reached[index + 1] === true || next[index] === true : reached[index] === true && matchesName$1(name, segment);
			next.push(here);
		}
		reached = next;
	}
	return reached.at(-1) === true;
}
function matchesName$1(name, segment) {
	const pattern = segment.replace(/\[[^\]]+\]/g, "?");
	let at = 0;
	let star = -1;
	let resume = 0;
	for (let index = 0; index < name.length;) if (pattern[at] === "*") {
		star = at++;
		resume = index;
	} else if (pattern[at] === "?" || pattern[at] === name[index]) {
		at++;
		index++;
	} else if (star !== -1) {
		at = star + 1;
		index = ++resume;
	} else return false;
	return /^\**$/.test(pattern.slice(at));
}
// src/ecosystems/cargo/manifest.ts
/** Section names, with the spelling that old editions allow too. */
const SECTIONS = [
	["dependencies", "normal"],
	["build-dependencies", "build"],
	["build_dependencies", "build"],
	["dev-dependencies", "development"],
	["dev_dependencies", "development"]
];
const REMEDY$7 = "Run `cargo metadata`, which names the fault, and correct the manifest";
const NONE$1 = Object.freeze({ __proto__: null });
/**
* Parses a Cargo.toml.
*
* @param inherited the workspace whose values `workspace = true` takes; a root's own goes first
* @throws ParseError `LOCKFILE_SYNTAX` when it is no TOML
* @see https://doc.rust-lang.org/cargo/reference/manifest.html
*/
function parseManifest(file, inherited) {
	const { value } = require_run.parseToml(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$7
	});
	const folder = node_path.posix.dirname(file.path) === "." ? "" : node_path.posix.dirname(file.path);
	const own = require_run.tableOf(value["workspace"]);
	const workspace = own && workspaceOf(own, folder);
	const from = workspace ?? inherited;
	const identity = require_run.tableOf(value["package"]) ?? require_run.tableOf(value["project"]);
	return {
		path: file.path,
		folder,
		...identity && { package: packageOf$1(identity, from) },
		declarations: [value, ...Object.values(require_run.tableOf(value["target"]) ?? NONE$1)].flatMap((holder) => declarationsIn(require_run.tableOf(holder) ?? NONE$1, folder, from)),
		features: featuresOf(value),
		...workspace && { workspace },
		patched: [...Object.values(require_run.tableOf(value["patch"]) ?? NONE$1), value["replace"]].flatMap((table) => Object.values(require_run.tableOf(table) ?? NONE$1)).flatMap((entry) => folderOf$1(require_run.tableOf(entry)?.["path"], folder) ?? [])
	};
}
function workspaceOf(table, folder) {
	return {
		members: textsOf(table["members"]),
		exclude: textsOf(table["exclude"]),
		folder,
		dependencies: require_run.tableOf(table["dependencies"]) ?? NONE$1,
		package: require_run.tableOf(table["package"]) ?? NONE$1
	};
}
function packageOf$1(table, workspace) {
	const textOf = (key) => {
		const value = table[key];
		const found = require_run.tableOf(value)?.["workspace"] === true ? workspace?.package[key] : value;
		return typeof found === "string" ? found : void 0;
	};
	const license = textOf("license");
	return {
		name: textOf("name") ?? "",
		version: textOf("version") ?? "0.0.0",
		...license !== void 0 && { license }
	};
}
function declarationsIn(holder, folder, workspace) {
	return SECTIONS.flatMap(([section, kind]) => Object.entries(require_run.tableOf(holder[section]) ?? NONE$1).map(([key, value]) => declarationOf(key, value, {
		kind,
		folder,
		workspace
	})));
}
function declarationOf(key, value, where) {
	const { kind, workspace } = where;
	const own = require_run.tableOf(value) ?? NONE$1;
	const isInherited = own["workspace"] === true && workspace !== void 0;
	const spec = isInherited ? workspace.dependencies[key] : value;
	const table = require_run.tableOf(spec) ?? NONE$1;
	const requirement = typeof spec === "string" ? spec : table["version"];
	const folder = folderOf$1(table["path"], isInherited ? workspace.folder : where.folder);
	const withoutDefault = [own, table].some((one) => (one["default-features"] ?? one["default_features"]) === false);
	const features = /* @__PURE__ */ new Set([...textsOf(table["features"]), ...textsOf(own["features"])]);
	return {
		key,
		name: typeof table["package"] === "string" ? table["package"] : key,
		...typeof requirement === "string" && { requirement },
		kind,
		optional: own["optional"] === true,
		from: originIn(table),
		...folder !== void 0 && { folder },
		features: [...withoutDefault ? [] : ["default"], ...features]
	};
}
function originIn(table) {
	if (table["path"] !== void 0) return "path";
	if (table["git"] !== void 0) return "git";
	return table["registry"] !== void 0 || table["registry-index"] !== void 0 ? "registry" : "crates.io";
}
function featuresOf(value) {
	const features = Object.entries(require_run.tableOf(value["features"]) ?? NONE$1);
	return new Map(features.map(([name, enables]) => [name, textsOf(enables)]));
}
/**
* The folder of the checkout that a manifest's path means, `''` for the root.
*
* @param base folder that the path begins in
* @returns nothing when it lies outside
*/
function folderOf$1(path, base) {
	if (typeof path !== "string" || node_path.posix.isAbsolute(path)) return void 0;
	const folder = node_path.posix.join(base, path.replaceAll("\\", "/")).replace(/\/$/, "");
	if (folder === ".." || folder.startsWith("../")) return void 0;
	return folder === "." ? "" : folder;
}
function textsOf(value) {
	return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
// src/ecosystems/cargo/workspace.ts
/** Most manifests that are read for one lock: the largest real workspaces have under 1 000 members. */
const MAX_MANIFESTS = 1e4;
/** Most entries of `members` that are looked at: each with a wildcard costs a walk over all paths. */
const MAX_MEMBERS = 1e3;
/**
* Finds the manifests of a lock's own packages: the root's, then what `members`, path dependencies and
* patches point at, until every package has one.
*
* @param folder of the lock, which is the workspace's root
* @param local packages of the lock that have no source
* @returns nothing when no manifest lies beside the lock
* @see https://doc.rust-lang.org/cargo/reference/workspaces.html#the-members-and-exclude-fields
*/
function readProject(folder, local, read) {
	const search = new Search(local, read);
	const root = search.read(folder);
	if (!root && search.gaps.length === 0) return void 0;
	const workspace = root?.workspace;
	const members = /* @__PURE__ */ new Set([folder, ...workspace ? listedFolders(workspace, local, read) : []]);
	const others = /* @__PURE__ */ new Set();
	for (const manifest of search.visit(members, workspace)) {
		for (const path of manifest.patched) others.add(path);
		for (const { folder: path } of manifest.declarations) {
			if (path === void 0) continue;
			if (workspace && isBelow(path, workspace)) members.add(path);
			else others.add(path);
		}
	}
	for (const manifest of search.visit(others, workspace)) for (const { folder: path } of manifest.declarations) if (path !== void 0) others.add(path);
	const itself = root && !workspace ? search.packageOf(root) : void 0;
	return {
		manifests: search.found,
		members: search.membersIn(members),
		gaps: search.gaps,
		...itself && { itself }
	};
}
var Search = class {
	gaps = [];
	found = /* @__PURE__ */ new Map();
	#read;
	#wanted;
	#seen = /* @__PURE__ */ new Map();
	constructor(local, read) {
		this.#read = read;
		this.#wanted = new Map(local.map((entry) => [`${entry.name} ${entry.version}`, entry]));
	}
	/** Reads the manifests of folders, those added meanwhile too, while a package is still missing. */
	*visit(folders, workspace) {
		for (const folder of folders) {
			if (this.found.size === this.#wanted.size || this.#seen.size > MAX_MANIFESTS) return;
			const manifest = this.read(folder, workspace);
			if (!manifest) continue;
			const entry = this.packageOf(manifest);
			if (entry && !this.found.has(entry)) this.found.set(entry, manifest);
			yield manifest;
		}
	}
	read(folder, workspace) {
		if (this.#seen.has(folder)) return this.#seen.get(folder);
		const file = this.#read(folder === "" ? "Cargo.toml" : `${folder}/Cargo.toml`);
		const manifest = file && this.#parse(file, workspace);
		this.#seen.set(folder, manifest);
		return manifest;
	}
	packageOf({ package: own }) {
		return own && this.#wanted.get(`${own.name} ${own.version}`);
	}
	/** A package without a manifest may be a member: what it asks for then counts as asked for by the project. */
	membersIn(folders) {
		const isMember = (entry) => {
			const manifest = this.found.get(entry);
			return manifest === void 0 || folders.has(manifest.folder);
		};
		return new Set([...this.#wanted.values()].filter(isMember));
	}
	/** A manifest that cannot be read costs scopes only, not the whole lock. */
	#parse(file, workspace) {
		try {
			return parseManifest(file, workspace);
		} catch (error) {
			if (!(error instanceof require_errors.ParseError)) throw error;
			const line = error.line === void 0 ? {} : { line: error.line };
			const reason = `${error.message}; what its dependencies are for is not known`;
			this.gaps.push({
				name: file.path,
				reason,
				location: {
					path: file.path,
					...line
				}
			});
			return;
		}
	}
};
/** Folders that the patterns in `members` stand for. */
function listedFolders({ members, exclude, folder }, local, read) {
	const folders = /* @__PURE__ */ new Set();
	for (const pattern of members.slice(0, MAX_MEMBERS)) {
		const path = folderOf$1(pattern, folder);
		if (path === void 0) continue;
		if (!/[*?[]/.test(pattern)) folders.add(path);
		else for (const candidate of candidatesFor(path, local, read)) if (!isExcluded(candidate, folder, exclude)) folders.add(candidate);
	}
	return folders;
}
/** Folders with a manifest that a pattern may mean; without a tree to look at, those named as packages are. */
function candidatesFor(pattern, local, read) {
	const segments = pattern.split("/");
	const fixed = segments.slice(0, segments.findIndex((segment) => /[*?[]/.test(segment)));
	if (read.below === void 0) return local.flatMap(({ name }) => [[...fixed, name].join("/"), [...fixed, name.replaceAll("_", "-")].join("/")]);
	return read.below(fixed.join("/")).filter((path) => path.endsWith("/Cargo.toml")).map((path) => path.slice(0, -11)).filter((path) => matchesPattern(path, pattern));
}
function isBelow(path, { folder, exclude }) {
	return (folder === "" || path.startsWith(`${folder}/`)) && !isExcluded(path, folder, exclude);
}
function isExcluded(folder, root, exclude) {
	return exclude.some((path) => `${folder}/`.startsWith(`${folderOf$1(path, root) ?? ".."}/`));
}
// src/ecosystems/ecosystem.ts
/** Puts what was found in order: components merged by purl and sorted, direct purls unique and sorted. */
function extractionOf(components, direct, gaps) {
	return {
		components: [...require_run.mergeByPurl(components).values()].sort(require_run.byPurl),
		direct: [...new Set(direct)].sort(),
		gaps
	};
}
// src/ecosystems/cargo.ts
/**
* Rust's Cargo. The lock gives versions, sources, checksums and edges; what is direct, optional or for
* development only is in the manifests of the workspace beside it.
*
* @see https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
*/
const cargo = {
	id: "cargo",
	ecosystem: "crates.io",
	reads: "`Cargo.lock` versions 1 to 4, with the `Cargo.toml` files of its workspace",
	recognises: (basename) => basename === "Cargo.lock",
	extract: extract$9
};
function extract$9(file, read) {
	const { packages, gaps } = readLock$2(file);
	const local = packages.filter(({ source }) => source === void 0);
	const folder = node_path.posix.dirname(file.path);
	const project = readProject(folder === "." ? "" : folder, local, read);
	const purposes = project && purposesOf(packages, project);
	const named = /* @__PURE__ */ new Map();
	const unnamed = [];
	for (const entry of packages) {
		const found = nameOf$1(entry, file.path);
		if ("reason" in found) unnamed.push(found);
		else if (entry !== project?.itself) named.set(entry, found);
	}
	const direct = purposes?.direct ?? new Set(local.flatMap((one) => [one, ...one.dependencies]));
	const components = [...named.values()].map((one) => componentOf$2(one, {
		dependsOn: [...one.entry.dependencies].flatMap((entry) => named.get(entry)?.purl ?? []),
		direct: direct.has(one.entry),
		scope: purposes?.scopes.get(one.entry),
		manifest: project?.manifests.get(one.entry)
	}));
	return extractionOf(components, components.filter((component) => component.direct).map(({ purl }) => purl), [
		...gaps,
		...unnamed,
		...projectGaps({
			path: file.path,
			local,
			project,
			purposes
		})
	]);
}
/** What the lock and the manifests do not say of each other. */
function projectGaps({ path, local, project, purposes }) {
	if (!project || !purposes) return [{
		name: "Cargo.toml",
		reason: "not beside the lock: scopes are not known, and every local package counts as direct",
		location: { path }
	}];
	const homeless = local.filter((entry) => !project.manifests.has(entry));
	return [
		...project.gaps,
		...homeless.map((entry) => ({
			name: `${entry.name} ${entry.version}`,
			reason: "no Cargo.toml that can be read is its own: it lies outside, or the lock is out of date",
			location: placeOf(entry, path)
		})),
		...purposes.unlocked.map(({ declaration, manifest }) => ({
			name: declaration.name,
			reason: `${manifest.path} asks for it and ${path} does not list it: the lock is out of date`,
			location: { path: manifest.path }
		}))
	];
}
// src/formats/go-mod.ts
const SHARED = [
	["go", readGo],
	["toolchain", readToolchain],
	["godebug", (draft, directive) => void onlyArgument(draft, directive)],
	["replace", (draft, directive) => void draft.replacements.push(replacementOf(draft, directive))]
];
const MOD_DIRECTIVES = new Map([
	...SHARED,
	["module", readModule],
	["require", (draft, directive) => void draft.requirements.push(requirementOf(draft, directive))],
	["exclude", (draft, directive) => void draft.exclusions.push(versionLine(draft, directive))],
	["retract", (draft, directive) => void draft.retractions.push(retractionOf(draft, directive))],
	["tool", (draft, directive) => void draft.tools.push(pathLine(draft, directive))],
	["ignore", (draft, directive) => void draft.ignored.push(pathLine(draft, directive))]
]);
const WORK_DIRECTIVES = new Map([...SHARED, ["use", (draft, directive) => void draft.uses.push(pathLine(draft, directive))]]);
/**
* Parses a go.mod file. Versions are not checked: a branch name is kept as it stands.
*
* @throws ParseError `LOCKFILE_SYNTAX` with the line
* @see https://go.dev/ref/mod#go-mod-file-grammar
*/
function parseGoMod(source) {
	const { source: _source, uses: _uses, ...mod } = drafted(source, MOD_DIRECTIVES);
	return mod;
}
/**
* Parses a go.work file.
*
* @throws ParseError `LOCKFILE_SYNTAX` with the line
* @see https://go.dev/ref/mod#go-work-file
*/
function parseGoWork(source) {
	const { go, toolchain, replacements, unknown, uses } = drafted(source, WORK_DIRECTIVES);
	return {
		...go !== void 0 && { go },
		...toolchain !== void 0 && { toolchain },
		replacements,
		unknown,
		uses
	};
}
function drafted(source, readers) {
	const draft = {
		source,
		requirements: [],
		exclusions: [],
		replacements: [],
		retractions: [],
		tools: [],
		ignored: [],
		uses: [],
		unknown: []
	};
	for (const directive of require_requirements_tree.goDirectives(source)) {
		const read = readers.get(directive.verb);
		if (read) read(draft, directive);
		else draft.unknown.push({
			verb: directive.verb,
			line: directive.line
		});
	}
	return draft;
}
function readModule(draft, directive) {
	if (draft.module) throw fault(draft, directive, "found a second module line, expected one");
	draft.module = pathLine(draft, directive);
}
function readGo(draft, directive) {
	if (draft.go) throw fault(draft, directive, "found a second go line, expected one");
	const version = onlyArgument(draft, directive);
	if (!/^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/.test(version)) throw fault(draft, directive, `found ${quote(version)}, expected a version of Go such as 1.24.0`);
	draft.go = {
		version,
		line: directive.line
	};
}
function readToolchain(draft, directive) {
	if (draft.toolchain !== void 0) throw fault(draft, directive, "found a second toolchain line, expected one");
	draft.toolchain = onlyArgument(draft, directive);
}
function requirementOf(draft, directive) {
	const indirect = /^indirect(?:$|;(?:\s|$))/.test(directive.comment);
	return {
		...versionLine(draft, directive),
		indirect
	};
}
function replacementOf(draft, directive) {
	const { args, line } = directive;
	const arrow = args[1] === "=>" ? 1 : 2;
	const [path, version] = args;
	const [byPath, byVersion] = args.slice(arrow + 1);
	const tooMany = args.length > arrow + 3;
	if (args[arrow] !== "=>" || path === void 0 || byPath === void 0 || tooMany) throw usage(draft, directive, "replace path [version] => path version, or => ./folder");
	const what = {
		path,
		...arrow === 2 && version !== void 0 && { version },
		line
	};
	if (byVersion !== void 0) return {
		...what,
		by: {
			kind: "module",
			path: byPath,
			version: byVersion
		}
	};
	if (!isFolder(byPath)) throw fault(draft, directive, `found ${quote(byPath)} without a version, expected one, or a folder that begins with ./ or ../`);
	return {
		...what,
		by: {
			kind: "folder",
			path: byPath
		}
	};
}
/** Rooted, or relative with a dot in front; Windows' own forms too. */
function isFolder(path) {
	return /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:)/.test(path);
}
function retractionOf(draft, directive) {
	const { args, line } = directive;
	const [first = "", low = "", comma, high = "", end] = args;
	if (args.length === 1 && !/^[[({]$/.test(first)) return {
		low: first,
		high: first,
		line
	};
	if (args.length === 5 && first === "[" && comma === "," && end === "]") return {
		low,
		high,
		line
	};
	throw usage(draft, directive, "retract version, or retract [low, high]");
}
function versionLine(draft, directive) {
	const [path, version, ...more] = directive.args;
	if (path === void 0 || version === void 0 || more.length > 0) throw usage(draft, directive, `${directive.verb} path version`);
	return {
		path,
		version,
		line: directive.line
	};
}
function pathLine(draft, directive) {
	return {
		path: onlyArgument(draft, directive),
		line: directive.line
	};
}
function onlyArgument(draft, directive) {
	const [argument, ...more] = directive.args;
	if (argument === void 0 || argument === "" || more.length > 0) throw usage(draft, directive, `${directive.verb} with one argument`);
	return argument;
}
function usage(draft, directive, form) {
	return fault(draft, directive, `found ${quote([directive.verb, ...directive.args].join(" "))}, expected ${form}`);
}
function fault(draft, directive, text) {
	return require_requirements_tree.goSyntaxError(draft.source, directive.line, text);
}
function quote(text) {
	return JSON.stringify(text.slice(0, 100));
}
// src/ecosystems/go/project.ts
/** The newest language version whose directives we know. */
const KNOWN_GO_MINOR = 26;
/** @throws ParseError when go.mod is damaged */
function moduleProject(file) {
	const gaps = [];
	const main = mainModuleOf(file, gaps);
	return {
		mains: [main],
		replacements: placed(main.mod, main.file),
		sums: [node_path.posix.join(main.folder, "go.sum")],
		gaps
	};
}
/** @throws ParseError when go.work or the go.mod of a member is damaged */
function workspaceProject(file, read) {
	const gaps = [];
	const work = parseGoWork(file);
	for (const gap of unknownDirectives(file, work)) gaps.push(gap);
	const folder = folderOf(file.path);
	const mains = /* @__PURE__ */ new Map();
	for (const use of work.uses) {
		const member = memberOf(use, folder, read);
		if ("reason" in member) {
			const { reason } = member;
			gaps.push({
				name: use.path,
				reason,
				location: {
					path: file.path,
					line: use.line
				}
			});
		} else if (!mains.has(member.path)) {
			const main = mainModuleOf(member, gaps);
			mains.set(member.path, {
				...main,
				use: {
					file: file.path,
					line: use.line
				}
			});
		}
	}
	const members = [...mains.values()];
	return {
		workspace: file.path,
		mains: members,
		replacements: [work, ...members.map(({ mod }) => mod)].flatMap((settings, at) => placed(settings, members[at - 1]?.file ?? file.path)),
		sums: [node_path.posix.join(folder, "go.work.sum"), ...members.map((main) => node_path.posix.join(main.folder, "go.sum"))],
		gaps
	};
}
/** Paths of the go.mod files that a go.work makes members; none when it cannot be read. */
function membersOf$1(path, read) {
	return (readable(() => {
		const file = read(path);
		return file && parseGoWork(file);
	})?.uses ?? []).flatMap((use) => {
		const folder = folderBelow(folderOf(path), use.path);
		return folder === void 0 ? [] : [node_path.posix.join(folder, "go.mod")];
	});
}
/** The go.mod in a folder of the checkout; nothing when there is none, or it is damaged. */
function readableMod(folder, read) {
	return readable(() => {
		const file = read(node_path.posix.join(folder, "go.mod"));
		return file && parseGoMod(file);
	});
}
/**
* A folder that a file of the checkout names.
*
* @param base folder of that file, relative to the checkout
* @returns relative to the checkout, empty for its root; nothing when it lies outside
*/
function folderBelow(base, path) {
	const relative = path.replaceAll("\\", "/");
	if (relative.startsWith("/") || /^[A-Za-z]:/.test(relative)) return void 0;
	const folder = node_path.posix.join(base, relative).replace(/\/+$/, "");
	if (folder === ".." || folder.startsWith("../")) return void 0;
	return folder === "." ? "" : folder;
}
/** Folder of a file, relative to the checkout; empty at its root. */
function folderOf(path) {
	return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
/** Before go 1.17, go.mod names direct requirements only, and few others. @see https://go.dev/ref/mod#graph-pruning */
function listsWholeBuild(mod) {
	return minorOf(mod) >= 17;
}
function mainModuleOf(file, gaps) {
	const mod = parseGoMod(file);
	for (const gap of unknownDirectives(file, mod)) gaps.push(gap);
	if (!mod.module && mod.requirements.length > 0) gaps.push({
		name: file.path,
		reason: "go.mod has no module line",
		location: { path: file.path }
	});
	return {
		path: mod.module?.path ?? "",
		folder: folderOf(file.path),
		file: file.path,
		mod
	};
}
function memberOf(use, base, read) {
	const folder = folderBelow(base, use.path);
	if (folder === void 0) return { reason: "the workspace uses a folder outside of the checkout" };
	return read(node_path.posix.join(folder, "go.mod")) ?? { reason: "the workspace uses a folder that has no go.mod" };
}
/** What a newer Go may mean is reported; what no Go knows is damage. */
function unknownDirectives(file, settings) {
	return settings.unknown.map(({ verb, line }) => {
		if (minorOf(settings) <= KNOWN_GO_MINOR) {
			const shown = JSON.stringify(verb.slice(0, 100));
			throw require_requirements_tree.goSyntaxError(file, line, `found ${shown}, expected a directive such as require`);
		}
		return {
			name: verb,
			reason: `a directive that go 1.${KNOWN_GO_MINOR} does not know may change what is built`,
			location: {
				path: file.path,
				line
			}
		};
	});
}
/** Without a go line, the language is that of go 1.16. */
function minorOf({ go }) {
	const [major, minor] = (go?.version ?? "1.16").split(".");
	return major === "1" ? Number.parseInt(minor ?? "", 10) : Number.POSITIVE_INFINITY;
}
function placed(settings, file) {
	return settings.replacements.map((replacement) => ({
		...replacement,
		file
	}));
}
function readable(parse) {
	try {
		return parse();
	} catch (error) {
		if (error instanceof require_errors.ParseError) return void 0;
		throw error;
	}
}
// src/ecosystems/go/build-list.ts
/**
* The versions that are built, as far as the main modules list them: of each module the highest that is
* required, which is minimal version selection over the requirements at hand.
*
* @see https://go.dev/ref/mod#minimal-version-selection
*/
function buildListOf(project) {
	const gaps = [];
	const drafts = requiredModules(project, gaps);
	markTools(project, drafts, gaps);
	const replacementsOf = replacementFinder(project.replacements);
	const modules = /* @__PURE__ */ new Map();
	for (const [path, draft] of drafts) {
		const [replacement, other] = replacementsOf(path, draft.version);
		modules.set(path, {
			path,
			...draft,
			...replacement && { replacement }
		});
		if (replacement && other && replacement.file !== project.workspace) gaps.push({
			name: path,
			reason: "members of the workspace replace it by different things, which go refuses",
			location: {
				path: other.file,
				line: other.line
			}
		});
	}
	return {
		modules,
		gaps
	};
}
function requiredModules(project, gaps) {
	const mainPaths = new Set(project.mains.map((main) => main.path));
	const excluded = new Set(project.mains.flatMap(({ mod }) => mod.exclusions.map((it) => `${it.path}@${it.version}`)));
	const drafts = /* @__PURE__ */ new Map();
	for (const { file, mod } of project.mains) for (const { path, version, indirect, line } of mod.requirements) {
		const location = {
			path: file,
			line
		};
		const reason = excluded.has(`${path}@${version}`) ? `version "${version}" is required and excluded; go takes another one or none` : require_requirements_tree.isGoVersion(version) ? void 0 : `version "${version}" is no exact version`;
		if (reason !== void 0) gaps.push({
			name: path,
			reason,
			location
		});
		else if (!mainPaths.has(path)) {
			const draft = drafts.get(path) ?? {
				version,
				imported: false,
				tool: false,
				locations: []
			};
			drafts.set(path, draft);
			if (require_requirements_tree.compareGoVersions(version, draft.version) > 0) draft.version = version;
			draft.imported ||= !indirect;
			draft.locations.push(location);
		}
	}
	return drafts;
}
/** @see https://go.dev/ref/mod#go-mod-file-tool */
function markTools(project, drafts, gaps) {
	const mainPaths = new Set(project.mains.map((main) => main.path));
	const known = { has: (path) => mainPaths.has(path) || drafts.has(path) };
	for (const { file, mod } of project.mains) for (const { path, line } of mod.tools) {
		const module = require_requirements_tree.moduleOfPackage(path, known);
		const draft = drafts.get(module ?? "");
		if (draft) {
			draft.tool = true;
			draft.locations.push({
				path: file,
				line
			});
		} else if (module === void 0) gaps.push({
			name: path,
			reason: "no required module has the package of this tool",
			location: {
				path: file,
				line
			}
		});
	}
}
/**
* Gives the replacements of a version: what wins, then what contradicts it. go.work wins over its members,
* and within a file one version's replacement over that of all versions.
*
* @see https://go.dev/ref/mod#go-work-file-replace
*/
function replacementFinder(replacements) {
	const ranks = new Map(replacements.map((replacement, rank) => [replacement, rank]));
	const rankOf = (replacement) => ranks.get(replacement) ?? 0;
	const byKey = Map.groupBy(replacements, ({ path, version }) => `${path}@${version ?? ""}`);
	return (path, version) => {
		const exact = byKey.get(`${path}@${version}`) ?? [];
		const files = new Set(exact.map(({ file }) => file));
		const any = (byKey.get(`${path}@`) ?? []).filter(({ file }) => !files.has(file));
		const [first, ...rest] = [...exact, ...any].sort((a, b) => rankOf(a) - rankOf(b));
		if (first === void 0) return [];
		return [first, ...rest.filter((other) => thingOf(other) !== thingOf(first))];
	};
}
/** What a replacement puts in place, comparable over files. */
function thingOf({ by, file }) {
	return by.kind === "module" ? `${by.path}@${by.version}` : `./${folderBelow(folderOf(file), by.path) ?? by.path}`;
}
// src/ecosystems/go/components.ts
/** Components of the workspace's members and of the build list, and what of it cannot be one. */
function componentsOf$2(context) {
	const { project, list } = context;
	const gaps = [];
	const sources = /* @__PURE__ */ new Map();
	const members = project.workspace === void 0 ? [] : project.mains.filter(isNamed);
	const purls = new Map(members.map(({ path }) => [path, localPurl(path)]));
	for (const module of list.modules.values()) {
		const source = sourceOf$1(module);
		if (source.kind === "unusable") {
			const { path: name } = module;
			gaps.push({
				name,
				reason: source.reason,
				location: placesOf$1(module)[0]
			});
		} else {
			sources.set(module, source);
			purls.set(module.path, purlOfSource(module, source));
		}
	}
	const built = [...sources].map(([module, source]) => source.kind === "folder" ? folderComponent(context, module, {
		...source,
		purls
	}) : moduleComponent(context, module, source));
	return {
		components: [...members.map((main) => memberComponent(main, purls)), ...built],
		gaps
	};
}
/**
* A module that a proxy serves. What it requires stands in its own go.mod, which is not in the checkout.
*/
function registryComponent({ path, version }, sums, [fallback, ...others]) {
	return {
		purl: modulePurl(path, version),
		ecosystem: "Go",
		name: path,
		version,
		scope: "runtime",
		direct: false,
		origin: { kind: "registry" },
		files: sums.filesOf(path, version, fallback),
		licenses: [],
		dependsOn: [],
		edges: "unknown",
		locations: [fallback, ...others].sort(require_run.byLocation)
	};
}
/** Why a module cannot be fetched by this name; nothing when it can. */
function unfetchable(path, version) {
	if (!require_requirements_tree.isGoModulePath(path)) return `"${path.slice(0, 200)}" is no path that a module can have`;
	if (!require_requirements_tree.isGoVersion(version)) return `version "${version.slice(0, 200)}" is no exact version`;
}
/** Lower case, as the purl specification asks for; the component's name keeps its case. */
function modulePurl(path, version) {
	return require_run.purlOf("golang", path.toLowerCase(), version);
}
/** A folder has no version, and must not be taken for the one that it stands in for. */
function localPurl(path) {
	return modulePurl(path, "");
}
function purlOfSource(module, source) {
	return source.kind === "module" ? modulePurl(source.path, source.version) : localPurl(module.path);
}
function sourceOf$1({ path, version, replacement }) {
	if (replacement?.by.kind === "folder") {
		const folder = folderBelow(folderOf(replacement.file), replacement.by.path);
		if (folder !== void 0) return {
			kind: "folder",
			folder
		};
		return {
			kind: "unusable",
			reason: "it is replaced by a folder outside of the checkout"
		};
	}
	const by = replacement?.by ?? {
		path,
		version
	};
	const reason = unfetchable(by.path, by.version);
	return reason === void 0 ? {
		kind: "module",
		path: by.path,
		version: by.version
	} : {
		kind: "unusable",
		reason
	};
}
function moduleComponent({ sums }, module, source) {
	return {
		...registryComponent(source, sums, placesOf$1(module)),
		...useOf(module)
	};
}
function folderComponent({ read }, module, { folder, purls }) {
	const mod = readableMod(folder, read);
	return {
		...localComponent(module.path, folder),
		...useOf(module),
		dependsOn: mod ? sorted(importedBy(mod, purls)) : [],
		...!mod && { edges: "unknown" },
		locations: [...placesOf$1(module)].sort(require_run.byLocation)
	};
}
function memberComponent(main, purls) {
	const line = main.mod.module?.line;
	const { use } = main;
	return {
		...localComponent(main.path, main.folder),
		dependsOn: sorted([...importedBy(main.mod, purls), ...toolsOf(main.mod, purls)]),
		locations: [{
			path: main.file,
			...line !== void 0 && { line }
		}, ...use ? [{
			path: use.file,
			line: use.line
		}] : []].sort(require_run.byLocation)
	};
}
function localComponent(path, folder) {
	return {
		purl: localPurl(path),
		ecosystem: "Go",
		name: path,
		version: "",
		scope: "runtime",
		direct: true,
		origin: {
			kind: "local",
			path: node_path.posix.normalize(folder)
		},
		files: [],
		licenses: [],
		dependsOn: [],
		locations: []
	};
}
/** The modules whose packages a module's own packages import: all that its go.mod does not call indirect. */
function importedBy(mod, purls) {
	return mod.requirements.filter(({ indirect }) => !indirect).map(({ path }) => purls.get(path)).filter((purl) => purl !== void 0);
}
function toolsOf(mod, purls) {
	return mod.tools.map(({ path }) => purls.get(require_requirements_tree.moduleOfPackage(path, purls) ?? "")).filter((purl) => purl !== void 0);
}
function sorted(purls) {
	return [...new Set(purls)].sort();
}
function isNamed(main) {
	return main.path !== "";
}
/**
* How the project uses a module. A tool's module that nothing imports directly serves development; what only
* tests or tools import through others cannot be told from the rest.
*/
function useOf({ imported, tool }) {
	return {
		scope: tool && !imported ? "development" : "runtime",
		direct: imported || tool
	};
}
/** The requirements first, the replacement behind them. */
function placesOf$1({ locations, replacement }) {
	const [first = { path: replacement?.file ?? "" }, ...rest] = locations;
	return [
		first,
		...rest,
		...replacement ? [{
			path: replacement.file,
			line: replacement.line
		}] : []
	];
}
// src/ecosystems/go/sums.ts
/**
* Reads checksum files; one that does not exist pins nothing.
*
* @throws ParseError when one is damaged
*/
function readSums(paths, read) {
	const modules = /* @__PURE__ */ new Map();
	for (const path of paths) {
		const file = read(path);
		for (const line of file ? require_requirements_tree.parseGoSum(file) : []) {
			const lines = modules.get(line.path);
			if (lines) lines.push(line);
			else modules.set(line.path, [line]);
		}
	}
	return {
		paths: () => modules.keys(),
		listed(path) {
			const lines = modules.get(path);
			return lines && listedModule(lines);
		},
		filesOf(path, version, fallback) {
			const lines = (modules.get(path) ?? []).filter((line) => line.version === version);
			return FILES.flatMap((file) => {
				const own = lines.filter((line) => line.file === file);
				return lockedFiles(nameOf(path, version, file), own, fallback);
			}).sort(require_run.byFile);
		}
	};
}
const FILES = ["go.mod", "zip"];
/** How a file of a module is called: as the go command's cache and go.sum call it, so that it says whose it is. */
function nameOf(path, version, file) {
	return file === "zip" ? `${path}@${version}.zip` : `${path}@${version}/go.mod`;
}
/** Two hashes of one file contradict each other: as two files, one of them cannot pass for the other. */
function lockedFiles(name, lines, fallback) {
	if (lines.length === 0) return [{
		name,
		digests: [],
		location: fallback
	}];
	const byHex = /* @__PURE__ */ new Map();
	for (const line of lines) if (!byHex.has(line.digest.hex)) byHex.set(line.digest.hex, line);
	return [...byHex.values()].map(({ digest, location }) => ({
		name,
		digests: [digest],
		location
	}));
}
function listedModule(lines) {
	const zips = /* @__PURE__ */ new Map();
	let highestMod = "";
	for (const { file, version, location } of lines) {
		if (file === "zip" && !zips.has(version)) zips.set(version, {
			version,
			location
		});
		if (file === "go.mod" && require_requirements_tree.compareGoVersions(version, highestMod) > 0) highestMod = version;
	}
	return {
		zips: [...zips.values()].sort((a, b) => require_requirements_tree.compareGoVersions(a.version, b.version)),
		highestMod
	};
}
// src/ecosystems/go/unlisted.ts
/**
* What is built and stands in no go.mod. Before go 1.17 that is most of it; in a workspace, what a member's
* upgrade pulls up for the others. Only what the checksum files tell beyond doubt becomes a component.
*/
function unlistedModules(context, listed) {
	const { project, sums } = context;
	const old = project.mains.filter(({ mod }) => mod.requirements.length > 0 && !listsWholeBuild(mod));
	const gaps = [...old.map(unprunedGap), ...upgradedGaps(context)];
	const components = [];
	if (old.length === 0) return {
		components,
		gaps
	};
	const known = /* @__PURE__ */ new Set([
		...project.mains.map((main) => main.path),
		...context.list.modules.keys(),
		...listed.map((component) => component.name)
	]);
	for (const path of sums.paths()) {
		if (known.has(path)) continue;
		const { zips = [], highestMod = "" } = sums.listed(path) ?? {};
		const [first, ...others] = zips;
		if (first === void 0) continue;
		const { version, location } = first;
		const reason = unfetchable(path, version) ?? (others.length > 0 ? `the checksum file lists ${zips.length} versions, and go.mod does not say which is built` : require_requirements_tree.compareGoVersions(highestMod, version) > 0 ? `the checksum file lists the zip of ${version} and the go.mod of ${highestMod}, and go.mod does not say which is built` : void 0);
		if (reason === void 0) components.push(registryComponent({
			path,
			version
		}, sums, [location]));
		else gaps.push({
			name: path,
			reason,
			location
		});
	}
	return {
		components,
		gaps
	};
}
function unprunedGap({ path, file, mod }) {
	const { go } = mod;
	const which = go ? `is for go ${go.version}` : "has no go line";
	return {
		name: path === "" ? file : path,
		reason: `go.mod ${which}; before go 1.17 it does not list what dependencies depend on`,
		location: {
			path: file,
			...go && { line: go.line }
		}
	};
}
/** Highest of the members' requirements is not always what a workspace selects: a checksum file may show it. */
function upgradedGaps({ project, list, sums }) {
	if (project.workspace === void 0) return [];
	return [...list.modules.values()].flatMap(({ path, version, replacement }) => {
		const highest = sums.listed(path)?.zips.at(-1);
		if (replacement || !highest || require_requirements_tree.compareGoVersions(highest.version, version) <= 0) return [];
		return [{
			name: path,
			reason: `a checksum file lists ${highest.version}, above ${version} of every member: the workspace may build it`,
			location: highest.location
		}];
	});
}
// src/ecosystems/go.ts
/**
* Go modules: the build list that go.mod or a workspace's go.mod files name, with the hashes of go.sum.
* go.sum alone is no list of dependencies: it keeps versions that were only ever considered.
*
* @see https://go.dev/ref/mod
*/
const go = {
	id: "go",
	ecosystem: "Go",
	reads: "`go.mod` with `go.sum`, `go.work` with its members and `go.work.sum`: the build list, whole from go 1.17 on; edges of modules in the checkout only; no vendor folders",
	recognises: (basename) => basename === "go.mod" || basename === "go.work",
	entryPoints: entryPoints$2,
	extract: extract$8
};
/** A member of a workspace is built as the workspace says. */
function entryPoints$2(paths, read) {
	const members = new Set(paths.filter(isWorkspace).flatMap((path) => membersOf$1(path, read)));
	return paths.filter((path) => !members.has(path));
}
function extract$8(file, read) {
	const project = isWorkspace(file.path) ? workspaceProject(file, read) : moduleProject(file);
	const list = buildListOf(project);
	const context = {
		project,
		list,
		sums: readSums(project.sums, read),
		read
	};
	const listed = componentsOf$2(context);
	const unlisted = unlistedModules(context, listed.components);
	const components = [...listed.components, ...unlisted.components];
	return extractionOf(components, components.filter(({ direct }) => direct).map(({ purl }) => purl), [
		...project.gaps,
		...list.gaps,
		...listed.gaps,
		...unlisted.gaps
	]);
}
function isWorkspace(path) {
	return path.endsWith("go.work");
}
// src/ecosystems/npm/bundles.ts
/**
* Finds the entries that come inside another package's archive. `inBundle` alone is only what the lock
* says of them: unless a package above does bundle it, npm fetches such an entry from the registry, and an
* entry that nobody pins must not pass for one that its parent's digest covers.
*
* What the project itself bundles is fetched as well, so that the project counts as no bundler.
*
* @see https://docs.npmjs.com/cli/v11/configuring-npm/package-json#bundledependencies
*/
function bundledIn(tree, edges) {
	const bundled = /* @__PURE__ */ new Set();
	for (const bundler of tree.packages) {
		const names = bundler.raw["bundleDependencies"];
		if (bundler.holder === void 0 || !Array.isArray(names)) continue;
		const inside = tree.installedIn(bundler);
		const queue = names.flatMap((name) => typeof name === "string" ? inside.get(name) ?? [] : []);
		for (let entry = queue.pop(); entry !== void 0; entry = queue.pop()) {
			if (bundled.has(entry)) continue;
			bundled.add(entry);
			for (const held of tree.installedIn(entry).values()) queue.push(held);
			for (const target of edges.from(entry)) if (target.holder === bundler.path) queue.push(target);
		}
	}
	return bundled;
}
// src/ecosystems/npm/lock-entry.ts
/** Longest path of an entry, in characters, and its depth in folders: npm 2 on its worst day stayed below. */
const MAX_PATH_CHARS = 2048;
const MAX_PATH_FOLDERS = 128;
/** Longest name and version; the registry's limits are 214 and 256. */
const MAX_FIELD_CHARS = 1024;
/** One folder, or two of which the first is a scope; no way up. */
const NAME = /^(?:@(?!\.\.?\/)[^/\\]+\/)?(?!@|\.\.?$)[^/\\]+$/;
/** The field as text; nothing when it is anything else, or empty. */
function textOf(raw, field) {
	const value = raw[field];
	return typeof value === "string" && value !== "" ? value : void 0;
}
/** An entry, with what its path says. */
function lockEntryOf(path, raw, line) {
	const folderName = nameFromPath(path);
	return {
		path,
		folderName,
		holder: holderOf(path, folderName),
		isLink: raw["link"] === true,
		line,
		raw
	};
}
/** The package's own name: of an alias, not the one that its folder has. */
function packageNameOf({ raw, folderName }) {
	return textOf(raw, "name") ?? folderName;
}
/** Why an entry is none that npm can install; nothing when it is one. */
function faultOfEntry(entry) {
	const { path, raw } = entry;
	if (path.length > MAX_PATH_CHARS || foldersIn(path) > MAX_PATH_FOLDERS) return "its path is longer than a path can be";
	const name = packageNameOf(entry);
	if (name.length > MAX_FIELD_CHARS) return "its name is longer than a name can be";
	if ((textOf(raw, "version") ?? "").length > MAX_FIELD_CHARS) return "its version is longer than a version can be";
	if (path === "" || NAME.test(name)) return void 0;
	return "its name is none that a package can have";
}
function foldersIn(path) {
	let folders = 1;
	for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) folders++;
	return folders;
}
function nameFromPath(path) {
	const slash = path.lastIndexOf("/");
	if (slash === -1) return path;
	const above = path.lastIndexOf("/", slash - 1);
	return path.slice((path.charAt(above + 1) === "@" ? above : slash) + 1);
}
/** `packages/a` for `packages/a/node_modules/@s/b`. */
function holderOf(path, folderName) {
	const end = path.length - folderName.length - 14;
	if (end === -1 && path.startsWith("node_modules/")) return "";
	return end > 0 && path.startsWith("/node_modules/", end) ? path.slice(0, end) : void 0;
}
/** How a gap calls an entry: short, whatever the lock says. */
function labelOf(path) {
	const label = path === "" ? "(root)" : path;
	return label.length <= 200 ? label : `${label.slice(0, 199)}…`;
}
/** A gap about an entry, or what stands in its place. */
function gapAt(lock, { path, line }, reason) {
	return {
		name: labelOf(path),
		reason,
		location: {
			path: lock,
			...line !== void 0 && { line }
		}
	};
}
// src/ecosystems/npm/spec.ts
/** Short names of git hosts in npm's specs, and where they are. @see https://docs.npmjs.com/cli/v11/using-npm/package-spec */
const GIT_HOSTS = {
	github: "https://github.com/",
	gitlab: "https://gitlab.com/",
	bitbucket: "https://bitbucket.org/",
	gist: "https://gist.github.com/"
};
/** Whether a spec or a `resolved` names a git repository. */
function isGitSpec(spec) {
	const scheme = spec.slice(0, spec.indexOf(":"));
	return scheme.startsWith("git+") || scheme === "git" || spec.startsWith("git@") || Object.hasOwn(GIT_HOSTS, scheme);
}
/** Whether a spec or a `resolved` is the address of a file on the web. */
function isUrlSpec(spec) {
	return /^https?:/i.test(spec);
}
/** Whether a spec is a folder, which npm links, and no archive, which it unpacks. */
function isFolderSpec(spec) {
	return spec.startsWith("file:") && !/\.(?:tgz|tar\.gz|tar)$/i.test(spec);
}
/** Reads the git forms that npm writes into locks: URLs, `github:a/b#…`, `git@host:a/b.git#…`. */
function gitPinOf(spec) {
	const hash = spec.indexOf("#");
	const place = hash === -1 ? spec : spec.slice(0, hash);
	const committish = hash === -1 ? "" : spec.slice(hash + 1).split("::", 1)[0] ?? "";
	const isCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(committish);
	return {
		url: gitUrlOf(place),
		...isCommit && { commit: committish.toLowerCase() }
	};
}
function gitUrlOf(place) {
	const colon = place.indexOf(":");
	const scheme = place.slice(0, colon);
	const host = Object.hasOwn(GIT_HOSTS, scheme) ? GIT_HOSTS[scheme] : void 0;
	if (host !== void 0) {
		const path = place.slice(colon + 1).replace(/^[^/]*@/, "");
		return `${host}${path}${path.endsWith(".git") ? "" : ".git"}`;
	}
	const plain = place.replace(/^git\+/, "");
	return sshUrlOf(withoutCredentials(plain.includes("://") ? plain : `ssh://${plain}`));
}
/** `ssh://git@host:a/b` is how people write `ssh://git@host/a/b`: what follows the colon is no port. */
function sshUrlOf(url) {
	const match = /^(ssh:\/\/[^/:]*):(?!\d+(?:\/|$))(.*)$/s.exec(url);
	return match ? `${match[1] ?? ""}/${match[2] ?? ""}` : url;
}
/**
* Leaves out what a URL says about who is asking: documents quote it. Of `ssh` URLs the user name stays,
* which is part of the address.
*/
function withoutCredentials(url) {
	if (!url.includes("@")) return url;
	const start = url.indexOf("://") + 3;
	if (start < 3) return url;
	const end = url.slice(start).search(/[/?#\\]/);
	const authority = end === -1 ? url.slice(start) : url.slice(start, start + end);
	const at = authority.lastIndexOf("@");
	if (at === -1) return url;
	const user = authority.slice(0, at);
	const keeps = /^(?:git\+)?ssh:/i.test(url) && !user.includes(":");
	const rest = url.slice(start + at + 1);
	return url.slice(0, start) + (keeps ? `${user}@` : "") + rest;
}
// src/ecosystems/npm/origin.ts
const FROM_REGISTRY = {
	origin: { kind: "registry" },
	qualifiers: {}
};
/** Tells apart what npm keeps in one field, `resolved`. */
function sourceOf(raw, context) {
	const resolved = textOf(raw, "resolved");
	if (resolved === void 0) return FROM_REGISTRY;
	if (isGitSpec(resolved)) return gitSource(resolved);
	if (isUrlSpec(resolved)) return webSource(resolved, context);
	if (resolved.startsWith("file:")) return {
		origin: {
			kind: "local",
			path: inCheckout(context.lockFolder, resolved.slice(5))
		},
		qualifiers: {}
	};
	const url = withoutCredentials(resolved);
	return {
		origin: {
			kind: "archive",
			url
		},
		url,
		qualifiers: { download_url: url },
		fault: `it is resolved to "${url.slice(0, 100)}", which is no address that npm knows`
	};
}
/** A path as the checkout's root sees it. */
function inCheckout(lockFolder, path) {
	const normal = node_path.posix.join(lockFolder, path);
	return normal.endsWith("/") && normal !== "/" ? normal.slice(0, -1) : normal;
}
function gitSource(resolved) {
	const { url, commit } = gitPinOf(resolved);
	const at = commit === void 0 ? "" : `@${commit}`;
	return {
		origin: {
			kind: "git",
			url,
			...commit !== void 0 && { commit }
		},
		qualifiers: { vcs_url: `git+${url}${at}` },
		...commit === void 0 && { fault: "its git repository is not pinned to a commit" }
	};
}
function webSource(resolved, { name, askedByUrl }) {
	const url = withoutCredentials(resolved);
	const base = askedByUrl ? void 0 : registryOf(url, name);
	if (base === void 0) return {
		origin: {
			kind: "archive",
			url
		},
		url,
		qualifiers: { download_url: url }
	};
	return {
		origin: {
			kind: "registry",
			url: base
		},
		url,
		qualifiers: {}
	};
}
/**
* The registry that an archive lies on: what stands before `<name>/-/`. Registries with a layout of
* their own put the name somewhere into the path: of those the whole address is the answer.
*/
function registryOf(url, name) {
	const plain = url.indexOf(`/${name}/-/`);
	const at = plain === -1 && name.includes("/") ? url.toLowerCase().indexOf(`/${name.toLowerCase().replace("/", "%2f")}/-/`) : plain;
	if (at !== -1) return url.slice(0, at + 1);
	return url.includes(`/${name}/`) ? url : void 0;
}
// src/ecosystems/npm/component.ts
/** Names an entry. */
function placedOf(entry, { path, lockFolder, askedByUrl, inBundle }) {
	const { raw, line } = entry;
	const name = packageNameOf(entry);
	const source = entry.holder !== void 0 ? sourceOf(raw, {
		name,
		lockFolder,
		askedByUrl: askedByUrl || raw["remote"] === true
	}) : {
		origin: {
			kind: "local",
			path: inCheckout(lockFolder, entry.path)
		},
		qualifiers: {}
	};
	const commit = source.origin.kind === "git" ? source.origin.commit : void 0;
	const version = textOf(raw, "version") ?? commit ?? "";
	return {
		entry,
		purl: require_run.purlOf("npm", name, version, source.qualifiers),
		name,
		version,
		source,
		digests: require_digest.digestsFromSri(textOf(raw, "integrity") ?? ""),
		location: line === void 0 ? { path } : {
			path,
			line
		},
		bundled: inBundle && textOf(raw, "resolved") === void 0 && raw["integrity"] === void 0
	};
}
/**
* One component out of all the places that have the same package in the same version.
*
* @param places at least one, in the order of the lock; nearly always just one
* @param edges `dependsOn` sorted, each once
*/
function componentOf$1(places, edges) {
	const [first] = places;
	const scope = scopeOf$3(places);
	const platform = platformOf(places);
	return {
		purl: first.purl,
		ecosystem: "npm",
		name: first.name,
		version: first.version,
		...scope && { scope },
		direct: edges.direct,
		origin: (places.find(({ source }) => source.origin.kind !== "local") ?? first).source.origin,
		files: filesOf$3(places),
		licenses: allLicensesOf(places),
		...platform && { platform },
		dependsOn: edges.dependsOn,
		...edges.edges && { edges: edges.edges },
		locations: locationsOf(places)
	};
}
/** The widest of all places; nothing when one of them does not say. */
function scopeOf$3(places) {
	let widest = "development";
	for (const { entry } of places) {
		const { dev, optional, devOptional, extraneous } = entry.raw;
		if (extraneous === true) return void 0;
		if (dev === true) continue;
		if (optional !== true && devOptional !== true) return "runtime";
		widest = "optional";
	}
	return widest;
}
/** Each line once: a minified lock has one only. */
function locationsOf(places) {
	if (places.length === 1) return [places[0].location];
	return [...new Map(places.map(({ location }) => [location.line, location])).values()].sort(require_run.byLocation);
}
function filesOf$3(places) {
	if (places.length === 1) return fileOf(places[0]);
	const files = /* @__PURE__ */ new Map();
	for (const file of places.flatMap(fileOf)) {
		const key = [file.url ?? "", ...file.digests.map(require_digest.renderDigest)].join("\n");
		if (!files.has(key)) files.set(key, file);
	}
	return [...files.values()].sort(require_run.byFile);
}
/** The file that a place has fetched; none for what lies in the checkout, in git or in another's archive. */
function fileOf({ source, digests, location, bundled }) {
	const { kind } = source.origin;
	if (digests.length === 0 && (kind === "local" || kind === "git" || bundled)) return [];
	const { url } = source;
	return [url === void 0 ? {
		digests,
		location
	} : {
		...named(url),
		digests,
		location
	}];
}
function named(url) {
	const path = /[?#]/.test(url) ? url.split(/[?#]/, 1)[0] ?? "" : url;
	const name = path.slice(path.lastIndexOf("/") + 1);
	return name === "" ? { url } : {
		url,
		name
	};
}
function allLicensesOf(places) {
	const licenses = places.flatMap(({ entry }) => licensesOf(entry.raw));
	return licenses.length > 1 ? [...new Set(licenses)].sort() : licenses;
}
/** SPDX expressions, or what people wrote in their stead: text, `{ type }`, or a list of either. */
function licensesOf({ license, licenses }) {
	if (licenses === void 0 && typeof license === "string") return namesOf([license]);
	if (licenses === void 0 && license === void 0) return [];
	return namesOf([license, licenses].flat());
}
function namesOf(licenses) {
	return licenses.map((license) => typeof license === "string" ? license : require_run.jsonObjectOf(license)?.["type"]).filter((license) => typeof license === "string").map((license) => license.trim()).filter((license) => license !== "");
}
/** What all places say; nothing when one of them does not restrict, or differs. */
function platformOf([first, ...rest]) {
	const platform = first && constraintOf(first.entry.raw);
	if (platform === void 0 || rest.length === 0) return platform;
	const key = JSON.stringify(platform);
	return rest.every(({ entry }) => JSON.stringify(constraintOf(entry.raw)) === key) ? platform : void 0;
}
function constraintOf(raw) {
	const os = listOf$1(raw["os"]);
	const cpu = listOf$1(raw["cpu"]);
	const libc = listOf$1(raw["libc"]);
	if (!os && !cpu && !libc) return void 0;
	return {
		...os && { os },
		...cpu && { cpu },
		...libc && { libc }
	};
}
function listOf$1(value) {
	if (value === void 0) return void 0;
	const list = [value].flat().filter((item) => typeof item === "string");
	return list.length === 0 ? void 0 : list;
}
// src/ecosystems/npm/workspaces.ts
/** Most patterns that are looked at: real projects have a handful. */
const MAX_PATTERNS = 1e3;
/**
* Tells the project's own members from other folders that it links.
*
* @param root entry or package.json of the project
* @returns whether a folder, relative to the project, is a member
* @see https://docs.npmjs.com/cli/v11/using-npm/workspaces
*/
function membersOf(root) {
	const field = root["workspaces"];
	const listed = Array.isArray(field) ? field : require_run.jsonObjectOf(field)?.["packages"];
	const patterns = (Array.isArray(listed) ? listed : []).filter((pattern) => typeof pattern === "string").slice(0, MAX_PATTERNS).map((pattern) => {
		const excludes = pattern.startsWith("!");
		return {
			excludes,
			parts: pattern.slice(excludes ? 1 : 0).split("/").filter((part) => part !== "" && part !== ".")
		};
	});
	return (folder) => {
		const parts = folder.split("/");
		const last = patterns.findLast((pattern) => matches(pattern.parts, parts));
		return last !== void 0 && !last.excludes;
	};
}
/** Whether folder names match a pattern's. Linear for each `**`, however hostile. */
function matches(pattern, parts) {
	let states = closure(pattern, /* @__PURE__ */ new Set([0]));
	for (const part of parts) {
		const next = /* @__PURE__ */ new Set();
		for (const at of states) {
			const wanted = pattern[at];
			if (wanted === "**") next.add(at);
			else if (wanted !== void 0 && matchesName(wanted, part)) next.add(at + 1);
		}
		states = closure(pattern, next);
	}
	return states.has(pattern.length);
}
/** `**` matches no folder at all, too. */
function closure(pattern, states) {
	for (const at of states) if (pattern[at] === "**") states.add(at + 1);
	return states;
}
/** Whether one folder name matches one part. Braces and brackets are read as "anything from here on". */
function matchesName(wanted, name) {
	const special = wanted.search(/[{[(?]/);
	const pieces = (special === -1 ? wanted : `${wanted.slice(0, special)}*`).split("*");
	const first = pieces[0] ?? "";
	const last = pieces.length > 1 ? pieces.at(-1) ?? "" : "";
	if (pieces.length === 1) return name === first;
	if (!name.startsWith(first) || name.length < first.length + last.length) return false;
	let at = first.length;
	for (const piece of pieces.slice(1, -1)) {
		const found = name.indexOf(piece, at);
		if (found === -1) return false;
		at = found + piece.length;
	}
	return name.endsWith(last) && name.length - last.length >= at;
}
// src/ecosystems/npm/direct.ts
/**
* What the project itself asks for: all kinds of dependencies of its root and of its workspace members,
* and the members.
*/
function directOf(tree, edges) {
	const { root } = tree;
	if (root === void 0) return new Set(unasked$1(tree, edges));
	const isMember = membersOf(root.raw);
	const direct = new Set(edges.from(root));
	for (const folder of tree.packages) {
		if (folder === root || folder.holder !== void 0 || !isMember(folder.path)) continue;
		direct.add(folder);
		for (const target of edges.from(folder)) direct.add(target);
	}
	return direct;
}
/** Without a root: what nothing else asks for, at the top of the tree. */
function unasked$1(tree, edges) {
	const wanted = edges.wanted();
	return [...tree.packages, ...tree.links].filter(({ holder }) => holder === "").flatMap((entry) => tree.targetOf(entry) ?? []).filter((entry) => !wanted.has(entry));
}
// src/ecosystems/npm/asks.ts
/** Fields of an entry that ask, in npm's order: of two that name the same package, the later one counts. */
const FIELDS = [
	"peerDependencies",
	"dependencies",
	"optionalDependencies",
	"devDependencies"
];
/** Locks list development dependencies of the project's own folders only. */
const INSTALLED_FIELDS = FIELDS.slice(0, 3);
/** Everything that an entry asks for, of every kind: development dependencies only of folders of the project. */
function asksOf({ raw, holder }) {
	const fields = [];
	const faults = [];
	for (const field of holder === void 0 ? FIELDS : INSTALLED_FIELDS) {
		const value = raw[field];
		if (value === void 0) continue;
		const listed = require_run.jsonObjectOf(value);
		if (listed) fields.push({
			field,
			listed
		});
		else faults.push(`its ${field} are ${require_run.jsonKindOf(value)}, not an object`);
	}
	const asks = [];
	for (const [at, { field, listed }] of fields.entries()) for (const name of Object.keys(listed)) {
		if (fields.some((other, place) => place > at && Object.hasOwn(other.listed, name))) continue;
		const spec = listed[name];
		const optional = field === "optionalDependencies" || field === "peerDependencies" && isOptionalPeer(raw, name);
		asks.push({
			name,
			spec: typeof spec === "string" ? spec : "",
			field,
			optional
		});
	}
	return {
		asks,
		faults
	};
}
function isOptionalPeer(raw, name) {
	const meta = require_run.jsonObjectOf(raw["peerDependenciesMeta"]);
	if (meta === void 0 || !Object.hasOwn(meta, name)) return false;
	return require_run.jsonObjectOf(meta[name])?.["optional"] === true;
}
// src/ecosystems/npm/lock-tree.ts
const NOTHING = /* @__PURE__ */ new Map();
/**
* Lays out a lock as the tree that npm builds from it.
*
* @see https://nodejs.org/api/modules.html#loading-from-node_modules-folders
*/
function lockTreeOf(entries) {
	const byPath = new Map(entries.map((entry) => [entry.path, entry]));
	const installed = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		if (entry.holder === void 0) continue;
		const siblings = installed.get(entry.holder);
		if (siblings) siblings.set(entry.folderName, entry);
		else installed.set(entry.holder, /* @__PURE__ */ new Map([[entry.folderName, entry]]));
	}
	return {
		root: byPath.get(""),
		packages: entries.filter(({ isLink }) => !isLink),
		links: entries.filter(({ isLink }) => isLink),
		installedIn: (entry) => installed.get(entry.path) ?? NOTHING,
		reachFrom: (entry) => reachFrom$1(entry.path, installed),
		targetOf(entry) {
			if (!entry.isLink) return entry;
			const path = pathOfTarget(entry);
			const target = path === void 0 ? void 0 : byPath.get(path);
			return target?.isLink === false ? target : void 0;
		}
	};
}
/** First of the name on the way up. */
function findIn(reach, name) {
	for (const installed of reach) {
		const found = installed.get(name);
		if (found !== void 0) return found;
	}
}
function pathOfTarget({ raw }) {
	if (typeof raw["resolved"] !== "string") return void 0;
	const resolved = node_path.posix.normalize(raw["resolved"]);
	const plain = resolved.endsWith("/") ? resolved.slice(0, -1) : resolved;
	return plain === "." ? "" : plain;
}
function reachFrom$1(path, installed) {
	const reach = [];
	for (let folder = path; folder !== void 0; folder = above(folder)) {
		const found = installed.get(folder);
		if (found) reach.push(found);
	}
	return reach;
}
/** The next folder up that may have a `node_modules`; nothing above the project, nor out of a folder beside it. */
function above(folder) {
	if (folder === "" || folder === ".." || folder.endsWith("/..")) return void 0;
	const slash = folder.lastIndexOf("/");
	return slash === -1 ? "" : folder.slice(0, slash);
}
// src/ecosystems/npm/edges.ts
const NONE = [];
/**
* Resolves every dependency of every entry by walking up the folders from the dependent, as Node does:
* two entries that ask for the same name may get different packages.
*
* @param path of the lock, for gaps
*/
function edgesOf$3(tree, path) {
	const edges = /* @__PURE__ */ new Map();
	let rootIsWanted = false;
	const askedByUrl = /* @__PURE__ */ new Set();
	const gaps = [];
	for (const entry of tree.packages) {
		const { asks, faults } = asksOf(entry);
		for (const fault of faults) gaps.push(gapAt(path, entry, fault));
		if (asks.length === 0) continue;
		const reach = tree.reachFrom(entry);
		const found = [];
		for (const { name, spec, field, optional } of asks) {
			const installed = findIn(reach, name);
			const target = installed && tree.targetOf(installed);
			if (target !== void 0) {
				found.push(target);
				rootIsWanted ||= target === tree.root;
				if (isUrlSpec(spec)) askedByUrl.add(target);
			} else if (installed === void 0 && !optional) {
				const reason = `"${labelOf(entry.path)}" has it in its ${field}, and the lock has it nowhere in reach`;
				gaps.push(gapAt(path, {
					path: name,
					line: entry.line
				}, reason));
			}
		}
		edges.set(entry, found);
	}
	for (const link of tree.links) if (tree.targetOf(link) === void 0) gaps.push(gapAt(path, link, "it is a link to nothing"));
	return {
		from: (entry) => edges.get(entry) ?? NONE,
		wanted: () => new Set([...edges.values()].flat()),
		rootIsWanted,
		askedByUrl,
		gaps
	};
}
// src/ecosystems/npm/manifest.ts
/**
* The entry that a version 1 lock lacks: what the project asks for, from the package.json beside it. Peers
* are taken as optional, since the npm that wrote such locks did not install them.
*
* @param folder of the lock, relative to the checkout
* @returns nothing without a readable package.json
*/
function rootFromManifest(folder, read) {
	const manifest = readManifest(folder === "" ? "package.json" : `${folder}/package.json`, read);
	if (manifest === void 0) return void 0;
	const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
	const peers = Object.keys(require_run.jsonObjectOf(peerDependencies) ?? {});
	return lockEntryOf("", {
		name: manifest["name"],
		version: manifest["version"],
		workspaces: manifest["workspaces"],
		dependencies,
		devDependencies,
		optionalDependencies,
		peerDependencies,
		peerDependenciesMeta: Object.fromEntries(peers.map((name) => [name, { optional: true }]))
	}, void 0);
}
function readManifest(path, read) {
	try {
		const file = read(path);
		return file && require_run.jsonObjectOf(require_run.parseJson(file, {
			code: "CONFIG_SYNTAX",
			remedy: ""
		}));
	} catch (error) {
		if (error instanceof require_errors.ParseError) return void 0;
		throw error;
	}
}
/** Deepest nesting of entries that is followed: real ones have a dozen levels. */
const MAX_NESTED_ENTRIES = 128;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COLON = 58;
const NEWLINE = 10;
/**
* Finds the lines of the entries of a JSON file: the keys of the root's `container` object, and of the
* object of that name in each entry, to any sensible depth. Time and memory linear in the text.
*
* @param text valid JSON: what `JSON.parse` has taken. It may be minified
* @param container as in `packages` for `{ "packages": { "": {}, "node_modules/a": {} } }`
*/
function entryLines(text, container) {
	const scan = new EntryScan(text, container);
	scan.run();
	return {
		lines: scan.lines,
		repeated: scan.repeated
	};
}
const OTHER = {
	kind: "other",
	path: "",
	depth: 0
};
var EntryScan = class {
	lines = /* @__PURE__ */ new Map();
	repeated = [];
	#text;
	#container;
	#open = [];
	/** What the next object will be, should one follow. */
	#next = {
		kind: "holder",
		path: "",
		depth: 0
	};
	#line = 1;
	#lineAt = 0;
	constructor(text, container) {
		this.#text = text;
		this.#container = container;
	}
	run() {
		const text = this.#text;
		let at = 0;
		while (at < text.length) {
			switch (text.charCodeAt(at)) {
				case QUOTE:
					at = this.#string(at);
					continue;
				case OPEN_BRACE:
					this.#open.push(this.#next);
					this.#next = OTHER;
					break;
				case OPEN_BRACKET:
					this.#open.push(OTHER);
					this.#next = OTHER;
					break;
				case CLOSE_BRACE:
				case CLOSE_BRACKET:
					this.#open.pop();
					this.#next = OTHER;
			}
			at++;
		}
	}
	/** Passes over a string; should it be a key that matters, notes it. @returns where it ends */
	#string(start) {
		const end = this.#endOfString(start);
		const inside = this.#open.at(-1);
		this.#next = OTHER;
		if (inside === void 0 || inside.kind === "other" || !this.#isKey(end)) return end;
		if (inside.kind === "container") this.#entry(inside, start, end);
		else if (this.#keyOf(start, end) === this.#container) this.#containerOf(inside, start);
		return end;
	}
	#entry(inside, start, end) {
		const key = this.#keyOf(start, end);
		const path = inside.depth === 1 ? key : inside.path + "\n" + key;
		const line = this.#lineOf(start);
		const known = this.lines.get(path);
		if (known !== void 0) this.repeated.push({
			key: path,
			line: known
		});
		this.lines.set(path, line);
		if (inside.depth < MAX_NESTED_ENTRIES) this.#next = {
			kind: "holder",
			path,
			depth: inside.depth
		};
	}
	#containerOf(holder, start) {
		const line = this.#lineOf(start);
		const { path, depth } = holder;
		if (holder.seen !== void 0) {
			const key = depth === 0 ? this.#container : path + "\n" + this.#container;
			this.repeated.push({
				key,
				line: holder.seen
			});
		}
		holder.seen = line;
		this.#next = {
			kind: "container",
			path,
			depth: depth + 1
		};
	}
	#endOfString(start) {
		const text = this.#text;
		for (let end = text.indexOf("\"", start + 1);; end = text.indexOf("\"", end + 1)) {
			if (end === -1) return text.length;
			let slashes = 0;
			while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
			if (slashes % 2 === 0) return end + 1;
		}
	}
	#isKey(end) {
		let at = end;
		while (this.#text.charCodeAt(at) <= 32) at++;
		return this.#text.charCodeAt(at) === COLON;
	}
	#keyOf(start, end) {
		const raw = this.#text.slice(start + 1, end - 1);
		return raw.includes("\\") ? JSON.parse(`"${raw}"`) : raw;
	}
	#lineOf(offset) {
		const text = this.#text;
		for (; this.#lineAt < offset; this.#lineAt++) if (text.charCodeAt(this.#lineAt) === NEWLINE) this.#line++;
		return this.#line;
	}
};
// src/ecosystems/npm/lock-version-1.ts
/** Deepest nesting that is followed. */
const MAX_DEPTH = 128;
/**
* Flattens the tree that npm 5 and 6 wrote. `version` there holds a version, an alias, a git URL, the URL
* of an archive or a path, and `requires` stands for every kind of dependency.
*
* @see https://docs.npmjs.com/cli/v6/configuring-npm/package-lock-json
*/
function* entriesOfVersion1(lock) {
	const targets = /* @__PURE__ */ new Set();
	const levels = [];
	const open = (level, raw) => {
		if (!Object.hasOwn(raw, "dependencies")) return void 0;
		const listed = require_run.jsonObjectOf(raw["dependencies"]);
		if (listed === void 0) return `its dependencies are ${require_run.jsonKindOf(raw["dependencies"])}`;
		if (level.depth > MAX_DEPTH) return "its dependencies are nested deeper than npm can";
		levels.push({
			...level,
			listed
		});
	};
	open({
		folder: "",
		keys: "",
		depth: 1
	}, lock);
	for (let level = levels.pop(); level !== void 0; level = levels.pop()) for (const [name, value] of Object.entries(level.listed)) {
		const path = `${level.folder === "" ? "" : `${level.folder}/`}node_modules/${name}`;
		const keys = level.depth === 1 ? name : level.keys + "\n" + name;
		const raw = require_run.jsonObjectOf(value);
		if (raw === void 0) {
			yield {
				path,
				keys,
				raw: {},
				fault: `it is ${require_run.jsonKindOf(value)}, not an object`
			};
			continue;
		}
		const target = linkTargetOf(raw);
		if (target === void 0) yield {
			path,
			keys,
			raw: modernOf(name, raw)
		};
		else {
			yield {
				path,
				keys,
				raw: {
					link: true,
					resolved: target
				}
			};
			if (!targets.has(target)) yield {
				path: target,
				keys,
				raw: {
					...flagsOf(raw),
					name
				}
			};
			targets.add(target);
		}
		const fault = open({
			folder: target ?? path,
			keys,
			depth: level.depth + 1
		}, raw);
		if (fault !== void 0) yield {
			path,
			keys,
			raw: {},
			fault
		};
	}
}
/** Folder that an entry is a link to; nothing when it is none. */
function linkTargetOf(raw) {
	const version = textOf(raw, "version") ?? "";
	if (!isFolderSpec(version)) return void 0;
	return node_path.posix.normalize(version.slice(5)).replace(/\/$/, "").replace(/^\.$/, "");
}
function modernOf(name, raw) {
	const version = textOf(raw, "version") ?? "";
	const integrity = textOf(raw, "integrity");
	const modern = {
		...flagsOf(raw),
		...integrity !== void 0 && { integrity }
	};
	if (version.startsWith("npm:")) {
		const at = version.lastIndexOf("@");
		const real = version.slice(4, at);
		return {
			...modern,
			name: real,
			version: version.slice(at + 1),
			resolved: raw["resolved"]
		};
	}
	if (isGitSpec(version)) return {
		...modern,
		resolved: version
	};
	if (isUrlSpec(version) || version.startsWith("file:")) return {
		...modern,
		resolved: version,
		remote: true,
		version: versionInFileName(name, version)
	};
	return {
		...modern,
		version,
		resolved: raw["resolved"]
	};
}
function flagsOf(raw) {
	const { dev, optional, bundled, requires } = raw;
	const dependencies = require_run.jsonObjectOf(requires) ?? {};
	return {
		dev,
		optional,
		inBundle: bundled,
		dependencies,
		bundleDependencies: bundledBy(raw, dependencies)
	};
}
/** What a package has in its archive: what lies in it, is called bundled, and is asked for by it. */
function bundledBy(raw, asked) {
	return Object.entries(require_run.jsonObjectOf(raw["dependencies"]) ?? {}).filter(([name, entry]) => {
		return Object.hasOwn(asked, name) && require_run.jsonObjectOf(entry)?.["bundled"] === true;
	}).map(([name]) => name);
}
/** `1.0.0-rc.1` for `…/left-pad-1.0.0-rc.1.tgz`; empty when the file is named otherwise. */
function versionInFileName(name, url) {
	const file = url.slice(url.lastIndexOf("/") + 1);
	const start = `${name.slice(name.lastIndexOf("/") + 1)}-`;
	if (!file.startsWith(start) || !file.endsWith(".tgz")) return "";
	const version = file.slice(start.length, -4);
	return /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/.test(version) ? version : "";
}
// src/ecosystems/npm/read-lock.ts
const REMEDY$6 = "Run `npm install --package-lock-only` and commit the result";
const REPEATED = "it stands here and again further down, and npm reads the last one only";
const WITHOUT_EDGES = "a lock of npm 4 or older does not say which package needs which";
/**
* Reads a lock of any version into entries of one shape. As in npm, a lock that has `packages` is read by
* it, whatever version it claims.
*
* @throws ParseError `LOCKFILE_SYNTAX`, `LOCKFILE_VERSION_UNSUPPORTED`
* @see https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
*/
function readLock$1(file) {
	const value = require_run.parseJson(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$6
	});
	const lock = require_run.jsonObjectOf(value);
	if (lock === void 0) throw notALock(file, `found ${require_run.jsonKindOf(value)}, expected an object`);
	assertVersion$4(file, lock);
	const key = Object.hasOwn(lock, "packages") ? "packages" : "dependencies";
	const listed = Object.hasOwn(lock, key) ? require_run.jsonObjectOf(lock[key]) : {};
	if (listed === void 0) throw notALock(file, `"${key}" is ${require_run.jsonKindOf(lock[key])}, expected an object`);
	return key === "packages" ? readPackages(file, listed) : readVersion1(file, lock);
}
function assertVersion$4(file, lock) {
	const version = lock["lockfileVersion"];
	if (version === 1 || version === 2 || version === 3) return;
	if (version === void 0) {
		if (Object.hasOwn(lock, "dependencies") || Object.hasOwn(lock, "packages")) return;
		throw notALock(file, "found no \"lockfileVersion\", expected 1, 2 or 3");
	}
	const found = JSON.stringify(version).slice(0, 40);
	throw new require_errors.ParseError({
		code: "LOCKFILE_VERSION_UNSUPPORTED",
		message: `Cannot read "${file.path}": lockfileVersion is ${found}, expected 1, 2 or 3`,
		remedy: `Run \`npm install --package-lock-only --lockfile-version 3\` and commit the result`
	});
}
function readPackages(file, packages) {
	const { lines, repeated } = entryLines(file.text, "packages");
	const entries = [];
	const gaps = repeated.map(({ key, line }) => gapAt(file.path, {
		path: key,
		line
	}, REPEATED));
	for (const [path, value] of Object.entries(packages)) {
		const raw = require_run.jsonObjectOf(value);
		const entry = lockEntryOf(path, raw ?? {}, lines.get(path));
		const fault = raw ? faultOfEntry(entry) : `it is ${require_run.jsonKindOf(value)}, not an object`;
		if (fault === void 0) entries.push(entry);
		else gaps.push(gapAt(file.path, entry, fault));
	}
	return {
		entries,
		gaps,
		namesDirect: Object.hasOwn(packages, ""),
		namesEdges: true
	};
}
function readVersion1(file, lock) {
	const { lines, repeated } = entryLines(file.text, "dependencies");
	const gaps = repeated.map(({ key, line }) => gapAt(file.path, {
		path: key.replaceAll("\n", "/node_modules/"),
		line
	}, REPEATED));
	const entries = [];
	for (const { path, keys, raw, fault } of entriesOfVersion1(lock)) {
		const entry = lockEntryOf(path, raw, lines.get(keys));
		const wrong = fault ?? faultOfEntry(entry);
		if (wrong === void 0) entries.push(entry);
		else gaps.push(gapAt(file.path, entry, wrong));
	}
	const namesEdges = Object.hasOwn(lock, "requires");
	if (entries.length > 0 && !namesEdges) gaps.push(gapAt(file.path, { path: "" }, WITHOUT_EDGES));
	return {
		entries,
		gaps,
		namesDirect: false,
		namesEdges
	};
}
function notALock(file, reason) {
	return new require_errors.ParseError({
		code: "LOCKFILE_SYNTAX",
		message: `Cannot read "${file.path}": ${reason}`,
		remedy: REMEDY$6
	});
}
// src/ecosystems/npm.ts
const SHRINKWRAP = "npm-shrinkwrap.json";
const UNKNOWN_INTEGRITY = "its integrity is no digest of a kind that Assay knows";
/** npm's own locks of every version, with the edges that npm itself would resolve. */
const npm = {
	id: "npm",
	ecosystem: "npm",
	reads: "`package-lock.json` and `npm-shrinkwrap.json`, versions 1, 2 and 3",
	recognises: (basename) => basename === "package-lock.json" || basename === SHRINKWRAP,
	entryPoints: entryPoints$1,
	extract: extract$7
};
/** Of the two in one folder, npm reads the shrinkwrap. */
function entryPoints$1(paths) {
	const all = new Set(paths);
	return paths.filter((path) => {
		const shrinkwrap = path.slice(0, path.lastIndexOf("/") + 1) + SHRINKWRAP;
		return path === shrinkwrap || !all.has(shrinkwrap);
	});
}
function extract$7(file, read) {
	const { entries, gaps, namesDirect, namesEdges } = readLock$1(file);
	const lockFolder = file.path.slice(0, Math.max(0, file.path.lastIndexOf("/")));
	const manifest = namesDirect ? void 0 : rootFromManifest(lockFolder, read);
	const tree = lockTreeOf(manifest ? [manifest, ...entries] : entries);
	const edges = edgesOf$3(tree, file.path);
	const bundled = bundledIn(tree, edges);
	const placed = /* @__PURE__ */ new Map();
	const unpinned = [];
	for (const entry of tree.packages) {
		if (entry === tree.root && !edges.rootIsWanted) continue;
		const askedByUrl = edges.askedByUrl.has(entry);
		const inBundle = bundled.has(entry);
		const place = placedOf(entry, {
			path: file.path,
			lockFolder,
			askedByUrl,
			inBundle
		});
		const fault = faultOf(place);
		if (fault !== void 0) unpinned.push(gapAt(file.path, entry, fault));
		if (isComponent(place)) placed.set(entry, place);
	}
	const direct = purlsOf$1(directOf(tree, edges), placed);
	return extractionOf(componentsOf$1(placed, namesEdges ? edges : void 0, direct), direct, [
		...gaps,
		...edges.gaps,
		...unpinned
	]);
}
/** A registry's package without a version is none: nobody could fetch it. */
function isComponent({ version, source }) {
	return version !== "" || source.origin.kind !== "registry";
}
/** What an entry leaves open, so that nothing unpinned looks pinned. */
function faultOf(place) {
	const { entry, source, digests } = place;
	if (!isComponent(place)) return "it has no version";
	if (source.fault !== void 0) return source.fault;
	return entry.raw["integrity"] !== void 0 && digests.length === 0 ? UNKNOWN_INTEGRITY : void 0;
}
/**
* Entries of the same package and version are one component: the tree has it in several places.
*
* @param edges nothing when the lock does not name them
*/
function* componentsOf$1(placed, edges, direct) {
	const groups = /* @__PURE__ */ new Map();
	for (const place of placed.values()) {
		const group = groups.get(place.purl);
		if (group) group.push(place);
		else groups.set(place.purl, [place]);
	}
	for (const [purl, places] of groups) {
		const targets = [];
		for (const { entry } of places) for (const target of edges?.from(entry) ?? []) {
			const to = placed.get(target)?.purl;
			if (to !== void 0 && to !== purl) targets.push(to);
		}
		yield componentOf$1(places, {
			dependsOn: targets.length > 1 ? [...new Set(targets)].sort() : targets,
			direct: direct.has(purl),
			...edges === void 0 && { edges: "unknown" }
		});
	}
}
function purlsOf$1(entries, placed) {
	const purls = /* @__PURE__ */ new Set();
	for (const entry of entries) {
		const purl = placed.get(entry)?.purl;
		if (purl !== void 0) purls.add(purl);
	}
	return purls;
}
// src/formats/python/graph.ts
const ALWAYS = [[]];
/** Conditions longer than this are given up for "always": we look at a package too many, never at one too few. */
const MAX_MARKERS = 4;
const MAX_WAYS = 8;
const MAX_CHANGES = 64;
/**
* Walks from what a project asks for over all dependencies, extras included.
*
* @returns what can be reached: the widest scope in which it is, and the condition of all ways to it
*/
function reachFrom(roots, nodes) {
	const states = /* @__PURE__ */ new Map();
	for (const scope of [
		"runtime",
		"optional",
		"development"
	]) spread(roots.filter((root) => root.scope === scope), scope, {
		nodes,
		states
	});
	const reached = /* @__PURE__ */ new Map();
	for (const { key, extra, scope, condition } of states.values()) {
		const known = reached.get(key) ?? {
			scope,
			condition,
			extras: /* @__PURE__ */ new Set()
		};
		known.condition = either(known.condition, condition);
		if (extra !== "") known.extras.add(extra);
		reached.set(key, known);
	}
	const answers = /* @__PURE__ */ new Map();
	for (const [key, { condition, scope, extras }] of reached) {
		const node = nodes.get(key);
		const ways = node?.isWhole === true ? ALWAYS : condition;
		answers.set(key, {
			scope,
			extras,
			...markerOf$1(both(ways, node?.marker))
		});
	}
	return answers;
}
/** What is reached without a condition goes first: nothing that comes later says anything new of it. */
function spread(roots, scope, { nodes, states }) {
	const always = [];
	const sometimes = [];
	const reach = (key, extra, condition) => {
		const state = enter({
			key,
			extra,
			scope,
			condition
		}, states);
		if (state) (condition === ALWAYS ? always : sometimes).push(state);
	};
	const follow = ({ to, extras, marker }, from) => {
		if (!nodes.has(to)) return;
		const condition = both(from, marker);
		reach(to, "", condition);
		for (const extra of extras) reach(to, extra, condition);
	};
	for (const root of roots) follow(root, ALWAYS);
	for (;;) {
		const state = always.pop() ?? sometimes.pop();
		if (!state) return;
		const node = nodes.get(state.key);
		const edges = state.extra === "" ? node?.edges : node?.extras.get(state.extra);
		for (const edge of edges ?? []) follow(edge, state.condition);
	}
}
/** @returns the state when this way to it says something new */
function enter(way, states) {
	const id = way.extra === "" ? way.key : `${way.key}\n${way.extra}`;
	const known = states.get(id);
	if (!known) {
		const state = {
			...way,
			changes: 0
		};
		states.set(id, state);
		return state;
	}
	if (known.condition === ALWAYS) return void 0;
	const condition = known.changes < MAX_CHANGES ? either(known.condition, way.condition) : ALWAYS;
	if (isSame(condition, known.condition)) return void 0;
	known.condition = condition;
	known.changes++;
	return known;
}
function both(condition, marker) {
	if (marker === void 0 || marker === "") return condition;
	return minimal(condition.map((way) => way.includes(marker) || way.length >= MAX_MARKERS ? way : [...way, marker].sort()));
}
function either(a, b) {
	return a === ALWAYS || b === ALWAYS ? ALWAYS : minimal([...a, ...b]);
}
/** Without the ways that ask for more than another does. */
function minimal(ways) {
	if (ways.length === 1) return ways[0]?.length === 0 ? ALWAYS : ways;
	const kept = [];
	for (const way of [...ways].sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1))) {
		if (way.length === 0) return ALWAYS;
		if (!kept.some((other) => other.every((marker) => way.includes(marker)))) kept.push(way);
	}
	return kept.length > MAX_WAYS ? ALWAYS : kept;
}
function isSame(a, b) {
	return a.length === b.length && a.every((way, at) => way.join("\n") === b[at]?.join("\n"));
}
function markerOf$1(condition) {
	return condition === ALWAYS ? {} : { marker: require_requirements_tree.anyMarker(condition.map(require_requirements_tree.allMarkers)) };
}
// src/formats/python/forks.ts
/** Most versions of one name that are told apart. */
const MAX_FORKS$6 = 64;
/**
* Settles which edges anybody can follow. A dependency that several locked versions of a name could meet
* leads to the highest one that is meant for an environment of its dependent, as installers choose; one
* whose condition cannot hold where its dependent is installed leads nowhere.
*
* @param pythons for which Pythons the whole lock is, as a marker
* @returns the packages without the edges that no environment would follow
*/
function settleForks(packages, roots, pythons) {
	const byKey = new Map(packages.map((each) => [each.key, each]));
	const reached = reachFrom(roots, new Map(packages.map(({ key, node }) => [key, node])));
	const holds = trial();
	return packages.map((each) => {
		const from = [
			pythons,
			each.pythons,
			reached.get(each.key)?.marker
		];
		const settle = (edges) => [...Map.groupBy(edges, ({ to }) => byKey.get(to)?.name ?? to).values()].flatMap((group) => settled(group, {
			from,
			byKey,
			holds
		}));
		const { node } = each;
		const extras = new Map([...node.extras].map(([extra, edges]) => [extra, settle(edges)]));
		return {
			...each,
			node: {
				...node,
				edges: settle(node.edges),
				extras
			}
		};
	});
}
function settled(group, settling) {
	if (group.length === 1 && (group[0]?.marker ?? "") === "" || group.length > MAX_FORKS$6) return group;
	return [KNOWN_SYSTEMS, OTHER_SYSTEMS].map((on) => followed(group, on, settling)).find(hasAny) ?? [];
}
function hasAny(edges) {
	return edges.length > 0;
}
function followed(group, environments, { from, byKey, holds }) {
	const kept = /* @__PURE__ */ new Set();
	const highestFirst = [...group].sort((a, b) => byVersion(byKey.get(b.to), byKey.get(a.to)));
	for (const environment of environments) {
		if (kept.size === group.length) break;
		if (!holds(environment, from)) continue;
		const open = highestFirst.filter(({ marker }) => holds(environment, [marker]));
		const meant = open.filter(({ to }) => {
			const target = byKey.get(to);
			return holds(environment, [target?.pythons, target?.node.marker]);
		});
		const [first] = meant;
		const version = first && byKey.get(first.to)?.version;
		const chosen = first ? meant.filter(({ to }) => byKey.get(to)?.version === version) : open;
		for (const edge of chosen) kept.add(edge);
	}
	return group.filter((edge) => kept.has(edge));
}
/** Python 3.6 to 3.20, each on three systems and on one of which nothing is known. */
const MINORS = Array.from({ length: 15 }, (_, at) => at + 6);
const SYSTEMS = [
	"linux",
	"darwin",
	"win32",
	void 0
];
const ENVIRONMENTS = MINORS.flatMap((minor) => SYSTEMS.map((os) => ({
	minor,
	os
})));
const ALL = [...ENVIRONMENTS.keys()];
const KNOWN_SYSTEMS = ALL.filter((at) => ENVIRONMENTS[at]?.os !== void 0);
const OTHER_SYSTEMS = ALL.filter((at) => ENVIRONMENTS[at]?.os === void 0);
/** Evaluates every condition once in every environment. What cannot be known can hold. */
function trial() {
	const environments = ENVIRONMENTS.map(({ minor, os }) => environmentOf(minor, os));
	const known = /* @__PURE__ */ new Map();
	const answersOf = (condition) => {
		const marker = require_requirements_tree.parseMarker(condition);
		return environments.map((each) => !marker || require_requirements_tree.evaluateMarker(marker, each) !== false);
	};
	return (environment, conditions) => conditions.every((condition) => {
		if (condition === void 0 || condition === "") return true;
		const answers = known.get(condition) ?? answersOf(condition);
		known.set(condition, answers);
		return answers[environment] ?? true;
	});
}
/** Python's version and the system, but nothing of processors, implementations and patch releases. */
function environmentOf(minor, os) {
	const all = require_requirements_tree.markerEnvironmentOf({
		version: [3, minor],
		os: os ?? "",
		cpu: ""
	});
	const names = ["python_version", ...os === void 0 ? [] : [
		"sys_platform",
		"os_name",
		"platform_system"
	]];
	return new Map(names.map((name) => [name, all.get(name) ?? ""]));
}
function byVersion(a, b) {
	const one = require_distribution.parsePythonVersion(a?.version ?? "");
	const other = require_distribution.parsePythonVersion(b?.version ?? "");
	return one && other ? require_distribution.comparePythonVersions(one, other) : 0;
}
// src/formats/python/locked-graph.ts
/** The components of a lock, and which of them its project names. */
function componentsOfGraph(packages, roots) {
	const reached = reachFrom(roots, new Map(packages.map(({ key, node }) => [key, node])));
	const purls = purlsOf(packages);
	const named = new Set(roots.map(({ to }) => to));
	const targets = new Map(packages.map((each) => [each.key, targetsOf(each.node, reached.get(each.key)?.extras)]));
	const wanted = new Set([...targets].flatMap(([key, to]) => to.filter((other) => other !== key)));
	const components = packages.flatMap((each) => {
		if (each.isProject === true && !wanted.has(each.key)) return [];
		const reach = reached.get(each.key);
		const scope = each.scope ?? reach?.scope;
		const dependsOn = (targets.get(each.key) ?? []).filter((key) => key !== each.key);
		return [require_requirements_tree.pythonComponent({
			...each,
			purl: purls.get(each.key) ?? require_requirements_tree.pythonPurl(each),
			scope: scope === "unknown" ? void 0 : scope,
			direct: named.has(each.key),
			marker: reach ? reach.marker : each.node.marker,
			dependsOn: dependsOn.flatMap((key) => purls.get(key) ?? [])
		})];
	});
	return {
		components,
		direct: components.filter(({ direct }) => direct).map(({ purl }) => purl)
	};
}
function targetsOf({ edges, extras }, asked = /* @__PURE__ */ new Set()) {
	const optional = [...asked].flatMap((extra) => extras.get(extra) ?? []);
	return [...edges, ...optional].map(({ to }) => to);
}
/** Packages of one name and version from two indexes are two packages: their purls name the index. */
function purlsOf(packages) {
	const purls = /* @__PURE__ */ new Map();
	const indexes = /* @__PURE__ */ new Map();
	const shared = /* @__PURE__ */ new Set();
	for (const each of packages) {
		const purl = require_requirements_tree.pythonPurl(each);
		const index = indexOf(each);
		const known = indexes.get(purl);
		if (known !== void 0 && known !== index) shared.add(purl);
		indexes.set(purl, index);
		purls.set(each.key, purl);
	}
	for (const each of shared.size === 0 ? [] : packages) {
		const purl = purls.get(each.key);
		const repository = indexOf(each);
		if (purl === void 0 || !shared.has(purl) || repository === "") continue;
		purls.set(each.key, require_requirements_tree.pythonPurl({
			...each,
			repository
		}));
	}
	return purls;
}
function indexOf({ origin }) {
	return origin.kind === "registry" ? origin.url ?? "" : "";
}
/** Packages by name, in the order of the lock. */
function packagesByName(packages) {
	const byName = /* @__PURE__ */ new Map();
	for (const each of packages) {
		const known = byName.get(each.name);
		if (known) known.push(each);
		else byName.set(each.name, [each]);
	}
	return byName;
}
// src/formats/python/manifest.ts
/** Most versions of one name that a project can mean by one line. */
const MAX_FORKS$5 = 64;
/** Reads the `pyproject.toml` beside a lock. Without one, or with a damaged one, a gap says what is not known. */
function manifestBeside(lockfile, read) {
	const path = node_path.posix.join(node_path.posix.dirname(lockfile), "pyproject.toml");
	const file = read(path);
	if (!file) return { gaps: [gapOf(lockfile, "it is not beside the lock")] };
	try {
		const document = require_run.parseToml(file, {
			code: "CONFIG_SYNTAX",
			remedy: "Repair pyproject.toml"
		});
		return {
			asks: require_requirements_tree.askedForBy(document.value),
			gaps: []
		};
	} catch (error) {
		if (!(error instanceof require_errors.ParseError)) throw error;
		return { gaps: [gapOf(path, "it is no TOML")] };
	}
}
function gapOf(path, why) {
	return {
		name: "pyproject.toml",
		reason: `${why}, so what no other package needs counts as asked for by the project`,
		location: { path }
	};
}
/**
* The packages that a project asks for.
*
* @param satisfies whether a version meets a constraint; nothing when nobody can say
* @returns also those lines that no package of the lock meets
*/
function rootsAsked(asks, packages, satisfies) {
	const byName = packagesByName(packages);
	const missing = [];
	return {
		roots: asks.flatMap((asked) => {
			const named = (byName.get(asked.name) ?? []).slice(0, MAX_FORKS$5);
			if (named.length === 0) missing.push(asked);
			const { extras, scope, marker } = asked;
			return meeting(named, (each) => satisfies(each.version, asked.constraint)).map(({ key }) => ({
				to: key,
				extras,
				scope,
				...marker !== void 0 && { marker }
			}));
		}),
		missing
	};
}
/** Without a manifest: what nothing else in the lock depends on. */
function rootsUnasked(packages) {
	const wanted = /* @__PURE__ */ new Set();
	for (const { key, node } of packages) for (const { to } of [...node.edges, ...[...node.extras.values()].flat()]) if (to !== key) wanted.add(to);
	return packages.filter(({ key }) => !wanted.has(key)).map(({ key, node }) => ({
		to: key,
		extras: [...node.extras.keys()],
		scope: "runtime"
	}));
}
/** Of several versions those that a constraint lets in. The lock decides where there is only one, or none. */
function meeting(candidates, meets) {
	if (candidates.length < 2) return candidates;
	const met = candidates.filter((candidate) => meets(candidate) !== false);
	return met.length === 0 ? candidates : met;
}
/** Gaps for what a manifest asks for and its lock does not have. */
function gapsOfMissing(lockfile, missing) {
	return missing.map(({ name }) => ({
		name: require_requirements_tree.labelOf(name),
		reason: "pyproject.toml asks for it, and the lock does not have it",
		location: { path: lockfile }
	}));
}
// src/ecosystems/pdm.ts
const REMEDY$5 = "Run `pdm lock` and commit pdm.lock";
/** Most versions of one name that one dependency can mean. */
const MAX_FORKS$4 = 64;
/** Most dependencies of all extras together. Real locks have some hundreds. */
const MAX_EXTRA_EDGES = 5e5;
/** PDM's lock, and `pyproject.toml` beside it for what the project asks for. */
const pdm = {
	id: "pdm",
	ecosystem: "PyPI",
	reads: "`pdm.lock`, lock version 4, with `pyproject.toml`",
	recognises: (basename) => basename === "pdm.lock",
	extract: extract$6
};
/** @see https://pdm-project.org/en/latest/usage/lockfile/ */
function extract$6(file, read) {
	const document = require_run.parseToml(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$5
	});
	const metadata = require_run.tableField(document.value, "metadata");
	assertVersion$3(file.path, metadata);
	const { entries, gaps: unreadable } = require_requirements_tree.lockEntries(file, document, "package");
	const lock = {
		file,
		document,
		entries,
		saysMarkers: require_run.stringsField(metadata, "strategy").includes("inherit_metadata"),
		gaps: [...unreadable]
	};
	assertFewExtras(file.path, entries);
	const { asks, gaps } = manifestBeside(file.path, read);
	const packages = packagesOf$2(lock).map((each) => asks || each.scope !== void 0 ? each : {
		...each,
		scope: "unknown"
	});
	const unasked = rootsUnasked(packages).map((root) => ({
		...root,
		scope: "development"
	}));
	const asked = rootsAsked(asks ?? [], packages, require_distribution.satisfiesPython).roots;
	const known = new Set(asked.map(({ to }) => to));
	const roots = [...asked, ...unasked.filter(({ to }) => !known.has(to))];
	const { components, direct } = componentsOfGraph(settleForks(packages, roots, pythonsOf(metadata)), roots);
	return extractionOf(components, direct, [...lock.gaps, ...gaps]);
}
function assertVersion$3(path, metadata) {
	const version = require_run.stringField(metadata, "lock_version") ?? "";
	if (/^4(?:\.|$)/.test(version)) return;
	throw new require_errors.ParseError({
		code: "LOCKFILE_VERSION_UNSUPPORTED",
		message: `Cannot read "${path}": lock_version is ${version.slice(0, 40) || "missing"}, expected 4`,
		remedy: `${REMEDY$5}, with a PDM whose locks have version 4`
	});
}
/** For which Pythons the lock is: any of its targets. */
function pythonsOf(metadata) {
	const targets = require_run.arrayField(metadata, "targets").map((target) => require_requirements_tree.pythonMarker(require_run.stringField(target, "requires_python") ?? ""));
	return targets.includes("") ? "" : require_requirements_tree.anyMarker(targets);
}
/** A package with extras has an entry of its own beside the one without: both are one package. */
function packagesOf$2(lock) {
	const byName = packagesByName(lock.entries);
	const filesOf = fileReader$1(lock);
	return [...Map.groupBy(lock.entries, keyOf$1)].flatMap(([key, entries]) => {
		const entry = entries.find(({ table }) => extrasOf(table).length === 0) ?? entries[0];
		if (!entry) return [];
		const origin = originOf$4(entry);
		const isDefault = new Set(entries.flatMap(({ table }) => require_run.stringsField(table, "groups"))).has("default");
		return {
			key,
			name: entry.name,
			version: entry.version,
			origin,
			files: filesOf(entry, origin),
			scope: isDefault ? "runtime" : void 0,
			pythons: require_requirements_tree.pythonMarker(require_run.stringField(entry.table, "requires_python") ?? ""),
			node: nodeOf(entries, byName, lock),
			location: entry.location
		};
	});
}
function keyOf$1({ name, version, table }) {
	return [
		name,
		version,
		...[
			"git",
			"revision",
			"url",
			"path",
			"subdirectory"
		].map((field) => require_run.stringField(table, field) ?? "")
	].join("\n");
}
function extrasOf(table) {
	return require_run.stringsField(table, "extras").map(require_distribution.normalPythonName);
}
function nodeOf(entries, byName, lock) {
	const edges = [];
	const extras = /* @__PURE__ */ new Map();
	const markers = [];
	for (const entry of entries) {
		const found = edgesOf$2(entry, byName, lock);
		const named = extrasOf(entry.table);
		const lists = named.length === 0 ? [edges] : named.map((extra) => listOf(extras, extra));
		for (const list of lists) for (const edge of found) list.push(edge);
		markers.push(lock.saysMarkers ? require_run.stringField(entry.table, "marker") : void 0);
	}
	const known = markers.filter((marker) => marker !== void 0);
	const isFree = known.length < markers.length;
	const marker = require_requirements_tree.anyMarker([...new Set(known)]);
	return {
		edges,
		extras,
		isWhole: lock.saysMarkers,
		...!isFree && { marker }
	};
}
/** Every extra of an entry has all dependencies of it: two short lists can make more edges than memory holds. */
function assertFewExtras(path, entries) {
	const edges = entries.reduce((sum, { table }) => {
		return sum + extrasOf(table).length * require_run.stringsField(table, "dependencies").length;
	}, 0);
	if (edges <= MAX_EXTRA_EDGES) return;
	throw new require_errors.ParseError({
		code: "LOCKFILE_SYNTAX",
		message: `Cannot read "${path}": its extras have ${edges} dependencies, expected at most ${MAX_EXTRA_EDGES}`,
		remedy: REMEDY$5
	});
}
/** The list of an extra, made when there is none. */
function listOf(extras, extra) {
	const known = extras.get(extra);
	if (known) return known;
	const made = [];
	extras.set(extra, made);
	return made;
}
function edgesOf$2(entry, byName, lock) {
	const from = keyOf$1(entry);
	return require_run.stringsField(entry.table, "dependencies").flatMap((text) => {
		const requirement = require_requirements_tree.parseRequirement(text);
		if (!requirement) {
			const reason = `a dependency of "${require_requirements_tree.labelOf(entry.name)}" that cannot be read`;
			lock.gaps.push({
				name: require_requirements_tree.labelOf(text),
				reason,
				location: entry.location
			});
			return [];
		}
		const { name, extras, specifier, marker } = requirement;
		const candidates = (byName.get(name) ?? []).slice(0, MAX_FORKS$4);
		if (candidates.length === 0 && marker === void 0) {
			const reason = `"${require_requirements_tree.labelOf(entry.name)}" depends on it, and the lock does not have it`;
			lock.gaps.push({
				name: require_requirements_tree.labelOf(name),
				reason,
				location: entry.location
			});
		}
		const met = meeting(candidates, ({ version }) => require_distribution.satisfiesPython(version, specifier));
		return [...new Set(met.map(keyOf$1))].filter((to) => to !== from).map((to) => ({
			to,
			extras,
			...marker !== void 0 && { marker }
		}));
	});
}
function originOf$4({ table, location }) {
	const git = require_run.stringField(table, "git");
	if (git !== void 0) return require_requirements_tree.gitOrigin(git, require_run.stringField(table, "revision"));
	const url = require_run.stringField(table, "url");
	if (url !== void 0) return {
		kind: "archive",
		url: require_requirements_tree.withoutCredentials(url)
	};
	const path = require_run.stringField(table, "path");
	if (path !== void 0) return {
		kind: "local",
		path: require_requirements_tree.pathFrom(location.path, path)
	};
	return { kind: "registry" };
}
/** Files stand with the package, or before lock version 4.4 under `"name version"` in `[metadata.files]`. */
function fileReader$1({ file, document }) {
	const start = document.lineOf("metadata.files");
	const lines = start === void 0 ? { lineOf: () => void 0 } : require_requirements_tree.textLines(file.text).finder(start);
	const listed = new Map(Object.entries(require_run.tableField(require_run.tableField(document.value, "metadata"), "files")).map(([key, value]) => [normalKey(key), value]));
	return (entry, origin) => {
		const own = require_run.fieldOf(entry.table, "files");
		const files = own ?? listed.get(`${entry.name} ${entry.version}`);
		const place = own === void 0 ? {
			location: entry.location,
			lines
		} : entry;
		return (Array.isArray(files) ? files : []).map((each) => {
			const hash = require_run.stringField(each, "hash");
			const url = require_run.stringField(each, "url") ?? (origin.kind === "archive" ? origin.url : void 0);
			const name = require_run.stringField(each, "file");
			return require_requirements_tree.lockedFile({
				name,
				url,
				hashes: hash === void 0 ? [] : [hash]
			}, place);
		});
	};
}
/** `"Foo_Bar[extra] 1.0"` as `foo-bar 1.0`. */
function normalKey(key) {
	const [name = "", version = ""] = key.replace(/\[[^\]]*\]/, "").split(" ", 2);
	return `${require_distribution.normalPythonName(name)} ${require_distribution.normalPythonVersion(version)}`;
}
// src/ecosystems/pipenv.ts
const REMEDY$4 = "Run `pipenv lock` and commit Pipfile.lock";
/** Lines are told in this many categories; a real lock has two or three. */
const MAX_CATEGORIES = 16;
/** Pipenv's lock: versions and bare hashes, without edges; `Pipfile` beside it says what is asked for. */
const pipenv = {
	id: "pipenv",
	ecosystem: "PyPI",
	reads: "`Pipfile.lock`, specification 6, with `Pipfile`",
	recognises: (basename) => basename === "Pipfile.lock",
	extract: extract$5
};
/** @see https://pipenv.pypa.io/en/latest/pipfile.html */
function extract$5(file, read) {
	const lock = require_run.parseJson(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$4
	});
	const meta = require_run.tableField(lock, "_meta");
	assertVersion$2(file.path, meta);
	const { asked, gaps } = askedFor$1(file.path, read);
	const indexes = require_run.arrayField(meta, "sources");
	const context = {
		path: file.path,
		sources: new Map(indexes.map((each) => [require_run.stringField(each, "name"), each]).toReversed()),
		firstSource: indexes[0],
		asked,
		gaps: [...gaps]
	};
	const components = Object.keys(require_run.isTable(lock) ? lock : {}).filter((category) => category !== "_meta").flatMap((category, at) => {
		const places = at < MAX_CATEGORIES ? placesOf(file, category, context) : nowhere;
		return categoryOf(category, require_run.tableField(lock, category), {
			...context,
			places
		});
	});
	return extractionOf(components, components.filter((component) => component.direct).map(({ purl }) => purl), context.gaps);
}
function assertVersion$2(path, meta) {
	const version = meta["pipfile-spec"];
	if (version === 6) return;
	const found = typeof version === "number" ? `${version}` : "missing";
	throw new require_errors.ParseError({
		code: "LOCKFILE_VERSION_UNSUPPORTED",
		message: `Cannot read "${path}": pipfile-spec is ${found}, expected 6`,
		remedy: `${REMEDY$4}, with a Pipenv whose locks have specification 6`
	});
}
const nowhere = () => ({ lines: { lineOf: () => void 0 } });
function placesOf(file, category, { path, gaps }) {
	const { lines, repeated } = entryLines(file.text, category);
	for (const { key, line } of repeated) gaps.push({
		name: require_requirements_tree.labelOf(key),
		reason: "it is given twice, and every reader takes the last one only",
		location: {
			path,
			line
		}
	});
	const text = require_requirements_tree.textLines(file.text);
	const starts = [...new Set(lines.values())].sort((a, b) => a - b);
	const next = new Map(starts.map((line, at) => [line, starts[at + 1]]));
	const finders = /* @__PURE__ */ new Map();
	return (name) => {
		const line = lines.get(name);
		if (line === void 0) return nowhere(name);
		const finder = finders.get(line) ?? text.finder(line, next.get(line));
		finders.set(line, finder);
		return {
			line,
			lines: finder
		};
	};
}
function categoryOf(category, entries, context) {
	const asked = context.asked?.get(category);
	return Object.entries(entries).flatMap(([written, entry]) => {
		const { line, lines } = context.places(written);
		const location = {
			path: context.path,
			...line !== void 0 && { line }
		};
		const name = require_distribution.normalPythonName(written);
		const origin = originOf$3(entry, context);
		const version = versionOf$1(name, entry, origin);
		const fault = require_run.isTable(entry) && require_distribution.isPythonName(written) ? void 0 : "it is no package";
		if (fault !== void 0 || version === void 0) {
			const reason = fault ?? "its version is a range, not a pin";
			context.gaps.push({
				name: require_requirements_tree.labelOf(written),
				reason,
				location
			});
			return [];
		}
		return [require_requirements_tree.pythonComponent({
			purl: require_requirements_tree.pythonPurl({
				name,
				version,
				origin
			}),
			name,
			version,
			origin,
			files: filesOf$2(require_run.stringsField(entry, "hashes"), origin, {
				location,
				lines
			}),
			scope: scopeOf$2(category),
			direct: asked?.has(name) ?? false,
			marker: require_run.stringField(entry, "markers"),
			location
		})];
	});
}
/** A category of one's own is installed on request only. */
function scopeOf$2(category) {
	return category === "default" ? "runtime" : category === "develop" ? "development" : "optional";
}
/** @returns nothing when an index decides, and the lock does not say which version */
function versionOf$1(name, entry, origin) {
	const pinned = require_requirements_tree.pinnedVersion(require_run.stringField(entry, "version") ?? "");
	if (pinned !== void 0 || origin.kind === "registry") return pinned;
	if (origin.kind === "git") return origin.commit ?? "";
	const file = require_requirements_tree.fileNameOf(origin.kind === "archive" ? origin.url : origin.path) ?? "";
	return require_distribution.parseDistribution(file, name)?.version ?? "";
}
function originOf$3(entry, { path, sources, firstSource }) {
	const git = require_run.stringField(entry, "git");
	if (git !== void 0) return require_requirements_tree.gitOrigin(git, require_run.stringField(entry, "ref"));
	const place = require_run.stringField(entry, "file") ?? require_run.stringField(entry, "path");
	if (place !== void 0) return /^https?:/i.test(place) ? {
		kind: "archive",
		url: require_requirements_tree.withoutCredentials(place)
	} : {
		kind: "local",
		path: require_requirements_tree.pathFrom(path, place)
	};
	const index = require_run.stringField(entry, "index");
	const source = index === void 0 ? firstSource : sources.get(index);
	const url = require_run.stringField(source, "url");
	return {
		kind: "registry",
		...url !== void 0 && { url: require_requirements_tree.withoutCredentials(url) }
	};
}
/** Each hash is one of the version's files; of a single archive, all are of that one. */
function filesOf$2(hashes, origin, place) {
	if (origin.kind === "registry") return hashes.map((hash) => require_requirements_tree.lockedFile({ hashes: [hash] }, place));
	if (origin.kind === "git" || hashes.length === 0) return [];
	const { location } = place;
	const name = require_requirements_tree.fileNameOf(origin.kind === "archive" ? origin.url : origin.path);
	const url = origin.kind === "archive" ? { url: origin.url } : {};
	const digests = hashes.flatMap(require_requirements_tree.digestsOfHash);
	return [{
		...name !== void 0 && { name },
		...url,
		digests,
		location
	}];
}
/** What the Pipfile asks for, by the category's name in the lock. */
function askedFor$1(lockfile, read) {
	const path = node_path.posix.join(node_path.posix.dirname(lockfile), "Pipfile");
	const file = read(path);
	if (!file) return unasked(lockfile, "it is not beside the lock");
	try {
		const { value } = require_run.parseToml(file, {
			code: "CONFIG_SYNTAX",
			remedy: "Repair the Pipfile"
		});
		const names = (table) => new Set(Object.keys(require_run.tableField(value, table)).map(require_distribution.normalPythonName));
		const own = Object.keys(value).map((category) => [category, names(category)]);
		const known = [["default", names("packages")], ["develop", names("dev-packages")]];
		return {
			asked: new Map([...own, ...known]),
			gaps: []
		};
	} catch (error) {
		if (!(error instanceof require_errors.ParseError)) throw error;
		return unasked(path, "it is no TOML");
	}
}
function unasked(path, why) {
	return {
		asked: void 0,
		gaps: [{
			name: "Pipfile",
			reason: `${why}, so nobody knows what the project itself asks for`,
			location: { path }
		}]
	};
}
// src/ecosystems/poetry.ts
const REMEDY$3 = "Run `poetry lock` and commit poetry.lock";
/** Most versions of one name that one dependency can mean. */
const MAX_FORKS$3 = 64;
/** Poetry's lock, and `pyproject.toml` beside it for what the project asks for. */
const poetry = {
	id: "poetry",
	ecosystem: "PyPI",
	reads: "`poetry.lock`, lock versions 1 and 2, with `pyproject.toml`",
	recognises: (basename) => basename === "poetry.lock",
	extract: extract$4
};
function extract$4(file, read) {
	const document = require_run.parseToml(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$3
	});
	const version = lockVersionOf(file.path, document.value);
	const { entries, gaps: unreadable } = require_requirements_tree.lockEntries(file, document, "package");
	const lock = {
		file,
		document,
		entries,
		saysMarkers: version >= 2.1,
		gaps: [...unreadable]
	};
	const { asks, gaps } = manifestBeside(file.path, read);
	const packages = packagesOf$1(lock).map((each) => asks || each.scope !== void 0 ? each : {
		...each,
		scope: "unknown"
	});
	const { roots, missing } = asks ? rootsAsked(asks, packages, require_requirements_tree.satisfiesPoetry) : {
		roots: rootsUnasked(packages),
		missing: []
	};
	const pythons = require_run.stringField(require_run.tableField(document.value, "metadata"), "python-versions") ?? "";
	const { components, direct } = componentsOfGraph(settleForks(packages, roots, require_requirements_tree.pythonMarker(pythons)), roots);
	return extractionOf(components, direct, [
		...lock.gaps,
		...gaps,
		...gapsOfMissing(file.path, missing)
	]);
}
/** `1.1`, `2.0` and so on as a number; 1 in the days before there was one. */
function lockVersionOf(path, lock) {
	const metadata = require_run.fieldOf(lock, "metadata");
	const written = require_run.stringField(metadata, "lock-version") ?? (metadata === void 0 ? "" : "1.0");
	const version = /^\d{1,3}\.\d{1,3}$/.test(written) ? Number(written) : 0;
	if (version >= 1 && version < 3) return version;
	throw new require_errors.ParseError({
		code: "LOCKFILE_VERSION_UNSUPPORTED",
		message: `Cannot read "${path}": lock-version is ${written.slice(0, 40) || "missing"}, expected 1 or 2`,
		remedy: `${REMEDY$3}, with a Poetry whose locks have version 1 or 2`
	});
}
function packagesOf$1(lock) {
	const filesOf = fileReader(lock);
	const byName = packagesByName(lock.entries);
	return lock.entries.map((entry) => {
		const origin = originOf$2(entry);
		const marker = lock.saysMarkers ? markerOf(entry.table) : void 0;
		const node = {
			...marker !== void 0 && { marker },
			isWhole: lock.saysMarkers,
			edges: edgesOf$1(entry, byName, lock),
			extras: /* @__PURE__ */ new Map()
		};
		return {
			key: keyOf(entry),
			name: entry.name,
			version: entry.version,
			origin,
			files: filesOf(entry, origin),
			scope: scopeOf$1(entry.table),
			pythons: require_requirements_tree.pythonMarker(require_run.stringField(entry.table, "python-versions") ?? ""),
			node,
			location: entry.location
		};
	});
}
/** Forks of one version differ in where they come from. */
function keyOf({ name, version, table }) {
	const source = require_run.tableField(table, "source");
	return [
		name,
		version,
		...[
			"type",
			"url",
			"resolved_reference",
			"reference",
			"subdirectory"
		].map((field) => require_run.stringField(source, field) ?? "")
	].join("\n");
}
function scopeOf$1(table) {
	const groups = require_run.stringsField(table, "groups");
	const category = require_run.stringField(table, "category");
	if (groups.length > 0 ? !groups.includes("main") : category === "dev") return "development";
	if (require_run.fieldOf(table, "optional") === true) return "optional";
	return groups.length > 0 || category !== void 0 ? "runtime" : void 0;
}
/** One marker for all groups, or a table of one for each; a group that is missing there has no condition. */
function markerOf(table) {
	const markers = require_run.fieldOf(table, "markers");
	if (typeof markers === "string") return markers;
	const each = require_run.stringsField(table, "groups").map((group) => require_run.stringField(markers, group));
	const known = each.filter((marker) => marker !== void 0);
	return known.length === 0 || known.length < each.length ? void 0 : require_requirements_tree.anyMarker(known);
}
/** Optional dependencies are listed only where somebody asks for the extra: all that is listed is an edge. */
function edgesOf$1(entry, byName, lock) {
	return Object.entries(require_run.tableField(entry.table, "dependencies")).flatMap(([written, value]) => {
		const name = require_distribution.normalPythonName(written);
		const variants = Array.isArray(value) ? value : [value];
		const candidates = (byName.get(name) ?? []).slice(0, MAX_FORKS$3);
		const isConditional = variants.some((variant) => require_run.stringField(variant, "markers") !== void 0);
		if (candidates.length === 0 && !isConditional) {
			const reason = `"${require_requirements_tree.labelOf(entry.name)}" depends on it, and the lock does not have it`;
			lock.gaps.push({
				name: require_requirements_tree.labelOf(name),
				reason,
				location: entry.location
			});
		}
		return variants.slice(0, MAX_FORKS$3).flatMap((variant) => {
			const constraint = typeof variant === "string" ? variant : require_run.stringField(variant, "version") ?? "*";
			const marker = withoutExtra(require_run.stringField(variant, "markers") ?? "");
			return meeting(candidates, ({ version }) => require_requirements_tree.satisfiesPoetry(version, constraint)).map((to) => ({
				to: keyOf(to),
				extras: [],
				...marker !== "" && { marker }
			}));
		});
	});
}
/** The extra is asked for: what is left of the marker is the condition. */
function withoutExtra(marker) {
	return marker.replace(/(?:^| and )extra == "[^"]*"$/, "");
}
function originOf$2({ table, location }) {
	const source = require_run.tableField(table, "source");
	const url = require_run.stringField(source, "url") ?? "";
	switch (require_run.stringField(source, "type")) {
		case void 0: return { kind: "registry" };
		case "git": return require_requirements_tree.gitOrigin(url, require_run.stringField(source, "resolved_reference"));
		case "url": return {
			kind: "archive",
			url: require_requirements_tree.withoutCredentials(url)
		};
		case "file":
		case "directory": return {
			kind: "local",
			path: require_requirements_tree.pathFrom(location.path, url)
		};
		default: return {
			kind: "registry",
			...url !== "" && { url: require_requirements_tree.withoutCredentials(url) }
		};
	}
}
/** Files stand with the package, or by name in `[metadata.files]`, or before that as bare hashes. */
function fileReader({ file, document }) {
	const metadata = require_run.tableField(document.value, "metadata");
	const start = document.lineOf("metadata.files") ?? document.lineOf("metadata.hashes");
	const lines = start === void 0 ? { lineOf: () => void 0 } : require_requirements_tree.textLines(file.text).finder(start);
	const filesIn = sharedFiles(metadata);
	const hashed = byNormalName(require_run.tableField(metadata, "hashes"));
	return (entry, origin) => {
		const own = require_run.arrayField(entry.table, "files");
		const shared = own.length > 0 ? [] : filesIn(entry);
		const bare = own.length > 0 || shared.length > 0 ? [] : require_run.stringsField(hashed, entry.name);
		const place = own.length > 0 ? entry : {
			location: entry.location,
			lines
		};
		return [...[...own, ...shared].map((each) => {
			const hash = require_run.stringField(each, "hash");
			const url = require_run.stringField(each, "url") ?? (origin.kind === "archive" ? origin.url : void 0);
			return require_requirements_tree.lockedFile({
				name: require_run.stringField(each, "file"),
				url,
				hashes: hash === void 0 ? [] : [hash]
			}, place);
		}), ...bare.map((hex) => require_requirements_tree.lockedFile({ hashes: [`sha256:${hex}`] }, place))];
	};
}
/**
* The files of all versions of a name stand together: a file's name tells which version it is of.
*
* @returns the files of one version, with those whose names tell nothing
*/
function sharedFiles(metadata) {
	const listed = byNormalName(require_run.tableField(metadata, "files"));
	const known = /* @__PURE__ */ new Map();
	return ({ name, version }) => {
		const byVersion = known.get(name) ?? Map.groupBy(require_run.arrayField(listed, name), (file) => {
			return require_distribution.parseDistribution(require_run.stringField(file, "file") ?? "", name)?.version ?? "";
		});
		known.set(name, byVersion);
		return [...byVersion.get("") ?? [], ...byVersion.get(version) ?? []];
	};
}
function byNormalName(table) {
	return Object.fromEntries(Object.entries(table).map(([name, value]) => [require_distribution.normalPythonName(name), value]));
}
// src/ecosystems/pylock.ts
const REMEDY$2 = "Write the file again with the tool that made it, and commit it";
/** Most versions of one name that one dependency can mean. */
const MAX_FORKS$2 = 64;
/** The standard lock of all Python tools; what the project asks for stands in `pyproject.toml` beside it. */
const pylock = {
	id: "pylock",
	ecosystem: "PyPI",
	reads: "`pylock.toml` and `pylock.<name>.toml`, lock version 1, with `pyproject.toml`",
	recognises: (basename) => /^pylock\.(?:[^.]+\.)?toml$/.test(basename),
	extract: extract$3
};
/** @see https://packaging.python.org/en/latest/specifications/pylock-toml/ */
function extract$3(file, read) {
	const document = require_run.parseToml(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$2
	});
	assertVersion$1(file.path, document.value);
	const { entries, gaps: unreadable } = require_requirements_tree.lockEntries(file, document, "packages");
	const gaps = [...unreadable];
	const packages = packagesOf(entries, defaultGroupsOf(document.value), gaps);
	const saysEdges = entries.some(({ table }) => dependenciesOf(table) !== void 0);
	const { asks, gaps: unasked } = manifestBeside(file.path, read);
	const roots = asks ? rootsAsked(asks, packages, require_distribution.satisfiesPython).roots : rootsUnasked(saysEdges ? packages : []);
	const { components, direct } = componentsOfGraph(settleForks(packages, roots), roots);
	if (saysEdges) return extractionOf(components, direct, [...gaps, ...unasked]);
	const silent = unasked.map((gap) => ({
		...gap,
		reason: UNKNOWN_DIRECT
	}));
	return extractionOf(components.map(withoutEdges), direct, [...gaps, ...silent]);
}
const UNKNOWN_DIRECT = "it cannot be read beside the lock, which has no dependencies either: nobody knows what the project itself asks for";
function withoutEdges(component) {
	return {
		...component,
		edges: "unknown"
	};
}
function assertVersion$1(path, lock) {
	const version = require_run.stringField(lock, "lock-version") ?? "";
	if (/^1(?:\.|$)/.test(version)) return;
	throw new require_errors.ParseError({
		code: "LOCKFILE_VERSION_UNSUPPORTED",
		message: `Cannot read "${path}": lock-version is ${version.slice(0, 40) || "missing"}, expected 1`,
		remedy: REMEDY$2
	});
}
/** As a text that `'dev' in dependency_groups` can be asked of. */
function defaultGroupsOf(lock) {
	return require_run.stringsField(lock, "default-groups").join("\n");
}
function packagesOf(entries, defaultGroups, gaps) {
	const keyed = entries.map((entry, at) => ({
		...entry,
		key: `${at}`
	}));
	const byName = packagesByName(keyed);
	return keyed.map((entry) => {
		const { key, name, version, table, location } = entry;
		const origin = originOf$1(entry);
		const marker = require_run.stringField(table, "marker");
		return {
			key,
			name,
			version: version === "" ? versionOf(name, origin) : version,
			origin,
			files: filesOf$1(entry),
			scope: scopeOf(marker, defaultGroups),
			node: {
				...marker !== void 0 && { marker },
				isWhole: true,
				edges: edgesOf(entry, byName, gaps),
				extras: /* @__PURE__ */ new Map()
			},
			location
		};
	});
}
/** Where the lock gives none: the commit, or what the name of the archive says. */
function versionOf(name, origin) {
	if (origin.kind === "git") return origin.commit ?? "";
	const file = origin.kind === "archive" ? require_requirements_tree.fileNameOf(origin.url) : void 0;
	return require_distribution.parseDistribution(file ?? "", name)?.version ?? "";
}
/** Without groups and extras in its marker, a package is for everybody. */
function scopeOf(marker, defaultGroups) {
	if (marker === void 0 || !/\b(?:extras|dependency_groups)\b/.test(marker)) return void 0;
	const parsed = require_requirements_tree.parseMarker(marker);
	if (!parsed) return void 0;
	if (require_requirements_tree.evaluateMarker(parsed, /* @__PURE__ */ new Map([["extras", ""], ["dependency_groups", defaultGroups]])) !== false) return "runtime";
	return require_requirements_tree.evaluateMarker(parsed, /* @__PURE__ */ new Map([["dependency_groups", defaultGroups]])) === false ? "development" : "optional";
}
/** The standard's own field; PDM writes requirements into its own table instead. */
function dependenciesOf(table) {
	const standard = require_run.fieldOf(table, "dependencies");
	if (Array.isArray(standard)) return standard;
	const ofPdm = require_run.fieldOf(require_run.tableField(require_run.tableField(table, "tool"), "pdm"), "dependencies");
	return Array.isArray(ofPdm) ? ofPdm : void 0;
}
function edgesOf(entry, byName, gaps) {
	return (dependenciesOf(entry.table) ?? []).flatMap((dependency) => {
		const asked = typeof dependency === "string" ? require_requirements_tree.parseRequirement(dependency) : void 0;
		const name = asked?.name ?? require_distribution.normalPythonName(require_run.stringField(dependency, "name") ?? "");
		const candidates = (byName.get(name) ?? []).slice(0, MAX_FORKS$2);
		if (candidates.length === 0 && asked?.marker === void 0) {
			const reason = `"${require_requirements_tree.labelOf(entry.name)}" depends on it, and the lock does not have it`;
			gaps.push({
				name: require_requirements_tree.labelOf(name),
				reason,
				location: entry.location
			});
		}
		const marker = asked?.marker === void 0 ? {} : { marker: asked.marker };
		return meeting(candidates, (candidate) => asked ? require_distribution.satisfiesPython(candidate.version, asked.specifier) : isMeant(candidate.table, dependency)).filter(({ key }) => key !== entry.key).map(({ key }) => ({
			to: key,
			extras: [],
			...marker
		}));
	});
}
/** A reference repeats as many fields of a package as tell it from the others of its name. */
function isMeant(table, reference) {
	return Object.entries(require_run.isTable(reference) ? reference : {}).every(([field, value]) => {
		if (field === "name") return true;
		const own = require_run.fieldOf(table, field);
		if (field === "version") return require_distribution.normalPythonVersion(String(own)) === require_distribution.normalPythonVersion(String(value));
		return JSON.stringify(own) === JSON.stringify(value);
	});
}
function originOf$1({ table, location }) {
	const vcs = require_run.tableField(table, "vcs");
	const archive = require_run.tableField(table, "archive");
	const repository = require_run.stringField(vcs, "url") ?? require_run.stringField(vcs, "path");
	if (repository !== void 0) {
		const type = require_run.stringField(vcs, "type") ?? "git";
		return type === "git" ? require_requirements_tree.gitOrigin(repository, require_run.stringField(vcs, "commit-id")) : {
			kind: "archive",
			url: `${type}+${require_requirements_tree.withoutCredentials(repository)}`
		};
	}
	const url = require_run.stringField(archive, "url");
	if (url !== void 0) return {
		kind: "archive",
		url: require_requirements_tree.withoutCredentials(url)
	};
	const path = require_run.stringField(require_run.tableField(table, "directory"), "path") ?? require_run.stringField(archive, "path");
	if (path !== void 0) return {
		kind: "local",
		path: require_requirements_tree.pathFrom(location.path, path)
	};
	const index = require_run.stringField(table, "index");
	return {
		kind: "registry",
		...index !== void 0 && { url: require_requirements_tree.withoutCredentials(index) }
	};
}
function filesOf$1(entry) {
	const { table } = entry;
	return [
		require_run.fieldOf(table, "archive"),
		require_run.fieldOf(table, "sdist"),
		...require_run.arrayField(table, "wheels")
	].filter(require_run.isTable).map((each) => {
		const hashes = Object.entries(require_run.tableField(each, "hashes"));
		return require_requirements_tree.lockedFile({
			name: require_run.stringField(each, "name"),
			url: require_run.stringField(each, "url"),
			path: require_run.stringField(each, "path"),
			hashes: hashes.map(([algorithm, hex]) => `${algorithm}:${String(hex)}`)
		}, entry);
	});
}
// src/ecosystems/requirements/asked.ts
/** Reads what a line asks for. */
function askedFor(line, place) {
	const requirement = line.editable ? void 0 : require_requirements_tree.parseRequirement(line.text);
	if (requirement?.url === void 0 && requirement) {
		const { name, specifier, marker } = requirement;
		const version = require_requirements_tree.pinnedVersion(specifier);
		if (version === void 0) return {
			kind: "open",
			name,
			marker
		};
		return {
			kind: "package",
			name,
			version,
			origin: { kind: "registry" },
			files: registryFiles(line, place.path),
			marker
		};
	}
	const [target = "", marker] = requirement ? [requirement.url, requirement.marker] : line.text.split(/\s+;\s*/, 2);
	const name = requirement?.name ?? eggOf(target);
	if (/^(?:git|hg|svn|bzr)\+/i.test(target)) return repositoryAsked(target, {
		name,
		marker
	});
	if (/^https?:/i.test(target)) return archiveAsked(target, {
		name,
		marker,
		line,
		path: place.path
	});
	if (isPath(target) || line.editable) return localAsked(target, {
		name,
		marker,
		line,
		place
	});
	return {
		kind: "gap",
		name: line.text,
		reason: "it cannot be read as a requirement"
	};
}
/** Each hash is one of the version's files. */
function registryFiles({ hashes }, path) {
	return hashes.map(({ hash, line }) => ({
		digests: require_requirements_tree.digestsOfHash(hash),
		location: {
			path,
			line
		}
	}));
}
function repositoryAsked(target, { name, marker }) {
	if (name === void 0) return nameless(target);
	const [address = ""] = target.split("#", 1);
	const at = address.lastIndexOf("@");
	const hasRef = at > address.replace(/^[a-z+]+:\/\//i, "").indexOf("/") + address.indexOf("://") + 2;
	const url = hasRef ? address.slice(0, at) : address;
	const ref = hasRef ? address.slice(at + 1) : "";
	const commit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(ref) ? ref.toLowerCase() : void 0;
	const origin = /^git\+/i.test(target) ? require_requirements_tree.gitOrigin(url, commit) : {
		kind: "archive",
		url: require_requirements_tree.withoutCredentials(address)
	};
	return {
		kind: "package",
		name,
		version: commit ?? "",
		origin,
		files: [],
		marker
	};
}
function archiveAsked(target, { name, marker, line, path }) {
	const [address = "", fragment = ""] = target.split("#", 2);
	const file = require_requirements_tree.fileNameOf(address);
	const guess = file === void 0 ? void 0 : require_distribution.guessDistribution(file);
	const known = name ?? guess?.name;
	if (known === void 0) return nameless(target);
	const hashes = [...line.hashes.map(({ hash }) => hash), ...fragment.split("&")];
	const url = require_requirements_tree.withoutCredentials(address);
	return {
		kind: "package",
		name: known,
		version: guess?.name === known ? guess.version : "",
		origin: {
			kind: "archive",
			url
		},
		files: [{
			...file !== void 0 && { name: file },
			url,
			digests: hashes.flatMap(require_requirements_tree.digestsOfHash),
			location: locationOf(line, path)
		}],
		marker
	};
}
function localAsked(target, { name, marker, line, place }) {
	const written = target.replace(/[#].*$/, "").replace(/\[[^\]]*\]$/, "").replace(/^file:(?:\/\/)?/i, "");
	const path = node_path.posix.join(node_path.posix.dirname(place.path), written.replaceAll("\\", "/")).replace(/(?<=.)\/$/, "");
	const guess = require_distribution.guessDistribution(node_path.posix.basename(path));
	const project = guess ? void 0 : projectIn(path, place.read);
	if ((/^\.?\/?$/.test(written) || path === ".") && line.hashes.length === 0) return { kind: "project" };
	const known = name ?? guess?.name ?? project?.name;
	if (known === void 0) return nameless(target);
	const digests = line.hashes.flatMap(({ hash }) => require_requirements_tree.digestsOfHash(hash));
	const files = digests.length === 0 ? [] : [{
		name: node_path.posix.basename(path),
		digests,
		location: locationOf(line, place.path)
	}];
	return {
		kind: "package",
		name: known,
		version: guess?.version ?? project?.version ?? "",
		origin: {
			kind: "local",
			path
		},
		files,
		marker
	};
}
function projectIn(folder, read) {
	const file = read(node_path.posix.join(folder, "pyproject.toml"));
	if (!file) return void 0;
	try {
		const { value } = require_run.parseToml(file, {
			code: "CONFIG_SYNTAX",
			remedy: ""
		});
		const version = require_run.stringField(require_run.tableField(value, "project"), "version") ?? "";
		return {
			name: require_requirements_tree.projectNameOf(value),
			version: require_distribution.normalPythonVersion(version)
		};
	} catch (error) {
		if (!(error instanceof require_errors.ParseError)) throw error;
		return;
	}
}
function isPath(target) {
	return /^(?:file:|\.{0,2}[\\/]|\.$|\.\.$|\.\[)/i.test(target) || /[\\/]/.test(target) || require_distribution.isDistributionName(target);
}
function eggOf(target) {
	const [, egg = ""] = /[#&]egg=([^&[\s]+)/.exec(target) ?? [];
	return require_distribution.isPythonName(egg) ? require_distribution.normalPythonName(egg) : void 0;
}
function nameless(target) {
	return {
		kind: "gap",
		name: require_requirements_tree.withoutCredentials(target),
		reason: "nothing says which package it is: write `name @` before it"
	};
}
function locationOf({ line }, path) {
	return {
		path,
		line
	};
}
// src/ecosystems/requirements/names.ts
/** `requirements.txt`, `dev-requirements.txt`, `requirements_test.lock`, `requirements3.txt`. */
const NAMED = /^[\w.-]*requirements[\w.-]*\.(?:txt|lock)$/i;
/** Names that files have in a folder named for requirements; anywhere else they mean nothing. */
const IN_FOLDER = /^(?:all|base|build|ci|common|core|deploy|dev|develop|development|doc|docs|extras?|lint|local|main|minimal|optional|prod|production|release|runtime|staging|test|testing|tests|tools|typing)\.txt$/i;
const FOLDER = /(?:^|\/)(?:requirements|reqs)\/[^/]+$/i;
/** Words in a file's name, or the name of its folder, that say what it is for. */
const DEVELOPMENT = /(?:^|[-_./]|requirements)(?:bench|benchmarks?|build|ci|dev|develop|development|docs?|documentation|lint|linting|mypy|nox|test|testing|tests|tools|tox|typing)(?=[-_./]|requirements)/i;
/** Whether a file of this base name may hold requirements: it still has to lie in the right folder. */
function mayHoldRequirements(basename) {
	return NAMED.test(basename) || IN_FOLDER.test(basename);
}
/** Whether the file at this path holds requirements, by its name and that of its folder. */
function holdsRequirements(path) {
	return NAMED.test(path.slice(path.lastIndexOf("/") + 1)) || FOLDER.test(path);
}
/** What a file's requirements are for: its name is all that tells it. */
function scopeOfFile(path) {
	const near = path.split("/").slice(-2).join("/");
	return DEVELOPMENT.test(near) ? "development" : "runtime";
}
// src/ecosystems/requirements.ts
/**
* pip's requirements files, with all that they include: `*requirements*.txt` (also `.lock`, as Rye names them),
* and files such as `dev.txt` in a folder `requirements` or `reqs`. Where `pip-compile` or `uv` noted in comments
* who needs what, that gives the edges.
*/
const requirements = {
	id: "requirements",
	ecosystem: "PyPI",
	reads: "`requirements*.txt`, `*-requirements.txt` and `requirements/*.txt` with the files they include",
	recognises: mayHoldRequirements,
	entryPoints,
	extract: extract$2
};
/** A file that another one includes is read with it. Of files that include each other, the first is read. */
function entryPoints(paths, read) {
	const named = paths.filter(holdsRequirements);
	const includes = new Map(named.map((path) => [path, includesIn(path, read)]));
	const included = new Set([...includes].flatMap(([path, to]) => to.filter((other) => other !== path)));
	const covered = /* @__PURE__ */ new Set();
	const entries = [];
	const firstFree = [...named.filter((path) => !included.has(path)), ...named];
	for (const path of firstFree) {
		if (covered.has(path)) continue;
		entries.push(path);
		const queue = [path];
		for (let next = queue.pop(); next !== void 0; next = queue.pop()) {
			if (covered.has(next)) continue;
			covered.add(next);
			for (const include of includes.get(next) ?? []) queue.push(include);
		}
	}
	return entries.sort();
}
function includesIn(path, read) {
	try {
		const file = read(path);
		return file ? require_requirements_tree.includedBy(file) : [];
	} catch (error) {
		if (error instanceof require_errors.ParseError) return [];
		throw error;
	}
}
/** @see https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
function extract$2(file, read) {
	if (!holdsRequirements(file.path)) return extractionOf([], [], []);
	const { files, gaps: missing } = require_requirements_tree.loadFiles(file, read);
	const gaps = [...missing];
	const pins = pinsOf(files, read);
	const components = componentsOf(files.filter(({ kind }) => kind === "requirement").flatMap((each) => packagesIn(each, {
		read,
		pins,
		gaps
	})));
	return extractionOf(components, components.filter((component) => component.direct).map(({ purl }) => purl), gaps);
}
function pinsOf(files, read) {
	const pins = /* @__PURE__ */ new Map();
	for (const { path, kind, parsed } of files) {
		if (kind !== "constraint") continue;
		for (const line of parsed.requirements) {
			const asked = askedFor(line, {
				path,
				read
			});
			if (asked.kind === "package" && !pins.has(asked.name)) pins.set(asked.name, asked);
		}
	}
	return pins;
}
function packagesIn({ path, parsed }, { read, pins, gaps }) {
	const annotated = parsed.requirements.some(({ via }) => via.length > 0);
	return parsed.requirements.flatMap((line) => {
		const written = askedFor(line, {
			path,
			read
		});
		const asked = written.kind === "open" ? pinnedBy(written, line, {
			path,
			pins
		}) : written;
		if (asked.kind === "package") return [{
			asked,
			purl: require_requirements_tree.pythonPurl(asked),
			line,
			path,
			annotated
		}];
		if (asked.kind === "gap") {
			const { name, reason } = asked;
			gaps.push({
				name: require_requirements_tree.labelOf(name),
				reason,
				location: {
					path,
					line: line.line
				}
			});
		}
		return [];
	});
}
/** The line's own hashes count, and else those of the constraint. */
function pinnedBy({ name, marker }, line, { path, pins }) {
	const pin = pins.get(name);
	if (!pin) return {
		kind: "gap",
		name,
		reason: "its version is a range, not a pin"
	};
	const own = registryFiles(line, path);
	return {
		...pin,
		files: own.length > 0 ? own : pin.files,
		marker: marker ?? pin.marker
	};
}
function componentsOf(found) {
	const byName = Map.groupBy(found, ({ asked }) => asked.name);
	const dependsOn = /* @__PURE__ */ new Map();
	const direct = /* @__PURE__ */ new Set();
	for (const { purl, line, annotated } of found) {
		const needed = annotated ? neededBy(line.via, byName) : {
			parents: [],
			byProject: true
		};
		if (needed.byProject) direct.add(purl);
		for (const parent of needed.parents) {
			const known = dependsOn.get(parent.purl);
			if (known) known.push(purl);
			else dependsOn.set(parent.purl, [purl]);
		}
	}
	return found.map(({ asked, purl, line, path, annotated }) => require_requirements_tree.pythonComponent({
		...asked,
		purl,
		scope: scopeOfFile(path),
		direct: direct.has(purl),
		dependsOn: annotated ? dependsOn.get(purl) ?? [] : void 0,
		location: {
			path,
			line: line.line
		}
	}));
}
/**
* Reads notes such as `httpx`, `-r requirements.in`, `app (pyproject.toml)`. What is no package of the file
* is the project; `-c` only says who constrains it.
*/
function neededBy(via, byName) {
	const parents = [];
	let byProject = via.length === 0;
	for (const note of via) {
		if (note.startsWith("-c")) continue;
		const name = note.replace(/\[[^\]]*\]$/, "");
		const named = require_distribution.isPythonName(name) ? byName.get(require_distribution.normalPythonName(name)) : void 0;
		if (named) parents.push(...named.slice(0, MAX_FORKS$1));
		else byProject = true;
	}
	return {
		parents,
		byProject
	};
}
/** Most versions of one name that a note can mean. */
const MAX_FORKS$1 = 16;
// src/ecosystems/uv.ts
/** Most versions of one name that are told apart. */
const MAX_FORKS = 64;
const REMEDY$1 = "Run `uv lock` and commit uv.lock";
/** uv's lock: every file of every version, for all platforms; forks where platforms need different versions. */
const uv = {
	id: "uv",
	ecosystem: "PyPI",
	reads: "`uv.lock` and `<script>.py.lock`, version 1 with every revision",
	recognises: (basename) => basename === "uv.lock" || basename.endsWith(".py.lock"),
	extract: extract$1
};
/** @see https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
function extract$1(file) {
	const document = require_run.parseToml(file, {
		code: "LOCKFILE_SYNTAX",
		remedy: REMEDY$1
	});
	assertVersion(file.path, document.value);
	const { entries, gaps: unreadable } = require_requirements_tree.lockEntries(file, document, "package");
	const manifest = require_run.tableField(document.value, "manifest");
	const gaps = [...unreadable];
	const keyed = entries.map((entry, at) => ({
		...entry,
		key: String(at)
	}));
	const resolve = resolverOf(keyed, gaps);
	const packages = keyed.map((entry) => packageOf(entry, resolve));
	const members = new Set(require_run.stringsField(manifest, "members").map(require_distribution.normalPythonName));
	const { components, direct } = componentsOfGraph(packages, [...packages.filter(({ name, entry }) => isMember(entry, members.has(name))).flatMap(memberRoots), ...manifestRoots(manifest, packages)]);
	return extractionOf(components, direct, gaps);
}
function assertVersion(path, lock) {
	const version = require_run.fieldOf(lock, "version");
	if (version === 1) return;
	throw new require_errors.ParseError({
		code: "LOCKFILE_VERSION_UNSUPPORTED",
		message: `Cannot read "${path}": version is ${shown(version)}, expected 1`,
		remedy: `${REMEDY$1}, with a uv whose locks have version 1`
	});
}
function shown(value) {
	return typeof value === "number" || typeof value === "string" ? `${value}`.slice(0, 40) : "missing";
}
function packageOf(entry, resolve) {
	const { key, table, name, version, location } = entry;
	const origin = originOf(entry);
	const optional = require_run.tableField(table, "optional-dependencies");
	const groups = require_run.tableField(table, "dev-dependencies");
	const edgesIn = (lists, list) => resolve(require_run.arrayField(lists, list), entry);
	const forks = require_run.stringsField(table, "resolution-markers");
	const node = {
		...forks.length > 0 && { marker: require_requirements_tree.anyMarker(forks) },
		edges: edgesIn(table, "dependencies"),
		extras: new Map(Object.keys(optional).map((extra) => [require_distribution.normalPythonName(extra), edgesIn(optional, extra)]))
	};
	return {
		entry,
		key,
		name,
		version: version === "" && origin.kind === "git" ? origin.commit ?? "" : version,
		origin,
		files: filesOf(entry, origin),
		node,
		development: Object.keys(groups).flatMap((group) => edgesIn(groups, group)),
		location,
		isProject: isProject(entry)
	};
}
/** Turns references such as `{ name = "numpy", version = "1.26.4", marker = "…" }` into edges. */
function resolverOf(entries, gaps) {
	const byName = packagesByName(entries);
	return (dependencies, from) => {
		const edges = [];
		for (const dependency of dependencies) {
			const name = require_distribution.normalPythonName(require_run.stringField(dependency, "name") ?? "");
			const meant = meantBy(dependency, byName.get(name) ?? []);
			if (meant.length === 0) {
				const reason = `"${require_requirements_tree.labelOf(from.name)}" depends on it, and the lock has no such version`;
				gaps.push({
					name: require_requirements_tree.labelOf(name),
					reason,
					location: from.location
				});
			}
			const marker = require_run.stringField(dependency, "marker");
			const extras = require_run.stringsField(dependency, "extra").map(require_distribution.normalPythonName);
			for (const { key } of meant) edges.push({
				to: key,
				extras,
				...marker !== void 0 && { marker }
			});
		}
		return edges;
	};
}
/** A reference has version and source only where they are needed to tell the entries of a name apart. */
function meantBy(reference, candidates) {
	const written = require_run.stringField(reference, "version");
	const version = written === void 0 ? void 0 : require_distribution.normalPythonVersion(written);
	const source = Object.entries(require_run.tableField(reference, "source"));
	return candidates.slice(0, MAX_FORKS).filter((entry) => (version === void 0 || entry.version === version) && source.every(([kind, where]) => require_run.fieldOf(require_run.tableField(entry.table, "source"), kind) === where));
}
function sourcePath({ table }) {
	const source = require_run.tableField(table, "source");
	return require_run.stringField(source, "virtual") ?? require_run.stringField(source, "editable") ?? require_run.stringField(source, "directory");
}
function isProject(entry) {
	return sourcePath(entry) === ".";
}
function isMember(entry, isListed) {
	return isProject(entry) || isListed && sourcePath(entry) !== void 0;
}
/** A member of the workspace, and what it asks for: with all its extras and groups. */
function memberRoots({ key, node, development, isProject: isRoot }) {
	return [
		...isRoot === true ? [] : [{
			to: key,
			extras: [],
			scope: "runtime"
		}],
		...rootsOf(node.edges, "runtime"),
		...rootsOf([...node.extras.values()].flat(), "optional"),
		...rootsOf(development, "development")
	];
}
function rootsOf(edges, scope) {
	return edges.map((edge) => ({
		...edge,
		scope
	}));
}
/** What a workspace without a project of its own, or a script, asks for. */
function manifestRoots(manifest, packages) {
	const byName = packagesByName(packages);
	const groups = require_run.tableField(manifest, "dependency-groups");
	const edges = (requirements, scope) => requirements.flatMap((requirement) => {
		const name = require_distribution.normalPythonName(require_run.stringField(requirement, "name") ?? "");
		const marker = require_run.stringField(requirement, "marker");
		const extras = require_run.stringsField(requirement, "extras").map(require_distribution.normalPythonName);
		return (byName.get(name) ?? []).slice(0, MAX_FORKS).map(({ key }) => ({
			to: key,
			extras,
			scope,
			...marker !== void 0 && { marker }
		}));
	});
	return [...edges(require_run.arrayField(manifest, "requirements"), "runtime"), ...Object.keys(groups).flatMap((group) => edges(require_run.arrayField(groups, group), "development"))];
}
function originOf({ table, location }) {
	const source = require_run.tableField(table, "source");
	const git = require_run.stringField(source, "git");
	if (git !== void 0) {
		const [address = "", commit] = git.split("#", 2);
		return require_requirements_tree.gitOrigin(address.split("?", 1)[0] ?? "", commit);
	}
	const url = require_run.stringField(source, "url");
	if (url !== void 0) return {
		kind: "archive",
		url: require_requirements_tree.withoutCredentials(url)
	};
	const registry = require_run.stringField(source, "registry");
	if (registry !== void 0 && /^https?:/i.test(registry)) return {
		kind: "registry",
		url: require_requirements_tree.withoutCredentials(registry)
	};
	const path = registry ?? Object.values(source).find((value) => typeof value === "string");
	return path === void 0 ? { kind: "registry" } : {
		kind: "local",
		path: require_requirements_tree.pathFrom(location.path, path)
	};
}
function filesOf(entry, origin) {
	const source = require_run.tableField(entry.table, "source");
	const archive = origin.kind === "archive" ? origin.url : void 0;
	return [require_run.fieldOf(entry.table, "sdist"), ...require_run.arrayField(entry.table, "wheels")].filter(require_run.isTable).flatMap((table) => {
		const hash = require_run.stringField(table, "hash");
		const url = require_run.stringField(table, "url") ?? archive;
		const path = require_run.stringField(table, "path") ?? require_run.stringField(source, "path");
		const name = require_run.stringField(table, "filename");
		if (hash === void 0 && url === void 0 && path === void 0 && name === void 0) return [];
		return [require_requirements_tree.lockedFile({
			name,
			url,
			path,
			hashes: hash === void 0 ? [] : [hash]
		}, entry)];
	});
}
// src/ecosystems/vendor.ts
/** Most faults that one message names. */
const MAX_FAULTS = 10;
const REMEDY = "Correct the lock as docs/vendor-lock.md of Assay has it";
/** Folders of files that somebody else made, with a lock of ours: what they are is in no registry. */
const vendor = {
	id: "vendor",
	ecosystem: require_run.VENDORED,
	reads: "`vendor.lock.yaml` and `vendor.lock.yml`: digests and minisign signatures of vendored files",
	recognises: (basename) => require_vendor_lock.VENDOR_LOCKS.includes(basename),
	extract
};
function extract(file) {
	const component = componentOf(file.path, readLock(file));
	return extractionOf([component], [component.purl], []);
}
/** @throws ParseError */
function readLock({ path, text }) {
	if (Buffer.byteLength(text) > 262144) throw new require_errors.ParseError({
		code: "FILE_TOO_LARGE",
		message: `Cannot read "${path}": ${Buffer.byteLength(text)} bytes, expected at most ${require_vendor_lock.MAX_VENDOR_LOCK_BYTES}`,
		remedy: "Split the folder, or lock an archive instead of its files"
	});
	const lock = require_vendor_lock.parseVendorLock(text);
	if ("name" in lock) return lock;
	const faults = lock.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
	const named = faults.slice(0, MAX_FAULTS).map(({ line, message }) => line === void 0 ? message : `line ${line}: ${message}`);
	const rest = faults.length - named.length;
	throw new require_errors.ParseError({
		code: "LOCKFILE_SYNTAX",
		message: `Cannot read "${path}": ${named.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`,
		remedy: REMEDY,
		line: faults[0]?.line
	});
}
function componentOf(path, lock) {
	const { name, version, files, license } = lock;
	const folder = node_path.posix.dirname(path);
	const location = { path };
	return {
		purl: require_vendor_lock.vendorPurl(lock),
		ecosystem: require_run.VENDORED,
		name,
		version,
		direct: true,
		origin: {
			kind: "local",
			path: folder
		},
		files: files.map(({ path: inside, digest, line }) => ({
			name: inside,
			digests: [digest],
			location: {
				path,
				line
			}
		})),
		licenses: license === void 0 ? [] : [license],
		dependsOn: [],
		edges: "unknown",
		locations: [location]
	};
}
// src/ecosystems/index.ts
/** Every package manager whose files we read, in the order reports list them. One line each. */
const ECOSYSTEMS = [
	npm,
	poetry,
	uv,
	pdm,
	pipenv,
	pylock,
	requirements,
	cargo,
	go,
	vendor
];
exports.ECOSYSTEMS = ECOSYSTEMS;
