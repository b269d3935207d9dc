const require_registry = require("./chunk-registry.js");
const require_run = require("./chunk-run.js");
const require_errors = require("./chunk-errors.js");
const require_digest = require("./chunk-digest.js");
// src/stages/images/resolve.ts
/** Indexes in indexes, and manifests of one image, that are followed. */
const MAX_DEPTH = 4;
const MAX_MANIFESTS = 200;
/** Manifests of one index that are asked for at once. */
const MAX_AT_ONCE = 4;
/** Largest image config that is read, in bytes. */
const MAX_CONFIG_BYTES = 4194304;
/** What BuildKit calls the entries of an index that are no images. @see https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
const TYPE_KEY = "vnd.docker.reference.type";
const ABOUT_KEY = "vnd.docker.reference.digest";
/** Longest word for what an entry is, in UTF-16 units. */
const MAX_KIND = 100;
/**
* Resolves a reference once: to its digest, and to the images of all platforms below. Every manifest is read,
* and compared with its digest.
*
* @throws ServiceError when the registry cannot be asked, refuses, or answers with what makes no sense
*/
async function resolveImage(repository, given, reference) {
	const walk = {
		repository,
		name: require_registry.imageNameOf(reference),
		readings: [],
		platforms: [],
		others: [],
		seen: /* @__PURE__ */ new Set()
	};
	const top = await readTop(walk, reference.digest ?? reference.tag ?? "latest");
	const readings = walk.readings;
	if (top === void 0) return {
		given,
		reference,
		readings
	};
	await visit(walk, top, { depth: 0 });
	if (!readings.every(({ outcome }) => outcome === "verified" || outcome === "absent")) return {
		given,
		reference,
		readings
	};
	const { mediaType, digest, size } = top.descriptor;
	const subject = subjectOf(walk, digest);
	const { platforms, others } = walk;
	return {
		given,
		reference,
		image: {
			given,
			subject,
			mediaType,
			size,
			platforms,
			others
		},
		readings
	};
}
async function readTop(walk, wanted) {
	const found = await walk.repository.manifest(wanted);
	const pinned = wanted.includes(":");
	const expected = pinned ? { expected: wanted } : {};
	const about = {
		name: walk.name,
		url: "",
		what: "manifest",
		...expected
	};
	if (found === void 0) {
		walk.readings.push({
			...about,
			outcome: "missing"
		});
		return;
	}
	if (found.kind === "contradicted") {
		const { observed, url } = found;
		walk.readings.push({
			...about,
			url,
			observed,
			outcome: "contradicted"
		});
		return;
	}
	const { descriptor, manifest, url } = found;
	const observed = descriptor.digest;
	const what = manifest.kind === "index" ? "index" : "manifest";
	walk.readings.push({
		...about,
		what,
		url,
		observed,
		outcome: pinned ? "verified" : "absent"
	});
	return {
		descriptor,
		manifest
	};
}
async function visit(walk, { descriptor, manifest }, place) {
	const { digest, mediaType, size } = descriptor;
	walk.seen.add(digest);
	if (manifest.kind === "image") {
		const platform = place.platform ?? await platformIn(walk, manifest.config);
		walk.platforms.push({
			platform: platform === void 0 ? "unknown" : require_registry.renderPlatform(platform),
			subject: subjectOf(walk, digest),
			mediaType,
			size
		});
		return;
	}
	const entries = /* @__PURE__ */ new Map();
	for (const entry of manifest.entries) {
		const other = otherOf(entry);
		if (other) walk.others.push(other);
		else if (!walk.seen.has(entry.digest)) entries.set(entry.digest, entry);
	}
	const depth = place.depth + 1;
	if (depth > MAX_DEPTH || walk.seen.size + entries.size > MAX_MANIFESTS) {
		const reason = `more than ${MAX_MANIFESTS} manifests, or more than ${MAX_DEPTH} indexes in each other`;
		throw tooLarge(walk.name, reason);
	}
	const read = await require_run.inParallel([...entries.values()], MAX_AT_ONCE, async (entry) => ({
		entry,
		found: await walk.repository.manifest(entry.digest)
	}));
	for (const { entry, found } of read) if (!walk.seen.has(entry.digest)) await visitEntry(walk, {
		entry,
		found,
		depth
	});
}
async function visitEntry(walk, { entry, found, depth }) {
	const { digest, platform } = entry;
	const what = platform === void 0 ? "manifest" : require_registry.renderPlatform(platform);
	const reading = {
		name: walk.name,
		url: "",
		what,
		expected: digest
	};
	walk.seen.add(digest);
	if (found === void 0) walk.readings.push({
		...reading,
		outcome: "missing"
	});
	else if (found.kind === "contradicted") {
		const { url, observed } = found;
		walk.readings.push({
			...reading,
			url,
			observed,
			outcome: "contradicted"
		});
	} else {
		walk.readings.push({
			...reading,
			url: found.url,
			observed: digest,
			outcome: "verified"
		});
		await visit(walk, found, {
			depth,
			...platform && { platform }
		});
	}
}
/** Entries that are no image for anybody: BuildKit's attestations are for no platform, and say what they are. */
function otherOf({ mediaType, digest, platform, annotations = {} }) {
	const type = Object.hasOwn(annotations, TYPE_KEY) ? annotations[TYPE_KEY] : void 0;
	const about = Object.hasOwn(annotations, ABOUT_KEY) ? annotations[ABOUT_KEY] : void 0;
	const rest = {
		digest,
		...about !== void 0 && require_registry.isOciDigest(about) && { about }
	};
	if (type !== void 0) return {
		kind: type.slice(0, MAX_KIND),
		...rest
	};
	if (!MANIFESTS.has(mediaType)) return {
		kind: mediaType,
		...rest
	};
	return platform?.os === "unknown" && platform.architecture === "unknown" ? {
		kind: "for no platform",
		...rest
	} : void 0;
}
const MANIFESTS = /* @__PURE__ */ new Set([
	require_registry.MEDIA_TYPE.index,
	require_registry.MEDIA_TYPE.image,
	require_registry.MEDIA_TYPE.dockerIndex,
	require_registry.MEDIA_TYPE.dockerImage
]);
/** Configs of images, which say for which platform they are. Artifacts have others. */
const IMAGE_CONFIG = /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\.v1\+json$/;
/** The platform of an image that no index lists. */
async function platformIn(walk, config) {
	const { mediaType, digest, size } = config;
	if (!IMAGE_CONFIG.test(mediaType) || size > MAX_CONFIG_BYTES) return void 0;
	const found = await walk.repository.blob(config);
	const reading = {
		name: walk.name,
		url: "",
		what: "config",
		expected: digest
	};
	if (found === void 0) {
		walk.readings.push({
			...reading,
			outcome: "missing"
		});
		return;
	}
	if (found.kind === "contradicted") {
		const { url, observed } = found;
		walk.readings.push({
			...reading,
			url,
			observed,
			outcome: "contradicted"
		});
		return;
	}
	try {
		return require_registry.platformOf(require_run.jsonObjectOf(JSON.parse(Buffer.from(found.bytes).toString("utf8"))));
	} catch {
		return;
	}
}
function subjectOf({ name }, digest) {
	const [algorithm = "", hex = ""] = digest.split(":");
	const parsed = require_digest.digestFromHex(algorithm, hex);
	if (parsed === void 0) throw new Error(`"${digest}" was taken for a digest`);
	return {
		name,
		digest: parsed
	};
}
function tooLarge(name, reason) {
	return new require_errors.ServiceError({
		code: "SERVICE_LIMIT_EXCEEDED",
		message: `Cannot resolve "${name}": ${reason}`,
		remedy: "Name the images of its platforms one by one",
		reason
	});
}
Object.defineProperty(exports, "resolveImage", {
	enumerable: true,
	get: function() {
		return resolveImage;
	}
});
