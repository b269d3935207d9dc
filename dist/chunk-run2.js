const require_rolldown_runtime = require("./chunk-rolldown-runtime.js");
const require_digest = require("./chunk-digest.js");
const require_finding = require("./chunk-finding.js");
const require_run = require("./chunk-run.js");
const require_errors = require("./chunk-errors.js");
const require_github_attestations = require("./chunk-github-attestations.js");
const require_registry = require("./chunk-registry.js");
const require_registry_defaults = require("./chunk-registry-defaults.js");
const require_file_bytes = require("./chunk-file-bytes.js");
const require_in_toto = require("./chunk-in-toto.js");
const require_sigstore_verify = require("./chunk-sigstore-verify.js");
const require_status = require("./chunk-status.js");
const require_github_oidc = require("./chunk-github-oidc.js");
let node_crypto = require("node:crypto");
let node_path = require("node:path");
// src/formats/blake2b.ts
/** Bytes that are mixed in at once. */
const BLOCK_BYTES = 128;
const MASK = (1n << 64n) - 1n;
/** @see https://www.rfc-editor.org/rfc/rfc7693#section-2.6 */
const IV = [
	7640891576956012808n,
	13503953896175478587n,
	4354685564936845355n,
	11912009170470909681n,
	5840696475078001361n,
	11170449401992604703n,
	2270897969802886507n,
	6620516959819538809n
];
/** Which words a round mixes in, as hex digits. @see https://www.rfc-editor.org/rfc/rfc7693#section-2.7 */
const SIGMA = [
	"0123456789abcdef",
	"ea489fd61c02b753",
	"b8c052fdae367194",
	"7931dcbe265a40f8",
	"905724afe1bc683d",
	"2c6a0b834d75fe19",
	"c51fed4a0763928b",
	"db7ec13950f4862a",
	"6fe9b308c2d714a5",
	"a2847615fb9e3cd0",
	"0123456789abcdef",
	"ea489fd61c02b753"
];
/** Columns, then diagonals, of the 16 words seen as a square. */
const MIXED = [
	[
		0,
		4,
		8,
		12
	],
	[
		1,
		5,
		9,
		13
	],
	[
		2,
		6,
		10,
		14
	],
	[
		3,
		7,
		11,
		15
	],
	[
		0,
		5,
		10,
		15
	],
	[
		1,
		6,
		11,
		12
	],
	[
		2,
		7,
		8,
		13
	],
	[
		3,
		4,
		9,
		14
	]
];
/**
* BLAKE2b of any length, which OpenSSL does not offer: it has 64 bytes alone. For short input: a thousand times slower.
*
* @param length of the hash, 1 to 64 bytes
* @see https://www.rfc-editor.org/rfc/rfc7693
*/
function blake2b(data, length) {
	const state = new BigUint64Array(IV);
	state[0] = word(state, 0) ^ 16842752n ^ BigInt(length);
	const blocks = Math.max(1, Math.ceil(data.length / BLOCK_BYTES));
	for (let block = 0; block < blocks; block += 1) {
		const padded = Buffer.alloc(BLOCK_BYTES);
		padded.set(data.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES));
		const isLast = block === blocks - 1;
		const count = BigInt(isLast ? data.length : (block + 1) * BLOCK_BYTES);
		compress(state, padded, isLast ? {
			count,
			last: MASK
		} : {
			count,
			last: 0n
		});
	}
	const hash = Buffer.alloc(64);
	state.forEach((value, at) => hash.writeBigUInt64LE(value, at * 8));
	return hash.subarray(0, length);
}
/** @see https://www.rfc-editor.org/rfc/rfc7693#section-3.2 */
function compress(state, block, { count, last }) {
	const v = new BigUint64Array([...state, ...IV]);
	v[12] = word(v, 12) ^ count;
	v[14] = word(v, 14) ^ last;
	for (const row of SIGMA) MIXED.forEach(([a, b, c, d], at) => {
		const [x, y] = [2 * at, 2 * at + 1].map((index) => block.readBigUInt64LE(Number.parseInt(row.charAt(index), 16) * 8));
		v[a] = word(v, a) + word(v, b) + (x ?? 0n);
		v[d] = rotated(word(v, d) ^ word(v, a), 32n);
		v[c] = word(v, c) + word(v, d);
		v[b] = rotated(word(v, b) ^ word(v, c), 24n);
		v[a] = word(v, a) + word(v, b) + (y ?? 0n);
		v[d] = rotated(word(v, d) ^ word(v, a), 16n);
		v[c] = word(v, c) + word(v, d);
		v[b] = rotated(word(v, b) ^ word(v, c), 63n);
	});
	state.forEach((value, at) => {
		state[at] = value ^ word(v, at) ^ word(v, at + 8);
	});
}
/** Sums are cut to 64 bits by the array that they are put into. */
function word(words, at) {
	return words[at] ?? 0n;
}
function rotated(value, by) {
	return (value >> by | value << 64n - by) & MASK;
}
// src/formats/minisign-secret.ts
/** Bytes of a secret key of minisign and of signify, behind their base64. */
const SECRET_BYTES = 158;
const SIGNIFY_BYTES = 104;
/** Most that may be asked of scrypt: what the program itself asks, about two seconds and 1 GiB. */
const MAX_OPERATIONS = 33554432n;
const MAX_MEMORY = 1073741824n;
/** DER of an Ed25519 private key in PKCS #8, up to its seed. @see https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
/** Longest name in a comment, in characters: comments have an end. */
const MAX_NAME$1 = 4096;
const BLOCK_SIZE$1 = 8;
/**
* Parses the secret key that `minisign -G` writes: the file, or its second line alone.
*
* @returns why it is none, as a string that repeats nothing of it
* @see https://jedisct1.github.io/minisign/#secret-key-format
*/
function parseMinisignSecret(text) {
	const lines = require_run.linesOf(text.trim());
	const line = lines[0]?.startsWith("untrusted comment: ") === true ? lines[1] : lines[0];
	const bytes = require_run.bytesOf((line ?? "").trim());
	if (bytes === void 0) return "it is no base64";
	if (bytes.length === 42) return "it is a public key";
	if (bytes.length === SIGNIFY_BYTES) return "it is a key of signify";
	if (bytes.length !== SECRET_BYTES) return `it has ${bytes.length} bytes, expected ${SECRET_BYTES}`;
	const [signing, locking, checking] = [
		0,
		2,
		4
	].map((at) => textOf(bytes.subarray(at, at + 2)));
	if (signing !== "Ed" || checking !== "B2") return "it is of an algorithm that is not known";
	const content = bytes.subarray(54);
	if (locking === "\0\0") return { content };
	if (locking !== "Sc") return "it is locked in a way that is not known";
	const lock = lockIn(Buffer.from(bytes));
	return lock === void 0 ? "its parameters of scrypt are none that minisign writes" : {
		lock,
		content
	};
}
/** What operations and memory mean to scrypt. As `pickparams` of libsodium has it. */
function lockIn(bytes) {
	const asked = bytes.readBigUInt64LE(38);
	const memory = bytes.readBigUInt64LE(46);
	if (asked > MAX_OPERATIONS || memory > MAX_MEMORY) return void 0;
	const operations = Number(asked < 32768n ? 32768n : asked);
	const bySpeed = operations < Math.floor(Number(memory) / 32);
	const most = bySpeed ? operations / 32 : Number(memory) / 1024;
	let cost = 2;
	while (cost <= most / 2) cost *= 2;
	const lanes = bySpeed ? 1 : Math.floor(Math.floor(operations / 4 / cost) / BLOCK_SIZE$1);
	return lanes < 1 ? void 0 : {
		salt: bytes.subarray(6, 38),
		cost,
		lanes
	};
}
/**
* Unlocks a secret key.
*
* @returns nothing when the password is wrong, or the key was changed
*/
async function openMinisignSecret({ lock, content }, password) {
	const opened = Buffer.from(content);
	if (lock !== void 0) {
		const stream = await streamOf(lock, password, content.length);
		for (const [at, byte] of stream.entries()) opened[at] = (opened[at] ?? 0) ^ byte;
		stream.fill(0);
	}
	try {
		return isWhole(opened, lock !== void 0) ? secretOf(opened) : void 0;
	} finally {
		opened.fill(0);
	}
}
/** Without a lock the program writes no checksum. The public half is part of the key: it must be that of the seed. */
function isWhole(content, isLocked) {
	const kept = content.subarray(72);
	const checksum = blake2b(Buffer.concat([Buffer.from("Ed"), content.subarray(0, 72)]), 32);
	const isChecked = (0, node_crypto.timingSafeEqual)(kept, checksum);
	const isUnchecked = !isLocked && kept.every((byte) => byte === 0);
	return (isChecked || isUnchecked) && pointOf(content).equals(content.subarray(40, 72));
}
function seedOf(content) {
	const der = Buffer.concat([PKCS8_ED25519, content.subarray(8, 40)]);
	try {
		return (0, node_crypto.createPrivateKey)({
			key: der,
			format: "der",
			type: "pkcs8"
		});
	} finally {
		der.fill(0);
	}
}
function pointOf(content) {
	return (0, node_crypto.createPublicKey)(seedOf(content)).export({
		format: "der",
		type: "spki"
	}).subarray(-32);
}
function secretOf(content) {
	const seed = seedOf(content);
	const id = content.subarray(0, 8);
	const bytes = Buffer.concat([
		Buffer.from("Ed"),
		id,
		pointOf(content)
	]);
	return {
		key: {
			id: require_run.keyIdOf(bytes),
			text: bytes.toString("base64")
		},
		sign: (message) => (0, node_crypto.sign)(null, message, seed)
	};
}
function streamOf({ salt, cost, lanes }, password, length) {
	const maxmem = 1024 * (cost + lanes) + 1048576;
	return new Promise((resolve, reject) => {
		(0, node_crypto.scrypt)(password, salt, length, {
			N: cost,
			r: BLOCK_SIZE$1,
			p: lanes,
			maxmem
		}, (error, stream) => {
			if (error === null) resolve(stream);
			else reject(error);
		});
	});
}
/**
* Writes what `minisign -S` writes: a signature of the hash, and one of it and the comment.
*
* @returns the text of a `.minisig` file
* @see https://jedisct1.github.io/minisign/#signature-format
*/
function renderMinisig(secret, { name, prehash, signedAt }) {
	const signature = secret.sign(prehash);
	const id = Buffer.from(secret.key.text, "base64").subarray(2, 10);
	const comment = `timestamp:${Math.floor(signedAt.getTime() / 1e3)}\tfile:${printable(name).slice(0, MAX_NAME$1)}\thashed`;
	const global = secret.sign(Buffer.concat([signature, Buffer.from(comment)]));
	return `${[
		`${require_run.UNTRUSTED}signature from minisign secret key`,
		Buffer.concat([
			Buffer.from("ED"),
			id,
			signature
		]).toString("base64"),
		`${require_run.TRUSTED}${comment}`,
		Buffer.from(global).toString("base64")
	].join("\n")}\n`;
}
/** A tab would begin another field of the comment, a line break another line of the file. */
function printable(name) {
	return name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, "_");
}
function textOf(bytes) {
	return Buffer.from(bytes).toString("latin1");
}
// src/services/minisign-key.ts
/**
* The secret key of minisign that a run signs files with. Nothing of key or password is in any error.
*
* @returns nothing when none is to be used
* @throws InputError `INPUT_INVALID` when it cannot be used
*/
async function minisignSecretOf({ mode, minisignKey, minisignPassword }) {
	if (minisignKey === void 0 || mode === "off") return void 0;
	const file = parseMinisignSecret(minisignKey);
	if (typeof file === "string") throw unusable$2(file, "Keep the text of the file that `minisign -G` wrote (minisign.key) as a secret, and give `minisign-key` the secret");
	if (file.lock !== void 0 && minisignPassword === void 0) throw unusable$2("it is locked, and no password is given", "Give `minisign-key-password`");
	const secret = await openMinisignSecret(file, minisignPassword ?? "");
	if (secret !== void 0) return secret;
	throw file.lock === void 0 ? unusable$2("it is damaged: its parts do not belong together", "Give the file as it was written") : unusable$2("the password does not open it", "Check that `minisign-key` and `minisign-key-password` belong together");
}
/** Without a cause: nothing of the key is repeated. */
function unusable$2(what, remedy) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use the secret key of minisign: ${what}`,
		remedy
	});
}
// src/stages/provenance/verdict.ts
/**
* The verdict as a statement. The resource that it is about is the repository, the same for all that is shipped from
* it, so that a consumer knows what to expect; which image or file is meant, the statement's subject says.
*/
function verdictPredicate({ host, version }, { conclusion, policy, checkout, identity }) {
	const repository = repositoryUri(checkout);
	const predicate = require_github_attestations.verificationSummary({
		verifier: verifierOf$1(identity),
		version,
		verifiedAt: host.now(),
		resource: repository,
		policy: {
			...policySource(policy, {
				checkout,
				repository,
				version
			}),
			failOn: policy.failOn
		},
		conclusion,
		attestations: []
	});
	const text = JSON.stringify(predicate);
	return {
		kind: "verdict",
		predicateType: require_github_attestations.VSA,
		chunks: () => [text]
	};
}
/** A key has no address: it is named by its hash. @see https://www.rfc-editor.org/rfc/rfc6920#section-3 */
function verifierOf$1(identity) {
	if (identity.kind === "certificate") return identity.identity;
	return `ni:///sha-256;${Buffer.from(identity.hint, "base64").toString("base64url")}`;
}
/** A checkout that nobody knows the repository of has only its name. */
function repositoryUri({ repository, name }) {
	if (repository === void 0 || !URL.canParse(repository)) return require_run.purlOf("generic", name, "");
	const url = new URL(repository);
	return `git+${url.origin === "null" ? url.href : `${url.origin}${url.pathname}`}`.replace(/\.git$/, "");
}
/** @see https://slsa.dev/spec/v1.2/verification_summary#policy */
function policySource({ source }, { checkout, repository, version }) {
	if (source === void 0) return { uri: `${require_run.purlOf("generic", "assay", version)}#default-policy` };
	const digest = require_digest.digestFromHex("sha256", source.sha256);
	const commit = source.commit ?? checkout.commit;
	return {
		uri: `${repository}${commit === void 0 ? "" : `@${commit}`}#${source.path.split("/").map(encodeURIComponent).join("/")}`,
		...digest && { digest }
	};
}
// src/stages/sigstore.ts
/**
* Which Sigstore this run signs with and verifies by.
*
* @throws InputError `INPUT_INVALID`, `INPUT_CONFLICT` for what was given and cannot be used
* @throws ServiceError when the TUF repository that was given cannot be read
*/
function sigstoreOf(context, where) {
	const { host, settings, signal } = context;
	const readText = require_github_attestations.trustedText(context, where);
	return require_github_attestations.sigstoreInstance({
		host,
		signal,
		settings: settings.sigstore,
		readText
	});
}
// src/stages/sign/commands.ts
/** Name of the document with our public key, which whoever verifies has to get from us, not from the registry. */
const PUBLIC_KEY_DOCUMENT = "cosign.pub";
/** Predicate types that the other program looks for when nobody says which. */
const GH_DEFAULT = "https://slsa.dev/provenance/v1";
/** Whom it believes to vouch for identities when nobody says whom. */
const GH_ISSUER = "https://token.actions.githubusercontent.com";
/** Lines for a shell with which anybody can check an image: with cosign, and with GitHub's own program. */
function imageCommands({ subject, given, kept }, question) {
	const reference = `${subject.name}@${require_digest.renderDigest(subject.digest)}`;
	const forms = new Set(kept.filter(({ outcome }) => outcome === "verified").map(({ form }) => form));
	const attested = kept.filter(({ form, says, outcome }) => form === "referrer" && says !== "signature" && outcome === "verified");
	return [...forms.has("referrer") || forms.has("legacy") ? [[
		"cosign",
		"verify",
		quoted(reference),
		...cosignFlags(question)
	].join(" ")] : [], ...ghLine$1(reference, attested.map(({ predicateType = "" }) => predicateType), question)].map((line) => ({
		given,
		line
	}));
}
/** Flags of cosign that name exactly who signed, and with which deployment. */
function cosignFlags({ identity, settings, instance }) {
	const who = identity.kind === "key" ? ["--key", PUBLIC_KEY_DOCUMENT] : [
		"--certificate-identity",
		quoted(identity.identity),
		"--certificate-oidc-issuer",
		quoted(identity.issuer)
	];
	const withoutLog = instance.rekor === void 0 ? ["--insecure-ignore-tlog=true"] : [];
	const timestamps = instance.rekor === void 0 && instance.timestampUrl !== void 0;
	return [
		...who,
		...trustedRootOf(settings).flatMap((path) => ["--trusted-root", quoted(path)]),
		...withoutLog,
		...timestamps ? ["--use-signed-timestamps"] : []
	];
}
/** A private deployment's material has to be told to verifiers: they know the public one. */
function trustedRootOf({ trustedRoot, tufUrl }) {
	if (trustedRoot !== void 0) return [trustedRoot];
	return tufUrl === void 0 ? [] : ["trusted_root.json"];
}
function ghLine$1(reference, predicateTypes, question) {
	const flags = ghFlags(predicateTypes, question);
	if (flags === void 0) return [];
	return [[
		"gh",
		"attestation",
		"verify",
		quoted(`oci://${reference}`),
		"--bundle-from-oci",
		...flags
	].join(" ")];
}
/**
* Flags of GitHub's own program that name exactly who signed, and with which deployment.
*
* @returns nothing where it can verify nothing: it knows no keys, and no identities but those of GitHub's repositories
*/
function ghFlags(predicateTypes, { identity, settings, repository, instance }) {
	const [first] = predicateTypes;
	if (identity.kind === "key" || first === void 0 || repository === void 0) return void 0;
	if (instance.rekor === void 0 && listsLogs(instance.trustedRoot)) return void 0;
	const type = predicateTypes.includes(GH_DEFAULT) ? [] : ["--predicate-type", quoted(first)];
	const root = trustedRootOf(settings).flatMap((path) => ["--custom-trusted-root", quoted(`${path}l`)]);
	const issuer = identity.issuer === GH_ISSUER ? [] : ["--cert-oidc-issuer", quoted(identity.issuer)];
	return [
		...[
			"--repo",
			quoted(repository),
			"--cert-identity",
			quoted(identity.identity)
		],
		...issuer,
		...type,
		...root
	];
}
/** Where a trusted root lists logs, it wants an entry of one: a timestamp alone is refused. */
function listsLogs(trustedRoot) {
	const logs = require_run.jsonObjectOf(trustedRoot)?.["tlogs"];
	return Array.isArray(logs) && logs.length > 0;
}
/** A word of a shell's line: names come from elsewhere. */
function quoted(word) {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
// src/stages/sign/evidence.ts
/** What was kept of everything signed, as it was read back: one piece of evidence for each place. */
function observedOf$1({ subject, given, what, kept }, { identity, now }) {
	const name = what === "file" ? subject.name : purlOf(subject);
	const signer = identity && signerOf$1(identity);
	const pairs = kept.map((one) => ({
		one,
		evidence: evidenceOf(one, {
			name,
			signer,
			now
		})
	}));
	const findings = [...Map.groupBy(pairs.filter(({ one }) => one.outcome !== "verified"), ({ one }) => JSON.stringify([
		one.outcome,
		one.form,
		one.detail
	])).values()].map((group) => {
		const [first] = group;
		const { outcome = "unavailable", form, detail = "", remedy } = first?.one ?? {};
		const says = group.map(({ one }) => one.says).join(", ");
		const rule = outcome === "contradicted" ? require_run.CONTRADICTED$1 : require_run.NOT_KEPT;
		return require_finding.findingOf(remedy === void 0 ? rule : {
			...rule,
			remedy
		}, {
			subject: name,
			message: `${says} of ${given} (${what}), form ${form ?? ""}: ${detail}`,
			evidence: group.map(({ evidence }) => evidence)
		});
	});
	return {
		evidence: pairs.map(({ evidence }) => evidence),
		findings
	};
}
function evidenceOf({ says, form, outcome, source, observed, detail, predicateType }, { name, signer, now }) {
	return {
		subject: name,
		kind: says === "signature" ? "signature" : "attestation",
		outcome,
		source,
		...observed && { observed },
		...outcome === "verified" && signer && { signer },
		...predicateType !== void 0 && { predicateType },
		observedAt: timeOf$2(now),
		detail: `${says}, form ${form}: ${detail}`
	};
}
function timeOf$2(now) {
	return `${now.toISOString().slice(0, 19)}Z`;
}
function signerOf$1(identity) {
	return identity.kind === "key" ? { identity: `key ${identity.hint}` } : {
		identity: identity.identity,
		issuer: identity.issuer
	};
}
/** What an image is called in reports. */
function purlOf({ name, digest }) {
	const reference = require_registry.parseImageReference(name, require_registry_defaults.SHORT_IMAGE_NAMES);
	return typeof reference === "string" ? name : require_registry.purlOfImage(reference, require_digest.renderDigest(digest));
}
/** What came of promoting: evidence of the tag, or a finding. */
function observedOfPromoted({ promotion, tagged, before, reason, remedy }, now) {
	const { image, name, tag } = promotion;
	const place = {
		subject: purlOf({
			name,
			digest: image.subject.digest
		}),
		source: `${name}:${tag}`
	};
	const evidence = {
		...place,
		kind: "digest",
		...tagged === void 0 ? {
			outcome: "unavailable",
			detail: `the tag was left as it was: ${reason ?? ""}`
		} : {
			outcome: "verified",
			observed: image.subject.digest,
			detail: `the tag "${tag}" ${before === true ? "was" : "was set, and is"} ${tagged}; the image and its signatures are beside it`
		},
		observedAt: timeOf$2(now)
	};
	if (tagged !== void 0) return {
		evidence: [evidence],
		findings: []
	};
	const rule = remedy === void 0 ? require_run.NOT_PROMOTED : {
		...require_run.NOT_PROMOTED,
		remedy
	};
	const message = `${image.given} was not promoted to ${name}:${tag}: ${reason ?? ""}`;
	return {
		evidence: [evidence],
		findings: [require_finding.findingOf(rule, {
			subject: place.subject,
			message,
			evidence: [evidence]
		})]
	};
}
// src/stages/sign/file-names.ts
/** Longest name of a document before its ending, in characters. */
const MAX_NAME = 120;
/** Ending of a bundle, as cosign and everybody after it have it. */
const BUNDLE_ENDING = ".sigstore.json";
/** Ending of a signature of minisign. */
const MINISIG_ENDING = ".minisig";
/** All attestations of files, one bundle a line. */
const ATTESTATIONS = "attestations.sigstore.jsonl";
/** Names that mean something else: documents with attestations, devices of Windows, documents about images, those that we make up. */
const RESERVED = /^attestation(?:s|-)|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|-[0-9a-f]{12}(?:\.|$)|-[0-9a-f]{16}$/i;
/**
* Names the documents about files: all of them lie in one folder, and are named after their file. Two files of the
* same name in different folders are told apart by their folders, and what cannot be a name everywhere by a hash.
* The names depend on the files alone, not on their order.
*
* @param paths each once
* @returns names without ending, by path
*/
function documentNames(paths) {
	const candidates = [
		(path) => plainName(node_path.posix.basename(path)),
		(path) => plainName(path.replaceAll("/", "-")),
		(path) => hashedName(path)
	];
	const names = /* @__PURE__ */ new Map();
	let rest = [...new Set(paths)];
	for (const candidate of candidates) {
		const taken = new Set([...names.values()].map(folded));
		const counts = countsOf(rest.map((path) => folded(candidate(path) ?? "")));
		for (const path of rest) {
			const name = candidate(path);
			if (name === void 0 || taken.has(folded(name)) || counts.get(folded(name)) !== 1) continue;
			names.set(path, name);
		}
		rest = rest.filter((path) => !names.has(path));
	}
	return names;
}
/** The text as it is where it can be a file name on every system. */
function plainName(text) {
	return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text) && text.length <= MAX_NAME && !RESERVED.test(text) ? text : void 0;
}
function hashedName(path) {
	return `file-${node_path.posix.basename(path).replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, 90)}-${(0, node_crypto.createHash)("sha256").update(path).digest("hex").slice(0, 16)}`;
}
/** Some file systems take `A` and `a` for the same name. */
function folded(name) {
	return name.toLowerCase();
}
function countsOf(names) {
	const counts = /* @__PURE__ */ new Map();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}
