const require_errors = require("./chunk-errors.js");
const require_digest = require("./chunk-digest.js");
const require_run = require("./chunk-run.js");
const require_address = require("./chunk-address.js");
const require_finding = require("./chunk-finding.js");
const require_registry_defaults = require("./chunk-registry-defaults.js");
let node_crypto = require("node:crypto");
let node_path = require("node:path");
// src/formats/oci/descriptor.ts
/** Most annotations, and longest text of one, that are kept of a descriptor. */
const MAX_ANNOTATIONS = 256;
const MAX_TEXT = 65536;
/** Longest of what are names: media types, platforms. */
const MAX_NAME$1 = 255;
/**
* Reads a descriptor of a manifest that somebody else wrote.
*
* @returns nothing when its type, digest or size is none
* @see https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md
*/
function descriptorOf(value) {
	const json = require_run.jsonObjectOf(value);
	if (json === void 0) return void 0;
	const { mediaType, digest, size, artifactType } = json;
	if (!isName(mediaType) || typeof digest !== "string" || !isOciDigest(digest)) return void 0;
	if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) return void 0;
	const annotations = annotationsOf(json["annotations"]);
	const platform = platformOf(json["platform"]);
	return {
		mediaType,
		digest,
		size,
		...isName(artifactType) && { artifactType },
		...annotations && { annotations },
		...platform && { platform }
	};
}
/** Whether a text is a digest by a hash function that we know. @see https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests */
function isOciDigest(text) {
	return /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}
