require("./chunk-rolldown-runtime.js");
const require_errors = require("./chunk-errors.js");
const require_finding = require("./chunk-finding.js");
const require_run = require("./chunk-run.js");
const require_vendor_lock = require("./chunk-vendor-lock.js");
const require_digest = require("./chunk-digest.js");
const require_wildcard = require("./chunk-wildcard.js");
let node_crypto = require("node:crypto");
let node_path = require("node:path");
// src/stages/vendor/packs.ts
/** Most files of one folder that are looked at. */
const MAX_ENTRIES = 1e5;
function isVendorLock(path) {
	return require_vendor_lock.VENDOR_LOCKS.includes(node_path.posix.basename(path));
}
/** Empty for the checkout itself. */
function folderOf(path) {
	const folder = node_path.posix.dirname(path);
	return folder === "." ? "" : folder;
}
/** Where something lies that the lock names. */
function placeIn({ folder }, path) {
	return folder === "" ? path : `${folder}/${path}`;
}
/**
* The locks that lie in folders that were asked for.
*
* @throws InputError `INPUT_INVALID` for what is no pattern
*/
function chooseLocks(paths, wanted) {
	const chosen = /* @__PURE__ */ new Set();
	const unmatched = wanted.filter((text) => {
		const found = paths.filter((path) => liesIn(path, text));
		for (const path of found) chosen.add(path);
		return found.length === 0;
	});
	return {
		paths: [...chosen].sort(),
		unmatched
	};
}
function liesIn(path, text) {
	const folder = folderOf(path);
	const plain = text.replace(/^\.\//, "");
	if (plain === "" || plain === ".") return folder === "";
	const pattern = require_run.parsePathPattern(plain);
	if (typeof pattern === "string") throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use the pattern "${text}" of \`vendor\`: it ${pattern}`,
		remedy: "Write a folder of the checkout, such as `third_party/zlib`, or `third_party/*`"
	});
	return folder !== "" && require_run.patternFor(`${folder}/`, [pattern]) !== void 0;
}
/**
* Reads a lock, and looks at what lies beside it.
*
* @returns nothing when it is not there any more, or cannot be read: `inventory` says why
*/
function readPack(files, path) {
	const text = textOf(files, path);
	const lock = text === void 0 ? void 0 : lockOf(text);
	if (text === void 0 || !lock) return void 0;
	const folder = folderOf(path);
	if (folder === "") return {
		path,
		folder,
		text,
		lock,
		paths: [],
		partial: false
	};
	const { entries, partial } = files.list(folder, MAX_ENTRIES);
	return {
		path,
		folder,
		text,
		lock,
		paths: entries.map((entry) => entry.path),
		partial
	};
}
function textOf(files, path) {
	try {
		return files.readText(path, require_vendor_lock.MAX_VENDOR_LOCK_BYTES);
	} catch (error) {
		if (error instanceof require_errors.AssayError) return void 0;
		throw error;
	}
}
function lockOf(text) {
	const lock = require_vendor_lock.parseVendorLock(text);
	return "name" in lock ? lock : void 0;
}
/** @throws ServiceError when the base cannot be read */
async function readBaseLocks(base, paths) {
	return [...await base.readTexts(paths, require_vendor_lock.MAX_VENDOR_LOCK_BYTES * Math.max(1, paths.length))].flatMap(([path, text]) => {
		const lock = text.length > 262144 ? void 0 : lockOf(text);
		return lock ? [{
			path,
			lock
		}] : [];
	});
}
/** What lies in the folder, and is neither listed, nor a lock, nor the signature of either. */
function unlistedIn(pack, others) {
	const known = /* @__PURE__ */ new Set([pack.path, `${pack.path}${require_vendor_lock.SIGNATURE_SUFFIX}`]);
	for (const file of pack.lock.files) {
		known.add(placeIn(pack, file.path));
		known.add(placeIn(pack, file.signature ?? `${file.path}.minisig`));
	}
	const inner = others.map(({ folder }) => `${folder}/`).filter((folder) => folder.startsWith(`${pack.folder}/`) && folder !== `${pack.folder}/`);
	return pack.paths.filter((path) => !known.has(path) && !inner.some((folder) => path.startsWith(folder)));
}
// src/stages/vendor/examine.ts
/** Largest vendored file, in bytes. */
const MAX_FILE_BYTES = 17179869184;
/** Largest file with a signature of the old form, in bytes: all of it is held at once. */
const MAX_LEGACY_BYTES = 268435456;
/** Largest signature file, in bytes: its comments have at most 9 KiB. */
const MAX_SIGNATURE_BYTES = 65536;
/** What stands in the place of a file that git left elsewhere. @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = "version https://git-lfs.github.com/spec/";
/** Looks at the signature of the lock itself, where it has one. */
function examineLock(bench) {
	const { pack } = bench;
	const place = `${pack.path}${require_vendor_lock.SIGNATURE_SUFFIX}`;
	const found = signatureAt(bench, place);
	if (found.kind === "nothing") return void 0;
	const bytes = Buffer.from(pack.text);
	const name = node_path.posix.basename(pack.path);
	const prehash = (0, node_crypto.createHash)("blake2b512").update(bytes).digest();
	return judgeSignature(bench, {
		name,
		place,
		line: 1
	}, found, {
		prehash,
		bytes
	});
}
/** Looks at one file: its bytes, and who signed them. */
async function examineFile(bench, file, lockSignature) {
	const place = placeIn(bench.pack, file.path);
	const signed = placeIn(bench.pack, file.signature ?? `${file.path}.minisig`);
	const found = signatureAt(bench, signed);
	const whole = found.kind === "signature" && found.signature.algorithm === "legacy";
	const about = {
		name: file.path,
		place,
		line: file.line
	};
	const read = await readFile(bench, place, whole && bench.allowLegacy);
	if (typeof read === "string") return [checkOf(bench, about, {
		kind: "digest",
		outcome: "unavailable",
		detail: read,
		rule: require_run.MISSING_FILE
	})];
	const digest = digestCheck(bench, file, {
		about,
		read
	});
	const signature = {
		...about,
		place: signed
	};
	if (found.kind !== "nothing") return [digest, judgeSignature(bench, signature, found, read)];
	if (file.signature !== void 0) return [digest, checkOf(bench, signature, {
		kind: "signature",
		outcome: "unavailable",
		detail: `there is no "${signed}", where the lock has its signature`,
		rule: require_run.MISSING_FILE
	})];
	if (lockSignature) return [digest];
	return [digest, checkOf(bench, signature, {
		kind: "signature",
		outcome: "absent",
		detail: `there is no "${signed}", and no signature of the lock`,
		rule: require_run.UNSIGNED$1
	})];
}
function signatureAt({ files }, place) {
	const kind = files.kindOf(place);
	if (kind === void 0) return { kind: "nothing" };
	if (kind !== "file") return {
		kind: "wrong",
		why: "no file, but a link or device"
	};
	try {
		const signature = require_run.parseMinisignSignature(files.readText(place, MAX_SIGNATURE_BYTES) ?? "");
		return typeof signature === "string" ? {
			kind: "wrong",
			why: signature
		} : {
			kind: "signature",
			signature
		};
	} catch (error) {
		if (error instanceof require_errors.AssayError) return {
			kind: "wrong",
			why: error.message
		};
		throw error;
	}
}
/** Reads a file once, for all that is to be known of it. @returns why it cannot be, as a string */
async function readFile({ files }, place, whole) {
	const kind = files.kindOf(place);
	if (kind === void 0) return "there is no such file";
	if (kind !== "file") return `it is a ${kind === "link" ? "link" : "device"}, expected a file`;
	const sums = [(0, node_crypto.createHash)("sha256"), (0, node_crypto.createHash)("blake2b512")];
	const kept = [];
	let start = "";
	try {
		if (await files.readBytes(place, {
			maxBytes: whole ? MAX_LEGACY_BYTES : MAX_FILE_BYTES,
			take(chunk) {
				for (const sum of sums) sum.update(chunk);
				if (start === "") start = Buffer.from(chunk.subarray(0, 40)).toString("latin1");
				if (whole) kept.push(chunk);
			}
		}) === void 0) return "there is no such file";
	} catch (error) {
		if (error instanceof require_errors.AssayError) return error.message;
		throw error;
	}
	return {
		digest: {
			algorithm: "sha256",
			hex: sums[0].digest("hex")
		},
		prehash: sums[1].digest(),
		isLfsPointer: start === LFS_POINTER,
		...whole && { bytes: Buffer.concat(kept) }
	};
}
function checkOf({ pack, now }, about, { rule, ...said }) {
	const { name, place, line } = about;
	return {
		evidence: {
			subject: require_vendor_lock.vendorPurl(pack.lock),
			source: place,
			file: name,
			observedAt: now,
			...said
		},
		line,
		...rule && { rule }
	};
}
function digestCheck(bench, file, { about, read }) {
	const observed = read.digest;
	if (observed.hex === file.digest.hex) return checkOf(bench, about, {
		kind: "digest",
		outcome: "verified",
		observed,
		detail: `the file has the locked ${require_digest.renderDigest(observed)}`
	});
	const hint = read.isLfsPointer ? ": it is a pointer of Git LFS, not the file" : "";
	return checkOf(bench, about, {
		kind: "digest",
		outcome: "contradicted",
		observed,
		detail: `the lock has ${require_digest.renderDigest(file.digest)}, the file ${require_digest.renderDigest(observed)}${hint}`,
		rule: require_run.DIGEST_MISMATCH
	});
}
/** In this order: nothing that a signature file says is shown before both of its signatures hold. */
function judgeSignature(bench, about, found, message) {
	const said = (outcome, detail, rule) => checkOf(bench, about, {
		kind: "signature",
		outcome,
		detail,
		...message.digest && { observed: message.digest },
		...rule && { rule }
	});
	if (found.kind === "wrong") return said("contradicted", `"${about.place}" is no signature of minisign: ${found.why}`, require_run.BAD_SIGNATURE);
	const { signature } = found;
	const { keys, from } = bench.trust;
	if (keys.length === 0) return said("unavailable", "neither the lock nor the policy names a public key", require_run.UNSIGNED$1);
	const key = keys.find(({ id }) => id === signature.keyId);
	if (key === void 0) {
		const trusted = keys.map(({ id }) => id).join(" or ");
		const who = from === "policy" ? "the policy pins" : "the lock names";
		return said("contradicted", `it is signed with key ${signature.keyId}, and ${who} ${trusted}`, require_run.BAD_SIGNATURE);
	}
	if (signature.algorithm === "legacy" && !bench.allowLegacy) return said("absent", "its signature is of the old form, which the policy does not allow", require_run.LEGACY_SIGNATURE);
	const wrong = faultOf({
		key,
		signature
	}, about, message);
	if (wrong !== void 0) return said("contradicted", wrong, require_run.BAD_SIGNATURE);
	const form = signature.algorithm === "legacy" ? ", in the old form" : "";
	const { evidence, line } = said("verified", `signed with key ${key.id} of the ${from}${form}; trusted comment ${JSON.stringify(signature.trustedComment)}`);
	return {
		evidence: {
			...evidence,
			signer: { identity: `minisign:${key.id}` }
		},
		line
	};
}
/** What does not hold of a signature by a trusted key. */
function faultOf({ key, signature }, { name }, { prehash, bytes }) {
	const message = signature.algorithm === "legacy" ? bytes : prehash;
	if (message === void 0) return "its bytes were not kept";
	const wrong = require_run.verifyMinisign({
		key,
		signature,
		message
	});
	if (wrong === "comment") return `the trusted comment is not what key ${key.id} signed`;
	if (wrong !== void 0) return `the file is not what key ${key.id} signed`;
	const called = require_run.signedFileName(signature);
	if (called === void 0 || called === node_path.posix.basename(name)) return void 0;
	return `key ${key.id} signed it under the name ${JSON.stringify(called)}: another file, or another version`;
}
// src/stages/vendor/exit-code.ts
const CODES = /* @__PURE__ */ new Map([
	[require_run.MISSING_FILE.id, 2],
	[require_run.UNSIGNED$1.id, 2],
	[require_run.DIGEST_MISMATCH.id, 3],
	[require_run.BAD_SIGNATURE.id, 4],
	[require_run.KEY_CHANGED.id, 4],
	[require_run.LEGACY_SIGNATURE.id, 4]
]);
/** The highest that any finding asks for. Waivers do not count: it says what was seen. */
function vendorExitCode(findings, unreadable) {
	let worst = unreadable.length > 0 ? 2 : 0;
	for (const { rule } of findings) {
		const code = CODES.get(rule.id) ?? 0;
		if (code > worst) worst = code;
	}
	return worst;
}
// src/stages/vendor/findings.ts
/** Files of one folder that are wrong in the same way, above which they are one finding. */
const MAX_SINGLE = 20;
/** How many names and places a finding over many files gives. */
const MAX_NAMED$1 = 10;
/** What the checks of a folder mean: one finding per wrong file, or one for all where there are many. */
function checkFindings({ pack, checks }) {
	const wrong = checks.flatMap((check) => check.rule ? [{
		...check,
		rule: check.rule
	}] : []);
	return [...Map.groupBy(wrong, ({ rule }) => rule)].flatMap(([rule, group]) => group.length > MAX_SINGLE ? [manyOf(rule, pack, group)] : group.map(({ evidence, line }) => require_finding.findingOf(rule, {
		subject: evidence.source,
		message: `${titleOf(pack)}: "${evidence.file}", ${evidence.detail}`,
		locations: [{
			path: pack.path,
			line
		}],
		evidence: [evidence]
	})));
}
function manyOf(rule, pack, group) {
	const named = group.slice(0, MAX_NAMED$1);
	const names = named.map(({ evidence }) => `"${evidence.file}"`).join(", ");
	return require_finding.findingOf(rule, {
		subject: pack.path,
		message: `${titleOf(pack)}: ${group.length} files, ${names} and ${group.length - named.length} more; the first: ${group[0]?.evidence.detail}`,
		locations: named.map(({ line }) => ({
			path: pack.path,
			line
		})),
		evidence: group.map(({ evidence }) => evidence)
	});
}
/** One finding for all that a folder has besides. */
function unlistedFinding(pack, paths) {
	if (paths.length === 0 && !pack.partial) return [];
	const named = paths.slice(0, MAX_NAMED$1);
	const rest = paths.length - named.length;
	const names = named.map((path) => `"${path}"`).join(", ");
	const more = rest > 0 ? ` and ${rest} more` : "";
	const partial = pack.partial ? "; not all of the folder was looked at" : "";
	const message = `The lock of ${titleOf(pack)} does not list ${names || "all"}${more}${partial}`;
	return [require_finding.findingOf(require_run.NOT_LISTED, {
		subject: pack.path,
		message,
		locations: [{ path: pack.path }, ...named.map((path) => ({ path }))]
	})];
}
/** What was asked for by a setting, the policy or the base commit, and is not there. */
function missingFinding(subject, message, location) {
	return require_finding.findingOf(require_run.MISSING_FILE, {
		subject,
		message,
		locations: location ? [location] : []
	});
}
/** `zlib 1.3.1` */
function titleOf({ lock }) {
	return `${lock.name} ${lock.version}`;
}
// src/stages/vendor/keys.ts
/** The policy's word counts alone where it has one: a lock comes with the files that it is to hold. */
function trustOf({ lock }, { keys }) {
	const pinned = keys.filter(({ packs }) => packs.some((pattern) => require_wildcard.textMatches(pattern, lock.name))).flatMap(({ pubkeys }) => pubkeys).map(require_run.parseMinisignKey).filter((key) => typeof key !== "string");
	if (pinned.length > 0) return {
		keys: pinned,
		from: "policy"
	};
	return {
		keys: lock.key ? [lock.key] : [],
		from: "lock"
	};
}
/** Says that the lock names another key than the policy, or than the base commit. */
function keyChange(pack, trust, base) {
	const { key, name, version } = pack.lock;
	const mine = key ? `the lock names ${keyText(key)}` : "the lock names none any more";
	const before = trust.from === "policy" ? {
		keys: trust.keys,
		who: "the policy pins"
	} : {
		keys: keysBefore(pack, base?.locks ?? []),
		who: `base commit ${base?.commit} has`
	};
	if (trust.from === "policy" && !key) return [];
	if (before.keys.length === 0 || before.keys.some(({ text }) => text === key?.text)) return [];
	const theirs = before.keys.map(keyText).join(" or ");
	return [require_finding.findingOf(require_run.KEY_CHANGED, {
		subject: pack.path,
		message: `The key of ${name} ${version} is not the trusted one: ${before.who} ${theirs}, ${mine}`,
		locations: [{
			path: pack.path,
			...key && { line: key.line }
		}]
	})];
}
/** The keys of the same place; of the same name, for a folder that is new. */
function keysBefore({ path, lock }, locks) {
	const same = locks.filter((before) => before.path === path);
	return (same.length > 0 ? same : locks.filter((before) => before.lock.name === lock.name)).flatMap((before) => before.lock.key ?? []);
}
function keyText({ id, text }) {
	return `${text} (${id})`;
}
// src/stages/vendor/section.ts
/** Most folders that are shown. */
const MAX_ROWS = 50;
/** Most wrong files that are named; findings name all. */
const MAX_NAMED = 10;
const ENDINGS = {
	0: "every file is there, as locked and signed",
	2: "a file or its signature is missing",
	3: "bytes are not the locked ones",
	4: "a signature does not hold, or is not by a trusted key"
};
/** What the stage has to say to a person. */
function sectionOf(examined, exitCode) {
	return {
		title: "Vendored files",
		blocks: [
			{
				kind: "paragraph",
				text: [
					"Exit code ",
					{ strong: `${exitCode}` },
					`: ${ENDINGS[exitCode]}.`
				]
			},
			...tableBlocks(examined),
			...wrongBlocks(examined.flatMap(({ checks }) => checks)),
			...buildBlocks(examined)
		]
	};
}
function tableBlocks(examined) {
	if (examined.length === 0) return [];
	const rest = examined.length - MAX_ROWS;
	return [{
		kind: "table",
		columns: [
			{ title: "Vendored" },
			{ title: "Lock" },
			{
				title: "Files",
				numeric: true
			},
			{
				title: "As locked",
				numeric: true
			},
			{
				title: "Signatures that hold",
				numeric: true
			},
			{ title: "Signed by" }
		],
		rows: examined.slice(0, MAX_ROWS).map(rowOf)
	}, ...rest > 0 ? [{
		kind: "paragraph",
		text: `and ${rest} more`
	}] : []];
}
function rowOf({ pack, checks }) {
	const verified = checks.filter(({ evidence }) => evidence.outcome === "verified");
	const signers = new Set(verified.flatMap(({ evidence }) => evidence.signer?.identity ?? []));
	const count = (kind) => `${verified.filter(({ evidence }) => evidence.kind === kind).length}`;
	return [
		titleOf(pack),
		{ code: pack.path },
		`${pack.lock.files.length}`,
		count("digest"),
		count("signature"),
		[...signers].sort().join(", ")
	];
}
function wrongBlocks(checks) {
	const wrong = checks.filter(({ rule }) => rule !== void 0);
	if (wrong.length === 0) return [];
	const items = wrong.slice(0, MAX_NAMED).map(({ evidence }) => [{ code: evidence.source }, `: ${evidence.detail}`]);
	const rest = wrong.length - items.length;
	return [{
		kind: "list",
		items: rest > 0 ? [...items, `and ${rest} more`] : items
	}];
}
/** Nobody checks these: they are shown as what the locks say. */
function buildBlocks(examined) {
	const items = examined.flatMap(({ pack }) => pack.lock.build.map(({ key, value }) => [
		{ strong: titleOf(pack) },
		` ${key}: `,
		{ code: value }
	]));
	if (items.length === 0) return [];
	const shown = items.slice(0, MAX_ROWS);
	const rest = items.length - shown.length;
	return [{
		kind: "details",
		summary: "How they were built, as the locks say it: not checked",
		blocks: [{
			kind: "list",
			items: rest > 0 ? [...shown, `and ${rest} more`] : shown
		}]
	}];
}
// src/stages/vendor/verify.ts
/** Checks every vendored folder that counts. Never throws for what lies in one. */
async function verifyVendored(context, given) {
	const { host, settings } = context;
	const { inventory, policy } = given;
	const unreadable = unreadableLocks(context);
	const locks = inventory.lockfiles.filter(({ path }) => isVendorLock(path));
	const chosen = chooseLocks([...locks.map(({ path }) => path), ...unreadable], settings.vendor);
	const ours = locks.filter(({ fixture }) => !fixture).map(({ path }) => path);
	const packs = (settings.vendor.length > 0 ? chosen.paths : ours).flatMap((path) => readPack(host.files, path) ?? []);
	const base = await baseOf(context, given);
	const examined = await examineAll(context, packs, policy);
	const patterns = require_run.excludePatterns(settings.exclude, policy);
	const isCounted = (path) => require_run.patternFor(path, patterns) === void 0;
	const findings = [
		...missingFindings(context, given, {
			packs,
			base,
			unmatched: chosen.unmatched
		}),
		...examined.flatMap(({ pack }) => keyChange(pack, trustOf(pack, policy.vendor), base)),
		...baseFinding(packs, policy, base),
		...examined.flatMap(checkFindings),
		...packs.flatMap((pack) => unlistedFinding(pack, unlistedIn(pack, packs).filter(isCounted)))
	];
	if (packs.length === 0 && findings.length === 0 && unreadable.length === 0) return {
		output: void 0,
		nothing: "no vendored folder counts"
	};
	const exitCode = vendorExitCode(findings, unreadable);
	const checks = examined.flatMap((one) => one.checks);
	return {
		output: void 0,
		findings,
		evidence: checks.map(({ evidence }) => evidence),
		section: sectionOf(examined, exitCode),
		stats: statsOf(packs, checks),
		outputs: { "vendor-exit-code": `${exitCode}` }
	};
}
/** Locks of the checkout that `inventory` has a finding about. */
function unreadableLocks({ reports }) {
	return reports.flatMap(({ findings }) => findings).filter(({ rule, subject }) => rule.id === require_run.UNREADABLE.id && isVendorLock(subject)).map(({ subject }) => subject);
}
async function examineAll({ host, signal }, packs, policy) {
	const total = packs.reduce((sum, { lock }) => sum + lock.files.length, 0);
	const progress = host.progress("Verifying vendored files", total);
	const now = host.now().toISOString().replace(/\.\d+Z$/, "Z");
	const { allowLegacy } = policy.vendor;
	const examined = [];
	try {
		for (const pack of packs) {
			const trust = trustOf(pack, policy.vendor);
			const bench = {
				files: host.files,
				pack,
				trust,
				allowLegacy,
				now
			};
			const ofLock = examineLock(bench);
			const checks = ofLock ? [ofLock] : [];
			for (const file of pack.lock.files) {
				if (signal.aborted) throw ended();
				checks.push(...await examineFile(bench, file, ofLock));
				progress.advance();
			}
			examined.push({
				pack,
				checks
			});
		}
	} finally {
		progress.done();
	}
	return examined;
}
function ended() {
	return new require_errors.CancelledError({
		code: "CANCELLED",
		message: "The run was ended while vendored files were read",
		remedy: "Run it again, and let it finish"
	});
}
async function baseOf(context, given) {
	const { base } = given.checkout;
	if (!base) return void 0;
	const { commit } = base;
	const known = given.inventory.base;
	const files = require_run.baseFilesOf(context, given.checkout);
	if (!known || !files) return {
		commit,
		locks: [],
		unknown: "its lockfiles cannot be read"
	};
	const paths = known.lockfiles.map(({ path }) => path).filter(isVendorLock);
	if (paths.length === 0) return {
		commit,
		locks: []
	};
	try {
		return {
			commit,
			locks: await readBaseLocks(files, paths)
		};
	} catch (error) {
		if (!(error instanceof require_errors.AssayError)) throw error;
		return {
			commit,
			locks: [],
			unknown: require_errors.messageOf(error)
		};
	}
}
function baseFinding(packs, policy, base) {
	if (base?.unknown === void 0) return [];
	const unpinned = packs.filter((pack) => trustOf(pack, policy.vendor).from !== "policy");
	if (unpinned.length === 0) return [];
	const message = `Whether this pull request replaces the keys of ${unpinned.length} vendored folders cannot be told from base commit ${base.commit}: ${base.unknown}`;
	return [require_finding.findingOf(require_run.BASE_UNREADABLE, {
		subject: base.commit,
		message
	})];
}
/** A check that is gone must not look like one that passed. */
function missingFindings({ host, settings }, { policy, inventory }, found) {
	const { packs, base, unmatched } = found;
	const asked = unmatched.map((text) => missingFinding(text, `No vendored folder with a lock is in "${text}", which \`vendor\` asks for`));
	if (settings.vendor.length > 0) return asked;
	const names = new Set(packs.map(({ lock }) => lock.name));
	const pinned = [...new Set(policy.vendor.keys.flatMap((rule) => rule.packs))].filter((pattern) => !/[*?]/.test(pattern) && !names.has(pattern)).map((name) => missingFinding(name, `No vendored folder is called "${name}", whose key the policy pins`, policy.source && { path: policy.source.path }));
	const folders = new Set(inventory.lockfiles.map(({ path }) => path).filter(isVendorLock).map(folderOf));
	const gone = (base?.locks ?? []).flatMap(({ path, lock }) => {
		const folder = folderOf(path);
		if (folders.has(folder) || folder === "") return [];
		const { length } = host.files.list(folder, MAX_LEFT).entries;
		const message = `The lock of ${lock.name} ${lock.version}, "${path}", is gone since base commit ${base?.commit}, and ${length} files are still in "${folder}"`;
		return length === 0 ? [] : [missingFinding(path, message)];
	});
	return [...pinned, ...gone];
}
/** How many files of a folder without its lock are counted. */
const MAX_LEFT = 1e4;
function statsOf(packs, checks) {
	const count = (outcome) => checks.filter(({ evidence }) => evidence.outcome === outcome).length;
	return {
		folders: packs.length,
		files: packs.reduce((sum, { lock }) => sum + lock.files.length, 0),
		verified: count("verified"),
		contradicted: count("contradicted"),
		absent: count("absent"),
		unavailable: count("unavailable")
	};
}
exports.verifyVendored = verifyVendored;
