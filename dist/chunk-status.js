const require_errors = require("./chunk-errors.js");
// src/host/http/failure.ts
/** One attempt at a request that came to nothing. Inside the HTTP client only; callers get a `ServiceError`. */
var Failure = class extends Error {
	code;
	reason;
	retry;
	unheard;
	waitMs;
	remedy;
	note;
	/** Where it happened, once it is known. */
	at;
	constructor(details) {
		const { code, reason, retry, unheard = false, waitMs = 0, remedy, note, cause } = details;
		super(reason, { cause });
		this.name = "Failure";
		this.code = code;
		this.reason = reason;
		this.retry = retry;
		this.unheard = unheard;
		this.waitMs = waitMs;
		if (remedy !== void 0) this.remedy = remedy;
		if (note !== void 0) this.note = note;
	}
};
const CA_REMEDY = "Let the machine trust the certificate: set `NODE_EXTRA_CA_CERTS` to a PEM file with your CA, or correct the server";
const PROXY_REMEDY = "Check `HTTPS_PROXY` and `HTTP_PROXY`, user and password in them included, and `NO_PROXY`";
/** Reason of a connection that ended before the answer. */
const BROKEN = "connection broken";
/** What Node's error codes mean. Those of TLS are told by their prefix. */
const KNOWN = /* @__PURE__ */ new Map([
	["ENOTFOUND", ["host name unknown", "never"]],
	["EAI_AGAIN", ["host name not resolved", "later"]],
	["ECONNREFUSED", ["connection refused", "later"]],
	["ECONNRESET", [BROKEN, "later"]],
	["ECONNABORTED", [BROKEN, "later"]],
	["EPIPE", [BROKEN, "later"]],
	["EHOSTUNREACH", ["host unreachable", "later"]],
	["ENETUNREACH", ["network unreachable", "later"]],
	["ETIMEDOUT", [
		"no connection in time",
		"later",
		"SERVICE_TIMEOUT"
	]],
	["EPROTO", ["no TLS on the other side", "never"]],
	["ERR_INVALID_CHAR", ["credentials or headers that HTTP cannot carry", "never"]],
	["ERR_UNESCAPED_CHARACTERS", ["no valid URL", "never"]],
	["Z_BUF_ERROR", [
		"answer cut off",
		"later",
		"SERVICE_RESPONSE_INVALID"
	]],
	["Z_DATA_ERROR", [
		"compression damaged",
		"never",
		"SERVICE_RESPONSE_INVALID"
	]],
	["HPE_HEADER_OVERFLOW", [
		"headers too large",
		"never",
		"SERVICE_LIMIT_EXCEEDED"
	]]
]);
/** Codes of what failed before there was a connection. */
const UNCONNECTED = /* @__PURE__ */ new Set([
	"ENOTFOUND",
	"EAI_AGAIN",
	"ECONNREFUSED",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"ERR_PROXY_TUNNEL"
]);
/** What an error of Node's sockets, TLS, HTTP parser or decompression means for the request. */
function failureOf(cause) {
	if (cause instanceof Failure) return cause;
	const code = codeOf(cause);
	const [reason, retry, kind = "SERVICE_UNREACHABLE", remedy] = KNOWN.get(code) ?? knownByForm(code, cause);
	return new Failure({
		code: kind,
		reason,
		retry,
		unheard: UNCONNECTED.has(code),
		...remedy && { remedy },
		cause
	});
}
function knownByForm(code, cause) {
	if (code === "ERR_PROXY_TUNNEL") return proxyRefusal(cause);
	if (code.startsWith("HPE_")) return [
		`no valid HTTP in the answer (${code})`,
		"never",
		"SERVICE_RESPONSE_INVALID"
	];
	if (/CERT|^UNABLE_TO_|^ERR_TLS_/.test(code)) return [
		`certificate not trusted (${code})`,
		"never",
		"SERVICE_UNREACHABLE",
		CA_REMEDY
	];
	if (code.startsWith("ERR_SSL_")) return [`no TLS on the other side (${code})`, "never"];
	return [code === "" ? require_errors.messageOf(cause) : `connection failed (${code})`, "later"];
}
/** The proxy's status stands in the message only, beside its address. */
function proxyRefusal(cause) {
	const status = /HTTP\/1\.[01] (\d{3})/.exec(require_errors.messageOf(cause))?.[1];
	return [
		status === void 0 ? "no tunnel by the proxy" : `proxy answered ${status}`,
		status === void 0 || status.startsWith("5") ? "later" : "never",
		"SERVICE_UNREACHABLE",
		PROXY_REMEDY
	];
}
function codeOf(error) {
	const code = Error.isError(error) && "code" in error ? error.code : void 0;
	return typeof code === "string" ? code : "";
}
/** A request that took longer than it may. */
function timeoutFailure(what, ms) {
	return new Failure({
		code: "SERVICE_TIMEOUT",
		reason: `${what} within ${ms / 1e3} s`,
		retry: "later"
	});
}
/** A body that ended before its end. */
function cutFailure(cause) {
	return new Failure({
		code: "SERVICE_RESPONSE_INVALID",
		reason: "answer cut off",
		retry: "later",
		remedy: "Try again; should it stay so, look at the proxy or the service in between",
		cause
	});
}
/** A body of more bytes than the request allows. */
function limitFailure(maxBytes) {
	return new Failure({
		code: "SERVICE_LIMIT_EXCEEDED",
		reason: `more than ${maxBytes} bytes`,
		retry: "never",
		remedy: "Look at what the service sends: it is larger than anything expected there"
	});
}
// src/host/http/status.ts
/** Beside the 5xx: request time-out, too early, too many requests. */
const TRANSIENT = /* @__PURE__ */ new Set([
	408,
	425,
	429
]);
/** By these a server says that it did not even begin: too early, too many requests, unavailable. */
const UNHEARD = /* @__PURE__ */ new Set([
	425,
	429,
	503
]);
const REMEDIES = /* @__PURE__ */ new Map([
	[401, "Give credentials for this host in the configuration of its package manager"],
	[403, "Check the credentials for this host and what they may read"],
	[407, "Put user and password into `HTTPS_PROXY`"],
	[429, "Try again later, or lower `concurrency`"]
]);
/** An answer whose status is an error. */
function statusFailure({ status, headers }) {
	const transient = status >= 500 || TRANSIENT.has(status);
	const fallback = transient ? "Try again later; the service may be reporting an outage" : "Check that the address is right";
	return new Failure({
		code: "SERVICE_STATUS",
		reason: `status ${status}`,
		retry: transient ? "later" : "never",
		unheard: UNHEARD.has(status),
		waitMs: transient ? waitMsOf(headers["retry-after"] ?? "") : 0,
		remedy: REMEDIES.get(status) ?? fallback
	});
}
/**
* How long a `Retry-After` header asks to wait, in milliseconds; 0 when it makes no sense.
*
* @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
*/
function waitMsOf(retryAfter) {
	if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1e3;
	const date = Date.parse(retryAfter);
	return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}
Object.defineProperty(exports, "BROKEN", {
	enumerable: true,
	get: function() {
		return BROKEN;
	}
});
Object.defineProperty(exports, "Failure", {
	enumerable: true,
	get: function() {
		return Failure;
	}
});
Object.defineProperty(exports, "cutFailure", {
	enumerable: true,
	get: function() {
		return cutFailure;
	}
});
Object.defineProperty(exports, "failureOf", {
	enumerable: true,
	get: function() {
		return failureOf;
	}
});
Object.defineProperty(exports, "limitFailure", {
	enumerable: true,
	get: function() {
		return limitFailure;
	}
});
Object.defineProperty(exports, "statusFailure", {
	enumerable: true,
	get: function() {
		return statusFailure;
	}
});
Object.defineProperty(exports, "timeoutFailure", {
	enumerable: true,
	get: function() {
		return timeoutFailure;
	}
});
Object.defineProperty(exports, "waitMsOf", {
	enumerable: true,
	get: function() {
		return waitMsOf;
	}
});