// src/stages/sign/file-commands.ts
/** Lines for a shell with which anybody can check a file that lies where it was signed, beside the documents. */
function fileCommands({ given, kept }, question) {
	const verified = kept.filter(({ outcome }) => outcome === "verified");
	const path = quoted(argumentOf(given));
	const signature = verified.find(({ says, form }) => says === "signature" && form === "file");
	const bundle = signature === void 0 ? [] : ["--bundle", quoted(signature.source)];
	return [...signature === void 0 ? [] : [[
		"cosign",
		"verify-blob",
		path,
		...bundle,
		...cosignFlags(question)
	]], ...ghLine(path, verified, question)].map((words) => ({
		given,
		line: words.join(" ")
	}));
}
/** From GitHub where it keeps them, else from the list among the documents. */
function ghLine(path, verified, question) {
	const stated = verified.filter(({ says }) => says !== "signature");
	const atGithub = stated.filter(({ form }) => form === "github");
	const listed = stated.filter(({ form }) => form === "file");
	const flags = ghFlags((atGithub.length > 0 ? atGithub : listed).flatMap(({ predicateType }) => predicateType ?? []), question);
	if (flags === void 0) return [];
	return [[
		"gh",
		"attestation",
		"verify",
		path,
		...atGithub.length > 0 ? [] : ["--bundle", ATTESTATIONS],
		...flags
	]];
}
/** A line for minisign, which needs the public key alone. */
function minisignCommand(given, source, publicKey) {
	const path = quoted(argumentOf(given));
	return {
		given,
		line: [
			"minisign",
			"-V",
			"-P",
			quoted(publicKey),
			"-x",
			quoted(source),
			"-m",
			path
		].join(" ")
	};
}
/** A path that begins like a flag is none. */
function argumentOf(path) {
	return path.startsWith("-") ? `./${path}` : path;
}
// src/stages/sign/obstacle.ts
/**
* Why something could not be done, while other things go on.
*
* @throws CancelledError when the run was ended: then nothing goes on
*/
function obstacleOf(context, error) {
	if (error instanceof require_errors.CancelledError) throw error;
	return require_registry.obstacleOf(context, error);
}
// src/stages/sign/file-work.ts
/** Largest bundle that is read back, in characters: a statement of 200 MB in base64. */
const MAX_BUNDLE_BYTES = 314572800;
/** Type of a Sigstore bundle of the version that is written. @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
/** What a bundle has besides a statement, and a signature of minisign, in bytes: both have some thousand. */
const MAX_MATERIAL_BYTES$1 = 65536;
/** The file has other bytes than when it was hashed: those that nobody has looked at are not signed. */
var ChangedFile = class extends Error {};
/**
* The bytes of a file, which have to be those that its digest is of.
*
* @throws ChangedFile behind the last byte of others
* @throws ParseError `FILE_UNREADABLE`, `FILE_TOO_LARGE`
*/
async function* sameBytes(work, file) {
	const { path, subject } = file;
	const hash = (0, node_crypto.createHash)(subject.digest.algorithm);
	for await (const chunk of require_file_bytes.fileBytes(work.context, file.path)) {
		hash.update(chunk);
		yield chunk;
	}
	if (hash.digest("hex") !== subject.digest.hex) throw new ChangedFile(`"${path}" has other bytes than when it was hashed in this run`);
}
/** Text of a bundle, as it is written: one line, so that a list of bundles is their texts one after the other. */
function renderBundle({ json }) {
	return `${JSON.stringify(json)}\n`;
}
/**
* A document of the output folder as it lies on the disk; nothing when there is none.
*
* @throws ParseError `FILE_TOO_LARGE`
*/
function readDocument({ context }, name, maxBytes = MAX_BUNDLE_BYTES) {
	const text = context.host.readBack(name, maxBytes);
	if (text === void 0) return void 0;
	const hex = (0, node_crypto.createHash)("sha256").update(text).digest("hex");
	return {
		text,
		json: require_run.jsonObjectIn(Buffer.from(text)),
		digest: {
			algorithm: "sha256",
			hex
		}
	};
}
/**
* A document that lies there from before this run, if anything that could be one does: the folder may be the checkout's.
*
* @param maxBytes what a document of ours could have
*/
function documentBefore(work, name, maxBytes) {
	try {
		return readDocument(work, name, maxBytes);
	} catch {
		return;
	}
}
/**
* Writes a document, reads it back and verifies it.
*
* @throws InputError when it cannot be written
*/
async function keepDocument$1({ context }, as, { text, mediaType, before, faultOf }) {
	await context.write({
		name: as.source,
		mediaType,
		chunks: () => [text]
	});
	const read = readDocument({ context }, as.source);
	if (read === void 0) {
		const detail = "was written, and is not there";
		return {
			...as,
			outcome: "contradicted",
			before: false,
			detail
		};
	}
	const fault = read.text === text ? await faultOf(read) : "it is not what was written";
	const observed = read.digest;
	if (fault !== void 0) {
		const detail = `was read back, and does not verify: ${fault}`;
		return {
			...as,
			outcome: "contradicted",
			before,
			observed,
			detail
		};
	}
	const detail = before ? "was there before, and was read and verified" : "written, read back and verified";
	return {
		...as,
		outcome: "verified",
		before,
		observed,
		detail
	};
}
/** Does what can fail for reasons of a file or a service: other files go on. */
async function keptOr({ context }, as, keep) {
	try {
		return await keep();
	} catch (error) {
		return notKept$1({ context }, as, error);
	}
}
/**
* What could not be kept, and why.
*
* @throws CancelledError when the run was ended: then nothing goes on
*/
function notKept$1({ context }, as, error) {
	if (error instanceof ChangedFile) {
		const { message: detail } = error;
		return {
			...as,
			outcome: "contradicted",
			before: false,
			detail
		};
	}
	const { reason, remedy } = obstacleOf(context, error);
	return {
		...as,
		outcome: "unavailable",
		before: false,
		detail: reason,
		...remedy !== void 0 && { remedy }
	};
}
// src/stages/sign/file-list.ts
/** Largest list that is written, in characters: whoever reads it reads it whole. */
const MAX_LIST = 268435456;
/** Type of a list of bundles, one a line. */
const LIST_TYPE = "application/jsonl";
/**
* Writes all attestations about files into one document, a bundle a line, as `gh attestation verify --bundle` reads
* them. Only what was verified is in it.
*
* @param stated what became of the statements
*/
async function keepList(work, stated) {
	const documents = stated.filter(({ form, outcome }) => form === "file" && outcome === "verified");
	const [first] = documents;
	if (first === void 0) return {
		kept: [],
		notes: []
	};
	const texts = documents.map((document) => verifiedText(work, document));
	if (texts.reduce((sum, text) => sum + text.length, 0) > MAX_LIST) return {
		kept: [],
		notes: [`${ATTESTATIONS} was not written: the attestations are too large for one document`]
	};
	const as = {
		says: first.says,
		form: "file",
		source: ATTESTATIONS
	};
	const kept = await keptOr(work, as, () => keepDocument$1(work, as, {
		text: texts.join(""),
		mediaType: LIST_TYPE,
		before: false,
		faultOf: () => texts.includes("") ? "a document of it has changed meanwhile" : void 0
	}));
	return {
		kept: kept.outcome === "verified" ? [] : [kept],
		notes: []
	};
}
/** The text that was verified; nothing of what has taken its place since. */
function verifiedText(work, { source, observed }) {
	const read = documentBefore(work, source, MAX_LIST);
	return read !== void 0 && read.digest.hex === observed?.hex ? read.text : "";
}
// src/stages/sign/file-signature.ts
/** Signs the bytes of one file, writes the bundle, reads it back and verifies it against the file. */
function keepFileSignature(work, file, name) {
	const { own, signer } = work;
	const source = `${name}${BUNDLE_ENDING}`;
	const as = {
		says: "signature",
		form: "file",
		source
	};
	const bytes = () => sameBytes(work, file);
	return keptOr(work, as, async () => {
		const old = documentBefore(work, source, MAX_MATERIAL_BYTES$1);
		const before = old !== void 0 && await own.messageFault(old.json, bytes) === void 0;
		const text = before ? old.text : renderBundle(await signer.message(bytes));
		const faultOf = (read) => own.messageFault(read.json, () => require_file_bytes.fileBytes(work.context, file.path));
		return keepDocument$1(work, as, {
			text,
			mediaType: BUNDLE_TYPE,
			before,
			faultOf
		});
	});
}
/** Signs one file as minisign does, writes the signature, reads it back and verifies it against the file. */
function keepMinisig(work, secret, { file, name }) {
	const { context } = work;
	const source = `${name}${MINISIG_ENDING}`;
	const as = {
		says: "signature",
		form: "minisign",
		source
	};
	return keptOr(work, as, async () => {
		const prehash = await prehashOf(sameBytes(work, file));
		const old = documentBefore(work, source, MAX_MATERIAL_BYTES$1);
		const before = old !== void 0 && minisigFault(secret, old.text, prehash) === void 0;
		const text = before ? old.text : renderMinisig(secret, {
			name: node_path.posix.basename(file.path),
			prehash,
			signedAt: context.host.now()
		});
		const faultOf = async (read) => minisigFault(secret, read.text, await prehashOf(require_file_bytes.fileBytes(work.context, file.path)));
		return keepDocument$1(work, as, {
			text,
			mediaType: "text/plain",
			before,
			faultOf
		});
	});
}
async function prehashOf(bytes) {
	const hash = (0, node_crypto.createHash)("blake2b512");
	for await (const chunk of bytes) hash.update(chunk);
	return hash.digest();
}
function minisigFault({ key }, text, message) {
	const signature = require_run.parseMinisignSignature(text);
	if (typeof signature === "string") return `it is ${signature}`;
	if (signature.algorithm !== "prehashed") return "it is of the old form";
	if (require_run.signedFileName(signature) === void 0) return "its comment names no file";
	const wrong = require_run.verifyMinisign({
		key,
		signature,
		message
	});
	return wrong === void 0 ? void 0 : FAULTS[wrong];
}
const FAULTS = {
	key: "it is by another key",
	file: "it is not of this file",
	comment: "its comment was changed"
};
// src/stages/sign/github.ts
/** What a bundle has besides its statement, in bytes: certificate, log entry, timestamps. */
const MATERIAL_BYTES = 16384;
/** How often a list is read until what was just taken is in it, and the first wait between, in milliseconds. */
const MAX_READ_BACKS$1 = 4;
const FIRST_WAIT_MS = 1e3;
/** The repository of this workflow, where attestations are to be kept with it and may be: then there is a token. */
function githubOf({ host, settings, signal }) {
	const repository = require_run.workflowRepository(host.env, settings.githubToken);
	if (!settings.sign.forms.includes("github") || repository?.token === void 0) return {};
	return { github: require_github_attestations.githubAttestations({
		host,
		signal,
		timing: require_run.realTiming
	}, repository) };
}
/**
* Looks whether the same was attested before, by us.
*
* @param digest of a subject; GitHub knows them by SHA-256
* @throws ServiceError when GitHub cannot be asked, or refuses
*/
async function lookOnGithub({ github, own }, wanted, digest = wanted.subject.digest) {
	const { bundles } = await github.find(aboutOf(wanted, digest));
	for (const bundle of bundles) if (await own.sameStatement(bundle, wanted)) return bundle;
}
/** Hands a bundle over to GitHub, reads it back and verifies it. Never throws for a service. */
async function keepOnGithub(work, bundle, { wanted, digest }) {
	const as = githubAs(work, wanted, digest);
	if (!hasCertificate(bundle)) return {
		...as,
		outcome: "unavailable",
		before: false,
		detail: "GitHub takes attestations with a certificate, and this one is signed with a key",
		remedy: "Sign without a key (`sign: keyless`), or leave `github` out of `signature-forms`"
	};
	try {
		const about = aboutOf(wanted, digest);
		const id = await work.github.keep(bundle, about);
		const shown = id === "" ? "" : ` as ${id}`;
		const back = await readBack(work, {
			wanted,
			about,
			bundle
		});
		if ("found" in back) {
			const detail = `kept${shown}, read back and verified`;
			return {
				...as,
				outcome: "verified",
				before: false,
				observed: digestOf(back.found),
				detail
			};
		}
		const { outcome, detail } = back;
		return {
			...as,
			outcome,
			before: false,
			detail: `kept${shown}, ${detail}`
		};
	} catch (error) {
		return notOnGithub(work, as, error);
	}
}
/** What is the same of everything that is kept with GitHub. */
function githubAs({ github }, wanted, digest) {
	const { says, predicateType } = wanted;
	return {
		says,
		form: "github",
		source: github.addressOf(digest),
		predicateType
	};
}
/** What was attested before. */
function keptOnGithubBefore(as, bundle) {
	const detail = "was kept before, and was read and verified";
	return {
		...as,
		outcome: "verified",
		before: true,
		observed: digestOf(bundle),
		detail
	};
}
/** @throws CancelledError when the run was ended: then nothing goes on */
function notOnGithub({ context }, as, error) {
	const { reason, remedy } = obstacleOf(context, error);
	const base = {
		...as,
		outcome: "unavailable",
		before: false,
		detail: reason
	};
	return remedy === void 0 ? base : {
		...base,
		remedy
	};
}
async function readBack({ github, own, context, timing = require_run.realTiming }, { wanted, about, bundle }) {
	const signature = require_github_attestations.dsseSignatureOf(bundle);
	let unread = 0;
	for (let round = 0; round < MAX_READ_BACKS$1; round += 1) {
		if (round > 0) await timing.sleep(FIRST_WAIT_MS * 2 ** (round - 1), context.signal);
		const listed = await github.find(about);
		unread = listed.unread;
		const found = listed.bundles.find((one) => require_github_attestations.dsseSignatureOf(one) === signature);
		if (found === void 0) continue;
		const fault = await own.sameStatement(found, wanted) ? void 0 : await own.statementFault(found, wanted.payload());
		if (fault === void 0) return { found };
		return {
			outcome: "contradicted",
			detail: `and what was read back does not verify: ${fault}`
		};
	}
	return {
		outcome: "unavailable",
		detail: unread > 0 ? "and not read back: GitHub lists it without its bundle" : "and not in the list that was read back"
	};
}
function aboutOf(wanted, digest) {
	const { length } = wanted.payload();
	const bytes = Math.ceil(length / 3) * 4 + MATERIAL_BYTES;
	return {
		digest,
		predicateType: wanted.predicateType,
		bytes
	};
}
function hasCertificate({ verificationMaterial }) {
	const { certificate, x509CertificateChain } = require_run.jsonObjectOf(verificationMaterial) ?? {};
	return certificate !== void 0 || x509CertificateChain !== void 0;
}
/** GitHub writes the JSON of a bundle anew: this is how we would. */
function digestOf(bundle) {
	return {
		algorithm: "sha256",
		hex: (0, node_crypto.createHash)("sha256").update(JSON.stringify(bundle)).digest("hex")
	};
}
// src/stages/sign/file-statements.ts
/** What is stated about files: everything about all of them at once, as far as a statement reaches. */
function fileStatements(files, predicates) {
	const groups = Array.from({ length: Math.ceil(files.length / require_in_toto.MAX_SUBJECTS) }, (_, at) => files.slice(at * require_in_toto.MAX_SUBJECTS, (at + 1) * require_in_toto.MAX_SUBJECTS));
	return predicates.flatMap((predicate) => groups.flatMap((group, at) => statementOf(group, predicate, at === 0 ? "" : `-${at + 1}`)));
}
function statementOf(files, { kind, predicateType, chunks }, suffix) {
	const subjects = files.map(({ subject }) => subject);
	const [subject] = subjects;
	if (subject === void 0) return [];
	return [{
		files,
		wanted: {
			says: kind,
			predicateType,
			subject,
			payload: () => require_in_toto.renderStatement(subjects, predicateType, chunks())
		},
		document: `attestation-${kind}${suffix}${BUNDLE_ENDING}`
	}];
}
/**
* Signs a statement where it is not signed yet, brings it to its places, reads it back from each and verifies it.
* Never throws for a service.
*/
async function keepFileStatement(work, statement) {
	const places = placesOf$2(work, statement);
	const found = await require_run.inParallel(places, places.length, (place) => foundIn(work, place));
	if (found.every((one) => one.kept !== void 0)) return found.flatMap(({ kept }) => kept ?? []);
	const made = await bundleOf$2(work, statement, found);
	return require_run.inParallel(found, found.length, async ({ place, kept }) => {
		if (kept !== void 0) return kept;
		return "failed" in made ? notKept$1(work, place.as, made.failed) : place.keep(made.bundle);
	});
}
async function foundIn(work, place) {
	try {
		const bundle = await place.look();
		if (bundle === void 0) return { place };
		return {
			place,
			bundle,
			kept: await place.keptBefore(bundle)
		};
	} catch (error) {
		return {
			place,
			kept: notKept$1(work, place.as, error)
		};
	}
}
/** What is in one place already is brought to the other: it need not be signed again. */
async function bundleOf$2({ signer }, { wanted }, found) {
	const before = found.find(({ bundle }) => bundle !== void 0)?.bundle;
	if (before !== void 0) return { bundle: before };
	try {
		const { json } = await signer.statement(wanted.payload());
		return { bundle: json };
	} catch (failed) {
		return { failed };
	}
}
function placesOf$2(work, statement) {
	const { github, forms } = work;
	return [...forms.has("file") ? [documentPlace(work, statement)] : [], ...github ? [githubPlace({
		...work,
		github
	}, statement)] : []];
}
function documentPlace(work, { wanted, document }) {
	const { own } = work;
	const { says, predicateType } = wanted;
	const as = {
		says,
		form: "file",
		source: document,
		predicateType
	};
	const isSame = (json) => own.sameStatement(json, wanted);
	const write = (bundle, { before }) => keptOr(work, as, () => keepDocument$1(work, as, {
		text: renderBundle({ json: bundle }),
		mediaType: BUNDLE_TYPE,
		before,
		faultOf: async ({ json }) => await isSame(json) ? void 0 : own.statementFault(json, wanted.payload())
	}));
	return {
		as,
		async look() {
			const old = documentBefore(work, document, Math.ceil(wanted.payload().length / 3) * 4 + MAX_MATERIAL_BYTES$1)?.json;
			return await isSame(old) ? require_run.jsonObjectOf(old) : void 0;
		},
		keep: (bundle) => write(bundle, { before: false }),
		keptBefore: (bundle) => write(bundle, { before: true })
	};
}
function githubPlace(work, { files, wanted }) {
	const { subject } = files.find((file) => file.subject.digest.algorithm === "sha256") ?? wanted;
	const { digest } = subject;
	const as = githubAs(work, wanted, digest);
	return {
		as,
		look: async () => require_run.jsonObjectOf(await lookOnGithub(work, wanted, digest)),
		keep: (bundle) => keepOnGithub(work, bundle, {
			wanted,
			digest
		}),
		keptBefore: (bundle) => Promise.resolve(keptOnGithubBefore(as, bundle))
	};
}
// src/stages/sign/files.ts
/** Files that are signed at once: a log of version 2 answers all of them at the same moment. */
const FILES_AT_ONCE = 16;
/** Statements that are signed at once: each may hold a large document several times. */
const STATEMENTS_AT_ONCE = 2;
/**
* Signs files, and what is stated about them, as documents: a signature for each file whose bytes are there, and
* attestations that are about all files at once. Everything is read back from the disk and verified. What fails for
* one file or statement is in what is answered; the others go on.
*
* @throws CancelledError when the run was ended
*/
async function signFiles(work) {
	const { files, predicates, context } = work;
	const withBytes = files.filter((file) => file.path !== void 0);
	const names = documentNames(withBytes.map(({ path }) => path));
	const statements = fileStatements(files, predicates);
	const progress = context.host.progress("Signing files", withBytes.length + statements.length);
	try {
		const signed = await require_run.inParallel(withBytes, FILES_AT_ONCE, async (file) => {
			const kept = await keptOfBytes(work, file, names.get(file.path));
			progress.advance();
			return {
				path: file.path,
				kept
			};
		});
		const stated = await require_run.inParallel(statements, STATEMENTS_AT_ONCE, async (statement) => {
			const kept = await keepFileStatement(work, statement);
			progress.advance();
			return {
				files: new Set(statement.files),
				kept
			};
		});
		const byPath = new Map(signed.map(({ path, kept }) => [path, kept]));
		const list = await keepList(work, stated.flatMap(({ kept }) => kept));
		const subjects = files.map((file, at) => {
			const { subject, path = "" } = file;
			const about = stated.filter((one) => one.files.has(file)).flatMap(({ kept }) => kept);
			const kept = [
				...byPath.get(path) ?? [],
				...about,
				...at === 0 ? list.kept : []
			];
			return {
				subject,
				given: subject.name,
				what: "file",
				kept
			};
		});
		return {
			subjects,
			documents: [],
			commands: minisignCommands(work, subjects),
			findings: [],
			notes: list.notes
		};
	} finally {
		progress.done();
	}
}
/** What is in the way of files alone: nobody said where their signatures go. */
function fileHindrances({ forms }, minisign) {
	if (forms.has("file") || forms.has("github") || minisign) return Promise.resolve([]);
	return Promise.resolve([{
		message: "There is no place for signatures of files: `signature-forms` names none",
		remedy: "Add `file` or `github` to `signature-forms`, or leave the files out"
	}]);
}
async function keptOfBytes(work, file, name) {
	if (name === void 0) throw new Error("A file without a name for its documents");
	const { minisign } = work;
	return [...work.forms.has("file") ? [await keepFileSignature(work, file, name)] : [], ...minisign ? [await keepMinisig(work, minisign, {
		file,
		name
	})] : []];
}
function minisignCommands({ minisign }, subjects) {
	if (minisign === void 0) return [];
	return subjects.flatMap(({ given, kept }) => {
		const found = kept.find(({ form, outcome }) => form === "minisign" && outcome === "verified");
		return found === void 0 ? [] : [minisignCommand(given, found.source, minisign.key.text)];
	}).slice(0, 10);
}
// src/stages/sign/legacy.ts
/** Layers under one tag that are looked into: anybody who may push can add more. */
const MAX_LOOKED_INTO$1 = 100;
/** Bytes that are read of them together, in whole layers. */
const MAX_LOOKED_INTO_BYTES$1 = 268435456;
/** What an envelope may have besides its statement, in bytes. */
const MAX_ENVELOPE_BYTES = 65536;
/**
* Looks for our statements under the tags of the older forms.
*
* @returns digest of the layer, by what it says
* @throws ServiceError when the registry cannot be asked, or refuses
*/
async function lookForLegacy(looking) {
	const { wanted } = looking;
	const found = /* @__PURE__ */ new Map();
	const signature = wanted.some(({ says }) => says === "signature");
	const statements = wanted.filter(({ says }) => says !== "signature");
	if (signature) await lookAtSignatures(looking, found);
	if (statements.length > 0) await lookAtAttestations(looking, statements, found);
	return found;
}
async function lookAtSignatures(looking, found) {
	const { signedName, subject, own } = looking;
	const payload = require_registry.renderSimpleSigning(signedName, subject.digest);
	for (const layer of await layersUnder(looking, "sig", payload.length)) {
		const bundle = await bundleIn(looking, layer);
		if (bundle?.bytes.equals(payload) !== true) continue;
		if (!await own.sameMessage(bundle.json, () => [payload])) continue;
		found.set("signature", layer.digest);
		return;
	}
}
async function lookAtAttestations(looking, statements, found) {
	const largest = Math.max(...statements.map((one) => one.payload().length));
	const most = Math.ceil(largest / 3) * 4 + MAX_ENVELOPE_BYTES;
	const types = new Set(statements.map(({ predicateType }) => predicateType));
	const layers = (await layersUnder(looking, "att", most)).filter(({ annotations = {} }) => types.has(annotations["predicateType"] ?? ""));
	for (const layer of layers) {
		if (statements.every(({ says }) => found.has(says))) return;
		const bundle = await bundleIn(looking, layer);
		if (bundle === void 0) continue;
		for (const one of statements) {
			if (found.has(one.says) || layer.annotations?.["predicateType"] !== one.predicateType) continue;
			if (await looking.own.sameStatement(bundle.json, one)) found.set(one.says, layer.digest);
		}
	}
}
async function layersUnder({ repository, subject }, kind, maxBytes) {
	const found = await repository.manifest(require_registry.legacyTag(subject.digest, kind));
	if (found?.kind !== "found" || found.manifest.kind !== "image") return [];
	let left = MAX_LOOKED_INTO_BYTES$1;
	return found.manifest.layers.filter(({ mediaType, size }) => mediaType === require_registry.LEGACY_LAYER[kind] && size <= maxBytes).toReversed().slice(0, MAX_LOOKED_INTO$1).filter(({ size }) => (left -= size) >= 0);
}
async function bundleIn({ repository, hint }, layer) {
	const blob = await repository.blob(layer);
	if (blob?.kind !== "found") return void 0;
	const json = require_registry.bundleOfLegacyLayer({
		...layer,
		bytes: blob.bytes
	}, hint);
	return typeof json === "string" ? void 0 : {
		json,
		bytes: Buffer.from(blob.bytes)
	};
}
/** Makes the layer of an attestation. @returns why there can be none, as text */
function legacyAttestation(signed, wanted) {
	const layer = require_registry.attestationLayer(signed, wanted.predicateType);
	if (typeof layer === "string") return layer;
	const logged = loggedEnvelope(signed.json);
	if (logged === void 0) return "the log entry is none of an envelope";
	return logged === (0, node_crypto.createHash)("sha256").update(layer.bytes).digest("hex") ? layer : "the log has another form of the envelope";
}
/** Makes the layer of a signature. @returns why there can be none, as text */
function legacySignature(signed, { name, digest }) {
	return require_registry.signatureLayer(signed, require_registry.renderSimpleSigning(name, digest));
}
/** SHA-256 of the envelope that was logged. @see https://github.com/sigstore/rekor/tree/main/pkg/types/dsse */
function loggedEnvelope(bundle) {
	const entries = require_run.jsonObjectOf(bundle["verificationMaterial"])?.["tlogEntries"];
	const body = require_run.jsonObjectOf(Array.isArray(entries) ? entries[0] : void 0)?.["canonicalizedBody"];
	if (typeof body !== "string") return void 0;
	const spec = require_run.jsonObjectOf(require_run.jsonObjectIn(Buffer.from(body, "base64"))?.["spec"]);
	const value = require_run.jsonObjectOf(spec?.["envelopeHash"] ?? require_run.jsonObjectOf(spec?.["content"])?.["hash"])?.["value"];
	return typeof value === "string" ? value : void 0;
}
// src/stages/sign/referrers.ts
const BUNDLE_TYPES = "application/vnd.dev.sigstore.bundle";
const CONTENT = "dev.sigstore.bundle.content";
const PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";
const CREATED = "org.opencontainers.image.created";
/** Attachments of one image that are looked into: anybody who may push can add more. */
const MAX_LOOKED_INTO = 100;
/** Bytes that are read of them together, in whole bundles. */
const MAX_LOOKED_INTO_BYTES = 268435456;
/** Attachments of one image that are read at once. */
const MAX_AT_ONCE$3 = 4;
/** What a bundle may have besides its statement, in bytes: certificate, log entry, timestamps. */
const MAX_MATERIAL_BYTES = 262144;
/**
* Looks for statements among what is attached to an image. What is damaged, too large or not ours counts as not there.
*
* @throws ServiceError when the registry cannot be asked, or refuses
*/
async function lookForBundles(looking) {
	const { repository, subject, wanted } = looking;
	const { entries } = await repository.referrers(subject.digest, BUNDLE_TYPE);
	const types = new Set(wanted.map(({ predicateType }) => predicateType));
	const candidates = entries.filter(({ mediaType, annotations = {} }) => {
		const type = Object.hasOwn(annotations, PREDICATE_TYPE) ? annotations[PREDICATE_TYPE] : void 0;
		return mediaType === require_registry.MEDIA_TYPE.image && (type === void 0 || types.has(type));
	});
	const found = /* @__PURE__ */ new Map();
	const notes = [];
	const most = maxBytesOf(wanted);
	let left = MAX_LOOKED_INTO_BYTES;
	const looked = candidates.toReversed().slice(0, MAX_LOOKED_INTO);
	await require_run.inParallel(looked, MAX_AT_ONCE$3, async (entry) => {
		if (found.size === wanted.length) return;
		const read = await readBundle(repository, {
			entry,
			subject,
			maxBytes: Math.min(most, left)
		});
		if (typeof read === "string") {
			notes.push(`${repository.name}@${entry.digest} was passed over: ${read}`);
			return;
		}
		left -= read.blob.size;
		for (const one of wanted) {
			if (found.has(one.says) || typeIn(read.bundle) !== one.predicateType) continue;
			if (await looking.accepts(read.bundle, one)) found.set(one.says, read);
		}
	});
	const rest = candidates.length - looked.length;
	if (rest > 0) notes.push(`${repository.name}@${subject.digest} has ${rest} more attachments than are looked into`);
	return {
		found,
		notes
	};
}
/** Base64 takes four characters for three bytes. */
function maxBytesOf(wanted) {
	const largest = Math.max(0, ...wanted.map((one) => one.payload().length));
	return Math.ceil(largest / 3) * 4 + MAX_MATERIAL_BYTES;
}
function typeIn(bundle) {
	const { payload } = require_run.jsonObjectOf(require_run.jsonObjectOf(bundle)?.["dsseEnvelope"]) ?? {};
	if (typeof payload !== "string") return void 0;
	const type = require_run.jsonObjectIn(Buffer.from(payload, "base64"))?.["predicateType"];
	return typeof type === "string" ? type : void 0;
}
/**
* Reads an attached bundle as cosign does: one layer, of a bundle's type.
*
* @returns why there is none, as text
* @throws ServiceError when the registry cannot be asked, or refuses
*/
async function readBundle(repository, { entry, subject, maxBytes }) {
	const found = await manifestOrReason(repository, entry.digest);
	if (typeof found === "string") return found;
	const { manifest, descriptor } = found;
	if (manifest.kind !== "image") return "it is no artifact";
	if (manifest.subject?.digest !== subject.digest) return "it refers to something else";
	const [layer, ...more] = manifest.layers;
	if (layer === void 0 || more.length > 0 || !layer.mediaType.startsWith(BUNDLE_TYPES)) return "it has not exactly one layer with a bundle";
	if (layer.size > maxBytes) return `its bundle has ${layer.size} bytes, expected at most ${maxBytes}`;
	const blob = await repository.blob(layer);
	if (blob === void 0) return "the registry does not have its bundle";
	if (blob.kind === "contradicted") return `its bundle has the digest ${blob.observed}`;
	const bundle = require_run.jsonObjectIn(blob.bytes);
	return bundle === void 0 ? "its bundle is no JSON object" : {
		descriptor,
		bundle,
		blob: layer
	};
}
/** A manifest that makes no sense is no reason to give up: anybody may have put it there. */
async function manifestOrReason(repository, digest) {
	try {
		const found = await repository.manifest(digest);
		if (found === void 0) return "the registry does not have it";
		return found.kind === "found" ? found : `its bytes have the digest ${found.observed}`;
	} catch (error) {
		if (!(error instanceof require_errors.ServiceError)) throw error;
		const { code, message } = error;
		if (code === "SERVICE_RESPONSE_INVALID" || code === "SERVICE_LIMIT_EXCEEDED") return message;
		throw error;
	}
}
/**
* Attaches a bundle as cosign 3 does. The same bundle gives the same manifest.
*
* @throws ServiceError when it cannot be attached, or does not stay
*/
function attachBundle(attaching) {
	const { repository, subject, wanted, text, at, onLost } = attaching;
	return repository.attach({
		subject,
		bytes: Buffer.from(text),
		artifactType: BUNDLE_TYPE,
		annotations: {
			...at !== void 0 && { [CREATED]: at },
			[CONTENT]: "dsse-envelope",
			[PREDICATE_TYPE]: wanted.predicateType
		},
		isNew: true,
		onLost
	});
}
/** How often what was attached is read back, and put again, before we give up. */
const MAX_READ_BACKS = 3;
/**
* Attaches a bundle and reads it back: the list, the manifest and the bundle. What the registry has lost is put again.
*
* @throws ServiceError when it cannot be attached or read
*/
async function attachAndReadBack(attaching) {
	const { repository, subject, text, onLost } = attaching;
	let reason = "";
	for (let round = 0; round < MAX_READ_BACKS; round++) {
		if (round > 0) onLost();
		if (round > 0) repository.session.blobs.clear();
		const read = await readBundle(repository, {
			entry: await attachBundle(attaching),
			subject,
			maxBytes: Buffer.byteLength(text)
		});
		if (typeof read !== "string") return {
			kind: "found",
			read
		};
		reason = read;
	}
	return {
		kind: "lost",
		reason
	};
}
// src/stages/sign/work.ts
/** A bundle that says it, from any place that has it. */
function bundleBefore({ referrers, github }, says) {
	return referrers.get(says)?.bundle ?? github.get(says);
}
/** Whether a statement has to be signed as a bundle: it is asked for, and no place has it. */
function needsBundle(planned, { says }, forms) {
	if (needsLegacy(planned, says, forms) && says !== "signature") return true;
	return (forms.has("referrer") || forms.has("file") || isForGithub(says, forms)) && bundleBefore(planned, says) === void 0;
}
/** Whether a place lacks it that keeps it. */
function needsPlace(planned, { says }, forms) {
	return forms.has("referrer") && !planned.referrers.has(says) || isForGithub(says, forms) && !planned.github.has(says) || needsLegacy(planned, says, forms);
}
/** Whether the older tag lacks it. */
function needsLegacy({ legacy }, says, forms) {
	return forms.has("legacy") && !legacy.has(says);
}
/** GitHub keeps attestations; that an image is signed is none. */
function isForGithub(says, forms) {
	return forms.has("github") && says !== "signature";
}
// src/stages/sign/keeping.ts
/** Signs a statement where it is not signed yet, brings it to its places and reads it back. Never throws for a service. */
async function keepStatement(task) {
	const { work, planned, wanted } = task;
	const made = await bundleFor(task);
	const losses = { count: 0 };
	const kept = [];
	if (work.forms.has("referrer")) kept.push(await keepReferrer(task, made, losses));
	if (work.forms.has("file")) kept.push(await keepDocument(task, made));
	if (work.github && isForGithub(wanted.says, work.forms)) kept.push(await keepWithGithub(task, {
		made,
		github: work.github
	}));
	const done = {
		task,
		lost: losses.count
	};
	if (!needsLegacy(planned, wanted.says, work.forms)) return {
		...done,
		kept: [...kept, ...keptLegacyBefore(task)]
	};
	const layer = await legacyLayerFor(task, made);
	if ("outcome" in layer) return {
		...done,
		kept: [...kept, layer]
	};
	return {
		...done,
		kept,
		layer
	};
}
async function bundleFor({ work, planned, wanted }) {
	if (!needsBundle(planned, wanted, work.forms)) return {
		kind: "before",
		bundle: require_run.jsonObjectOf(bundleBefore(planned, wanted.says)) ?? {}
	};
	try {
		const payload = wanted.payload();
		const signed = await work.signer.statement(payload);
		const held = await work.own.hold(signed.json, payload);
		if (typeof held === "string") return {
			kind: "failed",
			outcome: "contradicted",
			detail: `what was signed does not verify: ${held}`
		};
		const [at] = held.times;
		return {
			kind: "signed",
			signed,
			...at !== void 0 && { at }
		};
	} catch (error) {
		const { reason, ...rest } = obstacleOf(work.context, error);
		return {
			kind: "failed",
			outcome: "unavailable",
			detail: `could not be signed: ${reason}`,
			...rest
		};
	}
}
async function keepReferrer(task, made, losses) {
	const { work, planned, wanted } = task;
	const { repository, one } = planned;
	const as = keptAs(task, "referrer");
	const before = planned.referrers.get(wanted.says);
	if (before !== void 0) return {
		...as,
		...placed(repository.name, before.descriptor.digest),
		outcome: "verified",
		before: true,
		...observedOf(before.blob.digest),
		detail: `was attached before, and was read and verified`
	};
	if (made.kind === "failed") return notMade(as, made);
	try {
		const text = JSON.stringify(bundleOf$1(made));
		const back = await attachAndReadBack({
			repository,
			subject: one.descriptor,
			wanted,
			text,
			..."at" in made && { at: made.at },
			onLost: () => void losses.count++
		});
		if (back.kind === "lost") return {
			...notKept(as, `the registry does not keep it: ${back.reason}`),
			source: repository.name
		};
		const { bundle, blob, descriptor } = back.read;
		const fault = await faultOf$2(task, made, bundle);
		return {
			...as,
			...placed(repository.name, descriptor.digest),
			before: false,
			...observedOf(blob.digest),
			...fault === void 0 ? {
				outcome: "verified",
				detail: "attached, read back and verified"
			} : {
				outcome: "contradicted",
				detail: `was read back, and does not verify: ${fault}`
			}
		};
	} catch (error) {
		const { reason, ...rest } = obstacleOf(work.context, error);
		return {
			...notKept(as, reason),
			source: repository.name,
			...rest
		};
	}
}
/** Among the documents: as it was signed now, or as it was found. */
async function keepDocument(task, made) {
	const { work } = task;
	const as = keptAs(task, "file");
	if (made.kind === "failed") return notMade(as, made);
	const { context } = work;
	const name = documentName(task);
	try {
		const text = `${JSON.stringify(bundleOf$1(made))}\n`;
		await context.write({
			name,
			mediaType: BUNDLE_TYPE,
			chunks: () => [text]
		});
		const read = context.host.readBack(name, Buffer.byteLength(text));
		const fault = await faultOf$2(task, made, read === void 0 ? void 0 : require_run.jsonObjectIn(Buffer.from(read)));
		return {
			...as,
			source: name,
			before: false,
			...observedOf(`sha256:${(0, node_crypto.createHash)("sha256").update(read ?? "").digest("hex")}`),
			...fault === void 0 ? {
				outcome: "verified",
				detail: "written, read back and verified"
			} : {
				outcome: "contradicted",
				detail: `was read back, and does not verify: ${fault}`
			}
		};
	} catch (error) {
		const { reason, ...rest } = obstacleOf(context, error);
		return {
			...notKept(as, reason),
			source: name,
			...rest
		};
	}
}
async function keepWithGithub({ work, planned, wanted }, { made, github }) {
	const { context, own } = work;
	const { digest } = wanted.subject;
	const as = githubAs({ github }, wanted, digest);
	const before = planned.github.get(wanted.says);
	if (before !== void 0) return keptOnGithubBefore(as, before);
	if (made.kind === "failed") return {
		...notMade(as, made),
		...as
	};
	return keepOnGithub({
		context,
		own,
		github
	}, bundleOf$1(made), {
		wanted,
		digest
	});
}
function bundleOf$1(made) {
	return made.kind === "signed" ? made.signed.json : made.bundle;
}
/** Holds what was read back to what was signed; what is of another run may word its time differently. */
async function faultOf$2({ work, wanted }, made, bundle) {
	if (made.kind === "signed") return work.own.statementFault(bundle, wanted.payload());
	return await work.own.sameStatement(bundle, wanted) ? void 0 : "it is not what was there before";
}
/** `app-0123456789ab.spdx.sigstore.json` */
function documentName({ planned, wanted }) {
	const { name, digest } = planned.one.subject;
	return `${name.slice(name.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9._-]/g, "_")}-${digest.hex.slice(0, 12)}.${wanted.says}.sigstore.json`;
}
function keptLegacyBefore(task) {
	const { planned, wanted } = task;
	const digest = planned.legacy.get(wanted.says);
	if (digest === void 0) return [];
	return [{
		...keptAs(task, "legacy"),
		...placed(planned.repository.name, digest),
		outcome: "verified",
		before: true,
		...observedOf(digest),
		detail: "was under the tag before, and was read and verified"
	}];
}
async function legacyLayerFor(task, made) {
	const { work, planned, wanted } = task;
	const as = keptAs(task, "legacy");
	if (wanted.says !== "signature") {
		if (made.kind !== "signed") return notMade(as, made);
		const layer = legacyAttestation(made.signed, wanted);
		return typeof layer === "string" ? notKept(as, layer) : layer;
	}
	try {
		const about = {
			name: planned.one.subject.name,
			digest: planned.one.descriptor.digest
		};
		const payload = require_registry.renderSimpleSigning(about.name, about.digest);
		const signed = await work.signer.message(() => [payload]);
		const fault = await work.own.messageFault(signed.json, () => [payload]);
		if (fault !== void 0) return {
			...notKept(as, `what was signed does not verify: ${fault}`),
			outcome: "contradicted"
		};
		const layer = legacySignature(signed, about);
		return typeof layer === "string" ? notKept(as, layer) : layer;
	} catch (error) {
		const { reason, ...rest } = obstacleOf(work.context, error);
		return {
			...notKept(as, `could not be signed: ${reason}`),
			...rest
		};
	}
}
/** What is the same of everything that is kept of a statement in a form. */
function keptAs({ wanted }, form) {
	return {
		says: wanted.says,
		form,
		predicateType: wanted.predicateType
	};
}
function notMade(as, made) {
	if (made.kind !== "failed") throw new Error("There is nothing to keep, and no reason why");
	const { outcome, detail, remedy } = made;
	return {
		...notKept(as, detail),
		outcome,
		...remedy !== void 0 && { remedy }
	};
}
/** @param detail why, without a final period */
function notKept(as, detail) {
	return {
		...as,
		outcome: "unavailable",
		before: false,
		source: "",
		detail
	};
}
/** Where it is, as references name it. */
function placed(repository, digest) {
	return { source: `${repository}@${digest}` };
}
/** @param digest as descriptors have it */
function observedOf(digest) {
	const [algorithm = "", hex = ""] = digest.split(":");
	const observed = require_digest.digestFromHex(algorithm, hex);
	return observed === void 0 ? {} : { observed };
}
// src/stages/sign/images.ts
/** Signatures that are on their way at once: a log of version 2 answers all of them at the same moment. */
const MAX_AT_ONCE$2 = 16;
/** Bytes that statements on their way may have together, in all the forms that they have on it. */
const MAX_BYTES_AT_ONCE = 402653184;
/** How often a statement lies in memory while it is signed: as it is, in base64, as JSON, as bytes to send. */
const COPIES = 8;
/** Signs what is not signed yet, and reads everything back. Never throws for a service. */
async function signImages(work, planned) {
	const tasks = planned.flatMap((subject) => subject.wanted.map((wanted) => ({
		work,
		planned: subject,
		wanted
	})));
	const progress = work.context.host.progress("Signing images", tasks.length);
	const listed = listedOnce();
	const done = await require_run.inParallel(tasks, atOnce(work), async (task) => {
		const result = await keepStatement(task);
		progress.advance();
		return result;
	});
	const stayed = await Promise.all(done.map((one) => keptForGood(one, listed)));
	progress.done();
	const bySubject = Map.groupBy(stayed, ({ task }) => task.planned);
	return {
		subjects: await require_run.inParallel(planned, MAX_AT_ONCE$2, async (subject) => {
			const own = bySubject.get(subject) ?? [];
			return signedSubject(subject, [...own.flatMap((one) => one.kept), ...await keepLegacy(work, subject, own)]);
		}),
		notes: [...planned.flatMap(({ notes }) => notes), ...lostNotes(stayed)]
	};
}
function listedOnce() {
	const lists = /* @__PURE__ */ new Map();
	return (planned) => {
		const list = lists.get(planned) ?? listOf(planned);
		lists.set(planned, list);
		return list;
	};
}
async function listOf({ repository, one }) {
	const { entries } = await repository.referrers(one.descriptor.digest, BUNDLE_TYPE);
	return new Set(entries.map(({ digest }) => digest));
}
/** A writer who was slower may have put an older list over ours since: then it is signed and attached once more. */
async function keptForGood(done, listed) {
	const { task } = done;
	const attached = done.kept.find(({ form, before, outcome }) => form === "referrer" && !before && outcome === "verified");
	if (attached === void 0) return done;
	const digest = attached.source.slice(attached.source.lastIndexOf("@") + 1);
	try {
		if ((await listed(task.planned)).has(digest)) return done;
	} catch (error) {
		const { reason, ...rest } = obstacleOf(task.work.context, error);
		const unread = {
			...attached,
			outcome: "unavailable",
			detail: reason,
			...rest
		};
		return {
			...done,
			kept: done.kept.map((one) => one === attached ? unread : one)
		};
	}
	const forms = /* @__PURE__ */ new Set(["referrer"]);
	const again = await keepStatement({
		...task,
		work: {
			...task.work,
			forms
		}
	});
	return {
		...done,
		kept: [...done.kept.filter((one) => one !== attached), ...again.kept],
		lost: done.lost + again.lost + 1
	};
}
function atOnce({ context, predicates }) {
	const sizes = predicates.map(({ chunks }) => [...chunks()].reduce((sum, chunk) => sum + chunk.length, 0));
	const fitting = Math.floor(MAX_BYTES_AT_ONCE / COPIES / Math.max(1, ...sizes));
	return Math.max(1, Math.min(MAX_AT_ONCE$2, context.settings.concurrency, fitting));
}
function signedSubject({ one }, kept) {
	return {
		subject: one.subject,
		given: one.image.given,
		what: one.what,
		kept
	};
}
/** Writes the older tags of an image once, with all that is new under them, and reads them back. */
async function keepLegacy(work, planned, done) {
	const fresh = done.filter(({ layer }) => layer !== void 0);
	if (fresh.length === 0) return [];
	const { repository, one } = planned;
	const { digest } = one.descriptor;
	try {
		for (const kind of ["sig", "att"]) {
			const isSignature = kind === "sig";
			const layers = fresh.filter(({ task }) => task.wanted.says === "signature" === isSignature).flatMap(({ layer }) => layer ?? []);
			if (layers.length > 0) await repository.appendLegacy(require_registry.legacyTag(digest, kind), layers);
		}
		const found = await lookForLegacy({
			repository,
			subject: one.descriptor,
			signedName: one.subject.name,
			wanted: fresh.map(({ task }) => task.wanted),
			own: work.own,
			hint: work.hint
		});
		return fresh.map(({ task }) => {
			const as = keptAs(task, "legacy");
			const layer = found.get(task.wanted.says);
			if (layer === void 0) return {
				...notKept(as, "what is under the tag does not verify"),
				source: repository.name
			};
			const place = {
				...placed(repository.name, layer),
				...observedOf(layer)
			};
			const detail = "put under the tag, read back and verified";
			return {
				...as,
				...place,
				outcome: "verified",
				before: false,
				detail
			};
		});
	} catch (error) {
		const { reason, ...rest } = obstacleOf(work.context, error);
		const source = repository.name;
		return fresh.map(({ task }) => {
			return {
				...notKept(keptAs(task, "legacy"), reason),
				source,
				...rest
			};
		});
	}
}
function lostNotes(done) {
	return [...Map.groupBy(done.filter((one) => one.lost > 0), ({ task }) => task.planned.repository.name)].map(([name, those]) => {
		const times = those.reduce((sum, one) => sum + one.lost, 0);
		return `The registry lost what it had taken for ${name}: it was put again ${times} ${times === 1 ? "time" : "times"}`;
	});
}
// src/stages/sign/same-statement.ts
/** How long a verdict counts that says the same as today's, in milliseconds: whoever wants a fresh one gets one. */
const VERDICT_MS = 864e5;
/** Members of a predicate that tell when it was made, and nothing else. */
const TIMES = {
	provenance: [[
		"runDetails",
		"metadata",
		"startedOn"
	], [
		"runDetails",
		"metadata",
		"finishedOn"
	]],
	"provenance-v0.2": [["metadata", "buildStartedOn"], ["metadata", "buildFinishedOn"]],
	verdict: [["timeVerified"]]
};
/**
* Compares two statements of one kind, but for the time at which they were made. Provenance names its run and
* attempt, so that of another run never says the same.
*
* @param before a statement that was verified to be ours
*/
function saysTheSame(kind, before, now) {
	const times = TIMES[kind];
	if (times === void 0) return false;
	const [old, fresh] = [require_run.jsonObjectIn(before), require_run.jsonObjectIn(now)];
	if (old === void 0 || fresh === void 0) return false;
	if (kind === "verdict" && !isFresh(old, fresh)) return false;
	return canonical(old, times) === canonical(fresh, times);
}
function isFresh(old, fresh) {
	return Math.abs(timeOf$1(fresh) - timeOf$1(old)) <= VERDICT_MS;
}
function timeOf$1({ predicate }) {
	const time = require_run.jsonObjectOf(predicate)?.["timeVerified"];
	return typeof time === "string" ? Date.parse(time) : NaN;
}
/** JSON with sorted keys, without the times. */
function canonical({ predicate, ...rest }, times) {
	const bare = times.reduce((value, path) => without(value, path), require_run.jsonObjectOf(predicate) ?? {});
	return JSON.stringify({
		...rest,
		predicate: bare
	}, (_key, value) => {
		const object = require_run.jsonObjectOf(value);
		return object === void 0 ? value : Object.fromEntries(Object.entries(object).sort(([a], [b]) => a < b ? -1 : 1));
	});
}
function without(object, [name = "", ...path]) {
	const { [name]: value, ...rest } = object;
	const inner = require_run.jsonObjectOf(value);
	return path.length === 0 || inner === void 0 ? rest : {
		...rest,
		[name]: without(inner, path)
	};
}
// src/stages/sign/own-bundles.ts
/**
* Makes a verifier that accepts bundles of exactly this run's signer: by the certificate's name and issuer, or by the key.
*
* @throws Error when the trusted root is none
*/
async function ownBundles({ instance, foreseen, identity }) {
	const verifiers = /* @__PURE__ */ new Map();
	const verifierFor = (who) => {
		const name = who.kind === "key" ? who.hint : "";
		const made = verifiers.get(name) ?? verifierOf(instance, who);
		verifiers.set(name, made);
		return made;
	};
	let known = foreseen;
	const signedBy = async () => known = await identity();
	const hold = async (who, bundle, payload) => {
		const { verifyStatement } = await verifierFor(who);
		const answer = verifyStatement(bundle);
		if ("refused" in answer) return answer.refused;
		const fault = signerFault(answer, who);
		if (fault !== void 0) return fault;
		if (payloadIn(bundle)?.equals(payload) === true) return { times: answer.times };
		return "it holds another statement than the one that was signed";
	};
	return {
		signedBy,
		known: () => known,
		hold: async (bundle, payload) => hold(await signedBy(), bundle, payload),
		async statementFault(bundle, payload) {
			const held = await hold(await signedBy(), bundle, payload);
			return typeof held === "string" ? held : void 0;
		},
		async sameStatement(bundle, wanted) {
			const who = known;
			if (who === void 0) return false;
			const { verifyStatement } = await verifierFor(who);
			return isSame(bundle, wanted, () => faultOf$1(verifyStatement(bundle), who));
		},
		messageFault: async (bundle, chunks) => messageFault(bundle, chunks, await signedBy()),
		sameMessage: async (bundle, chunks) => known !== void 0 && await messageFault(bundle, chunks, known) === void 0
	};
	async function messageFault(bundle, chunks, who) {
		const { verifyMessage } = await verifierFor(who);
		return faultOf$1(await verifyMessage(bundle, chunks()), who);
	}
}
/** What a key signer leaves out is not asked for; a certificate is worth nothing without a proof of the time. */
function verifierOf({ trustedRoot, asOf, rekor, timestampUrl }, who) {
	const log = rekor === void 0 ? 0 : 1;
	if (who.kind === "certificate") return require_sigstore_verify.sigstoreVerifier({
		trustedRoot,
		asOf,
		keys: [],
		timestampOnly: log === 0
	});
	const timestamp = rekor?.version === 1 || timestampUrl !== void 0 ? 1 : 0;
	return require_sigstore_verify.sigstoreVerifier({
		trustedRoot,
		asOf,
		keys: [{
			id: who.hint,
			key: (0, node_crypto.createPublicKey)(who.publicKey)
		}],
		thresholds: {
			log,
			timestamp
		}
	});
}
function faultOf$1(answer, who) {
	return "refused" in answer ? answer.refused : signerFault(answer, who);
}
/** Exact: neither a pattern nor a part. */
function signerFault({ by, signer }, who) {
	if (who.kind === "key") return by === "key" ? void 0 : `it is signed by "${signer.identity}", expected our key`;
	if (by === "key") return `it is signed with a key, expected "${who.identity}"`;
	if (signer.identity !== who.identity) return `it is signed by "${signer.identity}", expected "${who.identity}"`;
	return signer.issuer === who.issuer ? void 0 : `its signer is vouched for by "${signer.issuer ?? "nobody"}", expected "${who.issuer}"`;
}
/** Anybody who may push can attach bundles: what plainly says something else is not verified at all. */
function isSame(bundle, wanted, verify) {
	const found = payloadIn(bundle);
	if (found === void 0) return false;
	const payload = wanted.payload();
	if (found.equals(payload)) return verify() === void 0;
	if (wanted.says === "signature" || verify() !== void 0) return false;
	return saysTheSame(wanted.says, found, payload);
}
function payloadIn(bundle) {
	const { payload, payloadType } = require_run.jsonObjectOf(require_run.jsonObjectOf(bundle)?.["dsseEnvelope"]) ?? {};
	if (typeof payload !== "string" || payloadType !== "application/vnd.in-toto+json") return void 0;
	return Buffer.from(payload, "base64");
}
// src/stages/sign/subjects.ts
/**
* What is signed of images: each by its digest, and every platform of an index by its own. What is no image, such as
* BuildKit's unsigned attestations, is not. An image that was named twice counts once.
*/
function subjectsOf(images) {
	const all = images.flatMap((image) => [topOf(image), ...platformsOf(image)]);
	const once = /* @__PURE__ */ new Map();
	for (const one of all) {
		const key = `${one.subject.name}@${one.descriptor.digest}`;
		if (!once.has(key)) once.set(key, one);
	}
	return [...once.values()];
}
function topOf(image) {
	const { subject, mediaType, size, platforms } = image;
	const [only] = platforms;
	return {
		image,
		subject,
		what: only?.subject.digest.hex === subject.digest.hex ? only.platform : "index",
		descriptor: descriptorOf(subject, {
			mediaType,
			size
		})
	};
}
function platformsOf(image) {
	return image.platforms.filter(({ subject }) => subject.digest.hex !== image.subject.digest.hex).map(({ subject, platform, mediaType, size }) => {
		return {
			image,
			subject,
			what: platform,
			descriptor: descriptorOf(subject, {
				mediaType,
				size
			})
		};
	});
}
function descriptorOf({ digest }, { mediaType, size }) {
	return {
		mediaType,
		digest: require_digest.renderDigest(digest),
		size
	};
}
/** What is stated about an image: that it is signed, as cosign 3 writes it, and everything else. */
function imageStatements(subject, predicates) {
	return [{
		says: "signature",
		predicateType: require_in_toto.COSIGN_SIGN,
		subject,
		payload: () => require_in_toto.renderImageSignature(subject.digest)
	}, ...predicates.map(({ kind, predicateType, chunks }) => ({
		says: kind,
		predicateType,
		subject,
		payload: () => require_in_toto.renderStatement([subject], predicateType, chunks())
	}))];
}
// src/stages/sign/planning.ts
/** Images that are looked at at once. */
const MAX_AT_ONCE$1 = 8;
/**
* Looks what is signed already: by exactly who signs now, about the same digest, saying the same. Nothing is changed.
*
* @throws ServiceError when a registry cannot be asked, or refuses
*/
function planImages(work, subjects) {
	return require_run.inParallel(subjects, MAX_AT_ONCE$1, (one) => planOne(work, one));
}
async function planOne(work, one) {
	const { own, forms, hint, predicates } = work;
	const repository = work.repositoryOf(one.subject.name);
	const wanted = imageStatements(one.subject, predicates);
	const subject = one.descriptor;
	const { found, notes } = forms.has("referrer") ? await lookForBundles({
		repository,
		subject,
		wanted,
		accepts: (bundle, statement) => own.sameStatement(bundle, statement)
	}) : {
		found: /* @__PURE__ */ new Map(),
		notes: []
	};
	const signedName = one.subject.name;
	const legacy = forms.has("legacy") ? await lookForLegacy({
		repository,
		subject,
		signedName,
		wanted,
		own,
		hint
	}) : /* @__PURE__ */ new Map();
	return {
		one,
		repository,
		wanted,
		referrers: found,
		github: await lookAtGithub(work, wanted),
		legacy,
		notes
	};
}
async function lookAtGithub({ context, own, github, forms }, wanted) {
	const found = /* @__PURE__ */ new Map();
	if (github === void 0) return found;
	for (const one of wanted.filter(({ says }) => isForGithub(says, forms))) {
		const bundle = await lookOnGithub({
			context,
			own,
			github
		}, one);
		if (bundle !== void 0) found.set(one.says, bundle);
	}
	return found;
}
/** Whether anything has to be signed, or only to be written down. */
function isAnythingMissing(planned, { forms }) {
	return planned.some((subject) => subject.wanted.some((statement) => needsBundle(subject, statement, forms) || needsPlace(subject, statement, forms)));
}
// src/services/sigstore-sign/patience.ts
/** How long outages are waited for, in milliseconds: real ones last minutes, and jobs have an end. */
const DEFAULT_PATIENCE_MS = 3e5;
const FIRST_DELAY_MS = 1e3;
const MAX_DELAY_MS = 2e4;
/** Nothing is said of shorter waits, and nothing again before this has passed, in milliseconds. */
const SILENT_MS = 3e3;
const SAY_EVERY_MS = 15e3;
/** Begins to count: what is waited for with one of these is bounded together. */
function patienceOf(context) {
	const { host, signal, timing = require_run.realTiming, patienceMs = DEFAULT_PATIENCE_MS } = context;
	const budget = budgetOf(timing, patienceMs);
	const say = speaker({
		log: host.log,
		timing
	});
	return { async persist(attempt) {
		let failing;
		try {
			for (let delay = FIRST_DELAY_MS;; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
				const began = timing.now();
				try {
					return await attempt();
				} catch (error) {
					if (!(error instanceof require_errors.ServiceError) || error.retryInMs === void 0) throw error;
					failing ??= budget.begin(began);
					const waitMs = error.retryInMs + delay * (1 + timing.random()) / 2;
					const leftMs = budget.leftMs();
					if (waitMs > leftMs) throw exhausted(error, failing.forMs(), leftMs);
					say(error, failing.forMs(), leftMs);
					await timing.sleep(waitMs, signal);
					if (signal.aborted) throw ended(error);
				}
			}
		} finally {
			failing?.end();
		}
	} };
}
function ended(cause) {
	return new require_errors.CancelledError({
		code: "CANCELLED",
		message: `${cause.message}, and the run was ended while it waited`,
		remedy: "Run it again and let it finish",
		cause
	});
}
/** Counts the time in which anything at all was waited for. */
function budgetOf(timing, patienceMs) {
	let spent = 0;
	let failing = 0;
	let since = 0;
	return {
		begin(began) {
			since = failing === 0 ? began : Math.min(since, began);
			failing++;
			return {
				forMs: () => timing.now() - began,
				end() {
					failing--;
					if (failing === 0) spent += timing.now() - since;
				}
			};
		},
		leftMs: () => patienceMs - spent - (failing > 0 ? timing.now() - since : 0)
	};
}
function exhausted(error, forMs, leftMs) {
	const { code, message, remedy, url, reason, retryInMs = 0 } = error;
	const tried = forMs < 1e3 ? "" : `, and did not get better in ${durationOf(forMs)}`;
	const asks = retryInMs <= leftMs ? "" : `, and asks to wait ${durationOf(retryInMs)} more`;
	return new require_errors.ServiceError({
		code,
		message: `${message}${tried}${asks}`,
		remedy,
		cause: error,
		...url !== void 0 && { url },
		...reason !== void 0 && { reason }
	});
}
/** Says what is waited for, for all who wait at once only now and then. */
function speaker({ log, timing }) {
	let nextAt = 0;
	return (error, forMs, leftMs) => {
		const now = timing.now();
		if (forMs < SILENT_MS || now < nextAt) return;
		nextAt = now + SAY_EVERY_MS;
		log.info(`${error.message}; waiting for it, at most ${durationOf(leftMs)} more`);
	};
}
/** `40 s`, `2 min 5 s` */
function durationOf(ms) {
	const seconds = Math.max(1, Math.round(ms / 1e3));
	const minutes = Math.floor(seconds / 60);
	const rest = seconds % 60;
	if (minutes === 0) return `${rest} s`;
	return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
// src/services/sigstore-sign/request.ts
/** All that are errors: whether one is waited for is decided here, by what the service says. */
const ERRORS = Array.from({ length: 200 }, (_, index) => 400 + index);
/** Besides the 5xx: request time-out, too early, too many requests, the client gave up. */
const PASSING = /* @__PURE__ */ new Set([
	408,
	425,
	429,
	499
]);
/** Longest text of a service that a message repeats, in UTF-16 units. */
const MAX_SAID = 200;
const OUTAGE = "Run the job again later; the service may be reporting an outage";
/**
* Asks a service of the instance.
*
* @throws ServiceError for a refusal, with what the service says; with `retryInMs` when it may pass
*/
async function ask({ host, signal }, request) {
	const { what, url, body, type, accept = "application/json", answers = [] } = request;
	const answer = await host.http.fetch({
		url,
		signal,
		headers: {
			accept,
			...type !== void 0 && { "content-type": type }
		},
		...body !== void 0 && {
			method: "POST",
			body
		},
		maxBytes: request.maxBytes,
		totalMs: request.totalMs,
		idleMs: request.totalMs,
		once: true,
		patient: true,
		answers: ERRORS
	});
	const { status } = answer;
	if (status >= 200 && status < 300 || answers.includes(status)) return answer;
	const passing = status >= 500 || PASSING.has(status);
	const said = saidIn(answer);
	throw new require_errors.ServiceError({
		code: "SERVICE_STATUS",
		message: `Cannot ${what} at "${url}": it answered status ${status}${said && ` (${said})`}`,
		remedy: passing ? OUTAGE : request.remedyOf?.(status) ?? remedyOf$1(status),
		url,
		reason: `status ${status}`,
		...passing && { retryInMs: require_status.waitMsOf(answer.headers["retry-after"] ?? "") }
	});
}
function remedyOf$1(status) {
	if (status === 401 || status === 403) return "Use an instance that asks for no login: Assay has none for it";
	return status === 400 || status === 422 ? "Read what the service says: it will refuse this signature again" : "Check address and version of the service in the signing configuration";
}
/** The service's own words, safe to be shown: no token, even where it repeats ours. */
function saidIn({ body }) {
	const { message, error } = require_run.jsonObjectOf(require_run.jsonInUtf8(body)) ?? {};
	const text = [message, error].find((part) => typeof part === "string");
	if (typeof text !== "string") return "";
	return require_run.plainText(text.replace(/eyJ[\w-]{8,}[\w.-]*/g, "***"), MAX_SAID);
}
/** An answer that makes no sense, or is not for us. */
function nonsense(what, url, fault) {
	const { why, remedy = "Look at the service: nothing of what it sent was used" } = typeof fault === "string" ? { why: fault } : fault;
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot ${what} at "${url}": ${why}`,
		remedy,
		url,
		reason: why
	});
}
// src/services/sigstore-sign/reach.ts
const MAX_BYTES$4 = 1048576;
/** Longest time for one attempt, in milliseconds. */
const TOTAL_MS$4 = 2e4;
/** Refusals of a service that is there: it may want another method, or more than an address. */
const THERE = Array.from({ length: 100 }, (_, index) => 400 + index).filter((status) => ![
	408,
	425,
	429,
	499
].includes(status));
/**
* Makes a function that waits until a service answers, whatever it says, as patiently as a signer would: all
* services together.
*
* @returns a function that throws ServiceError when it does not, CancelledError when the run is offline or was ended
*/
function reacher(context) {
	const waiting = patienceOf(context);
	return async (what, url) => {
		await waiting.persist(() => ask(context, {
			what: `reach ${what}`,
			url,
			accept: "*/*",
			maxBytes: MAX_BYTES$4,
			totalMs: TOTAL_MS$4,
			answers: [...THERE, 501]
		}));
	};
}
// src/stages/sign/github-hindrances.ts
const LEAVE_OUT = "leave `github` out of `signature-forms`";
/** What is in the way of keeping attestations with GitHub: it takes no keys, and not everybody may. */
async function githubHindrances({ forms, way, github }) {
	if (!forms.has("github")) return [];
	if (way === "key") return [{
		message: "The form `github` needs attestations with a certificate: found a key",
		remedy: `Sign without a key (\`sign: keyless\`), or ${LEAVE_OUT}`
	}];
	if (github === void 0) return [{
		message: "The form `github` needs a workflow of GitHub and its token: found none",
		remedy: `Give \`github-token\` a token with \`attestations: write\`, or ${LEAVE_OUT}`
	}];
	const error = await github.hindrance();
	if (error === void 0) return [];
	const { code, message, remedy } = error;
	if (code === "PERMISSION_MISSING") return [{
		message,
		remedy: `Where GitHub gives no such permission, as on a pull request from a fork, ${LEAVE_OUT}`,
		permission: "attestations: write"
	}];
	return [{
		message,
		remedy,
		...error instanceof require_errors.ServiceError && code !== "SERVICE_STATUS" && { passing: true }
	}];
}
// src/formats/cosign-key.ts
/** Most characters of the base64 between the lines of a key: cosign's own have 900. */
const MAX_BODY = 65536;
/** Bytes, as cosign writes them. */
const SALT_BYTES = 32;
const NONCE_BYTES$1 = 24;
const KEY_BYTES = 32;
/**
* The cost parameters N of scrypt that cosign has ever written, each with r = 8 and p = 1: anything else could cost
* gigabytes and hours.
*
* @see https://github.com/secure-systems-lab/go-securesystemslib/blob/main/encrypted/encrypted.go
*/
const COSTS = [
	32768,
	65536,
	131072
];
const BLOCK_SIZE = 8;
/**
* Parses the base64 between the lines `BEGIN` and `END` of an `ENCRYPTED SIGSTORE PRIVATE KEY`, which was
* `ENCRYPTED COSIGN PRIVATE KEY` before.
*
* @returns why it is none, as a string that repeats nothing of it
*/
function parseCosignKey(base64) {
	const file = base64.length > MAX_BODY ? void 0 : require_run.jsonObjectIn(bytesOf(base64) ?? /* @__PURE__ */ new Uint8Array());
	if (file === void 0) return "it is damaged: there is no JSON in it";
	const { name: kdf, params, salt: saltText } = require_run.jsonObjectOf(file["kdf"]) ?? {};
	const { name: cipher, nonce: nonceText } = require_run.jsonObjectOf(file["cipher"]) ?? {};
	if (kdf !== "scrypt" || cipher !== "nacl/secretbox") return "it is locked in another way than cosign locks its keys";
	const { N: cost, r, p } = require_run.jsonObjectOf(params) ?? {};
	if (typeof cost !== "number" || !COSTS.includes(cost) || r !== BLOCK_SIZE || p !== 1) return "its parameters of scrypt are none that cosign writes";
	const salt = bytesOf(saltText);
	const nonce = bytesOf(nonceText);
	const ciphertext = bytesOf(file["ciphertext"]);
	if (salt?.length !== SALT_BYTES) return "it is damaged: its salt is not of 32 bytes";
	if (nonce?.length !== NONCE_BYTES$1) return "it is damaged: its nonce is not of 24 bytes";
	if (ciphertext === void 0) return "it is damaged: there is no ciphertext";
	return {
		cost,
		salt,
		nonce,
		ciphertext
	};
}
/**
* Unlocks a key. Takes a tenth of a second, so that guessing does, too.
*
* @returns DER of PKCS #8, for the caller to overwrite when it is done; nothing when the password is wrong, or the
*   key was changed
* @see https://nacl.cr.yp.to/secretbox.html
*/
async function openCosignKey({ cost, salt, nonce, ciphertext }, password) {
	const [{ default: nacl }, key] = await Promise.all([Promise.resolve().then(() => /* @__PURE__ */ require_rolldown_runtime.__toESM(require("./chunk-nacl-fast.js").default, 1)), derived(password, salt, cost)]);
	try {
		return nacl.secretbox.open(ciphertext, nonce, key) ?? void 0;
	} finally {
		key.fill(0);
	}
}
function derived(password, salt, cost) {
	const maxmem = 128 * cost * BLOCK_SIZE + 1048576;
	return new Promise((resolve, reject) => {
		(0, node_crypto.scrypt)(password, salt, KEY_BYTES, {
			N: cost,
			r: BLOCK_SIZE,
			p: 1,
			maxmem
		}, (error, key) => {
			if (error === null) resolve(key);
			else reject(error);
		});
	});
}
/** Strict: Node passes over what is no base64. */
function bytesOf(text) {
	if (typeof text !== "string") return void 0;
	const bytes = Buffer.from(text, "base64");
	return bytes.toString("base64") === text ? bytes : void 0;
}
// src/formats/pem.ts
/** Most characters that are looked at. */
const MAX_TEXT = 262144;
const BEGIN = /^-----BEGIN ([A-Z0-9 ]{1,60})-----$/;
/**
* Finds the blocks of a PEM text. What stands between them is passed over, as OpenSSL does; a block without its end
* is none.
*
* @see https://www.rfc-editor.org/rfc/rfc7468
*/
function pemBlocksIn(text) {
	const lines = text.slice(0, MAX_TEXT).split("\n").map((line) => line.trim());
	const blocks = [];
	let begin;
	for (const [at, line] of lines.entries()) {
		const label = BEGIN.exec(line)?.[1];
		if (label !== void 0) begin = {
			label,
			at
		};
		if (begin === void 0 || line !== `-----END ${begin.label}-----`) continue;
		blocks.push(blockOf(begin.label, lines.slice(begin.at, at + 1)));
		begin = void 0;
	}
	return blocks;
}
function blockOf(label, lines) {
	const inner = lines.slice(1, -1);
	return {
		label,
		body: inner.filter((line) => !line.includes(":")).join(""),
		isLocked: inner.some((line) => /^Proc-Type:.*ENCRYPTED$/.test(line)),
		text: `${lines.join("\n")}\n`
	};
}
/** OID 1.2.840.113549.1.5.12 in DER. */
const PBKDF2 = Buffer.from("06092a864886f70d01050c", "hex");
/**
* How many rounds of PBKDF2 stand between a password and a locked key in PKCS #8.
*
* @returns nothing when it is locked in another way; infinitely many when that cannot be told
* @see https://www.rfc-editor.org/rfc/rfc8018#appendix-A.2
*/
function pbkdf2Rounds(der) {
	const bytes = Buffer.from(der);
	const at = bytes.subarray(0, 64).indexOf(PBKDF2);
	if (at === -1) return void 0;
	const salt = at + PBKDF2.length + 2;
	const rounds = salt + 2 + (bytes[salt + 1] ?? 0);
	const length = bytes[rounds + 1] ?? 0;
	return bytes[salt] === 4 && bytes[rounds] === 2 && length >= 1 && length <= 6 && rounds + 2 + length <= bytes.length ? bytes.readUIntBE(rounds + 2, length) : Infinity;
}
// src/services/signing-key.ts
/**
* The private key that a run signs with, from what it was told. Nothing of key or password is in any error.
*
* @returns nothing when no key is to be used
* @throws InputError `INPUT_INVALID` when it cannot be used, `INPUT_CONFLICT` when there is none and there should be
*/
async function signingKeyOf({ mode, key, keyPassword }) {
	if (mode === "off" || mode === "keyless") return void 0;
	if (key !== void 0) return ecdsaKey(await privateKeyIn(key, keyPassword));
	if (mode === "auto") return void 0;
	throw new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: "Cannot sign with a key: `sign` is `key`, and no key is given",
		remedy: "Give `signing-key`, or set the variable COSIGN_PRIVATE_KEY, to the text of the key that `cosign generate-key-pair` wrote"
	});
}
const ONLY_P256 = "Make a key that every verifier takes with `cosign generate-key-pair`, or unlocked with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`";
function ecdsaKey(key) {
	if (key.asymmetricKeyType !== "ec" || key.asymmetricKeyDetails?.namedCurve !== "prime256v1") throw unusable$1(`found ${kindOf(key)}, expected one of ECDSA on the curve P-256`, ONLY_P256);
	return {
		publicKey: (0, node_crypto.createPublicKey)(key).export({
			type: "spki",
			format: "pem"
		}).toString(),
		async sign(chunks) {
			const signing = (0, node_crypto.createSign)("sha256");
			for await (const chunk of chunks) signing.update(chunk);
			return signing.sign(key);
		}
	};
}
const CURVES = {
	secp384r1: "P-384",
	secp521r1: "P-521"
};
function kindOf({ asymmetricKeyType: type, asymmetricKeyDetails = {} }) {
	const { namedCurve = "", modulusLength } = asymmetricKeyDetails;
	if (type === "ec") return `a key of ECDSA on the curve ${Object.hasOwn(CURVES, namedCurve) ? CURVES[namedCurve] : namedCurve}`;
	if (modulusLength !== void 0) return `an RSA key of ${modulusLength} bits`;
	return type === "ed25519" ? "a key of Ed25519" : `a key of the kind ${type}`;
}
const ENCRYPTED_BY_COSIGN = /^ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY$/;
/** Some seconds' worth: nothing can end the run meanwhile. OpenSSL itself bounds the other ways of locking. */
const MAX_ROUNDS = 1e7;
/** @throws InputError `INPUT_INVALID` */
async function privateKeyIn(text, password) {
	const blocks = pemBlocksIn(text).filter(({ label }) => label !== "EC PARAMETERS");
	const [block, ...more] = blocks;
	if (block === void 0) throw noPem(text);
	if (more.length > 0) throw unusable$1(`found ${blocks.length} PEM texts, expected one`, "Give the private key alone");
	const { label } = block;
	if (ENCRYPTED_BY_COSIGN.test(label)) return cosignKey(block, password ?? "");
	if (label === "ENCRYPTED PRIVATE KEY") return lockedKey(block, password);
	if (label === "PRIVATE KEY" || label === "EC PRIVATE KEY") return plainKey(block);
	throw unusable$1(`found ${OTHERS.get(label) ?? "a PEM text of another kind"}, expected a private key`, REMEDY);
}
const REMEDY = "Give the text of a key that `cosign generate-key-pair` wrote, or of one in PKCS #8 (`BEGIN PRIVATE KEY`)";
/** What people give instead, by its first line. */
const OTHERS = /* @__PURE__ */ new Map([
	["PUBLIC KEY", "a public key"],
	["CERTIFICATE", "a certificate"],
	["RSA PRIVATE KEY", "an RSA key"],
	["OPENSSH PRIVATE KEY", "a key of OpenSSH"],
	["PGP PRIVATE KEY BLOCK", "a key of OpenPGP"]
]);
async function cosignKey({ body }, password) {
	const locked = parseCosignKey(body);
	if (typeof locked === "string") throw unusable$1(`it is a key of cosign, but ${locked}`, REMEDY);
	const der = await openCosignKey(locked, password);
	if (der === void 0) throw wrongPassword(password);
	try {
		return (0, node_crypto.createPrivateKey)({
			key: Buffer.from(der.buffer, der.byteOffset, der.length),
			format: "der",
			type: "pkcs8"
		});
	} catch {
		throw unusable$1("what is in it is no PKCS #8", "Import it with `cosign import-key-pair`");
	} finally {
		der.fill(0);
	}
}
function lockedKey({ text, body }, password) {
	const rounds = pbkdf2Rounds(Buffer.from(body, "base64"));
	if (rounds !== void 0 && rounds > MAX_ROUNDS) throw unusable$1(`it takes ${rounds} rounds of PBKDF2 to open it, expected at most ${MAX_ROUNDS}`, "Lock it anew with `openssl pkcs8 -topk8 -in old.pem -out new.pem`");
	try {
		return (0, node_crypto.createPrivateKey)({
			key: text,
			format: "pem",
			passphrase: password ?? ""
		});
	} catch {
		throw wrongPassword(password);
	}
}
function plainKey({ text, isLocked }) {
	if (isLocked) throw unusable$1("it is locked in the old way of OpenSSL, which is weak", "Convert it with `openssl pkcs8 -topk8 -in old.pem -out new.pem`");
	try {
		return (0, node_crypto.createPrivateKey)({
			key: text,
			format: "pem"
		});
	} catch {
		throw unusable$1("it is damaged", REMEDY);
	}
}
function wrongPassword(password) {
	const given = password === void 0 || password === "";
	return unusable$1(given ? "it is locked, and no password is given" : "the password does not open it", given ? "Give `signing-key-password`, or set the variable COSIGN_PASSWORD" : "Check `signing-key-password` or the variable COSIGN_PASSWORD, and that key and password belong together");
}
/** Services that keep keys, as cosign names them. */
const KEPT_ELSEWHERE = /^(?:awskms|gcpkms|azurekms|hashivault|openbao|k8s|gitlab|github|pkcs11):/i;
/** The path of a file. Base64 has slashes, too. */
const PATH = /^(?:(?:\/|\.{1,2}\/|~\/|[A-Za-z]:\\).{0,500}|[^\r\n]{1,500}\.(?:key|pem|p8|txt))$/i;
/** There is no PEM: people then gave what cosign takes besides. Nothing of it is repeated: it may be the key. */
function noPem(text) {
	const given = text.trim();
	if (/^env:\/\//i.test(given)) return unusable$1("found the name of a variable, expected the text of a key", "Set the variable COSIGN_PRIVATE_KEY and leave `signing-key` out, or give it `${{ secrets.COSIGN_PRIVATE_KEY }}`");
	if (KEPT_ELSEWHERE.test(given)) return unusable$1("found the address of a service that keeps keys, expected the text of a key", "Sign without a key (`sign: keyless`), or with a key that is given as text: services that keep keys cannot be used yet");
	if (given.includes("-----BEGIN")) return unusable$1("found the beginning of a PEM text, but not all of it on lines of its own", "Give the file as it is, with its line breaks: `gh secret set COSIGN_PRIVATE_KEY < cosign.key`");
	if (PATH.test(given)) return unusable$1("found what looks like the path of a file, expected the text in it", "Keep the text of the file as a secret, and give `signing-key` the secret: `${{ secrets.COSIGN_PRIVATE_KEY }}`");
	if (given.startsWith("untrusted comment:")) return unusable$1("found a key of minisign, expected PEM", "Give it as `minisign-key`");
	return unusable$1("found no PEM text", REMEDY);
}
/** Without a cause: those of Node may repeat what they could not read. */
function unusable$1(what, remedy) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use the signing key: ${what}`,
		remedy
	});
}
// src/services/sigstore-sign/bundle.ts
/** @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
const MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
/** Puts a signature, whose it is and what vouches for it together. */
function bundleOf({ content }, { material, chain }, testimonies) {
	const of = (wanted) => testimonies.filter(({ kind }) => kind === wanted).map(({ json }) => json);
	const timestamps = of("timestamp");
	return {
		json: {
			mediaType: MEDIA_TYPE,
			verificationMaterial: {
				...material,
				tlogEntries: of("log"),
				...timestamps.length > 0 && { timestampVerificationData: { rfc3161Timestamps: timestamps } }
			},
			...content
		},
		chain
	};
}
// src/formats/der.ts
/** Identifier octets. @see https://www.itu.int/rec/T-REC-X.680 8.6 */
const DER_TAG = {
	boolean: 1,
	integer: 2,
	octets: 4,
	nothing: 5,
	oid: 6,
	utcTime: 23,
	generalizedTime: 24,
	sequence: 48,
	set: 49
};
/** Most values in a row: no certificate and no timestamp has nearly as many. */
const MAX_VALUES = 256;
/**
* Reads values that follow one another, such as the content of a sequence.
*
* @returns nothing when the bytes are no DER
* @see https://www.itu.int/rec/T-REC-X.690 8.1
*/
function derValues(bytes) {
	const values = [];
	for (let at = 0; at < bytes.length;) {
		const value = valueAt(bytes, at);
		if (value === void 0 || values.length === MAX_VALUES) return void 0;
		values.push(value);
		at += value.bytes.length;
	}
	return values;
}
function valueAt(bytes, at) {
	const tag = bytes[at] ?? 31;
	const first = bytes[at + 1] ?? 128;
	if ((tag & 31) === 31 || first === 128) return void 0;
	const lengthBytes = first < 128 ? 0 : first - 128;
	if (lengthBytes > 4) return void 0;
	const start = at + 2 + lengthBytes;
	const length = lengthBytes === 0 ? first : numberIn(bytes.subarray(at + 2, start));
	if (start + length > bytes.length) return void 0;
	return {
		tag,
		content: bytes.subarray(start, start + length),
		bytes: bytes.subarray(at, start + length)
	};
}
function numberIn(bytes) {
	return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
/** The values inside of one, when it is of that kind. */
function derInside(value, tag) {
	return value?.tag === tag ? derValues(value.content) : void 0;
}
/** Writes a value. */
function der(tag, ...content) {
	const body = Buffer.concat(content);
	return Buffer.concat([
		Buffer.from([tag]),
		lengthOf(body.length),
		body
	]);
}
function lengthOf(length) {
	if (length < 128) return Buffer.from([length]);
	const hex = length.toString(16);
	const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
	return Buffer.concat([Buffer.from([128 + bytes.length]), bytes]);
}
/** Content of an INTEGER that is not negative, from its bytes. @see https://www.itu.int/rec/T-REC-X.690 8.3 */
function derUnsigned(bytes) {
	const start = bytes.findIndex((byte) => byte !== 0);
	if (start < 0) return Buffer.from([0]);
	const short = bytes.subarray(start);
	return (short[0] ?? 0) < 128 ? short : Buffer.concat([Buffer.from([0]), short]);
}
/** Content of an OBJECT IDENTIFIER. @see https://www.itu.int/rec/T-REC-X.690 8.19 */
function derOid(dotted) {
	const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
	return Buffer.from([first * 40 + second, ...rest].flatMap(base128));
}
function base128(value) {
	const bytes = [value % 128];
	for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(left % 128 + 128);
	return bytes;
}
/** An OBJECT IDENTIFIER in dots; nothing when it is none. */
function oidOf({ tag, content }) {
	if (tag !== DER_TAG.oid) return void 0;
	const parts = [];
	let sum = 0;
	for (const byte of content) {
		sum = sum * 128 + (byte & 127);
		if (sum > Number.MAX_SAFE_INTEGER) return void 0;
		if (byte >= 128) continue;
		parts.push(sum);
		sum = 0;
	}
	const [head, ...rest] = parts;
	if (head === void 0) return void 0;
	const first = Math.min(2, Math.floor(head / 40));
	return [
		first,
		head - first * 40,
		...rest
	].join(".");
}
/**
* A GeneralizedTime in seconds, with any fraction, in UTC.
*
* @returns nothing when it is none
* @see https://www.itu.int/rec/T-REC-X.690 11.7
*/
function timeOf({ tag, content }) {
	if (tag !== DER_TAG.generalizedTime) return void 0;
	const text = Buffer.from(content).toString("latin1");
	const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
	if (match === null) return void 0;
	const [, year, month, day, hour, minute, second, fraction = ""] = match;
	const milliseconds = fraction.padEnd(3, "0").slice(0, 3);
	const date = /* @__PURE__ */ new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
	return Number.isNaN(date.getTime()) ? void 0 : date;
}
const SAN_OID = "2.5.29.17";
/** Tags inside of a subject alternative name: e-mail address, URI. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
const NAME_TAGS = /* @__PURE__ */ new Set([129, 134]);
/** Where the extensions are. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
const EXTENSIONS_TAG = 163;
/**
* Lists the extensions of a certificate.
*
* @param certificate DER
* @returns nothing when the bytes are no certificate
* @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2
*/
function certificateExtensions(certificate) {
	const tbs = derInside(derValues(certificate)?.[0], DER_TAG.sequence)?.[0];
	const fields = derInside(tbs, DER_TAG.sequence);
	if (fields === void 0) return void 0;
	const wrapped = fields.find(({ tag }) => tag === EXTENSIONS_TAG);
	return (derInside(wrapped && derValues(wrapped.content)?.[0], DER_TAG.sequence) ?? []).flatMap((value) => extensionOf(value) ?? []);
}
function extensionOf(value) {
	const [first, ...rest] = derInside(value, DER_TAG.sequence) ?? [];
	const last = rest.at(-1);
	if (first === void 0 || last?.tag !== DER_TAG.octets) return void 0;
	const oid = oidOf(first);
	return oid === void 0 ? void 0 : {
		oid,
		value: last.content
	};
}
/** For whom a certificate of Fulcio is: its only URI or e-mail address. */
function subjectNameOf(extensions) {
	const san = extensions.find(({ oid }) => oid === SAN_OID);
	const [name, ...more] = (derInside(san && derValues(san.value)?.[0], DER_TAG.sequence) ?? []).filter(({ tag }) => NAME_TAGS.has(tag));
	if (name === void 0 || more.length > 0) return void 0;
	return Buffer.from(name.content).toString("utf8");
}
// src/services/sigstore-sign/token-claims.ts
/** Reads a JSON Web Token without looking at its signature. */
function claimsIn(token) {
	const payload = Buffer.from(token.split(".")[1] ?? "", "base64url");
	const { sub, email, iss, iat, exp, job_workflow_ref: workflow } = require_run.jsonObjectOf(require_run.jsonInUtf8(payload)) ?? {};
	const subject = [email, sub].find((name) => typeof name === "string" && name !== "");
	return {
		...typeof subject === "string" && { subject },
		...typeof iss === "string" && { issuer: iss },
		...typeof workflow === "string" && workflow !== "" && { workflow },
		...typeof iat === "number" && { issuedAt: iat * 1e3 },
		...typeof exp === "number" && { expiresAt: exp * 1e3 }
	};
}
// src/services/sigstore-sign/fulcio.ts
/** For whom Fulcio takes tokens. */
const AUDIENCE = "sigstore";
const WHAT$3 = "get a signing certificate";
const MAX_BYTES$3 = 262144;
/** Longest time for one attempt, in milliseconds: it waits for a certificate log. */
const TOTAL_MS$3 = 6e4;
/** How far this machine's clock may be off before it is in the way, in milliseconds. */
const MAX_SKEW_MS = 3e5;
/** Most certificates of a chain. */
const MAX_CHAIN = 8;
/**
* Asks for a certificate for a key, with a new token of this job, and looks at it before it is used.
*
* @throws InputError `PERMISSION_MISSING` when the job may not ask for a token
* @throws ServiceError when runner or authority cannot be asked, refuse, or answer with what is not for us
* @see https://github.com/sigstore/fulcio/blob/main/fulcio.proto
*/
async function fetchCertificate(context, { fulcioUrl, key, trustedRoot }) {
	const { host } = context;
	if (!host.idTokens) throw permissionMissing();
	const token = await host.idTokens.token(AUDIENCE);
	const claims = claimsIn(token);
	const subject = claims.subject ?? "";
	const proof = await key.sign([Buffer.from(subject)]);
	const url = `${fulcioUrl}/api/v2/signingCert`;
	const answer = await ask(context, {
		what: WHAT$3,
		url,
		type: "application/json",
		maxBytes: MAX_BYTES$3,
		totalMs: TOTAL_MS$3,
		remedyOf: (status) => status === 404 ? void 0 : tokenRemedy(claims, host.now()),
		body: JSON.stringify({
			credentials: { oidcIdentityToken: token },
			publicKeyRequest: {
				publicKey: {
					algorithm: "ECDSA",
					content: key.publicKey
				},
				proofOfPossession: Buffer.from(proof).toString("base64")
			}
		})
	});
	const credential = credentialIn(require_run.jsonObjectOf(require_run.jsonInUtf8(answer.body)), {
		key,
		trustedRoot,
		claims,
		now: host.now()
	});
	if ("why" in credential) throw nonsense(WHAT$3, url, credential);
	return credential;
}
/** A job that may not ask for a token. */
function permissionMissing() {
	return new require_errors.InputError({
		code: "PERMISSION_MISSING",
		message: "Cannot sign without a key: this job may not ask for a token that says who it is",
		remedy: "Add to the job: `permissions:` with the lines `contents: read` and `id-token: write`; elsewhere than in a workflow sign with `signing-key`"
	});
}
/** Why an authority refuses a token. It says little itself, and the token tells. */
function tokenRemedy({ issuer, expiresAt, issuedAt }, now) {
	const time = now.getTime();
	const expired = expiresAt !== void 0 && expiresAt < time;
	const early = issuedAt !== void 0 && issuedAt > time + MAX_SKEW_MS;
	if (expired || early) return `Set the clock of this machine, which says ${now.toISOString()}: the token is ${expired ? "no longer" : "not yet"} valid then`;
	return `Let the authority accept tokens of "${issuer ?? "this runner"}" for the audience "${AUDIENCE}", or name another in the signing configuration`;
}
/** Reads the answer. */
function credentialIn(answer, expected) {
	const embedded = require_run.jsonObjectOf(answer?.["signedCertificateEmbeddedSct"]);
	const detached = require_run.jsonObjectOf(answer?.["signedCertificateDetachedSct"]);
	const list = require_run.jsonObjectOf((embedded ?? detached)?.["chain"])?.["certificates"];
	if (!Array.isArray(list) || list.length > MAX_CHAIN) return { why: "found no chain of certificates" };
	const [leaf, ...above] = list.map(certificateOf).filter((certificate) => certificate !== void 0);
	if (leaf === void 0 || above.length + 1 < list.length) return { why: "found a certificate that is none" };
	const fault = faultOf(leaf, expected);
	if (fault !== void 0) return fault;
	const extensions = certificateExtensions(leaf.raw) ?? [];
	if (!extensions.some(({ oid }) => oid === "1.3.6.1.4.1.11129.2.4.2") && logsIn(expected.trustedRoot) > 0) return { why: "the certificate has no timestamp of a certificate log" };
	const identity = identityIn(extensions, expected.claims);
	if ("why" in identity) return identity;
	return {
		identity,
		material: { certificate: { rawBytes: leaf.raw.toString("base64") } },
		chain: above.map(({ raw }) => raw.toString("base64")),
		pem: leaf.toString(),
		der: leaf.raw,
		validity: {
			from: leaf.validFromDate.getTime(),
			until: leaf.validToDate.getTime()
		}
	};
}
/** For whom the certificate is, which has to be whom the token is for. */
function identityIn(extensions, claims) {
	const identity = subjectNameOf(extensions);
	const { issuer } = require_sigstore_verify.fulcioIdentity("", extensions);
	if (identity === void 0 || issuer === void 0) return { why: "the certificate names nobody" };
	if (issuer !== claims.issuer) return { why: `the certificate names the issuer "${issuer}", and the token is of "${claims.issuer ?? ""}"` };
	if (claims.workflow !== void 0 && !identity.endsWith(`/${claims.workflow}`)) return { why: `the certificate is for "${identity}", and the token for "${claims.workflow}"` };
	return {
		kind: "certificate",
		identity,
		issuer
	};
}
function certificateOf(pem) {
	try {
		return typeof pem === "string" ? new node_crypto.X509Certificate(pem) : void 0;
	} catch {
		return;
	}
}
function faultOf(leaf, { key, trustedRoot, now }) {
	if (!leaf.publicKey.equals((0, node_crypto.createPublicKey)(key.publicKey))) return { why: "the certificate is for another key" };
	const time = now.getTime();
	const [from, until] = [leaf.validFromDate, leaf.validToDate];
	if (time < from.getTime() - MAX_SKEW_MS || time > until.getTime()) return {
		why: `the certificate holds from ${`${from.toISOString()} to ${until.toISOString()}`}, and the clock of this machine says ${now.toISOString()}`,
		remedy: "Set the clock of this machine, or that of the certificate authority"
	};
	if (authoritiesIn(trustedRoot).some((authority) => leaf.checkIssued(authority) && leaf.verify(authority.publicKey))) return void 0;
	return {
		why: "the certificate is of an authority that the trusted root has not",
		remedy: "Make trusted root and signing configuration of the same deployment"
	};
}
function logsIn(trustedRoot) {
	const logs = require_run.jsonObjectOf(trustedRoot)?.["ctlogs"];
	return Array.isArray(logs) ? logs.length : 0;
}
/** The certificate of each authority that issues. */
function authoritiesIn(trustedRoot) {
	const list = require_run.jsonObjectOf(trustedRoot)?.["certificateAuthorities"];
	if (!Array.isArray(list)) return [];
	return list.map(issuingCertificate).filter((certificate) => certificate !== void 0);
}
function issuingCertificate(authority) {
	const chain = require_run.jsonObjectOf(require_run.jsonObjectOf(authority)?.["certChain"])?.["certificates"];
	const first = Array.isArray(chain) ? require_run.jsonObjectOf(chain[0])?.["rawBytes"] : void 0;
	if (typeof first !== "string") return void 0;
	try {
		return new node_crypto.X509Certificate(Buffer.from(first, "base64"));
	} catch {
		return;
	}
}
// src/services/sigstore-sign/certificate-keeper.ts
/** A certificate that ends within this time, in milliseconds, is not used any more; or within a quarter of its life. */
const MARGIN_MS = 6e4;
/** Makes the key of a run. It never leaves the memory. */
function certificateKeeper(context, { trustedRoot, fulcioUrl }, patience) {
	const { host } = context;
	const key = ephemeralKey();
	const ask = async () => {
		const credential = await patience.persist(() => fetchCertificate(context, {
			fulcioUrl,
			key,
			trustedRoot
		}));
		const { from, until } = credential.validity ?? {
			from: 0,
			until: 0
		};
		const life = until - from;
		return {
			credential,
			freshUntil: host.now().getTime() + life - Math.min(MARGIN_MS, life / 4)
		};
	};
	let held;
	return {
		key,
		async current() {
			for (;;) {
				const asked = held ??= ask();
				try {
					const { credential, freshUntil } = await asked;
					if (host.now().getTime() < freshUntil) return credential;
				} catch (error) {
					if (held === asked) held = void 0;
					throw error;
				}
				if (held === asked) held = void 0;
			}
		}
	};
}
function ephemeralKey() {
	const { publicKey, privateKey } = (0, node_crypto.generateKeyPairSync)("ec", { namedCurve: "P-256" });
	return {
		publicKey: publicKey.export({
			format: "pem",
			type: "spki"
		}).toString(),
		async sign(chunks) {
			const sign = (0, node_crypto.createSign)("sha256");
			for await (const chunk of chunks) sign.update(chunk);
			return sign.sign(privateKey);
		}
	};
}
// src/services/sigstore-sign/credential.ts
/** Whom a key stands for: itself. */
function keyCredential(key) {
	const parsed = (0, node_crypto.createPublicKey)(key.publicKey);
	const der = parsed.export({
		format: "der",
		type: "spki"
	});
	const publicKey = parsed.export({
		format: "pem",
		type: "spki"
	}).toString();
	const hint = (0, node_crypto.createHash)("sha256").update(der).digest("base64");
	return {
		identity: {
			kind: "key",
			publicKey,
			hint
		},
		material: { publicKey: { hint } },
		chain: [],
		pem: publicKey,
		der
	};
}
// src/formats/dsse.ts
/**
* What is signed of a payload: the pre-authentication encoding.
*
* @returns its pieces, in order: payloads may be large
* @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
*/
function preAuthEncoding(payloadType, payload) {
	const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
	return [Buffer.from(head), payload];
}
/** Puts a payload and its signature together. */
function dsseEnvelope(payloadType, payload, signature) {
	return {
		payload: Buffer.from(payload).toString("base64"),
		payloadType,
		signatures: [{
			sig: Buffer.from(signature).toString("base64"),
			keyid: ""
		}]
	};
}
// src/services/sigstore-sign/signed.ts
/** Signs a statement. */
function statementSign(key, payload) {
	return async () => {
		const { signature, digest } = await signChunks(key, preAuthEncoding(require_in_toto.IN_TOTO_PAYLOAD, payload));
		const envelope = dsseEnvelope(require_in_toto.IN_TOTO_PAYLOAD, payload, signature);
		return {
			signature,
			digest,
			envelope,
			content: { dsseEnvelope: envelope }
		};
	};
}
/** Signs bytes, which are read once for each signature. */
function messageSign(key, chunks) {
	return async () => {
		const { signature, digest } = await signChunks(key, chunks());
		return {
			signature,
			digest,
			content: { messageSignature: messageSignature(signature, digest) }
		};
	};
}
async function signChunks(key, chunks) {
	const hash = (0, node_crypto.createHash)("sha256");
	return {
		signature: await key.sign(watched(chunks, (chunk) => void hash.update(chunk))),
		digest: hash.digest()
	};
}
function messageSignature(signature, digest) {
	return {
		messageDigest: {
			algorithm: "SHA2_256",
			digest: base64(digest)
		},
		signature: base64(signature)
	};
}
async function* watched(chunks, take) {
	for await (const chunk of chunks) {
		take(chunk);
		yield chunk;
	}
}
/** Bytes in JSON. */
function base64(bytes) {
	return Buffer.from(bytes).toString("base64");
}
// src/services/sigstore-sign/log-entry.ts
/** A text of the answer that has to be there. */
function textAt(object, name) {
	const value = object?.[name];
	return typeof value === "string" && value !== "" ? value : void 0;
}
/** A number of the answer as its digits, which JSON of protocol buffers writes as a string, and leaves out when 0. */
function digitsAt(object, name) {
	const value = object[name] ?? 0;
	if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? String(value) : void 0;
	return typeof value === "string" && /^\d{1,19}$/.test(value) ? value : void 0;
}
/** A list of texts of the answer, which may be left out when it is empty. */
function textsAt(object, name) {
	const list = object[name] ?? [];
	if (!Array.isArray(list)) return void 0;
	const texts = list.filter((item) => typeof item === "string");
	return texts.length === list.length ? texts : void 0;
}
/**
* The proof of an answer as a bundle has it; nothing when a part of it is missing.
*
* @param checkpoint text of it, which each version keeps elsewhere
* @param hashOf turns a hash of the answer into base64, as a bundle has it
*/
function proofIn(proof, checkpoint, hashOf) {
	const logIndex = digitsAt(proof, "logIndex");
	const treeSize = digitsAt(proof, "treeSize");
	const rootHash = textAt(proof, "rootHash");
	const hashes = textsAt(proof, "hashes");
	if (!logIndex || !treeSize || !rootHash || !hashes || !checkpoint) return void 0;
	return {
		logIndex,
		rootHash: hashOf(rootHash),
		treeSize,
		hashes: hashes.map(hashOf),
		checkpoint: { envelope: checkpoint }
	};
}
// src/services/sigstore-sign/rekor-v1.ts
const WHAT$2 = "enter a signature in the log";
/** An answer repeats the entry, without the payload. */
const MAX_BYTES$2 = 4194304;
/** Longest time for one attempt, in milliseconds: large payloads take seconds. */
const TOTAL_MS$2 = 6e4;
/** An equal entry is there already. */
const CONFLICT$1 = 409;
/**
* Enters a signature in a log of version 1.
*
* @throws ServiceError
* @see https://github.com/sigstore/rekor/blob/main/openapi.yaml
*/
async function enterRekorV1(context, url, given) {
	const proposal = proposalOf(given.signed, given.credential);
	const entries = `${url}/api/v1/log/entries`;
	const answer = await ask(context, {
		what: WHAT$2,
		url: entries,
		type: "application/json",
		body: JSON.stringify(proposal),
		maxBytes: MAX_BYTES$2,
		totalMs: TOTAL_MS$2,
		answers: [CONFLICT$1],
		remedyOf
	});
	const found = answer.status === CONFLICT$1 ? await existing(context, entries, answer) : answer;
	const entry = entryIn$1(require_run.jsonInUtf8(found.body), given.signed, proposal);
	if (typeof entry === "string") throw nonsense(WHAT$2, entries, entry);
	return entry;
}
/** @see https://github.com/sigstore/rekor/tree/main/pkg/types */
function proposalOf({ envelope, digest, signature }, { pem }) {
	const verifier = base64(Buffer.from(pem));
	if (envelope !== void 0) return {
		kind: "dsse",
		apiVersion: "0.0.1",
		spec: { proposedContent: {
			envelope: JSON.stringify(envelope),
			verifiers: [verifier]
		} }
	};
	return {
		kind: "hashedrekord",
		apiVersion: "0.0.1",
		spec: {
			data: { hash: {
				algorithm: "sha256",
				value: Buffer.from(digest).toString("hex")
			} },
			signature: {
				content: base64(signature),
				publicKey: { content: verifier }
			}
		}
	};
}
function remedyOf(status) {
	return status === 413 ? "The log takes no payload of this size: set `rekor-version: 2`, which is sent the digest only, or leave statements out with `attest`" : void 0;
}
/** What is there already is as good: somebody's answer was lost on its way. */
async function existing(context, entries, { headers }) {
	const url = URL.parse(headers["location"] ?? "", entries);
	if (url === null || url.origin !== new URL(entries).origin) throw nonsense(WHAT$2, entries, "it has an equal entry, and does not say where");
	return await ask(context, {
		what: WHAT$2,
		url: url.href,
		maxBytes: MAX_BYTES$2,
		totalMs: TOTAL_MS$2
	});
}
/** Reads the answer; a text says what is wrong with it. */
function entryIn$1(value, signed, { kind, apiVersion }) {
	const [entry, ...more] = Object.values(require_run.jsonObjectOf(value) ?? {}).map(require_run.jsonObjectOf);
	if (entry === void 0 || more.length > 0) return "found no entry";
	const verification = require_run.jsonObjectOf(entry["verification"]);
	const body = textAt(entry, "body");
	const logId = textAt(entry, "logID");
	const promise = textAt(verification, "signedEntryTimestamp");
	const given = require_run.jsonObjectOf(verification?.["inclusionProof"]) ?? {};
	const proof = proofIn(given, textAt(given, "checkpoint"), hexToBase64);
	const logIndex = digitsAt(entry, "logIndex");
	const integratedTime = digitsAt(entry, "integratedTime");
	if (!body || !logId || !promise || !proof || !logIndex || !integratedTime) return "found an entry without its proof";
	if (signatureIn(require_run.jsonInUtf8(Buffer.from(body, "base64"))) !== base64(signed.signature)) return "found an entry of another signature";
	return {
		at: Number(integratedTime) * 1e3,
		json: {
			logIndex,
			logId: { keyId: hexToBase64(logId) },
			kindVersion: {
				kind,
				version: apiVersion
			},
			integratedTime,
			inclusionPromise: { signedEntryTimestamp: promise },
			inclusionProof: proof,
			canonicalizedBody: body
		}
	};
}
/** Of either kind of body. */
function signatureIn(body) {
	const spec = require_run.jsonObjectOf(require_run.jsonObjectOf(body)?.["spec"]);
	const list = spec?.["signatures"];
	if (Array.isArray(list)) return textAt(require_run.jsonObjectOf(list[0]), "signature");
	return textAt(require_run.jsonObjectOf(spec?.["signature"]), "content");
}
function hexToBase64(hex) {
	return Buffer.from(hex, "hex").toString("base64");
}
// src/services/sigstore-sign/rekor-v2.ts
const WHAT$1 = "enter a signature in the log";
const MAX_BYTES$1 = 1048576;
/** Longest time for one attempt, in milliseconds: the answer waits for the log's next checkpoint, 10 s and more. */
const TOTAL_MS$1 = 45e3;
/** After this long, in milliseconds, a log that somebody gave up on has come to itself. */
const ANEW_MS = 1e3;
/** Of what is signed with. */
const KEY_DETAILS = "PKIX_ECDSA_P256_SHA_256";
const KIND_VERSION = {
	kind: "hashedrekord",
	version: "0.0.2"
};
/** An equal entry is there, which the log does not hand out. */
const CONFLICT = 409;
/**
* Enters a signature in a log of version 2. It cannot be entered twice, and what was entered cannot be fetched: after
* an error only a new signature gets an answer.
*
* @throws ServiceError
* @see https://github.com/sigstore/rekor-tiles/blob/main/api/proto/rekor/v2/hashedrekord.proto
*/
async function enterRekorV2(context, url, { signed, credential }) {
	const entries = `${url}/api/v2/log/entries`;
	const answer = await ask(context, {
		what: WHAT$1,
		url: entries,
		type: "application/json",
		body: JSON.stringify({ hashedRekordRequestV002: requestOf(signed, credential) }),
		maxBytes: MAX_BYTES$1,
		totalMs: TOTAL_MS$1,
		answers: [CONFLICT]
	}).catch((error) => {
		throw withWait(error);
	});
	if (answer.status === CONFLICT) throw new require_errors.ServiceError({
		code: "SERVICE_STATUS",
		message: `Cannot ${WHAT$1} at "${entries}": it has the entry already, and does not hand it out`,
		remedy: "Run the job again",
		url: entries,
		reason: `status ${CONFLICT}`,
		retryInMs: ANEW_MS
	});
	const entry = entryIn(require_run.jsonObjectOf(require_run.jsonInUtf8(answer.body)) ?? {}, signed);
	if (typeof entry === "string") throw nonsense(WHAT$1, entries, entry);
	return entry;
}
function requestOf({ digest, signature }, { der, identity }) {
	const verifier = identity.kind === "certificate" ? { x509Certificate: { rawBytes: base64(der) } } : { publicKey: { rawBytes: base64(der) } };
	return {
		digest: base64(digest),
		signature: {
			content: base64(signature),
			verifier: {
				keyDetails: KEY_DETAILS,
				...verifier
			}
		}
	};
}
/** Never at once: others wait for the same checkpoint. */
function withWait(error) {
	if (!(error instanceof require_errors.ServiceError) || error.retryInMs === void 0) return error;
	const { code, message, remedy, url, reason, retryInMs } = error;
	return new require_errors.ServiceError({
		code,
		message,
		remedy,
		cause: error,
		...url !== void 0 && { url },
		...reason !== void 0 && { reason },
		retryInMs: Math.max(retryInMs, ANEW_MS)
	});
}
/** Reads the answer; a text says what is wrong with it. */
function entryIn(entry, signed) {
	const keyId = textAt(require_run.jsonObjectOf(entry["logId"]), "keyId");
	const body = textAt(entry, "canonicalizedBody");
	const logIndex = digitsAt(entry, "logIndex");
	const given = require_run.jsonObjectOf(entry["inclusionProof"]) ?? {};
	const proof = proofIn(given, textAt(require_run.jsonObjectOf(given["checkpoint"]), "envelope"), (hash) => hash);
	if (!keyId || !body || !logIndex || !proof) return "found an entry without its proof";
	const stored = require_run.jsonObjectOf(require_run.jsonInUtf8(Buffer.from(body, "base64")));
	const record = require_run.jsonObjectOf(require_run.jsonObjectOf(stored?.["spec"])?.["hashedRekordV002"]);
	if (textAt(require_run.jsonObjectOf(record?.["signature"]), "content") !== base64(signed.signature)) return "found an entry of another signature";
	return { json: {
		logIndex,
		logId: { keyId },
		kindVersion: KIND_VERSION,
		integratedTime: "0",
		inclusionProof: proof,
		canonicalizedBody: body
	} };
}
// src/formats/timestamp.ts
/** Media types of a request and of its answer. @see https://www.rfc-editor.org/rfc/rfc3161#section-3.4 */
const TIMESTAMP_QUERY = "application/timestamp-query";
const TIMESTAMP_REPLY = "application/timestamp-reply";
const SHA256_OID = "2.16.840.1.101.3.4.2.1";
const SIGNED_DATA_OID = "1.2.840.113549.1.7.2";
const TST_INFO_OID = "1.2.840.113549.1.9.16.1.4";
/** Tag of what a choice or an option wraps. */
const EXPLICIT_0 = 160;
/** `granted`, `grantedWithMods`. @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2 */
const GRANTED = [0, 1];
/**
* Writes a request for a timestamp that has the authority's certificates in it.
*
* @returns DER of a TimeStampReq
* @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.1
*/
function timestampRequest({ digest, nonce }) {
	const algorithm = der(DER_TAG.sequence, der(DER_TAG.oid, derOid(SHA256_OID)), der(DER_TAG.nothing));
	return der(DER_TAG.sequence, der(DER_TAG.integer, Buffer.from([1])), der(DER_TAG.sequence, algorithm, der(DER_TAG.octets, digest)), der(DER_TAG.integer, derUnsigned(nonce)), der(DER_TAG.boolean, Buffer.from([255])));
}
/**
* Holds an answer to what was asked. Its signature is not checked here.
*
* @param response DER of a TimeStampResp
* @returns the time that it states, or what is wrong with it, as text
* @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2
*/
function timestampTime(response, { digest, nonce }) {
	const [status, token, ...more] = derInside(derValues(response)?.[0], DER_TAG.sequence) ?? [];
	const [code] = derInside(status, DER_TAG.sequence) ?? [];
	if (code?.tag !== DER_TAG.integer || more.length > 0) return "it is no timestamp response";
	const number = code.content.length === 1 ? code.content[0] ?? -1 : -1;
	if (!GRANTED.includes(number)) return `the request was rejected, with status ${number}`;
	const info = token && infoIn(token.content);
	if (info === void 0) return "it holds no timestamp";
	const [, , imprint, , time, ...rest] = info;
	const [, hashed] = derInside(imprint, DER_TAG.sequence) ?? [];
	if (hashed === void 0 || !equal(hashed.content, digest)) return "it is about another signature";
	const returned = rest.find(({ tag }) => tag === DER_TAG.integer);
	if (returned === void 0 || !equal(returned.content, derUnsigned(nonce))) return "it is an answer to another request";
	return (time && timeOf(time)) ?? "it states no time";
}
/** Fields of the TSTInfo. @see https://www.rfc-editor.org/rfc/rfc5652#section-5.1 */
function infoIn(token) {
	const [type, wrapped] = derValues(token) ?? [];
	if (type === void 0 || oidOf(type) !== SIGNED_DATA_OID) return void 0;
	const signedData = derInside(wrapped, EXPLICIT_0)?.[0];
	const content = derInside(signedData, DER_TAG.sequence)?.[2];
	const [contentType, octets] = derInside(content, DER_TAG.sequence) ?? [];
	if (contentType === void 0 || oidOf(contentType) !== TST_INFO_OID) return void 0;
	const [text] = derInside(octets, EXPLICIT_0) ?? [];
	if (text?.tag !== DER_TAG.octets) return void 0;
	return derInside(derValues(text.content)?.[0], DER_TAG.sequence);
}
function equal(a, b) {
	return Buffer.compare(a, b) === 0;
}
// src/services/sigstore-sign/timestamp.ts
const WHAT = "get a timestamp";
const MAX_BYTES = 65536;
/** Longest time for one attempt, in milliseconds. */
const TOTAL_MS = 3e4;
const NONCE_BYTES = 16;
/**
* Gets a timestamp over a signature.
*
* @throws ServiceError
* @see https://www.rfc-editor.org/rfc/rfc3161
*/
async function fetchTimestamp(context, url, signature) {
	const question = {
		digest: (0, node_crypto.createHash)("sha256").update(signature).digest(),
		nonce: (0, node_crypto.randomBytes)(NONCE_BYTES)
	};
	const { body: response } = await ask(context, {
		what: WHAT,
		url,
		type: TIMESTAMP_QUERY,
		accept: TIMESTAMP_REPLY,
		body: timestampRequest(question),
		maxBytes: MAX_BYTES,
		totalMs: TOTAL_MS
	});
	const time = timestampTime(response, question);
	if (typeof time === "string") throw nonsense(WHAT, url, time);
	return {
		response,
		at: time.getTime()
	};
}
// src/services/sigstore-sign/witness.ts
/** All that a signature has to be brought to. */
function witnessesOf(context, { trustedRoot, rekor, timestampUrl, further }) {
	const logs = [...rekor ? [rekor] : [], ...further?.rekor ?? []];
	const authorities = [...timestampUrl === void 0 ? [] : [timestampUrl], ...further?.timestampUrls ?? []];
	const known = logIdsIn(trustedRoot);
	return [...logs.map(({ url, version }) => {
		const enter = version === 1 ? enterRekorV1 : enterRekorV2;
		return {
			kind: "log",
			url,
			anew: version === 2,
			async testify(signed, credential) {
				const entry = await enter(context, url, {
					signed,
					credential
				});
				if (!known.has(idOf(entry.json))) throw unknownLog(url);
				return {
					kind: "log",
					url,
					...entry
				};
			}
		};
	}), ...authorities.map((url) => ({
		kind: "timestamp",
		url,
		anew: false,
		async testify({ signature }) {
			const { response, at } = await fetchTimestamp(context, url, signature);
			return {
				kind: "timestamp",
				url,
				at,
				json: { signedTimestamp: base64(response) }
			};
		}
	}))];
}
/** Of a log or an entry of one, in hex. */
function idOf(object) {
	const { keyId } = require_run.jsonObjectOf(object["logId"]) ?? {};
	return typeof keyId === "string" ? Buffer.from(keyId, "base64").toString("hex") : "";
}
function logIdsIn(trustedRoot) {
	const logs = require_run.jsonObjectOf(trustedRoot)?.["tlogs"];
	return new Set(Array.isArray(logs) ? logs.map((log) => idOf(require_run.jsonObjectOf(log) ?? {})) : []);
}
function unknownLog(url) {
	return nonsense("enter a signature in the log", url, {
		why: "it is a log that the trusted root has not",
		remedy: "Make trusted root and signing configuration of the same deployment"
	});
}
/**
* Asks those witnesses that have not said anything yet, all at once.
*
* @param heard what was said before; what is said now is added
* @throws ServiceError the first that will not pass, else the first
*/
async function hearWitnesses(witnesses, heard, { signed, credential }) {
	const asked = witnesses.filter((witness) => !heard.has(witness));
	const errors = [];
	await Promise.all(asked.map(async (witness) => {
		try {
			heard.set(witness, await witness.testify(signed, credential));
		} catch (error) {
			errors.push(error);
		}
	}));
	if (errors.length === 0) return;
	throw errors.find((error) => !mayPass(error)) ?? errors[0];
}
function mayPass(error) {
	return error instanceof require_errors.ServiceError && error.retryInMs !== void 0;
}
// src/services/sigstore-sign.ts
/**
* Signs as the workflow that this is: with a key of this run alone, and a certificate for it that says which workflow
* it is.
*
* @throws InputError `INPUT_INVALID` when the instance has no authority, or nothing that proves the time
*/
function keylessSigner(context, instance) {
	const { fulcioUrl, rekor, timestampUrl } = instance;
	if (fulcioUrl === void 0) throw unusable("it has no certificate authority that can be used now", "Give `signing-config`, as `cosign signing-config create` writes it, or sign with `signing-key`");
	if (timestampUrl === void 0 && rekor?.version !== 1) throw unusable("nothing in it proves when something was signed", "Name a timestamp authority in the signing configuration, or set `rekor-version: 1`");
	const waiting = patienceOf(context);
	const { key, current } = certificateKeeper(context, {
		...instance,
		fulcioUrl
	}, waiting);
	return signerOf(context, {
		instance,
		key,
		current,
		waiting
	});
}
/** Signs with a key that somebody has. */
function keySigner(context, instance, key) {
	const credential = keyCredential(key);
	return signerOf(context, {
		instance,
		key,
		current: () => Promise.resolve(credential),
		waiting: patienceOf(context)
	});
}
function unusable(why, remedy) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot sign with this Sigstore: ${why}`,
		remedy
	});
}
function signerOf(context, { instance, ...signer }) {
	const witnesses = witnessesOf(context, instance);
	return {
		identity: async () => (await signer.current()).identity,
		statement: (payload) => signAll(context, signer, {
			witnesses,
			sign: statementSign(signer.key, payload)
		}),
		message: (chunks) => signAll(context, signer, {
			witnesses,
			sign: messageSign(signer.key, chunks)
		})
	};
}
/** Signs, and has it witnessed, until both fit together. */
async function signAll({ host }, { current, waiting }, { witnesses, sign }) {
	let signed;
	let witnessed;
	const heard = /* @__PURE__ */ new Map();
	return waiting.persist(async () => {
		const credential = await current();
		if (credential !== witnessed) heard.clear();
		witnessed = credential;
		signed ??= await sign();
		try {
			await hearWitnesses(witnesses, heard, {
				signed,
				credential
			});
		} catch (error) {
			if (witnesses.some((witness) => witness.anew && !heard.has(witness))) {
				signed = void 0;
				heard.clear();
			}
			throw error;
		}
		const testimonies = [...heard.values()];
		const outside = testimonies.find(({ at }) => at !== void 0 && !isWithin(at, credential));
		if (outside === void 0) return bundleOf(signed, credential, testimonies);
		heard.clear();
		throw lateError(outside, credential, host.now());
	});
}
function isWithin(at, { validity }) {
	if (validity === void 0) return true;
	return at >= Math.floor(validity.from / 1e3) * 1e3 && at <= validity.until;
}
/** Our own clock tells whether it took too long, or another clock is wrong. */
function lateError({ url, at = 0 }, { validity }, now) {
	const [from, until] = [validity?.from ?? 0, validity?.until ?? 0];
	const stated = new Date(at).toISOString();
	const window = `${new Date(from).toISOString()} to ${new Date(until).toISOString()}`;
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot use what "${url}" says: it states ${stated}, and the certificate holds from ${window}`,
		remedy: "Run the job again; should it stay so, the clock of that service or of the certificate authority is wrong",
		url,
		reason: "a time outside of the certificate",
		...now.getTime() > until && { retryInMs: 0 }
	});
}
// src/stages/sign/who.ts
/** Where the code host is when the runner does not say. */
const DEFAULT_SERVER = "https://github.com";
/** Asks the runner who this is, where it says so; else the event tells who may see the repository. */
async function knownOf({ host, settings, signal }, way, before) {
	const { idTokens } = host;
	const issuer = settings.sigstore.oidcIssuer;
	let claims = before;
	if (claims === void 0 && way === "keyless" && idTokens !== void 0) try {
		claims = await require_github_oidc.workflowClaims({
			host,
			idTokens,
			signal,
			issuer
		});
	} catch (error) {
		if (!(error instanceof require_errors.ServiceError)) throw error;
		host.log.debug(error.message);
	}
	const visibility = claims?.repositoryVisibility ?? require_run.readEventVisibility(host);
	return {
		...claims && { claims },
		...visibility !== void 0 && { visibility }
	};
}
/** What a signer may use, and how patient it is to be. */
function signingContext({ host, signal, settings }) {
	const { patienceSeconds } = settings.sigstore;
	return {
		host,
		signal,
		...patienceSeconds !== void 0 && { patienceMs: patienceSeconds * 1e3 }
	};
}
/**
* Makes the signer of a run. Nothing is asked yet.
*
* @throws InputError when the key, or the instance, cannot be used
*/
async function whoSigns(context, { way, instance, claims }) {
	if (way === "key") {
		const key = await signingKeyOf(context.settings.sign);
		if (key === void 0) throw new Error("There is no key to sign with");
		const signer = keySigner(signingContext(context), instance, key);
		return {
			signer,
			foreseen: await signer.identity()
		};
	}
	const signer = keylessSigner(signingContext(context), instance);
	if (claims === void 0) return { signer };
	return {
		signer,
		foreseen: {
			kind: "certificate",
			identity: `${(context.host.env["GITHUB_SERVER_URL"] ?? DEFAULT_SERVER).replace(/\/$/, "")}/${claims.jobWorkflowRef}`,
			issuer: claims.issuer
		}
	};
}
// src/stages/sign/preflight.ts
/** Largest predicate that GitHub's API takes, in bytes. @see https://github.com/actions/attest#attestation-limits */
const GITHUB_MAX_BYTES = 16777216;
/** Largest request that version 1 of Rekor takes when nobody says otherwise, in bytes. @see https://github.com/sigstore/rekor */
const REKOR_V1_MAX_BYTES = 33554432;
/** Largest attachment that cosign reads when nobody says otherwise, in bytes. @see https://github.com/sigstore/cosign */
const COSIGN_MAX_BYTES = 134217728;
/**
* Everything that is in the way of signing, as far as it can be found out without leaving a trace: all of it, so that
* nobody has to run once for each.
*/
async function hindrancesOf(preflight) {
	const services = preflight.isSigning ? servicesOf(preflight) : [];
	const reach = reacher(signingContext(preflight.context));
	const asked = await Promise.all([
		...preflight.repositories.map(pushHindrance),
		...services.map(([what, url]) => reachHindrance(reach, what, url)),
		...preflight.isSigning ? [githubHindrances(preflight)] : []
	]);
	return [...preflight.isSigning ? [...formHindrances(preflight), ...sizeHindrances(preflight)] : [], ...asked.flat()];
}
/** The older forms carry the log's promise, which only version 1 makes. */
function formHindrances({ forms, instance }) {
	if (!forms.has("legacy") || instance.rekor?.version === 1) return [];
	return [{
		message: `The form \`legacy\` needs a signed entry timestamp: found ${instance.rekor === void 0 ? "no log" : `a log of version ${instance.rekor.version}`}, expected Rekor of version 1`,
		remedy: "Set `rekor-version: 1`, or leave `legacy` out of `signature-forms`"
	}];
}
function sizeHindrances({ forms, instance, predicates }) {
	return predicates.flatMap((predicate) => {
		const bytes = sizeOf(predicate);
		return [
			...forms.has("github") ? [[
				"GitHub takes",
				GITHUB_MAX_BYTES,
				bytes
			]] : [],
			...instance.rekor?.version === 1 ? [[
				"the log takes",
				REKOR_V1_MAX_BYTES,
				inBase64(bytes)
			]] : [],
			[
				"cosign reads",
				COSIGN_MAX_BYTES,
				inBase64(bytes)
			]
		].filter(([, most, size]) => size > most).map(([who, most, size]) => ({
			message: `The statement \`${predicate.kind}\` has ${size} bytes, ${who} at most ${most}`,
			remedy: `Leave \`${predicate.kind}\` out of \`attest\`, or use ${remedyFor(who)}`
		}));
	});
}
function remedyFor(who) {
	if (who === "GitHub takes") return "other `signature-forms` than `github`";
	return who === "the log takes" ? "`rekor-version: 2`, which logs digests alone" : "a smaller inventory, with `exclude`";
}
function sizeOf({ chunks }) {
	let bytes = 0;
	for (const chunk of chunks()) bytes += Buffer.byteLength(chunk);
	return bytes;
}
function inBase64(bytes) {
	return Math.ceil(bytes / 3) * 4;
}
async function pushHindrance(repository) {
	try {
		await repository.probePush();
		return [];
	} catch (error) {
		return [hindranceOf(error)];
	}
}
/** An error as one of several things in the way. @throws whatever is no error of a service or an input */
function hindranceOf(error) {
	if (error instanceof require_errors.CancelledError || !(error instanceof require_errors.AssayError)) throw error;
	const { message, remedy } = error;
	return {
		message,
		remedy,
		...error instanceof require_errors.ServiceError && (error.code !== "SERVICE_STATUS" || error.retryInMs !== void 0) && { passing: true }
	};
}
/** What is signed with, and an address of each that can be asked without leaving a trace. */
function servicesOf({ way, instance }) {
	const { fulcioUrl, rekor, timestampUrl } = instance;
	return [
		...way === "keyless" && fulcioUrl !== void 0 ? [["the certificate authority", `${fulcioUrl}/api/v2/configuration`]] : [],
		...rekor === void 0 ? [] : [["the log", rekor.version === 1 ? `${rekor.url}/api/v1/log` : rekor.url]],
		...timestampUrl === void 0 ? [] : [["the timestamp authority", `${timestampUrl}/certchain`]]
	];
}
/** An outage that passes is no hindrance: it is waited for here as it would be later. */
async function reachHindrance(reach, what, url) {
	try {
		await reach(what, url);
		return [];
	} catch (error) {
		if (error instanceof require_errors.CancelledError || !(error instanceof require_errors.ServiceError)) throw error;
		const { message, remedy } = error;
		return [{
			message: `${what} does not answer: ${message}`,
			remedy,
			passing: true
		}];
	}
}
/** One error for all that is in the way. @throws InputError @throws ServiceError */
function assertUnhindered(hindrances) {
	const [first] = hindrances;
	if (first === void 0) return;
	const permissions = hindrances.flatMap(({ permission }) => permission ?? []);
	const remedies = [...permissions.length === 0 ? [] : [`Add to the job \`permissions:\` with ${permissions.map((one) => `\`${one}\``).join(" and ")}`], ...new Set(hindrances.map(({ remedy }) => remedy))];
	const message = hindrances.length === 1 ? `Nothing was signed: ${first.message}` : `Nothing was signed: ${hindrances.map((one, at) => `(${at + 1}) ${one.message}`).join("; ")}`;
	const remedy = remedies.join(". ");
	if (hindrances.every(({ passing }) => passing === true)) throw new require_errors.ServiceError({
		code: "SERVICE_UNREACHABLE",
		message,
		remedy
	});
	throw new require_errors.InputError({
		code: permissions.length > 0 ? "PERMISSION_MISSING" : "INPUT_CONFLICT",
		message,
		remedy
	});
}
// src/stages/sign/privacy.ts
/**
* Whether names of a private repository would enter a log that anybody can read, for good.
*
* @returns what exactly would become public, where that was not allowed
*/
function privacyHindrance(question) {
	const { way, instance, allowed, visibility } = question;
	if (allowed || !instance.isPublic || visibility === "public") return void 0;
	if (way === "key" && (visibility === void 0 || instance.rekor === void 0)) return void 0;
	return {
		message: `The repository is ${visibility === void 0 ? "of unknown visibility" : visibility}, and this would enter a public log for good: ${madePublic(question)}`,
		remedy: "Set `publish-private-names: true` if that may become public; or name a private deployment with `trusted-root` and `signing-config`, or `sign: off`"
	};
}
function madePublic({ way, claims, instance }) {
	const digests = "the digests of what is signed and of every statement, and the time";
	if (way === "key") return `${digests}, with the public key`;
	const where = instance.rekor === void 0 ? " in the log of certificates" : "";
	if (claims === void 0) return `the name of the repository, its workflow, branch or tag, commit and run, and the visibility${where}; ${digests}`;
	const { repository, jobWorkflowRef, workflowRef, ref, sha, eventName, runId } = claims;
	return `the repository "${repository}", the workflow ${[.../* @__PURE__ */ new Set([workflowRef, jobWorkflowRef])].join(" and ")}, ${ref}, commit ${sha}, the event ${eventName}, run ${runId}${where}; ${digests}`;
}
// src/stages/sign/promotions.ts
/** Reads `promote-to`. What cannot be read, or whose image is unknown, is in the way. */
function promotionsOf(given, images) {
	const read = given.map((one) => promotionOf(one, images));
	const promotions = read.filter((one) => typeof one !== "string");
	const hindrances = read.filter((one) => typeof one === "string").map((message) => ({
		message,
		remedy: "Write `registry/repository:tag`, and with several images `image=registry/repository:tag`"
	}));
	const twice = promotions.filter((one, at) => promotions.findIndex((other) => other.name === one.name && other.tag === one.tag) < at);
	return {
		promotions,
		hindrances: [...hindrances, ...twice.map(({ name, tag }) => ({
			message: `\`promote-to\` names ${name}:${tag} twice`,
			remedy: "Give every image a tag of its own"
		}))]
	};
}
function promotionOf(given, images) {
	const equals = given.lastIndexOf("=");
	const what = `Cannot use "${require_run.plainText(given)}" of \`promote-to\``;
	const named = equals < 0 ? void 0 : given.slice(0, equals).trim();
	const image = named === void 0 ? images[0] : images.find((one) => one.given === named);
	if (named === void 0 && images.length !== 1) return `${what}: there are ${images.length} images, and it does not say which`;
	if (image === void 0) return `${what}: "${require_run.plainText(named ?? "")}" is none of the images`;
	const reference = require_registry.parseImageReference(given.slice(equals + 1).trim(), require_registry_defaults.SHORT_IMAGE_NAMES);
	if (typeof reference === "string") return `${what}: ${reference}`;
	if (reference.digest !== void 0) return `${what}: it has a digest, expected a tag`;
	if (reference.tag === void 0) return `${what}: it has no tag`;
	const { registry, repository, tag } = reference;
	return {
		image,
		given,
		name: require_registry.imageNameOf(reference),
		reference: {
			registry,
			repository
		},
		tag
	};
}
// src/stages/sign/repositories.ts
/**
* Opens each repository once in a run: what is known of logins and blobs there serves all that is signed.
*
* @param images whose registry the login of the inputs is for
* @returns finds the repository of a name such as `ghcr.io/o/app`
*/
function repositoriesOf(context, images) {
	const access = require_registry.registryAccess(context, images.map(({ subject }) => referenceOf(subject.name)));
	const open = /* @__PURE__ */ new Map();
	return (name) => {
		const reference = referenceOf(name);
		const key = require_registry.imageNameOf(reference);
		const repository = open.get(key) ?? require_registry.openRepository(access, reference);
		open.set(key, repository);
		return repository;
	};
}
function referenceOf(name) {
	const reference = require_registry.parseImageReference(name, require_registry_defaults.SHORT_IMAGE_NAMES);
	if (typeof reference === "string") throw new Error(`"${name}" was taken for an image's name`);
	return reference;
}
// src/stages/sign/prepared.ts
/**
* Finds out what is signed already, and all that is in the way of the rest, before anything is signed.
*
* @returns why nothing is to be signed, as text, where only images are there and nobody insisted
* @throws InputError for all that is in the way, together
* @throws ServiceError for what may pass by itself
*/
async function prepare(context, toSign) {
	const { way, instance, images } = toSign;
	const known = await knownOf(context, way, toSign.claims);
	const { publishPrivateNames: allowed, forms, promoteTo } = context.settings.sign;
	const privacy = privacyHindrance({
		...known,
		way,
		instance,
		allowed
	});
	if (privacy !== void 0 && !require_run.isExplicit(context)) return `${privacy.message}. ${privacy.remedy}`;
	assertUnhindered(privacy === void 0 ? [] : [privacy]);
	const who = await whoSigns(context, {
		...known,
		way,
		instance
	});
	const foreseen = who.foreseen ?? await who.signer.identity();
	const work = await workOf(context, {
		...toSign,
		...who,
		foreseen,
		forms: new Set(forms)
	});
	const subjects = subjectsOf(images);
	const plan = await attempt(() => planImages(work, subjects));
	const { promotions, hindrances } = promotionsOf(promoteTo, images);
	const planned = "message" in plan ? [] : plan;
	const files = toSign.files > 0 ? await toSign.fileHindrances(work) : [];
	const isNeeded = toSign.files > 0 || isAnythingMissing(planned, work);
	const writes = await writtenTo(work, planned, promotions);
	const found = isNeeded || writes.length > 0 ? await hindrancesOf({
		context,
		way,
		instance,
		forms: work.forms,
		...work.github && { github: work.github },
		predicates: work.predicates,
		repositories: writes,
		isSigning: isNeeded
	}) : [];
	assertUnhindered([
		...hindrances,
		..."message" in plan ? [plan] : [],
		...found,
		...files
	]);
	const prepared = {
		way,
		instance,
		promotions,
		...known.claims && { claims: known.claims }
	};
	if (!isNeeded) return {
		...prepared,
		work,
		planned
	};
	const actual = await work.own.signedBy();
	if (isSameIdentity(foreseen, actual)) return {
		...prepared,
		work,
		planned
	};
	const ours = {
		...work,
		predicates: toSign.predicatesOf(actual)
	};
	return {
		...prepared,
		work: ours,
		planned: await planImages(ours, subjects)
	};
}
/** What was foreseen may differ from what the authority certifies. */
function isSameIdentity(one, other) {
	if (one.kind === "key" || other.kind === "key") return one.kind === other.kind;
	return one.identity === other.identity && one.issuer === other.issuer;
}
async function workOf(context, given) {
	const { instance, images, signer, foreseen, forms, predicatesOf } = given;
	const identity = () => signer.identity();
	return {
		context,
		signer,
		own: await ownBundles({
			instance,
			foreseen,
			identity
		}),
		predicates: predicatesOf(foreseen),
		forms,
		hint: foreseen.kind === "key" ? foreseen.hint : "",
		...githubOf(context),
		repositoryOf: repositoriesOf(context, images)
	};
}
/** Repositories that something is missing in: those of images, and those that they are promoted to. */
async function writtenTo(work, planned, promotions) {
	const { forms } = work;
	const inRegistry = new Set([...forms].filter((form) => form === "referrer" || form === "legacy"));
	const sources = planned.filter((subject) => isAnythingMissing([subject], { forms: inRegistry })).map(({ repository }) => repository);
	const targets = await Promise.all(promotions.map(async ({ image, name, tag }) => {
		const repository = work.repositoryOf(name);
		return await isTagged(repository, tag, require_digest.renderDigest(image.subject.digest)) ? [] : [repository];
	}));
	return [.../* @__PURE__ */ new Set([...sources, ...targets.flat()])];
}
/** Whether a tag is what it is to become. A registry that cannot say is asked whether it may be written to. */
async function isTagged(repository, tag, digest) {
	const head = await attempt(() => repository.head(tag));
	return head !== void 0 && "digest" in head && head.digest === digest;
}
/** What stops us is data here: all of it is told together. */
async function attempt(task) {
	try {
		return await task();
	} catch (error) {
		return hindranceOf(error);
	}
}
// src/stages/sign/promoting.ts
/** Targets that are copied to at once. */
const MAX_AT_ONCE = 4;
/** Ends of the older tags, which come along. */
const SUFFIXES = [".sig", ".att"];
/**
* Copies signed images with all that is attached to them to every target, reads them back and verifies them there. Only
* when that is done for all targets are tags set, and only at those where all of it holds: one that fails keeps its tag
* as it is, and does not keep the others from theirs. Never throws for a service.
*/
async function promote(promoting, promotions) {
	const { context } = promoting.work;
	const progress = context.host.progress("Promoting images", promotions.length);
	const copied = await require_run.inParallel(promotions, MAX_AT_ONCE, async (promotion) => {
		try {
			const reason = await copyAndVerify(promoting, promotion);
			return {
				promotion,
				...reason !== void 0 && { reason }
			};
		} catch (error) {
			return {
				promotion,
				...obstacleOf(context, error)
			};
		} finally {
			progress.advance();
		}
	});
	progress.done();
	return require_run.inParallel(copied, MAX_AT_ONCE, async (one) => {
		if (one.reason !== void 0) return one;
		try {
			return {
				...one,
				...await putTag(promoting, one.promotion)
			};
		} catch (error) {
			return {
				...one,
				...obstacleOf(context, error)
			};
		}
	});
}
/** @returns why it must not be tagged, as text */
async function copyAndVerify({ work, planned, signed }, { image, name }) {
	const missing = signed.filter((one) => one.given === image.given).flatMap(({ kept }) => kept).filter(({ outcome }) => outcome !== "verified");
	if (missing.length > 0) return `${missing.length} of its signatures and attestations are not where it was signed`;
	const source = work.repositoryOf(image.subject.name);
	const target = work.repositoryOf(name);
	const digest = `${image.subject.digest.algorithm}:${image.subject.digest.hex}`;
	const subjects = planned.filter(({ one }) => one.image.given === image.given);
	if (await faultsAt(work, target, subjects) === void 0) return void 0;
	if (target !== source) await target.copyFrom(source, digest, SUFFIXES);
	return faultsAt(work, target, subjects);
}
async function faultsAt(work, repository, subjects) {
	for (const subject of subjects) {
		const fault = await faultAt(work, repository, subject);
		if (fault !== void 0) return fault;
	}
}
/** Reads back what was copied: the manifest, and every signature that it is to have. */
async function faultAt(work, repository, { one, wanted }) {
	const { digest } = one.descriptor;
	if ((await repository.manifest(digest))?.kind !== "found") return `${repository.name}@${digest} is not there after copying`;
	const { own, forms, hint } = work;
	const subject = one.descriptor;
	if (forms.has("referrer")) {
		const { found } = await lookForBundles({
			repository,
			subject,
			wanted,
			accepts: (bundle, statement) => own.sameStatement(bundle, statement)
		});
		const fault = missingOf(wanted, found, `attached to ${repository.name}@${digest}`);
		if (fault !== void 0) return fault;
	}
	if (!forms.has("legacy")) return void 0;
	const signedName = one.subject.name;
	return missingOf(wanted, await lookForLegacy({
		repository,
		subject,
		signedName,
		wanted,
		own,
		hint
	}), `under the older tags of ${repository.name}@${digest}`);
}
function missingOf(wanted, found, where) {
	const missing = wanted.filter(({ says }) => !found.has(says)).map(({ says }) => says);
	return missing.length === 0 ? void 0 : `${missing.join(", ")} did not verify ${where}`;
}
/** Sets the tag, unless it is set, and reads it back. */
async function putTag({ work }, { image, name, tag }) {
	const { algorithm, hex } = image.subject.digest;
	const digest = `${algorithm}:${hex}`;
	const target = work.repositoryOf(name);
	if ((await target.head(tag))?.digest === digest) return {
		tagged: digest,
		before: true
	};
	const found = await target.manifest(digest);
	if (found?.kind !== "found") return { reason: `${name}@${digest} is not there any more` };
	await target.putManifest(found.bytes, found.descriptor.mediaType, tag);
	const after = await target.manifest(tag);
	if (after?.kind === "found" && after.descriptor.digest === digest) return { tagged: digest };
	return { reason: `the tag "${tag}" of ${name} is ${after?.kind === "found" ? after.descriptor.digest : "nothing"} after it was set to ${digest}` };
}
// src/stages/sign/section.ts
/** How many notes the section has. */
const MAX_NOTES = 20;
function sectionOf({ identity, subjects, promoted, commands, notes }) {
	return {
		title: "Signatures",
		blocks: [
			...identity ? [{
				kind: "paragraph",
				text: whoOf(identity)
			}] : [],
			...subjects.length === 0 ? [] : [tableOf(subjects)],
			...promoted.length === 0 ? [] : [promotedTable(promoted)],
			...commandBlocks(commands),
			...notesBlocks(notes)
		]
	};
}
function whoOf(identity) {
	return identity.kind === "key" ? ["Signed with the key ", { code: identity.hint }] : [
		"Signed as ",
		{ code: identity.identity },
		", vouched for by ",
		{ code: identity.issuer }
	];
}
function tableOf(subjects) {
	return {
		kind: "table",
		columns: [
			{ title: "Subject" },
			{ title: "What" },
			{ title: "Digest" },
			{ title: "Statements" },
			{ title: "Where" }
		],
		rows: subjects.map(({ subject, given, what, kept }, at) => {
			const good = kept.filter(({ outcome }) => outcome === "verified");
			const says = [...new Set(good.map((one) => one.says))].join(", ");
			const bad = kept.length - good.length;
			const rest = bad === 0 ? [] : [{ strong: `${says === "" ? "" : "; "}${bad} not kept` }];
			return [
				subjects[at - 1]?.given === given ? "" : { code: given },
				what,
				{ code: require_digest.renderDigest(subject.digest) },
				[says, ...rest],
				placesOf$1(good)
			];
		})
	};
}
/** `referrer (was there), file` */
function placesOf$1(kept) {
	return [...Map.groupBy(kept, ({ form }) => form)].map(([form, those]) => those.every(({ before }) => before) ? `${form} (was there)` : form).join(", ");
}
function promotedTable(promoted) {
	return {
		kind: "table",
		columns: [
			{ title: "Image" },
			{ title: "Promoted to" },
			{ title: "Tag is" }
		],
		rows: promoted.map(({ promotion, tagged, before, reason = "" }) => [
			{ code: promotion.image.given },
			{ code: `${promotion.name}:${promotion.tag}` },
			tagged === void 0 ? [{ strong: "as it was" }, `: ${reason}`] : [{ code: tagged }, ...before === true ? [" (was so)"] : []]
		])
	};
}
function commandBlocks(commands) {
	if (commands.length === 0) return [];
	return [{
		kind: "paragraph",
		text: { strong: "Anybody can check this" }
	}, {
		kind: "code",
		language: "sh",
		text: commands.map(({ line }) => line).join("\n")
	}];
}
function notesBlocks(notes) {
	if (notes.length === 0) return [];
	const rest = notes.length > MAX_NOTES ? [`and ${notes.length - MAX_NOTES} more`] : [];
	return [{
		kind: "details",
		summary: `Notes: ${notes.length}`,
		blocks: [{
			kind: "list",
			items: [...notes.slice(0, MAX_NOTES), ...rest]
		}]
	}];
}
// src/stages/sign/run.ts
/**
* Signs images and files, unless the verdict forbids it or something is in the way.
*
* @throws InputError @throws ServiceError before the first signature, for all that is in the way
*/
async function signEverything(context, inputs) {
	const { host, settings } = context;
	const way = require_run.wayToSign(context);
	const { images, files } = inputs;
	const unseen = unseenImages(settings, images);
	if (images.length + files.length === 0) return {
		...nothing("no image or file could be resolved"),
		findings: unseen
	};
	const circumstances = {
		now: host.now(),
		offline: settings.offline
	};
	const verdict = require_run.judge(context.reports, inputs.policyFile, circumstances);
	if (verdict.conclusion === "fail" && settings.sign.on === "pass") return forbidden(verdict);
	const minisign = await minisignSecretOf(settings.sign);
	const { list, claims } = inputs.provenance;
	const prepared = await prepare(context, {
		way,
		instance: await sigstoreOf(context, inputs.checkout),
		images,
		predicatesOf: (identity) => inOrder(settings.sign.statements, [...list, verdictPredicate(context, {
			conclusion: verdict.conclusion,
			policy: inputs.policyFile,
			checkout: inputs.checkout,
			identity
		})]),
		files: files.length,
		...claims && { claims },
		fileHindrances: (work) => fileHindrances(work, minisign)
	});
	if (typeof prepared === "string") return {
		...nothing(prepared),
		findings: unseen
	};
	const { work, planned, promotions } = prepared;
	const signed = await signImages(work, planned);
	const ofFiles = await signFiles({
		...work,
		files,
		...minisign && { minisign }
	});
	const promoted = await promote({
		work,
		planned,
		signed: signed.subjects
	}, promotions);
	const result = resultOf(context, {
		prepared,
		sets: [{
			...signed,
			documents: [],
			commands: [],
			findings: []
		}, ofFiles],
		promoted
	});
	return {
		...result,
		findings: [...unseen, ...result.findings ?? []]
	};
}
/** An image that is missing must not pass for one that is signed. */
function unseenImages({ images: named }, images) {
	return named.filter((given) => !images.some((image) => image.given === given)).map((given) => require_finding.findingOf(require_run.NOT_SIGNED, {
		subject: given,
		message: `${given} is not signed: it could not be looked at`
	}));
}
/** What was asked for, in the order in which it was. */
function inOrder(kinds, predicates) {
	return [...new Set(kinds)].flatMap((kind) => predicates.find((one) => one.kind === kind) ?? []);
}
function nothing(reason) {
	return {
		output: [],
		nothing: reason
	};
}
/** Never sign what failed: nothing is asked of anybody. */
function forbidden({ headline }) {
	return {
		output: [],
		nothing: "the verdict so far is fail, and what failed is not signed",
		section: {
			title: "Signatures",
			blocks: [{
				kind: "paragraph",
				text: [{ strong: "Nothing was signed" }, `: ${headline}`]
			}, {
				kind: "paragraph",
				text: ["What failed is signed only with ", { code: "sign-on: always" }]
			}]
		},
		stats: { subjects: 0 }
	};
}
function resultOf(context, { prepared, sets, promoted }) {
	const { host, settings } = context;
	const now = host.now();
	const identity = prepared.work.own.known();
	const subjects = sets.flatMap((set) => set.subjects);
	const observed = [...subjects.map((one) => observedOf$1(one, {
		identity,
		now
	})), ...promoted.map((one) => observedOfPromoted(one, now))];
	const commands = [...ownCommands(prepared, subjects, promoted), ...sets.flatMap((set) => set.commands)];
	const notes = sets.flatMap((set) => set.notes);
	const key = identity?.kind === "key" ? [keyDocument(identity.publicKey)] : [];
	const kept = subjects.flatMap((one) => one.kept);
	const bundles = kept.filter(({ form, outcome }) => form === "file" && outcome === "verified");
	const complete = subjects.filter((one) => one.kept.every(({ outcome }) => outcome === "verified"));
	return {
		output: subjects,
		findings: [...observed.flatMap(({ findings }) => findings), ...sets.flatMap((set) => set.findings)],
		evidence: observed.flatMap(({ evidence }) => evidence),
		documents: [...key, ...sets.flatMap((set) => set.documents)],
		section: sectionOf({
			identity,
			subjects,
			promoted,
			commands,
			notes
		}),
		stats: {
			subjects: complete.length,
			kept: kept.filter(({ outcome }) => outcome === "verified").length,
			thereBefore: kept.filter(({ before }) => before).length,
			notKept: kept.filter(({ outcome }) => outcome !== "verified").length,
			promoted: promoted.filter(({ tagged }) => tagged !== void 0).length
		},
		outputs: {
			"signed-subjects": complete.map(({ subject }) => `${subject.name}@${require_digest.renderDigest(subject.digest)}`).join("\n"),
			"verify-commands": commands.map(({ line }) => line).join("\n"),
			"bundle-paths": [...new Set(bundles.map(({ source }) => (0, node_path.join)(settings.out, source)))].join("\n"),
			"certificate-identity": identity?.kind === "certificate" ? identity.identity : ""
		}
	};
}
/** One set of lines for each image: those of its platforms differ in the digest alone. */
function ownCommands({ instance, work, claims }, subjects, promoted) {
	const identity = work.own.known();
	if (identity === void 0) return [];
	const { settings, host } = work.context;
	const repository = claims?.repository ?? host.env["GITHUB_REPOSITORY"];
	const question = {
		identity,
		instance,
		settings: settings.sigstore,
		...repository !== void 0 && { repository }
	};
	const tops = subjects.filter(({ given }, at) => subjects.findIndex((other) => other.given === given) === at);
	const files = tops.filter(({ what }) => what === "file").slice(0, 10);
	return [...tops.filter(({ what }) => what !== "file").flatMap((one) => placesOf(one, promoted).flatMap((name) => imageCommands({
		...one,
		subject: {
			...one.subject,
			name
		}
	}, question))), ...files.flatMap((one) => fileCommands(one, question))];
}
/** Where an image is taken from: where it was promoted to, else where it was signed. */
function placesOf({ given, subject }, promoted) {
	const targets = promoted.filter(({ promotion, tagged }) => promotion.image.given === given && tagged !== void 0).map(({ promotion }) => promotion.name);
	return targets.length === 0 ? [subject.name] : [...new Set(targets)];
}
/** Whoever verifies needs the public key from us, not from where the signature is. */
function keyDocument(publicKey) {
	return {
		name: PUBLIC_KEY_DOCUMENT,
		mediaType: "application/x-pem-file",
		chunks: () => [publicKey]
	};
}
exports.signEverything = signEverything;
