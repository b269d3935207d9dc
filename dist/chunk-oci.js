const require_run = require("./chunk-run.js");
// src/formats/oci/descriptor.ts
/** Most annotations, and longest text of one, that are kept of a descriptor. */
const MAX_ANNOTATIONS = 256;
const MAX_TEXT = 65536;
/** Longest of what are names: media types, platforms. */
const MAX_NAME = 255;
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
	return typeof value === "string" && value !== "" && value.length <= MAX_NAME;
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
	const json = jsonObjectIn(bytes);
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
/** The JSON object that bytes are; nothing when they are anything else. */
function jsonObjectIn(bytes) {
	try {
		return require_run.jsonObjectOf(JSON.parse(Buffer.from(bytes).toString("utf8")));
	} catch {
		return;
	}
}
function invalid(reason) {
	return {
		kind: "invalid",
		reason
	};
}
Object.defineProperty(exports, "MANIFEST_TYPES", {
	enumerable: true,
	get: function() {
		return MANIFEST_TYPES;
	}
});
Object.defineProperty(exports, "MAX_MANIFEST_BYTES", {
	enumerable: true,
	get: function() {
		return MAX_MANIFEST_BYTES;
	}
});
Object.defineProperty(exports, "MEDIA_TYPE", {
	enumerable: true,
	get: function() {
		return MEDIA_TYPE;
	}
});
Object.defineProperty(exports, "isOciDigest", {
	enumerable: true,
	get: function() {
		return isOciDigest;
	}
});
Object.defineProperty(exports, "jsonObjectIn", {
	enumerable: true,
	get: function() {
		return jsonObjectIn;
	}
});
Object.defineProperty(exports, "parseManifest", {
	enumerable: true,
	get: function() {
		return parseManifest;
	}
});
Object.defineProperty(exports, "platformOf", {
	enumerable: true,
	get: function() {
		return platformOf;
	}
});
Object.defineProperty(exports, "renderPlatform", {
	enumerable: true,
	get: function() {
		return renderPlatform;
	}
});
