require("./chunk-rolldown-runtime.js");
const require_registry = require("./chunk-registry.js");
const require_errors = require("./chunk-errors.js");
const require_run = require("./chunk-run.js");
const require_registry_defaults = require("./chunk-registry-defaults.js");
const require_resolve = require("./chunk-resolve.js");
const require_digest = require("./chunk-digest.js");
// src/stages/images/section.ts
/** How many entries that are no images the section names; the report names all. */
const MAX_OTHERS = 20;
/** What the stage has to say to a person. */
function sectionOf(looked) {
	const images = looked.flatMap((one) => "obstacle" in one ? [] : one.image ?? []);
	const unresolved = looked.filter((one) => "obstacle" in one || one.image === void 0);
	return {
		title: "Images",
		blocks: [
			...images.length === 0 ? [] : [tableOf(images)],
			...images.flatMap(othersOf),
			...unresolved.length === 0 ? [] : [{
				kind: "paragraph",
				text: { strong: "Not resolved" }
			}, {
				kind: "list",
				items: unresolved.map(({ given }) => ({ code: given }))
			}]
		]
	};
}
function tableOf(images) {
	return {
		kind: "table",
		columns: [
			{ title: "Image" },
			{ title: "Platform" },
			{ title: "Digest" }
		],
		rows: images.flatMap(rowsOf)
	};
}
/** The index, and then the image of each platform; or the one image. */
function rowsOf({ given, subject, platforms }) {
	const [only] = platforms;
	if (only && only.subject.digest.hex === subject.digest.hex) return [[
		{ code: given },
		only.platform,
		codeOf(subject.digest)
	]];
	return [[
		{ code: given },
		`all (${platforms.length})`,
		codeOf(subject.digest)
	], ...platforms.map((one) => [
		"",
		one.platform,
		codeOf(one.subject.digest)
	])];
}
function codeOf(digest) {
	return { code: require_digest.renderDigest(digest) };
}
function othersOf({ given, others }) {
	if (others.length === 0) return [];
	const entries = others.length === 1 ? "1 entry is no image" : `${others.length} entries are no images`;
	const rest = others.length > MAX_OTHERS ? [`and ${others.length - MAX_OTHERS} more`] : [];
	return [{
		kind: "details",
		summary: [{ code: given }, `: ${entries}`],
		blocks: [{
			kind: "list",
			items: [...others.slice(0, MAX_OTHERS).map(otherText), ...rest]
		}]
	}];
}
function otherText({ kind, digest, about }) {
	const rest = about === void 0 ? [] : [" about ", { code: about }];
	return [
		`${kind} `,
		{ code: digest },
		...rest
	];
}
// src/stages/images/look.ts
/**
* Resolves the images of the settings, each once.
*
* @throws InputError `INPUT_INVALID` for what is no reference, `INPUT_CONFLICT` when it is not clear whom a password is for
*/
async function lookAtImages(context) {
	const { host, settings } = context;
	const wanted = settings.images.map(wantedOf);
	const registry = require_registry.registryAccess(context, wanted.map(({ reference }) => reference));
	const progress = host.progress("Resolving images", wanted.length);
	const looked = await require_run.inParallel(wanted, settings.concurrency, async (one) => {
		try {
			return await require_resolve.resolveImage(require_registry.openRepository(registry, one.reference), one.given, one.reference);
		} catch (error) {
			return {
				...one,
				obstacle: require_registry.obstacleOf(context, error)
			};
		} finally {
			progress.advance();
		}
	});
	progress.done();
	const images = looked.flatMap((one) => "obstacle" in one ? [] : one.image ?? []);
	const evidence = looked.map((one) => require_registry.evidenceOf(one, host.now()));
	return {
		output: images,
		findings: looked.flatMap((one, at) => require_registry.findingsOf(one, evidence[at] ?? [])),
		evidence: evidence.flat(),
		section: sectionOf(looked),
		stats: {
			images: images.length,
			platforms: images.reduce((sum, { platforms }) => sum + platforms.length, 0),
			otherEntries: images.reduce((sum, { others }) => sum + others.length, 0),
			unresolved: looked.length - images.length
		},
		outputs: { "image-digests": images.map(({ subject: { name, digest } }) => `${name}@${digest.algorithm}:${digest.hex}`).join("\n") }
	};
}
function wantedOf(given) {
	const reference = require_registry.parseImageReference(given, require_registry_defaults.SHORT_IMAGE_NAMES);
	if (typeof reference !== "string") return {
		given,
		reference
	};
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use "${require_run.plainText(given)}" of \`images\`: ${reference}`,
		remedy: "Write it as `registry/repository:tag` or `registry/repository@sha256:…`"
	});
}
exports.lookAtImages = lookAtImages;
