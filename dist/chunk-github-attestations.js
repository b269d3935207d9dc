const require_errors = require("./chunk-errors.js");
const require_digest = require("./chunk-digest.js");
const require_run = require("./chunk-run.js");
const require_status = require("./chunk-status.js");
const require_registry_defaults = require("./chunk-registry-defaults.js");
const require_sigstore_tuf = require("./chunk-sigstore-tuf.js");
let node_path = require("node:path");
// src/formats/vsa.ts
/** Predicate type of a verification summary. @see https://slsa.dev/spec/v1.2/verification_summary */
const VSA = "https://slsa.dev/verification_summary/v1";
/**
* The verdict as SLSA knows it. It says that the policy of the checkout was met, and claims no level: what Assay
* judges is what went into the build, and a level is for verifiers of the provenance to conclude. Levels of
* dependencies are left out for the same reason, which means that nothing is claimed about them.
*
* @see https://slsa.dev/spec/v1.2/verification_summary#fields
*/
function verificationSummary(summary) {
	const { verifier, version, verifiedAt, resource, policy, conclusion, attestations } = summary;
	const passed = conclusion === "pass";
	return {
		verifier: {
			id: verifier,
			version: { assay: version }
		},
		timeVerified: `${verifiedAt.toISOString().slice(0, 19)}Z`,
		resourceUri: resource,
		policy: {
			...sourceOf(policy),
			annotations: { failOn: policy.failOn }
		},
		...attestations.length > 0 && { inputAttestations: attestations.map(sourceOf) },
		verificationResult: passed ? "PASSED" : "FAILED",
		verifiedLevels: [passed ? "SLSA_BUILD_LEVEL_UNEVALUATED" : "FAILED"],
		slsaVersion: "1.2"
	};
}
/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md */
function sourceOf({ uri, digest }) {
	return {
		...uri !== void 0 && { uri },
		...digest && { digest: { [digest.algorithm]: digest.hex } }
	};
}
// src/formats/signing-config.ts
const MEDIA_TYPE = "application/vnd.dev.sigstore.signingconfig.v0.2+json";
/** Most services of one kind that are read. */
const MAX_SERVICES = 32;
/** Most of one kind that a signature enters: verifiers take only so many. */
const MAX_CHOSEN = 4;
/**
* Reads a signing configuration.
*
* @param value parsed JSON
* @returns what is wrong with it, as text: `found …, expected …`
* @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto
*/
function signingConfigOf(value) {
	const object = require_run.jsonObjectOf(value);
	if (object === void 0) return `found ${require_run.jsonKindOf(value)}, expected an object`;
	const { mediaType } = object;
	if (mediaType !== MEDIA_TYPE) return `found the media type ${typeof mediaType === "string" ? `"${mediaType.slice(0, 100)}"` : "none"}, expected "${MEDIA_TYPE}"`;
	const authorities = servicesOf$1(object, "caUrls");
	const logs = servicesOf$1(object, "rekorTlogUrls");
	const timestampAuthorities = servicesOf$1(object, "tsaUrls");
	const logSelector = selectorOf(object, "rekorTlogConfig");
	const timestampSelector = selectorOf(object, "tsaConfig");
	if (typeof authorities === "string") return authorities;
	if (typeof logs === "string") return logs;
	if (typeof timestampAuthorities === "string") return timestampAuthorities;
	if (typeof logSelector === "string") return logSelector;
	if (typeof timestampSelector === "string") return timestampSelector;
	return {
		authorities,
		logs,
		logSelector,
		timestampAuthorities,
		timestampSelector
	};
}
function servicesOf$1(object, name) {
	const list = object[name] ?? [];
	if (!Array.isArray(list)) return `found ${require_run.jsonKindOf(list)} as "${name}", expected a list`;
	if (list.length > MAX_SERVICES) return `found ${list.length} services in "${name}", expected at most ${MAX_SERVICES}`;
	const services = [];
	for (const [index, item] of list.entries()) {
		const service = serviceOf(item);
		if (typeof service === "string") return `${service} in "${name}[${index}]"`;
		services.push(service);
	}
	return services;
}
function serviceOf(value) {
	const { url, majorApiVersion = 0, validFor, operator = "" } = require_run.jsonObjectOf(value) ?? {};
	if (typeof url !== "string" || !isWebAddress(url)) return "found no address, expected an http or https URL as \"url\"";
	if (typeof majorApiVersion !== "number" || !Number.isInteger(majorApiVersion)) return `found ${require_run.jsonKindOf(majorApiVersion)} as "majorApiVersion", expected a whole number`;
	if (typeof operator !== "string") return `found ${require_run.jsonKindOf(operator)} as "operator", expected a string`;
	const { start, end } = require_run.jsonObjectOf(validFor) ?? {};
	const from = timeOf(start);
	const until = end === void 0 ? Infinity : timeOf(end);
	if (Number.isNaN(from) || Number.isNaN(until)) return "found no time, expected \"validFor\" with a start";
	return {
		url: url.replace(/\/+$/, ""),
		majorApiVersion,
		from,
		until,
		operator
	};
}
function isWebAddress(text) {
	const url = URL.parse(text);
	return url !== null && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === "";
}
function timeOf(value) {
	return typeof value === "string" ? Date.parse(value) : NaN;
}
function selectorOf(object, name) {
	const { selector = "ANY", count } = require_run.jsonObjectOf(object[name] ?? {}) ?? {};
	if (selector === "ANY") return { kind: "any" };
	if (selector === "ALL") return { kind: "all" };
	if (selector !== "EXACT") return `found the selector ${typeof selector === "string" ? `"${selector.slice(0, 40)}"` : require_run.jsonKindOf(selector)} in "${name}", expected ANY, ALL or EXACT`;
	return typeof count === "number" && Number.isInteger(count) && count > 0 ? {
		kind: "exact",
		count
	} : `found no count beside EXACT in "${name}", expected a number above 0`;
}
/**
* Chooses services: of the newest version that we speak, valid now, the newest first, one of each operator, and as
* many as the selector says.
*
* @param versions major API versions that we speak
* @param now milliseconds since 1970
* @returns an empty list when none fits; a text when fewer fit than the selector demands
*/
function chooseServices(services, wanted) {
	const { selector, versions, now } = wanted;
	const fitting = services.filter(({ from, until }) => from <= now && now <= until).filter(({ majorApiVersion }) => versions.includes(majorApiVersion)).toSorted((a, b) => b.majorApiVersion - a.majorApiVersion || b.from - a.from);
	const operators = /* @__PURE__ */ new Set();
	const chosen = fitting.filter(({ operator }) => {
		const first = !operators.has(operator);
		operators.add(operator);
		return first;
	});
	if (selector.kind === "any") return chosen.slice(0, 1);
	const count = selector.kind === "exact" ? selector.count : chosen.length;
	if (count > MAX_CHOSEN) return `${count} services are asked for, expected at most ${MAX_CHOSEN}`;
	if (count > chosen.length) return `${count} services of different operators are asked for, and ${chosen.length} can be used now`;
	return chosen.slice(0, count);
}
// src/services/sigstore-instance/files.ts
/**
* Reads trusted root and signing configuration from files.
*
* @throws InputError `INPUT_CONFLICT` for one without the other that it needs, `INPUT_INVALID` for a file that is none
*/
async function fromFiles(context) {
	const { trustedRoot, signingConfig, tufUrl, tufRoot } = context.settings;
	if (tufUrl !== void 0 || tufRoot !== void 0) throw conflict("found files of a deployment and a TUF repository, expected one of them", "Leave out either `tuf-url` and `tuf-root`, or `trusted-root` and `signing-config`");
	if (trustedRoot === void 0) throw conflict("found `signing-config` without `trusted-root`, expected both", "Give `trusted-root`, as `cosign trusted-root create` writes it: what is signed is verified with it");
	const root = await jsonFile(context, "trusted-root", trustedRoot);
	const config = signingConfig === void 0 ? void 0 : await configFile(context, signingConfig);
	return {
		trustedRoot: root,
		asOf: context.host.now().toISOString().slice(0, 10),
		...config && { config }
	};
}
async function configFile(context, path) {
	const config = signingConfigOf(await jsonFile(context, "signing-config", path));
	if (typeof config !== "string") return config;
	throw invalid$1("signing-config", path, config);
}
/** @throws InputError `INPUT_INVALID` when it is not there or no JSON */
async function jsonFile(context, input, path) {
	const text = await context.readText(path);
	if (text === void 0) throw invalid$1(input, path, "there is no such file");
	try {
		return require_run.parseJson({
			path,
			text
		}, {
			code: "CONFIG_SYNTAX",
			remedy: REMEDY
		});
	} catch (error) {
		if (!(error instanceof require_errors.ParseError)) throw error;
		throw new require_errors.InputError({
			code: "INPUT_INVALID",
			message: require_errors.messageOf(error),
			remedy: REMEDY,
			cause: error
		});
	}
}
const REMEDY = "Make it anew: `cosign trusted-root create`, `cosign signing-config create`. On a pull request the file of its base is read";
function invalid$1(input, path, why) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot read \`${input}\` "${path}": ${why}`,
		remedy: REMEDY
	});
}
/** Two inputs that contradict each other. */
function conflict(why, remedy) {
	return new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: `Cannot tell which Sigstore to use: ${why}`,
		remedy
	});
}
// src/services/sigstore-instance/public.ts
/** The signing configuration that Assay carries: Sigstore's TUF repository has it, and the seed of it has not. */
function embeddedSigningConfig(rekor) {
	const { fulcio, rekorV1, rekorV2, timestamp } = require_registry_defaults.PUBLIC_SIGSTORE;
	return {
		authorities: [service(fulcio, 1)],
		logs: [rekor === "2" ? service(rekorV2, 2) : service(rekorV1, 1)],
		logSelector: { kind: "any" },
		timestampAuthorities: [service(timestamp, 1)],
		timestampSelector: { kind: "any" }
	};
}
function service(url, majorApiVersion) {
	return {
		url,
		majorApiVersion,
		from: 0,
		until: Infinity,
		operator: ""
	};
}
/**
* Whether what is signed leaves names in logs that anybody can read: by the addresses of the services, and by their
* keys, which an address of its own in front of them does not change.
*/
async function isPublicInstance(trustedRoot, { fulcioUrl, rekor, further }) {
	const used = [
		fulcioUrl,
		rekor?.url,
		...(further?.rekor ?? []).map(({ url }) => url)
	].filter((url) => url !== void 0);
	if (used.some(isPublicAddress)) return true;
	if (used.length === 0) return false;
	const seed = await require_sigstore_tuf.sigstoreSeed();
	const known = new Set(authoritiesOf(seed.target(require_registry_defaults.TRUSTED_ROOT_TARGET)).flatMap(({ keys }) => keys));
	const own = authoritiesOf(trustedRoot);
	return used.some((url) => {
		const named = own.filter((authority) => hostOf(authority.url) === hostOf(url));
		return (named.length > 0 ? named : own).some(({ keys }) => keys.some((key) => known.has(key)));
	});
}
function isPublicAddress(url) {
	const { hostname } = new URL(url);
	const name = hostname.toLowerCase().replace(/\.$/, "");
	return require_registry_defaults.PUBLIC_SIGSTORE_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
function hostOf(url) {
	return URL.parse(url)?.host ?? "";
}
/** Certificate authorities and logs of a trusted root. */
function authoritiesOf(trustedRoot) {
	const root = require_run.jsonObjectOf(trustedRoot) ?? {};
	const logs = listIn(root, "tlogs").map((log) => ({
		url: textIn(log, "baseUrl"),
		keys: [textIn(require_run.jsonObjectOf(log["publicKey"]) ?? {}, "rawBytes")]
	}));
	const authorities = listIn(root, "certificateAuthorities").map((authority) => ({
		url: textIn(authority, "uri"),
		keys: listIn(require_run.jsonObjectOf(authority["certChain"]) ?? {}, "certificates").map((certificate) => textIn(certificate, "rawBytes"))
	}));
	return [...logs, ...authorities];
}
function listIn(object, name) {
	const list = object[name];
	if (!Array.isArray(list)) return [];
	return list.map(require_run.jsonObjectOf).filter((item) => item !== void 0);
}
function textIn(object, name) {
	const value = object[name];
	return typeof value === "string" ? value : "";
}
// src/services/sigstore-instance/services.ts
/** Major API versions that we speak. */
const FULCIO_VERSIONS = [1];
const TIMESTAMP_VERSIONS = [1];
const REKOR_VERSIONS = {
	auto: [1, 2],
	"1": [1],
	"2": [2]
};
const ANY = { kind: "any" };
/**
* Chooses the services to sign with.
*
* @throws InputError `INPUT_INVALID` when the configuration has not what is asked for
*/
function servicesOf(config, rekorVersion, at) {
	const now = at.getTime();
	const choose = (services, what, by) => {
		const chosen = chooseServices(services, {
			...by,
			now
		});
		if (typeof chosen === "string") throw unusable(`${what}: ${chosen}`);
		return chosen;
	};
	const [authority] = choose(config.authorities, "certificate authorities", {
		selector: ANY,
		versions: FULCIO_VERSIONS
	});
	const [rekor, ...moreLogs] = rekorVersion === "none" ? [] : choose(config.logs, "logs", {
		selector: config.logSelector,
		versions: REKOR_VERSIONS[rekorVersion]
	}).map(logOf);
	const [timestampUrl, ...timestampUrls] = choose(config.timestampAuthorities, "timestamp authorities", {
		selector: config.timestampSelector,
		versions: TIMESTAMP_VERSIONS
	}).map(({ url }) => url);
	if (rekor === void 0 && (rekorVersion === "1" || rekorVersion === "2")) throw unusable(`it has no log of version ${rekorVersion} that can be used now`);
	return {
		...authority && { fulcioUrl: authority.url },
		...rekor && { rekor },
		...timestampUrl !== void 0 && { timestampUrl },
		...moreLogs.length + timestampUrls.length > 0 && { further: {
			rekor: moreLogs,
			timestampUrls
		} }
	};
}
function logOf({ url, majorApiVersion }) {
	return {
		url,
		version: majorApiVersion === 2 ? 2 : 1
	};
}
function unusable(why) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot sign as the signing configuration says: ${why}`,
		remedy: "Change `rekor-version`, or make the signing configuration anew with `cosign signing-config create`"
	});
}
// src/services/sigstore-instance/tuf.ts
/** Longest time, in milliseconds, that is spent on newer material of the public-good instance, and on a private one's. */
const REFRESH_MS = 1e4;
const PRIVATE_MS = 6e4;
/** The newest material of the public-good instance; else what came with Assay. */
async function fromPublicTuf(context) {
	const { host, signal } = context;
	const seed = await require_sigstore_tuf.sigstoreSeed();
	try {
		return await fetched(context, {
			...seed,
			withinMs: REFRESH_MS
		});
	} catch (error) {
		if (signal.aborted) throw error;
		host.log.debug(`Sigstore's TUF repository: ${require_errors.messageOf(error)}`);
		return {
			trustedRoot: seed.target(require_registry_defaults.TRUSTED_ROOT_TARGET),
			asOf: seed.takenAt,
			frozen: `${new URL(seed.repository).host}: ${reasonOf(error)}`,
			config: embeddedSigningConfig(context.settings.rekor)
		};
	}
}
/**
* Material of another TUF repository.
*
* @throws InputError for root metadata that is not there
* @throws ServiceError when the repository cannot be asked, or does not verify
*/
async function fromPrivateTuf(context) {
	const { tufUrl, tufRoot } = context.settings;
	if (tufUrl === void 0 || tufRoot === void 0) throw conflict("found one of `tuf-url` and `tuf-root`, expected both", "Give the address of the TUF repository and a file with its root metadata, which you trust");
	const root = await jsonFile(context, "tuf-root", tufRoot);
	try {
		return await fetched(context, {
			repository: tufUrl,
			root,
			withinMs: PRIVATE_MS
		});
	} catch (error) {
		if (error instanceof require_errors.AssayError || context.signal.aborted) throw error;
		throw new require_errors.ServiceError({
			code: "SERVICE_RESPONSE_INVALID",
			message: `Cannot use the TUF repository "${tufUrl}": ${require_errors.messageOf(error)}`,
			remedy: "Look whether `tuf-root` is of this repository and the repository is up to date",
			cause: error,
			url: tufUrl,
			reason: require_errors.messageOf(error)
		});
	}
}
async function fetched({ host, signal, settings }, { repository, root, withinMs }) {
	const now = host.now();
	const { usual, rekorV2 } = require_registry_defaults.SIGNING_CONFIG_TARGETS;
	const names = settings.rekor === "2" ? [rekorV2, usual] : [usual];
	const found = await require_sigstore_tuf.tufTargets({
		http: host.http,
		repository,
		root,
		now,
		signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)])
	}, [require_registry_defaults.TRUSTED_ROOT_TARGET], names);
	const name = names.find((each) => found.has(each));
	const config = name === void 0 ? void 0 : configIn(found.get(name), name);
	return {
		trustedRoot: found.get(require_registry_defaults.TRUSTED_ROOT_TARGET),
		asOf: now.toISOString().slice(0, 10),
		...config && { config }
	};
}
function configIn(value, name) {
	const config = signingConfigOf(value);
	if (typeof config === "string") throw new Error(`${name}: ${config}`);
	return config;
}
function reasonOf(error) {
	return error instanceof require_errors.ServiceError ? error.reason ?? error.message : require_errors.messageOf(error);
}
// src/services/sigstore-instance.ts
/**
* Finds out which Sigstore this run signs and verifies with: the public-good instance, unless files or another TUF
* repository were given.
*
* @throws InputError `INPUT_INVALID`, `INPUT_CONFLICT` for what was given and cannot be used
* @throws ServiceError when the TUF repository that was given cannot be used
*/
async function sigstoreInstance(context) {
	const { settings, host } = context;
	const { config, ...material } = await materialOf(context);
	const chosen = config ? servicesOf(config, settings.rekor, host.now()) : {};
	const isPublic = await isPublicInstance(material.trustedRoot, chosen);
	return {
		...material,
		...chosen,
		isPublic
	};
}
function materialOf(context) {
	const { trustedRoot, signingConfig, tufUrl, tufRoot } = context.settings;
	if (trustedRoot !== void 0 || signingConfig !== void 0) return fromFiles(context);
	if (tufUrl !== void 0 || tufRoot !== void 0) return fromPrivateTuf(context);
	return fromPublicTuf(context);
}
// src/stages/checkout/trusted-text.ts
/** Most bytes of one file: the public trusted root has 7 kB. */
const MAX_BYTES = 1048576;
/**
* Reads files that say whom to trust: from the base commit on a pull request, so that no change can choose whom it
* is verified by; else from the checkout.
*
* @returns a function that answers nothing when there is no such file, and throws InputError `INPUT_INVALID` for a
* place outside of the checkout, for a file that is too large, and when the base cannot be read
*/
function trustedText(context, where) {
	const { files } = context.host;
	return async (given) => {
		const path = pathInCheckout(files.root, given);
		try {
			if (where.base === void 0) return files.readText(path, MAX_BYTES);
			const base = require_run.baseFilesOf(context, where);
			if (base === void 0) throw unreadable(given, "its commit could not be found");
			return (await base.readTexts([path], MAX_BYTES)).get(path);
		} catch (error) {
			if (error instanceof require_errors.ParseError) throw invalid(given, require_errors.messageOf(error), error.remedy);
			if (!(error instanceof require_errors.AssayError) || error instanceof require_errors.InputError) throw error;
			throw unreadable(given, require_errors.messageOf(error));
		}
	};
}
function pathInCheckout(root, given) {
	const inside = (0, node_path.isAbsolute)(given) ? (0, node_path.relative)(root, given) : given;
	const path = node_path.posix.normalize(inside.replaceAll("\\", "/"));
	if (path !== ".." && !path.startsWith("../") && !(0, node_path.isAbsolute)(path)) return path;
	throw invalid(given, "it lies outside of the checkout", "Give a path relative to `path`");
}
function unreadable(given, why) {
	return invalid(given, `it is read from the base commit of the pull request, and ${why}`, "Give the job `permissions: contents: read` and Assay its `github-token`, or check out with `fetch-depth: 0`");
}
function invalid(given, why, remedy) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot read "${given}": ${why}`,
		remedy
	});
}
// src/services/github-attestations/refusals.ts
/** How long to wait where GitHub does not say, in milliseconds: its limits count minutes. */
const PAUSE_MS = 6e4;
/** Longest of GitHub's own sentences that is shown, in UTF-16 units. */
const MAX_SHOWN = 300;
/**
* How long to wait before the same is asked again: a limit was met.
*
* @returns nothing when it was refused for another reason, in milliseconds
* @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
*/
function pauseMs(answer, now) {
	if (!isLimit(answer)) return void 0;
	const { headers } = answer;
	const asked = require_status.waitMsOf(headers["retry-after"] ?? "");
	if (asked > 0) return asked;
	const reset = Number(headers["x-ratelimit-reset"]);
	return isSpent(answer) && Number.isFinite(reset) ? Math.max(1e3, reset * 1e3 - now.getTime()) : PAUSE_MS;
}
/** Whether a refusal is for asking too often, and passes. */
function isLimit(answer) {
	const { status, headers } = answer;
	if (status === 429) return true;
	if (status !== 403) return false;
	return require_status.waitMsOf(headers["retry-after"] ?? "") > 0 || isSpent(answer) || /rate limit/i.test(saidIn(answer));
}
function isSpent({ headers }) {
	return headers["x-ratelimit-remaining"] === "0";
}
/** What GitHub itself says, made safe; empty when it says nothing. */
function saidIn(answer) {
	const { message } = require_run.jsonObjectIn(answer.body) ?? {};
	return typeof message === "string" ? require_run.plainText(message, MAX_SHOWN) : "";
}
const PERMISSIONS = "Add to the job: `permissions:` with the lines `attestations: write`, `contents: read` and `id-token: write`; on a pull request from a fork GitHub gives no such permission";
const LEAVE_OUT = "leave `github` out of `signature-forms`";
/** What is in the way, from an answer that is a refusal. */
function refusalOf(answer, { slug }) {
	const { status, url } = answer;
	const said = saidIn(answer);
	const message = `Cannot keep attestations with ${slug}: ${`GitHub answered status ${status}${said === "" ? "" : ` ("${said}")`}`}`;
	if (!isLimit(answer) && (status === 401 || status === 403)) return new require_errors.InputError({
		code: status === 401 ? "INPUT_INVALID" : "PERMISSION_MISSING",
		message,
		remedy: status === 401 ? `Give \`github-token\` a token that is valid, or ${LEAVE_OUT}` : `${PERMISSIONS}. Or ${LEAVE_OUT}`
	});
	return new require_errors.ServiceError({
		code: "SERVICE_STATUS",
		message,
		remedy: remedyFor(status),
		url,
		reason: `status ${status}`
	});
}
function remedyFor(status) {
	if (status === 404 || status === 410) return `GitHub Enterprise Server keeps no attestations, and private repositories need Enterprise Cloud: ${LEAVE_OUT}, or check that \`github-token\` may see the repository`;
	if (status === 413) return "GitHub takes predicates of at most 16 MB: leave the largest out of `attest`";
	if (status === 400 || status === 422) return `Private repositories need Enterprise Cloud, a predicate has at most 16 MB and a statement 1024 subjects: change what the message names, or ${LEAVE_OUT}`;
	return `Run again later, or ${LEAVE_OUT}`;
}
/** An answer that makes no sense. */
function unclear({ url, status }) {
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read what ${url} answered with status ${status}: found something else than attestations`,
		remedy: "Check that `GITHUB_API_URL` is the address of a REST API of GitHub",
		url,
		reason: "an answer without attestations"
	});
}
// src/services/github-attestations/answers.ts
/** Longest cursor that is sent back. */
const MAX_CURSOR = 500;
/**
* The bundles on a page. One that is only an address is not followed: it leads to another host.
*
* @throws ServiceError `SERVICE_RESPONSE_INVALID` when it is no page
*/
function pageOf(answer) {
	const { attestations } = require_run.jsonObjectIn(answer.body) ?? {};
	if (!Array.isArray(attestations)) throw unclear(answer);
	const bundles = attestations.map((one) => require_run.jsonObjectOf(one)?.["bundle"]).filter((bundle) => require_run.jsonObjectOf(bundle) !== void 0);
	return {
		bundles,
		unread: attestations.length - bundles.length
	};
}
/** Where the next page begins. Of the address that GitHub gives, the rest is known. */
function nextCursor({ headers }) {
	const next = (headers["link"] ?? "").slice(0, 8192).split(",").find((link) => /;\s*rel="next"/.test(link));
	const address = /<([^<>]*)>/.exec(next ?? "")?.[1] ?? "";
	const after = URL.canParse(address) ? new URL(address).searchParams.get("after") : null;
	return after === null || after === "" || after.length > MAX_CURSOR ? void 0 : after;
}
// src/services/github-attestations/pace.ts
/** What GitHub lets one token make in a minute, with some room for others: content is limited to about 80. @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
const MAX_WRITES = 70;
const WINDOW_MS = 6e4;
function pacer({ timing, signal }) {
	/** When each of the last ones was written. */
	const written = [];
	return { async room() {
		while (written.length >= MAX_WRITES && !signal.aborted) {
			const leftMs = (written[0] ?? 0) + WINDOW_MS - timing.now();
			if (leftMs > 0) await timing.sleep(leftMs, signal);
			else written.shift();
		}
		written.push(timing.now());
	} };
}
// src/services/github-attestations.ts
/** Most attestations of one page, and the bytes that a page should have at most. */
const MAX_PAGE = 30;
const PAGE_BYTES = 67108864;
/** Pages that are looked at for one subject and predicate: a release is attested once, or a few times. */
const MAX_PAGES = 10;
/** What the rest of a page may have around its bundles, in bytes. */
const FRAME_BYTES = 1048576;
/** How long GitHub is waited for, in milliseconds: its outages last minutes, and a pause that it asks for one. */
const PATIENCE_MS = 6e5;
const FIRST_DELAY_MS = 1e3;
const MAX_DELAY_MS = 3e4;
/** Statuses that say something about attestations themselves. */
const REFUSALS = [
	400,
	401,
	403,
	404,
	410,
	413,
	422,
	429
];
/**
* Speaks to GitHub's attestations API.
*
* @see https://docs.github.com/en/rest/repos/attestations
*/
function githubAttestations(context, repository) {
	const given = {
		context,
		repository,
		room: pacer(context).room
	};
	return {
		async hindrance() {
			try {
				const { status, ...answer } = await post(given, {}, { once: false });
				if (![
					401,
					403,
					404,
					410
				].includes(status) || isLimit({
					status,
					...answer
				})) return void 0;
				return refusalOf({
					status,
					...answer
				}, repository);
			} catch (error) {
				if (error instanceof require_errors.ServiceError) return error;
				throw error;
			}
		},
		addressOf: (digest) => `${repository.api}/repos/${repository.slug}/attestations/${require_digest.renderDigest(digest)}`,
		find: (about) => find(given, about),
		keep: (bundle, about) => keep(given, bundle, about)
	};
}
/** @param how `once`: not again when nobody knows whether it was taken */
async function post(given, bundle, { once }) {
	await given.room();
	return given.context.host.http.fetch({
		...requestTo(given, "attestations"),
		method: "POST",
		body: JSON.stringify({ bundle }),
		...once && { once },
		answers: REFUSALS,
		maxBytes: FRAME_BYTES
	});
}
function requestTo({ context, repository }, what) {
	const { api, slug, token } = repository;
	return {
		url: `${api}/repos/${slug}/${what}`,
		headers: {
			accept: "application/vnd.github+json",
			"content-type": "application/json",
			"x-github-api-version": "2022-11-28"
		},
		...token !== void 0 && { authorization: `Bearer ${token}` },
		signal: context.signal,
		patient: true
	};
}
async function find(given, about) {
	const { digest, predicateType, bytes } = about;
	const size = Math.max(1, Math.min(MAX_PAGE, Math.floor(PAGE_BYTES / (2 * bytes))));
	const bundles = [];
	let unread = 0;
	let after;
	for (let page = 0; page < MAX_PAGES; page += 1) {
		const query = new URLSearchParams({ per_page: String(size) });
		if (predicateType !== void 0) query.set("predicate_type", predicateType);
		if (after !== void 0) query.set("after", after);
		const path = `attestations/${encodeURIComponent(require_digest.renderDigest(digest))}`;
		const answer = await given.context.host.http.fetch({
			...requestTo(given, `${path}?${query.toString()}`),
			answers: REFUSALS,
			compressed: true,
			maxBytes: PAGE_BYTES + 2 * bytes + FRAME_BYTES
		});
		if (answer.status === 404) return {
			bundles,
			unread
		};
		if (answer.status !== 200) throw refusalOf(answer, given.repository);
		const found = pageOf(answer);
		bundles.push(...found.bundles);
		unread += found.unread;
		after = nextCursor(answer);
		if (after === void 0) return {
			bundles,
			unread
		};
	}
	return {
		bundles,
		unread: unread + 1
	};
}
async function keep(given, bundle, about) {
	const { context, repository } = given;
	const { timing, signal, host } = context;
	const until = timing.now() + PATIENCE_MS;
	for (let delay = FIRST_DELAY_MS;; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
		const came = await outcomeOf(given, bundle);
		if ("id" in came) return came.id;
		const waitMs = came.waitMs + delay * (.5 + timing.random() / 2);
		if (timing.now() + waitMs > until) throw came.error;
		host.log.info(`GitHub does not take an attestation for ${repository.slug} now (${came.error.reason ?? "no answer"}): trying again in ${Math.ceil(waitMs / 1e3)} s`);
		await timing.sleep(waitMs, signal);
		if (signal.aborted) throw came.error;
		if (came.mayBeKept && await isKept(given, bundle, about)) return "";
	}
}
/** @throws AssayError when another time will not help */
async function outcomeOf(given, bundle) {
	try {
		const answer = await post(given, bundle, { once: true });
		if (answer.status === 201 || answer.status === 200) return { id: idIn(answer) };
		const error = refusalOf(answer, given.repository);
		const waitMs = pauseMs(answer, given.context.host.now());
		if (waitMs === void 0 || !(error instanceof require_errors.ServiceError)) throw error;
		return {
			error,
			waitMs,
			mayBeKept: false
		};
	} catch (error) {
		if (!(error instanceof require_errors.ServiceError) || error.retryInMs === void 0) throw error;
		return {
			error,
			waitMs: error.retryInMs,
			mayBeKept: true
		};
	}
}
/** @throws ServiceError when it says neither yes nor no */
function idIn(answer) {
	const { id } = require_run.jsonObjectIn(answer.body) ?? {};
	if (typeof id === "number" || typeof id === "string") return String(id).slice(0, 40);
	throw unclear(answer);
}
async function isKept(given, bundle, about) {
	try {
		const { bundles } = await find(given, about);
		const wanted = dsseSignatureOf(bundle);
		return wanted !== void 0 && bundles.some((one) => dsseSignatureOf(one) === wanted);
	} catch (error) {
		if (error instanceof require_errors.AssayError) return false;
		throw error;
	}
}
/** The signature of a statement: it is made once, so that whoever has it has the bundle. */
function dsseSignatureOf(bundle) {
	const { signatures } = require_run.jsonObjectOf(require_run.jsonObjectOf(bundle)?.["dsseEnvelope"]) ?? {};
	const { sig } = require_run.jsonObjectOf(Array.isArray(signatures) ? signatures[0] : void 0) ?? {};
	return typeof sig === "string" ? sig : void 0;
}
Object.defineProperty(exports, "VSA", {
	enumerable: true,
	get: function() {
		return VSA;
	}
});
Object.defineProperty(exports, "dsseSignatureOf", {
	enumerable: true,
	get: function() {
		return dsseSignatureOf;
	}
});
Object.defineProperty(exports, "githubAttestations", {
	enumerable: true,
	get: function() {
		return githubAttestations;
	}
});
Object.defineProperty(exports, "sigstoreInstance", {
	enumerable: true,
	get: function() {
		return sigstoreInstance;
	}
});
Object.defineProperty(exports, "trustedText", {
	enumerable: true,
	get: function() {
		return trustedText;
	}
});
Object.defineProperty(exports, "verificationSummary", {
	enumerable: true,
	get: function() {
		return verificationSummary;
	}
});
