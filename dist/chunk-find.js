require("./chunk-rolldown-runtime.js");
const require_errors = require("./chunk-errors.js");
const require_digest = require("./chunk-digest.js");
const require_finding = require("./chunk-finding.js");
const require_file_bytes = require("./chunk-file-bytes.js");
const require_run = require("./chunk-run.js");
const require_wildcard = require("./chunk-wildcard.js");
let node_crypto = require("node:crypto");
let node_path = require("node:path");
// src/stages/files/hashes.ts
/**
* Hashes a file of the checkout as it streams by.
*
* @returns one digest for each algorithm, in their order
* @throws ParseError `FILE_UNREADABLE`, `FILE_TOO_LARGE`
* @throws CancelledError when the run was ended
*/
async function digestsOfFile(context, path, algorithms) {
	const hashes = algorithms.map((algorithm) => ({
		algorithm,
		hash: (0, node_crypto.createHash)(algorithm)
	}));
	for await (const chunk of require_file_bytes.fileBytes(context, path)) for (const { hash } of hashes) hash.update(chunk);
	return hashes.map(({ algorithm, hash }) => ({
		algorithm,
		hex: hash.digest("hex")
	}));
}
// src/stages/files/compared.ts
/**
* Holds a file of the list to the checkout. A file beside the list and one from the root may have the same name: one
* that matches is the one that is meant.
*
* @throws ParseError when the file cannot be read
*/
async function compare(context, file) {
	let wrong;
	for (const path of file.paths) {
		const one = await compareAt(context, path, file);
		if (one.outcome === "verified") return one;
		wrong ??= one;
	}
	return wrong ?? {
		file,
		outcome: "unseen",
		expected: preferredOf(file.digests)
	};
}
/** Every digest of the list has to match. */
async function compareAt(context, path, file) {
	const algorithms = file.digests.map(({ algorithm }) => algorithm);
	const found = await digestsOfFile(context, path, [.../* @__PURE__ */ new Set(["sha256", ...algorithms])]);
	const wrong = file.digests.map((expected) => ({
		expected,
		found: digestOf(found, expected.algorithm)
	})).find(({ expected, found: { hex } }) => hex !== expected.hex);
	const expected = wrong?.expected ?? preferredOf(file.digests);
	return {
		file,
		outcome: wrong ? "contradicted" : "verified",
		path,
		sha256: digestOf(found, "sha256"),
		expected,
		found: digestOf(found, expected.algorithm)
	};
}
function digestOf(digests, algorithm) {
	const digest = digests.find((one) => one.algorithm === algorithm);
	if (digest === void 0) throw new Error(`No ${algorithm} where one was asked for`);
	return digest;
}
/** What a statement names: SHA-256, which every verifier looks for, else the strongest. */
function preferredOf(digests) {
	const sorted = [...digests].sort(require_digest.byStrength);
	const chosen = sorted.find(({ algorithm }) => algorithm === "sha256") ?? sorted[0];
	if (chosen === void 0) throw new Error("A line of checksums without one");
	return chosen;
}
/** What was observed of the file; nothing of one that there is no file of. */
function evidenceOf(compared, { host }) {
	if (compared.outcome === "unseen") return [];
	const { outcome, path, found, expected, file } = compared;
	const same = outcome === "verified" ? "has" : `has ${require_digest.renderDigest(found)}, expected`;
	return [{
		subject: path,
		kind: "digest",
		outcome,
		source: path,
		observed: found,
		observedAt: `${host.now().toISOString().slice(0, 19)}Z`,
		detail: `"${path}" ${same} ${require_digest.renderDigest(expected)}, as line ${file.line} of the list of checksums says`
	}];
}
/** What it means. */
function findingsOf(compared, evidence, { settings }) {
	const [only] = evidence;
	if (compared.outcome !== "contradicted" || only === void 0) return [];
	const locations = [{
		path: settings.sign.subjectChecksums ?? "",
		line: compared.file.line
	}];
	const about = {
		subject: compared.path,
		message: only.detail,
		locations,
		evidence
	};
	return [require_finding.findingOf(require_run.CHECKSUM_MISMATCH, about)];
}
// src/formats/checksums.ts
/** Digests that a signed statement may rest on, by their length in hex. Shorter ones are weak or unusual. */
const BY_LENGTH = /* @__PURE__ */ new Map([
	[64, "sha256"],
	[96, "sha384"],
	[128, "sha512"]
]);
/** What BSD's programs, and GNU's with `--tag`, call them. */
const BY_TAG = /* @__PURE__ */ new Map([
	["SHA256", "sha256"],
	["SHA384", "sha384"],
	["SHA512", "sha512"]
]);
/** Longest line, in UTF-16 units: names are shorter than 4096 bytes on every system. */
const MAX_LINE = 8192;
/**
* Reads a list of checksums as `sha256sum`, `sha384sum`, `sha512sum` and `shasum` write it, or with `--tag` and on
* BSD `sha256`: escaped names, binary marks, comments and both kinds of line ends included.
*
* @throws ParseError `CONFIG_SYNTAX` with the line, for what is no checksum, a name that leads elsewhere, or two
*   different checksums for one name
* @see https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html
*/
function parseChecksums(path, text) {
	const byKey = /* @__PURE__ */ new Map();
	let line = 0;
	for (const raw of linesOf(text.startsWith("﻿") ? text.slice(1) : text)) {
		line++;
		const content = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
		if (content.trim() === "" || content.startsWith("#")) continue;
		const found = checksumIn(content);
		if (typeof found === "string") throw wrong({
			path,
			line
		}, found);
		const key = `${found.digest.algorithm} ${found.name}`;
		const known = byKey.get(key);
		if (known !== void 0 && known.digest.hex !== found.digest.hex) throw wrong({
			path,
			line
		}, `found another checksum for "${found.name}" than in line ${known.line}`);
		if (known === void 0) byKey.set(key, {
			...found,
			line
		});
	}
	return [...byKey.values()];
}
/** Line by line: a list of a million of them at once would be held twice. */
function* linesOf(text) {
	let start = 0;
	while (start <= text.length) {
		const end = text.indexOf("\n", start);
		yield text.slice(start, end === -1 ? text.length : end);
		if (end === -1) return;
		start = end + 1;
	}
}
/** @returns what is wrong, as text, when it is none */
function checksumIn(content) {
	if (content.length > MAX_LINE) return `found a line of more than ${MAX_LINE} characters`;
	if (content.includes("\0")) return "found a NUL byte: lists made with `--zero` are not read";
	const escaped = content.startsWith("\\");
	const plain = escaped ? content.slice(1) : content;
	const parts = tagged(plain) ?? untagged(plain);
	if (typeof parts === "string") return parts;
	const unescaped = escaped ? unescapedName(parts.name) : parts.name;
	if (unescaped === void 0) return "found a name that is escaped in a way nobody writes";
	const name = plainName(unescaped);
	return "wrong" in name ? name.wrong : {
		name: name.path,
		digest: parts.digest
	};
}
/** `SHA256 (name) = hex` */
function tagged(content) {
	const open = content.indexOf(" (");
	const close = content.lastIndexOf(") = ");
	if (open <= 0 || close < open || !/^[A-Za-z0-9/-]+$/.test(content.slice(0, open))) return void 0;
	const tag = content.slice(0, open);
	const algorithm = BY_TAG.get(tag);
	if (algorithm === void 0) return `found a checksum of the kind "${tag}", expected SHA256, SHA384 or SHA512`;
	const digest = require_digest.digestFromHex(algorithm, content.slice(close + 4));
	if (digest === void 0) return `found no ${tag} in hex after the "="`;
	return {
		name: content.slice(open + 2, close),
		digest
	};
}
/** `hex  name`, or `hex *name` for one that was read as binary, which are the same here. */
function untagged(content) {
	const blank = content.indexOf(" ");
	const hex = content.slice(0, blank);
	const mark = content[blank + 1];
	if (blank <= 0 || !/^[0-9a-fA-F]+$/.test(hex) || mark !== " " && mark !== "*") return "found no checksum, expected `<hex>  <name>` or `SHA256 (<name>) = <hex>`";
	const algorithm = BY_LENGTH.get(hex.length);
	const digest = algorithm && require_digest.digestFromHex(algorithm, hex);
	if (digest === void 0) return `found ${hex.length} hex digits, expected 64 of SHA-256, 96 of SHA-384 or 128 of SHA-512`;
	return {
		name: content.slice(blank + 2),
		digest
	};
}
/** @see https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html */
function unescapedName(name) {
	if (!/^(?:[^\\]|\\[\\nr])*$/.test(name)) return void 0;
	return name.replace(/\\([\\nr])/g, (_, char) => char === "n" ? "\n" : char === "r" ? "\r" : "\\");
}
/** A name that can lead nowhere but below where it is looked for. */
function plainName(name) {
	const segments = name.split("/").filter((segment) => segment !== ".");
	const path = segments.join("/");
	if (name === "-") return { wrong: "found \"-\", the checksum of what came through a pipe: it has no name" };
	if (path === "") return { wrong: "found a checksum without a name" };
	if (name.startsWith("/") || /^[A-Za-z]:[\\/]/.test(name) || name.startsWith("\\\\")) return { wrong: `found the absolute name "${name}", expected one that is relative` };
	if (segments.some((segment) => segment === "" || segment === "..")) return { wrong: `found the name "${name}", expected one without empty parts and ".."` };
	if (name.includes("�")) return { wrong: "found a name that is not UTF-8" };
	return { path };
}
function wrong({ path, line }, why) {
	return new require_errors.ParseError({
		code: "CONFIG_SYNTAX",
		message: `Cannot parse "${path}": line ${line}: ${why}`,
		remedy: "Make the list with `sha256sum <files>`, in the folder that the names are relative to",
		line
	});
}
// src/stages/files/listed.ts
/** Largest list, in bytes: a line for each of the most files that are signed is far below. */
const MAX_LIST_BYTES = 8388608;
/**
* The files that the list of `subject-checksums` names, each once, in its order.
*
* @throws InputError `INPUT_INVALID` where there is no such list, or nothing in it
* @throws ParseError for a list that is none
*/
function listedFiles({ host, settings }) {
	const { subjectChecksums: list } = settings.sign;
	if (list === void 0) return [];
	const text = host.files.readText(list, MAX_LIST_BYTES);
	if (text === void 0) throw invalid$1(list, "there is no such file in the checkout");
	const byName = Map.groupBy(parseChecksums(list, text), ({ name }) => name);
	if (byName.size === 0) throw invalid$1(list, "there is no checksum in it");
	const folder = node_path.posix.dirname(node_path.posix.normalize(list));
	return [...byName].map(([name, sums]) => ({
		name,
		digests: sums.map(({ digest }) => digest),
		line: firstLineOf(sums),
		paths: [.../* @__PURE__ */ new Set([node_path.posix.join(folder, name), name])].filter((path) => !path.startsWith("../") && host.files.kindOf(path) !== void 0)
	}));
}
function firstLineOf([first]) {
	return first?.line ?? 1;
}
function invalid$1(list, why) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot read "${require_run.plainText(list)}" of \`subject-checksums\`: ${why}`,
		remedy: "Give a file of the checkout that `sha256sum <files>` wrote in a step before this one"
	});
}
// src/policy/file-pattern.ts
/** Longest pattern, in characters. */
const MAX_LENGTH = 1024;
/**
* Parses a pattern of files as shells have them, from the root of the checkout: `*` is any text and `?` any character
* between slashes, `**` any number of folders, a slash at the end everything in a folder, and `!` in front takes away.
* Unlike patterns of what to leave out, a name alone means that one file and none in a folder below.
*
* @param root absolute path of the checkout: patterns below it may be absolute
* @returns why it is none, as a string
*/
function parseFilePattern(text, root) {
	if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
	const excludes = text.startsWith("!");
	const given = excludes ? text.slice(1).trimStart() : text;
	const path = given.startsWith(`${root}/`) ? given.slice(root.length + 1) : given;
	if (/^(?:\/|[A-Za-z]:)/.test(path)) return "leads out of the checkout";
	if (path.includes("\\")) return "has a \"\\\": folders are separated by \"/\"";
	if (/[[\]{}]/.test(path)) return "has a set of characters or words: write `?` or `*`, or a pattern for each";
	const folder = path.endsWith("/");
	const segments = (folder ? path.slice(0, -1) : path).replace(/^(?:\.\/)+/, "").split("/");
	if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) return "has an empty name, \".\" or \"..\" between slashes";
	const wild = segments.findIndex((segment) => /[*?]/.test(segment));
	return {
		text,
		excludes,
		segments: folder ? [
			...segments,
			"**",
			"*"
		] : segments.at(-1) === "**" ? [...segments, "*"] : segments,
		literal: wild === -1 ? segments : segments.slice(0, wild)
	};
}
/** Whether a file of the checkout is meant. Its path is relative, with `/`. */
function isMeant({ segments }, path) {
	return require_wildcard.sequenceMatches(segments, path.split("/"), (part, name) => part === "**" ? "any" : require_wildcard.textMatches(part, name));
}
// src/stages/files/patterns.ts
/** Most files and folders below a folder that a pattern names together with `node_modules`. */
const MAX_LISTED$1 = 2e5;
/**
* The files that the patterns of `subject-path` mean. What is taken away is taken away wherever the pattern stands.
*
* @throws InputError `INPUT_INVALID` for what is no pattern, or matches no file
* @throws ParseError `FILE_UNREADABLE` where a folder of a pattern cannot be looked at
*/
async function filesMeant(context) {
	const patterns = context.settings.sign.subjectPaths.map((text) => patternOf(text, context));
	const excluded = patterns.filter(({ excludes }) => excludes);
	const wanted = patterns.filter(({ excludes }) => !excludes);
	const [first] = excluded;
	if (wanted.length === 0 && first) throw invalid(first.text, "only takes away");
	const seen = await placesFor(wanted, context);
	const taken = (pattern, paths) => paths.filter((path) => isInReach(pattern, path) && isMeant(pattern, path)).filter((path) => !excluded.some((one) => isMeant(one, path)));
	const found = wanted.flatMap((pattern) => {
		const paths = taken(pattern, seen.paths);
		if (paths.length === 0) throw matchesNothing(pattern, context);
		return paths;
	});
	const passedOver = wanted.flatMap((pattern) => taken(pattern, seen.passedOver));
	return {
		paths: [...new Set(found)].sort(),
		passedOver: [...new Set(passedOver)].sort()
	};
}
function patternOf(text, { host }) {
	const pattern = parseFilePattern(host.platform.os === "win32" ? text.replaceAll("\\", "/") : text, host.files.root.replaceAll("\\", "/"));
	if (typeof pattern === "string") throw invalid(text, pattern);
	return pattern;
}
/** Every place that a pattern could mean: one walk for all of them, through no folder that none could reach. */
async function placesFor(patterns, { host, settings }) {
	if (patterns.length === 0) return {
		paths: [],
		passedOver: []
	};
	const out = `${(0, node_path.relative)(host.files.root, settings.out).replaceAll("\\", "/")}/`;
	const walk = await host.files.walk((path) => path.startsWith(out) || path.endsWith("/") && !patterns.some((pattern) => mayReach(pattern, path)));
	const [unseen] = walk.unseen;
	if (unseen) throw unseenFolder(unseen.path, unseen.reason);
	const modules = patterns.filter(({ literal }) => literal.includes("node_modules")).flatMap(({ literal }) => filesBelow(literal, host));
	return {
		paths: [...walk.paths, ...modules],
		passedOver: walk.irregular
	};
}
/** Whether a folder lies on the way to what a pattern means, or below where its wildcards begin. */
function mayReach({ literal }, folder) {
	return folder.slice(0, -1).split("/").every((name, at) => literal[at] === void 0 || literal[at] === name);
}
/** The walk leaves `node_modules` out; who names it means it. */
function filesBelow(literal, { files }) {
	const folder = literal.join("/");
	const kind = files.kindOf(folder);
	if (kind !== void 0) return kind === "file" ? [folder] : [];
	const { entries, partial } = files.list(folder, MAX_LISTED$1);
	if (partial) throw unseenFolder(folder, `more than ${MAX_LISTED$1} entries, or one that may not be read`);
	return entries.filter((entry) => entry.kind === "file").map(({ path }) => path);
}
/** A wildcard does not reach into `node_modules`. */
function isInReach({ literal }, path) {
	return literal.includes("node_modules") || !path.split("/").includes("node_modules");
}
function invalid(text, why) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use "${require_run.plainText(text)}" of \`subject-path\`: it ${why}`,
		remedy: "Write patterns from the root of the checkout, one a line, such as `dist/*` or `!dist/*.map`"
	});
}
function matchesNothing({ text, literal }, { host }) {
	const place = literal.join("/");
	const isFolder = host.files.isPopulated(place);
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot sign "${require_run.plainText(text)}" of \`subject-path\`: found no file of the checkout that it matches`,
		remedy: isFolder && !/[*?]/.test(text) ? `Write \`${require_run.plainText(place)}/*\` for the files in this folder` : "Run Assay after the step that makes the files, or correct the pattern; links that lead out of the checkout, `.git` and the output folder do not count"
	});
}
function unseenFolder(path, reason) {
	return new require_errors.ParseError({
		code: "FILE_UNREADABLE",
		message: `Cannot look for files of \`subject-path\` in "${require_run.plainText(path)}": ${reason}`,
		remedy: "Give the user that runs Assay the right to read the folder, or a pattern that does not lead there"
	});
}
// src/stages/files/section.ts
/** Files that the summary lists; the report has all. */
const MAX_ROWS = 50;
/** Names that each list of what was left out has. */
const MAX_LISTED = 20;
/** What the stage has to say to a person. */
function sectionOf({ subjects, compared, passedOver }) {
	const wrong = compared.filter(({ outcome }) => outcome === "contradicted");
	return {
		title: "Files",
		blocks: [
			...subjects.length === 0 ? [] : [tableOf(subjects)],
			...subjects.length > MAX_ROWS ? [{
				kind: "paragraph",
				text: `… and ${subjects.length - MAX_ROWS} more`
			}] : [],
			...unseenOf(compared),
			...listOf("Other bytes than the list of checksums says, and left out", wrong.map(({ file }) => file.name)),
			...listOf("Left out: links that lead to no file of the checkout, and devices", passedOver)
		]
	};
}
function listOf(title, names) {
	if (names.length === 0) return [];
	const rest = names.length > MAX_LISTED ? [`… and ${names.length - MAX_LISTED} more`] : [];
	const items = [...names.slice(0, MAX_LISTED).map((name) => ({ code: name })), ...rest];
	return [{
		kind: "paragraph",
		text: { strong: title }
	}, {
		kind: "list",
		items
	}];
}
function tableOf(subjects) {
	return {
		kind: "table",
		columns: [{ title: "File" }, { title: "Digest" }],
		rows: subjects.slice(0, MAX_ROWS).map(({ subject: { name, digest } }) => [{ code: name }, { code: require_digest.renderDigest(digest) }])
	};
}
function unseenOf(compared) {
	const { length } = compared.filter(({ outcome }) => outcome === "unseen");
	if (length === 0) return [];
	return [{
		kind: "paragraph",
		text: `${length === 1 ? "1 file of the list is" : `${length} files of the list are`} not in the checkout: the list of checksums is all that is known, so that only statements are made and no signature over the bytes.`
	}];
}
// src/stages/files/find.ts
/** Most files of one run: the most subjects that a statement may have. */
const MAX_FILES = 1024;
/**
* Finds the files of `subject-path` and `subject-checksums`, each once, sorted by name. What differs from the list of
* checksums is left out, also where a pattern means it.
*
* @throws InputError `INPUT_INVALID` for a pattern that is none or matches nothing, and for too many files
* @throws ParseError for a list of checksums that is none, and for a file that cannot be read
*/
async function findFiles(context) {
	const { paths, passedOver } = await filesMeant(context);
	const listed = listedFiles(context);
	assertFew(paths, listed);
	const progress = context.host.progress("Hashing files", paths.length + listed.length);
	const compared = [];
	const subjects = /* @__PURE__ */ new Map();
	try {
		for (const file of listed) {
			compared.push(await compare(context, file));
			progress.advance();
		}
		for (const one of compared) addListed(subjects, one);
		const seen = new Set(compared.map((one) => one.outcome === "unseen" ? "" : one.path));
		for (const path of paths) {
			const [digest] = seen.has(path) ? [] : await digestsOfFile(context, path, ["sha256"]);
			if (digest) subjects.set(path, {
				subject: {
					name: path,
					digest
				},
				path
			});
			progress.advance();
		}
	} finally {
		progress.done();
	}
	const output = withOwnNames([...subjects.values()]);
	const checks = compared.map((one) => ({
		one,
		evidence: evidenceOf(one, context)
	}));
	return {
		output,
		findings: checks.flatMap(({ one, evidence }) => findingsOf(one, evidence, context)),
		evidence: checks.flatMap(({ evidence }) => evidence),
		section: sectionOf({
			subjects: output,
			compared,
			passedOver
		}),
		stats: {
			files: output.length,
			compared: compared.filter(({ outcome }) => outcome !== "unseen").length,
			mismatched: compared.filter(({ outcome }) => outcome === "contradicted").length
		}
	};
}
function addListed(subjects, one) {
	if (one.outcome === "unseen") {
		const { name } = one.file;
		subjects.set(name, { subject: {
			name,
			digest: one.expected
		} });
	} else if (one.outcome === "verified") subjects.set(one.path, {
		subject: {
			name: one.file.name,
			digest: one.sha256
		},
		path: one.path
	});
}
/** What a list names is known by that name; where two files would have it, each is known by its path. */
function withOwnNames(files) {
	const byName = Map.groupBy(files, ({ subject }) => subject.name);
	return files.map((file) => {
		const { subject, path = subject.name } = file;
		return (byName.get(subject.name) ?? []).length > 1 ? {
			...file,
			subject: {
				...subject,
				name: path
			}
		} : file;
	}).sort((a, b) => a.subject.name < b.subject.name ? -1 : 1);
}
/** @throws InputError `INPUT_INVALID` for more files than a statement can be about */
function assertFew(paths, listed) {
	const names = /* @__PURE__ */ new Set([...paths, ...listed.map(({ name, paths: [path = name] }) => path)]);
	if (names.size <= MAX_FILES) return;
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot sign ${names.size} files: a statement is about at most ${MAX_FILES}`,
		remedy: "Pack them into an archive, or sign a list of their checksums: `sha256sum dist/* > SHA256SUMS` and `subject-path: SHA256SUMS`"
	});
}
exports.findFiles = findFiles;
