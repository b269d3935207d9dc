const require_rolldown_runtime = require("./chunk-rolldown-runtime.js");
const require_run = require("./chunk-run.js");
let node_crypto = require("node:crypto");
// src/services/sigstore-seed.ts
/** Release date of the pinned version of @sigstore/tuf. */
const TAKEN_AT = "2026-11-05";
/**
* Loads what came with Assay of Sigstore's TUF repository.
*
* @see https://github.com/sigstore/root-signing
*/
async function sigstoreSeed() {
	const { default: seeds } = await Promise.resolve().then(() => require("./chunk-seeds.js"));
	const [[address, seed] = ["", void 0]] = Object.entries(seeds);
	const { "root.json": root, targets } = require_run.jsonObjectOf(seed) ?? {};
	return {
		takenAt: TAKEN_AT,
		repository: address,
		root: jsonIn(root),
		target(path) {
			const name = encodeURIComponent(path);
			const files = require_run.jsonObjectOf(targets) ?? {};
			return Object.hasOwn(files, name) ? jsonIn(files[name]) : void 0;
		}
	};
}
function jsonIn(base64) {
	if (typeof base64 !== "string") return void 0;
	return JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
}
// src/services/sigstore-tuf.ts
/** Most bytes of one file of metadata, and of a target. */
const MAX_METADATA_BYTES = 2097152;
const MAX_TARGET_BYTES = 2097152;
/** Most new versions of the root: the public repository makes some each year. */
const MAX_ROOT_VERSIONS = 64;
/** Most roles below the top one that are asked for a target. */
const MAX_DELEGATIONS = 8;
/**
* Fetches targets of a TUF repository as its specification says. No state is kept: what is fetched is as new as
* its expiry says, and an older one of two that are both valid is not noticed.
*
* @param optional paths of targets that need not be there
* @returns parsed JSON by path
* @throws Error, ServiceError for whatever does not verify, is too old or cannot be had
* @see https://theupdateframework.github.io/specification/v1.0.34/#detailed-client-workflow
*/
async function tufTargets(source, paths, optional = []) {
	const repository = new Repository(source, await Promise.resolve().then(() => require("./chunk-tuf.js")).then((n) => /* @__PURE__ */ require_rolldown_runtime.__toESM(n.require_dist(), 1)));
	const root = await repository.newestRoot();
	const snapshot = await repository.snapshot(root);
	const targets = await repository.targets({
		delegator: root,
		snapshot,
		role: "targets"
	});
	const found = /* @__PURE__ */ new Map();
	const wanted = [...paths, ...optional];
	const all = await Promise.all(wanted.map((path) => repository.target(path, {
		targets,
		snapshot
	})));
	for (const [at, path] of wanted.entries()) {
		const target = all[at];
		if (target !== void 0) found.set(path, target);
		else if (!optional.includes(path)) throw new Error(`there is no target "${path}"`);
	}
	return found;
}
var Repository = class {
	#source;
	#models;
	constructor(source, models) {
		this.#source = source;
		this.#models = models;
	}
	/** TUF 5.3: from root to root, each signed by the keys of both. */
	async newestRoot() {
		const { Metadata, MetadataKind } = this.#models;
		let root = Metadata.fromJSON(MetadataKind.Root, asJson(this.#source.root, "root.json"));
		root.verifyDelegate("root", root);
		for (let count = 0;; count++) {
			if (count > MAX_ROOT_VERSIONS) throw new Error("there are too many versions of the root");
			const name = `${root.signed.version + 1}.root.json`;
			const bytes = await this.#fetch(name, MAX_METADATA_BYTES);
			if (bytes === void 0) break;
			const next = Metadata.fromJSON(MetadataKind.Root, parsed(bytes, name));
			root.verifyDelegate("root", next);
			next.verifyDelegate("root", next);
			if (next.signed.version !== root.signed.version + 1) throw new Error(`${name} is of version ${next.signed.version}`);
			root = next;
		}
		this.#assertFresh("root.json", root.signed);
		return root;
	}
	/** TUF 5.4 and 5.5. */
	async snapshot(root) {
		const { Metadata, MetadataKind } = this.#models;
		const bytes = await this.#needed("timestamp.json", MAX_METADATA_BYTES);
		const timestamp = Metadata.fromJSON(MetadataKind.Timestamp, parsed(bytes, "timestamp.json"));
		root.verifyDelegate("timestamp", timestamp);
		this.#assertFresh("timestamp.json", timestamp.signed);
		const meta = timestamp.signed.snapshotMeta;
		const { name, json } = await this.#listed("snapshot", meta);
		const snapshot = Metadata.fromJSON(MetadataKind.Snapshot, json);
		root.verifyDelegate("snapshot", snapshot);
		this.#assertListed(name, snapshot.signed, meta);
		return snapshot;
	}
	/** TUF 5.6. */
	async targets(given) {
		const { Metadata, MetadataKind } = this.#models;
		const { delegator, snapshot, role } = given;
		const { meta: all } = snapshot.signed;
		const meta = Object.hasOwn(all, `${role}.json`) ? all[`${role}.json`] : void 0;
		if (meta === void 0) throw new Error(`the snapshot has no role "${role}"`);
		const { name, json } = await this.#listed(role, meta);
		const targets = Metadata.fromJSON(MetadataKind.Targets, json);
		delegator.verifyDelegate(role, targets);
		this.#assertListed(name, targets.signed, meta);
		return targets;
	}
	/** TUF 5.6.7 and 5.7: in the role that the delegations lead to first; nothing when none of them has it. */
	async target(path, given) {
		const queue = [given.targets];
		for (let asked = 0; asked <= MAX_DELEGATIONS; asked++) {
			const role = queue.shift();
			if (role === void 0) break;
			const { targets, delegations } = role.signed;
			const file = Object.hasOwn(targets, path) ? targets[path] : void 0;
			if (file !== void 0) return this.#fileAt(path, file);
			const below = [];
			for (const { role: name, terminating } of delegations?.rolesForTarget(path) ?? []) {
				below.push(await this.targets({
					delegator: role,
					snapshot: given.snapshot,
					role: name
				}));
				if (terminating) queue.length = 0;
				if (terminating || below.length >= MAX_DELEGATIONS) break;
			}
			queue.unshift(...below);
		}
	}
	async #fileAt(path, { hashes, length }) {
		const { sha256 } = hashes;
		if (sha256 === void 0 || length > MAX_TARGET_BYTES) throw new Error(`the target "${path}" has no SHA-256, or is too long`);
		const slash = path.lastIndexOf("/") + 1;
		const name = `targets/${path.slice(0, slash)}${sha256}.${path.slice(slash)}`;
		const bytes = await this.#needed(name, MAX_TARGET_BYTES);
		if ((0, node_crypto.createHash)("sha256").update(bytes).digest("hex") !== sha256 || bytes.length !== length) throw new Error(`the target "${path}" has other bytes than those that are signed`);
		return parsed(bytes, path);
	}
	/** A file of metadata of the version, and with the hashes, that another states. */
	async #listed(role, meta) {
		const name = `${meta.version}.${encodeURIComponent(role)}.json`;
		const bytes = await this.#needed(name, MAX_METADATA_BYTES);
		meta.verify(Buffer.from(bytes));
		return {
			name,
			json: parsed(bytes, name)
		};
	}
	#assertListed(name, signed, { version }) {
		if (signed.version !== version) throw new Error(`${name} is of version ${signed.version}`);
		this.#assertFresh(name, signed);
	}
	#assertFresh(name, signed) {
		if (signed.isExpired(this.#source.now)) throw new Error(`${name} has expired`);
	}
	async #needed(name, maxBytes) {
		const bytes = await this.#fetch(name, maxBytes);
		if (bytes === void 0) throw new Error(`the repository has no ${name}`);
		return bytes;
	}
	async #fetch(name, maxBytes) {
		const { http, repository, signal } = this.#source;
		const url = `${repository.replace(/\/$/, "")}/${name}`;
		const answer = await http.fetch({
			url,
			maxBytes,
			signal
		});
		return answer.status === 200 ? answer.body : void 0;
	}
};
function parsed(bytes, name) {
	return asJson(JSON.parse(new TextDecoder().decode(bytes)), name);
}
/** What was parsed as JSON is JSON. */
function asJson(value, name) {
	const object = require_run.jsonObjectOf(value);
	if (object === void 0) throw new Error(`${name} is no JSON object`);
	return object;
}
Object.defineProperty(exports, "sigstoreSeed", {
	enumerable: true,
	get: function() {
		return sigstoreSeed;
	}
});
Object.defineProperty(exports, "tufTargets", {
	enumerable: true,
	get: function() {
		return tufTargets;
	}
});
