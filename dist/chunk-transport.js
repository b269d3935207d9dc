require("./chunk-rolldown-runtime.js");
const require_errors = require("./chunk-errors.js");
const require_run = require("./chunk-run.js");
const require_status = require("./chunk-status.js");
const require_address = require("./chunk-address.js");
let node_http = require("node:http");
let node_zlib = require("node:zlib");
let node_https = require("node:https");
// src/host/http/breaker.ts
/**
* Failures in a row, with no answer between them, after which an origin is not asked again in this run: a
* host that is gone would otherwise cost every dependency all its time-outs. Error statuses may be about
* single files, so it takes more of them.
*/
const MAX_BROKEN = 8;
const MAX_REFUSED = 48;
/** Remembers which origins have stopped answering. */
var Breaker = class {
	#origins = /* @__PURE__ */ new Map();
	/** @throws Failure when the origin has failed too often in a row */
	assertAlive(origin) {
		const streak = this.#origins.get(origin);
		if (streak === void 0) return;
		if (streak.broken < MAX_BROKEN && streak.refused < MAX_REFUSED) return;
		const { code, reason, remedy } = streak.last;
		throw new require_status.Failure({
			code,
			reason,
			note: "not asked: its host failed too often before",
			retry: "never",
			...remedy && { remedy }
		});
	}
	answered(origin) {
		this.#origins.delete(origin);
	}
	/** Takes note of a request that failed for good, after all its attempts. */
	failed(origin, failure) {
		if (failure.retry === "never" && failure.code !== "SERVICE_UNREACHABLE") return;
		const streak = this.#origins.get(origin) ?? {
			broken: 0,
			refused: 0,
			last: failure
		};
		if (failure.code === "SERVICE_STATUS") streak.refused++;
		else streak.broken++;
		streak.last = failure;
		this.#origins.set(origin, streak);
	}
};
// src/host/http/body.ts
/** Most bytes of a body that are read only to keep the connection; and for how long. */
const MAX_DRAINED_BYTES = 65536;
const MAX_DRAINING_MS = 5e3;
/**
* Reads a body to its end. Whoever calls it watches the response for `error` and `close`.
*
* @throws Failure when it is too large or its compression makes no sense
* @throws whatever the sink throws
*/
async function readBody(response, plan) {
	const { maxBytes, excess, watch } = plan;
	const announced = Number(response.headers["content-length"] ?? 0);
	if (excess === "fail" && announced > maxBytes) throw require_status.limitFailure(maxBytes);
	const chunks = [];
	const collect = (chunk) => void chunks.push(chunk);
	const write = plan.sink === void 0 ? collect : await sinkOf(plan.sink, watch);
	const source = sourceOf(response, plan);
	let bytes = 0;
	await new Promise((resolve, reject) => {
		source.on("error", (error) => {
			reject(require_status.failureOf(error));
		});
		source.on("end", resolve);
		source.on("data", (chunk) => {
			watch.alive();
			try {
				if (bytes + chunk.length > maxBytes) throw require_status.limitFailure(maxBytes);
				bytes += chunk.length;
				write(chunk);
			} catch (error) {
				source.pause();
				if (excess === "cut") resolve();
				else reject(error);
			}
		});
	});
	return {
		body: chunks.length === 0 ? NO_BYTES : Buffer.concat(chunks),
		bytes
	};
}
const NO_BYTES = /* @__PURE__ */ new Uint8Array();
async function sinkOf(open, watch) {
	const sink = open();
	if (typeof sink === "function") return sink;
	watch.suspend();
	const ready = await sink;
	watch.resume();
	return ready;
}
function sourceOf(response, { maxBytes, compressed, watch }) {
	const encoding = response.headers["content-encoding"] ?? "identity";
	if (!compressed || encoding === "identity") return response;
	if (encoding !== "gzip" && encoding !== "x-gzip") throw new require_status.Failure({
		code: "SERVICE_RESPONSE_INVALID",
		reason: "a compression that was not asked for",
		retry: "never"
	});
	const gunzip = (0, node_zlib.createGunzip)();
	let packed = 0;
	response.on("data", (chunk) => {
		watch.alive();
		packed += chunk.length;
		if (packed > maxBytes) gunzip.destroy(require_status.limitFailure(maxBytes));
	});
	return response.pipe(gunzip);
}
/** Reads away a body that nobody wants, so that its connection can be kept; gives it up when it is long. */
function drain(response) {
	if (response.readableEnded || response.destroyed) return;
	let bytes = 0;
	const giveUp = setTimeout(() => response.destroy(), MAX_DRAINING_MS).unref();
	response.on("close", () => {
		clearTimeout(giveUp);
	});
	response.on("data", (chunk) => {
		bytes += chunk.length;
		if (bytes > MAX_DRAINED_BYTES) response.destroy();
	});
}
// src/host/http/scrub.ts
/** Shorter ones would blot out ordinary words. */
const MIN_LENGTH = 4;
/**
* Takes the credentials that were sent out of what is answered to them: some servers and proxies repeat a request in
* their words of refusal, and those words get into messages, reports and documents.
*
* @param authorization header of the request
*/
function scrubbed(answer, authorization) {
	const secrets = secretsIn(authorization);
	const without = (text) => secrets.reduce((left, secret) => left.replaceAll(secret, "***"), text);
	const headers = Object.entries(answer.headers).map(([name, value]) => [name, typeof value === "string" ? without(value) : value]);
	const body = Buffer.from(without(Buffer.from(answer.body).toString("latin1")), "latin1");
	return {
		...answer,
		headers: Object.fromEntries(headers),
		body
	};
}
/** The longest first: some are in others. */
function secretsIn(authorization) {
	const [, scheme = "", credentials = ""] = /^(\S+) +(.+)$/.exec(authorization) ?? [];
	const decoded = scheme.toLowerCase() === "basic" ? Buffer.from(credentials, "base64").toString("utf8") : "";
	const all = [
		authorization,
		credentials,
		decoded,
		decoded.slice(decoded.indexOf(":") + 1)
	].flatMap((secret) => [
		Buffer.from(secret).toString("latin1"),
		encodeURIComponent(secret),
		JSON.stringify(secret).slice(1, -1)
	]);
	return [...new Set(all)].filter((secret) => secret.length >= MIN_LENGTH).sort((a, b) => b.length - a.length);
}
// src/host/http/watchdog.ts
function watchdog({ connectMs, idleMs, totalMs }, fail) {
	const after = (ms, what) => setTimeout(() => {
		fail(require_status.timeoutFailure(what, ms));
	}, ms);
	const silence = "no sign of life";
	const length = "no whole answer";
	let idle = after(idleMs, silence);
	let total = after(totalMs, length);
	let connect;
	let stopped = false;
	const suspend = () => {
		clearTimeout(idle);
		clearTimeout(total);
		clearTimeout(connect);
	};
	return {
		watchConnection(socket) {
			if (!socket.connecting) return;
			connect = after(connectMs, "no connection");
			const ready = "encrypted" in socket ? "secureConnect" : "connect";
			socket.once(ready, () => {
				clearTimeout(connect);
			});
		},
		alive() {
			idle.refresh();
		},
		suspend,
		resume() {
			if (stopped) return;
			idle = after(idleMs, silence);
			total = after(totalMs, length);
		},
		stop() {
			stopped = true;
			suspend();
		}
	};
}
// src/host/http/exchange.ts
const REDIRECTS = /* @__PURE__ */ new Set([
	301,
	302,
	303,
	307,
	308
]);
/** Beside the 2xx: what says that there is nothing new, or nothing. */
const USUAL_ANSWERS = /* @__PURE__ */ new Set([
	304,
	404,
	410
]);
/** Most bytes that are kept of the text beside a 404: a sentence, or a page. */
const MAX_REFUSAL_BYTES = 65536;
/**
* Sends a request and reads what comes back, once and from one server.
*
* @throws Failure when there is no whole answer, or its status is an error
* @throws the signal's reason when it is aborted, and whatever the request's sink throws
*/
function exchange(order) {
	return new Promise((resolve, reject) => {
		const { ending, patience } = order;
		const request = open(order);
		const watch = watchdog(patience, fail);
		let forget = ending?.onEnd(() => {
			fail(ending.signal.reason);
		});
		request.on("socket", (socket) => {
			watch.watchConnection(socket);
		});
		request.on("error", (error) => {
			fail(request.reusedSocket ? staleOr(error) : require_status.failureOf(error));
		});
		request.on("response", (response) => {
			watch.alive();
			response.on("error", (error) => {
				fail(require_status.cutFailure(error));
			});
			response.on("close", () => {
				if (!response.complete) fail(require_status.cutFailure(void 0));
			});
			answerOf(response, order, watch).then(succeed, fail);
			function succeed(exchanged) {
				stop();
				resolve(exchanged);
				if (exchanged.kind === "answer" && !response.readableEnded) request.destroy();
			}
		});
		request.end(order.request.body);
		function fail(error) {
			stop();
			reject(error);
			request.destroy();
		}
		function stop() {
			watch.stop();
			forget?.();
			forget = void 0;
		}
	});
}
function open({ url, headers, connections, patience, request }) {
	const secure = url.protocol === "https:";
	const options = {
		agent: secure ? connections.tls : connections.plain,
		protocol: url.protocol,
		hostname: url.hostname.replace(/^\[|\]$/g, ""),
		port: url.port,
		path: url.pathname + url.search,
		method: request.method ?? "GET",
		headers,
		...connections.proxied && { timeout: patience.connectMs }
	};
	try {
		return secure ? (0, node_https.request)(options) : (0, node_http.request)(options);
	} catch (error) {
		throw require_status.failureOf(error);
	}
}
async function answerOf(response, order, watch) {
	const head = headOf(response, order.url);
	const { method, maxBytes, compressed = false, sink, answers = [] } = order.request;
	const { authorization = "" } = order.request;
	if (head.status >= 200 && head.status < 300) {
		const body = await readBody(response, {
			maxBytes,
			compressed,
			excess: method === "HEAD" ? "cut" : "fail",
			watch,
			...sink && { sink: () => sink(head) }
		});
		return {
			kind: "answer",
			answer: {
				...head,
				...body
			}
		};
	}
	if (USUAL_ANSWERS.has(head.status) || answers.includes(head.status)) {
		const body = await readBody(response, {
			maxBytes: Math.min(maxBytes, MAX_REFUSAL_BYTES),
			compressed,
			excess: "cut",
			watch
		});
		return {
			kind: "answer",
			answer: scrubbed({
				...head,
				...body
			}, authorization)
		};
	}
	const { location } = head.headers;
	const fromPrivate = isFromPrivate(response, order);
	drain(response);
	if (!REDIRECTS.has(head.status) || location === void 0) throw require_status.statusFailure(head);
	return {
		kind: "redirect",
		location,
		fromPrivate
	};
}
function headOf({ statusCode = 0, headers }, url) {
	const { "set-cookie": _cookies, ...single } = headers;
	return {
		status: statusCode,
		url: url.href,
		headers: single
	};
}
/** Behind a proxy the address at the other end is the proxy's, so that only the name can tell. */
function isFromPrivate(response, { url, connections }) {
	if (require_address.isPrivateHost(url.hostname)) return true;
	return !connections.proxied && require_address.isPrivateHost(response.socket.remoteAddress ?? "");
}
/** A kept connection that breaks before any answer was closed by the server as we took it up again. */
function staleOr(error) {
	const failure = require_status.failureOf(error);
	const { code, reason } = failure;
	return reason === "connection broken" ? new require_status.Failure({
		code,
		reason,
		retry: "at-once",
		cause: error
	}) : failure;
}
// src/host/http/ending.ts
/**
* Finds the ending of a signal; equal signals share one. A listener of the `AbortSignal` for each request
* would cost more than the request's own bookkeeping, and chains of them outlive many collections of garbage.
*/
function endings() {
	const known = /* @__PURE__ */ new WeakMap();
	return (signal) => {
		const before = known.get(signal);
		if (before) return before;
		const ending = endingOf(signal);
		known.set(signal, ending);
		return ending;
	};
}
function endingOf(signal) {
	const places = [];
	const free = [];
	const end = () => {
		for (const listener of places) listener?.();
	};
	signal.addEventListener("abort", end, { once: true });
	return {
		signal,
		onEnd(listener) {
			const place = free.pop() ?? places.length;
			places[place] = listener;
			return () => {
				places[place] = void 0;
				free.push(place);
			};
		}
	};
}
// src/host/http/gate.ts
/** Admits requests: so many at once, so many to one origin, none while an origin asks for a pause. */
var Gate = class {
	#limits;
	#timing;
	#lines = /* @__PURE__ */ new Map();
	#active = 0;
	constructor(limits, timing) {
		this.#limits = limits;
		this.#timing = timing;
	}
	/**
	* Waits for a place, which {@link leave} gives back.
	*
	* @throws the signal's reason when it is aborted meanwhile
	*/
	async enter(origin, ending) {
		ending?.signal.throwIfAborted();
		const line = this.#lineOf(origin);
		if (line.waiting.length === 0 && this.#hasPlace(line)) {
			this.#take(line);
			return;
		}
		await new Promise((resolve, reject) => {
			const forget = ending?.onEnd(() => {
				line.waiting.splice(line.waiting.indexOf(admit), 1);
				reject(ending.signal.reason);
			});
			const admit = () => {
				forget?.();
				resolve();
			};
			line.waiting.push(admit);
		});
	}
	leave(origin) {
		const line = this.#lineOf(origin);
		this.#active--;
		line.active--;
		this.#admitWaiting();
		if (line.active + line.waiting.length + line.pausedUntil === 0) this.#lines.delete(origin);
	}
	/** Holds back all requests to an origin that asked for it. */
	pause(origin, ms, signal) {
		const line = this.#lineOf(origin);
		const until = this.#timing.now() + ms;
		line.pausedUntil = Math.max(line.pausedUntil, until);
		this.#end(line, until, this.#timing.sleep(ms, signal));
	}
	async #end(line, until, pause) {
		await pause;
		if (line.pausedUntil <= until) line.pausedUntil = 0;
		this.#admitWaiting();
	}
	#admitWaiting() {
		for (const line of this.#lines.values()) while (line.waiting.length > 0 && this.#hasPlace(line)) {
			this.#take(line);
			line.waiting.shift()?.();
		}
	}
	#hasPlace(line) {
		const { overall, perOrigin } = this.#limits;
		if (this.#active >= overall || line.active >= perOrigin) return false;
		return line.pausedUntil === 0;
	}
	#take(line) {
		this.#active++;
		line.active++;
	}
	#lineOf(origin) {
		const known = this.#lines.get(origin);
		if (known) return known;
		const line = {
			active: 0,
			pausedUntil: 0,
			waiting: []
		};
		this.#lines.set(origin, line);
		return line;
	}
};
// src/host/http/redirect.ts
/** Headers that say nothing about the place they were meant for. */
const HARMLESS = /* @__PURE__ */ new Set([
	"accept",
	"accept-encoding",
	"range",
	"user-agent"
]);
/**
* Reads an address that may be asked. Credentials in it are dropped: they are sent as a header, where they
* cannot follow a redirect.
*
* @param base what a relative address is relative to
* @throws Failure when it is no http or https URL, or a cloud's metadata service
*/
function addressOf(text, base) {
	const url = URL.parse(text, base?.href);
	if (url === null) throw refusal("no valid URL");
	if (url.protocol !== "https:" && url.protocol !== "http:") throw refusal("not http or https");
	if (require_address.isMetadataHost(url.hostname)) throw refusal("a link-local address, where no package is");
	if (url.username + url.password + url.hash !== "") {
		url.username = "";
		url.password = "";
		url.hash = "";
	}
	return url;
}
/**
* Follows a redirect. Credentials, and all headers but the harmless, stay with the origin they were for. A
* server of the internet is not followed to this machine or into a private network: a redirect is the one
* way in which it could have us ask there. Only a literal address and `localhost` are told so; a name that
* resolves to such an address is not looked up, as the lockfile itself could have named it.
*
* @throws Failure `SERVICE_REDIRECT_REFUSED`
*/
function followed(hop, { location, fromPrivate }) {
	const url = targetOf(hop, location);
	if (hop.url.protocol === "https:" && url.protocol === "http:") throw redirectRefusal(`redirect from https to http at "${url.host}"`);
	if (!fromPrivate && require_address.isPrivateHost(url.hostname)) throw redirectRefusal(`redirect to the private address "${url.host}"`);
	if (url.origin === hop.url.origin) return {
		url,
		headers: hop.headers
	};
	const harmless = Object.entries(hop.headers).filter(([name]) => HARMLESS.has(name));
	return {
		url,
		headers: Object.fromEntries(harmless)
	};
}
function targetOf(hop, location) {
	try {
		return addressOf(location, hop.url);
	} catch (error) {
		if (!(error instanceof require_status.Failure)) throw error;
		throw redirectRefusal(`redirect to an address that is ${error.reason}`);
	}
}
/** A redirect that is not followed, with the reason. */
function redirectRefusal(reason) {
	return new require_status.Failure({
		code: "SERVICE_REDIRECT_REFUSED",
		reason,
		retry: "never",
		remedy: "Configure the address it redirects to as the registry, if you trust it"
	});
}
function refusal(reason) {
	return new require_status.Failure({
		code: "SERVICE_UNREACHABLE",
		reason,
		retry: "never",
		remedy: "Correct the address in the lockfile or in the configuration of the package manager"
	});
}
// src/host/http/transport.ts
/** Time to a connection, TLS included. */
const CONNECT_MS = 1e4;
const DEFAULT_IDLE_MS = 3e4;
const DEFAULT_TOTAL_MS = 3e5;
/** After this long no further attempt is made. */
const BUDGET_MS = 6e5;
const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8e3;
/** Kept connections that were found closed, one after the other, before it counts as a failure. */
const MAX_STALE = 32;
const USUAL_REMEDY = "Check that this machine can reach the host, through a proxy (`HTTPS_PROXY`) where one is needed, and try again";
/** A server that asks for more patience than this does not answer in this run. */
const MAX_WAIT_MS = 6e4;
/** The fetch standard allows 20; no registry needs more than two. */
const MAX_REDIRECTS = 5;
/** Methods that may be repeated elsewhere: they send nothing. */
const FOLLOWING = /* @__PURE__ */ new Set(["GET", "HEAD"]);
/** A kept connection that nobody uses is closed after this time. */
const KEPT_MS = 15e3;
/** Opens a client with connections of its own. @returns what {@link HttpClient.fetch} does */
function openTransport(options) {
	const { limits, timing, proxyEnv } = options;
	const agent = {
		keepAlive: true,
		maxFreeSockets: limits.perOrigin,
		timeout: KEPT_MS,
		...proxyEnv && { proxyEnv }
	};
	const transport = {
		...options,
		connections: {
			plain: new node_http.Agent(agent),
			tls: new node_https.Agent({
				...agent,
				rejectUnauthorized: true
			}),
			proxied: proxyEnv !== void 0
		},
		gate: new Gate(limits, timing),
		breaker: new Breaker(),
		endingOf: endings()
	};
	return (request) => fetchPatiently(transport, request);
}
async function fetchPatiently(transport, request) {
	const signal = signalOf(transport, request);
	const ending = signal && transport.endingOf(signal);
	const quest = {
		request,
		until: Infinity,
		...ending && { ending }
	};
	for (let attempts = 1, stale = 0;;) try {
		return await follow(transport, quest);
	} catch (error) {
		if (signal?.aborted === true) throw cancelledError(request.url, error);
		if (!(error instanceof require_status.Failure)) throw error;
		const again = request.once !== true || error.unheard;
		if (again && error.retry === "at-once" && stale < MAX_STALE) {
			stale++;
			continue;
		}
		const delay = again ? delayAfter(error, attempts, transport.timing) : void 0;
		if (delay === void 0 || transport.timing.now() + delay > quest.until) {
			transport.breaker.failed(originOf(error), error);
			throw serviceError(request.url, error, attempts);
		}
		await transport.timing.sleep(delay, signal);
		attempts++;
	}
}
/** One attempt: the request, and those it is redirected to. */
async function follow(transport, quest) {
	const { request } = quest;
	let hop = {
		url: addressOf(request.url),
		headers: headersOf(transport, request)
	};
	for (let redirects = 0;; redirects++) try {
		const exchanged = await ask(transport, quest, hop);
		if (exchanged.kind === "answer") return exchanged.answer;
		if (redirects === MAX_REDIRECTS) throw redirectRefusal(`more than ${redirects} redirects`);
		if (!FOLLOWING.has(request.method ?? "GET")) throw redirectRefusal("a redirect of what was sent");
		hop = followed(hop, exchanged);
	} catch (error) {
		if (error instanceof require_status.Failure) error.at ??= hop.url;
		throw error;
	}
}
async function ask(transport, quest, { url, headers }) {
	const { gate, breaker, timing, connections } = transport;
	const { request, ending } = quest;
	await gate.enter(url.origin, ending);
	try {
		if (request.patient !== true) breaker.assertAlive(url.origin);
		if (quest.until === Infinity) quest.until = timing.now() + BUDGET_MS;
		const { idleMs = DEFAULT_IDLE_MS, totalMs = DEFAULT_TOTAL_MS } = request;
		const exchanged = await exchangeTelling(request, {
			url,
			headers,
			connections,
			patience: {
				connectMs: Math.min(CONNECT_MS, idleMs),
				idleMs,
				totalMs: Math.max(1, Math.min(totalMs, quest.until - timing.now()))
			},
			...ending && { ending }
		});
		breaker.answered(url.origin);
		return exchanged;
	} catch (error) {
		const waitMs = error instanceof require_status.Failure ? error.waitMs : 0;
		if (waitMs > 0 && waitMs <= MAX_WAIT_MS) gate.pause(url.origin, waitMs, ending?.signal);
		throw error;
	} finally {
		gate.leave(url.origin);
	}
}
/** Tells the sink when its attempt came to nothing: it may hold what others wait for. */
async function exchangeTelling(request, order) {
	const { sink } = request;
	if (!sink) return exchange({
		...order,
		request
	});
	let opened;
	const open = (head) => opened = sink(head);
	try {
		return await exchange({
			...order,
			request: {
				...request,
				sink: open
			}
		});
	} catch (error) {
		tellBroken(opened);
		throw error;
	}
}
async function tellBroken(opened) {
	try {
		(await opened)?.broken?.();
	} catch {}
}
function headersOf({ userAgent }, request) {
	const given = Object.entries(request.headers ?? {});
	return {
		accept: "*/*",
		"user-agent": userAgent,
		...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
		"accept-encoding": request.compressed === true ? "gzip" : "identity",
		...request.authorization !== void 0 && { authorization: request.authorization }
	};
}
function signalOf(transport, request) {
	const [own, given] = [transport.signal, request.signal];
	if (own === void 0 || given === void 0 || own === given) return given ?? own;
	return AbortSignal.any([own, given]);
}
/**
* How long to wait before the next attempt, in milliseconds: what the server asks for, and chance on top,
* so that what failed together does not come back together.
*
* @returns nothing when there is to be none
* @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
*/
function delayAfter(failure, attempts, timing) {
	if (failure.retry === "never" || attempts >= MAX_ATTEMPTS) return void 0;
	if (failure.waitMs > MAX_WAIT_MS) return void 0;
	const most = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
	return failure.waitMs + timing.random() * most;
}
function originOf({ at }) {
	return at?.origin ?? "";
}
function serviceError(url, failure, attempts) {
	const { code, reason, at, note, waitMs, retry } = failure;
	const shown = require_run.withoutSecrets(url);
	const reached = at === void 0 ? shown : require_run.withoutSecrets(at.href);
	const notes = [note ?? (attempts > 1 ? `${attempts} attempts` : void 0), waitMs > MAX_WAIT_MS ? `asks to wait ${Math.ceil(waitMs / 1e3)} s` : void 0].filter((part) => part !== void 0);
	const where = reached === shown ? "" : `, redirected to "${reached}"`;
	const more = notes.length === 0 ? "" : ` (${notes.join(", ")})`;
	return new require_errors.ServiceError({
		code,
		message: `Cannot fetch "${shown}"${where}: ${reason}${more}`,
		remedy: failure.remedy ?? USUAL_REMEDY,
		cause: failure.cause ?? failure,
		url: shown,
		reason,
		...retry !== "never" && { retryInMs: waitMs }
	});
}
function cancelledError(url, cause) {
	return new require_errors.CancelledError({
		code: "CANCELLED",
		message: `Cannot fetch "${require_run.withoutSecrets(url)}": the run was ended`,
		remedy: "Run it again and let it finish",
		cause
	});
}
exports.openTransport = openTransport;
