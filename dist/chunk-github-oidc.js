const require_run = require("./chunk-run.js");
const require_errors = require("./chunk-errors.js");
let node_crypto = require("node:crypto");
// src/formats/json-web-token.ts
/** Longest token, in characters: GitHub's have 2000. */
const MAX_TOKEN = 32768;
/** Most keys of a set that are looked at: GitHub publishes six. */
const MAX_KEYS = 100;
/** Shortest modulus, in bits. @see https://www.rfc-editor.org/rfc/rfc7518#section-3.3 */
const MIN_MODULUS_BITS = 2048;
/** How far clocks may be apart, in seconds. */
const SKEW_S = 60;
/**
* Verifies a token that an OpenID Connect provider signed with RS256, which is all that runners' issuers use: the
* token does not choose how it is verified, and keys that it brings along are not looked at.
*
* @returns its claims, or what is wrong with it, as text that holds nothing of its signature
* @see https://www.rfc-editor.org/rfc/rfc8725
*/
function openIdToken(token, expected) {
	if (token.length > MAX_TOKEN) return `it is longer than ${MAX_TOKEN} characters`;
	const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token);
	if (!parts) return "it is no signed JSON Web Token";
	const [, head = "", payload = "", signature = ""] = parts;
	const header = objectIn(head);
	if (header === void 0) return "its header is no JSON object";
	const key = keyFor(header, expected.keys);
	if (typeof key === "string") return key;
	const padding = node_crypto.constants.RSA_PKCS1_PADDING;
	const signed = Buffer.from(`${head}.${payload}`);
	if (!(0, node_crypto.verify)("sha256", signed, {
		key,
		padding
	}, Buffer.from(signature, "base64url"))) return "its signature is not of the issuer's key";
	const claims = objectIn(payload);
	if (claims === void 0) return "its claims are no JSON object";
	return wrongClaim(claims, expected) ?? claims;
}
function keyFor(header, keys) {
	const { alg, kid, crit, typ = "JWT" } = header;
	if (alg !== "RS256") return `it is signed with ${shown(alg)}, expected RS256`;
	if (typ !== "JWT") return `it is of the type ${shown(typ)}, expected JWT`;
	if (crit !== void 0) return "it asks for extensions that nobody here knows";
	if (typeof kid !== "string" || kid === "") return "it does not say which key signed it";
	const list = require_run.jsonObjectOf(keys)?.["keys"];
	if (!Array.isArray(list) || list.length > MAX_KEYS) return "its issuer publishes no set of keys";
	const named = list.map(require_run.jsonObjectOf).filter((jwk) => jwk?.["kid"] === kid);
	const [jwk] = named;
	if (jwk === void 0 || named.length > 1) return `its issuer publishes ${named.length} keys with the id ${shown(kid)}, expected one`;
	return rsaKeyIn(jwk) ?? `the issuer's key ${shown(kid)} is no RSA key for signatures`;
}
/** @see https://www.rfc-editor.org/rfc/rfc7517#section-4 */
function rsaKeyIn({ kty, use = "sig", alg = "RS256", n, e }) {
	if (kty !== "RSA" || use !== "sig" || alg !== "RS256") return void 0;
	if (typeof n !== "string" || typeof e !== "string" || n.length > 4096) return void 0;
	try {
		const key = (0, node_crypto.createPublicKey)({
			key: {
				kty,
				n,
				e
			},
			format: "jwk"
		});
		return (key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_MODULUS_BITS ? void 0 : key;
	} catch {
		return;
	}
}
/** @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation */
function wrongClaim({ iss, aud, exp, nbf, iat }, { issuer, audience, now }) {
	if (iss !== issuer) return `it is issued by ${shown(iss)}, expected "${issuer}"`;
	if ((Array.isArray(aud) && aud.length === 1 ? aud[0] : aud) !== audience) return `it is for ${shown(aud)}, expected "${audience}"`;
	const seconds = now.getTime() / 1e3;
	if (!isTime(exp)) return "it does not say when it expires";
	if (exp <= seconds - SKEW_S) return `it expired at ${timeText(exp)}; now is ${now.toISOString()}`;
	for (const start of [nbf, iat]) {
		if (start !== void 0 && !isTime(start)) return "it does not say when it begins";
		if (start !== void 0 && start > seconds + SKEW_S) return `it holds from ${timeText(start)}; now is ${now.toISOString()}`;
	}
}
/** Seconds since 1970, within what dates can hold. */
function isTime(value) {
	return typeof value === "number" && value > 0 && value < 8e12;
}
function timeText(seconds) {
	return (/* @__PURE__ */ new Date(seconds * 1e3)).toISOString();
}
/** Base64url as encoders write it: another spelling of the same bytes is refused. */
function objectIn(part) {
	const bytes = Buffer.from(part, "base64url");
	if (bytes.toString("base64url") !== part) return void 0;
	return require_run.jsonObjectOf(require_run.jsonInUtf8(bytes));
}
/** A value of somebody else's in a message, short. */
function shown(value) {
	return typeof value === "string" ? `"${value.slice(0, 100)}"` : `a ${typeof value}`;
}
// src/formats/workflow-claims.ts
/** How each claim has to look: what is not of this form would say something else in an address that is made of it. */
const SLUG = /^[\w.-]+\/[\w.-]+$/;
const ID = /^\d{1,20}$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const REF = /^refs\/[^\s\p{C}]{1,1000}$/u;
const WORD = /^[a-z][a-z_-]{0,99}$/;
/** `owner/name/path@ref` */
const WORKFLOW = /^[\w.-]+\/[\w.-]+\/[^\s\p{C}@]{1,1000}@[^\s\p{C}]{1,1000}$/u;
/**
* Reads the claims of a verified token of a workflow's job.
*
* @returns which claim is missing or not of its form, as text
* @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
*/
function workflowClaimsIn(issuer, claims) {
	const wrong = [];
	const read = (name, form) => {
		const value = Object.hasOwn(claims, name) ? claims[name] : void 0;
		if (typeof value === "string" && form.test(value)) return value;
		wrong.push(value === void 0 ? `it does not claim "${name}"` : `its claim "${name}" is not of the form that GitHub gives it`);
		return "";
	};
	const found = {
		issuer,
		repository: read("repository", SLUG),
		repositoryId: read("repository_id", ID),
		repositoryOwnerId: read("repository_owner_id", ID),
		repositoryVisibility: read("repository_visibility", WORD),
		ref: read("ref", REF),
		sha: read("sha", COMMIT),
		workflowRef: read("workflow_ref", WORKFLOW),
		workflowSha: read("workflow_sha", COMMIT),
		jobWorkflowRef: read("job_workflow_ref", WORKFLOW),
		jobWorkflowSha: read("job_workflow_sha", COMMIT),
		eventName: read("event_name", WORD),
		runnerEnvironment: read("runner_environment", WORD),
		runId: read("run_id", ID),
		runAttempt: read("run_attempt", ID)
	};
	return wrong[0] ?? found;
}
// src/services/github-oidc.ts
/** Whom the token is for: nobody accepts this audience, so that it is of no use to whoever gets hold of it. */
const AUDIENCE = "assay-provenance";
/** Most bytes of the two documents of an issuer: GitHub's have 1 and 9 kB. */
const MAX_DOCUMENT_BYTES = 262144;
/**
* Asks for a token and verifies it with the keys that its issuer publishes.
*
* @returns which workflow run this is, as the code host says it
* @throws ServiceError when runner or issuer cannot be asked, or the token is not what it has to be
* @see https://docs.github.com/en/actions/concepts/security/openid-connect
*/
async function workflowClaims(context) {
	const { host, idTokens, issuer } = context;
	const claims = openIdToken(await idTokens.token(AUDIENCE), {
		keys: await fetchKeys(context),
		issuer,
		audience: AUDIENCE,
		now: host.now()
	});
	if (typeof claims === "string") throw untrusted(issuer, claims);
	const read = workflowClaimsIn(issuer, claims);
	if (typeof read === "string") throw untrusted(issuer, read);
	return read;
}
/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
async function fetchKeys(context) {
	const { issuer } = context;
	const document = await fetchJson(context, `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
	const { issuer: named, jwks_uri: place } = require_run.jsonObjectOf(document) ?? {};
	if (named !== issuer) throw misconfigured(issuer, "its configuration is of another issuer");
	if (typeof place !== "string" || !isOwnPlace(place, issuer)) throw misconfigured(issuer, "its keys are not on its own host");
	return fetchJson(context, place);
}
function isOwnPlace(place, issuer) {
	return URL.canParse(place) && new URL(place).origin === new URL(issuer).origin;
}
async function fetchJson({ host, signal, issuer }, url) {
	const answer = await host.http.fetch({
		url,
		maxBytes: MAX_DOCUMENT_BYTES,
		compressed: true,
		signal
	});
	if (answer.status !== 200) throw misconfigured(issuer, `${url} answers with status ${answer.status}`);
	if (!isOwnPlace(answer.url, issuer)) throw misconfigured(issuer, "it redirects to another host");
	try {
		return JSON.parse(new TextDecoder().decode(answer.body));
	} catch (cause) {
		throw misconfigured(issuer, `${url} is no JSON`, cause);
	}
}
function untrusted(issuer, why) {
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot believe the token of this job: ${why}`,
		remedy: "Set `oidc-issuer` to the issuer of the tokens of this server, and check the clock of the runner",
		url: issuer,
		reason: "a token that does not verify"
	});
}
function misconfigured(issuer, why, cause) {
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read the keys of the issuer ${issuer}: ${why}`,
		remedy: "Set `oidc-issuer` to the address that tokens of this server name as their issuer",
		url: issuer,
		reason: "no keys of an issuer",
		cause
	});
}
Object.defineProperty(exports, "workflowClaims", {
	enumerable: true,
	get: function() {
		return workflowClaims;
	}
});