/** Reads the platform of an index entry, or of an image's config, which has the same fields. */
function platformOf(value) {
	const json = require_run.jsonObjectOf(value);
	if (json === void 0) return void 0;
	const { os, architecture, variant } = json;
	const osVersion = json["os.version"];
	if (!isName(os) || !isName(architecture)) return void 0;
	return {
		os,
		architecture,
		...isName(variant) && { variant },
		...isName(osVersion) && { osVersion }
	};
}
/** `linux/arm64/v8`, as people and tools name a platform. */
function renderPlatform({ os, architecture, variant }) {
	return [
		os,
		architecture,
		variant
	].filter((part) => part !== void 0).join("/");
}
function annotationsOf(value) {
	const json = require_run.jsonObjectOf(value);
	if (json === void 0) return void 0;
	const texts = Object.entries(json).filter((entry) => typeof entry[1] === "string" && entry[1].length <= MAX_TEXT);
	return Object.fromEntries(texts.slice(0, MAX_ANNOTATIONS));
}
function isName(value) {
	return typeof value === "string" && value !== "" && value.length <= MAX_NAME$1;
}
// src/formats/oci/reference.ts
/** Longest name of registry and repository together. */
const MAX_NAME = 255;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;
const REPOSITORY_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
/**
* Reads an image reference as people write it: `alpine`, `ghcr.io/o/app:1.0`, `host:5000/a/b@sha256:…`.
*
* @returns why it is none, as a string without a final period
* @see https://github.com/distribution/reference/blob/v0.6.0/reference.go
*/
function parseImageReference(text, short) {
	const at = text.indexOf("@");
	const digest = at < 0 ? void 0 : text.slice(at + 1);
	if (digest !== void 0 && !isOciDigest(digest)) return "what follows \"@\" is not \"sha256:\" and 64 lower-case hexadecimal digits";
	const named = at < 0 ? text : text.slice(0, at);
	const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
	const tag = colon < 0 ? void 0 : named.slice(colon + 1);
	const name = colon < 0 ? named : named.slice(0, colon);
	if (tag !== void 0 && !TAG.test(tag)) return "what follows \":\" is no tag";
	if (name.length > MAX_NAME) return `its name is longer than ${MAX_NAME} characters`;
	const place = placeOf(name, short);
	if (typeof place === "string") return place;
	return {
		...place,
		...tag !== void 0 && { tag },
		...digest !== void 0 && { digest }
	};
}
function placeOf(name, { registry, aliases, namespace }) {
	const slash = name.indexOf("/");
	const first = name.slice(0, Math.max(0, slash));
	const isHost = /[.:[\]A-Z]/.test(first) || first === "localhost";
	const host = isHost ? first.toLowerCase() : registry;
	const rest = isHost ? name.slice(slash + 1) : name;
	if (!HOST.test(host)) return `"${first}" is no host`;
	const known = aliases.includes(host) ? registry : host;
	const repository = known === registry && !rest.includes("/") ? `${namespace}/${rest}` : rest;
	if (!repository.split("/").every((part) => REPOSITORY_PART.test(part))) return /[A-Z]/.test(rest) ? "the name of a repository has no capital letters" : `"${rest}" is no name of a repository`;
	return {
		registry: known,
		repository
	};
}
/** `ghcr.io/o/app`, without tag and digest: the name of what is signed. */
function imageNameOf({ registry, repository }) {
	return `${registry}/${repository}`;
}
// src/formats/oci.ts
/** @see https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md */
const MEDIA_TYPE = {
	index: "application/vnd.oci.image.index.v1+json",
	image: "application/vnd.oci.image.manifest.v1+json",
	dockerIndex: "application/vnd.docker.distribution.manifest.list.v2+json",
	dockerImage: "application/vnd.docker.distribution.manifest.v2+json",
	imageConfig: "application/vnd.oci.image.config.v1+json",
	empty: "application/vnd.oci.empty.v1+json"
};
/** The manifests that we read, as an `Accept` header: registries hide those that are not asked for. */
const MANIFEST_TYPES = [
	MEDIA_TYPE.index,
	MEDIA_TYPE.image,
	MEDIA_TYPE.dockerIndex,
	MEDIA_TYPE.dockerImage
].join(", ");
/** Largest manifest that registries have to take, in bytes; ours too. */
const MAX_MANIFEST_BYTES = 4194304;
/** Most entries of an index, and most layers of an image. */
const MAX_ENTRIES = 1e4;
/**
* Reads a manifest. One that could be taken for both kinds is refused: two readers would see two images.
*
* @param contentType what the registry calls it: counts only where the manifest itself does not say
* @see https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md
* @see https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md
*/
function parseManifest(bytes, contentType) {
	const json = require_run.jsonObjectIn(bytes);
	if (json === void 0) return invalid("it is no JSON object");
	const { schemaVersion, manifests, layers, config } = json;
	if (schemaVersion !== 2) return invalid("its schemaVersion is not 2");
	const mediaType = typeof json["mediaType"] === "string" ? json["mediaType"] : (contentType.split(";", 1)[0] ?? "").trim();
	if (mediaType === MEDIA_TYPE.index || mediaType === MEDIA_TYPE.dockerIndex) {
		if (layers !== void 0 || config !== void 0) return invalid("it is an index with layers");
		return indexOf(json, mediaType);
	}
	if (mediaType === MEDIA_TYPE.image || mediaType === MEDIA_TYPE.dockerImage) {
		if (manifests !== void 0) return invalid("it is an image with a list of manifests");
		return imageOf(json, mediaType);
	}
	return invalid("its media type is none of a manifest");
}
function indexOf(json, mediaType) {
	const entries = descriptorsIn(json["manifests"]);
	if (entries === void 0) return invalid("its list of manifests is damaged or too long");
	const rest = commonOf(json);
	return rest === void 0 ? invalid("its subject is damaged") : {
		kind: "index",
		mediaType,
		entries,
		...rest
	};
}
function imageOf(json, mediaType) {
	const config = descriptorOf(json["config"]);
	const layers = descriptorsIn(json["layers"]);
	if (config === void 0) return invalid("its config is damaged");
	if (layers === void 0) return invalid("its list of layers is damaged or too long");
	const rest = commonOf(json);
	if (rest === void 0) return invalid("its subject is damaged");
	const annotations = require_run.jsonObjectOf(json["annotations"]) ?? {};
	return {
		kind: "image",
		mediaType,
		config,
		layers,
		...rest,
		annotations: Object.fromEntries(Object.entries(annotations).filter((entry) => typeof entry[1] === "string"))
	};
}
function commonOf(json) {
	const { artifactType } = json;
	const type = typeof artifactType === "string" && artifactType !== "" ? { artifactType } : {};
	if (json["subject"] === void 0 || json["subject"] === null) return type;
	const subject = descriptorOf(json["subject"]);
	return subject && {
		...type,
		subject
	};
}
/** Servers in Go write `null` for an empty list. */
function descriptorsIn(list) {
	if (list === null) return [];
	if (!Array.isArray(list) || list.length > MAX_ENTRIES) return void 0;
	const descriptors = list.flatMap((entry) => descriptorOf(entry) ?? []);
	return descriptors.length === list.length ? descriptors : void 0;
}
function invalid(reason) {
	return {
		kind: "invalid",
		reason
	};
}
// src/services/oci-registry/faults.ts
const REMEDIES = /* @__PURE__ */ new Map([
	[401, "Log in before this step with `docker/login-action`, or give `registry-username` and `registry-password`"],
	[403, "Check that the login may do this in the repository (`packages: write` for ghcr.io to push)"],
	[404, "Check the name of the repository, and that it exists"],
	[405, "Ask whoever runs the registry to allow this"],
	[413, "Ask whoever runs the registry for a higher limit"]
]);
/** An answer of a registry that is a refusal, with the reason that it gives. */
function refusalError(what, answer) {
	const reason = `status ${answer.status}${reasonIn(answer.body)}`;
	const url = require_run.withoutSecrets(answer.url);
	return new require_errors.ServiceError({
		code: "SERVICE_STATUS",
		message: `Cannot ${what}: ${reason} from "${url}"`,
		remedy: REMEDIES.get(answer.status) ?? "See what the registry says, and try again",
		url,
		reason
	});
}
/**
* The first of a registry's own errors.
*
* @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes
*/
function reasonIn(body) {
	try {
		const errors = require_run.jsonObjectOf(JSON.parse(Buffer.from(body).toString("utf8")))?.["errors"];
		const first = Array.isArray(errors) ? require_run.jsonObjectOf(errors[0]) : void 0;
		const words = [first?.["code"], first?.["message"]].filter((word) => typeof word === "string");
		return words.length === 0 ? "" : ` (${require_run.plainText(words.join(": "), 200)})`;
	} catch {
		return "";
	}
}
/** An answer that makes no sense. @param reason without a final period */
function nonsenseError(what, url, reason) {
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot ${what}: ${reason}, from "${require_run.withoutSecrets(url)}"`,
		remedy: "Try again; should it stay so, report it to whoever runs the registry",
		url: require_run.withoutSecrets(url),
		reason
	});
}
/**
* A refusal to write a tag again that is there already, as registries with immutable tags do.
*
* @param otherwise what helps besides, after a comma
* @returns the error as it is when it is no refusal
*/
function rewritingError(error, otherwise) {
	if (!(error instanceof require_errors.ServiceError) || error.code !== "SERVICE_STATUS") return error;
	const { message, url, reason } = error;
	return new require_errors.ServiceError({
		code: "SERVICE_STATUS",
		message: `${message}; the tag is there already`,
		remedy: `Where tags are immutable, exempt those that begin with \`sha256-\`, ${otherwise}`,
		...url !== void 0 && { url },
		...reason !== void 0 && { reason },
		cause: error
	});
}
// src/services/oci-registry/reading.ts
/**
* Reads a manifest and computes its digest.
*
* @param reference tag or digest
* @returns nothing when the repository does not have it
*/
async function readManifest(session, reference) {
	const what = `read the manifest of "${nameOf(session, reference)}"`;
	const answer = await session.send({
		path: `manifests/${reference}`,
		access: "pull",
		what,
		headers: { accept: MANIFEST_TYPES },
		maxBytes: MAX_MANIFEST_BYTES
	});
	if (answer.status !== 200) return void 0;
	const { body: bytes, url, headers } = answer;
	const said = headers["docker-content-digest"];
	const digest = digestOf(bytes, isOciDigest(reference) ? reference : said);
	if (isOciDigest(reference) && digest !== reference) return {
		kind: "contradicted",
		observed: digest,
		url
	};
	if (said !== void 0 && isOciDigest(said) && said !== digestOf(bytes, said)) throw nonsenseError(what, url, `it calls bytes with the digest ${digest} ${said}`);
	const manifest = parseManifest(bytes, headers["content-type"] ?? "");
	if (manifest.kind === "invalid") throw nonsenseError(what, url, manifest.reason);
	const descriptor = {
		mediaType: manifest.mediaType,
		digest,
		size: bytes.length
	};
	const { etag } = headers;
	return {
		kind: "found",
		descriptor,
		bytes,
		manifest,
		url,
		...etag !== void 0 && { etag }
	};
}
/** What the registry says of a manifest, without reading it. @returns nothing when it does not have it */
async function headManifest(session, reference) {
	const answer = await session.send({
		path: `manifests/${reference}`,
		access: "pull",
		what: `look for "${nameOf(session, reference)}"`,
		method: "HEAD",
		headers: { accept: MANIFEST_TYPES },
		maxBytes: 0
	});
	if (answer.status !== 200) return void 0;
	const { headers } = answer;
	const digest = headers["docker-content-digest"] ?? "";
	const size = Number(headers["content-length"]);
	const mediaType = (headers["content-type"] ?? "").split(";", 1)[0] ?? "";
	if (isOciDigest(digest) && Number.isSafeInteger(size)) return {
		mediaType,
		digest,
		size
	};
	const found = await readManifest(session, reference);
	return found?.kind === "found" ? found.descriptor : void 0;
}
/**
* Reads a blob and compares its digest, in memory or piece by piece. What a sink was given counts only once
* the answer is `found`.
*
* @param sink called anew at each attempt
* @returns nothing when the repository does not have it
* @throws ServiceError `SERVICE_LIMIT_EXCEEDED` as soon as there is more than the descriptor says
*/
async function readBlob(session, { digest, size }, sink) {
	let hash = hashFor(digest);
	const hashing = () => {
		hash = hashFor(digest);
		const write = sink?.();
		return (chunk) => {
			hash.update(chunk);
			write?.(chunk);
		};
	};
	const answer = await session.send({
		path: `blobs/${digest}`,
		access: "pull",
		what: `read the blob "${nameOf(session, digest)}"`,
		maxBytes: size,
		...sink && { sink: hashing }
	});
	if (answer.status !== 200) return void 0;
	if (!sink) hash.update(answer.body);
	const observed = `${algorithmOf(digest)}:${hash.digest("hex")}`;
	return observed === digest ? {
		kind: "found",
		bytes: answer.body
	} : {
		kind: "contradicted",
		observed,
		url: answer.url
	};
}
/** The digest of bytes, by the hash function of another one; SHA-256 unless there is another. */
function digestOf(bytes, like = "") {
	return `${algorithmOf(like)}:${hashFor(like).update(bytes).digest("hex")}`;
}
function hashFor(digest) {
	return (0, node_crypto.createHash)(algorithmOf(digest));
}
function algorithmOf(digest) {
	return digest.startsWith("sha512:") ? "sha512" : "sha256";
}
/** `ghcr.io/o/app:1.0`, for messages. */
function nameOf({ registry, repository }, reference) {
	return `${registry}/${repository}${reference.includes(":") ? "@" : ":"}${reference}`;
}
// src/formats/oci/referrer.ts
/**
* Adds referrers to the index under a fallback tag. Everything that others wrote there stays as it is.
*
* @param before bytes of the index; absent when there is none yet
* @returns nothing when `before` is no index that could be added to
* @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema
*/
function withReferrers(before, referrers) {
	const index = before === void 0 ? {
		schemaVersion: 2,
		mediaType: MEDIA_TYPE.index,
		manifests: []
	} : require_run.jsonObjectIn(before);
	const manifests = index?.["manifests"] ?? [];
	if (index === void 0 || !Array.isArray(manifests)) return void 0;
	const all = [...manifests, ...referrers];
	return Buffer.from(JSON.stringify({
		...index,
		manifests: all
	}));
}
/** The config of an artifact that has none. */
const EMPTY_CONFIG = Buffer.from("{}");
/**
* Writes the manifest of an artifact without config. The same artifact gives the same bytes.
*
* @see https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage
*/
function renderReferrer({ subject, artifactType, layers, annotations }) {
	const { mediaType, digest, size } = subject;
	return Buffer.from(JSON.stringify({
		schemaVersion: 2,
		mediaType: MEDIA_TYPE.image,
		artifactType,
		config: {
			mediaType: MEDIA_TYPE.empty,
			digest: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
			size: EMPTY_CONFIG.length
		},
		layers,
		subject: {
			mediaType,
			digest,
			size
		},
		annotations
	}));
}
// src/services/oci-registry/lists.ts
/** Most pages of one list, and largest page in bytes. */
const MAX_PAGES = 100;
const MAX_PAGE_BYTES = 4194304;
/** Entries of a fallback index whose manifests are read because they do not say what they are. */
const MAX_LOOKED_INTO = 200;
/**
* Lists what refers to a manifest.
*
* @param artifactType only those of this type
* @throws ServiceError when the registry cannot be asked, or refuses
* @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
*/
async function listReferrers(session, digest, artifactType) {
	const listed = await apiReferrers(session, digest, artifactType);
	if (listed) return {
		from: "api",
		entries: listed.filter((one) => isOf(one, artifactType))
	};
	const index = await fallbackIndex(session, digest);
	const entries = [];
	let looks = 0;
	for (const entry of index?.entries ?? []) {
		const told = (entry.artifactType === void 0 || entry.artifactType === MEDIA_TYPE.empty) && artifactType !== void 0 && looks++ < MAX_LOOKED_INTO ? await lookedInto(session, entry) : entry;
		if (isOf(told, artifactType)) entries.push(told);
	}
	return {
		from: "tag",
		entries
	};
}
function isOf(entry, artifactType) {
	return artifactType === void 0 || entry.artifactType === artifactType;
}
/** @returns nothing when the registry has no such list */
async function apiReferrers(session, digest, artifactType) {
	const first = {
		path: `referrers/${digest}${artifactType === void 0 ? "" : `?${new URLSearchParams({ artifactType }).toString()}`}`,
		access: "pull",
		what: `list what refers to "${nameOf(session, digest)}"`,
		headers: { accept: MEDIA_TYPE.index },
		maxBytes: MAX_PAGE_BYTES,
		answers: [
			400,
			405,
			406,
			501
		]
	};
	const entries = [];
	for await (const answer of pagesOf(session, first)) {
		const type = (answer.headers["content-type"] ?? "").split(";", 1)[0];
		if (answer.status !== 200 || type !== MEDIA_TYPE.index) return void 0;
		const index = parseManifest(answer.body, MEDIA_TYPE.index);
		if (index.kind !== "index") {
			const reason = index.kind === "invalid" ? index.reason : "it is no index";
			throw nonsenseError(first.what, answer.url, reason);
		}
		entries.push(...index.entries);
	}
	return entries;
}
/** `sha256:ab…` becomes the tag `sha256-ab…`. */
function fallbackTag(digest) {
	return digest.replace(":", "-");
}
/** @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
async function fallbackIndex(session, digest) {
	const found = await readManifest(session, fallbackTag(digest));
	if (found?.kind !== "found") return void 0;
	const { manifest, bytes, url, etag } = found;
	if (manifest.kind === "index") return {
		bytes,
		entries: manifest.entries,
		...etag !== void 0 && { etag }
	};
	throw nonsenseError(`list what refers to "${nameOf(session, digest)}"`, url, `the tag "${fallbackTag(digest)}" is no index`);
}
async function lookedInto(session, entry) {
	const found = await readManifest(session, entry.digest);
	if (found?.kind !== "found" || found.manifest.kind !== "image") return entry;
	const { artifactType, config, annotations } = found.manifest;
	return {
		...entry,
		artifactType: artifactType ?? config.mediaType,
		annotations
	};
}
/** Lists the tags of the repository, as the registry orders them. @throws ServiceError */
async function listTags(session) {
	const first = {
		path: "tags/list?n=1000",
		access: "pull",
		what: `list the tags of "${session.registry}/${session.repository}"`,
		maxBytes: MAX_PAGE_BYTES
	};
	const tags = [];
	for await (const answer of pagesOf(session, first)) {
		if (answer.status !== 200) return tags;
		const list = require_run.jsonObjectIn(answer.body)?.["tags"] ?? [];
		if (!Array.isArray(list)) throw nonsenseError(first.what, answer.url, "no list of tags");
		tags.push(...list.filter((tag) => typeof tag === "string"));
	}
	return tags;
}
/** Follows `Link` from page to page, on the same registry. */
async function* pagesOf(session, first) {
	let next = first;
	for (let pages = 0; next !== void 0; pages++) {
		if (pages === MAX_PAGES) throw nonsenseError(first.what, session.registry, `more than ${MAX_PAGES} pages`);
		const answer = await session.send(next);
		if (pages > 0 && answer.status !== 200) throw refusalError(first.what, answer);
		yield answer;
		const link = /<([^>]*)>\s*;\s*rel="?next"?/.exec(answer.headers["link"] ?? "")?.[1];
		const path = link === void 0 ? void 0 : session.addressOf(link, answer, first.what);
		next = path && {
			...first,
			path
		};
	}
}
// src/services/oci-registry/writing.ts
/** Uploads of one blob that are begun, should the ones before have been lost on the way. */
const MAX_UPLOADS = 3;
const UPLOAD_DELAY_MS = 500;
/** Bytes that are sent at once of what does not fit into memory. Some stores take no less than 5 MiB. */
const CHUNK_BYTES = 8388608;
/** Longest silence while a registry takes a body or looks at it, in milliseconds. */
const UPLOAD_IDLE_MS = 18e4;
const MAX_ANSWER_BYTES = 65536;
/** Puts a manifest. To put the same again changes nothing. @throws ServiceError */
async function putManifest(session, { bytes, mediaType, tag, ifMatch }) {
	const digest = digestOf(bytes);
	const reference = tag ?? digest;
	const what = `put the manifest "${nameOf(session, reference)}"`;
	const answer = await session.send({
		path: `manifests/${reference}`,
		access: "push",
		what,
		method: "PUT",
		headers: {
			"content-type": mediaType,
			...ifMatch !== void 0 && { "if-match": ifMatch }
		},
		body: bytes,
		maxBytes: MAX_ANSWER_BYTES,
		idleMs: UPLOAD_IDLE_MS,
		answers: [412]
	});
	const descriptor = {
		mediaType,
		digest,
		size: bytes.length
	};
	if (answer.status === 412) return {
		descriptor,
		noted: false,
		conflict: true
	};
	if (answer.status < 200 || answer.status > 299) throw refusalError(what, answer);
	const said = answer.headers["docker-content-digest"];
	if (said !== void 0 && said !== digest && said.startsWith("sha256:")) throw nonsenseError(what, answer.url, `it took bytes with the digest ${digest} for ${said}`);
	return {
		descriptor,
		noted: answer.headers["oci-subject"] !== void 0,
		conflict: false
	};
}
/** Deletes a manifest, or a tag where the registry allows it. What is not there counts as deleted. @throws ServiceError */
async function deleteManifest(session, reference) {
	await session.send({
		path: `manifests/${reference}`,
		access: "delete",
		what: `delete "${nameOf(session, reference)}"`,
		method: "DELETE",
		maxBytes: MAX_ANSWER_BYTES
	});
}
/**
* Sees whether this login may push: an upload is begun and called off, which leaves nothing behind.
*
* @throws ServiceError when the registry cannot be asked, or refuses
*/
async function probePush(session) {
	const what = `push to "${session.registry}/${session.repository}"`;
	const answer = await session.send({
		path: "blobs/uploads/",
		access: "push",
		what,
		method: "POST",
		maxBytes: MAX_ANSWER_BYTES
	});
	if (answer.status !== 202) throw refusalError(what, answer);
	await cancelUpload(session, session.addressOf(answer.headers["location"], answer, what), "latest");
}
/** Whether the repository has a blob. @throws ServiceError */
async function hasBlob(session, digest) {
	if (session.blobs.has(digest)) return true;
	const answer = await session.send({
		path: `blobs/${digest}`,
		access: "push",
		what: `look for the blob "${nameOf(session, digest)}"`,
		method: "HEAD",
		maxBytes: 0,
		answers: [403]
	});
	if (answer.status === 200) session.blobs.add(digest);
	return answer.status === 200;
}
/** Puts a blob, unless it is there. @throws ServiceError */
async function putBlob(session, { bytes, mediaType, isNew }) {
	const digest = digestOf(bytes);
	await uploading(session, {
		digest,
		...isNew && { isNew }
	}, async () => {
		const location = await beginUpload(session, digest);
		if (location !== void 0) await finishUpload(session, {
			location,
			digest,
			bytes
		});
	});
	return {
		mediaType,
		digest,
		size: bytes.length
	};
}
/**
* Puts a blob piece by piece, unless it is there or can be taken over from another repository.
*
* @throws ServiceError when it cannot be put, or the pieces do not have the digest
*/
async function putBlobInPieces(session, digest, { pieces, mount }) {
	await uploading(session, { digest }, async () => {
		let location = await beginUpload(session, digest, mount);
		if (location === void 0) return;
		const hash = hashFor(digest);
		let at = 0;
		let held;
		for await (const piece of pieces()) {
			if (held) {
				location = await sendPiece(session, {
					location,
					digest,
					bytes: held,
					at
				});
				at += held.length;
			}
			hash.update(piece);
			held = piece;
		}
		const observed = `${digest.slice(0, digest.indexOf(":"))}:${hash.digest("hex")}`;
		if (observed !== digest) {
			await cancelUpload(session, location, digest);
			throw nonsenseError(`copy the blob "${nameOf(session, digest)}"`, location.href, `its source served bytes with the digest ${observed}`);
		}
		await finishUpload(session, {
			location,
			digest,
			bytes: held ?? /* @__PURE__ */ new Uint8Array(),
			...at > 0 && { at }
		});
	});
}
/**
* Makes an upload of its own at each attempt: what an answer that was lost has changed is looked at first, and a
* half of an upload is never continued by guess.
*/
async function uploading(session, { digest, isNew }, attempt) {
	const { timing, signal } = session;
	for (let attempts = 1;; attempts++) {
		if (!(isNew === true && attempts === 1 && !session.blobs.has(digest)) && await hasBlob(session, digest)) return;
		try {
			await attempt();
			session.blobs.add(digest);
			return;
		} catch (error) {
			if (attempts === MAX_UPLOADS || !isLost(error)) throw error;
			await timing.sleep(UPLOAD_DELAY_MS * 2 ** attempts * (.5 + timing.random()), signal);
		}
	}
}
/** Whether an upload failed in a way that another one may not. */
function isLost(error) {
	if (!(error instanceof require_errors.ServiceError)) return false;
	const { code, reason = "" } = error;
	if (code === "SERVICE_UNREACHABLE" || code === "SERVICE_TIMEOUT") return true;
	return /^(?:status (?:404|416|5\d\d)|answer cut off)/.test(reason);
}
/** @returns nothing when the registry has the blob now, taken over from another repository */
async function beginUpload(session, digest, mount) {
	const what = `upload the blob "${nameOf(session, digest)}"`;
	const query = mount ? `?${new URLSearchParams({
		mount: digest,
		from: mount.from
	}).toString()}` : "";
	const answer = await session.send({
		path: `blobs/uploads/${query}`,
		access: "push",
		what,
		method: "POST",
		maxBytes: MAX_ANSWER_BYTES,
		once: true
	});
	if (answer.status === 201 && mount) return void 0;
	if (answer.status !== 202) throw refusalError(what, answer);
	return session.addressOf(answer.headers["location"], answer, what);
}
async function sendPiece(session, { location, digest, bytes, at = 0 }) {
	const what = `upload the blob "${nameOf(session, digest)}"`;
	const answer = await session.send({
		path: location,
		access: "push",
		what,
		method: "PATCH",
		headers: headersOf(bytes, at),
		body: bytes,
		maxBytes: MAX_ANSWER_BYTES,
		idleMs: UPLOAD_IDLE_MS,
		once: true
	});
	if (answer.status < 200 || answer.status > 299) throw refusalError(what, answer);
	const { range } = answer.headers;
	const end = range === void 0 ? void 0 : /-(\d+)$/.exec(range)?.[1];
	if (end !== void 0 && Number(end) + 1 !== at + bytes.length) throw nonsenseError(what, answer.url, `it has bytes up to ${end} of ${at + bytes.length}`);
	return session.addressOf(answer.headers["location"], answer, what);
}
async function finishUpload(session, { location, digest, bytes, at }) {
	const what = `upload the blob "${nameOf(session, digest)}"`;
	const address = new URL(location);
	address.searchParams.set("digest", digest);
	const answer = await session.send({
		path: address,
		access: "push",
		what,
		method: "PUT",
		headers: at === void 0 ? { "content-type": BYTES } : headersOf(bytes, at),
		body: bytes,
		maxBytes: MAX_ANSWER_BYTES,
		idleMs: UPLOAD_IDLE_MS,
		once: true
	});
	if (answer.status < 200 || answer.status > 299) throw refusalError(what, answer);
	return answer;
}
const BYTES = "application/octet-stream";
function headersOf(bytes, at) {
	return {
		"content-type": BYTES,
		"content-range": `${at}-${at + bytes.length - 1}`
	};
}
/** Frees what the registry holds of an upload. Should it fail, the registry forgets it some day. */
async function cancelUpload(session, location, digest) {
	try {
		await session.send({
			path: location,
			access: "push",
			what: `cancel the upload of "${nameOf(session, digest)}"`,
			method: "DELETE",
			maxBytes: MAX_ANSWER_BYTES,
			once: true
		});
	} catch (error) {
		if (!(error instanceof require_errors.ServiceError)) throw error;
	}
}
/** Wait before a list is read again, in milliseconds; it grows by {@link MORE_DELAY_MS} with every round. */
const LEAST_DELAY_MS = 20;
const MORE_DELAY_MS = 60;
/**
* Attaches a blob to a manifest so that it stays: what is attached is read back from the registry's list, and put
* again while it is missing there. Registries lose some of several parallel attachments, those with a list of
* their own too. To attach the same again changes nothing.
*
* @returns the descriptor of the attached manifest
* @throws ServiceError when it cannot be attached, or does not stay
*/
async function attach(session, attachment) {
	const { subject, bytes, artifactType, annotations, onLost, isNew } = attachment;
	const [layer] = await Promise.all([putBlob(session, {
		bytes,
		mediaType: artifactType,
		...isNew && { isNew }
	}), session.inTurn(MEDIA_TYPE.empty, () => putBlob(session, {
		bytes: EMPTY_CONFIG,
		mediaType: MEDIA_TYPE.empty
	}))]);
	return putReferrer(session, renderReferrer({
		subject,
		artifactType,
		layers: [layer],
		annotations
	}), {
		mediaType: MEDIA_TYPE.image,
		subject: subject.digest,
		artifactType,
		annotations,
		...onLost && { onLost }
	});
}
/** Puts a manifest that refers to another one, so that it stays in the list. @throws ServiceError */
async function putReferrer(session, bytes, { mediaType, subject, artifactType, annotations, onLost }) {
	const put = await putManifest(session, {
		bytes,
		mediaType
	});
	const descriptor = {
		...put.descriptor,
		artifactType,
		annotations
	};
	const referrer = {
		bytes,
		descriptor,
		subject,
		...onLost && { onLost }
	};
	if (put.noted) await keepInList(session, referrer);
	else await keepUnderTag(session, referrer);
	return descriptor;
}
/** The registry keeps the list: it is enough to look, and to say it again. */
function keepInList(session, referrer) {
	return together(session, {
		key: `list ${referrer.subject}`,
		referrer
	}, async (take) => {
		await pause(session, {
			round: 0,
			tookMs: 0
		});
		let missing = take();
		for (let round = 1; round <= 12; round++) {
			const { entries, from } = await listReferrers(session, referrer.subject);
			missing = notAmong(entries, missing);
			if (missing.length === 0) return;
			if (from === "tag") {
				await Promise.all(missing.map((one) => keepUnderTag(session, one)));
				return;
			}
			for (const { bytes, descriptor, onLost } of missing) {
				onLost?.();
				await putManifest(session, {
					bytes,
					mediaType: descriptor.mediaType
				});
			}
			await pause(session, {
				round,
				tookMs: 0
			});
		}
		throw lost(session, missing);
	});
}
/**
* Writers keep the list: read, add, put, and look whether somebody else has put theirs over it meanwhile. Where the
* registry compares `If-Match`, it is refused instead of lost.
*/
function keepUnderTag(session, referrer) {
	const { timing, signal } = session;
	const { subject } = referrer;
	const tag = fallbackTag(subject);
	return together(session, {
		key: tag,
		referrer
	}, async (take) => {
		await timing.sleep(LEAST_DELAY_MS, signal);
		let missing = take();
		for (let round = 0; round <= 12; round++) {
			const startedAt = timing.now();
			const index = await fallbackIndex(session, subject);
			missing = notAmong(index?.entries ?? [], missing);
			if (missing.length === 0) return;
			const bytes = withReferrers(index?.bytes, missing.map(({ descriptor }) => descriptor));
			if (bytes === void 0) throw nonsenseError(`attach to "${nameOf(session, subject)}"`, tag, "the tag is no index");
			if (round > 0) for (const { onLost } of missing) onLost?.();
			const ifMatch = index?.etag === void 0 ? {} : { ifMatch: index.etag };
			await putManifest(session, {
				bytes,
				mediaType: MEDIA_TYPE.index,
				tag,
				...ifMatch
			}).catch((error) => {
				throw index === void 0 ? error : rewritingError(error, "or use a registry that keeps lists");
			});
			await pause(session, {
				round,
				tookMs: timing.now() - startedAt
			});
		}
		throw lost(session, missing);
	});
}
function notAmong(entries, wanted) {
	const there = new Set(entries.map(({ digest }) => digest));
	return wanted.filter(({ descriptor }) => !there.has(descriptor.digest));
}
/**
* Keeps what comes for one list while others are on their way together: one after the other they would cost a list
* each, and wait for each other.
*/
function together(session, { key, referrer }, keep) {
	const { gathering } = session;
	const gathered = gathering.get(key);
	if (gathered !== void 0) {
		gathered.referrers.push(referrer);
		return gathered.kept;
	}
	const referrers = [referrer];
	const take = () => {
		gathering.delete(key);
		return referrers;
	};
	const kept = session.inTurn(key, () => keep(take).finally(take));
	gathering.set(key, {
		referrers,
		kept
	});
	return kept;
}
/**
* A while that nobody else waits, so that writers who met do not meet again; and longer than another one may take
* from reading to putting.
*/
async function pause({ timing, signal }, { round, tookMs }) {
	const ms = LEAST_DELAY_MS + 2 * tookMs + timing.random() * MORE_DELAY_MS * (round + 1);
	await timing.sleep(ms, signal);
}
function lost(session, missing) {
	const [first] = missing;
	return nonsenseError(`attach ${first?.descriptor.digest ?? ""} to "${nameOf(session, first?.subject ?? "")}"`, session.registry, `it does not stay in the list after 12 rounds`);
}
// src/services/oci-registry/copying.ts
/** Manifests that one copy may have, referrers included; how deep they may lie in each other. */
const MAX_MANIFESTS = 2e3;
const MAX_DEPTH = 8;
/** Layers that licences forbid to pass on: whoever runs the image has them from elsewhere. */
const NOT_PASSED_ON = /\.(?:nondistributable|foreign)\./;
const MANIFESTS = /* @__PURE__ */ new Set([
	MEDIA_TYPE.index,
	MEDIA_TYPE.image,
	MEDIA_TYPE.dockerIndex,
	MEDIA_TYPE.dockerImage
]);
/**
* Copies a manifest with everything below it and everything that refers to it, by digest, and sets no tag of an
* image: those are moved when all is there.
*
* @returns digests of the manifests that the target has now
* @throws ServiceError when something is missing, is not what its digest names, or cannot be put
*/
async function copyManifest(copying, digest) {
	const done = /* @__PURE__ */ new Set();
	await copyOne(copying, digest, {
		done,
		depth: 0
	});
	return [...done];
}
async function copyOne(copying, digest, progress) {
	const { done, depth } = progress;
	if (done.has(digest)) return;
	done.add(digest);
	const { source, target, suffixes } = copying;
	const what = `copy "${nameOf(source, digest)}"`;
	if (done.size > MAX_MANIFESTS || depth > MAX_DEPTH) {
		const limits = `more than ${MAX_MANIFESTS} manifests, or more than ${MAX_DEPTH} in each other`;
		throw nonsenseError(what, source.registry, limits);
	}
	const below = {
		done,
		depth: depth + 1
	};
	const found = await foundAt(source, digest);
	const { manifest } = found;
	if (manifest.kind === "index") for (const entry of manifest.entries) {
		if (!MANIFESTS.has(entry.mediaType)) throw nonsenseError(what, found.url, `its entry ${entry.digest} is no manifest`);
		await copyOne(copying, entry.digest, below);
	}
	else {
		const passedOn = [manifest.config, ...manifest.layers].filter(({ mediaType }) => !NOT_PASSED_ON.test(mediaType));
		for (const blob of passedOn) await copyBlob(copying, blob);
	}
	await putCopy(target, found);
	for (const suffix of suffixes) await copyTagged(copying, digest, suffix);
	const { entries } = await listReferrers(source, digest);
	for (const entry of entries) await copyOne(copying, entry.digest, below);
}
async function putCopy(target, { manifest, bytes, descriptor }) {
	const { mediaType } = descriptor;
	if (manifest.subject === void 0) {
		await putManifest(target, {
			bytes,
			mediaType
		});
		return;
	}
	const config = manifest.kind === "image" ? manifest.config.mediaType : manifest.mediaType;
	await putReferrer(target, bytes, {
		mediaType,
		subject: manifest.subject.digest,
		artifactType: manifest.artifactType ?? config,
		annotations: manifest.kind === "image" ? manifest.annotations : {}
	});
}
/** Signatures of the older form: a tag that is made of the digest, and is itself copied as it is. */
async function copyTagged(copying, digest, suffix) {
	const { source, target } = copying;
	const tag = `${digest.replace(":", "-")}${suffix}`;
	const found = await readManifest(source, tag);
	if (found?.kind !== "found" || found.manifest.kind !== "image") return;
	const { manifest, bytes, descriptor } = found;
	for (const blob of [manifest.config, ...manifest.layers]) await copyBlob(copying, blob);
	await putManifest(target, {
		bytes,
		mediaType: descriptor.mediaType,
		tag
	});
}
async function copyBlob({ source, target }, blob) {
	await putBlobInPieces(target, blob.digest, {
		pieces: () => piecesOf(source, blob),
		...source.registry === target.registry && { mount: { from: source.repository } }
	});
}
/** Reads a blob by ranges: never more of it is in memory than one piece. */
async function* piecesOf(source, { digest, size }) {
	const what = `read the blob "${nameOf(source, digest)}"`;
	for (let at = 0; at < size; at += CHUNK_BYTES) {
		const wanted = Math.min(CHUNK_BYTES, size - at);
		const isWhole = wanted === size;
		const answer = await source.send({
			path: `blobs/${digest}`,
			access: "pull",
			what,
			maxBytes: wanted,
			...!isWhole && { headers: { range: `bytes=${at}-${at + wanted - 1}` } }
		});
		if (answer.status !== (isWhole ? 200 : 206) || answer.bytes !== wanted) throw nonsenseError(what, answer.url, `status ${answer.status} with ${answer.bytes} of ${wanted} bytes`);
		yield answer.body;
	}
}
async function foundAt(source, digest) {
	const found = await readManifest(source, digest);
	const what = `copy "${nameOf(source, digest)}"`;
	if (found?.kind === "found") return found;
	if (found) throw nonsenseError(what, found.url, `it served bytes with the digest ${found.observed}`);
	throw nonsenseError(what, source.registry, "the registry does not have it");
}
// src/services/oci-registry/challenge.ts
/** Longest header that is read, in UTF-16 units. */
const MAX_LENGTH = 8192;
const TOKEN = /[\w!#$%&'*+.^`|~-]+/y;
const PARAMETER = /([\w!#$%&'*+.^`|~-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y;
const GAP = /[\s,]*/y;
/**
* Reads a `WWW-Authenticate` header, which may hold several challenges.
*
* @returns those before the first thing that makes no sense
* @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
*/
function parseChallenges(header) {
	const text = header.slice(0, MAX_LENGTH);
	const challenges = [];
	let at = 0;
	const take = (pattern) => {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		if (match) at = pattern.lastIndex;
		return match ?? void 0;
	};
	while (at < text.length) {
		take(GAP);
		const parameter = take(PARAMETER);
		const last = challenges.at(-1);
		if (parameter && last) {
			const [, name = "", quoted, bare = ""] = parameter;
			const value = quoted === void 0 ? bare : quoted.replace(/\\(.)/g, "$1");
			if (!last.parameters.has(name.toLowerCase())) last.parameters.set(name.toLowerCase(), value);
			continue;
		}
		const scheme = parameter ? void 0 : take(TOKEN);
		if (scheme === void 0) break;
		challenges.push({
			scheme: scheme[0].toLowerCase(),
			parameters: /* @__PURE__ */ new Map()
		});
	}
	return challenges;
}
// src/services/oci-registry/tokens.ts
/** Tokens without a lifetime live this long, in seconds. @see https://distribution.github.io/distribution/spec/auth/token/ */
const DEFAULT_LIFETIME = 60;
const MAX_LIFETIME = 3600;
/** A token is not used in its last seconds, in milliseconds. */
const MARGIN_MS = 5e3;
const MAX_TOKEN_BYTES = 1048576;
const ACTIONS = {
	pull: ["pull"],
	push: ["pull", "push"],
	delete: [
		"pull",
		"push",
		"delete"
	]
};
/** By how much they allow, the least first. */
const ACCESSES = [
	"pull",
	"push",
	"delete"
];
function tokenKeeper(context, place) {
	const passes = /* @__PURE__ */ new Map();
	const underWay = /* @__PURE__ */ new Map();
	const now = () => context.host.now().getTime();
	const known = (access) => {
		return ACCESSES.slice(ACCESSES.indexOf(access)).flatMap((one) => passes.get(one) ?? []).find(({ until }) => until > now())?.authorization;
	};
	const askOnce = (challenge, access) => {
		const before = underWay.get(access);
		if (before) return before;
		const asked = askForToken(context, place, {
			challenge,
			access
		}).finally(() => {
			underWay.delete(access);
		});
		underWay.set(access, asked);
		return asked;
	};
	return {
		known,
		async logIn(challenges, access, failed) {
			const current = known(access);
			if (current !== void 0 && current !== failed) return current;
			const bearer = challenges.find(({ scheme }) => scheme === "bearer");
			const basic = challenges.find(({ scheme }) => scheme === "basic");
			const pass = bearer ? await askOnce(bearer, access) : basic && await basicPass(context, place);
			if (pass === void 0 || pass.authorization === failed) return void 0;
			passes.set(access, pass);
			return pass.authorization;
		}
	};
}
async function basicPass({ loginOf }, { registry, repository }) {
	const login = await loginOf(registry, repository);
	if (login?.kind !== "password") return void 0;
	return {
		authorization: basicOf(login),
		until: Infinity
	};
}
function basicOf({ username, password }) {
	return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
/**
* Gets a token of the server that the registry names.
*
* @see https://distribution.github.io/distribution/spec/auth/token/
* @see https://distribution.github.io/distribution/spec/auth/oauth/
*/
async function askForToken(context, place, { challenge, access }) {
	const { host, signal, loginOf } = context;
	const { registry, repository } = place;
	const what = `log in to "${registry}"`;
	const login = await loginOf(registry, repository);
	if (login?.kind === "registry") return {
		authorization: `Bearer ${login.token}`,
		until: Infinity
	};
	const realm = realmOf(challenge, context, place);
	const service = challenge.parameters.get("service");
	const fields = new URLSearchParams(service === void 0 ? {} : { service });
	for (const scope of scopesOf(challenge, repository, access)) fields.append("scope", scope);
	const answer = await host.http.fetch({
		...tokenRequest(realm, fields, login),
		maxBytes: MAX_TOKEN_BYTES,
		compressed: true,
		answers: [
			400,
			401,
			403
		],
		signal
	});
	if (answer.status !== 200) throw refusalError(what, answer);
	const json = require_run.jsonObjectIn(answer.body);
	const token = [json?.["token"], json?.["access_token"]].find((value) => typeof value === "string");
	if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) throw nonsenseError(what, answer.url, "no token in the answer");
	host.mask(token);
	const lifetime = lifetimeOf(json?.["expires_in"]);
	return {
		authorization: `Bearer ${token}`,
		until: host.now().getTime() + lifetime * 1e3 - MARGIN_MS
	};
}
function tokenRequest(realm, fields, login) {
	if (login?.kind === "identity") {
		const form = new URLSearchParams(fields);
		form.set("grant_type", "refresh_token");
		form.set("refresh_token", login.token);
		form.set("client_id", "assay");
		const scopes = form.getAll("scope").join(" ");
		form.set("scope", scopes);
		return {
			url: realm.href,
			method: "POST",
			body: form.toString(),
			headers: { "content-type": "application/x-www-form-urlencoded" }
		};
	}
	const url = new URL(realm);
	for (const [name, value] of fields) url.searchParams.append(name, value);
	return {
		url: url.href,
		...login?.kind === "password" && { authorization: basicOf(login) }
	};
}
/** A login is not sent where anybody on the way could read it, nor from the internet into a private network. */
function realmOf(challenge, { plainHttp }, { base, registry }) {
	const realm = URL.parse(challenge.parameters.get("realm") ?? "");
	const refuse = (reason) => new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot log in to "${registry}": ${reason}`,
		remedy: "Report it to whoever runs the registry",
		url: base.href,
		reason
	});
	if (realm === null) throw refuse("it names no token server");
	realm.username = "";
	realm.password = "";
	realm.hash = "";
	if (require_address.isPrivateHost(realm.hostname) && !require_address.isPrivateHost(base.hostname)) throw refuse(`its token server "${realm.host}" is in a private network`);
	if (realm.protocol === "https:") return realm;
	const isPlainToo = realm.host === base.host || isLoopback(realm) || plainHttp.includes(realm.host);
	if (realm.protocol === "http:" && base.protocol === "http:" && isPlainToo) return realm;
	throw refuse(`its token server "${realm.host}" is not reached by https`);
}
function isLoopback({ hostname }) {
	return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
/** What the registry asks for and what we are about to do: some always ask for `pull` alone. */
function scopesOf(challenge, repository, access) {
	const named = (challenge.parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
	const own = `repository:${repository}:`;
	const actions = named.filter((scope) => scope.startsWith(own)).flatMap((scope) => scope.slice(own.length).split(","));
	const others = named.filter((scope) => !scope.startsWith(own));
	return [`${own}${[.../* @__PURE__ */ new Set([...ACTIONS[access], ...actions])].join(",")}`, ...others];
}
function lifetimeOf(seconds) {
	return Math.min(typeof seconds === "number" && seconds > 0 ? seconds : DEFAULT_LIFETIME, MAX_LIFETIME);
}
// src/services/oci-registry/session.ts
/** Refusals whose reason the body gives; 401 asks for a login first. */
const REFUSALS = [
	400,
	401,
	403,
	405,
	406,
	409,
	412,
	413,
	415,
	416,
	422
];
/** Opens a repository. Nothing is asked before the first request. */
function openSession(context, { registry, repository }) {
	const base = baseOf(registry, context.plainHttp);
	const tokens = tokenKeeper(context, {
		registry,
		repository,
		base
	});
	const request = async ({ path, access: _access, what: _what, ...rest }, authorization) => {
		const url = path instanceof URL ? path : new URL(`/v2/${repository}/${path}`, base);
		return context.host.http.fetch({
			...rest,
			url: url.href,
			signal: context.signal,
			answers: [...REFUSALS, ...rest.answers ?? []],
			...url.origin === base.origin && authorization !== void 0 && { authorization }
		});
	};
	const lines = /* @__PURE__ */ new Map();
	return {
		registry,
		repository,
		blobs: /* @__PURE__ */ new Set(),
		gathering: /* @__PURE__ */ new Map(),
		inTurn(key, task) {
			const turn = (lines.get(key) ?? Promise.resolve()).then(task, task);
			lines.set(key, turn);
			return turn;
		},
		timing: context.timing,
		signal: context.signal,
		async send(asked) {
			const known = tokens.known(asked.access);
			let answer = await request(asked, known);
			if (answer.status === 401 && new URL(answer.url).origin === base.origin) {
				const challenges = parseChallenges(answer.headers["www-authenticate"] ?? "");
				const fresh = await tokens.logIn(challenges, asked.access, known);
				if (fresh !== void 0) answer = await request(asked, fresh);
			}
			const accepted = asked.answers?.includes(answer.status) === true;
			if (REFUSALS.includes(answer.status) && !accepted) throw refusalError(asked.what, answer);
			return answer;
		},
		addressOf: (text, answer, what) => addressFrom(text, {
			base,
			answer,
			what
		})
	};
}
/** Plain HTTP only to this machine, or where the user says so. */
function baseOf(registry, plainHttp) {
	const host = require_registry_defaults.OCI_API_HOSTS.get(registry) ?? registry;
	const url = new URL(`https://${host}/`);
	return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname) || plainHttp.includes(registry) ? new URL(`http://${host}/`) : url;
}
function addressFrom(text, { base, answer, what }) {
	const url = text === void 0 ? null : URL.parse(text, answer.url);
	if (url === null) throw nonsenseError(what, answer.url, "no address where to go on");
	url.username = "";
	url.password = "";
	url.hash = "";
	if (url.host === base.host) url.protocol = base.protocol;
	if (url.origin === base.origin) return url;
	const isOutside = require_address.isPrivateHost(url.hostname) && !require_address.isPrivateHost(base.hostname);
	const isPlain = url.protocol !== "https:" && base.protocol === "https:";
	if (isOutside || isPlain || !/^https?:$/.test(url.protocol)) throw nonsenseError(what, answer.url, `it sends us to "${url.origin}"`);
	return url;
}
// src/formats/cosign-legacy.ts
/** Types of the layers that hold a signature, and an attestation. */
const LEGACY_LAYER = {
	sig: "application/vnd.dev.cosign.simplesigning.v1+json",
	att: "application/vnd.dsse.envelope.v1+json"
};
/** Most layers that a tag may have: cosign reads no more. */
const MAX_LEGACY_LAYERS = 1e3;
/** @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
const ANNOTATION = {
	signature: "dev.cosignproject.cosign/signature",
	certificate: "dev.sigstore.cosign/certificate",
	chain: "dev.sigstore.cosign/chain",
	bundle: "dev.sigstore.cosign/bundle",
	timestamp: "dev.sigstore.cosign/rfc3161timestamp",
	predicateType: "predicateType"
};
const SIGNATURE_TYPE = "cosign container image signature";
const NO_TIME = "0001-01-01T00:00:00Z";
/** `sha256:ab…` becomes the tag `sha256-ab….sig`. */
function legacyTag(digest, kind) {
	return `${digest.replace(":", "-")}.${kind}`;
}
/**
* Writes what the older signature of an image is over.
*
* @param name `ghcr.io/o/app`
* @see https://github.com/containers/image/blob/main/docs/containers-signature.5.md#json-data-format
*/
function renderSimpleSigning(name, digest) {
	return Buffer.from(JSON.stringify({
		critical: {
			identity: { "docker-reference": name },
			image: { "docker-manifest-digest": digest },
			type: SIGNATURE_TYPE
		},
		optional: null
	}));
}
/** Digest of the image that such a payload is about; nothing when it is none. */
function digestInSimpleSigning(payload) {
	const critical = require_run.jsonObjectOf(require_run.jsonObjectIn(payload)?.["critical"]);
	if (critical?.["type"] !== SIGNATURE_TYPE) return void 0;
	const digest = require_run.jsonObjectOf(critical["image"])?.["docker-manifest-digest"];
	return typeof digest === "string" ? digest : void 0;
}
/**
* Makes the layer of a signature.
*
* @param bundle with a message signature over `payload`
* @returns why the form cannot hold it, as text
*/
function signatureLayer(bundle, payload) {
	const signature = require_run.jsonObjectOf(bundle.json["messageSignature"])?.["signature"];
	if (typeof signature !== "string") return "the bundle has no message signature";
	const entry = entryAnnotation(bundle.json);
	if (typeof entry === "string") return entry;
	const annotations = {
		[ANNOTATION.signature]: signature,
		...certificateAnnotations(bundle),
		...entry,
		...timestampAnnotation(bundle.json)
	};
	return {
		mediaType: LEGACY_LAYER.sig,
		bytes: payload,
		annotations
	};
}
/**
* Makes the layer of an attestation. The bundle's timestamp stays out: it covers the signature, and readers of this
* form hold it against the whole envelope.
*
* @param bundle with a DSSE envelope, which was posted to the log in the JSON form that it has there
* @returns why the form cannot hold it, as text
*/
function attestationLayer(bundle, predicateType) {
	const envelope = require_run.jsonObjectOf(bundle.json["dsseEnvelope"]);
	if (envelope === void 0) return "the bundle has no envelope";
	const entry = entryAnnotation(bundle.json);
	if (typeof entry === "string") return entry;
	const annotations = {
		[ANNOTATION.signature]: "",
		...certificateAnnotations(bundle),
		...entry,
		[ANNOTATION.predicateType]: predicateType
	};
	const bytes = Buffer.from(JSON.stringify(envelope));
	return {
		mediaType: LEGACY_LAYER.att,
		bytes,
		annotations
	};
}
function certificateAnnotations({ json, chain }) {
	const material = require_run.jsonObjectOf(json["verificationMaterial"]);
	const leaf = require_run.jsonObjectOf(material?.["certificate"])?.["rawBytes"];
	if (typeof leaf !== "string") return {};
	return {
		[ANNOTATION.certificate]: pemOf(leaf),
		[ANNOTATION.chain]: chain.map(pemOf).join("")
	};
}
/** @returns why there is none, as text */
function entryAnnotation(json) {
	const entries = require_run.jsonObjectOf(json["verificationMaterial"])?.["tlogEntries"];
	const entry = require_run.jsonObjectOf(Array.isArray(entries) ? entries[0] : void 0);
	const promise = require_run.jsonObjectOf(entry?.["inclusionPromise"])?.["signedEntryTimestamp"];
	const keyId = require_run.jsonObjectOf(entry?.["logId"])?.["keyId"];
	if (entry === void 0 || typeof promise !== "string" || typeof keyId !== "string") return "the log gave no signed entry timestamp: only version 1 of Rekor does";
	const Payload = {
		body: entry["canonicalizedBody"],
		integratedTime: Number(entry["integratedTime"]),
		logIndex: Number(entry["logIndex"]),
		logID: Buffer.from(keyId, "base64").toString("hex")
	};
	return { [ANNOTATION.bundle]: JSON.stringify({
		SignedEntryTimestamp: promise,
		Payload
	}) };
}
function timestampAnnotation(json) {
	const material = require_run.jsonObjectOf(json["verificationMaterial"]);
	const list = require_run.jsonObjectOf(material?.["timestampVerificationData"])?.["rfc3161Timestamps"];
	const first = require_run.jsonObjectOf(Array.isArray(list) ? list[0] : void 0)?.["signedTimestamp"];
	return typeof first === "string" ? { [ANNOTATION.timestamp]: JSON.stringify({ SignedRFC3161Timestamp: first }) } : {};
}
/**
* Adds layers to the manifest under a tag. Those of others stay as they are, in their order.
*
* @param before bytes of the manifest; absent when there is none yet
* @returns nothing when `before` is nothing that could be added to
*/
function withLegacyLayers(before, added) {
	const known = before === void 0 ? [] : require_run.jsonObjectIn(before)?.["layers"];
	if (!Array.isArray(known) || known.length + added.length > 1e3) return void 0;
	const layers = [...known, ...added];
	const config = Buffer.from(JSON.stringify({
		architecture: "",
		created: NO_TIME,
		history: layers.map(() => ({ created: NO_TIME })),
		os: "",
		rootfs: {
			type: "layers",
			diff_ids: layers.map((layer) => require_run.jsonObjectOf(layer)?.["digest"])
		},
		config: {}
	}));
	return {
		config,
		manifest: Buffer.from(JSON.stringify({
			schemaVersion: 2,
			mediaType: MEDIA_TYPE.image,
			config: {
				mediaType: MEDIA_TYPE.imageConfig,
				digest: `sha256:${sha256(config).toString("hex")}`,
				size: config.length
			},
			layers
		}))
	};
}
/**
* Makes a Sigstore bundle of a layer, of the first version, which is what the form has. What the payload says of the
* image is for the caller to compare: {@link digestInSimpleSigning}, or the statement's subject.
*
* @param hint what a bundle names the key by that signs without a certificate
* @returns what is wrong with the layer, as text
*/
function bundleOfLegacyLayer(layer, hint = "") {
	const { mediaType, annotations = {}, bytes } = layer;
	const text = (name) => Object.hasOwn(annotations, name) ? annotations[name] : void 0;
	const entry = entryOf(text(ANNOTATION.bundle));
	if (typeof entry === "string") return entry;
	const certificate = text(ANNOTATION.certificate);
	const material = {
		...certificate === void 0 ? { publicKey: { hint } } : { x509CertificateChain: { certificates: [{ rawBytes: base64In(certificate) }] } },
		tlogEntries: entry
	};
	const type = "application/vnd.dev.sigstore.bundle+json;version=0.1";
	if (mediaType === LEGACY_LAYER.att) {
		const dsseEnvelope = require_run.jsonObjectIn(bytes);
		if (dsseEnvelope === void 0) return "its envelope is no JSON object";
		return {
			mediaType: type,
			verificationMaterial: material,
			dsseEnvelope
		};
	}
	if (mediaType !== LEGACY_LAYER.sig) return `it is of type "${mediaType.slice(0, 100)}"`;
	const timestamp = timestampOf(text(ANNOTATION.timestamp));
	const timestampVerificationData = { rfc3161Timestamps: timestamp };
	return {
		mediaType: type,
		verificationMaterial: {
			...material,
			...timestamp.length > 0 && { timestampVerificationData }
		},
		messageSignature: {
			messageDigest: {
				algorithm: "SHA2_256",
				digest: sha256(bytes).toString("base64")
			},
			signature: text(ANNOTATION.signature) ?? ""
		}
	};
}
/** @returns no entry where there is no annotation; what is wrong with it, as text */
function entryOf(annotation) {
	if (annotation === void 0) return [];
	const json = require_run.jsonObjectIn(Buffer.from(annotation));
	const { body, integratedTime, logIndex, logID } = require_run.jsonObjectOf(json?.["Payload"]) ?? {};
	const promise = json?.["SignedEntryTimestamp"];
	if (typeof body !== "string" || typeof logID !== "string" || typeof promise !== "string") return "its annotation with the log entry is damaged";
	const { kind, apiVersion } = require_run.jsonObjectIn(Buffer.from(body, "base64")) ?? {};
	return [{
		logIndex: String(logIndex),
		logId: { keyId: Buffer.from(logID, "hex").toString("base64") },
		kindVersion: {
			kind,
			version: apiVersion
		},
		integratedTime: String(integratedTime),
		inclusionPromise: { signedEntryTimestamp: promise },
		canonicalizedBody: body
	}];
}
/**
* The timestamps of an attestation's layer, as a bundle lists them. They are of the layer's bytes, where those of a
* bundle are of its signature: whoever puts them into one has to say so to the verifier.
*/
function timestampsOfLegacyLayer({ annotations = {} }) {
	const name = ANNOTATION.timestamp;
	return timestampOf(Object.hasOwn(annotations, name) ? annotations[name] : void 0);
}
function timestampOf(annotation) {
	if (annotation === void 0) return [];
	const signed = require_run.jsonObjectIn(Buffer.from(annotation))?.["SignedRFC3161Timestamp"];
	return typeof signed === "string" ? [{ signedTimestamp: signed }] : [];
}
function pemOf(derBase64) {
	return [
		"-----BEGIN CERTIFICATE-----",
		...derBase64.match(/.{1,64}/g) ?? [],
		"-----END CERTIFICATE-----",
		""
	].join("\n");
}
function base64In(pem) {
	return pem.replace(/-----[^-\n]{0,60}-----|\s/g, "");
}
function sha256(bytes) {
	return (0, node_crypto.createHash)("sha256").update(bytes).digest();
}
// src/services/oci-registry/appending.ts
/**
* Adds layers to the manifest under a tag so that they stay: the form knows no better than to read, add and put, so it
* is read again, and put again while another writer has lost them. Layers that are there already are not added.
*
* @throws ServiceError when they cannot be put, or do not stay
* @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
*/
async function appendLegacyLayers(session, tag, layers) {
	const wanted = await Promise.all(layers.map(async ({ bytes, mediaType, annotations }) => {
		return {
			...await putBlob(session, {
				bytes,
				mediaType
			}),
			annotations
		};
	}));
	await session.inTurn(tag, async () => {
		for (let round = 0; round <= 12; round++) {
			const startedAt = session.timing.now();
			const found = await foundUnder(session, tag);
			const missing = wanted.filter((one) => !isIn(found, one));
			if (missing.length === 0) return;
			await putUnder(session, {
				tag,
				found,
				missing
			});
			await pause(session, {
				round,
				tookMs: session.timing.now() - startedAt
			});
		}
		throw nonsenseError(`add to "${nameOf(session, tag)}"`, session.registry, `what is added does not stay after 12 rounds`);
	});
}
async function foundUnder(session, tag) {
	const found = await readManifest(session, tag);
	return found?.kind === "found" ? found : void 0;
}
function isIn(found, wanted) {
	const { manifest } = found ?? {};
	if (manifest?.kind !== "image") return false;
	return manifest.layers.some(({ digest, annotations = {} }) => digest === wanted.digest && Object.entries(wanted.annotations ?? {}).every(([name, text]) => annotations[name] === text));
}
async function putUnder(session, { tag, found, missing }) {
	const written = withLegacyLayers(found?.bytes, missing);
	if (written === void 0) {
		const reason = `the tag is no list of signatures, or would have more than ${MAX_LEGACY_LAYERS}`;
		throw nonsenseError(`add to "${nameOf(session, tag)}"`, session.registry, reason);
	}
	if (written.manifest.length > 4194304) {
		const reason = `its manifest would have ${written.manifest.length} bytes, registries take ${MAX_MANIFEST_BYTES}`;
		throw nonsenseError(`add to "${nameOf(session, tag)}"`, session.registry, reason);
	}
	await putBlob(session, {
		bytes: written.config,
		mediaType: MEDIA_TYPE.imageConfig,
		isNew: true
	});
	const { etag } = found ?? {};
	try {
		await putManifest(session, {
			bytes: written.manifest,
			mediaType: MEDIA_TYPE.image,
			tag,
			...etag !== void 0 && { ifMatch: etag }
		});
	} catch (error) {
		throw found === void 0 ? error : rewritingError(error, "or leave `legacy` out of `signature-forms`");
	}
}
// src/services/oci-registry.ts
/**
* Opens a repository; nothing is asked before the first question.
*
* @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
*/
function openRepository(context, reference) {
	const session = openSession(context, reference);
	return {
		name: imageNameOf(reference),
		session,
		manifest: (wanted) => readManifest(session, wanted),
		head: (wanted) => headManifest(session, wanted),
		blob: (descriptor, sink) => readBlob(session, descriptor, sink),
		tags: () => listTags(session),
		referrers: (digest, artifactType) => listReferrers(session, digest, artifactType),
		putBlob: (bytes, mediaType) => putBlob(session, {
			bytes,
			mediaType
		}),
		async putManifest(bytes, mediaType, tag) {
			const put = {
				bytes,
				mediaType,
				...tag !== void 0 && { tag }
			};
			const { descriptor } = await putManifest(session, put);
			return descriptor;
		},
		deleteManifest: (wanted) => deleteManifest(session, wanted),
		probePush: () => probePush(session),
		attach: (attachment) => attach(session, attachment),
		appendLegacy: (tag, layers) => appendLegacyLayers(session, tag, layers),
		copyFrom: (source, digest, suffixes = []) => copyManifest({
			source: source.session,
			target: session,
			suffixes
		}, digest)
	};
}
// src/stages/images/findings.ts
/** What was observed of one reference: one piece of evidence for each manifest that was asked for. */
function evidenceOf(looked, now) {
	const { given, reference } = looked;
	const observedAt = `${now.toISOString().slice(0, 19)}Z`;
	if ("obstacle" in looked) {
		const { reason } = looked.obstacle;
		return [{
			kind: "digest",
			outcome: "unavailable",
			source: "",
			observedAt,
			subject: given,
			detail: reason
		}];
	}
	return looked.readings.map((reading) => {
		const { outcome, url, expected, observed } = reading;
		const digest = outcome === "contradicted" ? expected : observed ?? expected;
		const seen = observed === void 0 ? void 0 : modelDigest(observed);
		return {
			subject: digest === void 0 ? given : purlOfImage(reference, digest),
			kind: "digest",
			outcome: outcome === "missing" ? "unavailable" : outcome,
			source: url,
			...seen && { observed: seen },
			observedAt,
			detail: detailOf(reading, reference)
		};
	});
}
function detailOf({ outcome, what, expected = "", observed = "" }, { tag = "latest" }) {
	return `${what}: ${{
		verified: `read, and its bytes have the digest ${observed}`,
		contradicted: `asked for ${expected}, got bytes with the digest ${observed}`,
		absent: `the tag "${tag}" is ${observed} now; a tag pins no bytes`,
		missing: `the registry has no ${expected === "" ? `tag "${tag}"` : expected}`
	}[outcome]}`;
}
/** What it means. One finding for each image at most, besides the note on its tag. */
function findingsOf(looked, evidence) {
	const { given, reference } = looked;
	if ("obstacle" in looked) {
		const { reason, remedy } = looked.obstacle;
		return [finding(remedy === void 0 ? require_run.UNAVAILABLE$1 : {
			...require_run.UNAVAILABLE$1,
			remedy
		}, given, `${given} could not be looked at: ${reason}`, evidence)];
	}
	const { readings } = looked;
	const wrong = readings.find(({ outcome }) => outcome === "contradicted");
	const missing = readings.find(({ outcome }) => outcome === "missing");
	const unpinned = reference.digest === void 0 && readings.some(({ outcome }) => outcome === "absent");
	return [
		...wrong ? [finding(require_run.CONTRADICTED$2, given, `${given}: ${detailOf(wrong, reference)}`, evidence)] : [],
		...missing ? [finding(require_run.NOT_FOUND$1, given, `${given}: ${detailOf(missing, reference)}`, evidence)] : [],
		...unpinned ? [finding(require_run.TAG_NOT_PINNED, given, tagMessage(given, evidence), evidence.slice(0, 1))] : []
	];
}
function tagMessage(given, [first]) {
	const { algorithm = "", hex = "" } = first?.observed ?? {};
	return `${given} is ${algorithm}:${hex} now, and can be moved`;
}
function finding(rule, subject, message, evidence) {
	return require_finding.findingOf(rule, {
		subject,
		message,
		evidence
	});
}
/** What an image is called in reports. @see https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
function purlOfImage(reference, digest) {
	const { repository, tag } = reference;
	const name = repository.slice(repository.lastIndexOf("/") + 1);
	return require_run.purlOf("oci", name, digest, {
		repository_url: imageNameOf(reference),
		...tag !== void 0 && { tag }
	});
}
function modelDigest(text) {
	const [algorithm = "", hex = ""] = text.split(":");
	return require_digest.digestFromHex(algorithm, hex);
}
// src/stages/images/looked.ts
/** Why something could not be looked at. */
function obstacleOf({ host }, error) {
	if (error instanceof require_errors.CancelledError) return { reason: error.code === "OFFLINE" ? "the run is offline" : "the run was ended" };
	if (error instanceof require_errors.AssayError) {
		const { message, remedy } = error;
		return {
			reason: message,
			remedy
		};
	}
	if (Error.isError(error)) host.log.debug(error.stack ?? "");
	return {
		reason: `internal error: ${require_errors.messageOf(error)}`,
		remedy: "This is a bug in Assay; please report it with the debug log"
	};
}
// src/services/docker-credentials.ts
/** Largest configuration file that is read, in bytes. */
const MAX_CONFIG_BYTES = 1048576;
/** What stands in place of a name beside an identity token. */
const TOKEN_USER = "<token>";
/**
* Finds the logins to registries of images that this machine has: those of `REGISTRY_AUTH_FILE`, of Docker
* (`DOCKER_CONFIG`, `~/.docker/config.json`) and of podman, credential helpers included. A file inside the
* checkout is not the machine's and is left out: it could name the program that is run as helper.
*
* @returns what throws ParseError `CONFIG_SYNTAX` when a file is damaged
* @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
* @see https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
*/
function dockerCredentials(host) {
	let files;
	const known = /* @__PURE__ */ new Map();
	return (registry, repository) => {
		const key = `${registry}/${repository}`;
		const before = known.get(key);
		if (before) return before;
		const found = (async () => {
			files ??= loginFiles(host);
			return loginIn(host, files, keysOf(registry, repository));
		})();
		known.set(key, found);
		return found;
	};
}
function loginFiles(host) {
	return pathsOf(host).flatMap((path) => {
		if (isInside(host.files.root, path)) {
			host.log.warning(`Left out the logins of "${path}": a file of the checkout is not the machine's`);
			return [];
		}
		const text = host.readMachineText(path, MAX_CONFIG_BYTES);
		if (text === void 0) return [];
		const json = require_run.jsonObjectOf(require_run.parseJson({
			path,
			text
		}, {
			code: "CONFIG_SYNTAX",
			remedy: "Correct the file, or remove it and log in again with `docker login`"
		}));
		return json === void 0 ? [] : [{
			path,
			json
		}];
	});
}
/** Where the files may be, the strongest first. */
function pathsOf({ env, platform }) {
	const home = env["HOME"] ?? env["USERPROFILE"];
	const docker = env["DOCKER_CONFIG"] ?? (home && (0, node_path.join)(home, ".docker"));
	const config = env["XDG_CONFIG_HOME"] ?? (home && (0, node_path.join)(home, ".config"));
	const runtime = platform.os === "linux" ? env["XDG_RUNTIME_DIR"] : void 0;
	return [
		env["REGISTRY_AUTH_FILE"],
		docker && (0, node_path.join)(docker, "config.json"),
		runtime && (0, node_path.join)(runtime, "containers", "auth.json"),
		config && (0, node_path.join)(config, "containers", "auth.json")
	].filter((path) => path !== void 0 && (0, node_path.isAbsolute)(path));
}
function keysOf(registry, repository) {
	const helper = require_registry_defaults.DOCKER_CONFIG_KEYS.get(registry) ?? registry;
	const path = `${registry}/${repository}`.split("/");
	const above = path.map((_part, at) => path.slice(0, path.length - at).join("/"));
	const old = [
		"",
		"/",
		"/v1/",
		"/v2/"
	].map((end) => `https://${registry}${end}`);
	return {
		auths: [.../* @__PURE__ */ new Set([
			...above,
			helper,
			...old
		])],
		helper,
		registry
	};
}
async function loginIn(host, files, keys) {
	for (const { path, json } of files) {
		const helpers = require_run.jsonObjectOf(json["credHelpers"]) ?? {};
		const named = [keys.helper, keys.registry].find((key) => Object.hasOwn(helpers, key));
		const helper = named === void 0 ? json["credsStore"] : helpers[named];
		const auth = entryIn(json, keys);
		if (typeof helper === "string" && helper !== "") {
			const login = await askHelper(host, {
				helper,
				path
			}, keys.helper);
			if (login) return login;
		}
		const login = auth && loginOf(auth);
		if (login) return masked(host, login);
	}
}
function entryIn(json, { auths }) {
	const entries = require_run.jsonObjectOf(json["auths"]) ?? {};
	const key = auths.find((name) => Object.hasOwn(entries, name));
	return key === void 0 ? void 0 : require_run.jsonObjectOf(entries[key]);
}
function loginOf(entry) {
	const { auth, username, password, identitytoken, registrytoken } = entry;
	if (isText(registrytoken)) return {
		kind: "registry",
		token: registrytoken
	};
	if (isText(identitytoken)) return {
		kind: "identity",
		token: identitytoken
	};
	const pair = isText(auth) ? Buffer.from(auth, "base64").toString("utf8") : void 0;
	const colon = pair?.indexOf(":") ?? -1;
	if (pair !== void 0 && colon > 0) return passwordLogin(pair.slice(0, colon), pair.slice(colon + 1).replace(/\0+$/, ""));
	return isText(username) && isText(password) ? passwordLogin(username, password) : void 0;
}
function passwordLogin(username, password) {
	if (username === TOKEN_USER) return {
		kind: "identity",
		token: password
	};
	return password === "" ? void 0 : {
		kind: "password",
		username,
		password
	};
}
async function askHelper(host, { helper, path }, server) {
	const { exitCode, stdout, reason } = await host.credentialHelper(helper, server);
	const shown = `the credential helper "${require_run.plainText(helper, 50)}" of "${path}"`;
	if (exitCode !== 0) {
		const said = reason ?? require_run.plainText(stdout.trim(), 200);
		const none = /credentials not found/i.test(said);
		host.log[none ? "debug" : "warning"](`No login to ${server} from ${shown}: ${said}`);
		return;
	}
	try {
		const { Username: username, Secret: secret } = require_run.jsonObjectOf(JSON.parse(stdout)) ?? {};
		const login = isText(username) && isText(secret) ? passwordLogin(username, secret) : void 0;
		return login && masked(host, login);
	} catch (error) {
		const kind = Error.isError(error) ? error.name : require_errors.messageOf(error);
		host.log.warning(`No login to ${server} from ${shown}: its answer is no JSON (${kind})`);
		return;
	}
}
function masked({ mask }, login) {
	maskLogin(login, mask);
	return login;
}
/** Hides a login, in the forms in which it is sent, from here on. */
function maskLogin(login, mask) {
	if (login.kind !== "password") {
		mask(login.token);
		return;
	}
	const { username, password } = login;
	mask(password);
	mask(Buffer.from(`${username}:${password}`).toString("base64"));
}
function isText(value) {
	return typeof value === "string" && value !== "";
}
function isInside(root, path) {
	const way = (0, node_path.relative)((0, node_path.resolve)(root), (0, node_path.resolve)(path));
	return way !== ".." && !way.startsWith(`..${node_path.sep}`) && !(0, node_path.isAbsolute)(way);
}
// src/stages/images/registry.ts
/**
* How the registries of some images are spoken to in this run.
*
* @throws InputError `INPUT_CONFLICT` when it is not clear whom a password is for
*/
function registryAccess(context, references) {
	const { host, settings, signal } = context;
	return {
		host,
		signal,
		timing: require_run.realTiming,
		loginOf: loginsOf(context, references),
		plainHttp: settings.plainHttpRegistries
	};
}
/** The login of the inputs for the one registry that it is for; those of this machine for all others. */
function loginsOf({ host, settings }, references) {
	const { registryUsername: username, registryPassword: password } = settings;
	const machine = dockerCredentials(host);
	if (username === void 0 || password === void 0) return machine;
	const registries = [...new Set(references.map(({ registry }) => registry))];
	const [owner] = registries;
	if (registries.length > 1) throw new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: `Cannot tell which registry \`registry-password\` is for: images are in ${registries.join(" and ")}`,
		remedy: "Log in to each with `docker/login-action` before this step, and leave the two inputs out"
	});
	const login = {
		kind: "password",
		username,
		password
	};
	maskLogin(login, host.mask);
	return (registry, repository) => registry === owner ? Promise.resolve(login) : machine(registry, repository);
}
Object.defineProperty(exports, "LEGACY_LAYER", {
	enumerable: true,
	get: function() {
		return LEGACY_LAYER;
	}
});
Object.defineProperty(exports, "MEDIA_TYPE", {
	enumerable: true,
	get: function() {
		return MEDIA_TYPE;
	}
});
Object.defineProperty(exports, "attestationLayer", {
	enumerable: true,
	get: function() {
		return attestationLayer;
	}
});
Object.defineProperty(exports, "bundleOfLegacyLayer", {
	enumerable: true,
	get: function() {
		return bundleOfLegacyLayer;
	}
});
Object.defineProperty(exports, "digestInSimpleSigning", {
	enumerable: true,
	get: function() {
		return digestInSimpleSigning;
	}
});
Object.defineProperty(exports, "evidenceOf", {
	enumerable: true,
	get: function() {
		return evidenceOf;
	}
});
Object.defineProperty(exports, "findingsOf", {
	enumerable: true,
	get: function() {
		return findingsOf;
	}
});
Object.defineProperty(exports, "imageNameOf", {
	enumerable: true,
	get: function() {
		return imageNameOf;
	}
});
Object.defineProperty(exports, "isOciDigest", {
	enumerable: true,
	get: function() {
		return isOciDigest;
	}
});
Object.defineProperty(exports, "legacyTag", {
	enumerable: true,
	get: function() {
		return legacyTag;
	}
});
Object.defineProperty(exports, "obstacleOf", {
	enumerable: true,
	get: function() {
		return obstacleOf;
	}
});
Object.defineProperty(exports, "openRepository", {
	enumerable: true,
	get: function() {
		return openRepository;
	}
});
Object.defineProperty(exports, "parseImageReference", {
	enumerable: true,
	get: function() {
		return parseImageReference;
	}
});
Object.defineProperty(exports, "platformOf", {
	enumerable: true,
	get: function() {
		return platformOf;
	}
});
Object.defineProperty(exports, "purlOfImage", {
	enumerable: true,
	get: function() {
		return purlOfImage;
	}
});
Object.defineProperty(exports, "registryAccess", {
	enumerable: true,
	get: function() {
		return registryAccess;
	}
});
Object.defineProperty(exports, "renderPlatform", {
	enumerable: true,
	get: function() {
		return renderPlatform;
	}
});
Object.defineProperty(exports, "renderSimpleSigning", {
	enumerable: true,
	get: function() {
		return renderSimpleSigning;
	}
});
Object.defineProperty(exports, "signatureLayer", {
	enumerable: true,
	get: function() {
		return signatureLayer;
	}
});
Object.defineProperty(exports, "timestampsOfLegacyLayer", {
	enumerable: true,
	get: function() {
		return timestampsOfLegacyLayer;
	}
});
