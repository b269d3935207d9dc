require("./chunk-rolldown-runtime.js");
const require_digest = require("./chunk-digest.js");
const require_errors = require("./chunk-errors.js");
const require_run = require("./chunk-run.js");
const require_registry_defaults = require("./chunk-registry-defaults.js");
const require_go_dirhash = require("./chunk-go-dirhash.js");
const require_requirements_tree = require("./chunk-requirements-tree.js");
const require_sigstore_verify = require("./chunk-sigstore-verify.js");
const require_in_toto = require("./chunk-in-toto.js");
const require_slsa = require("./chunk-slsa.js");
const require_distribution = require("./chunk-distribution.js");
const require_attestation = require("./chunk-attestation.js");
let node_worker_threads = require("node:worker_threads");
let node_crypto = require("node:crypto");
let node_os = require("node:os");
let node_path = require("node:path");
// src/services/cargo-registry/layers.ts
/** Largest configuration file that is read, in bytes. */
const MAX_CONFIG_BYTES$3 = 1048576;
const REMEDY = "Correct the file; `cargo config get` names the fault too";
/**
* The configuration that holds for locks of a folder, the strongest first: `.cargo/config.toml` of the
* folder and of those above it up to the checkout's root, then that of Cargo's home. Folders above the
* checkout do not count, for nobody knows whose they are.
*
* @returns a function of the folder, relative to the checkout
* @throws ParseError `CONFIG_SYNTAX`
* @see https://doc.rust-lang.org/cargo/reference/config.html#hierarchical-structure
*/
function layersOf$1(host) {
	const machine = machineLayers$1(host);
	const known = /* @__PURE__ */ new Map();
	const layersFor = (folder) => {
		const before = known.get(folder);
		if (before) return before;
		const above = folder === "" ? machine : layersFor(folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
		const layer = projectLayer$1(host, folder);
		const layers = layer ? [layer, ...above] : above;
		known.set(folder, layers);
		return layers;
	};
	return layersFor;
}
function projectLayer$1({ files }, folder) {
	for (const name of [".cargo/config", ".cargo/config.toml"]) {
		const path = folder === "" ? name : `${folder}/${name}`;
		const text = files.readText(path, MAX_CONFIG_BYTES$3);
		if (text !== void 0) return layerOf(path, text, { own: false });
	}
}
/** Cargo's home: credentials first, which win over what the configuration says of them. */
function machineLayers$1({ env, files, readMachineText }) {
	const user = env["HOME"] ?? env["USERPROFILE"];
	const home = env["CARGO_HOME"] ?? (user && (0, node_path.join)(user, ".cargo"));
	if (home === void 0 || !(0, node_path.isAbsolute)(home)) return [];
	const own = !isInside$1(files.root, home);
	const read = (names) => {
		for (const name of names) {
			const path = (0, node_path.join)(home, name);
			const text = readMachineText(path, MAX_CONFIG_BYTES$3);
			if (text !== void 0) return [layerOf(path, text, { own })];
		}
		return [];
	};
	return [...read(["credentials", "credentials.toml"]), ...read(["config", "config.toml"])];
}
function layerOf(path, text, { own }) {
	const { value } = require_run.parseToml({
		path,
		text
	}, {
		code: "CONFIG_SYNTAX",
		remedy: REMEDY
	});
	return {
		source: path,
		own,
		value
	};
}
function isInside$1(root, path) {
	const inside = (0, node_path.relative)((0, node_path.resolve)(root), (0, node_path.resolve)(path));
	return inside !== ".." && !inside.startsWith(`..${node_path.sep}`) && !(0, node_path.isAbsolute)(inside);
}
/** All tables below a key, those of the weakest layer first: what comes later is laid over what was before. */
function tablesBelow(layers, key) {
	return layers.toReversed().flatMap((layer) => Object.entries(require_run.tableOf(layer.value[key]) ?? {}).flatMap(([name, value]) => {
		const table = require_run.tableOf(value);
		return table ? [{
			layer,
			name,
			table
		}] : [];
	}));
}
// src/services/cargo-registry/registries.ts
/** What stands for crates.io among addresses, and what configuration calls it. */
const CRATES_IO = "crates-io";
/** One form for one registry, however it is written. */
function keyOf(registry) {
	if (registry === void 0) return CRATES_IO;
	const plain = registry.replace(/\/+$/, "");
	return ["https://github.com/rust-lang/crates.io-index", require_registry_defaults.DEFAULT_REGISTRIES["crates.io"].replace(/\/$/, "")].includes(plain) ? CRATES_IO : plain;
}
function registriesIn(layers, env) {
	const all = /* @__PURE__ */ new Map();
	const own = /* @__PURE__ */ new Map();
	for (const { layer, name, table } of tablesBelow(layers, "registries")) {
		const { index } = table;
		if (typeof index !== "string") continue;
		all.set(nameKey(name), keyOf(index));
		if (layer.own) own.set(nameKey(name), keyOf(index));
	}
	for (const [variable, value = ""] of Object.entries(env)) {
		const name = /^CARGO_REGISTRIES_(.+)_INDEX$/.exec(variable)?.[1];
		if (name === void 0 || value === "") continue;
		all.set(name, keyOf(value));
		own.set(name, keyOf(value));
	}
	return {
		all,
		own
	};
}
/** A registry's name as variables spell it. */
function nameKey(name) {
	return name.toUpperCase().replaceAll("-", "_");
}
// src/services/cargo-registry/replacement.ts
/** All sources that are configured, by name. */
function sourcesIn$1(layers) {
	const sources = /* @__PURE__ */ new Map();
	for (const { layer, name, table } of tablesBelow(layers, "source")) {
		const { registry, directory, "replace-with": replaceWith } = table;
		const before = sources.get(name);
		const onDisk = directory !== void 0 || table["local-registry"] !== void 0;
		sources.set(name, {
			saidIn: layer.source,
			...before,
			...typeof registry === "string" && { registry },
			...typeof replaceWith === "string" && {
				replaceWith,
				saidIn: layer.source
			},
			onDisk: onDisk || before?.onDisk === true
		});
	}
	return sources;
}
/**
* Follows `replace-with` from registry to registry.
*
* @param address {@link keyOf} a registry
* @returns the same of the one to ask
* @throws ParseError `CONFIG_SYNTAX` when one is replaced by something that is nowhere defined
* @see https://doc.rust-lang.org/cargo/reference/source-replacement.html
*/
function replaced(address, sources, registries) {
	const isDefinition = ([name, source]) => name === address || source.registry !== void 0 && keyOf(source.registry) === address;
	let current = [...sources].filter(isDefinition).find(([, { replaceWith }]) => replaceWith !== void 0)?.[1];
	let found = address;
	const passed = /* @__PURE__ */ new Set();
	while (current?.replaceWith !== void 0) {
		const { replaceWith, saidIn } = current;
		if (passed.has(current)) throw misconfigured(saidIn, replaceWith, "replaced by itself");
		passed.add(current);
		current = sources.get(replaceWith);
		if (current?.onDisk) return found;
		const next = current?.registry ?? registries.all.get(nameKey(replaceWith));
		if (next === void 0 && replaceWith !== "crates-io") throw misconfigured(saidIn, replaceWith, "nowhere defined as a registry");
		found = keyOf(next);
	}
	return found;
}
function misconfigured(path, name, what) {
	return new require_errors.ParseError({
		code: "CONFIG_SYNTAX",
		message: `Cannot read "${path}": replace-with names the source "${name}", which is ${what}`,
		remedy: `Define [source.${name}] with \`registry = "sparse+https://…"\`, or remove replace-with`
	});
}
// src/services/cargo-registry/tokens.ts
/**
* Finds the token for each registry, by `keyOf` its index.
*
* A checkout may hold tokens of its own in plain text, and name the registry that they are for. A token of
* the machine goes only to a registry whose index the machine's owner has named too: else a pull request
* could have it sent to any host. See docs/decisions/0004-credentials-of-a-checkout.md.
*
* @see https://doc.rust-lang.org/cargo/reference/registry-authentication.html
*/
function tokensOf(layers, registries, { env, mask, warn }) {
	const tokens = /* @__PURE__ */ new Map();
	const give = (index, token) => {
		if (index !== void 0 && /^[\x21-\x7e][\x20-\x7e]*$/.test(token)) tokens.set(index, token);
	};
	const stated = tablesBelow(layers, "registries");
	for (const { layer, name, table } of stated) if (!layer.own && typeof table["token"] === "string") give(registries.all.get(nameKey(name)), table["token"]);
	const own = /* @__PURE__ */ new Map();
	for (const { layer, name, table } of stated) if (layer.own && typeof table["token"] === "string") own.set(nameKey(name), table["token"]);
	for (const [variable, value = ""] of Object.entries(env)) {
		const name = /^CARGO_REGISTRIES_(.+)_TOKEN$/.exec(variable)?.[1];
		if (name !== void 0 && value !== "") own.set(name, value);
	}
	for (const [name, token] of own) {
		if (token.length >= 4) mask(token);
		give(registries.own.get(name), token);
		if (!registries.own.has(name) && registries.all.has(name)) warn(`Left out the token of the registry "${name}": a checkout does not decide where it is sent. If it is meant for the index that the checkout names, set CARGO_REGISTRIES_${name}_INDEX too`);
	}
	return tokens;
}
// src/services/cargo-registry/config.ts
/**
* Reads Cargo's configuration for each folder that is asked about, once.
*
* @returns a function of the folder, relative to the checkout, that throws a ParseError for a file that
*   cannot be read
*/
function cargoConfigs(host) {
	const layersFor = layersOf$1(host);
	const told = /* @__PURE__ */ new Set();
	const warn = (message) => {
		if (!told.has(message)) host.log.warning(message);
		told.add(message);
	};
	const known = /* @__PURE__ */ new Map();
	return (folder) => {
		const layers = layersFor(folder);
		const config = known.get(layers) ?? configOf(layers, {
			...host,
			warn
		});
		known.set(layers, config);
		return config;
	};
}
function configOf(layers, host) {
	const sources = sourcesIn$1(layers);
	const registries = registriesIn(layers, host.env);
	const tokens = tokensOf(layers, registries, host);
	return { indexOf(registry) {
		const address = replaced(keyOf(registry), sources, registries);
		const url = address === "crates-io" ? require_registry_defaults.DEFAULT_REGISTRIES["crates.io"] : address;
		if (!url.startsWith("sparse+")) throw notSparse(url);
		const place = url.slice(7);
		if (!/^https?:/.test(place) || !URL.canParse(place)) throw notSparse(url);
		const authorization = tokens.get(address);
		const { origin, pathname } = new URL(place);
		return {
			url: `${origin}${pathname}${pathname.endsWith("/") ? "" : "/"}`,
			...authorization !== void 0 && { authorization }
		};
	} };
}
function notSparse(url) {
	const place = require_run.withoutSecrets(url);
	return new require_errors.ServiceError({
		code: "SERVICE_UNREACHABLE",
		message: `Cannot ask "${place}": found an index that is a git repository, expected a sparse one`,
		reason: "its index is a git repository, which is not cloned",
		url: place,
		remedy: "Use the sparse index of the registry, if it has one: `index = \"sparse+https://…/\"` under `[registries.<name>]`, then `cargo update`"
	});
}
// src/services/cargo-registry/sparse-index.ts
/** Most bytes of `config.json`, which is under 200 everywhere. */
const MAX_CONFIG_BYTES$2 = 65536;
/** Most bytes of a crate's page: the longest on crates.io are a quarter of it. */
const MAX_PAGE_BYTES$1 = 67108864;
/**
* Asks sparse indexes; each page once.
*
* @see https://doc.rust-lang.org/cargo/reference/registry-index.html
*/
function sparseIndexes(http, signal) {
	const ask = ({ url, authorization }, path, maxBytes) => http.fetch({
		url: url + path,
		maxBytes,
		signal,
		compressed: true,
		...authorization !== void 0 && { authorization }
	});
	const templateAt = async (index) => {
		const answer = await ask(index, "config.json", MAX_CONFIG_BYTES$2);
		const config = answer.status === 200 ? jsonIn$1(answer.body) : void 0;
		if (typeof config?.["dl"] === "string") return config["dl"];
		throw noIndex(`${index.url}config.json`, `found status ${answer.status} and no "dl" in it`);
	};
	const pageAt = async (index, path) => {
		const answer = await ask(index, path, MAX_PAGE_BYTES$1);
		return answer.status === 200 ? pageOf$1(answer.body) : void 0;
	};
	const templates = remembered(templateAt);
	const pages = remembered(pageAt);
	return {
		async archiveOf(index, crate) {
			const url = filledIn(await templates(index), crate);
			if (URL.canParse(url) && /^https?:/.test(url)) return new URL(url);
			throw noIndex(`${index.url}config.json`, "found a \"dl\" that is no http or https address");
		},
		async entryOf(index, crate) {
			const path = pathOf(crate.name);
			const entry = (await pages(index, path))?.get(crate.version);
			return entry && {
				...entry,
				source: index.url + path
			};
		}
	};
}
/** Asks once for each index and path. */
function remembered(ask) {
	const known = /* @__PURE__ */ new Map();
	return (index, path = "") => {
		const key = `${index.url}${path}\n${index.authorization ?? ""}`;
		const answer = known.get(key) ?? ask(index, path);
		known.set(key, answer);
		return answer;
	};
}
/** Folder of a crate's page, which keeps folders small: `1`, `2`, `3/a`, `ab/cd`. */
function prefixOf$2(name) {
	if (name.length <= 2) return String(name.length);
	return name.length === 3 ? `3/${name.slice(0, 1)}` : `${name.slice(0, 2)}/${name.slice(2, 4)}`;
}
function pathOf(name) {
	const lower = name.toLowerCase();
	return `${prefixOf$2(lower)}/${encodeURIComponent(lower)}`;
}
/** Without a marker, the template is where the path of the registry's API begins. */
function filledIn(template, { name, version, sha256 }) {
	const markers = {
		"{crate}": name,
		"{version}": version,
		"{prefix}": prefixOf$2(name),
		"{lowerprefix}": prefixOf$2(name.toLowerCase()),
		"{sha256-checksum}": sha256
	};
	const filled = template.replace(/\{(?:crate|version|prefix|lowerprefix|sha256-checksum)\}/g, (marker) => markers[marker] ?? marker);
	return filled === template ? `${template}/${name}/${version}/download` : filled;
}
/** A line that is no entry is passed over, as Cargo does: it may be of a later form. */
function pageOf$1(body) {
	const page = /* @__PURE__ */ new Map();
	for (const line of new TextDecoder().decode(body).split("\n")) {
		const { vers, cksum, yanked } = jsonOf(line) ?? {};
		if (typeof vers !== "string" || typeof cksum !== "string") continue;
		page.set(vers, {
			sha256: cksum,
			yanked: yanked === true
		});
	}
	return page;
}
function jsonIn$1(body) {
	return jsonOf(new TextDecoder().decode(body));
}
function jsonOf(text) {
	try {
		return require_run.jsonObjectOf(JSON.parse(text));
	} catch {
		return;
	}
}
function noIndex(url, what) {
	const place = require_run.withoutSecrets(url);
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read "${place}": ${what}, expected the configuration of a sparse index`,
		reason: "the answer is no configuration of a sparse index",
		url: place,
		remedy: "Look whether the address is that of a sparse index: `<address>config.json` must be there"
	});
}
// src/services/cargo-registry.ts
/** Largest archive that is read, in bytes: crates.io takes a fiftieth of it, other registries more. */
const MAX_CRATE_BYTES = 536870912;
/** What a crate may be called, and a version of it: nothing that moves an address. */
const NAME$1 = /^[\p{L}\p{N}_-]{1,128}$/u;
const VERSION = /^[0-9A-Za-z.+-]{1,128}$/;
/** crates.io and other registries with a sparse index, as Cargo's configuration names them. */
const cargoRegistry = {
	ecosystem: "crates.io",
	connect: connect$4
};
function connect$4({ host, signal }) {
	const configOf = cargoConfigs(host);
	const indexes = sparseIndexes(host.http, signal);
	const questionOf = (component, file) => {
		const { origin, name, version } = component;
		if (origin.kind !== "registry" || !NAME$1.test(name) || !VERSION.test(version)) return void 0;
		const folder = node_path.posix.dirname(file.location.path);
		return {
			index: configOf(folder === "." ? "" : folder).indexOf(origin.url),
			crate: {
				name,
				version,
				sha256: file.digests.find(({ algorithm }) => algorithm === "sha256")?.hex ?? ""
			}
		};
	};
	return {
		selects: () => true,
		async locate(component, file) {
			const question = questionOf(component, file);
			if (!question) return void 0;
			const { index, crate } = question;
			const url = await indexes.archiveOf(index, crate);
			const isSame = url.origin === new URL(index.url).origin;
			return {
				url: url.href,
				maxBytes: MAX_CRATE_BYTES,
				...isSame && index.authorization !== void 0 && { authorization: index.authorization }
			};
		},
		async indexEntry(component, file) {
			const question = questionOf(component, file);
			const stated = question && await indexes.entryOf(question.index, question.crate);
			const digest = stated && require_digest.digestFromHex("sha256", stated.sha256);
			if (!stated || !digest) return void 0;
			const { source, yanked } = stated;
			return {
				source,
				digests: [digest],
				...yanked && { withdrawn: true }
			};
		}
	};
}
// src/formats/go-path-patterns.ts
/**
* Whether a module path matches a list such as GOPRIVATE: globs separated by commas, each for as many
* elements from the path's start as it has itself. A malformed glob matches nothing.
*
* @see https://pkg.go.dev/golang.org/x/mod/module#MatchPrefixPatterns
*/
function matchesGoPatterns(patterns, path) {
	const elements = path.split("/");
	return patterns.split(",").some((pattern) => {
		const globs = pattern.replace(/\/$/, "").split("/");
		if (globs.join("") === "" || globs.length > elements.length) return false;
		return globs.every((glob, at) => matchesGlob(glob, elements[at] ?? ""));
	});
}
/**
* Whether one path element matches a glob of `*`, `?`, `[a-z]`, `[^a]` and `\x`.
*
* @see https://pkg.go.dev/path#Match
*/
function matchesGlob(glob, element) {
	const steps = stepsOf(glob);
	if (steps === void 0) return false;
	const chars = Array.from(element);
	let [step, char] = [0, 0];
	let retry;
	while (char < chars.length) {
		const next = steps[step];
		if (next === "any") {
			retry = {
				step: step + 1,
				char
			};
			step += 1;
		} else if (next?.(chars[char] ?? "") === true) {
			step += 1;
			char += 1;
		} else if (retry) {
			retry.char += 1;
			({step, char} = retry);
		} else return false;
	}
	return steps.slice(step).every((rest) => rest === "any");
}
/** @returns nothing when the glob is malformed */
function stepsOf(glob) {
	const steps = [];
	const token = /\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|\\(.)|([^*?[\\])/suy;
	while (token.lastIndex < glob.length) {
		const match = token.exec(glob);
		if (!match) return void 0;
		const [text, caret, ranges, escaped, plain] = match;
		if (text === "*") steps.push("any");
		else if (text === "?") steps.push(() => true);
		else if (ranges === void 0) steps.push((char) => char === (escaped ?? plain));
		else {
			const within = rangesOf(ranges);
			if (!within) return void 0;
			steps.push((char) => within(char) !== (caret === "^"));
		}
	}
	return steps;
}
/** `a-z\-x`: characters and ranges of them. */
function rangesOf(text) {
	const ranges = [];
	const range = /(?:\\(.)|([^\\-]))(?:-(?:\\(.)|([^\\-])))?/suy;
	while (range.lastIndex < text.length) {
		const match = range.exec(text);
		if (!match) return void 0;
		const low = match[1] ?? match[2] ?? "";
		ranges.push([low, match[3] ?? match[4] ?? low]);
	}
	return (char) => ranges.some(([low, high]) => low <= char && char <= high);
}
// src/formats/go-checksum-record.ts
/**
* Takes an answer apart. Nothing in it is to be believed yet.
*
* @returns nothing when it has another form
* @see https://go.dev/ref/mod#checksum-database
*/
function parseChecksumAnswer(text) {
	const [, index = "", record = "", note = ""] = /^(0|[1-9]\d{0,15})\n((?:[^\n]+\n)+)\n([^]+)$/.exec(text) ?? [];
	if (record === "" || !Number.isSafeInteger(Number(index))) return void 0;
	return {
		index: Number(index),
		record,
		note
	};
}
/**
* Reads the text of a signed tree head.
*
* @returns nothing when it is none
* @see https://pkg.go.dev/golang.org/x/mod/sumdb/tlog#ParseTree
*/
function parseTreeHead(text) {
	const [title, size = "", root = "", ...rest] = text.split("\n");
	const bytes = Buffer.from(root, "base64");
	return title === "go.sum database tree" && rest.length > 0 && /^(?:0|[1-9]\d{0,15})$/.test(size) && Number.isSafeInteger(Number(size)) && bytes.length === 32 && bytes.toString("base64") === root ? {
		size: Number(size),
		root: bytes.toString("hex")
	} : void 0;
}
/** Hash of a record. @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1 */
function leafHash(record) {
	return (0, node_crypto.hash)("sha256", Buffer.concat([Buffer.of(0), Buffer.from(record, "utf8")]), "buffer");
}
/**
* Where a tile lies below `tile/8/`, the root of tiles of 256 hashes.
*
* @see https://pkg.go.dev/golang.org/x/mod/sumdb/tlog#Tile.Path
*/
function tilePath(level, index, width) {
	const digits = String(index);
	const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g) ?? [];
	return `${level}/${groups.map((group, at) => at < groups.length - 1 ? `x${group}` : group).join("/")}${width < 256 ? `.p/${width}` : ""}`;
}
/**
* Whether a record is in the tree: the hash over its leaf and the tiles' hashes beside its way up is the
* root. Tiles need not be trusted: a wrong one gives another root.
*
* @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1
*/
async function isIncluded(leaf, index, head, readTile) {
	if (index >= head.size) return false;
	const beside = rangesBeside(index, {
		from: 0,
		to: head.size
	});
	const hashes = await Promise.all(beside.map((range) => rangeHash(range, head.size, readTile)));
	let way = leaf;
	for (const [at, sibling] of hashes.entries()) way = (beside[at]?.from ?? 0) > index ? nodeHash(way, sibling) : nodeHash(sibling, way);
	return Buffer.from(way).toString("hex") === head.root;
}
/**
* Whether the older tree is the beginning of the newer: the same hashes that make up its root, with more
* of them, make up the newer one's.
*
* @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1.2
*/
async function isPrefix(older, newer, readTile) {
	if (older.size > newer.size) return false;
	if (older.size === newer.size) return older.root === newer.root;
	if (older.size === 0) return true;
	const roots = await bothRoots({
		from: 0,
		to: newer.size
	}, older.size, newer.size, readTile);
	return Buffer.from(roots.newer).toString("hex") === newer.root && roots.older !== void 0 && Buffer.from(roots.older).toString("hex") === older.root;
}
/** Hash of a range in both trees; in the older one, absent where the range lies behind its end. */
async function bothRoots(range, olderSize, size, readTile) {
	const { from, to } = range;
	if (from >= olderSize) return { newer: await rangeHash(range, size, readTile) };
	if (to <= olderSize) {
		const shared = await rangeHash(range, size, readTile);
		return {
			older: shared,
			newer: shared
		};
	}
	const middle = from + splitPoint(to - from);
	const [left, right] = await Promise.all([bothRoots({
		from,
		to: middle
	}, olderSize, size, readTile), bothRoots({
		from: middle,
		to
	}, olderSize, size, readTile)]);
	const older = left.older && right.older ? nodeHash(left.older, right.older) : left.older;
	return {
		...older && { older },
		newer: nodeHash(left.newer, right.newer)
	};
}
/** The subtrees beside the way from a leaf to the root, from below. */
function rangesBeside(index, { from, to }) {
	const ranges = [];
	let [low, high] = [from, to];
	while (high - low > 1) {
		const middle = low + splitPoint(high - low);
		if (index < middle) {
			ranges.push({
				from: middle,
				to: high
			});
			high = middle;
		} else {
			ranges.push({
				from: low,
				to: middle
			});
			low = middle;
		}
	}
	return ranges.toReversed();
}
/** Hash of a subtree, which may be cut off by the tree's end: complete subtrees, joined from the right. */
async function rangeHash({ from, to }, size, readTile) {
	const parts = [];
	for (let at = from; at < to;) {
		const count = to - at === 1 ? 1 : largestPower(to - at);
		parts.push(subtreeHash({
			from: at,
			to: at + count
		}, size, readTile));
		at += count;
	}
	return (await Promise.all(parts)).reduceRight((right, left) => nodeHash(left, right));
}
/** Hash of a complete subtree: some neighbouring hashes of one tile, joined in pairs. */
async function subtreeHash({ from, to }, size, readTile) {
	const count = to - from;
	let [level, span] = [0, 1];
	while (span * 256 <= count) {
		level += 1;
		span *= 256;
	}
	const index = Math.floor(from / span / 256);
	const width = Math.min(256, Math.floor(size / span) - index * 256);
	const tile = await readTile(level, index, width);
	const first = from / span - index * 256;
	let hashes = Array.from({ length: count / span }, (_, at) => tile.subarray((first + at) * 32, (first + at + 1) * 32));
	while (hashes.length > 1) hashes = joinedPairs(hashes);
	const [joined] = hashes;
	if (joined === void 0) throw new RangeError("A subtree without hashes");
	return joined;
}
function joinedPairs(hashes) {
	const joined = [];
	for (let at = 0; at + 1 < hashes.length; at += 2) {
		const [left, right] = hashes.slice(at, at + 2);
		if (left && right) joined.push(nodeHash(left, right));
	}
	return joined;
}
/** What a node's hash is over: a one, then both hashes below it. Filled anew for each: millions are made. */
const NODE = Buffer.alloc(65, 1);
function nodeHash(left, right) {
	NODE.set(left, 1);
	NODE.set(right, 33);
	return Buffer.from((0, node_crypto.hash)("sha256", NODE, "binary"), "latin1");
}
/** The largest power of two below `count`, which is above 1. Sizes may need more than 32 bits. */
function splitPoint(count) {
	const power = largestPower(count);
	return power === count ? power / 2 : power;
}
/** The largest power of two that is not above `count`. */
function largestPower(count) {
	let power = 1;
	while (power * 2 <= count) power *= 2;
	return power;
}
// src/formats/signed-note.ts
const ED25519 = 1;
/** DER of a SubjectPublicKeyInfo up to the 32 bytes of the key. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
/** Go's own limit: more signatures than that only cost time. */
const MAX_SIGNATURES$1 = 100;
/**
* Parses a verifier key, `<name>+<id>+<base64>`.
*
* @returns nothing when it is no Ed25519 key, or the id is not that of this name and key
* @see https://pkg.go.dev/golang.org/x/mod/sumdb/note#hdr-Verifying_Notes
*/
function parseNoteKey(text) {
	const [, name = "", id = "", encoded = ""] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
	const key = bytesOf(encoded);
	if (key?.length !== 33 || key[0] !== ED25519 || keyId(name, key) !== id) return void 0;
	return {
		name,
		id,
		publicKey: key.subarray(1)
	};
}
/**
* Opens a signed note: checks the signature of one key, and ignores those of others.
*
* @see https://github.com/C2SP/C2SP/blob/main/signed-note.md
*/
function openNote(note, key) {
	const split = note.lastIndexOf("\n\n");
	if (split <= 0 || !note.endsWith("\n") || hasControls(note)) return {
		kind: "malformed",
		reason: "it is no signed note"
	};
	const text = note.slice(0, split + 1);
	const lines = note.slice(split + 2, -1).split("\n");
	if (lines.length > MAX_SIGNATURES$1) return {
		kind: "malformed",
		reason: "it has too many signatures"
	};
	let own;
	for (const line of lines) {
		const [, name, encoded = ""] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
		const bytes = bytesOf(encoded);
		if (bytes === void 0 || bytes.length < 5) return {
			kind: "malformed",
			reason: "a signature in it is malformed"
		};
		if (name === key.name && bytes.toString("hex", 0, 4) === key.id) own ??= bytes.subarray(4);
	}
	if (own === void 0) return {
		kind: "refused",
		reason: `it is not signed by ${key.name}+${key.id}`
	};
	return isSignature(own, text, key) ? {
		kind: "signed",
		text
	} : {
		kind: "refused",
		reason: `the signature of ${key.name}+${key.id} does not match`
	};
}
function isSignature(signature, text, { publicKey }) {
	const der = Buffer.concat([SPKI_PREFIX, publicKey]);
	const key = (0, node_crypto.createPublicKey)({
		key: der,
		format: "der",
		type: "spki"
	});
	return (0, node_crypto.verify)(null, Buffer.from(text, "utf8"), key, signature);
}
function keyId(name, key) {
	return (0, node_crypto.createHash)("sha256").update(`${name}\n`).update(key).digest("hex").slice(0, 8);
}
function bytesOf(base64) {
	return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, "base64") : void 0;
}
/** Line breaks are all that a note may have of them. */
function hasControls(text) {
	return /(?!\n)\p{Cc}/u.test(text);
}
// src/services/go-proxy/proxies.ts
function proxyFinder(context, entries) {
	const known = /* @__PURE__ */ new Map();
	return { proxyFor(path, version) {
		const key = `${path}@${version}`;
		const found = known.get(key) ?? find(context, entries, {
			path,
			version
		});
		known.set(key, found);
		return found;
	} };
}
/**
* Walks the list as the go command does: on after 404 and 410, after other failures only behind a `|`.
*
* @param ask asks one proxy
* @throws whatever `ask` throws where the list does not go on after a failure
* @see https://go.dev/ref/mod#goproxy-protocol
*/
async function walkProxies(entries, ask) {
	let failure;
	for (const [at, proxy] of entries.entries()) {
		if (proxy.kind !== "proxy") break;
		try {
			if (await ask(proxy, entries[at + 1]?.kind !== "proxy") === "has it") return { proxy };
		} catch (error) {
			if (!(error instanceof require_errors.ServiceError) || proxy.nextAfter !== "failure") throw error;
			failure = error;
		}
	}
	return failure ? { failure } : {};
}
/** Address of a module's file on a proxy. */
function fileUrl(proxy, { path, version }, file) {
	const extension = file === "zip" ? "zip" : "mod";
	return `${proxy.url}/${require_requirements_tree.escapeGoPath(path)}/@v/${require_requirements_tree.escapeGoPath(version)}.${extension}`;
}
async function find({ host, signal }, entries, module) {
	const { proxy, failure } = await walkProxies(entries, async (candidate, isLast) => {
		if (!/^https?:/.test(candidate.url)) throw notAsked(module, "GOPROXY names a folder, not a server");
		if (isLast) return "has it";
		const { authorization } = candidate;
		const { status } = await host.http.fetch({
			url: fileUrl(candidate, module, "go.mod"),
			maxBytes: require_go_dirhash.MAX_GO_MOD_BYTES,
			signal,
			...authorization !== void 0 && { authorization }
		});
		return status < 300 ? "has it" : "has it not";
	});
	if (proxy) return proxy;
	if (failure) throw failure;
	throw notAsked(module, entries[0]?.kind === "off" ? "GOPROXY is off" : "GOPROXY is direct: it is fetched from its repository, not from a proxy");
}
/** Why nobody was asked about a module: a decision of whoever configured this machine. */
function notAsked({ path }, reason) {
	return new require_errors.ServiceError({
		code: "SERVICE_UNREACHABLE",
		message: `Cannot check "${path}": ${reason}`,
		remedy: "Let GOPROXY, GOPRIVATE and GONOPROXY name a proxy for it, if there is one",
		reason
	});
}
// src/services/go-proxy/database-server.ts
/** Largest answer to a lookup, in bytes: real ones have a few hundred. */
const MAX_LOOKUP_BYTES = 262144;
function databaseServer(context, database, proxies) {
	let base;
	const baseOf = () => base ??= findBase(context, database, proxies);
	const fetched = async (path, maxBytes) => {
		const { url, authorization } = await baseOf();
		const { status, body } = await context.host.http.fetch({
			url: `${url}/${path}`,
			maxBytes,
			signal: context.signal,
			...authorization !== void 0 && { authorization }
		});
		return status < 300 ? body : void 0;
	};
	const tiles = /* @__PURE__ */ new Map();
	return {
		urlOf: async (path) => `${(await baseOf()).url}/${path}`,
		async text(path) {
			const body = await fetched(path, MAX_LOOKUP_BYTES);
			return body && Buffer.from(body).toString("utf8");
		},
		async tile(level, index, width) {
			const key = tilePath(level, index, 256);
			const known = tiles.get(key);
			const bytes = known && known.width >= width ? known.bytes : fetchTile(fetched, level, index, width);
			if (bytes !== known?.bytes) tiles.set(key, {
				width,
				bytes
			});
			return (await bytes).subarray(0, width * 32);
		}
	};
}
/**
* A partial tile may be gone once the full one is there: its beginning is the same.
*
* @throws ServiceError when neither is served, or not as many bytes as it has
*/
async function fetchTile(fetched, ...[level, index, width]) {
	for (const attempt of /* @__PURE__ */ new Set([width, 256])) {
		const path = `tile/8/${tilePath(level, index, attempt)}`;
		const bytes = await fetched(path, attempt * 32);
		if (bytes?.length === attempt * 32) return bytes;
		if (bytes) throw tileError(path, `found ${bytes.length} bytes, expected ${attempt * 32}`);
	}
	throw tileError(`tile/8/${tilePath(level, index, width)}`, "there is none");
}
function tileError(path, reason) {
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read "${path}" of the checksum database: ${reason}`,
		remedy: "Try again later, or set GOPROXY to another proxy of the checksum database"
	});
}
/**
* A proxy that serves the database is the only way to it; otherwise it is asked directly.
*
* @see https://go.dev/design/25530-sumdb#proxying-a-checksum-database
*/
async function findBase({ host, signal }, { key, url }, proxies) {
	if (url !== void 0) return { url };
	const { proxy, failure } = await walkProxies(proxies, async (candidate) => {
		if (!/^https?:/.test(candidate.url)) return "has it not";
		const { authorization } = candidate;
		const { status } = await host.http.fetch({
			url: `${candidate.url}/sumdb/${key.name}/supported`,
			maxBytes: MAX_LOOKUP_BYTES,
			signal,
			...authorization !== void 0 && { authorization }
		});
		return status < 300 ? "has it" : "has it not";
	});
	if (!proxy) {
		if (failure && proxies.every(({ kind }) => kind === "proxy")) throw failure;
		return { url: `https://${key.name}` };
	}
	const { authorization } = proxy;
	return {
		url: `${proxy.url}/sumdb/${key.name}`,
		...authorization !== void 0 && { authorization }
	};
}
// src/services/go-proxy/checksum-database.ts
/** An answer is false: not to be confused with none. */
var Refutation = class extends Error {};
/** @param proxies those of GOPROXY, through which the database is asked if they can do that */
function checksumDatabase(context, settings, proxies) {
	const server = databaseServer(context, settings, proxies);
	const heads = new Heads(server);
	const known = /* @__PURE__ */ new Map();
	const { name } = settings.key;
	return {
		name,
		recordOf(path, version) {
			const key = `${path}@${version}`;
			const record = known.get(key) ?? recordOf({
				path,
				version
			}, {
				server,
				heads,
				settings
			});
			known.set(key, record);
			return record;
		}
	};
}
async function recordOf(module, parts) {
	const { name } = parts.settings.key;
	let source = "";
	try {
		const lookup = `lookup/${require_requirements_tree.escapeGoPath(module.path)}@${require_requirements_tree.escapeGoPath(module.version)}`;
		source = await parts.server.urlOf(lookup);
		const text = await parts.server.text(lookup);
		if (text === void 0) {
			const reason = `${name} has no record of ${module.path} ${module.version}`;
			return {
				kind: "unavailable",
				source,
				reason
			};
		}
		const answer = parseChecksumAnswer(text);
		if (!answer) return {
			kind: "unavailable",
			source,
			reason: notARecord(name)
		};
		const head = headOf(answer.note, parts.settings);
		if (!head) return {
			kind: "unavailable",
			source,
			reason: notARecord(name)
		};
		const { index, record } = answer;
		const treeSize = await parts.heads.prove({
			index,
			record,
			head
		});
		return {
			kind: "proven",
			source,
			index,
			treeSize,
			lines: linesOf(record, module)
		};
	} catch (error) {
		if (error instanceof Refutation) return {
			kind: "refuted",
			source,
			reason: `${name}: ${error.message}`
		};
		if (error instanceof require_errors.AssayError) return {
			kind: "unavailable",
			source,
			reason: error.message
		};
		throw error;
	}
}
/** @returns nothing when there is no note at all */
function headOf(note, { key }) {
	const opened = openNote(note, key);
	if (opened.kind === "malformed") return void 0;
	if (opened.kind === "refused") throw new Refutation(`the signed tree head is refused: ${opened.reason}`);
	const head = parseTreeHead(opened.text);
	if (!head) throw new Refutation("what it signed is no tree head");
	return head;
}
/** A record of another module, rightly signed, must not speak for this one. */
function linesOf(record, { path, version }) {
	try {
		const own = require_requirements_tree.parseGoSum({
			path: "record",
			text: record
		}).filter((line) => line.path === path && line.version === version);
		if (own.length > 0) return own;
	} catch (error) {
		if (!(error instanceof require_errors.ParseError)) throw error;
	}
	const [first = ""] = record.split("\n", 1);
	throw new Refutation(`the answer for ${path} ${version} is the record of something else: ${JSON.stringify(first.slice(0, 200))}`);
}
function notARecord(name) {
	return `the answer of ${name} is no record with a signed tree head`;
}
/** All tree heads of a run have to be of one log that only grows; caches answer with old ones, in any order. */
var Heads = class {
	#server;
	/** Roots of the heads that fit the others, by size. */
	#fitting = /* @__PURE__ */ new Map();
	#latest = {
		size: 0,
		root: ""
	};
	#turn = Promise.resolve();
	constructor(server) {
		this.#server = server;
	}
	/**
	* Proves that a record is in the log.
	*
	* @returns the size of the tree in which it is
	* @throws Refutation
	*/
	async prove(given) {
		const { index, record, head } = given;
		if (index >= head.size) throw new Refutation(`record ${index} lies behind the end of the signed tree of ${head.size}`);
		const latest = await this.#merged(head);
		if (await isIncluded(leafHash(record), index, latest, this.#server.tile)) return latest.size;
		throw new Refutation(`record ${index} is not in the signed tree of ${latest.size}, by the tiles that are served`);
	}
	/** One head after the other, so that each meets all before it. */
	async #merged(head) {
		if (this.#fitting.get(head.size) === head.root) return this.#latest;
		const turn = this.#turn.then(() => this.#merge(head));
		this.#turn = turn.catch(() => void 0);
		await turn;
		return this.#latest;
	}
	async #merge(head) {
		const latest = this.#latest;
		const [older, newer] = head.size < latest.size ? [head, latest] : [latest, head];
		if (!await isPrefix(older, newer, this.#server.tile)) throw new Refutation(`signed tree heads of ${older.size} and ${newer.size} records contradict each other: the log was forked, or its tiles are not served as they are`);
		this.#fitting.set(head.size, head.root);
		this.#latest = newer;
	}
};
// src/services/go-proxy/hash-pool.ts
/** Smaller zips are hashed where they are, in bytes: handing one over takes as long. */
const SMALL_ZIP_BYTES = 65536;
/** Threads start when this much was hashed without them, in bytes: starting them takes as long. */
const WORTH_THREADS_BYTES = 4194304;
/** More threads than that wait for the network. */
const MAX_THREADS = 4;
/**
* Path of the worker's script, which lies beside the bundle. From source there is none: a test loads
* modules that no thread could.
*/
function workerScript() {
	return __filename.endsWith(".ts") ? void 0 : (0, node_path.join)(__dirname, "go-hash.worker.js");
}
/** Makes a pool without any thread: they start with the work. */
function hashPool(options = {}) {
	const threads = options.threads ?? Math.min((0, node_os.availableParallelism)(), MAX_THREADS);
	const state = new PoolState({
		...options,
		threads
	});
	return {
		h1: async (zip, prefix) => state.h1(zip, prefix),
		close: () => state.close()
	};
}
var PoolState = class {
	#options;
	#threads = /* @__PURE__ */ new Set();
	#queue = [];
	#hashedHere = 0;
	#usable;
	constructor(options) {
		this.#options = options;
		this.#usable = options.script !== void 0 && options.threads > 0;
	}
	h1(zip, prefix) {
		const pays = zip.length > SMALL_ZIP_BYTES && this.#hashedHere + zip.length > WORTH_THREADS_BYTES;
		if (this.#usable && pays) return new Promise((resolve, reject) => {
			this.#queue.push({
				zip,
				prefix,
				resolve,
				reject
			});
			this.#next();
		});
		this.#hashedHere += zip.length;
		return require_go_dirhash.h1OfModuleZip(zip, prefix);
	}
	async close() {
		this.#usable = false;
		const cancelled = new require_errors.CancelledError({
			code: "CANCELLED",
			message: "Cannot hash a module: the run was ended",
			remedy: "Run it again"
		});
		const threads = [...this.#threads];
		this.#threads.clear();
		for (const job of this.#queue.splice(0)) job.reject(cancelled);
		for (const { job } of threads) job?.reject(cancelled);
		await Promise.all(threads.map(({ worker }) => worker.terminate()));
	}
	/** Gives the first job in line to a thread that is free, or starts one. */
	#next() {
		const threads = [...this.#threads];
		const free = threads.find(({ ready, job }) => ready && job === void 0);
		if (!free) {
			const starting = threads.filter(({ ready }) => !ready).length;
			if (this.#queue.length > starting) this.#start();
			return;
		}
		const job = this.#queue.shift();
		if (job === void 0) return;
		free.job = job;
		free.worker.ref();
		const zip = movable(job.zip);
		free.worker.postMessage({
			zip,
			prefix: job.prefix
		}, [zip.buffer]);
	}
	#start() {
		const { script, threads } = this.#options;
		if (script === void 0 || this.#threads.size >= threads) return;
		const worker = new node_worker_threads.Worker(script);
		const thread = {
			worker,
			ready: false
		};
		worker.on("message", (answer) => this.#hear(thread, answer));
		worker.on("error", (error) => this.#giveUp(thread, require_errors.messageOf(error)));
		worker.on("exit", () => this.#giveUp(thread, "it ended"));
		this.#threads.add(thread);
	}
	#hear(thread, answer) {
		const { job } = thread;
		delete thread.job;
		thread.worker.unref();
		if ("ready" in answer) thread.ready = true;
		else if ("digest" in answer) job?.resolve(answer.digest);
		else job?.reject(new require_errors.ServiceError(answer.fault));
		this.#next();
	}
	/** A thread that cannot start costs time, not the answer. One that dies has its zip with it. */
	#giveUp(thread, reason) {
		if (!this.#threads.delete(thread)) return;
		this.#usable = false;
		this.#options.onFault?.(`Cannot hash on a thread: ${reason}`);
		thread.job?.reject(/* @__PURE__ */ new Error(`the thread that hashed it ended: ${reason}`));
		if (this.#threads.size > 0) return;
		for (const job of this.#queue.splice(0)) hashHere(job);
	}
};
/** The same bytes in memory of their own, which can change hands; a copy only where others share it. */
function movable(bytes) {
	const { buffer, byteLength } = bytes;
	return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
function hashHere({ zip, prefix, resolve, reject }) {
	try {
		resolve(require_go_dirhash.h1OfModuleZip(zip, prefix));
	} catch (error) {
		reject(error);
	}
}
// src/services/go-proxy/judge-record.ts
/**
* What a record says about a file, compared with go.sum and with the bytes. go.sum and a proxy that agree
* with each other and not with the log are what this is for: the go command does not notice.
*/
function judgeRecord(record, claims) {
	const { source } = record;
	if (record.kind === "unavailable") return {
		outcome: "unavailable",
		source,
		detail: record.reason
	};
	if (record.kind === "refuted") return {
		outcome: "contradicted",
		source,
		detail: record.reason
	};
	const { file, name } = claims;
	const lines = record.lines.filter((line) => line.file === file.kind);
	const [first] = lines;
	if (!first) return {
		outcome: "contradicted",
		source,
		detail: `record ${record.index} of ${name} says nothing about the ${file.kind}`
	};
	const compared = [...claims.observed.map((digest) => ({
		digest,
		says: "the bytes read are"
	})), ...claims.locked.map((digest) => ({
		digest,
		says: "go.sum promises"
	}))].filter(({ digest }) => digest.algorithm === "h1");
	if (compared.length === 0) return {
		outcome: "unavailable",
		source,
		detail: "there is nothing to compare the record with"
	};
	const observed = first.digest;
	const recorded = `${name} records ${require_digest.renderDigest(observed)}`;
	const wrong = compared.find(({ digest: { hex } }) => lines.every((line) => line.digest.hex !== hex));
	if (wrong) return {
		outcome: "contradicted",
		source,
		observed,
		detail: `${recorded}, ${wrong.says} ${require_digest.renderDigest(wrong.digest)}`
	};
	return {
		outcome: "verified",
		source,
		observed,
		detail: `${recorded}, in record ${record.index} of its signed tree of ${record.treeSize}`
	};
}
// src/formats/netrc.ts
/**
* Finds the credentials for a host in a .netrc file, as the go command does: the first complete entry of
* its name, none of `default`, and macros skipped.
*
* @see https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
*/
function netrcEntry(text, host) {
	const fields = {
		machine: "",
		login: "",
		password: ""
	};
	let inMacro = false;
	for (const line of text.split("\n")) {
		if (inMacro) {
			inMacro = line.trim() !== "";
			continue;
		}
		const words = line.split(/\s+/).filter((word) => word !== "");
		for (let at = 0; at < words.length; at += 2) {
			const [key, value = ""] = words.slice(at, at + 2);
			if (key === "default") return void 0;
			if (key === "macdef") {
				inMacro = true;
				break;
			}
			if (key === "machine") Object.assign(fields, {
				machine: value,
				login: "",
				password: ""
			});
			if (key === "login" || key === "password") fields[key] = value;
			const { machine, login, password } = fields;
			if (machine === host && login !== "" && password !== "") return {
				login,
				password
			};
		}
	}
}
// src/services/go-proxy/settings.ts
/** Largest configuration file that is read, in bytes. */
const MAX_CONFIG_BYTES$1 = 1048576;
/** Default of GOPROXY besides the proxy itself: what it does not have comes from its repository. */
const DEFAULT_GOPROXY = `${require_registry_defaults.DEFAULT_REGISTRIES.Go},direct`;
/**
* Reads the environment of the go command: variables, then what `go env -w` wrote, then defaults.
*
* @throws ParseError `CONFIG_SYNTAX` when GOPROXY or GOSUMDB cannot be understood
* @see https://go.dev/ref/mod#environment-variables
*/
function readGoSettings(host) {
	const variable = environmentOf(host);
	const privates = variable("GOPRIVATE");
	const patterns = (name) => {
		const own = variable(name);
		return own === void 0 ? {
			variable: "GOPRIVATE",
			patterns: privates ?? ""
		} : {
			variable: name,
			patterns: own
		};
	};
	const database = databaseOf(variable("GOSUMDB"));
	return {
		proxies: proxiesOf(variable("GOPROXY") ?? DEFAULT_GOPROXY, host, variable("GOAUTH")),
		noProxy: patterns("GONOPROXY"),
		noChecksums: patterns("GONOSUMDB"),
		...database && { database }
	};
}
/** Gives a variable's value; nothing when it is empty everywhere, as Go reads it. */
function environmentOf(host) {
	const written = /* @__PURE__ */ new Map();
	const path = environmentFile(host);
	const text = path === void 0 ? void 0 : host.readMachineText(path, MAX_CONFIG_BYTES$1);
	for (const line of (text ?? "").split("\n")) {
		const [, name = "", value = ""] = /^([A-Z][^=]*)=(.*?)\r?$/.exec(line) ?? [];
		if (name !== "") written.set(name, value);
	}
	return (name) => [host.env[name], written.get(name)].find((value) => value !== void 0 && value !== "");
}
/** @see https://pkg.go.dev/cmd/go#hdr-Print_Go_environment_information */
function environmentFile({ env, platform }) {
	const given = env["GOENV"];
	if (given === "off") return void 0;
	if (given !== void 0 && given !== "") return given;
	if (platform.os === "win32") return env["AppData"] === void 0 ? void 0 : node_path.win32.join(env["AppData"], "go", "env");
	const home = env["HOME"];
	const macos = home === void 0 ? void 0 : node_path.posix.join(home, "Library/Application Support");
	const others = env["XDG_CONFIG_HOME"] ?? (home === void 0 ? void 0 : node_path.posix.join(home, ".config"));
	const folder = platform.os === "darwin" ? macos : others;
	return folder === void 0 ? void 0 : node_path.posix.join(folder, "go/env");
}
/** @see https://go.dev/ref/mod#goproxy-protocol */
function proxiesOf(list, host, auth) {
	const entries = [];
	for (const [, text = "", separator] of list.matchAll(/([^,|]*)([,|]|$)/g)) {
		const entry = text.trim();
		if (entry === "") continue;
		if (entry === "direct" || entry === "off") return [...entries, { kind: entry }];
		const nextAfter = separator === "|" ? "failure" : "missing";
		entries.push({
			kind: "proxy",
			nextAfter,
			...addressOf$1(entry, "GOPROXY", host, auth)
		});
	}
	if (entries.length === 0) throw configError("GOPROXY", "no entry", "a URL, direct or off");
	return entries;
}
/** Where it is, and the credentials for it: its own, else those of .netrc. */
function addressOf$1(text, variable, host, auth) {
	const full = text.includes("://") ? text : `https://${text}`;
	if (!URL.canParse(full) || !text.includes("://") && !/[.:]/.test(text)) throw configError(variable, `"${require_run.withoutSecrets(full)}"`, "a URL, direct or off");
	const url = new URL(full);
	const own = {
		login: decodeURIComponent(url.username),
		password: decodeURIComponent(url.password)
	};
	const credentials = own.login === "" && own.password === "" ? netrcFor(url, host, auth) : own;
	url.username = "";
	url.password = "";
	const address = { url: url.href.replace(/\/+$/, "") };
	if (credentials === void 0) return address;
	const { login, password } = credentials;
	const encoded = Buffer.from(`${login}:${password}`).toString("base64");
	for (const secret of [password, encoded]) if (secret !== "") host.mask(secret);
	return {
		...address,
		authorization: `Basic ${encoded}`
	};
}
/** @see https://pkg.go.dev/cmd/go#hdr-GOAUTH_environment_variable */
function netrcFor(url, host, auth = "netrc") {
	if (!auth.split(";").some((command) => command.trim() === "netrc") || url.protocol !== "https:") return void 0;
	const { env, platform } = host;
	const windows = platform.os === "win32";
	const home = windows ? env["USERPROFILE"] : env["HOME"];
	const path = env["NETRC"] ?? (home === void 0 ? void 0 : windows ? node_path.win32.join(home, "_netrc") : node_path.posix.join(home, ".netrc"));
	const text = path === void 0 ? void 0 : host.readMachineText(path, MAX_CONFIG_BYTES$1);
	return text === void 0 ? void 0 : netrcEntry(text, url.hostname);
}
/** `off`, a name that is known, or a verifier key; then perhaps where to ask. */
function databaseOf(value) {
	if (value === "off") return void 0;
	const [keyOrName, where, ...more] = (require_registry_defaults.GO_CHECKSUM_DATABASE_ALIASES.get(value ?? "") ?? value ?? "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").trim().split(/\s+/);
	const [known] = require_registry_defaults.DEFAULT_GO_CHECKSUM_DATABASE.split("+", 1);
	const key = parseNoteKey(keyOrName === known ? require_registry_defaults.DEFAULT_GO_CHECKSUM_DATABASE : keyOrName ?? "");
	if (!key || more.length > 0) throw configError("GOSUMDB", `"${keyOrName ?? ""}"`, "off, or a verifier key and perhaps a URL");
	const named = `https://${key.name}`;
	if (!URL.canParse(named) || !isPlain(new URL(named), named)) throw configError("GOSUMDB", `the name "${key.name}"`, "a host name");
	if (where === void 0) return { key };
	if (!URL.canParse(where)) throw configError("GOSUMDB", `"${require_run.withoutSecrets(where)}"`, "a URL");
	return {
		key,
		url: where.replace(/\/+$/, "")
	};
}
function isPlain(url, text) {
	return url.href.replace(/\/$/, "") === text && url.search === "" && url.username === "";
}
function configError(variable, found, expected) {
	return new require_errors.ParseError({
		code: "CONFIG_SYNTAX",
		message: `Cannot read ${variable}: found ${found}, expected ${expected}`,
		remedy: `Correct the variable, or remove it with \`go env -u ${variable}\``
	});
}
// src/services/go-proxy.ts
/**
* Go's module proxies and checksum database, as GOPROXY and its companions configure them.
*
* Files are known by their names, `<module>@<version>.zip` and `<module>@<version>/go.mod`.
*
* @see https://go.dev/ref/mod#module-proxy
*/
const goProxy = {
	ecosystem: "Go",
	connect(context) {
		const settings = readGoSettings(context.host);
		return clientOf({
			context,
			settings,
			finder: proxyFinder(context, settings.proxies),
			pool: hashPool({
				...scriptOption(),
				onFault: (fault) => context.host.log.debug(fault)
			}),
			...context.goChecksumDatabase && { database: databaseFor(context, settings) }
		});
	}
};
function clientOf(parts) {
	return {
		selects: () => true,
		locate: (_component, file) => locate$1(parts, file),
		indexEntry: (_component, file) => indexEntry(parts, file),
		prove: (component, file, observed) => prove(parts, {
			component,
			file,
			observed
		}),
		close: () => parts.pool.close()
	};
}
async function locate$1({ settings, finder, pool }, locked) {
	const file = goFileOf(locked);
	if (!file) return void 0;
	const { path, version } = file;
	const { variable, patterns } = settings.noProxy;
	if (matchesGoPatterns(patterns, path)) throw notAsked(file, `${variable} names it: it is fetched from its repository, not from a proxy`);
	const proxy = await finder.proxyFor(path, version);
	const { authorization } = proxy;
	const isZip = file.kind === "zip";
	return {
		url: fileUrl(proxy, file, file.kind),
		...authorization !== void 0 && { authorization },
		maxBytes: isZip ? require_go_dirhash.MAX_MODULE_BYTES : require_go_dirhash.MAX_GO_MOD_BYTES,
		digestsOf: isZip ? (bytes) => zipDigests(pool, file, bytes) : (bytes) => Promise.resolve([require_go_dirhash.h1OfGoMod(bytes)])
	};
}
/** The database's record, which states what the bytes must hash to. */
async function indexEntry({ settings, database }, locked) {
	const file = goFileOf(locked);
	if (!file || database === void 0 || database === "off") return void 0;
	if (matchesGoPatterns(settings.noChecksums.patterns, file.path)) return void 0;
	const record = await database.recordOf(file.path, file.version);
	if (record.kind !== "proven") {
		const { reason, source } = record;
		throw new require_errors.ServiceError({
			code: "SERVICE_RESPONSE_INVALID",
			message: `Cannot use the record of "${file.path}": ${reason}`,
			remedy: "Compare with what another proxy of the checksum database answers",
			url: source,
			reason
		});
	}
	const digests = record.lines.filter((line) => line.file === file.kind).map(({ digest }) => digest);
	return {
		source: record.source,
		digests
	};
}
async function prove({ context, settings, database }, given) {
	const file = goFileOf(given.file);
	if (!file || database === void 0) return [];
	const { variable, patterns } = settings.noChecksums;
	const record = database === "off" ? notLookedUp("GOSUMDB is off") : matchesGoPatterns(patterns, file.path) ? notLookedUp(`${variable} names it: the checksum database is not asked for it`) : await database.recordOf(file.path, file.version);
	const name = typeof database === "string" ? "" : database.name;
	const { component, file: locked, observed } = given;
	const judged = judgeRecord(record, {
		file,
		name,
		locked: locked.digests,
		observed
	});
	return [{
		subject: component.purl,
		kind: "inclusion-proof",
		...judged,
		...locked.name !== void 0 && { file: locked.name },
		observedAt: context.host.now().toISOString().replace(/\.\d+Z$/, "Z")
	}];
}
function notLookedUp(reason) {
	return {
		kind: "unavailable",
		source: "",
		reason
	};
}
async function zipDigests(pool, { path, version }, bytes) {
	try {
		return [await pool.h1(bytes, `${path}@${version}/`)];
	} catch (error) {
		if (!(error instanceof require_errors.ServiceError)) throw error;
		const { remedy, reason = "", code } = error;
		throw new require_errors.ServiceError({
			code: code === "SERVICE_LIMIT_EXCEEDED" ? code : "SERVICE_RESPONSE_INVALID",
			message: `Cannot hash "${path}@${version}.zip": it is no module zip: ${reason}`,
			remedy,
			reason: `it is no module zip: ${reason}`,
			cause: error
		});
	}
}
/** @returns nothing for a name that no file of a module has */
function goFileOf({ name = "" }) {
	const [, path = "", version = "", suffix] = /^([^@]+)@([^@]+?)(\.zip|\/go\.mod)$/.exec(name) ?? [];
	if (!require_requirements_tree.isGoModulePath(path) || !require_requirements_tree.isGoVersion(version)) return void 0;
	return {
		path,
		version,
		kind: suffix === ".zip" ? "zip" : "go.mod"
	};
}
function databaseFor(context, { database, proxies }) {
	return database ? checksumDatabase(context, database, proxies) : "off";
}
function scriptOption() {
	const script = workerScript();
	return script === void 0 ? {} : { script };
}
// src/services/npm-registry/npmrc.ts
/**
* Reads an `.npmrc`: `key = value` lines, comments with `;` or `#`, quotes, escapes. Of equal keys the last
* counts. Sections and lists have no meaning for registries and are passed over.
*
* @see https://docs.npmjs.com/cli/v11/configuring-npm/npmrc
*/
function parseNpmrc(text) {
	const settings = /* @__PURE__ */ new Map();
	for (const line of text.replace(/^\uFEFF/, "").split(/[\r\n]+/)) {
		const plain = line.trim();
		if (plain.startsWith("[")) break;
		if (plain === "" || plain.startsWith(";") || plain.startsWith("#")) continue;
		const equals = plain.indexOf("=");
		const key = unquoted(equals === -1 ? plain : plain.slice(0, equals));
		settings.set(key, equals === -1 ? "true" : unquoted(plain.slice(equals + 1)));
	}
	return settings;
}
/** The value of one side: a quoted text as it is, else up to a comment, with `\;`, `\#` and `\\` undone. */
function unquoted(side) {
	const text = side.trim();
	if (text.length > 1 && text.startsWith("'") && text.endsWith("'")) return text.slice(1, -1);
	if (text.length > 1 && text.startsWith("\"") && text.endsWith("\"")) return parsed(text);
	const comment = /(?<!\\)(?:\\\\)*[;#]/.exec(text);
	const end = comment === null ? text.length : comment.index + comment[0].length - 1;
	return text.slice(0, end).replace(/\\([\\;#])/g, "$1").trim();
}
function parsed(quoted) {
	try {
		return String(JSON.parse(quoted));
	} catch {
		return quoted;
	}
}
/**
* Replaces `${NAME}`; `${NAME?}` is empty when it is not set, `${NAME-text}` is the text then, and
* `${NAME:-text}` also when it is empty. A backslash before it keeps it as it is.
*/
function expandVariables(text, env) {
	const variables = [];
	const missing = [];
	return {
		text: text.replace(/(?<!\\)(\\*)\$\{([^${}]+)\}/g, (whole, slashes, inner) => {
			if (slashes.length % 2 === 1) return whole.slice((slashes.length + 1) / 2);
			const [, name = inner, form = "", fallback = ""] = /^([^?:-]+)(\?$|:?-)?(.*)$/s.exec(inner) ?? [];
			const value = Object.hasOwn(env, name) ? env[name] : void 0;
			variables.push(name);
			const kept = slashes.slice(slashes.length / 2);
			if (value !== void 0 && !(value === "" && form === ":-")) return kept + value;
			if (form !== "") return kept + fallback;
			missing.push(name);
			return kept + `\${${inner}}`;
		}),
		variables,
		missing
	};
}
// src/services/npm-registry/addresses.ts
/** Reads the registries and `replace-registry-host` out of the layers. */
function addressesOf(layers, env) {
	const registryAt = (key) => {
		const layer = layers.find(({ settings }) => (settings.get(key) ?? "") !== "");
		const url = layer && addressIn(layer, key, env);
		if (url) [url.username, url.password] = ["", ""];
		return url;
	};
	const standard = () => registryAt("registry") ?? new URL(require_registry_defaults.DEFAULT_REGISTRIES.npm);
	return {
		registryOf(packageName) {
			const scope = packageName.startsWith("@") ? packageName.split("/", 1)[0] : void 0;
			if (scope === void 0) return standard();
			const key = `${scope}:registry`;
			return registryAt(key) ?? registryAt(key.toLowerCase()) ?? standard();
		},
		servedFrom: (locked) => servedFrom(locked, replacement(layers), standard)
	};
}
/**
* Reads one registry's address, with the credentials that stand in it.
*
* @throws ServiceError `SERVICE_UNREACHABLE` when it may not be asked
*/
function addressIn(layer, key, env) {
	const { text, variables, missing } = expandVariables(layer.settings.get(key) ?? "", env);
	if (variables.length > 0 && !layer.own) throw unusable$1(layer, key, {
		reason: "the checkout asks for an address with variables of the environment in it",
		remedy: `Name the registry on the machine: \`${key}=…\` in the user's .npmrc, or the variable \`npm_config_${key}\``
	});
	if (missing.length > 0) {
		const names = missing.map((name) => `\`${name}\``).join(", ");
		throw unusable$1(layer, key, {
			reason: `its address needs ${names}, not set`,
			remedy: `Set ${names} in the environment`
		});
	}
	const url = URL.canParse(text) ? new URL(text) : void 0;
	if (url === void 0 || !/^https?:$/.test(url.protocol)) throw unusable$1(layer, key, {
		reason: `"${require_run.withoutSecrets(text).slice(0, 100)}" is no http or https address`,
		remedy: "Correct the address"
	});
	url.search = "";
	url.hash = "";
	if (!url.pathname.endsWith("/")) url.pathname += "/";
	return url;
}
/** A registry that is configured and cannot be asked: never to be mistaken for the default one. */
function unusable$1({ source }, key, { reason, remedy }) {
	const message = `Cannot ask the registry that "${key}" of "${source}" names: ${reason}`;
	return new require_errors.ServiceError({
		code: "SERVICE_UNREACHABLE",
		message,
		remedy,
		reason
	});
}
/** Value of `replace-registry-host`; a checkout's variables are left as they stand. */
function replacement(layers) {
	const key = "replace-registry-host";
	const value = layers.find(({ settings }) => settings.has(key))?.settings.get(key) ?? "npmjs";
	return value === "npmjs" ? new URL(require_registry_defaults.DEFAULT_REGISTRIES.npm).hostname : value;
}
function servedFrom(locked, replaced, standard) {
	const prefix = URL.canParse(replaced) ? new URL(replaced) : void 0;
	const prefixPath = prefix?.pathname.replace(/\/$/, "") ?? "";
	const host = prefix?.hostname ?? replaced;
	if (replaced !== "always" && host !== locked.hostname) return locked;
	if (!isBelow(locked.pathname, prefixPath)) return locked;
	const registry = standard();
	const path = registry.pathname.replace(/\/$/, "");
	const served = new URL(locked);
	served.protocol = registry.protocol;
	served.host = registry.host;
	served.port = registry.port;
	if (prefixPath !== "") served.pathname = path + locked.pathname.slice(prefixPath.length);
	else if (!isBelow(locked.pathname, path)) served.pathname = path + locked.pathname;
	return served;
}
function isBelow(path, prefix) {
	return path === prefix || path.startsWith(`${prefix}/`);
}
// src/services/npm-registry/credentials.ts
const KINDS = [
	"_authToken",
	"_auth",
	"username",
	"_password"
];
/**
* Collects the logins of all layers.
*
* A checkout may hold credentials of its own in plain text. It may ask for a variable of the environment
* only where the machine's owner has named the address, or where the pair is one that people commit: else a
* pull request could have any secret of the job sent to any host. See docs/decisions/0004.
*/
function credentialsOf$1(layers, host) {
	const vouched = vouchedIn(layers, host.env);
	const logins = /* @__PURE__ */ new Map();
	const add = (prefix, kind, { text, masked }) => {
		const login = logins.get(prefix) ?? {};
		login[kind] ??= text;
		login.masked ||= masked;
		logins.set(prefix, login);
	};
	for (const layer of layers) {
		for (const [key, value] of layer.settings) {
			const place = placeOf(layer, key, host.env);
			if (place === void 0) continue;
			const secret = secretOf(layer, {
				...place,
				value
			}, vouched, host);
			if (secret !== void 0) add(place.prefix, place.kind, secret);
		}
		for (const { username, password, prefix } of loginsInAddresses(layer, host)) {
			const masked = layer.own;
			add(prefix, "username", {
				text: username,
				masked
			});
			add(prefix, "_password", {
				text: Buffer.from(password).toString("base64"),
				masked
			});
		}
	}
	const headers = /* @__PURE__ */ new Map();
	for (const [prefix, login] of logins) {
		const header = headerOf(login);
		if (header === void 0) continue;
		headers.set(prefix, header);
		if (login.masked === true) maskLong(header.slice(header.indexOf(" ") + 1), host.mask);
	}
	return { authorizationFor: (url) => authorizationFor$1(url, headers, vouched) };
}
function vouchedIn(layers, env) {
	const prefixes = /* @__PURE__ */ new Set();
	const insecure = /* @__PURE__ */ new Set();
	for (const layer of layers.filter(({ vouches, own }) => vouches || own)) for (const key of layer.settings.keys()) {
		const place = placeOf(layer, key, env);
		if (place !== void 0) prefixes.add(place.prefix);
		const registry = layer.vouches ? registryIn(layer, key, env) : void 0;
		if (registry === void 0) continue;
		prefixes.add(prefixOf$1(registry));
		if (registry.protocol === "http:") insecure.add(registry.origin);
	}
	return {
		prefixes,
		insecure
	};
}
function registryIn(layer, key, env) {
	if (key !== "registry" && !/^@[^:]*:registry$/.test(key)) return void 0;
	try {
		return addressIn(layer, key, env);
	} catch {
		return;
	}
}
/** What a key such as `//host/path/:_authToken` is about. */
function placeOf(layer, key, env) {
	if (!key.startsWith("//")) return void 0;
	const plain = layer.own ? expandVariables(key, env).text : key;
	const colon = plain.lastIndexOf(":");
	const kind = KINDS.find((known) => known === plain.slice(colon + 1));
	const address = `https:${plain.slice(0, colon)}`;
	if (kind === void 0 || !URL.canParse(address)) return void 0;
	return {
		prefix: prefixOf$1(new URL(address)),
		kind
	};
}
/** `//host:port/path/`, the form in which npm names an address, without regard to http or https. */
function prefixOf$1({ host, pathname }) {
	return `//${host}${pathname}${pathname.endsWith("/") ? "" : "/"}`;
}
/** The credential that a layer gives; nothing when it is not set, or may not be used there. */
function secretOf(layer, { prefix, kind, value }, vouched, { env, log, mask }) {
	const { text, variables, missing } = expandVariables(value, env);
	if (missing.length > 0 || text === "") return void 0;
	if (!layer.own && !variables.every((name) => mayBeSent(name, prefix, vouched))) {
		log.warning(`Left out "${prefix}:${kind}" of "${layer.source}": a checkout does not decide where ${variables.join(", ")} is sent. If it is meant for that address, put the line into the .npmrc of the user who runs Assay`);
		return;
	}
	const masked = layer.own || variables.length > 0;
	if (masked) {
		maskLong(text, mask);
		if (kind === "_password") maskLong(Buffer.from(text, "base64").toString(), mask);
		if (kind === "_auth") maskLong(passwordIn(text), mask);
	}
	return {
		text,
		masked
	};
}
/** Hiding every occurrence of a letter or two would leave nothing of a log. */
function maskLong(secret, mask) {
	if (secret.length >= 4) mask(secret);
}
function passwordIn(pair) {
	const text = Buffer.from(pair, "base64").toString();
	return text.slice(text.indexOf(":") + 1);
}
function mayBeSent(variable, prefix, { prefixes }) {
	const above = [...addressesAbove$1(prefix)];
	const known = above.flatMap((address) => Object.hasOwn(require_registry_defaults.NPM_TOKEN_VARIABLES, address) ? require_registry_defaults.NPM_TOKEN_VARIABLES[address] ?? [] : []);
	if (known.includes(variable)) return true;
	if (/^(?:GITHUB_|ACTIONS_|GH_)/i.test(variable) && !known.includes("GITHUB_TOKEN")) return false;
	return above.some((address) => prefixes.has(address));
}
/** Logins that are written into addresses: `https://user:password@host/`. */
function loginsInAddresses(layer, { env, mask }) {
	return [...layer.settings.keys()].flatMap((key) => {
		const registry = registryIn(layer, key, env);
		if (registry === void 0 || registry.username === "") return [];
		const username = decoded$1(registry.username);
		const password = decoded$1(registry.password);
		if (layer.own) maskLong(password, mask);
		return [{
			prefix: prefixOf$1(registry),
			username,
			password
		}];
	});
}
function decoded$1(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
/** As npm: a token before a ready-made pair before name and password. */
function headerOf({ _authToken, _auth, username, _password }) {
	if (_authToken !== void 0) return fitForHeader(`Bearer ${_authToken}`);
	if (_auth !== void 0) return fitForHeader(`Basic ${_auth}`);
	if (username === void 0 || _password === void 0) return void 0;
	const password = Buffer.from(_password, "base64").toString();
	return fitForHeader(`Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
}
/** A line break in it would be a header of its own. */
function fitForHeader(value) {
	return /^[\x20-\x7e]+$/.test(value) ? value : void 0;
}
function authorizationFor$1(url, headers, { insecure }) {
	const { protocol, origin, hostname, pathname } = url;
	const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
	if (protocol !== "https:" && !isLoopback && !insecure.has(origin)) return void 0;
	if (/(?:^|\/|%2f|%5c)(?:\.|%2e){2}(?:$|\/|%2f|%5c)/i.test(pathname)) return void 0;
	for (const address of addressesAbove$1(prefixOf$1(url))) {
		const header = headers.get(address);
		if (header !== void 0) return header;
	}
}
/** An address and all above it, the longest first, down to the host. */
function* addressesAbove$1(prefix) {
	for (let end = prefix.length; end > 2; end = prefix.lastIndexOf("/", end - 2) + 1) yield prefix.slice(0, end);
}
// src/services/npm-registry/layers.ts
/** Largest `.npmrc` that is read, in bytes. */
const MAX_NPMRC_BYTES = 1048576;
/**
* The layers that hold for locks of a folder, the strongest first, in npm's order: environment, project,
* user, global. `.npmrc` files above the folder count too, up to the checkout's root.
*/
function layersOf(host) {
	const environment = environmentLayer(host.env);
	const machine = machineLayers(host, environment.settings);
	const known = /* @__PURE__ */ new Map();
	const projectLayers = (folder) => {
		const before = known.get(folder);
		if (before) return before;
		const path = folder === "" ? ".npmrc" : `${folder}/.npmrc`;
		const text = host.files.readText(path, MAX_NPMRC_BYTES);
		const above = folder === "" ? [] : projectLayers(folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
		const layers = text === void 0 ? above : [projectLayer(path, text), ...above];
		known.set(folder, layers);
		return layers;
	};
	return (folder) => {
		const project = projectLayers(folder);
		return [
			withoutEchoes(environment, project, host.env),
			...project,
			...machine
		];
	};
}
function projectLayer(source, text) {
	return {
		source,
		own: false,
		vouches: false,
		settings: parseNpmrc(text)
	};
}
/** `npm_config_…` variables, in npm's spelling of their names. */
function environmentLayer(env) {
	const settings = /* @__PURE__ */ new Map();
	for (const [name, value] of Object.entries(env)) {
		if (!/^npm_config_/i.test(name) || value === void 0 || value === "") continue;
		const key = name.slice(11);
		const plain = key.startsWith("//") ? key : key.replace(/(?!^)_/g, "-").toLowerCase();
		settings.set(plain, value);
	}
	return {
		source: "the environment",
		own: true,
		vouches: !isUnderNpm(env),
		settings
	};
}
/** Package managers hand their configuration on to what they run, a checkout's `.npmrc` included. */
function isUnderNpm(env) {
	return [
		"npm_execpath",
		"npm_command",
		"npm_lifecycle_event"
	].some((name) => env[name] !== void 0);
}
/** Under npm, an address of the environment may be the checkout's own, with secrets already filled in. */
function withoutEchoes(environment, project, env) {
	if (!isUnderNpm(env)) return environment;
	const settings = [...environment.settings].filter(([key]) => !project.some((layer) => layer.settings.has(key)));
	return {
		...environment,
		settings: new Map(settings)
	};
}
function machineLayers(host, environment) {
	const { env } = host;
	const home = env["HOME"] ?? env["USERPROFILE"];
	const prefix = environment.get("prefix") ?? env["PREFIX"];
	return [environment.get("userconfig") ?? (home && (0, node_path.join)(home, ".npmrc")), environment.get("globalconfig") ?? (prefix && (0, node_path.join)(prefix, "etc", "npmrc"))].flatMap((path) => {
		if (path === void 0 || !(0, node_path.isAbsolute)(path)) return [];
		const text = host.readMachineText(path, MAX_NPMRC_BYTES);
		if (text === void 0) return [];
		const own = !isInside(host.files.root, path);
		return [{
			source: path,
			own,
			vouches: own,
			settings: parseNpmrc(text)
		}];
	});
}
function isInside(root, path) {
	const inside = (0, node_path.relative)((0, node_path.resolve)(root), (0, node_path.resolve)(path));
	return inside !== ".." && !inside.startsWith(`..${node_path.sep}`) && !(0, node_path.isAbsolute)(inside);
}
// src/services/npm-registry/config.ts
/**
* Reads npm's configuration for each folder that is asked about, once.
*
* @returns a function of the folder, relative to the checkout, that throws a ParseError for a file that
*   cannot be read
* @see https://docs.npmjs.com/cli/v11/configuring-npm/npmrc
*/
function npmConfigs(host) {
	const layersFor = layersOf(host);
	const told = /* @__PURE__ */ new Set();
	const log = {
		...host.log,
		warning(message) {
			if (!told.has(message)) host.log.warning(message);
			told.add(message);
		}
	};
	const known = /* @__PURE__ */ new Map();
	return (folder) => {
		const before = known.get(folder);
		if (before) return before;
		const layers = layersFor(folder);
		const config = {
			...addressesOf(layers, host.env),
			...credentialsOf$1(layers, {
				...host,
				log
			})
		};
		known.set(folder, config);
		return config;
	};
}
// src/services/npm-registry/answers.ts
/** npm's own header: the document without readmes and scripts, where a registry has one. */
const ACCEPT = "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*";
/** Most bytes of a package's document. The longest real ones are above: there one version is asked for. */
const MAX_PACKUMENT_BYTES = 33554432;
const MAX_VERSION_BYTES = 4194304;
/** @returns a function that throws a ServiceError for what is no answer of a registry */
function jsonAsker(http, signal) {
	return async (url, { authorization, maxBytes }) => {
		const answer = await http.fetch({
			url,
			headers: { accept: ACCEPT },
			maxBytes,
			signal,
			compressed: true,
			...authorization !== void 0 && { authorization }
		});
		return answer.status === 200 ? jsonIn(url, answer.body) : void 0;
	};
}
function jsonIn(url, body) {
	let reason = "expected a JSON object";
	try {
		const object = require_run.jsonObjectOf(JSON.parse(new TextDecoder().decode(body)));
		if (object !== void 0) return object;
	} catch (cause) {
		reason = require_errors.messageOf(cause).slice(0, 100);
	}
	const place = require_run.withoutSecrets(url);
	throw new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read the answer of "${place}": ${reason}`,
		reason: "the answer is no JSON of a registry",
		url: place,
		remedy: "Look whether the address is that of an npm registry"
	});
}
// src/services/npm-registry/packument.ts
/**
* Asks for each package's document once.
*
* @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
*/
function packageIndex(http, signal) {
	const known = /* @__PURE__ */ new Map();
	const fetchJson = jsonAsker(http, signal);
	const documentAt = async (url, authorization) => {
		const document = await fetchJson(url, {
			authorization,
			maxBytes: MAX_PACKUMENT_BYTES
		});
		return document && distsIn(document);
	};
	return { async ask({ registry, name, version, authorization }) {
		const url = `${registry.href}${name.replace("/", "%2f")}`;
		const key = `${url}\n${authorization ?? ""}`;
		const document = known.get(key) ?? documentAt(url, authorization);
		known.set(key, document);
		try {
			const dist = (await document)?.get(version);
			return dist && statedBy(url, dist);
		} catch (error) {
			if (!(error instanceof require_errors.ServiceError && error.code === "SERVICE_LIMIT_EXCEEDED")) throw error;
		}
		const single = `${url}/${encodeURIComponent(version)}`;
		const manifest = await fetchJson(single, {
			authorization,
			maxBytes: MAX_VERSION_BYTES
		});
		const dist = manifest && require_run.jsonObjectOf(manifest["dist"]);
		return dist && statedBy(single, dist);
	} };
}
function distsIn(document) {
	const dists = /* @__PURE__ */ new Map();
	for (const [version, manifest] of Object.entries(require_run.jsonObjectOf(document["versions"]) ?? {})) {
		const { integrity, shasum, tarball } = require_run.jsonObjectOf(require_run.jsonObjectOf(manifest)?.["dist"]) ?? {};
		dists.set(version, {
			integrity,
			shasum,
			tarball
		});
	}
	return dists;
}
function statedBy(source, { integrity, shasum, tarball }) {
	const strong = typeof integrity === "string" ? require_digest.digestsFromSri(integrity) : [];
	const sha1 = typeof shasum === "string" ? require_digest.digestFromHex("sha1", shasum) : void 0;
	return {
		source,
		digests: sha1 && !strong.some(({ algorithm }) => algorithm === "sha1") ? [...strong, sha1] : strong,
		...typeof tarball === "string" && { tarball }
	};
}
// src/services/npm-registry/platform.ts
/**
* Whether npm installs a package on a machine.
*
* @see https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os
*/
function runsOn(constraint, { os, cpu, libc }) {
	return fits(constraint.os, os) && fits(constraint.cpu, cpu) && fits(constraint.libc, libc);
}
/** None of the excluded, and one of the others if there are any. */
function fits(list, value) {
	if (list === void 0) return true;
	if (value === void 0) return false;
	if (list.length === 1 && list[0] === "any") return true;
	if (list.includes(`!${value}`)) return false;
	return list.includes(value) || list.every((entry) => entry.startsWith("!"));
}
// src/services/npm-registry.ts
/** Largest archive that is read, in bytes: the largest on the public registry are below a third of it. */
const MAX_TARBALL_BYTES = 1073741824;
/** Names that keep their place in an address; everything that npm lets anybody publish, and the old ones. */
const NAME = /^(?:@[^/\\@]+\/)?[^/\\@]+$/;
/** npm's registries, as `.npmrc` files and the environment configure them. */
const npmRegistry = {
	ecosystem: "npm",
	connect: connect$3
};
function connect$3({ host, signal }) {
	const configOf = npmConfigs(host);
	const index = packageIndex(host.http, signal);
	const configFor = ({ location: { path } }) => configOf(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
	return {
		selects: ({ platform }) => platform === void 0 || runsOn(platform, host.platform),
		async locate(component, file) {
			if (isElsewhere$1(component)) return void 0;
			const config = configFor(file);
			if (file.url !== void 0) return remoteAt$1(config, config.servedFrom(httpUrl$1(file.url)));
			const question = questionOf(component, config);
			if (question === void 0) return void 0;
			const url = tarballUrl(question);
			return {
				...remoteAt$1(config, url),
				async elsewhere() {
					const stated = await index.ask(question);
					if (stated?.tarball === void 0) return void 0;
					const other = config.servedFrom(httpUrl$1(stated.tarball));
					return other.href === url.href ? void 0 : remoteAt$1(config, other);
				}
			};
		},
		async indexEntry(component, file) {
			const { origin } = component;
			if (isElsewhere$1(component)) return void 0;
			if (origin.kind === "archive") throw withoutIndex$1(origin.url);
			const question = questionOf(component, configFor(file));
			const stated = question && await index.ask(question);
			if (stated === void 0 || stated.digests.length === 0) return void 0;
			return {
				source: stated.source,
				digests: stated.digests
			};
		}
	};
}
/** In git, or in the checkout itself: no registry has these bytes. */
function isElsewhere$1({ origin }) {
	return origin.kind === "git" || origin.kind === "local";
}
/**
* Whom to ask about a version, and how.
*
* @returns nothing for what cannot be a package's name or version
* @throws ServiceError `SERVICE_UNREACHABLE` when the lock or the configuration names no registry that may be asked
*/
function questionOf(component, config) {
	const { origin, name, version } = component;
	if (!NAME.test(name) || /(?:^|\/)\.{1,2}$/.test(name) || version === "") return void 0;
	const named = origin.kind === "registry" && origin.url?.endsWith("/") === true ? origin.url : "";
	const registry = named === "" ? config.registryOf(name) : config.servedFrom(httpUrl$1(named));
	if (!registry.pathname.endsWith("/")) registry.pathname += "/";
	return {
		registry,
		name,
		version,
		authorization: config.authorizationFor(registry)
	};
}
function tarballUrl({ registry, name, version }) {
	const base = name.slice(name.lastIndexOf("/") + 1);
	const path = name.split("/").map(encodeURIComponent).join("/").replace("%40", "@");
	const file = `${encodeURIComponent(base)}-${encodeURIComponent(version)}.tgz`;
	return new URL(`${registry.href}${path}/-/${file}`);
}
function remoteAt$1(config, url) {
	const authorization = config.authorizationFor(url);
	return {
		url: url.href,
		maxBytes: MAX_TARBALL_BYTES,
		...authorization !== void 0 && { authorization }
	};
}
/** An address out of a lock or an answer, without what is not sent: credentials and fragment. */
function httpUrl$1(text) {
	const url = URL.canParse(text) ? new URL(text) : void 0;
	if (url === void 0 || !/^https?:$/.test(url.protocol)) {
		const place = require_run.withoutSecrets(text).slice(0, 200);
		throw new require_errors.ServiceError({
			code: "SERVICE_UNREACHABLE",
			message: `Cannot fetch "${place}": it is no http or https address`,
			reason: "the lock names an address that is not of the web",
			remedy: "Have npm lock the dependency again: `npm install --package-lock-only`"
		});
	}
	url.username = "";
	url.password = "";
	url.hash = "";
	return url;
}
function withoutIndex$1(url) {
	const place = require_run.withoutSecrets(url);
	return new require_errors.ServiceError({
		code: "SERVICE_UNREACHABLE",
		message: `Cannot look up "${place}": it is on no registry, so that no index states its digest`,
		reason: "it is on no registry, and only its bytes can be compared",
		url: place,
		remedy: "Compare the bytes with `--integrity all`"
	});
}
// src/services/npm-registry/keys.ts
/** Most keys that are read; npm has had two. */
const MAX_KEYS = 100;
/**
* Reads the keys out of the TUF target of an npm registry. Entries that are no P-256 key, or state an id that
* is not their own, are left out.
*
* @see https://docs.npmjs.com/about-registry-signatures
*/
function registryKeysIn(target) {
	const keys = require_run.jsonObjectOf(target)?.["keys"];
	return Array.isArray(keys) ? keys.slice(0, MAX_KEYS).flatMap((key) => keyIn(key) ?? []) : [];
}
function keyIn(entry) {
	const { keyId, keyUsage, publicKey } = require_run.jsonObjectOf(entry) ?? {};
	const { rawBytes, validFor } = require_run.jsonObjectOf(publicKey) ?? {};
	if (typeof keyUsage !== "string" || typeof rawBytes !== "string") return void 0;
	const key = p256KeyIn(Buffer.from(rawBytes, "base64"));
	if (key === void 0 || keyId !== npmKeyId(key)) return void 0;
	const { start, end } = require_run.jsonObjectOf(validFor) ?? {};
	return {
		id: keyId,
		usage: keyUsage,
		key,
		...typeof start === "string" && { from: start },
		...typeof end === "string" && { until: end }
	};
}
function p256KeyIn(spki) {
	try {
		const key = (0, node_crypto.createPublicKey)({
			key: spki,
			format: "der",
			type: "spki"
		});
		return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : void 0;
	} catch {
		return;
	}
}
/**
* The id by which npm names a P-256 key: OpenSSH's SHA-256 fingerprint.
*
* @see https://www.rfc-editor.org/rfc/rfc5656#section-3.1
*/
function npmKeyId(key) {
	const point = key.export({
		format: "der",
		type: "spki"
	}).subarray(-65);
	const parts = [
		Buffer.from("ecdsa-sha2-nistp256"),
		Buffer.from("nistp256"),
		point
	];
	const blob = Buffer.concat(parts.map(sshString));
	return `SHA256:${(0, node_crypto.createHash)("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}
/** @see https://www.rfc-editor.org/rfc/rfc4251#section-5 */
function sshString(bytes) {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return Buffer.concat([length, bytes]);
}
// src/services/npm-registry/attestation.ts
/** The registry's own word that it took the version. */
const PUBLISH = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
/** A build service's word about where the version was built. */
const PROVENANCE = Object.values(require_slsa.SLSA_PROVENANCE);
/** Build services whose provenance npm takes: a certificate of any other issuer may be anybody's. */
const BUILD_SERVICES = [require_sigstore_verify.GITHUB, require_sigstore_verify.GITLAB];
/** Verifies one entry of `attestations`, and holds it to the version and its bytes. */
function checkAttestation({ verify, asOf }, entry, about) {
	const { predicateType } = entry;
	const kind = "attestation";
	const known = typeof predicateType === "string" ? predicateType : "";
	if (known !== PUBLISH && !PROVENANCE.includes(known)) return {
		kind,
		outcome: "unavailable",
		detail: `an attestation is of the type "${known.slice(0, 100)}", which is not known`,
		reason: "an attestation is of an unknown type"
	};
	const what = known === PUBLISH ? "publish attestation" : "provenance";
	const result = verify(entry["bundle"]);
	if ("refused" in result) {
		const detail = `the ${what} does not verify: ${result.refused}`;
		if (!result.unknownAuthority) return {
			kind,
			outcome: "contradicted",
			detail
		};
		return {
			kind,
			outcome: "unavailable",
			detail,
			reason: `an attestation is signed through keys or authorities that were not known on ${asOf}`
		};
	}
	const wrong = mismatch(result, known, about);
	if (wrong !== void 0) return {
		kind,
		outcome: "contradicted",
		detail: `the ${what} is genuine, but ${wrong}`
	};
	const { signer } = result;
	return {
		kind,
		outcome: "verified",
		detail: detailOf(known, signer),
		signer
	};
}
/** What keeps a genuine statement from being about this version. */
function mismatch({ statement, by, signer }, stated, { name, version, digest }) {
	if (statement.predicateType !== stated) return `it is signed as "${statement.predicateType.slice(0, 100)}"`;
	const wanted = stated === PUBLISH ? "key" : "certificate";
	if (by !== wanted) return `it is signed with a ${by}, expected a ${wanted}`;
	const purl = require_run.purlOf("npm", name, version);
	const other = require_in_toto.subjectMismatch(statement, {
		isName: (given) => given === purl,
		name: purl,
		digest
	});
	if (other !== void 0) return other;
	if (stated === PUBLISH) return publishMismatch(statement.predicate, name, version);
	return signerMismatch(signer) ?? require_slsa.provenanceMismatch(statement.predicate, signer);
}
/** @see https://github.com/npm/attestation/tree/main/specs/publish/v0.1 */
function publishMismatch(predicate, name, version) {
	if (predicate["name"] === name && predicate["version"] === version) return void 0;
	return `it says that ${["name", "version"].map((key) => {
		const value = predicate[key];
		return typeof value === "string" ? value.slice(0, 100) : "something";
	}).join(" ")} was published`;
}
/** A workflow of a build service, that says which repository it built. */
function signerMismatch({ issuer, identity, repository, builder }) {
	const service = BUILD_SERVICES.find((one) => one.issuer === issuer);
	if (service === void 0) return `its certificate was issued for ${issuer?.slice(0, 100) ?? "nobody"}, which is no build service that npm takes`;
	const elsewhere = [
		identity,
		repository ?? service.server,
		builder ?? service.server
	].find((address) => !address.startsWith(service.server));
	return elsewhere === void 0 ? void 0 : `its certificate names "${elsewhere.slice(0, 100)}", which is not at ${service.server}`;
}
function detailOf(type, signer) {
	if (type === PUBLISH) return `the registry attests the publication, with its ${signer.identity}`;
	return require_slsa.provenanceText(signer);
}
// src/services/npm-registry/attestations.ts
/** Most bytes of a version's attestations: two are about 25 KB. */
const MAX_ATTESTATIONS_BYTES = 4194304;
/** Most attestations of one version that are looked at; npm has two. */
const MAX_ATTESTATIONS = 10;
/**
* Fetches the attestations of a version and verifies each.
*
* @throws ServiceError
* @see https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md
*/
async function checkAttestations(context, question, digest) {
	const { registry, name, version, authorization } = question;
	const path = `${name.replace("/", "%2f")}@${encodeURIComponent(version)}`;
	const url = `${registry.href}-/npm/v1/attestations/${path}`;
	const source = require_run.withoutSecrets(url);
	const entries = attestationsIn(await context.askJson(url, {
		authorization,
		maxBytes: MAX_ATTESTATIONS_BYTES
	}));
	if (entries.length === 0) {
		const reason = "it says that there are attestations, and serves none";
		return [{
			kind: "attestation",
			outcome: "unavailable",
			source,
			detail: reason,
			reason
		}];
	}
	return entries.map((entry) => ({
		source,
		...checkAttestation(context, entry, {
			...question,
			digest
		})
	}));
}
function attestationsIn(answer) {
	const list = answer?.["attestations"];
	if (!Array.isArray(list)) return [];
	return list.slice(0, MAX_ATTESTATIONS).map((entry) => require_run.jsonObjectOf(entry) ?? {});
}
// src/services/npm-registry/signature.ts
/** For what keys of a registry sign packages with. */
const USAGE = "npm:signatures";
/**
* Verifies the registry's signature of a version. What is signed is made of the digest that is asked about,
* never of one that the registry states.
*/
function checkSignature({ name, version }, digest, { signed, known }) {
	const { source, signatures } = signed;
	const found = {
		kind: "signature",
		source
	};
	if (signatures.length === 0) {
		const siblings = signed.anySigned ? ", other versions of it are" : "";
		return {
			...found,
			outcome: "absent",
			detail: `the registry did not sign it${siblings}`
		};
	}
	const text = Buffer.from(`${name}@${version}:${sriOf(digest)}`);
	const tried = signatures.flatMap(({ keyId, bytes }) => known.keys.filter(({ id, usage }) => id === keyId && usage === USAGE).map((key) => ({
		key,
		bytes
	})));
	const good = tried.find(({ key, bytes }) => (0, node_crypto.verify)("sha256", text, key.key, bytes));
	if (good) return {
		...found,
		outcome: "verified",
		detail: `signed by the registry's ${keyText(good.key, signed)}`
	};
	const ids = [...new Set(signatures.map(({ keyId }) => idText(keyId)))].join(", ");
	if (tried.length === 0) return {
		...found,
		outcome: "unavailable",
		detail: `signed with ${ids}, which is none of the keys known as of ${known.asOf}`,
		reason: `it signs with a key that was not known on ${known.asOf}`
	};
	return {
		...found,
		outcome: "contradicted",
		detail: `the signature with ${ids} is not over ${name}@${version} with this digest`
	};
}
function sriOf({ algorithm, hex }) {
	return `${algorithm}-${Buffer.from(hex, "hex").toString("base64")}`;
}
/** The key's own time is compared with what the registry says, for a person to see: nobody signed the latter. */
function keyText({ id, from, until }, { publishedAt }) {
	const [start, end] = [from, until].map((time) => time?.slice(0, 10));
	return `key ${id} (in use ${end === void 0 ? `since ${start ?? "ever"}` : `from ${start ?? "ever"} to ${end}`})${publishedAt !== void 0 && (from !== void 0 && Date.parse(publishedAt) < Date.parse(from) || until !== void 0 && Date.parse(publishedAt) > Date.parse(until)) ? `, outside of which the registry dates it (${publishedAt})` : ""}`;
}
/** Comes from the registry, and may be anything. */
function idText(keyId) {
	return keyId === "" ? "no key id" : `key ${keyId.slice(0, 80)}`;
}
// src/services/npm-registry/signed-packument.ts
/** Most signatures of one version that are looked at: npm gives one for each of its keys. */
const MAX_SIGNATURES = 20;
/**
* Asks for the manifest of a version, which is small. Where it is not signed, or the registry has no manifests,
* the document of the package is asked, once: it shows whether other versions are.
*
* @returns a function that throws a ServiceError, and returns nothing when the registry knows no such version
* @see https://docs.npmjs.com/about-registry-signatures
*/
function signedPackuments(askJson) {
	const once = memory();
	return async ({ registry, name, version, authorization }) => {
		const url = `${registry.href}${name.replace("/", "%2f")}`;
		const single = `${url}/${encodeURIComponent(version)}`;
		const one = await once(`${single}\n${authorization ?? ""}`, async () => {
			const manifest = await manifestAt(askJson, single, authorization);
			return manifest && packumentOf(single, { versions: { [version]: manifest } });
		});
		const signed = one && versionIn$1(one, version);
		if (signed !== void 0 && signed.signatures.length > 0) return signed;
		try {
			const all = await once(`${url}\n${authorization ?? ""}`, async () => {
				const document = await askJson(url, {
					authorization,
					maxBytes: MAX_PACKUMENT_BYTES
				});
				return document && packumentOf(url, document);
			});
			return (all && versionIn$1(all, version)) ?? signed;
		} catch (error) {
			if (signed !== void 0 && isTooLong(error)) return signed;
			throw error;
		}
	};
}
function memory() {
	const known = /* @__PURE__ */ new Map();
	return (key, ask) => {
		const answer = known.get(key) ?? ask();
		known.set(key, answer);
		return answer;
	};
}
/** Nothing where the registry has none, or does not know such addresses. */
async function manifestAt(askJson, url, authorization) {
	try {
		return await askJson(url, {
			authorization,
			maxBytes: MAX_VERSION_BYTES
		});
	} catch (error) {
		if (error instanceof require_errors.ServiceError && (error.code === "SERVICE_STATUS" || error.code === "SERVICE_RESPONSE_INVALID")) return void 0;
		throw error;
	}
}
function isTooLong(error) {
	return error instanceof require_errors.ServiceError && error.code === "SERVICE_LIMIT_EXCEEDED";
}
function packumentOf(source, document) {
	const versions = /* @__PURE__ */ new Map();
	for (const [version, manifest] of Object.entries(require_run.jsonObjectOf(document["versions"]) ?? {})) {
		const dist = require_run.jsonObjectOf(require_run.jsonObjectOf(manifest)?.["dist"]) ?? {};
		const attested = require_run.jsonObjectOf(dist["attestations"]) !== void 0;
		versions.set(version, {
			signatures: signaturesIn(dist["signatures"]),
			attested
		});
	}
	const all = [...versions.values()];
	return {
		source,
		versions,
		anySigned: all.some(({ signatures }) => signatures.length > 0),
		anyAttested: all.some(({ attested }) => attested),
		times: require_run.jsonObjectOf(document["time"]) ?? {}
	};
}
function versionIn$1(packument, version) {
	const { source, versions, times, anySigned, anyAttested } = packument;
	const found = versions.get(version);
	const time = Object.hasOwn(times, version) ? times[version] : void 0;
	return found && {
		...found,
		source,
		anySigned,
		anyAttested,
		...typeof time === "string" && Number.isFinite(Date.parse(time)) && { publishedAt: time }
	};
}
/** A damaged entry is kept, as a signature that does not hold: it must not pass for the lack of one. */
function signaturesIn(value) {
	if (!Array.isArray(value)) return [];
	return value.slice(0, MAX_SIGNATURES).map((entry) => {
		const { keyid, sig } = require_run.jsonObjectOf(entry) ?? {};
		return {
			keyId: typeof keyid === "string" ? keyid : "",
			bytes: Buffer.from(typeof sig === "string" ? sig : "", "base64")
		};
	});
}
// src/services/npm-registry/signatures.ts
/** The signatures and attestations of npm's public registry, from whichever registry passes them on. */
const npmSignatures = npmSignaturesBy(async ({ trusted }) => publicTrust$1(await trusted()));
/** The same, with other keys and another root than those of the public registry. */
function npmSignaturesBy(trust) {
	return {
		ecosystem: "npm",
		signs: "signature",
		listsAlternatives: false,
		algorithm: "sha512",
		connect: (context) => connect$2(context, () => trust(context))
	};
}
function publicTrust$1({ asOf, frozen, target }) {
	return {
		keys: registryKeysIn(target(require_registry_defaults.NPM_KEYS_TARGET)),
		trustedRoot: target(require_registry_defaults.TRUSTED_ROOT_TARGET),
		asOf,
		...frozen !== void 0 && { frozen }
	};
}
function connect$2(context, trust) {
	const { host, signal } = context;
	const configOf = npmConfigs(host);
	const configFor = ({ location: { path } }) => configOf(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
	const askJson = jsonAsker(host.http, signal);
	const askPackument = signedPackuments(askJson);
	const attested = attestationChecker(askJson);
	let loaded;
	return {
		placeOf(component, file) {
			const question = questionOf(component, configFor(file));
			return question && require_run.withoutSecrets(question.registry.href);
		},
		async ask({ component, file, digest }) {
			const config = configFor(file);
			const first = questionOf(component, config);
			if (first === void 0) return void 0;
			const second = secondQuestion(first, config, context.npmSignaturesFrom);
			const found = await askSigned(askPackument, first, second);
			if (found === void 0) return void 0;
			const { question, signed } = found;
			const known = await (loaded ??= trust());
			return {
				serves: servedBy(signed),
				trustAsOf: known.asOf,
				...known.frozen !== void 0 && { trustFrozen: known.frozen },
				observations: [checkSignature(question, digest, {
					signed,
					known
				}), ...signed.attested ? await attested(known, question, digest) : [{
					...NO_ATTESTATION,
					source: signed.source
				}]]
			};
		}
	};
}
/**
* The same version at the registry that was named for signatures. Not for packages of a scope that has a registry
* of its own: nobody else has to hear of those.
*/
function secondQuestion({ registry, name, version }, config, address) {
	if (address === void 0) return void 0;
	const other = new URL(address);
	if (!other.pathname.endsWith("/")) other.pathname += "/";
	const unscoped = config.registryOf(name.slice(name.lastIndexOf("/") + 1));
	if (other.href === registry.href || config.registryOf(name).href !== unscoped.href) return void 0;
	return {
		registry: other,
		name,
		version,
		authorization: config.authorizationFor(other)
	};
}
/** What the first registry says, unless only the second has a signature. */
async function askSigned(ask, first, second) {
	const signed = await ask(first);
	const here = signed && {
		question: first,
		signed
	};
	if (second === void 0 || signed !== void 0 && signed.signatures.length > 0) return here;
	const other = await ask(second);
	return other === void 0 ? here : {
		question: second,
		signed: other
	};
}
const NO_ATTESTATION = {
	kind: "attestation",
	outcome: "absent",
	detail: "the registry has no attestation of it"
};
function servedBy({ anySigned, anyAttested }) {
	return [...anySigned ? ["signature"] : [], ...anyAttested ? ["attestation"] : []];
}
/** What is known of the signature is not lost when the attestations cannot be read. */
function attestationChecker(askJson) {
	let verifier;
	return async (trust, question, digest) => {
		const verify = await (verifier ??= attestationVerifier(trust));
		try {
			return await checkAttestations({
				askJson,
				verify,
				asOf: trust.asOf
			}, question, digest);
		} catch (error) {
			if (!(error instanceof require_errors.ServiceError)) throw error;
			const { url: source = "", reason, message: detail } = error;
			return [{
				kind: "attestation",
				outcome: "unavailable",
				source,
				detail,
				reason: `the attestations could not be read: ${reason ?? detail}`
			}];
		}
	};
}
function attestationVerifier({ keys, ...trust }) {
	return require_sigstore_verify.bundleVerifier({
		...trust,
		keys: keys.filter(({ usage }) => usage === "npm:attestations")
	});
}
// src/services/pypi-index/source.ts
/** Largest configuration file that is read, in bytes. */
const MAX_CONFIG_BYTES = 4194304;
function partsOf(text) {
	const [, scheme = "", authority = "", path = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text.trim()) ?? [];
	const at = authority.lastIndexOf("@");
	return {
		scheme,
		login: authority.slice(0, Math.max(0, at)),
		rest: authority.slice(at + 1) + path
	};
}
/**
* Reads where a source is.
*
* @throws ServiceError `SERVICE_UNREACHABLE` when it may not be asked: no other index takes its place
*/
function addressOf(source, env) {
	const { scheme, rest } = partsOf(source.text);
	const { text, variables, missing } = expanded(rest, env);
	if (variables.length > 0 && !source.own) throw unusable(source, {
		reason: "the checkout asks for an address with variables of the environment in it",
		remedy: "Name the index on the machine, in pip.conf or with PIP_EXTRA_INDEX_URL"
	});
	if (missing.length > 0) {
		const names = missing.join(", ");
		throw unusable(source, {
			reason: `its address needs ${names}, not set`,
			remedy: `Set ${names}`
		});
	}
	const whole = `${scheme}://${text}`;
	const url = URL.canParse(whole) ? new URL(whole) : void 0;
	if (!url || !/^https?:$/.test(url.protocol)) throw unusable(source, {
		reason: "it is no http or https address",
		remedy: "Correct the address"
	});
	url.hash = "";
	const isFlat = source.isFlat === true || /\.html?$/i.test(url.pathname);
	if (!isFlat && !url.pathname.endsWith("/")) url.pathname += "/";
	return {
		url,
		isFlat
	};
}
/** An index that is configured and cannot be asked: never to be mistaken for the default one. */
function unusable({ where, text }, { reason, remedy }) {
	const message = `Cannot ask the index "${require_run.withoutSecrets(text).slice(0, 200)}" of "${where}": ${reason}`;
	return new require_errors.ServiceError({
		code: "SERVICE_UNREACHABLE",
		message,
		remedy,
		reason
	});
}
/** @returns nothing when there is none, or a variable of it is not set */
function writtenLogin({ text }, env) {
	const { login } = partsOf(text);
	if (login === "") return void 0;
	const colon = login.replace(/\$\{[^}]*\}/g, (variable) => "_".repeat(variable.length)).indexOf(":");
	const username = expanded(colon < 0 ? login : login.slice(0, colon), env);
	const password = expanded(colon < 0 ? "" : login.slice(colon + 1), env);
	if (username.missing.length + password.missing.length > 0) return void 0;
	return {
		username: decoded(username.text),
		password: decoded(password.text),
		variables: [...username.variables, ...password.variables]
	};
}
function expanded(text, env) {
	const variables = [];
	const missing = [];
	return {
		text: text.replace(/\$\{(\w+)\}|\$([A-Za-z_]\w*)/g, (whole, braced, bare) => {
			const name = braced ?? bare ?? "";
			const value = Object.hasOwn(env, name) ? env[name] : void 0;
			variables.push(name);
			if (value === void 0 || value === "") missing.push(name);
			return value ?? whole;
		}),
		variables,
		missing
	};
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
/** Reads a configuration file of the machine; nothing when there is none. */
function machineFile(host, path) {
	if (path === void 0 || path === "" || !(0, node_path.isAbsolute)(path)) return void 0;
	const text = host.readMachineText(path, MAX_CONFIG_BYTES);
	if (text === void 0) return void 0;
	const inside = (0, node_path.relative)((0, node_path.resolve)(host.files.root), (0, node_path.resolve)(path));
	return {
		path,
		text,
		own: inside === ".." || inside.startsWith(`..${node_path.sep}`) || (0, node_path.isAbsolute)(inside)
	};
}
// src/services/pypi-index/target.ts
/**
* Minor versions of Python 3 that are thought of when nobody names one, the likeliest first: the newest that has
* been out for a year, for which nearly everything has wheels, then older ones, then newer ones.
*/
const LIKELY_MINORS = [
	14,
	13,
	12,
	11,
	10,
	9,
	8,
	7,
	6,
	15,
	16,
	17,
	18,
	19,
	20
];
/**
* Finds out for which CPython a lock's files are chosen on this machine.
*
* The first that says so: `.python-version` in the lock's folder or one above it; the interpreter that
* `actions/setup-python` has set up, or `UV_PYTHON`, when the project allows it; the likeliest version that the
* project's `requires-python`, Poetry's `python` or the Pipfile's `python_version` allows; the likeliest of all.
* Which interpreter there really is would only be known by running it.
*
* @returns a function of the folder, relative to the checkout
*/
function targetsOf(host) {
	const known = /* @__PURE__ */ new Map();
	const made = /* @__PURE__ */ new Map();
	return (folder) => {
		const before = known.get(folder);
		if (before) return before;
		const version = pinnedPython(host, folder) ?? allowedPython(host, folder);
		const key = version.join(".");
		const target = made.get(key) ?? targetOf(host, version);
		made.set(key, target);
		known.set(folder, target);
		return target;
	};
}
function targetOf({ platform }, version) {
	const target = {
		version,
		...platform
	};
	return {
		tags: require_requirements_tree.wheelTagsOf(target),
		environment: require_requirements_tree.markerEnvironmentOf(target)
	};
}
/** Whether a marker lets a package in on this target. What nobody knows, as extras, does. */
function isMeantFor(marker, { environment }) {
	const parsed = marker === void 0 ? void 0 : require_requirements_tree.parseMarker(marker);
	return !parsed || require_requirements_tree.evaluateMarker(parsed, environment) !== false;
}
/** `.python-version`, as pyenv and uv read it: of the folder, or the nearest above. */
function pinnedPython({ files }, folder) {
	for (let at = folder;; at = node_path.posix.dirname(at)) {
		const [line] = (files.readText(node_path.posix.join(at, ".python-version"), 4194304) ?? "").split("\n").filter((each) => !/^\s*(?:#|$)/.test(each));
		const version = line === void 0 ? void 0 : versionIn(line.trim().replace(/^cpython[-@]/, ""));
		if (version) return version;
		if (at === "." || at === "") return void 0;
	}
}
function versionIn(text) {
	const [, major, minor] = /^(\d)\.(\d{1,2})(?:[.\s+a-z]|$)/.exec(text) ?? [];
	return major === void 0 || minor === void 0 ? void 0 : [Number(major), Number(minor)];
}
function allowedPython(host, folder) {
	const specifiers = require_requirements_tree.pythonSpecifiers(askedPython(host, folder)) ?? [""];
	const isAllowed = ([major, minor]) => specifiers.some((each) => require_distribution.satisfiesPython(`${major}.${minor}.99`, each) !== false);
	const likely = LIKELY_MINORS.map((minor) => [3, minor]);
	return [...presentPython(host.env), ...likely].find(isAllowed) ?? [3, LIKELY_MINORS[0]];
}
/** What this job has set up. */
function presentPython(env) {
	const setUp = /[\\/]Python[\\/](\d\.\d{1,2}[^\\/]*)/i.exec(env["pythonLocation"] ?? "")?.[1];
	return [env["UV_PYTHON"] ?? "", setUp ?? ""].flatMap((text) => {
		const version = versionIn(text);
		return version ? [version] : [];
	});
}
/** Empty when nobody asks for any. */
function askedPython({ files }, folder) {
	const tableIn = (name) => {
		const path = node_path.posix.join(folder, name);
		const text = files.readText(path, MAX_CONFIG_BYTES);
		try {
			return text === void 0 ? void 0 : require_run.parseToml({
				path,
				text
			}, {
				code: "CONFIG_SYNTAX",
				remedy: ""
			}).value;
		} catch (error) {
			if (error instanceof require_errors.ParseError) return void 0;
			throw error;
		}
	};
	const project = tableIn("pyproject.toml");
	const required = require_requirements_tree.requiredPythonOf(require_run.tableField({ project }, "project"));
	if (required !== void 0) return required;
	const requires = require_run.tableField(tableIn("Pipfile"), "requires");
	const version = require_run.stringField(requires, "python_version") ?? require_run.stringField(requires, "python_full_version");
	return version === void 0 || version === "*" ? "" : `==${version.split(".").slice(0, 2).join(".")}.*`;
}
// src/services/pypi-index/choice.ts
/**
* Decides which one of a component's files this machine would install: the wheel that fits best, else the source.
* Of bare hashes only the index knows which files they are of.
*/
function installChoice(lookup, targetOf) {
	const chosenName = perFolder((component, file) => {
		const names = component.files.flatMap(({ name }) => name ?? []);
		return require_requirements_tree.chooseDistribution(names, targetOf(folderOf(file)).tags, component.name);
	});
	const chosenHashes = perFolder((component, file) => chooseHashes(component, file, {
		lookup,
		targetOf
	}));
	return (component, file) => {
		const target = targetOf(folderOf(file));
		if (!isMeantFor(component.platform?.marker, target)) return false;
		if (component.origin.kind !== "registry") return true;
		if (file.name !== void 0) return chosenName(component, file) === file.name;
		return chosenHashes(component, file).then((chosen) => chosen.has(file));
	};
}
/** The hashes of the one file that is chosen. */
async function chooseHashes(component, file, { lookup, targetOf }) {
	const bare = component.files.filter(({ name }) => name === void 0);
	const named = await lookup.find(component, file, (page) => {
		const found = bare.map((each) => [each, page.withDigest(each.digests)?.name]);
		return found.some(([, name]) => name !== void 0) ? found : void 0;
	});
	const names = (named ?? []).flatMap(([, name]) => name ?? []);
	const chosen = require_requirements_tree.chooseDistribution(names, targetOf(folderOf(file)).tags, component.name);
	const files = (named ?? []).filter(([, name]) => name !== void 0 && name === chosen);
	return new Set(files.map(([each]) => each));
}
/** Remembers an answer for each component, and each folder whose configuration counts for it. */
function perFolder(ask) {
	const answers = /* @__PURE__ */ new WeakMap();
	return (component, file) => {
		const known = answers.get(component) ?? /* @__PURE__ */ new Map();
		answers.set(component, known);
		const folder = folderOf(file);
		const kept = known.get(folder) ?? { answer: ask(component, file) };
		known.set(folder, kept);
		return kept.answer;
	};
}
function folderOf({ location }) {
	return node_path.posix.dirname(location.path);
}
// src/services/pypi-index/environment.ts
/**
* The environment without what the checkout put there: Pipenv loads the project's `.env` into what it runs.
*
* @see https://pipenv.pypa.io/en/latest/shell.html
*/
function machineEnvironment({ env, files }) {
	if (env["PIPENV_ACTIVE"] === void 0) return env;
	const text = files.readText(".env", 4194304) ?? "";
	const loaded = new Set([...text.matchAll(/^\s*(?:export\s+)?(\w+)\s*=/gm)].map(([, name]) => name));
	return Object.fromEntries(Object.entries(env).filter(([name]) => !loaded.has(name)));
}
/** The first of {@link envSources}. */
function envSource(env, variable) {
	return envSources(env, variable)[0];
}
/** Indexes in a variable of the environment: one or several, separated by white space; `name=url` where the manager takes names. */
function envSources(env, variable) {
	return (env[variable] ?? "").split(/\s+/).filter((word) => word !== "").map((word) => {
		const [, name, url = word] = /^([\w.-]+)=(.+)$/.exec(word) ?? [];
		return {
			text: url,
			name,
			own: true,
			vouches: true,
			where: variable
		};
	});
}
/** The user's home. */
function homeOf(env) {
	return env["HOME"] ?? env["USERPROFILE"];
}
/** Where most tools keep the user's configuration. */
function configFolder(env) {
	return env["XDG_CONFIG_HOME"] ?? below(homeOf(env), ".config");
}
/** A path below a folder; nothing without the folder. */
function below(folder, ...names) {
	return folder === void 0 || folder === "" ? void 0 : (0, node_path.join)(folder, ...names);
}
// src/formats/pip-conf.ts
/**
* Reads pip's configuration file: sections with `key = value` or `key: value`; a line that is indented goes on
* with the value above. Names of sections and keys in lower case, with `-` for `_`.
*
* @see https://pip.pypa.io/en/stable/topics/configuration/
*/
function parsePipConf(text) {
	const sections = /* @__PURE__ */ new Map();
	let section = /* @__PURE__ */ new Map();
	let key;
	for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/)) {
		const plain = line.trim();
		if (plain === "" || plain.startsWith("#") || plain.startsWith(";")) continue;
		if (/^\s/.test(line) && key !== void 0) {
			section.set(key, `${section.get(key) ?? ""}\n${plain}`);
			continue;
		}
		const header = /^\[([^\]]*)\]/.exec(plain)?.[1];
		if (header !== void 0) {
			const name = header.trim().toLowerCase();
			section = sections.get(name) ?? /* @__PURE__ */ new Map();
			sections.set(name, section);
			key = void 0;
			continue;
		}
		const at = plain.search(/[=:]/);
		key = (at < 0 ? plain : plain.slice(0, at)).trim().toLowerCase().replaceAll("_", "-");
		section.set(key, at < 0 ? "" : plain.slice(at + 1).trim());
	}
	return sections;
}
// src/services/pypi-index/pip-config.ts
/**
* Reads the indexes of pip's configuration.
*
* @see https://pip.pypa.io/en/stable/topics/configuration/#precedence-override-order
*/
function pipIndexes(host) {
	const { env } = host;
	const files = pipFiles(host).flatMap((path) => machineFile(host, path) ?? []);
	let main;
	let extra = [];
	let links = [];
	let isClosed = false;
	for (const { path, text, own } of files) {
		const sections = parsePipConf(text);
		for (const section of ["global", "install"]) {
			const read = (key) => sections.get(section)?.get(key)?.split(/\s+/).filter((word) => word !== "").map((word) => ({
				text: word,
				own,
				vouches: own,
				where: path
			}));
			main = read("index-url")?.[0] ?? main;
			extra = read("extra-index-url") ?? extra;
			links = read("find-links") ?? links;
			const closed = sections.get(section)?.get("no-index");
			if (closed !== void 0) isClosed = isTrue(closed);
		}
	}
	if (env["PIP_NO_INDEX"] !== void 0) isClosed = isTrue(env["PIP_NO_INDEX"]);
	const found = { main: envSource(env, "PIP_INDEX_URL") ?? main };
	const more = envSources(env, "PIP_EXTRA_INDEX_URL");
	const pages = envSources(env, "PIP_FIND_LINKS");
	return {
		...found.main && { main: found.main },
		extra: [...more.length > 0 ? more : extra, ...linkPages(pages.length > 0 ? pages : links)],
		isClosed
	};
}
function isTrue(text) {
	return /^(?:1|y|yes|t|true|on)$/i.test(text.trim());
}
/** Folders of wheels on this machine's disk are no index that anybody else could ask. */
function linkPages(sources) {
	return sources.filter(({ text }) => /^https?:/i.test(text)).map((source) => ({
		...source,
		isFlat: true
	}));
}
/** From the weakest to the strongest. */
function pipFiles({ env, platform }) {
	const given = env["PIP_CONFIG_FILE"];
	if (given === "/dev/null" || given?.toLowerCase() === "nul") return [];
	const venv = env["VIRTUAL_ENV"];
	const home = homeOf(env);
	if (platform.os === "win32") return [
		below(env["ProgramData"], "pip", "pip.ini"),
		below(home, "pip", "pip.ini"),
		below(env["APPDATA"], "pip", "pip.ini"),
		below(venv, "pip.ini"),
		given
	];
	const isMac = platform.os === "darwin";
	const shared = (env["XDG_CONFIG_DIRS"] ?? "/etc/xdg").split(":").toReversed();
	return [
		...isMac ? ["/Library/Application Support/pip/pip.conf"] : shared.map((at) => below(at, "pip", "pip.conf")),
		"/etc/pip.conf",
		below(home, ".pip", "pip.conf"),
		below(configFolder(env), "pip", "pip.conf"),
		isMac ? below(home, "Library", "Application Support", "pip", "pip.conf") : void 0,
		below(venv, "pip.conf"),
		given
	];
}
// src/services/pypi-index/tables.ts
/** What a `uv.toml`, or the table `[tool.uv]`, says of indexes. */
function uvTable(table, owner) {
	const pip = require_run.tableField(table, "pip");
	let main;
	const extra = [];
	for (const index of require_run.arrayField(table, "index")) {
		const text = require_run.stringField(index, "url");
		if (text === void 0) continue;
		const isFlat = require_run.stringField(index, "format") === "flat";
		const source = {
			text,
			name: require_run.stringField(index, "name"),
			...owner,
			...isFlat && { isFlat }
		};
		const { default: isDefault } = index;
		if (isDefault === true) main ??= source;
		else extra.push(source);
	}
	const old = require_run.stringField(table, "index-url") ?? require_run.stringField(pip, "index-url");
	if (old !== void 0) main ??= {
		text: old,
		...owner
	};
	for (const list of [require_run.arrayField(table, "extra-index-url"), require_run.arrayField(pip, "extra-index-url")]) for (const text of list) if (typeof text === "string") extra.push({
		text,
		...owner
	});
	return {
		...main && { main },
		extra
	};
}
/** PDM writes user and password beside the address; here they stand in it. */
function withLogin(url, table, owner) {
	if (url === void 0) return void 0;
	const username = require_run.stringField(table, "username") ?? "";
	const password = require_run.stringField(table, "password") ?? "";
	const login = `${escaped(username)}:${escaped(password)}@`;
	return {
		text: username === "" || url.includes("@") ? url : url.replace("://", `://${login}`),
		...owner
	};
}
/** What would end the login early; variables stay variables. */
function escaped(text) {
	return text.replace(/[^\w.~${}-]/g, (char) => encodeURIComponent(char));
}
// src/services/pypi-index/machine.ts
/** An index's name as variables spell it. */
function loginKey(name) {
	return name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}
/**
* Reads the machine's configuration.
*
* @throws ParseError `CONFIG_SYNTAX` when a file of uv, PDM or Poetry is damaged
*/
function machineConfig(given) {
	const env = machineEnvironment(given);
	const host = {
		...given,
		env
	};
	const poetryFiles = poetryConfig(host);
	const netrc = netrcFile(host);
	const mirror = envSource(env, "PIPENV_PYPI_MIRROR");
	return {
		pip: pipIndexes(host),
		uv: uvIndexes(host),
		pdm: pdmIndexes(host),
		...mirror && { pipenvMirror: mirror },
		poetry: poetryFiles.repositories,
		logins: [...variableLogins(env), ...poetryFiles.logins],
		...netrc && { netrc },
		env
	};
}
/** Where a tool keeps the user's configuration. */
function userFolder({ env, platform }, tool) {
	if (platform.os === "win32") return below(env["APPDATA"], tool);
	if (platform.os === "darwin" && tool !== "uv") return below(homeOf(env), "Library", "Application Support", tool);
	return below(configFolder(env), tool);
}
function tomlFile(host, path) {
	const file = machineFile(host, path);
	if (!file) return void 0;
	const { value } = require_run.parseToml(file, {
		code: "CONFIG_SYNTAX",
		remedy: "Correct the file"
	});
	return {
		...file,
		value
	};
}
/** @see https://docs.astral.sh/uv/concepts/configuration-files/ */
function uvIndexes(host) {
	const { env } = host;
	const lists = [env["UV_CONFIG_FILE"] ?? below(userFolder(host, "uv"), "uv.toml"), "/etc/uv/uv.toml"].flatMap((path) => {
		const file = tomlFile(host, path);
		return file ? [uvTable(file.value, {
			own: file.own,
			vouches: file.own,
			where: file.path
		})] : [];
	});
	const main = envSource(env, "UV_DEFAULT_INDEX") ?? envSource(env, "UV_INDEX_URL") ?? lists.find((list) => list.main)?.main;
	const extra = [...envSources(env, "UV_INDEX"), ...envSources(env, "UV_EXTRA_INDEX_URL")];
	return {
		...main && { main },
		extra: [...extra, ...lists.flatMap((list) => list.extra)]
	};
}
/** @see https://pdm-project.org/en/latest/usage/config/ */
function pdmIndexes(host) {
	const { env } = host;
	const file = tomlFile(host, below(userFolder(host, "pdm"), "config.toml"));
	const table = require_run.tableField(file?.value, "pypi");
	const owner = {
		own: file?.own ?? true,
		vouches: file?.own ?? true,
		where: file?.path ?? ""
	};
	const inFile = withLogin(require_run.stringField(table, "url"), table, owner);
	const fromEnv = envSource(env, "PDM_PYPI_URL");
	const login = {
		username: env["PDM_PYPI_USERNAME"] ?? "",
		password: env["PDM_PYPI_PASSWORD"] ?? ""
	};
	const main = fromEnv ? withLogin(fromEnv.text, login, fromEnv) : inFile;
	const extra = Object.keys(table).flatMap((name) => {
		const each = require_run.tableField(table, name);
		const source = withLogin(require_run.stringField(each, "url"), each, owner);
		return source ? [{
			...source,
			name
		}] : [];
	});
	return {
		...main && { main },
		extra
	};
}
function variableLogins(env) {
	return Object.entries(env).flatMap(([variable, password = ""]) => {
		const [, uvKey] = /^UV_INDEX_(\w+)_PASSWORD$/.exec(variable) ?? [];
		const [, poetryKey] = /^POETRY_HTTP_BASIC_(\w+)_PASSWORD$/.exec(variable) ?? [];
		const key = uvKey ?? poetryKey;
		if (key === void 0) return [];
		const username = env[variable.replace(/PASSWORD$/, "USERNAME")] ?? "";
		return [{
			manager: uvKey === void 0 ? "poetry" : "uv",
			key,
			username,
			password
		}];
	});
}
/** @see https://python-poetry.org/docs/configuration/ */
function poetryConfig(host) {
	const folder = host.env["POETRY_CONFIG_DIR"] ?? userFolder(host, "pypoetry");
	const config = tomlFile(host, below(folder, "config.toml"));
	const auth = tomlFile(host, below(folder, "auth.toml"));
	const named = require_run.tableField(config?.value, "repositories");
	const inFile = Object.keys(named).flatMap((name) => {
		const text = require_run.stringField(require_run.tableField(named, name), "url");
		const own = config?.own ?? false;
		return text === void 0 ? [] : [{
			text,
			name,
			own,
			vouches: own,
			where: config?.path ?? ""
		}];
	});
	const inEnv = Object.keys(host.env).flatMap((variable) => {
		const name = /^POETRY_REPOSITORIES_(\w+)_URL$/.exec(variable)?.[1];
		const source = name === void 0 ? void 0 : envSource(host.env, variable);
		return source ? [{
			...source,
			name
		}] : [];
	});
	const basic = require_run.tableField(auth?.own === true ? auth.value : {}, "http-basic");
	const logins = Object.keys(basic).map((name) => {
		const login = require_run.tableField(basic, name);
		return {
			manager: "poetry",
			key: loginKey(name),
			username: require_run.stringField(login, "username") ?? "",
			password: require_run.stringField(login, "password") ?? ""
		};
	});
	return {
		repositories: [...inFile, ...inEnv],
		logins
	};
}
function netrcFile(host) {
	const { env } = host;
	const home = homeOf(env);
	const paths = [
		env["NETRC"],
		below(home, ".netrc"),
		below(home, "_netrc")
	];
	for (const path of paths) {
		const file = machineFile(host, path);
		if (file?.own === true) return file;
	}
}
// src/services/pypi-index/credentials.ts
/**
* Collects the logins of all configuration.
*
* A checkout may hold a login of its own in plain text. It gets one of the machine's, by a variable or by the
* name of an index, only for an address that the machine's owner has named: else a pull request could have any
* secret of the job sent to any host. See docs/decisions/0004-credentials-of-a-checkout.md.
*/
function credentialsOf(machine, projects, host) {
	const { config, options } = projects;
	const named = {
		uv: sourcesOf(machine.uv),
		poetry: machine.poetry
	};
	const asked = {
		uv: sourcesOf(config.uv),
		poetry: config.poetry
	};
	const all = [
		...sourcesOf(machine.pip),
		...sourcesOf(machine.pdm),
		...machine.pipenvMirror ? [machine.pipenvMirror] : [],
		...named.uv,
		...named.poetry,
		...sourcesOf(options),
		...sourcesOf(config.pdm),
		...config.pipenv,
		...asked.uv,
		...asked.poetry
	];
	const vouched = vouchedBy(all, machine);
	const book = {
		headers: /* @__PURE__ */ new Map(),
		vouched,
		machine,
		host
	};
	for (const source of all) addWritten(book, source);
	for (const login of machine.logins) {
		const { manager, key } = login;
		for (const source of [...named[manager], ...asked[manager]]) if (source.name !== void 0 && loginKey(source.name) === key) addNamed(book, source, login);
	}
	return { authorizationFor: (url) => authorizationFor(url, book) };
}
function sourcesOf({ main, extra }) {
	return main ? [main, ...extra] : extra;
}
function vouchedBy(sources, { env }) {
	const prefixes = /* @__PURE__ */ new Set();
	const insecure = /* @__PURE__ */ new Set();
	for (const source of sources.filter(({ vouches }) => vouches)) {
		const address = usableAddress(source, env);
		if (!address) continue;
		prefixes.add(prefixOf(address));
		if (address.url.protocol === "http:") insecure.add(address.url.origin);
	}
	return {
		prefixes,
		insecure
	};
}
/** Whoever asks an index that cannot be asked is told so; here it only has no login. */
function usableAddress(source, env) {
	try {
		return addressOf(source, env);
	} catch {
		return;
	}
}
/**
* What an index's login is for, without scheme: the folder that the index and its files lie in. Servers put the
* files beside `simple/`, not below it.
*/
function prefixOf({ url, isFlat }) {
	const path = isFlat ? url.pathname.replace(/[^/]*$/, "") : url.pathname;
	return `//${url.host}${path.replace(/\/\+?simple\/$/, "/")}`;
}
function addWritten(book, source) {
	const { env } = book.machine;
	const login = writtenLogin(source, env);
	const address = login && usableAddress(source, env);
	if (!address) return;
	if (!(source.own || login.variables.length === 0) && !isVouched(prefixOf(address), book)) {
		leaveOut(book, source, login.variables.join(", "));
		return;
	}
	if (!source.own && login.variables.some((name) => /^(?:GITHUB_|ACTIONS_|GH_)/i.test(name))) {
		leaveOut(book, source, login.variables.join(", "));
		return;
	}
	const isSecret = source.own || login.variables.length > 0;
	enter(book, prefixOf(address), {
		...login,
		isSecret
	});
}
function addNamed(book, source, login) {
	const address = usableAddress(source, book.machine.env);
	if (!address) return;
	if (source.own || isVouched(prefixOf(address), book)) enter(book, prefixOf(address), {
		...login,
		isSecret: true
	});
	else leaveOut(book, source, `the login of the index "${source.name ?? ""}"`);
}
function leaveOut({ host }, { where }, what) {
	host.warn(`Left out a credential for an index of "${where}": a checkout does not decide where ${what} is sent. If it is meant for that address, name the address on the machine too: in pip.conf or PIP_EXTRA_INDEX_URL, or its host in the user's .netrc`);
}
/** The machine's owner has named the address, one above it, or its host in the netrc. */
function isVouched(prefix, { vouched, machine }) {
	const host = prefix.slice(2).split("/", 1)[0] ?? "";
	if (machine.netrc && netrcEntry(machine.netrc.text, withoutPort(host))) return true;
	return [...addressesAbove(prefix)].some((address) => vouched.prefixes.has(address));
}
function withoutPort(host) {
	return host.replace(/:\d+$/, "");
}
function enter({ headers, host }, prefix, login) {
	const header = basic(login);
	if (header === void 0 || headers.has(prefix)) return;
	headers.set(prefix, header);
	if (login.isSecret) hide(login, header, host);
}
function hide({ username, password }, header, { mask }) {
	const secrets = [password === "" ? username : password, header.slice(6)];
	for (const secret of secrets) if (secret.length >= 4) mask(secret);
}
function basic({ username, password }) {
	if (username === "" && password === "") return void 0;
	return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
function authorizationFor(url, book) {
	const { protocol, origin, hostname, host, pathname } = url;
	const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
	if (protocol !== "https:" && !isLoopback && !book.vouched.insecure.has(origin)) return void 0;
	if (/(?:^|\/|%2f|%5c)(?:\.|%2e){2}(?:$|\/|%2f|%5c)/i.test(pathname)) return void 0;
	const folder = `//${host}${pathname.replace(/[^/]*$/, "")}`;
	for (const address of addressesAbove(folder)) {
		const header = book.headers.get(address);
		if (header !== void 0) return header;
	}
	const { netrc } = book.machine;
	const login = netrc && netrcEntry(netrc.text, withoutPort(host));
	const header = login && basic({
		username: login.login,
		password: login.password
	});
	if (header !== void 0) hide({
		username: login?.login ?? "",
		password: login?.password ?? ""
	}, header, book.host);
	return header;
}
/** An address and all above it, the longest first, down to the host. */
function* addressesAbove(prefix) {
	for (let end = prefix.length; end > 2; end = prefix.lastIndexOf("/", end - 2) + 1) yield prefix.slice(0, end);
}
// src/services/pypi-index/project.ts
/** Largest requirements file that is read for its options, in bytes. */
const MAX_REQUIREMENTS_BYTES = 67108864;
const FAULT = {
	code: "CONFIG_SYNTAX",
	remedy: "Correct the file"
};
/**
* Reads `pyproject.toml`, `uv.toml` and `Pipfile` of a folder.
*
* @throws ParseError `CONFIG_SYNTAX`
*/
function projectConfig(host, folder) {
	const tomlIn = (name) => {
		const path = node_path.posix.join(folder, name);
		const text = host.files.readText(path, MAX_CONFIG_BYTES);
		return text === void 0 ? void 0 : require_run.parseToml({
			path,
			text
		}, FAULT).value;
	};
	const ownerOf = (name) => ({
		own: false,
		vouches: false,
		where: node_path.posix.join(folder, name)
	});
	const project = ownerOf("pyproject.toml");
	const tool = require_run.tableField(tomlIn("pyproject.toml"), "tool");
	const uvFile = tomlIn("uv.toml");
	return {
		uv: uvFile ? uvTable(uvFile, ownerOf("uv.toml")) : uvTable(require_run.tableField(tool, "uv"), project),
		pdm: pdmSources(require_run.tableField(tool, "pdm"), project),
		poetry: sourcesIn(require_run.tableField(tool, "poetry"), project),
		pipenv: sourcesIn(tomlIn("Pipfile"), ownerOf("Pipfile"))
	};
}
/** The `[[source]]` tables of Poetry and Pipenv. */
function sourcesIn(table, owner) {
	return require_run.arrayField(table, "source").flatMap((source) => {
		const text = require_run.stringField(source, "url");
		return text === void 0 ? [] : [{
			text,
			name: require_run.stringField(source, "name"),
			...owner
		}];
	});
}
/** One that is called `pypi` takes the place of the public index. */
function pdmSources(table, owner) {
	let main;
	const extra = [];
	for (const source of require_run.arrayField(table, "source")) {
		const found = withLogin(require_run.stringField(source, "url"), source, owner);
		if (!found) continue;
		const isFlat = require_run.stringField(source, "type") === "find_links";
		if (require_run.stringField(source, "name") === "pypi") main = found;
		else extra.push(isFlat ? {
			...found,
			isFlat
		} : found);
	}
	return {
		...main && { main },
		extra
	};
}
/**
* Reads the index options of requirements files. They hold for all files that are installed together.
*
* @param entries requirements files that nothing else includes
* @returns a function of a file's path
*/
function requirementOptions({ files }, entries) {
	const known = /* @__PURE__ */ new Map();
	let isRead = false;
	const read = (path) => {
		const text = files.readText(path, MAX_REQUIREMENTS_BYTES);
		return text === void 0 ? void 0 : {
			path,
			text
		};
	};
	const readAll = () => {
		for (const entry of entries) {
			const file = read(entry);
			if (!file) continue;
			const { paths, list } = treeOptions(file, read);
			for (const path of paths) if (!known.has(path)) known.set(path, list);
		}
	};
	return (path) => {
		if (!isRead) readAll();
		isRead = true;
		return known.get(path) ?? { extra: [] };
	};
}
function treeOptions(entry, read) {
	try {
		const loaded = require_requirements_tree.loadFiles(entry, read).files;
		return {
			paths: loaded.map(({ path }) => path),
			list: optionsOf(loaded)
		};
	} catch (error) {
		if (error instanceof require_errors.ParseError) return {
			paths: [entry.path],
			list: { extra: [] }
		};
		throw error;
	}
}
function optionsOf(loaded) {
	let main;
	let isClosed = false;
	const extra = [];
	for (const { path, parsed } of loaded) for (const { name, value } of parsed.options) {
		const source = {
			text: value,
			own: false,
			vouches: false,
			where: path
		};
		if (name === "index-url" || name === "pypi-url") main = source;
		if (name === "extra-index-url") extra.push(source);
		if (name === "find-links") for (const page of linkPages([source])) extra.push(page);
		if (name === "no-index") isClosed = true;
	}
	return {
		...main && { main },
		extra,
		isClosed
	};
}
// src/services/pypi-index/config.ts
const PUBLIC = {
	text: require_registry_defaults.DEFAULT_REGISTRIES.PyPI,
	own: true,
	vouches: false,
	where: "the default"
};
/**
* Reads the configuration of Python's package managers, for each lockfile that is asked about.
*
* @param lockfiles of the checkout: requirements files among them are searched for options
* @returns a function of the lockfile's path, that throws a ParseError for configuration that is damaged
*/
function indexConfigs(host, lockfiles) {
	const machine = machineConfig(host);
	const optionsOf = requirementOptions(host, lockfiles.filter((path) => formatOf(path) === "requirements"));
	const told = /* @__PURE__ */ new Set();
	const warn = (message) => {
		if (!told.has(message)) host.log.warning(message);
		told.add(message);
	};
	const known = /* @__PURE__ */ new Map();
	return (lockfile) => {
		const before = known.get(lockfile);
		if (before) return before;
		const config = projectConfig(host, node_path.posix.dirname(lockfile));
		const options = formatOf(lockfile) === "requirements" ? optionsOf(lockfile) : { extra: [] };
		const found = {
			...credentialsOf(machine, {
				config,
				options
			}, {
				mask: host.mask,
				warn
			}),
			sourcesFor: (component) => sourcesFor(component, lockfile, {
				machine,
				config,
				options
			}),
			env: machine.env
		};
		known.set(lockfile, found);
		return found;
	};
}
function formatOf(path) {
	const name = node_path.posix.basename(path);
	if (name === "uv.lock" || name.endsWith(".py.lock")) return "uv";
	if (name === "poetry.lock") return "poetry";
	if (name === "pdm.lock") return "pdm";
	if (name === "Pipfile.lock") return "pipenv";
	return /^pylock\.(?:[^.]+\.)?toml$/.test(name) ? "pylock" : "requirements";
}
function sourcesFor({ origin }, lockfile, known) {
	const url = origin.kind === "registry" ? origin.url : void 0;
	const named = url === void 0 ? [] : [lockedSource(url, lockfile, known.machine)];
	switch (formatOf(lockfile)) {
		case "requirements": return unique([...pipSources(known), ...named]);
		case "pdm": return unique([...listed(pdmList(known)), ...named]);
		case "pylock": return named.length > 0 ? named : pipSources(known);
		case "pipenv": return named.length > 0 ? named : [known.config.pipenv[0] ?? PUBLIC];
		case "uv":
		case "poetry": return named.length > 0 ? named : [PUBLIC];
		default: return [PUBLIC];
	}
}
/** An index that the lock names: the public one by any of its names, or Pipenv's mirror of it. */
function lockedSource(url, where, { pipenvMirror }) {
	const parsed = URL.canParse(url) ? new URL(url) : void 0;
	if (!(parsed !== void 0 && require_registry_defaults.PYPI_HOSTS.includes(parsed.hostname)) || !/^\/simple\/?$/.test(parsed.pathname)) return {
		text: url,
		own: false,
		vouches: false,
		where
	};
	return formatOf(where) === "pipenv" && pipenvMirror ? pipenvMirror : PUBLIC;
}
/** pip's own, and uv's where it installs requirements. What a requirements file says of the main index counts most. */
function pipSources({ machine, config, options }) {
	const main = [
		options.main,
		machine.pip.main,
		machine.uv.main,
		config.uv.main,
		PUBLIC
	].find(Boolean);
	const extra = [
		...options.extra,
		...machine.pip.extra,
		...machine.uv.extra,
		...config.uv.extra
	];
	if (options.isClosed === true || machine.pip.isClosed === true && !options.main) return extra.filter(({ isFlat }) => isFlat === true);
	return main ? [main, ...extra] : extra;
}
function pdmList({ machine, config }) {
	const main = config.pdm.main ?? machine.pdm.main;
	return {
		...main && { main },
		extra: [...config.pdm.extra, ...machine.pdm.extra]
	};
}
function listed({ main = PUBLIC, extra }) {
	return [main, ...extra];
}
function unique(sources) {
	const seen = /* @__PURE__ */ new Set();
	return sources.filter(({ text }) => {
		const key = text.replace(/\/+$/, "");
		return !seen.has(key) && seen.add(key);
	});
}
// src/formats/python/simple-index.ts
/** What we ask for: JSON, and HTML where an index has nothing else. */
const SIMPLE_ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01";
/**
* Reads a project's page in the form that the server says it has: indexes may ignore what was asked for.
*
* @param answer `url` is where relative links start from: the address after redirects
* @see https://packaging.python.org/en/latest/specifications/simple-repository-api/
*/
function parseSimplePage(answer) {
	const type = answer.contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
	if (/^application\/(?:vnd\.pypi\.simple\.(?:v1|latest)\+)?json$/.test(type)) return parseJsonPage(answer.text, answer.url);
	if (type === "text/html" || /^application\/vnd\.pypi\.simple\.(?:v1|latest)\+html$/.test(type)) return parseHtmlPage(answer.text, answer.url);
	return {
		kind: "unreadable",
		found: type === "" ? "no content type" : `"${type.slice(0, 80)}"`
	};
}
function parseJsonPage(text, base) {
	let page;
	try {
		page = JSON.parse(text);
	} catch {
		return {
			kind: "unreadable",
			found: "damaged JSON"
		};
	}
	const version = require_run.stringField(require_run.tableField(page, "meta"), "api-version") ?? "";
	if (!/^1(?:\.|$)/.test(version)) return {
		kind: "unreadable",
		found: "JSON without an API version 1"
	};
	return {
		kind: "files",
		files: require_run.arrayField(page, "files").flatMap((file) => {
			const name = require_run.stringField(file, "filename");
			const url = absolute(require_run.stringField(file, "url") ?? "", base);
			if (name === void 0 || url === void 0) return [];
			const digests = Object.entries(require_run.tableField(file, "hashes")).flatMap(([algorithm, hex]) => typeof hex === "string" ? require_requirements_tree.digestOfHash(`${algorithm}:${hex}`) ?? [] : []);
			const yanked = require_run.fieldOf(file, "yanked");
			return [{
				name,
				url,
				digests,
				yanked: yanked === true || typeof yanked === "string",
				...provenanceIn(require_run.fieldOf(file, "provenance"), base)
			}];
		})
	};
}
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;
/** Longest tag that is looked at, in characters. */
const MAX_TAG_CHARS = 16384;
/**
* Reads the links of a page, and nothing else of it. Without a link to a file it is no page of an index: a
* login or an error in its place must not look like "this index has no such file".
*/
function parseHtmlPage(text, url) {
	let base = url;
	const files = [];
	for (const { name, attributes } of tagsIn(text)) {
		const href = attributes.get("href");
		if (href === void 0) continue;
		if (name === "base") base = absolute(href, url) ?? base;
		else {
			const file = fileOfLink(href, attributes, base);
			if (file) files.push(file);
		}
	}
	if (files.length === 0) return {
		kind: "unreadable",
		found: "HTML without a link to any file"
	};
	return {
		kind: "files",
		files
	};
}
function fileOfLink(href, attributes, base) {
	const hash = href.indexOf("#");
	const fragment = hash < 0 ? "" : href.slice(hash + 1);
	const url = absolute(hash < 0 ? href : href.slice(0, hash), base);
	const name = url === void 0 ? void 0 : require_requirements_tree.fileNameOf(url);
	if (url === void 0 || name === void 0 || !require_distribution.isDistributionName(name)) return void 0;
	const digests = fragment.split("&").flatMap((part) => require_requirements_tree.digestOfHash(part) ?? []);
	const provenance = provenanceIn(attributes.get("data-provenance"), base);
	return {
		name,
		url,
		digests,
		yanked: attributes.has("data-yanked"),
		...provenance
	};
}
function provenanceIn(value, base) {
	if (value === null) return { provenance: null };
	const url = typeof value === "string" ? absolute(value, base) : void 0;
	return url === void 0 ? {} : { provenance: url };
}
function* tagsIn(text) {
	for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
		if (text.startsWith("<!--", at)) {
			const end = text.indexOf("-->", at + 4);
			if (end < 0) return;
			at = end + 3;
			continue;
		}
		const name = TAG_NAME.exec(text.slice(at, at + LONGEST_TAG_NAME))?.[1]?.toLowerCase();
		if (name === void 0) {
			at++;
			continue;
		}
		const start = at + 1 + name.length;
		at = endOfTag(text, start);
		if (text[at] === ">") yield {
			name,
			attributes: attributesIn(text.slice(start, at))
		};
	}
}
const TAG_NAME = /^<(a|base)[\s/]/i;
const LONGEST_TAG_NAME = 6;
/** Where a tag's `>` is, quotes minded; or where the search for it ends. */
function endOfTag(text, start) {
	const limit = Math.min(text.length, start + MAX_TAG_CHARS);
	let quote = "";
	for (let at = start; at < limit; at++) {
		const char = text.charAt(at);
		if (quote !== "") {
			if (char === quote) quote = "";
		} else if (char === ">") return at;
		else if ((char === "\"" || char === "'") && /[\s=]/.test(text.charAt(at - 1))) quote = char;
	}
	return limit;
}
function attributesIn(text) {
	const attributes = /* @__PURE__ */ new Map();
	for (const [, name = "", double, single, bare] of text.matchAll(ATTRIBUTE)) {
		const key = name.toLowerCase();
		if (!attributes.has(key)) attributes.set(key, unescaped(double ?? single ?? bare ?? ""));
	}
	return attributes;
}
const ENTITIES = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: "\"",
	apos: "'",
	num: "#",
	plus: "+",
	equals: "=",
	colon: ":",
	sol: "/",
	period: ".",
	lowbar: "_"
};
function unescaped(text) {
	return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, ...found) => {
		const [decimal, hex, name] = found;
		if (name !== void 0) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] ?? whole : whole;
		const point = decimal === void 0 ? Number.parseInt(hex ?? "", 16) : Number(decimal);
		return point <= 1114111 ? String.fromCodePoint(point) : whole;
	});
}
/** Nothing for what is no address of the web: a `javascript:` or `file:` link is no file of an index. */
function absolute(href, base) {
	const url = URL.canParse(href.trim(), base) ? new URL(href.trim(), base) : void 0;
	if (!url || !/^https?:$/.test(url.protocol)) return void 0;
	url.hash = "";
	return url.href;
}
// src/services/pypi-index/pages.ts
/** Largest page that is read, in bytes: the largest of the public index are under 20 MB. */
const MAX_PAGE_BYTES = 134217728;
/** Files on pages that are kept, all pages together. */
const MAX_KEPT_FILES = 1e5;
function indexPages(http, signal) {
	const kept = /* @__PURE__ */ new Map();
	let files = 0;
	const forget = () => {
		for (const [key, entry] of kept) {
			if (files <= MAX_KEPT_FILES || kept.size === 1) return;
			if (entry.files === 0) continue;
			kept.delete(key);
			files -= entry.files;
		}
	};
	return { ask({ address, project, authorization }) {
		const url = pageUrl(address, project);
		const known = kept.get(url);
		if (known) {
			kept.delete(url);
			kept.set(url, known);
			return known.page;
		}
		const request = {
			url,
			headers: { accept: SIMPLE_ACCEPT },
			maxBytes: MAX_PAGE_BYTES
		};
		const asked = http.fetch({
			...request,
			compressed: true,
			signal,
			...authorization !== void 0 && { authorization }
		}).then((answer) => pageOf(answer, url, project));
		const entry = {
			page: asked,
			files: 0
		};
		kept.set(url, entry);
		const settle = async () => {
			try {
				entry.files = 1 + ((await asked)?.files.length ?? 0);
				files += entry.files;
				forget();
			} catch {
				kept.delete(url);
			}
		};
		settle();
		return asked;
	} };
}
function pageUrl({ url, isFlat }, project) {
	if (isFlat) return url.href;
	const page = new URL(url);
	page.pathname += `${encodeURIComponent(project)}/`;
	return page.href;
}
function pageOf(answer, asked, project) {
	if (answer.status === 404 || answer.status === 410) return void 0;
	const source = require_run.withoutSecrets(answer.url);
	const contentType = answer.headers["content-type"] ?? "";
	const text = new TextDecoder().decode(answer.body);
	const page = parseSimplePage({
		url: answer.url,
		contentType,
		text
	});
	if (page.kind === "unreadable") {
		const reason = `answered with ${page.found} in place of an index page`;
		throw new require_errors.ServiceError({
			code: "SERVICE_RESPONSE_INVALID",
			message: `Cannot read the index page of "${project}": ${source} ${reason}`,
			remedy: "See in a browser what is there: a login page wants credentials, an error page a correct address",
			url: require_run.withoutSecrets(asked),
			reason
		});
	}
	return indexed(source, page.files);
}
function indexed(source, files) {
	const byName = new Map(files.map((file) => [file.name, file]));
	const byDigest = /* @__PURE__ */ new Map();
	for (const file of files) for (const digest of file.digests) byDigest.set(require_digest.renderDigest(digest), file);
	let grouped;
	return {
		source,
		files,
		named: (name) => byName.get(name),
		withDigest(digests) {
			return digests.map((digest) => byDigest.get(require_digest.renderDigest(digest))).find((file) => file !== void 0);
		},
		ofVersion(project, version) {
			if (grouped?.project !== project) {
				const versionOf = ({ name }) => equalVersions(require_distribution.parseDistribution(name, project)?.version ?? "");
				grouped = {
					project,
					versions: Map.groupBy(files, versionOf)
				};
			}
			return grouped.versions.get(equalVersions(version)) ?? [];
		}
	};
}
/** One text for all versions that are equal: `1.0` and `1.0.0`. */
function equalVersions(version) {
	return version.replace(/^((?:\d+!)?\d+(?:\.\d+)*?)(?:\.0+)+(?!\.?\d)/, "$1");
}
// src/services/pypi-index/lookup.ts
/** Most indexes that are asked for one file: a checkout may name as many as it likes. */
const MAX_INDEXES = 16;
function indexLookup({ host, signal, lockfiles }) {
	const configOf = indexConfigs(host, lockfiles);
	const pages = indexPages(host.http, signal);
	return {
		configOf,
		async find(component, file, find) {
			const config = configOf(file.location.path);
			const failures = [];
			for (const [at, source] of config.sourcesFor(component).entries()) try {
				if (at === MAX_INDEXES) throw tooMany(source.where);
				if (at > MAX_INDEXES) break;
				const address = addressOf(source, config.env);
				const authorization = config.authorizationFor(address.url);
				const page = await pages.ask({
					address,
					project: component.name,
					authorization
				});
				const found = page && find(page);
				if (found !== void 0) return found;
			} catch (error) {
				failures.push(error);
			}
			if (failures.length > 0) throw failures[0];
		}
	};
}
function tooMany(where) {
	return new require_errors.ServiceError({
		code: "SERVICE_LIMIT_EXCEEDED",
		message: `Cannot ask all indexes: "${where}" and others name more than ${MAX_INDEXES}`,
		reason: `more than ${MAX_INDEXES} indexes are configured`,
		remedy: "Leave only those indexes that have the packages"
	});
}
// src/services/pypi-index/statement.ts
/** The file of this name, or of this digest where the lock has no name. */
function fileOn(page, { name, digests }) {
	return name === void 0 ? page.withDigest(digests) : page.named(name);
}
/**
* What a page states about a file. Of a bare hash that the page does not have, all hashes of the version: the
* locked one is none of them, and would let in a file that the index has never had.
*/
function entryOn(page, file, { name, version }) {
	const found = fileOn(page, file);
	const files = found ? [found] : file.name === void 0 ? page.ofVersion(name, version) : [];
	const digests = files.flatMap((each) => each.digests);
	if (digests.length === 0) return void 0;
	const isYanked = files.every(({ yanked }) => yanked);
	return {
		source: page.source,
		digests,
		...isYanked && { withdrawn: true }
	};
}
/**
* Whether the index that a lock names agrees with the address that the lock names for a file: a digest may well
* fit bytes on another server, and yet be of none that the index has.
*
* @returns nothing when the page cannot tell
*/
function statementOn(page, file) {
	const found = fileOn(page, file);
	if (!found) return missingOn(page, file);
	const algorithms = new Set(found.digests.map(({ algorithm }) => algorithm));
	const locked = require_digest.strongestOf(file.digests.filter(({ algorithm }) => algorithms.has(algorithm)));
	const observed = found.digests.find(({ algorithm }) => algorithm === locked[0]?.algorithm);
	if (!observed) return void 0;
	const { source } = page;
	const stated = `the index states ${require_digest.renderDigest(observed)}`;
	if (locked.some(({ hex }) => hex === observed.hex)) return {
		outcome: "verified",
		source,
		observed,
		detail: `${stated}, as is locked`
	};
	return {
		outcome: "contradicted",
		source,
		observed,
		detail: `${stated}, the lock ${locked.map(require_digest.renderDigest).join(" or ")}`
	};
}
/** Where the index keeps its other files, it may have had this one too. */
function missingOn(page, { name, url = "" }) {
	if (name === void 0 || !require_distribution.isDistributionName(name)) return void 0;
	const host = hostOf(url);
	const { source } = page;
	const detail = `the index does not list "${name}"`;
	if (page.files.some((file) => hostOf(file.url) === host)) return {
		outcome: "unavailable",
		source,
		detail: `${detail}: its publisher may have deleted it`
	};
	return {
		outcome: "contradicted",
		source,
		detail: `${detail}, and ${`none of its files lies at ${host}, where the lock has this one`}`
	};
}
function hostOf(url) {
	return URL.canParse(url) ? new URL(url).host : "";
}
// src/services/pypi-index.ts
/** Largest file that is read, in bytes: wheels with libraries for GPUs have three gigabytes. */
const MAX_FILE_BYTES = 8589934592;
/** Python's package indexes, as pip, uv, Poetry, PDM and Pipenv configure them. */
const pypiIndex = {
	ecosystem: "PyPI",
	connect: connect$1
};
function connect$1(context) {
	const { host } = context;
	const lookup = indexLookup(context);
	return {
		selects: installChoice(lookup, targetsOf(host)),
		locate(component, file) {
			return isElsewhere(component) ? Promise.resolve(void 0) : locate(lookup, component, file);
		},
		async indexEntry(component, file) {
			const { origin } = component;
			if (isElsewhere(component)) return void 0;
			if (origin.kind === "archive") throw withoutIndex(origin.url);
			return lookup.find(component, file, (page) => entryOn(page, file, component));
		},
		/** What the index says of a file whose address the lock gives: nothing else has asked it then. */
		async prove(component, file) {
			if (component.origin.kind !== "registry" || file.url === void 0) return [];
			const statement = await lookup.find(component, file, (page) => statementOn(page, file));
			return statement ? [evidenceOf(component, file, {
				...statement,
				at: host.now()
			})] : [];
		}
	};
}
/** In a repository, or in the checkout itself: no index has these bytes. */
function isElsewhere({ origin }) {
	return origin.kind === "git" || origin.kind === "local";
}
async function locate(lookup, component, file) {
	const config = lookup.configOf(file.location.path);
	const listed = async () => {
		if (component.origin.kind === "archive") return void 0;
		const found = await lookup.find(component, file, (page) => fileOn(page, file));
		return found && httpUrl(found.url);
	};
	if (file.url === void 0) {
		const url = await listed();
		return url && remoteAt(config, url);
	}
	const url = httpUrl(file.url);
	return {
		...remoteAt(config, url),
		async elsewhere() {
			const other = await listed();
			return other === void 0 || other.href === url.href ? void 0 : remoteAt(config, other);
		}
	};
}
function remoteAt(config, url) {
	const authorization = config.authorizationFor(url);
	return {
		url: url.href,
		maxBytes: MAX_FILE_BYTES,
		...authorization !== void 0 && { authorization }
	};
}
function evidenceOf({ purl }, { name }, { at, ...statement }) {
	return {
		subject: purl,
		kind: "index-digest",
		...statement,
		...name !== void 0 && { file: name },
		observedAt: at.toISOString().replace(/\.\d+Z$/, "Z")
	};
}
/** An address out of a lock or an index, without what is not sent: credentials and fragment. */
function httpUrl(text) {
	const url = URL.canParse(text) ? new URL(text) : void 0;
	if (!url || !/^https?:$/.test(url.protocol)) {
		const place = require_run.withoutSecrets(text).slice(0, 200);
		throw new require_errors.ServiceError({
			code: "SERVICE_UNREACHABLE",
			message: `Cannot fetch "${place}": it is no http or https address`,
			reason: "the lock names an address that is not of the web",
			remedy: "Lock the dependency again with its package manager"
		});
	}
	url.username = "";
	url.password = "";
	url.hash = "";
	return url;
}
function withoutIndex(url) {
	const place = require_run.withoutSecrets(url);
	return new require_errors.ServiceError({
		code: "SERVICE_UNREACHABLE",
		message: `Cannot look up "${place}": it is on no index that states its digest`,
		reason: "it is on no index, and only its bytes can be compared",
		url: place,
		remedy: "Compare the bytes with `--integrity all`"
	});
}
// src/services/pypi-index/attestation.ts
/** Issuer of Google's service accounts. */
const GOOGLE = "https://accounts.google.com";
const TYPES = [require_registry_defaults.PYPI_PUBLISH_PREDICATE, require_slsa.SLSA_PROVENANCE.v1];
/** Verifies one attestation, and holds it to the file and to the publisher that the index names. */
function checkPythonAttestation({ verify, asOf }, given, file) {
	const kind = "attestation";
	const result = verify(require_attestation.bundleOfAttestation(given.attestation));
	if ("refused" in result) {
		const detail = `the attestation does not verify: ${result.refused}`;
		if (!result.unknownAuthority) return {
			kind,
			outcome: "contradicted",
			detail
		};
		return {
			kind,
			outcome: "unavailable",
			detail,
			reason: `an attestation is signed through authorities that were not known on ${asOf}`
		};
	}
	const { statement, signer } = result;
	const { name, project, digest } = file;
	const isName = (subject) => require_attestation.isSameDistribution(subject, name, project);
	const wrong = TYPES.includes(statement.predicateType) ? require_in_toto.subjectMismatch(statement, {
		isName,
		name,
		digest
	}) ?? require_slsa.provenanceMismatch(statement.predicate, signer) : `it is of the type "${statement.predicateType.slice(0, 100)}", which no index takes`;
	if (wrong !== void 0) return {
		kind,
		outcome: "contradicted",
		detail: `the attestation is genuine, but ${wrong}`
	};
	const publisher = publisherOf(given.publisher);
	if (publisher === void 0) return {
		kind,
		outcome: "unavailable",
		detail: `the index names a publisher of the kind "${textOf(given.publisher["kind"]).slice(0, 100)}", which is not known`,
		reason: "the kind of a publisher is not known"
	};
	const other = publisher(signer);
	if (other !== void 0) return {
		kind,
		outcome: "contradicted",
		detail: `the attestation is genuine, but not of the publisher that the index names: ${other}`
	};
	return {
		kind,
		outcome: "verified",
		detail: `${statement.predicateType === "https://docs.pypi.org/attestations/publish/v1" ? "published, and " : ""}${signer.repository === void 0 ? `by ${signer.identity}` : require_slsa.provenanceText(signer)}`,
		signer
	};
}
/**
* The environment of a publisher is in no certificate: nobody can check it.
*
* @see https://docs.pypi.org/trusted-publishers/
*/
function publisherOf(publisher) {
	const kind = textOf(publisher["kind"]);
	const repository = textOf(publisher["repository"]);
	if (kind === "GitHub") {
		const home = `${require_sigstore_verify.GITHUB.server}${repository}`;
		const path = `${home}/.github/workflows/${textOf(publisher["workflow"])}`;
		return (signer) => workflowMismatch(signer, {
			issuer: require_sigstore_verify.GITHUB.issuer,
			home,
			path
		});
	}
	if (kind === "GitLab") {
		const home = `${require_sigstore_verify.GITLAB.server}${repository}`;
		const path = `${home}//${textOf(publisher["workflow_filepath"])}`;
		return (signer) => workflowMismatch(signer, {
			issuer: require_sigstore_verify.GITLAB.issuer,
			home,
			path
		});
	}
	if (kind === "Google") {
		const email = textOf(publisher["email"]);
		return ({ issuer, identity }) => issuer === GOOGLE && identity === email && email !== "" ? void 0 : `it is ${identity}, expected ${email}`;
	}
}
function workflowMismatch({ issuer, repository, workflow, ref, commit }, wanted) {
	if (issuer !== wanted.issuer) return `its issuer is ${issuer ?? "not stated"}, expected ${wanted.issuer}`;
	if (repository !== wanted.home) return `its repository is ${repository ?? "not stated"}, expected ${wanted.home}`;
	return [ref, commit].some((at) => at !== void 0 && workflow === `${wanted.path}@${at}`) ? void 0 : `its workflow is ${workflow ?? "not stated"}, expected ${wanted.path}`;
}
function textOf(value) {
	return typeof value === "string" ? value : "";
}
// src/services/pypi-index/attestations.ts
/** Most bytes of the provenance of a file: two attestations are about 12 KB. */
const MAX_PROVENANCE_BYTES = 4194304;
/**
* The attestations that Python's package indexes give out for files.
*
* @see https://peps.python.org/pep-0740/
*/
const pypiAttestations = pypiAttestationsBy(async ({ trusted }) => publicTrust(await trusted()));
/** The same, with another root than that of the public instance. */
function pypiAttestationsBy(trust) {
	return {
		ecosystem: "PyPI",
		signs: "attestation",
		listsAlternatives: true,
		algorithm: "sha256",
		connect: (context) => connect(context, () => trust(context))
	};
}
function publicTrust({ asOf, frozen, target }) {
	return {
		trustedRoot: target(require_registry_defaults.TRUSTED_ROOT_TARGET),
		keys: [],
		asOf,
		...frozen !== void 0 && { frozen }
	};
}
function connect(context, trustedBy) {
	const lookup = indexLookup(context);
	let trust;
	let verifier;
	return {
		placeOf(component, file) {
			const config = lookup.configOf(file.location.path);
			const [first] = config.sourcesFor(component);
			return first && require_run.withoutSecrets(addressOf(first, config.env).url.href);
		},
		async ask({ component, file, digest }) {
			const listed = await lookup.find(component, file, (page) => listedOn(page, file));
			if (listed === void 0) return void 0;
			const { provenance } = listed.file;
			if (typeof provenance !== "string") return {
				serves: listed.attests ? ["attestation"] : [],
				observations: [{
					kind: "attestation",
					outcome: "absent",
					source: listed.source,
					detail: "the index has no attestation of it"
				}]
			};
			const { asOf, frozen } = await (trust ??= trustedBy());
			const verify = await (verifier ??= trust.then(require_sigstore_verify.bundleVerifier));
			const text = await provenanceAt(context, {
				lookup,
				file,
				url: provenance
			});
			const about = {
				project: component.name,
				name: listed.file.name,
				digest
			};
			return {
				serves: ["attestation"],
				trustAsOf: asOf,
				...frozen !== void 0 && { trustFrozen: frozen },
				observations: observationsIn(text, {
					verify,
					asOf,
					about,
					source: require_run.withoutSecrets(provenance)
				})
			};
		}
	};
}
function listedOn(page, file) {
	const found = fileOn(page, file);
	const attests = page.files.some(({ provenance }) => provenance !== void 0);
	return found && {
		file: found,
		source: page.source,
		attests
	};
}
/** @throws ServiceError */
async function provenanceAt({ host, signal }, given) {
	const { lookup, file, url } = given;
	const authorization = lookup.configOf(file.location.path).authorizationFor(new URL(url));
	const answer = await host.http.fetch({
		url,
		headers: { accept: "application/vnd.pypi.integrity.v1+json, application/json;q=0.9" },
		maxBytes: MAX_PROVENANCE_BYTES,
		compressed: true,
		signal,
		...authorization !== void 0 && { authorization }
	});
	if (answer.status !== 200) return void 0;
	return new TextDecoder().decode(answer.body);
}
function observationsIn(text, { verify, asOf, about, source }) {
	const groups = text === void 0 ? [] : require_attestation.attestationGroupsIn(text);
	if (groups === void 0) throw new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read the attestations at "${source}": they are no provenance of version 1`,
		reason: "answered with something else than attestations",
		url: source,
		remedy: "Look with a browser what is there, and whether a newer Assay reads it"
	});
	const found = groups.flatMap(({ publisher, attestations }) => attestations.map((attestation) => ({
		source,
		...checkPythonAttestation({
			verify,
			asOf
		}, {
			publisher,
			attestation
		}, about)
	})));
	if (found.length > 0) return found;
	const reason = "it says that there are attestations, and serves none";
	return [{
		kind: "attestation",
		outcome: "unavailable",
		source,
		detail: reason,
		reason
	}];
}
// src/services/index.ts
/** The package registries that we can ask, by ecosystem. One line each. */
const REGISTRIES = [
	npmRegistry,
	pypiIndex,
	cargoRegistry,
	goProxy
];
/** Who can be asked for signatures of packages, by ecosystem. One line each. */
const SIGNATURE_SOURCES = [npmSignatures, pypiAttestations];
exports.REGISTRIES = REGISTRIES;
exports.SIGNATURE_SOURCES = SIGNATURE_SOURCES;
