require("./chunk-rolldown-runtime.js");
const require_errors = require("./chunk-errors.js");
const require_finding = require("./chunk-finding.js");
const require_digest = require("./chunk-digest.js");
const require_run = require("./chunk-run.js");
const require_in_toto = require("./chunk-in-toto.js");
const require_slsa = require("./chunk-slsa.js");
const require_github_attestations = require("./chunk-github-attestations.js");
const require_registry = require("./chunk-registry.js");
const require_resolve = require("./chunk-resolve.js");
const require_attestation = require("./chunk-attestation.js");
const require_registry_defaults = require("./chunk-registry-defaults.js");
const require_sigstore_verify = require("./chunk-sigstore-verify.js");
let node_crypto = require("node:crypto");
let node_path = require("node:path");
// src/policy/pattern/grammar.ts
/** What is wrong with a pattern, without a final period. */
var Unreadable = class extends Error {};
/** Deepest nesting of groups. */
const MAX_DEPTH$1 = 20;
/** Most repetitions that are counted. */
const MAX_COUNT = 100;
const LINE_BREAKS = [
	[10, 10],
	[13, 13],
	[8232, 8233]
];
const DIGIT = [[48, 57]];
const WORD = [
	[48, 57],
	[65, 90],
	[95, 95],
	[97, 122]
];
/**
* Reads what stands between `^` and `$`: the part of JavaScript's expressions that one pass over a text can decide.
*
* @returns what is wrong with it, as text
* @see https://tc39.es/ecma262/#sec-patterns
*/
function partOf(source) {
	const reader = new Reader(source);
	try {
		return reader.whole();
	} catch (error) {
		if (error instanceof Unreadable) return error.message;
		throw error;
	}
}
var Reader = class {
	#chars;
	#at = 0;
	#depth = 0;
	constructor(source) {
		this.#chars = Array.from(source);
	}
	whole() {
		const part = this.#alternatives();
		if (this.#at < this.#chars.length) throw new Unreadable("it has a \")\" without its \"(\"");
		return part;
	}
	#next() {
		return this.#chars[this.#at];
	}
	#take() {
		return this.#chars[this.#at++] ?? "";
	}
	#took(char) {
		if (this.#next() !== char) return false;
		this.#at++;
		return true;
	}
	#alternatives() {
		const parts = [this.#sequence()];
		while (this.#took("|")) parts.push(this.#sequence());
		const [first] = parts;
		return parts.length === 1 && first !== void 0 ? first : {
			kind: "any",
			parts
		};
	}
	#sequence() {
		const parts = [];
		for (let next = this.#next(); next !== void 0; next = this.#next()) {
			if (next === "|" || next === ")") break;
			parts.push(this.#quantified(this.#atom()));
		}
		return {
			kind: "all",
			parts
		};
	}
	#atom() {
		const char = this.#take();
		switch (char) {
			case "(": return this.#group();
			case "[": return {
				kind: "one",
				of: this.#charClass()
			};
			case ".": return {
				kind: "one",
				of: {
					ranges: LINE_BREAKS,
					negated: true
				}
			};
			case "\\": return {
				kind: "one",
				of: this.#escape()
			};
			case "^":
			case "$": throw new Unreadable(`it has a "${char}" inside: write "\\${char}" for the character`);
			case "*":
			case "+":
			case "?":
			case "{":
			case "}":
			case "]": throw new Unreadable(`it has a "${char}" with nothing before it: write "\\${char}"`);
			default: return {
				kind: "one",
				of: only(char)
			};
		}
	}
	#group() {
		if (this.#took("?") && !this.#took(":")) throw new Unreadable("it has a \"(?\" that is no \"(?:\": looking around is not possible here");
		if (++this.#depth > MAX_DEPTH$1) throw new Unreadable("its groups are nested too deeply");
		const part = this.#alternatives();
		if (!this.#took(")")) throw new Unreadable("it has a \"(\" without its \")\"");
		this.#depth--;
		return part;
	}
	#quantified(part) {
		const bounds = this.#bounds();
		if (bounds === void 0) return part;
		this.#took("?");
		if (/^[*+?{]$/.test(this.#next() ?? "")) throw new Unreadable("it repeats a repetition");
		const [least, most] = bounds;
		return {
			kind: "repeated",
			part,
			least,
			most
		};
	}
	#bounds() {
		if (this.#took("*")) return [0, Infinity];
		if (this.#took("+")) return [1, Infinity];
		if (this.#took("?")) return [0, 1];
		if (!this.#took("{")) return void 0;
		let text = "";
		while (this.#next() !== void 0 && this.#next() !== "}") text += this.#take();
		this.#took("}");
		const [, from = "", comma, to = ""] = /^(\d{1,4})(,(\d{0,4}))?$/.exec(text) ?? [];
		const least = Number(from);
		const most = comma === void 0 ? least : to === "" ? Infinity : Number(to);
		if (from !== "" && least <= most && least <= MAX_COUNT && (most === Infinity || most <= MAX_COUNT)) return [least, most];
		throw new Unreadable(`it repeats something {${text.slice(0, 20)}} times, expected {1,${MAX_COUNT}} or less`);
	}
	#escape() {
		const char = this.#take();
		const known = classNamed(char);
		if (known !== void 0) return known;
		if (/^[^A-Za-z0-9]$/u.test(char)) return only(char);
		throw new Unreadable(`it has "\\${char}", which is not possible here`);
	}
	#charClass() {
		const negated = this.#took("^");
		const ranges = [];
		while (this.#next() !== void 0 && this.#next() !== "]") {
			const first = this.#classAtom();
			if (!(this.#next() === "-" && !["]", void 0].includes(this.#chars[this.#at + 1]))) {
				ranges.push(...first);
				continue;
			}
			this.#take();
			ranges.push(between(first, this.#classAtom()));
		}
		if (!this.#took("]")) throw new Unreadable("it has a \"[\" without its \"]\"");
		return {
			ranges,
			negated
		};
	}
	#classAtom() {
		const char = this.#take();
		if (char !== "\\") return only(char).ranges;
		const set = this.#escape();
		if (set.negated) throw new Unreadable("it has \"\\D\" or \"\\W\" in brackets");
		return set.ranges;
	}
};
function only(char) {
	const code = char.codePointAt(0) ?? 0;
	return {
		ranges: [[code, code]],
		negated: false
	};
}
function classNamed(char) {
	if (char === "d" || char === "D") return {
		ranges: DIGIT,
		negated: char === "D"
	};
	if (char === "w" || char === "W") return {
		ranges: WORD,
		negated: char === "W"
	};
}
function between(first, last) {
	const [from] = first;
	const [to] = last;
	if (first.length === 1 && last.length === 1 && from && to && from[0] === from[1] && to[0] === to[1] && from[0] <= to[0]) return [from[0], to[0]];
	throw new Unreadable("it has a range in brackets that does not go from one character up to another");
}
// src/policy/pattern.ts
/** Longest pattern and longest name, in UTF-16 units. */
const MAX_PATTERN = 500;
const MAX_NAME = 2e3;
/** Most states that a pattern may need: time is their number times the length of the name. */
const MAX_STATES = 2e3;
/** Whether a text is meant as a pattern: names of signers do not begin with a slash. */
function isPattern(text) {
	return text.startsWith("/");
}
/**
* Compiles a pattern `/^…$/`. It is read by its whole, and takes one pass over a name: names come from strangers,
* and an expression that tries again and again could keep a run busy for ever.
*/
function patternOf(text) {
	if (text.length > MAX_PATTERN) return {
		fault: `it is longer than ${MAX_PATTERN} characters`,
		remedy: "Write a shorter one"
	};
	const [, source, flags] = /^\/(.*)\/([A-Za-z]*)$/s.exec(text) ?? [];
	if (source === void 0 || source === "") return {
		fault: "it has no closing slash",
		remedy: "Write it as /^…$/"
	};
	const inner = innerOf(source);
	if (inner.fault !== void 0 || flags !== "") return {
		fault: inner.fault ?? `it has the flags "${flags ?? ""}"`,
		remedy: `Write ${anchored(inner.text)}`
	};
	const part = partOf(inner.text);
	if (typeof part === "string") return {
		fault: part,
		remedy: `Write something simpler in ${text}`
	};
	if (part.kind === "any") return {
		fault: "it has a \"|\" outside of brackets, so that \"^\" and \"$\" hold for one side each",
		remedy: `Write ${anchored(`(?:${inner.text})`)}`
	};
	const machine = new Machine();
	const start = machine.add(part, machine.accept);
	if (start === void 0) return {
		fault: "it repeats too much",
		remedy: "Write * or + in the place of {…}"
	};
	return {
		text,
		matches: (name) => name.length <= MAX_NAME && machine.matches(start, name)
	};
}
function anchored(inner) {
	return `/^${inner}$/`;
}
/** What stands between the anchors. */
function innerOf(source) {
	const begins = source.startsWith("^");
	const ends = source.endsWith("$") && !isEscaped(source, source.length - 1);
	const text = source.slice(begins ? 1 : 0, ends ? -1 : void 0);
	const missing = [...begins ? [] : ["begin with \"^\""], ...ends ? [] : ["end with \"$\""]];
	if (missing.length === 0) return { text };
	return {
		text,
		fault: `it does not ${missing.join(" and ")}, so that a part of a name would do`
	};
}
/** Behind an odd number of backslashes. */
function isEscaped(source, at) {
	return (/\\*$/.exec(source.slice(0, at))?.[0] ?? "").length % 2 === 1;
}
/** Thompson's construction: all ways are gone at the same time. @see https://swtch.com/~rsc/regexp/regexp1.html */
var Machine = class {
	#states = [{
		kind: "fork",
		next: []
	}];
	accept = 0;
	/** @returns the state that begins the part and goes on at `next`; nothing when there are too many */
	add(part, next) {
		if (part.kind === "one") return this.#put({
			kind: "one",
			of: part.of,
			next
		});
		if (part.kind === "repeated") return this.#repeated(part, next);
		if (part.kind === "any") {
			const ways = part.parts.map((inner) => this.add(inner, next));
			const known = ways.filter((way) => way !== void 0);
			return known.length < ways.length ? void 0 : this.#put({
				kind: "fork",
				next: known
			});
		}
		return part.parts.reduceRight((after, inner) => after === void 0 ? void 0 : this.add(inner, after), next);
	}
	#repeated({ part, least, most }, next) {
		let at = next;
		if (most === Infinity) {
			const loop = {
				kind: "fork",
				next: [next]
			};
			const again = this.#put(loop);
			const body = again === void 0 ? void 0 : this.add(part, again);
			if (body === void 0) return void 0;
			loop.next = [body, next];
			at = again;
		} else for (let count = least; count < most && at !== void 0; count++) {
			const body = this.add(part, at);
			at = body === void 0 ? void 0 : this.#put({
				kind: "fork",
				next: [body, next]
			});
		}
		for (let count = 0; count < least && at !== void 0; count++) {
			const begin = this.add(part, at);
			if (begin === at) return at;
			at = begin;
		}
		return at;
	}
	#put(state) {
		return this.#states.length >= MAX_STATES ? void 0 : this.#states.push(state) - 1;
	}
	matches(start, name) {
		let now = this.#reached([start]);
		for (const char of name) {
			const code = char.codePointAt(0) ?? 0;
			const next = [];
			for (const at of now) {
				const state = this.#states[at];
				if (state?.kind === "one" && has(state.of, code)) next.push(state.next);
			}
			if (next.length === 0) return false;
			now = this.#reached(next);
		}
		return now.has(this.accept);
	}
	/** With all that is reached from there without a character. */
	#reached(from) {
		const seen = new Set(from);
		for (const at of seen) {
			const state = this.#states[at];
			if (state?.kind === "fork") for (const next of state.next) seen.add(next);
		}
		return seen;
	}
};
function has({ ranges, negated }, code) {
	return ranges.some(([from, to]) => code >= from && code <= to) !== negated;
}
// src/policy/signer-policy.ts
const FACTS = [
	{
		name: "repository",
		check: "source repository",
		flag: "source-repository",
		of: ({ repository }) => repository
	},
	{
		name: "ref",
		check: "source ref",
		flag: "source-ref",
		of: ({ ref }) => ref
	},
	{
		name: "commit",
		check: "source commit",
		flag: "source-commit",
		of: ({ commit }) => commit
	},
	{
		name: "workflow",
		check: "workflow",
		flag: "workflow",
		of: ({ workflow }) => workflow
	},
	{
		name: "builder",
		check: "builder",
		flag: "builder",
		of: ({ builder, workflow }) => builder ?? workflow
	},
	{
		name: "runner",
		check: "runner environment",
		flag: "runner-environment",
		of: ({ runner }) => runner
	}
];
/** Names of people and workflows that nobody means: a pattern that takes one of them takes almost everybody. */
const STRANGERS = [
	"https://github.com/a-stranger/their-repository/.github/workflows/any.yml@refs/heads/main",
	"https://gitlab.com/a-stranger/their-repository//.gitlab-ci.yml@refs/heads/main",
	"a.stranger@example.com",
	"a.stranger@gmail.com"
];
/**
* Reads who may sign.
*
* @param keys ids of the public keys that were given
* @throws InputError `INPUT_INVALID` for a pattern that cannot be used, or takes almost everybody
*/
function signerDemandsOf(settings, keys) {
	const facts = FACTS.flatMap(({ name, ...fact }) => {
		const expected = settings[name];
		return expected === void 0 || expected === "" ? [] : [{
			...fact,
			expected
		}];
	});
	return {
		names: settings.identities.map((text) => nameOf(text, facts)),
		issuers: settings.issuers,
		keys,
		facts
	};
}
function nameOf(text, facts) {
	if (!isPattern(text)) return { text };
	const pattern = patternOf(text);
	const shown = require_run.plainText(text);
	if ("fault" in pattern) {
		const message = `Cannot use the pattern "${shown}" of \`identity\`: ${pattern.fault}`;
		throw new require_errors.InputError({
			code: "INPUT_INVALID",
			message,
			remedy: pattern.remedy
		});
	}
	const stranger = facts.some(({ flag }) => NARROWING.has(flag)) ? void 0 : STRANGERS.find((name) => pattern.matches(name));
	if (stranger === void 0) return {
		text,
		pattern
	};
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use the pattern "${shown}" of \`identity\`: it takes almost anybody, such as "${stranger}"`,
		remedy: "Name the owner and the repository in it, or say which `source-repository` it has to be, too"
	});
}
/** What says by itself whose it is. */
const NARROWING = /* @__PURE__ */ new Set([
	"source-repository",
	"workflow",
	"builder"
]);
/**
* What has to be said before anything can be accepted: nobody is trusted because nobody was named.
*
* @returns names of inputs; empty when enough was said
*/
function missingDemands({ names, issuers, keys }) {
	if (names.length === 0 && issuers.length === 0 && keys.length > 0) return [];
	return [...names.length === 0 ? ["identity"] : [], ...issuers.length === 0 ? ["issuer"] : []];
}
/**
* Holds a signer to what is asked for. Everything is compared whole: a part of a name never counts.
*
* @returns the first check that it fails, and how many it passed before; nothing when it is accepted
*/
function signerRefusal(demands, signed) {
	const checks = [...signed.by === "key" ? [keyRefusal(demands, signed.signer)] : nameRefusals(demands, signed), ...demands.facts.map((fact) => factRefusal(fact, signed))];
	const failed = checks.findIndex((check) => check !== void 0);
	const refusal = checks[failed];
	return refusal && {
		...refusal,
		passed: failed
	};
}
function keyRefusal({ keys, names }, { identity }) {
	if (keys.some((id) => identity === `key ${id}`)) return void 0;
	return {
		check: "public key",
		expected: listed$1(keys.length > 0 ? keys.map((id) => `key ${id}`) : names.map(({ text }) => text)),
		found: quoted(identity)
	};
}
function nameRefusals({ names, issuers, keys }, { signer }) {
	const { identity, issuer } = signer;
	const isNamed = names.some(({ text, pattern }) => pattern === void 0 ? text === identity : pattern.matches(identity));
	const wanted = [...names.map(({ text }) => text), ...keys.map((id) => `key ${id}`)];
	const isVouchedFor = issuer !== void 0 && issuers.includes(issuer);
	return [isNamed ? void 0 : {
		check: "identity",
		expected: listed$1(wanted),
		found: quoted(identity)
	}, isVouchedFor ? void 0 : {
		check: "issuer",
		expected: listed$1(issuers),
		found: foundText$1(issuer)
	}];
}
function factRefusal({ check, expected, of }, { by, signer }) {
	const found = of(signer);
	if (found === expected) return void 0;
	return {
		check,
		expected: quoted(expected),
		found: by === "key" ? "a key, which does not say so" : foundText$1(found)
	};
}
function foundText$1(value) {
	return value === void 0 ? "nothing" : quoted(value);
}
function quoted(text) {
	return `"${require_run.plainText(text)}"`;
}
/** `"a"`, `"a" or "b"`; never an empty text. */
function listed$1(texts) {
	return texts.length === 0 ? "none" : texts.map(quoted).join(" or ");
}
// src/policy/statement-policy.ts
const SPDX = "https://spdx.dev/Document";
const CYCLONEDX = "https://cyclonedx.org/bom";
const PROVENANCE = Object.values(require_slsa.SLSA_PROVENANCE);
/**
* Statements that say by themselves "this is mine": a bill of materials or the result of a scan does not, also when
* the right person signed it.
*/
const VOUCHING = [
	require_in_toto.COSIGN_SIGN,
	...PROVENANCE,
	"https://github.com/npm/attestation/tree/main/specs/publish/v0.1",
	"https://docs.pypi.org/attestations/publish/v1",
	"https://in-toto.io/attestation/release/v0.1"
];
/** Words of cosign for types. @see https://github.com/sigstore/cosign/blob/main/pkg/cosign/attestation/attestation.go */
const WORDS = {
	slsaprovenance: require_slsa.SLSA_PROVENANCE.v02,
	slsaprovenance02: require_slsa.SLSA_PROVENANCE.v02,
	slsaprovenance1: require_slsa.SLSA_PROVENANCE.v1,
	spdx: SPDX,
	spdxjson: SPDX,
	cyclonedx: CYCLONEDX,
	link: "https://in-toto.io/Link/v1",
	vuln: "https://cosign.sigstore.dev/attestation/vuln/v1",
	openvex: "https://openvex.dev/ns"
};
/** Whether a statement of this type counts as a signature of what it is about. */
function isVouching(predicateType) {
	return VOUCHING.includes(predicateType);
}
/**
* Reads the types of statements that have to be there: addresses, or cosign's words for them.
*
* @throws InputError `INPUT_INVALID` for what is neither
*/
function demandedTypes(given) {
	return given.map((text) => {
		const known = Object.hasOwn(WORDS, text) ? WORDS[text] : void 0;
		if (known !== void 0) return known;
		if (/^[a-z][a-z0-9+.-]*:./i.test(text)) return text;
		throw new require_errors.InputError({
			code: "INPUT_INVALID",
			message: `Cannot use "${require_run.plainText(text)}" of \`predicate-type\`: it is neither an address nor one of ${Object.keys(WORDS).join(", ")}`,
			remedy: `Write the whole type, such as "${require_slsa.SLSA_PROVENANCE.v1}"`
		});
	});
}
/** Whether a statement is of a type. Bills of materials are the same with the version of their format behind it. */
function isOfType(predicateType, demanded) {
	if (predicateType === demanded) return true;
	if (demanded !== SPDX && demanded !== CYCLONEDX) return false;
	return predicateType.startsWith(demanded) && /^\/v?\d[\d.]*$/.test(predicateType.slice(demanded.length));
}
/** Looks into a statement that a check relies on. @returns what it does not say, or says wrongly */
function contentRefusal({ predicateType, predicate }, { by, signer }) {
	if (PROVENANCE.includes(predicateType)) {
		if (builderIn(predicate) === void 0) return {
			check: "provenance",
			expected: "the id of a builder",
			found: "none"
		};
		const found = by === "key" ? void 0 : require_slsa.provenanceMismatch(predicate, signer);
		return found === void 0 ? void 0 : {
			check: "provenance",
			expected: "the source that its certificate names",
			found
		};
	}
	if (isOfType(predicateType, SPDX)) return spdxRefusal(predicate);
	if (isOfType(predicateType, CYCLONEDX)) return cyclonedxRefusal(predicate);
	return predicateType === "https://slsa.dev/verification_summary/v1" ? summaryRefusal(predicate) : void 0;
}
/** @see https://slsa.dev/spec/v1.2/provenance @see https://slsa.dev/spec/v0.2/provenance */
function builderIn(predicate) {
	const details = require_run.jsonObjectOf(predicate["runDetails"]) ?? predicate;
	const id = require_run.jsonObjectOf(details["builder"])?.["id"];
	return typeof id === "string" && id !== "" ? id : void 0;
}
/** @see https://spdx.github.io/spdx-spec/v2.3/document-creation-information/ */
function spdxRefusal(predicate) {
	const { spdxVersion, packages, "@graph": graph } = predicate;
	if (Array.isArray(graph) && predicate["@context"] !== void 0) return void 0;
	const expected = "a document in SPDX 2 or 3";
	if (typeof spdxVersion !== "string" || !/^SPDX-2\.\d$/.test(spdxVersion)) return sbom(expected, `spdxVersion ${shown(spdxVersion)}`);
	if (typeof predicate["SPDXID"] !== "string") return sbom(expected, "no SPDXID");
	return packages === void 0 || Array.isArray(packages) ? void 0 : sbom("a list of packages", require_run.jsonKindOf(packages));
}
/** @see https://cyclonedx.org/docs/1.6/json/ */
function cyclonedxRefusal(predicate) {
	const { bomFormat, specVersion, components } = predicate;
	const expected = "a document in CycloneDX";
	if (bomFormat !== "CycloneDX") return sbom(expected, `bomFormat ${shown(bomFormat)}`);
	if (typeof specVersion !== "string" || !/^1\.\d$/.test(specVersion)) return sbom(expected, `specVersion ${shown(specVersion)}`);
	return components === void 0 || Array.isArray(components) ? void 0 : sbom("a list of components", require_run.jsonKindOf(components));
}
function sbom(expected, found) {
	return {
		check: "SBOM",
		expected,
		found
	};
}
/** @see https://slsa.dev/spec/v1.2/verification_summary */
function summaryRefusal({ verificationResult }) {
	return verificationResult === "PASSED" ? void 0 : {
		check: "verdict",
		expected: "\"PASSED\"",
		found: shown(verificationResult)
	};
}
function shown(value) {
	return typeof value === "string" ? `"${require_run.plainText(value, 100)}"` : require_run.jsonKindOf(value);
}
// src/policy/subject-policy.ts
/** Ranks of checks that come behind those of a bundle itself. */
const RANK = {
	signer: 100,
	age: 200,
	content: 300
};
const DAY_MS = 864e5;
/**
* Judges everything that was attached to one subject. Pure: a stranger can attach anything, so that what is refused
* never takes away from what is accepted.
*
* @param refused what is not genuine, or about something else
*/
function assessSubject(genuine, refused, demands) {
	const judged = genuine.map((one) => ({
		one,
		refusal: refusalOf(one, demands)
	}));
	const accepted = judged.flatMap(({ one, refusal }) => refusal === void 0 ? one : []);
	const all = [...refused, ...judged.flatMap(({ one, refusal }) => {
		const { origin, source, signer } = one;
		return refusal === void 0 ? [] : [{
			origin,
			source,
			signer,
			...refusal
		}];
	})];
	const failure = failureOf(accepted, all, demands);
	return {
		accepted,
		refused: all,
		...failure && { failure }
	};
}
function refusalOf(genuine, demands) {
	const signer = missingDemands(demands.signers).length === 0 ? signerRefusal(demands.signers, genuine) : void 0;
	if (signer) {
		const { passed, ...refusal } = signer;
		return {
			refusal,
			rank: RANK.signer + passed
		};
	}
	const old = ageRefusal(genuine, demands);
	if (old) return {
		refusal: old,
		rank: RANK.age
	};
	const content = genuine.statement && contentRefusal(genuine.statement, genuine);
	return content && {
		refusal: content,
		rank: RANK.content
	};
}
function ageRefusal({ times }, { maxAgeDays, now }) {
	if (maxAgeDays === 0) return void 0;
	const newest = times.toSorted().at(-1);
	if (newest !== void 0 && now.getTime() - Date.parse(newest) <= maxAgeDays * DAY_MS) return void 0;
	return {
		check: "age",
		expected: `signed at most ${maxAgeDays} ${maxAgeDays === 1 ? "day" : "days"} before ${now.toISOString().slice(0, 19)}Z`,
		found: newest === void 0 ? "no proven time" : `signed at ${newest}`
	};
}
function failureOf(accepted, refused, demands) {
	const { types, least } = demands;
	if (accepted.length === 0) return noneAccepted(refused);
	const missing = types.find((type) => !accepted.some((one) => isStated(one, type)));
	if (missing !== void 0) return missingType(missing, accepted, refused);
	const counted = accepted.filter((one) => types.length === 0 ? isSignature(one) : types.some((type) => isStated(one, type)) || isSignature(one));
	if (counted.length === 0) return {
		kind: "missing",
		check: "signature",
		expected: "a signature or provenance",
		found: `only ${typesOf(accepted)}, which says nothing of that kind`
	};
	const signers = new Set(counted.map(({ by, signer }) => JSON.stringify([
		by,
		signer.identity,
		signer.issuer
	])));
	if (signers.size >= least) return void 0;
	return {
		kind: "missing",
		check: "number of signers",
		expected: `${least} different ones`,
		found: `${signers.size}: ${[...new Set(counted.map(({ signer }) => signer.identity))].join(", ")}`
	};
}
function noneAccepted(refused) {
	const [nearest] = refused.toSorted((a, b) => b.rank - a.rank);
	if (nearest === void 0) return {
		kind: "unsigned",
		check: "signature",
		expected: "one at least",
		found: "none"
	};
	const { refusal, origin, signer, unknownAuthority } = nearest;
	return {
		kind: "refused",
		...refusal,
		origin,
		...signer && { signer },
		...unknownAuthority === true && { unknownAuthority }
	};
}
/** What was meant to be it may be there, and refused. */
function missingType(type, accepted, refused) {
	const [nearest] = refused.filter(({ rank }) => rank >= RANK.signer).toSorted((a, b) => b.rank - a.rank);
	const besides = nearest === void 0 ? "" : `; refused: ${nearest.origin}, ${nearest.refusal.check}: expected ${nearest.refusal.expected}, found ${nearest.refusal.found}`;
	return {
		kind: "missing",
		check: "predicate type",
		expected: `a statement of type "${type}"`,
		found: `${typesOf(accepted)}${besides}`
	};
}
function isStated({ statement }, type) {
	return statement !== void 0 && isOfType(statement.predicateType, type);
}
function isSignature({ statement }) {
	return statement === void 0 || isVouching(statement.predicateType);
}
function typesOf(accepted) {
	const types = accepted.map(({ statement }) => statement === void 0 ? "a signature" : `"${statement.predicateType}"`);
	return [...new Set(types)].join(", ");
}
// src/stages/verify/examine.ts
/** What each check of a bundle wants. */
const EXPECTED$1 = {
	form: "a Sigstore bundle",
	signature: "a signature by the key or certificate that it names",
	certificate: "a certificate that an authority of the trusted root issued, valid when it signed",
	"public key": "a public key that was given",
	"log entry": "an entry of this very signature that a log of the trusted root proves",
	time: "a time that a log or a timestamp authority of the trusted root proves",
	statement: "an in-toto statement"
};
/** How far a candidate got: in the order of the checks. */
const RANKS = {
	form: 0,
	"public key": 1,
	certificate: 2,
	time: 3,
	"log entry": 4,
	signature: 5,
	statement: 6
};
const SUBJECT_RANK = 10;
/** Verifies one candidate with cryptography, and holds it to the target. Whom it is from is judged elsewhere. */
async function examine({ verifyStatement, verifyMessage }, candidate, target) {
	const { bundle, origin, source, payload, stamped } = candidate;
	const about = {
		origin,
		source
	};
	if (typeof bundle === "string") return {
		...about,
		refusal: {
			check: "form",
			expected: EXPECTED$1.form,
			found: bundle
		},
		rank: 0
	};
	if (bundle["messageSignature"] === void 0) {
		const result = verifyStatement(bundle, stamped);
		if ("refused" in result) return {
			...about,
			...refusedAs(result)
		};
		const { statement } = result;
		const other = subjectRefusal(statement, target.digests);
		return other ? misplaced(about, other, result) : {
			...about,
			...signedBy(result),
			statement
		};
	}
	const chunks = payload === void 0 ? target.chunks?.() : [payload];
	if (chunks === void 0) {
		const refusal = {
			check: "subject",
			expected: "a statement about the digest",
			found: "a signature of bytes that are not here: only their digest is known"
		};
		return {
			...about,
			refusal,
			rank: 0
		};
	}
	const result = await verifyMessage(bundle, chunks);
	if ("refused" in result) return {
		...about,
		...refusedAs(result)
	};
	const other = payload && payloadRefusal(payload, target.digests);
	return other ? misplaced(about, other, result) : {
		...about,
		...signedBy(result)
	};
}
function signedBy({ by, signer, times }) {
	return {
		by,
		signer,
		times
	};
}
function misplaced(about, refusal, { signer }) {
	return {
		...about,
		refusal,
		signer,
		rank: SUBJECT_RANK
	};
}
function refusedAs({ check, refused, unknownAuthority }) {
	return {
		refusal: {
			check,
			expected: EXPECTED$1[check],
			found: refused
		},
		rank: RANKS[check],
		...unknownAuthority && check !== "public key" && { unknownAuthority }
	};
}
/** A statement may be about several; one of them has to be the target, in every digest that both know. */
function subjectRefusal({ subjects }, digests) {
	if (digests.length === 0 || subjects.some((subject) => isAbout(subject.digests, digests))) return;
	const stated = subjects.flatMap((subject) => subject.digests).slice(0, 3);
	const more = subjects.length > 3 ? `, and more of ${subjects.length} subjects` : "";
	return {
		check: "subject",
		expected: digests.slice(0, 1).map(require_digest.renderDigest).join(),
		found: stated.length === 0 ? "no digest" : `${stated.map(require_digest.renderDigest).join(", ")}${more}`
	};
}
function isAbout(stated, digests) {
	const pairs = stated.flatMap((one) => {
		const same = digests.find(({ algorithm }) => algorithm === one.algorithm);
		return same === void 0 ? [] : [{
			one,
			same
		}];
	});
	return pairs.some(({ one }) => !require_digest.isCollidable(one)) && pairs.every(({ one, same }) => one.hex === same.hex);
}
/** @see https://github.com/containers/image/blob/main/docs/containers-signature.5.md */
function payloadRefusal(payload, digests) {
	const stated = require_registry.digestInSimpleSigning(payload);
	const expected = digests.map(require_digest.renderDigest);
	if (stated !== void 0 && expected.includes(stated)) return void 0;
	return {
		check: "subject",
		expected: expected.join(" or "),
		found: stated === void 0 ? "a payload that is about no image" : stated.slice(0, 200)
	};
}
// src/formats/bundle-file.ts
/** Most entries of one file that are read. */
const MAX_ENTRIES = 200;
/** Deepest wrapping of bundles in other objects. */
const MAX_DEPTH = 6;
/**
* Reads the signatures in a file: a Sigstore bundle, lists of them as GitHub, npm and PyPI hand them out, one on each
* line, the file that cosign wrote before bundles, and statements of slsa-github-generator.
*
* @returns at most 200; never empty
*/
function signaturesIn(text) {
	const plain = text.startsWith("﻿") ? text.slice(1) : text;
	const whole = require_run.jsonIn(plain);
	if (whole !== void 0) return bounded(signaturesOf(whole, 0));
	return bounded(plain.split("\n", 400).filter((line) => line.trim() !== "").flatMap((line) => {
		const value = require_run.jsonIn(line);
		return value === void 0 ? damaged("it is no JSON") : signaturesOf(value, 0);
	}));
}
function bounded(found) {
	return found.length === 0 ? damaged("it is empty") : found.slice(0, MAX_ENTRIES);
}
function signaturesOf(value, depth) {
	if (depth > MAX_DEPTH) return damaged("it is wrapped too often");
	if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).flatMap((one) => signaturesOf(one, depth + 1));
	const json = require_run.jsonObjectOf(value);
	if (json === void 0) return damaged("it is no JSON object");
	if (json["verificationMaterial"] !== void 0) return [{
		kind: "bundle",
		json
	}];
	if (json["verification_material"] !== void 0) return [{
		kind: "bundle",
		json: require_attestation.bundleOfAttestation(json)
	}];
	if (json["base64Signature"] !== void 0) return [signatureOfOldFile(json)];
	if (json["payloadType"] !== void 0) return [signatureOfEnvelope(json)];
	const inner = json["bundle"] ?? json["attestations"] ?? json["attestation_bundles"];
	return inner === void 0 ? damaged("it is no bundle: it has no verificationMaterial") : signaturesOf(inner, depth + 1);
}
function damaged(reason) {
	return [{
		kind: "damaged",
		reason
	}];
}
/** @see https://github.com/slsa-framework/slsa-github-generator */
function signatureOfEnvelope(envelope) {
	const { signatures } = envelope;
	const { cert, keyid } = require_run.jsonObjectOf(Array.isArray(signatures) ? signatures[0] : void 0) ?? {};
	if (typeof cert === "string" && cert !== "") return {
		kind: "envelope",
		envelope,
		certificate: cert
	};
	return {
		kind: "bundle",
		json: {
			mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
			verificationMaterial: {
				publicKey: { hint: typeof keyid === "string" ? keyid : "" },
				tlogEntries: []
			},
			dsseEnvelope: envelope
		}
	};
}
/** What `cosign sign-blob --bundle` and `attest-blob` wrote before version 3. @see https://github.com/sigstore/cosign/blob/v2.6.0/pkg/cosign/fetch.go */
function signatureOfOldFile(json) {
	const { base64Signature, cert, rekorBundle } = json;
	if (typeof base64Signature !== "string") return {
		kind: "damaged",
		reason: "its base64Signature is no text"
	};
	const signed = Buffer.from(base64Signature, "base64");
	const isEnvelope = require_run.jsonObjectIn(signed)?.["payloadType"] !== void 0;
	const annotations = {
		"dev.cosignproject.cosign/signature": base64Signature,
		...rekorBundle !== void 0 && { "dev.sigstore.cosign/bundle": JSON.stringify(rekorBundle) },
		...typeof cert === "string" && cert !== "" && { "dev.sigstore.cosign/certificate": pemIn(cert) }
	};
	const mediaType = isEnvelope ? require_registry.LEGACY_LAYER.att : require_registry.LEGACY_LAYER.sig;
	const bundle = require_registry.bundleOfLegacyLayer({
		mediaType,
		annotations,
		bytes: signed
	});
	if (typeof bundle === "string") return {
		kind: "damaged",
		reason: bundle
	};
	if (isEnvelope) return {
		kind: "bundle",
		json: bundle,
		stamped: signed
	};
	const digest = digestLogged(rekorBundle);
	if (digest === void 0) return {
		kind: "damaged",
		reason: "it has no log entry that says what was signed"
	};
	const messageSignature = {
		messageDigest: {
			algorithm: "SHA2_256",
			digest
		},
		signature: base64Signature
	};
	return {
		kind: "bundle",
		json: {
			...bundle,
			messageSignature
		}
	};
}
/** Base64 of the SHA-256 in the entry; whether it is that of the bytes is for the verifier to see. */
function digestLogged(rekorBundle) {
	const { body } = require_run.jsonObjectOf(require_run.jsonObjectOf(rekorBundle)?.["Payload"]) ?? {};
	if (typeof body !== "string") return void 0;
	const entry = require_run.jsonObjectIn(Buffer.from(body, "base64"));
	const data = require_run.jsonObjectOf(require_run.jsonObjectOf(entry?.["spec"])?.["data"]);
	const hex = require_run.jsonObjectOf(data?.["hash"])?.["value"];
	return typeof hex === "string" ? Buffer.from(hex, "hex").toString("base64") : void 0;
}
/** cosign wrote PEM, or base64 of it. */
function pemIn(text) {
	return text.startsWith("-----") ? text : Buffer.from(text, "base64").toString("latin1");
}
// src/stages/verify/place.ts
/** Largest file, in bytes: as large as a disk. */
const ANY_SIZE = Number.MAX_SAFE_INTEGER;
/** Where a path leads. */
function placeOf({ files }, given) {
	const absolute = (0, node_path.resolve)(files.root, given);
	const way = (0, node_path.relative)(files.root, absolute).replaceAll("\\", "/");
	const inside = way !== "" && way !== ".." && !way.startsWith("../") && !(0, node_path.isAbsolute)(way);
	return {
		given,
		path: inside ? way : absolute,
		inside
	};
}
/** A file beside it: its own name with something behind it, or another name in the same folder. */
function beside({ given, path, inside }, name) {
	const to = (from) => "suffix" in name ? `${from}${name.suffix}` : `${/^(?:.*[/\\])?/.exec(from)?.[0] ?? ""}${name.sibling}`;
	return {
		given: to(given),
		path: to(path),
		inside
	};
}
/** Whether a regular file is there. */
function isFile(host, { path, inside }) {
	if (!inside) return host.machineChunks(path) !== void 0;
	const kind = host.files.kindOf(path);
	return kind === "file" || kind === "link";
}
/**
* Text of a file; nothing when it is not there.
*
* @throws ParseError `FILE_TOO_LARGE` above `maxBytes`, `FILE_UNREADABLE`
*/
function textAt(host, { path, inside }, maxBytes) {
	return inside ? host.files.readText(path, maxBytes) : host.readMachineText(path, maxBytes);
}
/** The bytes of a file of any size, read anew at each call. @throws ParseError while it is read */
function chunksAt(host, { given, path, inside }) {
	const chunks = inside ? host.files.chunks(path, ANY_SIZE) : host.machineChunks(path);
	if (chunks !== void 0) return chunks;
	throw new require_errors.ParseError({
		code: "FILE_UNREADABLE",
		message: `Cannot read "${given}": it is not there any more`,
		remedy: "Verify files that nobody changes meanwhile"
	});
}
// src/stages/verify/file.ts
/** Largest file with bundles, in bytes. */
const MAX_BYTES$2 = 67108864;
/** What signatures of one file are called. */
const SUFFIXES = [
	".sigstore.json",
	".sigstore",
	".sigstore.jsonl",
	".intoto.jsonl",
	".build.slsa",
	".intoto.build.slsa",
	".bundle",
	".attestation",
	".publish.attestation",
	".slsa.attestation",
	".provenance"
];
/** What files with signatures of several are called. */
const SHARED = ["attestations.sigstore.jsonl", "multiple.intoto.jsonl"];
const ALGORITHMS = [
	"sha256",
	"sha384",
	"sha512"
];
/** What lies beside a file as its signatures. @throws ParseError when the file cannot be read */
async function findForFile(context, given) {
	const { host } = context;
	const { place } = given;
	const digests = await digestsOf(chunksAt(host, place));
	const own = SUFFIXES.map((suffix) => beside(place, { suffix }));
	const names = digests.slice(0, 1).map((digest) => require_digest.renderDigest(digest));
	const others = [...SHARED, ...names.flatMap((name) => [`${name}.jsonl`, `${name.replace(":", "-")}.jsonl`])].map((sibling) => beside(place, { sibling }));
	const read = [...(given.bundles ?? own).map((one) => candidatesIn(context, one)), ...given.bundles ? [] : others.map((one) => candidatesIn(context, one))];
	return {
		target: {
			what: "file",
			name: place.given,
			digests,
			chunks: () => chunksAt(host, place)
		},
		candidates: read.flatMap(({ candidates }) => candidates).slice(0, 200),
		blind: read.flatMap(({ blind }) => blind),
		notes: [],
		...given.bundles === void 0 && { file: place }
	};
}
/** A bundle by itself, or for the file that it lies beside. @throws ParseError when the file cannot be read */
async function findForBundle(context, place) {
	const file = fileOf(context, place);
	if (file !== void 0) return findForFile(context, {
		place: file,
		bundles: [place]
	});
	const { candidates, blind } = candidatesIn(context, place);
	return {
		target: {
			what: "bundle",
			name: place.given,
			digests: []
		},
		candidates: candidates.slice(0, 200),
		blind,
		notes: [`no file lies beside "${place.given}": what its statements say of digests is compared with nothing`]
	};
}
/** A digest, and the bundles that were named beside it. */
function findForDigest(context, { given, digest }, bundles) {
	const read = bundles.map((place) => candidatesIn(context, place));
	return {
		target: {
			what: "digest",
			name: given,
			digests: [digest]
		},
		candidates: read.flatMap(({ candidates }) => candidates).slice(0, 200),
		blind: read.flatMap(({ blind }) => blind),
		notes: []
	};
}
/** `app.tgz` of `app.tgz.sigstore.json`, where it is there. */
function fileOf({ host }, { given }) {
	const suffix = SUFFIXES.toSorted((a, b) => b.length - a.length).find((end) => given.endsWith(end));
	const place = suffix === void 0 ? void 0 : placeOf(host, given.slice(0, -suffix.length));
	return place !== void 0 && place.path !== "" && isFile(host, place) ? place : void 0;
}
async function digestsOf(chunks) {
	const hashes = ALGORITHMS.map((algorithm) => ({
		algorithm,
		hash: (0, node_crypto.createHash)(algorithm)
	}));
	for await (const chunk of chunks) for (const { hash } of hashes) hash.update(chunk);
	return hashes.flatMap(({ algorithm, hash }) => require_digest.digestFromHex(algorithm, hash.digest("hex")) ?? []);
}
/** What a file with bundles holds; nothing when it is not there. */
function candidatesIn({ host }, place) {
	try {
		const text = textAt(host, place, MAX_BYTES$2);
		if (text === void 0) return {
			candidates: [],
			blind: []
		};
		const found = signaturesIn(text);
		const isShared = SHARED.some((name) => place.path.endsWith(name)) || place.path.endsWith(".jsonl");
		return {
			candidates: found.map((one, at) => {
				return {
					origin: found.length === 1 ? place.given : `${place.given}, entry ${at + 1}`,
					source: place.given,
					...bundleIn(one),
					...isShared && found.length > 1 && { shared: true }
				};
			}),
			blind: []
		};
	} catch (error) {
		return {
			candidates: [],
			blind: [{
				place: place.given,
				...require_registry.obstacleOf({ host }, error)
			}]
		};
	}
}
function bundleIn(found) {
	if (found.kind === "bundle") {
		const { json, stamped } = found;
		return {
			bundle: json,
			...stamped && { stamped }
		};
	}
	return found.kind === "damaged" ? { bundle: found.reason } : { bundle: "a statement with a certificate, whose log entry is only with the log" };
}
// src/stages/verify/flags.ts
/** How a signer would be asked for: flags of a terminal, lines of a workflow. Nothing for a key, which has no name. */
function flagsFor({ env }, signer) {
	const { identity, issuer } = signer;
	if (issuer === void 0) return void 0;
	return env["GITHUB_ACTIONS"] === "true" ? `identity: ${yamlText(identity)} and issuer: ${yamlText(issuer)}` : `--identity ${shellText(identity)} --issuer ${shellText(issuer)}`;
}
/** One word of a shell. */
function shellText(text) {
	return `'${require_run.plainText(text).replaceAll("'", String.raw`'\''`)}'`;
}
function yamlText(text) {
	return `'${require_run.plainText(text).replaceAll("'", "''")}'`;
}
// src/stages/verify/remedies.ts
const FOREIGN = "When it was signed with a Sigstore deployment of its own, give the trusted root of that as `trusted-root` (`--trusted-root <file>`).";
const KEY = "Do not use it, unless you know whose key it is: then give its file as `public-key` (`--public-key <file>`).";
const PLATFORM = "The index itself is verified. Ask for signatures of every platform (`cosign sign --recursive`), or let the one of the index count for all: `recursive: false` (`--no-recursive`).";
const STATEMENT = "Ask for these statements by their types when they are what you want: `predicate-type` (`--predicate-type <type>`). They are no signature.";
/** The rule of a part that failed, with the next step of exactly this failure. */
function ruleOf(host, result, part) {
	const { failure } = part.assessment;
	if (failure === void 0) throw new Error("Asked for the rule of what did not fail");
	const { kind, unknownAuthority } = failure;
	if (part.blind.length > 0 && kind !== "refused") return withRemedy(require_run.UNAVAILABLE, part.blind.find(({ remedy }) => remedy !== void 0)?.remedy);
	if (unknownAuthority === true) return withRemedy(require_run.UNAVAILABLE, FOREIGN);
	const rule = {
		unsigned: require_run.UNSIGNED,
		refused: require_run.REFUSED,
		missing: require_run.MISSING
	}[kind];
	return withRemedy(rule, part !== result.parts[0] && result.parts[0]?.assessment.failure === void 0 && kind === "unsigned" ? PLATFORM : remedyOf$1(host, failure));
}
function withRemedy(rule, remedy) {
	return remedy === void 0 ? rule : {
		...rule,
		remedy
	};
}
function remedyOf$1(host, { check, kind, signer }) {
	if (check === "public key") return KEY;
	if (check === "certificate") return FOREIGN;
	if (check === "signature" && kind === "missing") return STATEMENT;
	const flags = signer && /^(?:identity|issuer)$/.test(check) ? flagsFor(host, signer) : void 0;
	return flags === void 0 ? void 0 : `Do not use it. Only if you know that this is who should have signed, ask for ${flags}`;
}
// src/stages/verify/result.ts
/** Whether all of it is verified. */
function isVerified({ trouble, parts }) {
	return trouble === void 0 && parts.length > 0 && parts.every(({ assessment }) => assessment.failure === void 0);
}
/** The first part that is not verified. */
function failedPart({ parts }) {
	return parts.find(({ assessment }) => assessment.failure !== void 0);
}
// src/stages/verify/findings.ts
/** What was observed of a subject: each signature that counts; of a part that fails, that it does. */
function evidenceOf(result, now) {
	const observedAt = `${now.toISOString().slice(0, 19)}Z`;
	const ofParts = result.parts.flatMap((part) => {
		const { accepted, failure } = part.assessment;
		const failed = failure && {
			subject: part.target.name,
			kind: "signature",
			outcome: outcomeOf(part, failure),
			source: "",
			observedAt,
			detail: failureText(part, failure)
		};
		return [...failed ? [failed] : [], ...accepted.map((one) => ({
			...acceptedEvidence(part, one),
			observedAt
		}))];
	});
	const { trouble, given } = result;
	return [
		...trouble === void 0 ? [] : [{
			subject: given,
			kind: "signature",
			outcome: trouble.kind === "contradicted" ? "contradicted" : "unavailable",
			source: "",
			observedAt,
			detail: trouble.reason
		}],
		...ofParts,
		...result.evidence
	];
}
function acceptedEvidence({ target }, one) {
	const { statement, signer, source, times } = one;
	const [digest] = target.digests;
	const isSignature = statement === void 0 || statement.predicateType === "https://sigstore.dev/cosign/sign/v1";
	const said = isSignature ? "signed" : `stated ${statement.predicateType}`;
	const at = times.length === 0 ? "at no proven time" : `at ${times.join(" and ")}`;
	return {
		subject: target.name,
		kind: isSignature ? "signature" : "attestation",
		outcome: "verified",
		source,
		...digest && { observed: digest },
		signer,
		detail: `${said} by ${require_run.plainText(signer.identity)} ${at}`
	};
}
function outcomeOf({ blind }, { kind, unknownAuthority }) {
	if (blind.length > 0 || unknownAuthority === true) return "unavailable";
	return kind === "refused" ? "contradicted" : "absent";
}
/** What it means: one finding for a subject that is not verified, and what a person may want to know besides. */
function findingsOf(host, result, evidence) {
	const subject = result.given;
	const failing = evidence.filter(({ outcome }) => outcome !== "verified");
	const { trouble } = result;
	if (trouble) {
		const rule = TROUBLE[trouble.kind];
		const told = trouble.remedy === void 0 ? rule : {
			...rule,
			remedy: trouble.remedy
		};
		return [require_finding.findingOf(told, {
			subject,
			message: `${subject} is not verified: ${trouble.reason}`,
			evidence: failing
		})];
	}
	const part = failedPart(result);
	const failure = part?.assessment.failure;
	if (part && failure) {
		const message = `${subject} is not verified: ${failureText(part, failure)}`;
		const rule = ruleOf(host, result, part);
		return [require_finding.findingOf(rule, {
			subject,
			message,
			evidence: failing
		})];
	}
	const others = result.parts.flatMap(({ assessment }) => assessment.refused);
	if (others.length === 0) return [];
	const message = `${others.length} more beside ${subject} ${others.length === 1 ? "is" : "are"} not accepted: ${refusedText(others[0])}`;
	return [require_finding.findingOf(require_run.OTHERS_REFUSED, {
		subject,
		message
	})];
}
const TROUBLE = {
	contradicted: require_run.CONTRADICTED,
	"not-found": require_run.NOT_FOUND,
	unavailable: require_run.UNAVAILABLE
};
/** Check, expected, found. */
function failureText({ target, blind }, failure) {
	const { check, expected, found, origin } = failure;
	return `${target.what === "file" || target.what === "bundle" ? "" : `${target.what}: `}${check}: expected ${expected}, found ${found}${origin === void 0 ? "" : ` (${origin})`}${blind.map(({ place, reason }) => `; ${place} could not be looked at: ${reason}`).join("")}`;
}
/** One refused thing, in a line. */
function refusedText(refused) {
	if (refused === void 0) return "";
	const { origin, refusal } = refused;
	return `${origin}: ${refusal.check}: expected ${refusal.expected}, found ${refusal.found}`;
}
/** `sha256:…` of a part. */
function digestText({ target }) {
	const [digest] = target.digests;
	return digest === void 0 ? "" : require_digest.renderDigest(digest);
}
// src/stages/verify/github.ts
/** How large a bundle is, more or less, in bytes. */
const USUAL_BYTES = 65536;
/**
* The attestations that GitHub keeps of a digest, with the repository that it has to be built from. Asked only with a
* token, of a server whose API is known.
*/
async function findAtGithub(context, digests) {
	const repository = repositoryOf(context);
	const digest = digests.find(({ algorithm }) => algorithm === "sha256");
	if (repository === void 0 || digest === void 0) return {
		candidates: [],
		blind: []
	};
	const { host, signal } = context;
	const api = require_github_attestations.githubAttestations({
		host,
		signal,
		timing: require_run.realTiming
	}, repository);
	const place = `GitHub's attestations of ${repository.slug}`;
	try {
		const { bundles, unread } = await api.find({
			digest,
			bytes: USUAL_BYTES
		});
		const source = api.addressOf(digest);
		return {
			candidates: bundles.map((one, at) => ({
				origin: `${place}, entry ${at + 1}`,
				source,
				bundle: require_run.jsonObjectOf(one) ?? "it is no JSON object"
			})),
			blind: unread === 0 ? [] : [{
				place,
				reason: `${unread} of them are not handed out`
			}]
		};
	} catch (error) {
		return {
			candidates: [],
			blind: [{
				place,
				...require_registry.obstacleOf(context, error)
			}]
		};
	}
}
function repositoryOf({ host, settings }) {
	const { githubToken: token, offline, verify } = settings;
	if (token === void 0 || offline || verify.repository === void 0) return void 0;
	if (!URL.canParse(verify.repository)) return void 0;
	const { origin, pathname } = new URL(verify.repository);
	const slug = /^\/([\w.-]+\/[\w.-]+)\/?$/.exec(pathname)?.[1];
	const { GITHUB_SERVER_URL: server, GITHUB_API_URL: own } = host.env;
	const api = (server !== void 0 && URL.canParse(server) && new URL(server).origin === origin ? own : void 0) ?? require_registry_defaults.GITHUB_APIS.get(origin);
	if (slug === void 0 || api === void 0 || !mayCarryToken(api)) return void 0;
	return {
		api: api.replace(/\/$/, ""),
		slug,
		token
	};
}
/** In the clear only to this machine itself. */
function mayCarryToken(api) {
	if (!URL.canParse(api)) return false;
	const { protocol, hostname } = new URL(api);
	return protocol === "https:" || [
		"localhost",
		"127.0.0.1",
		"[::1]"
	].includes(hostname);
}
/** Whether GitHub would have been asked, had there been a token. */
function lacksToken({ settings }) {
	const { githubToken, offline, verify } = settings;
	return githubToken === void 0 && !offline && verify.repository !== void 0;
}
/** What a person is told who gave a repository and no token. */
const NO_TOKEN = "GitHub was not asked for its attestations: that takes a token (`github-token`, or GITHUB_TOKEN on a terminal)";
// src/stages/verify/attached.ts
/** Requests to one registry at once. */
const MAX_AT_ONCE$3 = 4;
/** Layers of one referrer that are looked at: cosign has one. */
const MAX_LAYERS = 4;
const BUNDLE_TYPE = /^application\/vnd\.dev\.sigstore\.bundle/;
/** Lists everything that may be a signature of a manifest, in all places where verifiers look. */
async function listAttached(look) {
	return joined(await Promise.all([
		referrersOf(look),
		legacyOf(look, "sig"),
		legacyOf(look, "att")
	]));
}
function joined(lists) {
	return {
		attached: lists.flatMap(({ attached }) => attached),
		candidates: lists.flatMap(({ candidates }) => candidates),
		blind: lists.flatMap(({ blind }) => blind)
	};
}
const NOTHING = {
	attached: [],
	candidates: [],
	blind: []
};
/** Turns whatever keeps a place from being looked at into data: other places may have what is needed. */
async function listed({ context }, place, task) {
	try {
		return {
			...NOTHING,
			...await task()
		};
	} catch (error) {
		return {
			...NOTHING,
			blind: [{
				place,
				...require_registry.obstacleOf(context, error)
			}]
		};
	}
}
/** Both lists: one that a registry began to keep later does not have what writers put under the tag before. */
async function referrersOf(look) {
	const { repository, subject } = look;
	const digest = require_digest.renderDigest(subject.digest);
	const entries = /* @__PURE__ */ new Map();
	const keep = (list) => {
		for (const entry of list) entries.set(entry.digest, entry);
	};
	const lists = await listed(look, "the list of referrers", async () => {
		const { from, entries: list } = await repository.referrers(digest);
		keep(list);
		if (from === "api") keep(await underTag(repository, digest));
		return {};
	});
	const worth = [...entries.values()].filter(mayHoldBundle);
	const rest = worth.length - 200;
	const cut = rest > 0 ? [{
		place: "the rest of the referrers",
		reason: `${rest} more than 200`
	}] : [];
	return joined([
		lists,
		...await require_run.inParallel(worth.slice(0, 200), MAX_AT_ONCE$3, (entry) => listed(look, `the referrer ${entry.digest}`, () => layersOfReferrer(look, entry))),
		{
			...NOTHING,
			blind: cut
		}
	]);
}
async function underTag(repository, digest) {
	const found = await repository.manifest(digest.replace(":", "-"));
	return found?.kind === "found" && found.manifest.kind === "index" ? found.manifest.entries : [];
}
/** Older writers put the type of the config, or none, into the list: those have to be looked into. */
function mayHoldBundle({ artifactType, mediaType }) {
	const isImage = mediaType === require_registry.MEDIA_TYPE.image;
	const isVague = artifactType === void 0 || artifactType === require_registry.MEDIA_TYPE.empty;
	return isImage && (isVague || BUNDLE_TYPE.test(artifactType));
}
async function layersOfReferrer({ repository, subject }, { digest }) {
	const found = await repository.manifest(digest);
	const about = {
		origin: `the referrer ${digest}`,
		source: `${repository.name}@${digest}`
	};
	if (found === void 0) return {};
	if (found.kind === "contradicted") return { candidates: [{
		...about,
		bundle: `its manifest has the digest ${found.observed}`
	}] };
	const { manifest } = found;
	if (manifest.kind !== "image") return {};
	const layers = manifest.layers.filter(({ mediaType }) => BUNDLE_TYPE.test(mediaType));
	if (layers.length === 0) return {};
	const wanted = require_digest.renderDigest(subject.digest);
	if (manifest.subject !== void 0 && manifest.subject.digest !== wanted) {
		const bundle = `its manifest refers to ${manifest.subject.digest}, expected ${wanted}`;
		return { candidates: [{
			...about,
			bundle
		}] };
	}
	return { attached: layers.slice(0, MAX_LAYERS).map((layer) => ({
		...about,
		layer,
		form: "bundle"
	})) };
}
/** What cosign 1 and 2 wrote. @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
function legacyOf(look, kind) {
	const { repository, subject } = look;
	const tag = require_registry.legacyTag(require_digest.renderDigest(subject.digest), kind);
	return listed(look, `the tag ${tag}`, async () => {
		const found = await repository.manifest(tag);
		if (found?.kind !== "found" || found.manifest.kind !== "image") return {};
		return { attached: found.manifest.layers.map((layer, at) => ({
			origin: `layer ${at + 1} of the tag ${tag}`,
			source: `${repository.name}:${tag}`,
			layer,
			form: kind
		})).filter(({ layer }) => layer.mediaType === require_registry.LEGACY_LAYER[kind]) };
	});
}
// src/stages/verify/attached-bytes.ts
/** Requests to one registry at once. */
const MAX_AT_ONCE$2 = 4;
/** Largest bundle or layer that is read, in bytes. */
const MAX_BYTES$1 = 67108864;
/**
* Reads what is attached, smallest first: who attaches much and large things must not keep the rest from being seen.
* What is not read any more is told.
*/
async function readAttached(look, attached, budget) {
	const worth = attached.toSorted((a, b) => a.layer.size - b.layer.size).slice(0, 200).filter(({ layer }) => {
		const fits = layer.size <= MAX_BYTES$1 && layer.size <= budget.left;
		if (fits) budget.left -= layer.size;
		return fits;
	});
	const rest = attached.length - worth.length;
	const blind = rest > 0 ? [{
		place: "the rest of what is attached",
		reason: `${rest} more, or too large`
	}] : [];
	return {
		candidates: (await require_run.inParallel(worth, MAX_AT_ONCE$2, async (one) => {
			try {
				return await candidateOf(look.repository, one);
			} catch (error) {
				blind.push({
					place: one.origin,
					...require_registry.obstacleOf(look.context, error)
				});
				return;
			}
		})).filter((one) => one !== void 0),
		blind
	};
}
async function candidateOf(repository, { origin, source, layer, form }) {
	const about = {
		origin,
		source
	};
	const bytes = await bytesOf(repository, layer);
	if (typeof bytes === "string") return {
		...about,
		bundle: bytes
	};
	if (form === "bundle") return {
		...about,
		bundle: require_run.jsonObjectIn(bytes) ?? "it is no JSON object"
	};
	const bundle = require_registry.bundleOfLegacyLayer({
		...layer,
		bytes
	});
	return form === "sig" ? {
		...about,
		bundle,
		payload: bytes
	} : {
		...about,
		bundle: withTimestamps(bundle, layer),
		stamped: bytes
	};
}
/** @returns why they cannot be had, as text */
async function bytesOf(repository, layer) {
	const found = await repository.blob(layer);
	if (found === void 0) return "the registry does not have its bytes";
	return found.kind === "contradicted" ? `its bytes have the digest ${found.observed}` : found.bytes;
}
/** All that is there has to hold, also what the bundle itself has no place for. */
function withTimestamps(bundle, layer) {
	const rfc3161Timestamps = require_registry.timestampsOfLegacyLayer(layer);
	if (typeof bundle === "string" || rfc3161Timestamps.length === 0) return bundle;
	const material = require_run.jsonObjectOf(bundle["verificationMaterial"]);
	const timestampVerificationData = { rfc3161Timestamps };
	return {
		...bundle,
		verificationMaterial: {
			...material,
			timestampVerificationData
		}
	};
}
// src/stages/verify/image.ts
/** Manifests whose attachments are looked at at once. */
const MAX_AT_ONCE$1 = 4;
/** Most bytes of all that is attached to one image: everybody who may push can attach more. */
const MAX_TOTAL_BYTES = 268435456;
/** Everything that is attached to an image, and to the image of every platform when that is asked for. */
async function findForImage(context, repository, image) {
	const isIndex = image.platforms.every(({ subject }) => !isSame(subject, image.subject));
	const parts = [{
		what: isIndex ? "index" : "image",
		subject: image.subject
	}, ...isIndex && context.settings.verify.recursive ? image.platforms.map(({ platform, subject }) => ({
		what: platform,
		subject
	})) : []];
	const budget = { left: MAX_TOTAL_BYTES };
	return require_run.inParallel(parts, MAX_AT_ONCE$1, async ({ what, subject }) => {
		const look = {
			context,
			repository,
			subject
		};
		const { attached, ...rest } = await listAttached(look);
		const read = await readAttached(look, attached, budget);
		const digest = require_digest.renderDigest(subject.digest);
		return {
			target: {
				what,
				name: `${subject.name}@${digest}`,
				digests: [subject.digest],
				chunks: () => manifestChunks(look)
			},
			candidates: [...rest.candidates, ...read.candidates],
			blind: [...rest.blind, ...read.blind],
			notes: notesOf(image.others, digest, what)
		};
	});
}
function isSame(one, other) {
	return require_digest.renderDigest(one.digest) === require_digest.renderDigest(other.digest);
}
/** A signature of bytes that is attached to a manifest is over the manifest. */
async function* manifestChunks({ repository, subject }) {
	const found = await repository.manifest(require_digest.renderDigest(subject.digest));
	if (found?.kind === "found") yield found.bytes;
}
function notesOf(others, digest, what) {
	const unsigned = others.filter(({ kind, about }) => kind === "attestation-manifest" && (what === "index" || about === digest));
	return unsigned.length === 0 ? [] : [`the index has attestations of BuildKit (${unsigned.length}): nobody signed them, so that they prove nothing`];
}
// src/stages/verify/minisign.ts
/** Largest file with a signature, in bytes. */
const MAX_BYTES = 65536;
/** What the checks of a signature want. */
const EXPECTED = {
	form: "a signature as minisign writes it, of the hash of the file",
	key: "a public key that was given"
};
/** What a key is called where a signer has a name. */
function minisignName({ id }) {
	return `minisign:${id}`;
}
/**
* Verifies the signature of minisign that lies beside a file, where there is one. When it was made is not proven.
*
* @throws ParseError when the file or its signature cannot be read
*/
async function minisignOf(host, place, keys) {
	const { given, ...rest } = beside(place, { suffix: ".minisig" });
	const text = textAt(host, {
		given,
		...rest
	}, MAX_BYTES);
	if (text === void 0) return [];
	const about = {
		origin: given,
		source: given
	};
	const signature = require_run.parseMinisignSignature(text);
	const unfit = unfitness(signature);
	if (unfit !== void 0 || typeof signature === "string") return [{
		...about,
		refusal: {
			check: "form",
			expected: EXPECTED.form,
			found: unfit ?? ""
		},
		rank: 0
	}];
	const key = keys.find(({ id }) => id === signature.keyId);
	if (key === void 0) {
		const found = `a signature with the key ${signature.keyId} of minisign`;
		return [{
			...about,
			refusal: {
				check: "public key",
				expected: EXPECTED.key,
				found
			},
			rank: 1
		}];
	}
	const hash = (0, node_crypto.createHash)("blake2b512");
	for await (const chunk of chunksAt(host, place)) hash.update(chunk);
	const wrong = require_run.verifyMinisign({
		key,
		signature,
		message: hash.digest()
	});
	if (wrong === void 0) return [{
		...about,
		by: "key",
		signer: { identity: `key ${minisignName(key)}` },
		times: []
	}];
	const refusal = {
		check: "signature",
		expected: `a signature of this file by the key ${key.id}`,
		found: wrong === "comment" ? "a trusted comment that was changed" : "one of something else"
	};
	return [{
		...about,
		refusal,
		rank: 5
	}];
}
/** Why a signature is not looked at, as text. */
function unfitness(signature) {
	if (typeof signature === "string") return signature;
	return signature.algorithm === "legacy" ? "one of the file itself, the old form" : void 0;
}
// src/stages/verify/nobody-named.ts
/** Most signers that are shown. */
const MAX_SHOWN = 5;
/**
* The error of a run that names nobody who may have signed: it accepts nobody, and shows who there is.
*
* @param missing names of inputs
*/
function nobodyNamed(host, missing, results) {
	const found = /* @__PURE__ */ new Map();
	const genuine = results.flatMap(({ parts }) => parts.flatMap((part) => part.genuine));
	for (const one of genuine) {
		const { by, signer } = one;
		found.set(JSON.stringify([
			by,
			signer.identity,
			signer.issuer
		]), one);
	}
	const signers = [...found.values()].slice(0, MAX_SHOWN);
	const inputs = missing.map((name) => `\`${name}\``).join(" and ");
	const message = `Cannot verify ${results.map(({ given }) => `"${require_run.plainText(given)}"`).slice(0, MAX_SHOWN).join(", ")}: nobody is named who may have signed, and nobody in particular is never accepted. ${foundText(signers, results)}`;
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message,
		remedy: remedyOf(host, inputs, signers)
	});
}
function foundText(signers, results) {
	if (signers.length > 0) return `Genuine signatures were found of ${signers.map(signerText).join("; ")}`;
	const [trouble] = results.flatMap(({ trouble: one, parts }) => [...one ? [one.reason] : [], ...parts.flatMap(({ assessment }) => assessment.refused.map(({ origin, refusal }) => `${origin}: ${refusal.check}: found ${refusal.found}`))]);
	return trouble === void 0 ? "No signature was found" : `No genuine signature was found: ${trouble}`;
}
function signerText({ signer: { identity, issuer } }) {
	const vouched = issuer === void 0 ? "" : `, issuer "${require_run.plainText(issuer)}"`;
	return `"${require_run.plainText(identity)}"${vouched}`;
}
function remedyOf(host, inputs, signers) {
	const [flags] = signers.flatMap(({ signer }) => flagsFor(host, signer) ?? []);
	return flags === void 0 ? `Give ${inputs}, or the file of a public key: \`public-key\` (--public-key <file>)` : `Only if you know that this is who should have signed, add ${flags}`;
}
// src/stages/verify/section.ts
/** Most lines of one list: a stranger can attach anything. */
const MAX_ITEMS = 50;
/** What was verified, for a person: one clear line for each subject. */
function sectionOf(results) {
	const accepted = results.flatMap(acceptedRows);
	const refused = results.flatMap(({ parts }) => parts.flatMap(({ assessment }) => assessment.refused.map(refusedText)));
	const notes = results.flatMap(({ parts }) => parts.flatMap((part) => part.notes));
	return {
		title: "Verified subjects",
		blocks: [
			{
				kind: "table",
				columns: [
					{ title: "Subject" },
					{ title: "Digest" },
					{ title: "Result" }
				],
				rows: results.map(resultRow)
			},
			...accepted.length === 0 ? [] : [{
				kind: "table",
				columns: [
					"Subject",
					"Part",
					"Says",
					"Signed by",
					"Issuer",
					"At"
				].map((title) => ({ title })),
				rows: accepted.slice(0, MAX_ITEMS)
			}],
			...listOf("Not accepted", refused),
			...notes.length === 0 ? [] : [{
				kind: "list",
				items: [...new Set(notes)]
			}]
		]
	};
}
function resultRow(result) {
	const { given, parts, trouble } = result;
	const [first] = parts;
	const digest = first === void 0 ? "" : digestText(first);
	return [
		{ code: given },
		digest === "" ? "" : { code: digest },
		resultText(result, trouble?.reason)
	];
}
function resultText(result, trouble) {
	if (isVerified(result)) {
		const platforms = result.parts.length - 1;
		return [{ strong: "verified" }, platforms > 0 ? `, with ${platforms} ${platforms === 1 ? "platform" : "platforms"}` : ""];
	}
	const failed = result.parts.flatMap((part) => {
		const { failure } = part.assessment;
		return failure === void 0 ? [] : [failureText(part, failure)];
	});
	return [{ strong: "not verified" }, `: ${trouble ?? failed[0] ?? "nothing was looked at"}${failed.length > 1 ? `; ${failed.length - 1} more parts fail` : ""}`];
}
function acceptedRows({ given, parts }) {
	return parts.flatMap((part) => part.assessment.accepted.map((one) => acceptedRow(given, part, one)));
}
function acceptedRow(given, { target }, one) {
	const { statement, signer, times } = one;
	const says = statement === void 0 ? "signature" : { code: statement.predicateType };
	return [
		{ code: given },
		target.what,
		says,
		{ code: signer.identity },
		signer.issuer === void 0 ? "" : { code: signer.issuer },
		times.length === 0 ? "no proven time" : times.join(", ")
	];
}
function listOf(summary, items) {
	if (items.length === 0) return [];
	const shown = items.slice(0, MAX_ITEMS);
	const rest = items.length - shown.length;
	return [{
		kind: "details",
		summary: `${summary}: ${items.length}`,
		blocks: [{
			kind: "list",
			items: [...shown, ...rest > 0 ? [`and ${rest} more`] : []]
		}]
	}];
}
// src/stages/verify/subject.ts
/** How files with bundles are called. */
const BUNDLE = /\.(?:sigstore(?:\.jsonl?)?|jsonl|slsa)$/i;
/**
* Tells what a text names: a digest, a file that is there, else an image.
*
* @throws InputError `INPUT_INVALID` for what is none of them
*/
function subjectOf(host, given) {
	const digest = /^sha(?:256|384|512):/.test(given) ? digestOf(given) : void 0;
	if (digest !== void 0) return {
		kind: "digest",
		given,
		digest
	};
	const place = placeOf(host, given);
	if (isFile(host, place)) return {
		kind: BUNDLE.test(given) ? "bundle" : "file",
		given,
		place
	};
	if (isPath(given)) throw unknown(given, "there is no such file");
	const reference = require_registry.parseImageReference(given, require_registry_defaults.SHORT_IMAGE_NAMES);
	if (typeof reference === "string") throw unknown(given, `it is no file, and no image: ${reference}`);
	if (isExplicit(given)) return {
		kind: "image",
		given,
		reference
	};
	throw unknown(given, "there is no such file", `For an image, write "${`${reference.registry}/${reference.repository}`}:latest"`);
}
/** `./app`, `../app`, `/tmp/app`, `C:\app`: nobody names an image so. */
function isPath(given) {
	return /^(?:\.{0,2}[/\\]|~|[A-Za-z]:[/\\])/.test(given);
}
/** Says a registry, a tag or a digest: the name of a file that is missing must not be sent to a registry. */
function isExplicit(given) {
	return /[@:]/.test(given) || /^[^/]+\.[^/]+\/.+\/?/.test(given) || given.startsWith("localhost/");
}
function digestOf(given) {
	const [algorithm = "", hex = ""] = given.split(":");
	const digest = require_digest.digestFromHex(algorithm, hex);
	if (digest !== void 0) return digest;
	throw unknown(given, `what follows "${algorithm}:" is no such digest in hexadecimal digits`);
}
function unknown(given, why, remedy) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot verify "${require_run.plainText(given)}": ${why}`,
		remedy: remedy ?? "Name a file, a bundle, an image such as `ghcr.io/o/app:1.0`, or a digest such as `sha256:…`"
	});
}
// src/stages/verify/trust.ts
/** Largest file with a key, in characters. */
const MAX_KEY = 65536;
/**
* Loads the trusted root and the public keys: those of the checkout as the base commit has them, on a pull request.
*
* @throws InputError `INPUT_INVALID`, `INPUT_CONFLICT` for what was given and cannot be used
* @throws ServiceError when the TUF repository that was given cannot be used
*/
async function trustOf(context, where) {
	const { host, settings, signal } = context;
	const readText = reader(context, where);
	const all = [];
	for (const given of settings.verify.publicKeys) all.push(await keyOf(given, readText));
	const keys = all.filter((key) => "key" in key);
	const minisign = all.filter((key) => "text" in key);
	const { trustedRoot, asOf, frozen } = await require_github_attestations.sigstoreInstance({
		host,
		signal,
		settings: settings.sigstore,
		readText
	});
	return {
		verifier: await verifierOf({
			trustedRoot,
			asOf,
			keys,
			thresholds: {
				log: 0,
				timestamp: 0
			},
			timestampOnly: settings.sigstore.rekor === "none",
			anyHint: true
		}),
		minisign,
		keys: [...keys.map(({ id }) => id), ...minisign.map(minisignName)],
		asOf,
		...frozen !== void 0 && { frozen }
	};
}
async function verifierOf(trust) {
	try {
		return await require_sigstore_verify.sigstoreVerifier(trust);
	} catch (cause) {
		throw new require_errors.InputError({
			code: "INPUT_INVALID",
			message: `Cannot verify with the trusted root: ${require_errors.messageOf(cause)}`,
			remedy: "Make it anew with `cosign trusted-root create`, or leave `trusted-root` out",
			cause
		});
	}
}
/** What lies outside of the checkout is not a pull request's to change. */
function reader(context, where) {
	const ofCheckout = require_github_attestations.trustedText(context, where);
	return (given) => {
		const { inside, path } = placeOf(context.host, given);
		return inside ? ofCheckout(given) : Promise.resolve(context.host.readMachineText(path, 1048576));
	};
}
async function keyOf(given, readText) {
	const text = given.includes("-----BEGIN ") ? given : await readText(given);
	const name = given.includes("\n") ? "of `public-key`" : `"${require_run.plainText(given)}"`;
	if (text === void 0) throw unusable(name, "there is no such file");
	const key = text.length > MAX_KEY ? void 0 : publicKeyIn(text);
	if (key === void 0) {
		const other = text.length > MAX_KEY ? "" : require_run.parseMinisignKey(text);
		if (typeof other !== "string") return other;
		throw unusable(name, "found none, expected PEM that begins with \"-----BEGIN PUBLIC KEY-----\", or a public key of minisign");
	}
	const der = key.export({
		format: "der",
		type: "spki"
	});
	return {
		id: (0, node_crypto.createHash)("sha256").update(der).digest("base64"),
		key
	};
}
/** A private key, or a certificate, would be taken by the library too. */
function publicKeyIn(text) {
	if (!/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(text) || text.includes("PRIVATE")) return void 0;
	try {
		return (0, node_crypto.createPublicKey)(text);
	} catch {
		return;
	}
}
function unusable(name, why) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use the public key ${name}: ${why}`,
		remedy: "Give the file that `cosign public-key` or `minisign -G` writes. On a pull request the file of its base is read"
	});
}
// src/stages/verify/verify.ts
/** Subjects that are looked at at once. */
const MAX_AT_ONCE = 4;
/**
* Verifies every subject that was named.
*
* @throws InputError `INPUT_INVALID` when nothing or nobody was named, or not so that it can be understood
*/
async function verifySubjects(context, where) {
	const { host, settings } = context;
	const wanted = [...new Set(settings.verify.subjects)].map((given) => subjectOf(host, given));
	if (wanted.length === 0) throw nothingNamed();
	const types = demandedTypes(settings.verify.predicateTypes);
	signerDemandsOf(settings.verify, []);
	const trust = await trustOf(context, where);
	const { maxAgeDays, signers: least } = settings.verify;
	const signers = signerDemandsOf(settings.verify, trust.keys);
	const demands = {
		signers,
		types,
		maxAgeDays,
		least,
		now: host.now()
	};
	const references = wanted.flatMap((one) => one.kind === "image" ? one.reference : []);
	const access = require_registry.registryAccess(context, references);
	const loose = looseBundles(context, wanted);
	const work = {
		context,
		trust,
		demands,
		access,
		loose: loose.map(({ place }) => place)
	};
	const subjects = wanted.filter((one) => one.kind !== "bundle" || !loose.includes(one));
	const progress = host.progress("Verifying", subjects.length);
	const results = await require_run.inParallel(subjects, MAX_AT_ONCE, async (one) => {
		const result = await verifyOne(work, one);
		progress.advance();
		return result;
	});
	progress.done();
	const missing = missingDemands(signers);
	if (missing.length > 0) throw nobodyNamed(host, missing, results);
	return resultOf(host, results, trust);
}
/** A bundle without its file speaks for itself; but beside a digest, for the digest. */
function looseBundles(context, wanted) {
	if (!wanted.some(({ kind }) => kind === "digest")) return [];
	return wanted.filter((one) => one.kind === "bundle" && fileOf(context, one.place) === void 0);
}
function nothingNamed() {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: "Nothing to verify: no image, file or bundle was named",
		remedy: "Name what to verify, one a line, in `verify`; on a terminal: assay verify <image|file|bundle> --identity <name> --issuer <address>"
	});
}
async function verifyOne(work, wanted) {
	const { context } = work;
	const { given } = wanted;
	try {
		switch (wanted.kind) {
			case "image": return await verifyImage(work, wanted);
			case "file": return await partsOf(work, given, [await findForFile(context, wanted)]);
			case "bundle": return await partsOf(work, given, [await findForBundle(context, wanted.place)]);
			case "digest": return await partsOf(work, given, [findForDigest(context, wanted, work.loose)]);
			default: return wanted;
		}
	} catch (error) {
		return {
			given,
			parts: [],
			trouble: {
				kind: "unavailable",
				...require_registry.obstacleOf(context, error)
			},
			evidence: []
		};
	}
}
async function verifyImage(work, { given, reference }) {
	const { context, access } = work;
	const repository = require_registry.openRepository(access, reference);
	const resolved = await require_resolve.resolveImage(repository, given, reference);
	const evidence = require_registry.evidenceOf(resolved, context.host.now()).filter(({ outcome }) => outcome === "verified");
	const { image } = resolved;
	if (image === void 0) return {
		given,
		parts: [],
		trouble: troubleOf(resolved),
		evidence
	};
	return {
		...await partsOf(work, given, await findForImage(context, repository, image)),
		image,
		evidence
	};
}
function troubleOf({ readings }) {
	const wrong = readings.find(({ outcome }) => outcome === "contradicted");
	if (wrong) {
		const { what, expected = "", observed = "" } = wrong;
		return {
			kind: "contradicted",
			reason: `${what}: digest: expected ${expected}, found ${observed}`
		};
	}
	return {
		kind: "not-found",
		reason: `the registry has no manifest ${readings.find(({ outcome }) => outcome === "missing")?.expected ?? "of that tag"}`
	};
}
async function partsOf({ context, trust, demands }, given, found) {
	const parts = [];
	for (const { target, candidates, blind, notes, file } of found) {
		const kept = await findAtGithub(context, target.digests);
		const genuine = [];
		const refused = [];
		const wanted = trust.minisign.length > 0 || candidates.length === 0;
		const minisign = file && wanted ? await minisignOf(context.host, file, trust.minisign) : [];
		for (const seen of minisign) if ("refusal" in seen) refused.push(seen);
		else genuine.push(seen);
		const bounded = boundedMessages([...candidates, ...kept.candidates]);
		for (const candidate of bounded.candidates) {
			const seen = await examine(trust.verifier, candidate, target);
			if (!("refusal" in seen)) genuine.push(seen);
			else if (candidate.shared !== true || seen.refusal.check !== "subject") refused.push(seen);
		}
		const assessment = assessSubject(genuine, refused, demands);
		const said = lacksToken(context) ? [...notes, NO_TOKEN] : notes;
		parts.push({
			target,
			genuine,
			assessment,
			blind: [
				...blind,
				...kept.blind,
				...bounded.blind
			],
			notes: said
		});
	}
	return {
		given,
		parts,
		evidence: []
	};
}
/** Signatures of bytes that are read for one target: each takes all of its bytes, which may be many. */
const MAX_MESSAGES = 20;
function boundedMessages(candidates) {
	let messages = 0;
	const worth = candidates.filter(({ bundle, payload }) => typeof bundle === "string" || bundle["messageSignature"] === void 0 || payload !== void 0 || ++messages <= MAX_MESSAGES);
	const rest = candidates.length - worth.length;
	return {
		candidates: worth,
		blind: rest === 0 ? [] : [{
			place: "the rest of the signatures of bytes",
			reason: `${rest} more than ${MAX_MESSAGES}`
		}]
	};
}
function resultOf(host, results, trust) {
	const evidence = results.map((one) => evidenceOf(one, host.now()));
	const verified = results.filter(isVerified).length;
	const accepted = results.flatMap(({ parts }) => parts.flatMap((one) => one.assessment.accepted));
	const refused = results.flatMap(({ parts }) => parts.flatMap((one) => one.assessment.refused));
	const old = trust.frozen === void 0 ? [] : [require_finding.findingOf(require_run.OLD_TRUST, {
		subject: "trusted root",
		message: `The trusted root is that of ${trust.asOf}, which came with Assay: ${trust.frozen}`
	})];
	return {
		output: void 0,
		findings: [...results.flatMap((one, at) => findingsOf(host, one, evidence[at] ?? [])), ...old],
		evidence: evidence.flat(),
		section: sectionOf(results),
		stats: {
			subjects: results.length,
			verified,
			notVerified: results.length - verified,
			accepted: accepted.length,
			refused: refused.length
		},
		outputs: { "image-digests": results.filter(isVerified).flatMap(({ image }) => image ?? []).map(({ subject }) => `${subject.name}@${require_digest.renderDigest(subject.digest)}`).join("\n") }
	};
}
exports.verifySubjects = verifySubjects;
