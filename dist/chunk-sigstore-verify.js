const require_rolldown_runtime = require("./chunk-rolldown-runtime.js");
const require_in_toto = require("./chunk-in-toto.js");
const require_errors = require("./chunk-errors.js");
const require_run = require("./chunk-run.js");
let node_crypto = require("node:crypto");
// src/services/sigstore-verify/message.ts
/** Hash functions that a bundle may name, by their numbers in the protocol. */
const HASHES = /* @__PURE__ */ new Map([
	[0, "sha256"],
	[1, "sha256"],
	[2, "sha384"],
	[3, "sha512"]
]);
/** Whether messages are hashed so. @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_common.proto */
function hashNamed(algorithm) {
	return HASHES.get(algorithm);
}
/**
* Reads a message once and verifies its signature with every key that may be meant: files have any size.
*
* @throws whatever the chunks throw
*/
async function readMessage(chunks, { hash, signature, keys }) {
	const sha256 = (0, node_crypto.createHash)("sha256");
	const declared = (0, node_crypto.createHash)(hash);
	const verifying = keys.map((key) => ({
		key,
		verify: (0, node_crypto.createVerify)(hash)
	}));
	for await (const chunk of chunks) {
		sha256.update(chunk);
		declared.update(chunk);
		for (const { verify } of verifying) verify.update(chunk);
	}
	const bytes = declared.digest();
	const good = verifying.filter(({ key, verify }) => holds(() => verify.verify(key, signature)));
	return {
		digest: {
			algorithm: "sha256",
			hex: sha256.digest("hex")
		},
		hashed: bytes.toString("hex"),
		content: (of) => ({
			signature: of.signature,
			compareSignature: (other) => of.compareSignature(other),
			compareDigest: (other) => other.equals(bytes) && of.compareDigest(other),
			compareSignedDigest: (other) => other.equals(bytes) && of.compareSignedDigest(other),
			verifySignature: (key) => of.compareDigest(bytes) && good.some((one) => one.key.equals(key))
		})
	};
}
/** Whether a check of the library or of Node holds; a key of a kind that cannot verify what is there throws. */
function holds(check) {
	try {
		return check();
	} catch {
		return false;
	}
}
// src/formats/fulcio-identity.ts
/** @see https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const ARC = "1.3.6.1.4.1.57264.1.";
/** Last arcs whose value is a DER string. */
const DER = {
	issuer: 8,
	buildSigner: 9,
	runner: 11,
	repository: 12,
	commit: 13,
	ref: 14,
	buildConfig: 18
};
/** Last arcs of the certificates before May 2023, whose value is the text itself. */
const RAW = {
	issuer: 1,
	commit: 3,
	repository: 5,
	ref: 6
};
/** Issuer of GitHub's tokens, and where its repositories are. */
const GITHUB = {
	issuer: "https://token.actions.githubusercontent.com",
	server: "https://github.com/"
};
/** Issuer of GitLab's tokens, and where its repositories are. */
const GITLAB = {
	issuer: "https://gitlab.com",
	server: "https://gitlab.com/"
};
/** Reads who a Fulcio certificate is for. Only call it with extensions of a certificate that was verified. */
function fulcioIdentity(name, extensions) {
	const valueOf = (arc) => extensions.find(({ oid }) => oid === `${ARC}${arc}`)?.value;
	const der = (arc) => derText(valueOf(arc));
	const raw = (arc) => plainText(valueOf(arc));
	const issuer = der(DER.issuer) ?? raw(RAW.issuer);
	const repository = der(DER.repository) ?? oldRepository(issuer, raw(RAW.repository));
	const workflow = der(DER.buildConfig) ?? oldWorkflow(name, repository);
	const builder = der(DER.buildSigner);
	return {
		identity: name,
		...given("issuer", issuer),
		...given("repository", repository),
		...given("commit", der(DER.commit) ?? raw(RAW.commit)),
		...given("ref", der(DER.ref) ?? raw(RAW.ref)),
		...given("workflow", workflow),
		...given("builder", builder === workflow ? void 0 : builder),
		...given("runner", der(DER.runner))
	};
}
function given(name, value) {
	return value === void 0 ? {} : { [name]: value };
}
/** The old form has no host; only GitHub's certificates had it. */
function oldRepository(issuer, repository) {
	return issuer === GITHUB.issuer && repository !== void 0 ? `${GITHUB.server}${repository}` : void 0;
}
/** The old form names the workflow that signed; it is the one that was started when it is of the repository. */
function oldWorkflow(name, repository) {
	return repository !== void 0 && name.startsWith(`${repository}/`) ? name : void 0;
}
const UTF8_STRING = 12;
const IA5_STRING = 22;
const PRINTABLE_STRING = 19;
/**
* A string of DER; nothing when it is anything else.
*
* @see https://www.itu.int/rec/T-REC-X.690 8.1.3, 8.23
*/
function derText(bytes) {
	const [tag, first = 128] = bytes ?? [];
	if (bytes === void 0 || ![
		UTF8_STRING,
		IA5_STRING,
		PRINTABLE_STRING
	].includes(tag ?? 0)) return;
	const lengthBytes = first < 128 ? 0 : first - 128;
	if (lengthBytes > 2 || first >= 128 && lengthBytes === 0) return void 0;
	const length = lengthBytes === 0 ? first : bytesToNumber(bytes.subarray(2, 2 + lengthBytes));
	const content = bytes.subarray(2 + lengthBytes);
	return content.length === length ? plainText(content) : void 0;
}
function bytesToNumber(bytes) {
	return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
function plainText(bytes) {
	if (bytes === void 0 || bytes.length === 0) return void 0;
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return;
	}
}
// src/services/sigstore-verify/certificate.ts
const OID = {
	keyUsage: "2.5.29.15",
	names: "2.5.29.17",
	basicConstraints: "2.5.29.19",
	usages: "2.5.29.37",
	codeSigning: "1.3.6.1.5.5.7.3.3"
};
/** What a verifier must know or refuse, and is looked at here or by the library. */
const KNOWN = /* @__PURE__ */ new Set([
	OID.keyUsage,
	OID.names,
	OID.basicConstraints,
	OID.usages
]);
/** Tags of the names that are read: an e-mail address and a URI. */
const NAME_TAGS = [1, 6];
/**
* Looks at what the library leaves out of a certificate that its authority truly issued: what it is for, and whether
* there are two ways to read it.
*
* @returns what is wrong, as text
* @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2
* @see https://github.com/sigstore/fulcio/blob/main/docs/certificate-specification.md
*/
function certificateFault(certificate) {
	const seen = /* @__PURE__ */ new Set();
	for (const { subs } of certificate.extensions) {
		const oid = subs[0]?.toOID() ?? "";
		if (seen.has(oid)) return `its certificate has an extension twice: ${oid}`;
		seen.add(oid);
		if (subs.length === 3 && subs[1]?.toBoolean() === true && !KNOWN.has(oid)) return `its certificate has a critical extension that is not known: ${oid}`;
	}
	return usageFault(certificate) ?? nameFault(certificate);
}
function usageFault(certificate) {
	if (certificate.extBasicConstraints?.isCA === true) return "its certificate is one of an authority, expected one for signing";
	if (certificate.extKeyUsage?.digitalSignature === false) return "its certificate is for a key that may not sign";
	return (certificate.extension(OID.usages)?.valueObj.subs[0]?.subs ?? []).some((usage) => usage.toOID() === OID.codeSigning) ? void 0 : "its certificate is not for signing code";
}
/** The library takes the first name of a kind, and cuts every letter of it to seven bits. */
function nameFault(certificate) {
	const names = certificate.extension(OID.names)?.valueObj.subs[0]?.subs ?? [];
	const [name] = names;
	if (name === void 0 || names.length > 1) return `its certificate is for ${names.length} names, expected one`;
	if (!NAME_TAGS.some((tag) => name.tag.isContextSpecific(tag))) return "its certificate is for neither a URI nor an e-mail address";
	return name.value.every((byte) => byte > 32 && byte < 127) ? void 0 : "its certificate is for a name with letters that such a name cannot have";
}
// src/services/sigstore-verify/diagnosis.ts
/**
* Finds out why the library refused, where it has one message for everything that can be wrong with a part.
*
* @returns the reason without a final period; nothing when the library's own message says it
*/
function diagnosisOf(error, entity, trust) {
	switch (require_errors.messageOf(error)) {
		case "timestamp could not be verified": return firstOf(timestampsOf(entity), (one) => timestampProblem(one, entity, trust));
		case "inclusion promise could not be verified": return firstOf(entity.tlogEntries, (entry) => foreignLog(entry, trust)) ?? "a log entry is not as its log promised it: its content, place or time is another";
		case "invalid checkpoint signature": return firstOf(entity.tlogEntries, (entry) => foreignLog(entry, trust)) ?? firstOf(entity.tlogEntries, (entry) => foreignCheckpoint(entry, trust)) ?? "the checkpoint of a log entry is not signed by its log";
		case "SCT verification failed": return onCertificate(entity, (certificate) => sctProblem(certificate, trust));
		case "Failed to verify certificate chain": return onCertificate(entity, (certificate) => chainProblem(certificate, entity, trust));
		default: return unreadable(error, entity);
	}
}
/** Errors without a code are those of its reader, which do not say what they are of. */
function unreadable(error, entity) {
	if (Error.isError(error) && "code" in error) return void 0;
	if (entity.tlogEntries.some(({ inclusionProof }) => inclusionProof !== void 0 && inclusionProof.checkpoint === void 0)) return "the proof of a log entry has no checkpoint";
	if (timestampsOf(entity).some((one) => fails(() => one.signingTime))) return "a timestamp cannot be read, or is a refusal to give one";
	return onCertificate(entity, ({ extSCT }) => fails(() => extSCT?.signedCertificateTimestamps) ? "its SCT cannot be read" : void 0) ?? `it cannot be read: ${require_errors.messageOf(error)}`;
}
function timestampProblem(timestamp, { signature }, { timestampAuthorities }) {
	const { signingTime: time, signerSerialNumber, signerIssuer } = timestamp;
	const named = timestampAuthorities.filter(({ certChain: [leaf] }) => leaf?.serialNumber.equals(signerSerialNumber) === true && leaf.issuer.equals(signerIssuer));
	if (named.length === 0) return "a timestamp is of an authority that the trusted root does not have";
	const [leaf] = named.filter(({ validFor, certChain }) => isWithin(validFor, time) && certChain.every((one) => one.validForDate(time)))[0]?.certChain ?? [];
	if (leaf === void 0) return `a timestamp is from ${iso(time)}, when its authority did not count`;
	if (fails(() => {
		timestamp.tstInfo.verify(signature.signature);
	})) return "a timestamp is of another signature";
	return "a timestamp is not signed by the authority that it names";
}
function foreignLog({ logId: { keyId }, inclusionPromise, integratedTime }, { tlogs }) {
	const known = tlogs.filter(({ logID }) => logID.equals(keyId));
	if (known.length === 0) return `a log entry is of a log that the trusted root does not have: ${keyId.toString("hex").slice(0, 64)}`;
	const time = /* @__PURE__ */ new Date(Number(integratedTime) * 1e3);
	return inclusionPromise === void 0 || known.some(({ validFor }) => isWithin(validFor, time)) ? void 0 : `a log entry is from ${iso(time)}, when its log did not count`;
}
function foreignCheckpoint({ logId, inclusionProof }, { tlogs }) {
	const log = tlogs.find(({ logID }) => logID.equals(logId.keyId));
	if (log === void 0 || inclusionProof?.checkpoint === void 0) return void 0;
	const own = [...inclusionProof.checkpoint.envelope.matchAll(/\u2014 (\S+) (\S+)\n/g)].find(([, , bytes = ""]) => Buffer.from(bytes, "base64").subarray(0, 4).equals(log.logID.subarray(0, 4)));
	if (own === void 0) return "the checkpoint of a log entry is signed by another log";
	const [, name = ""] = own;
	return log.baseURL.includes(name) ? void 0 : `the checkpoint of a log entry is signed in the name of "${name.slice(0, 80)}", expected its log`;
}
function sctProblem({ extSCT }, { ctlogs }) {
	return firstOf(extSCT?.signedCertificateTimestamps ?? [], ({ logID, datetime }) => {
		const known = ctlogs.filter((log) => log.logID.equals(logID));
		if (known.length === 0) return "its SCT is of a log of certificates that the trusted root does not have";
		return known.some(({ validFor }) => isWithin(validFor, datetime)) ? "its SCT is not of this certificate, or not signed by its log" : `its SCT is from ${iso(datetime)}, when its log did not count`;
	});
}
function chainProblem(certificate, entity, { certificateAuthorities }) {
	const { issuer, subject, notBefore, notAfter } = certificate;
	if (issuer.equals(subject)) return "its certificate is self-signed";
	const named = certificateAuthorities.flatMap(({ certChain, validFor }) => certChain.flatMap((one) => one.subject.equals(issuer) ? [{
		one,
		validFor
	}] : []));
	if (named.length === 0) return "its certificate is of an authority that the trusted root does not have";
	if (!named.some(({ one }) => holds(() => certificate.verify(one)))) return "its certificate is not signed by the authority that it names";
	return firstOf(statedTimes(entity), (time) => {
		if (!certificate.validForDate(time)) return `its certificate counts from ${iso(notBefore)} until ${iso(notAfter)}, not at ${iso(time)}`;
		return named.some(({ validFor }) => isWithin(validFor, time)) ? void 0 : `its certificate was used at ${iso(time)}, when its authority did not count`;
	});
}
/** Those that the certificate is held against. */
function statedTimes(entity) {
	return entity.timestamps.flatMap((one) => {
		if (one.$case === "timestamp-authority") return one.timestamp.signingTime;
		const { inclusionPromise, integratedTime } = one.tlogEntry;
		return inclusionPromise === void 0 ? [] : /* @__PURE__ */ new Date(Number(integratedTime) * 1e3);
	});
}
function timestampsOf({ timestamps }) {
	return timestamps.flatMap((one) => one.$case === "timestamp-authority" ? one.timestamp : []);
}
function onCertificate({ key }, problemOf) {
	return key.$case === "certificate" ? problemOf(key.certificate) : void 0;
}
function firstOf(values, problemOf) {
	for (const value of values) {
		const problem = problemOf(value);
		if (problem !== void 0) return problem;
	}
}
function isWithin({ start, end }, time) {
	return start <= time && time <= end;
}
function fails(task) {
	return !holds(() => {
		task();
		return true;
	});
}
/** Times of others may be none. */
function iso(time) {
	return Number.isNaN(time.getTime()) ? "no time" : time.toISOString().replace(/\.\d+Z$/, "Z");
}
// src/services/sigstore-verify/log-entry.ts
/**
* Holds what a log entry says about the signer to the bundle itself: the entry could be somebody else's, over the
* same signature.
*
* @param body the entry's canonical body, whose inclusion is proven elsewhere
* @returns what differs, as text
* @see https://github.com/sigstore/rekor/tree/main/pkg/types
*/
function loggedSignerMismatch(body, { key, certificate }) {
	const logged = verifierIn(require_run.jsonObjectOf(parsed(body)) ?? {});
	if (logged === void 0) return "a log entry does not say with what it was signed";
	const what = certificate === void 0 ? "public key" : "certificate";
	return (certificate === void 0 ? logged.kind === "key" && isKey(logged.der, key) : logged.kind === "certificate" && Buffer.compare(logged.der, certificate) === 0) ? void 0 : `a log entry is of another ${what} than the bundle's`;
}
/** The one place where each kind of entry has it. */
function verifierIn({ kind, apiVersion, spec }) {
	const fields = require_run.jsonObjectOf(spec) ?? {};
	switch (`${text(kind)} ${text(apiVersion)}`) {
		case "hashedrekord 0.0.1": return pemIn(object(object(fields, "signature"), "publicKey")["content"]);
		case "dsse 0.0.1": return pemIn(first(fields["signatures"])["verifier"]);
		case "intoto 0.0.1": return pemIn(fields["publicKey"]);
		case "intoto 0.0.2": return pemIn(first(object(object(fields, "content"), "envelope")["signatures"])["publicKey"]);
		case "hashedrekord 0.0.2": return derIn(object(object(object(fields, "hashedRekordV002"), "signature"), "verifier"));
		case "dsse 0.0.2": {
			const { signatures } = object(fields, "dsseV002");
			return derIn(object(first(signatures), "verifier"));
		}
		default: return;
	}
}
const PEM = /^\s*-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\s]+)-----END /;
/** Rekor v1: base64 of a PEM text, of which the first block counts. */
function pemIn(base64) {
	if (typeof base64 !== "string") return void 0;
	const [, label, content = ""] = PEM.exec(Buffer.from(base64, "base64").toString("latin1")) ?? [];
	if (label === void 0) return void 0;
	const der = Buffer.from(content, "base64");
	return {
		kind: label === "CERTIFICATE" ? "certificate" : "key",
		der
	};
}
/** Rekor v2: base64 of DER. */
function derIn(verifier) {
	const certificate = object(verifier, "x509Certificate")["rawBytes"];
	if (typeof certificate === "string") return {
		kind: "certificate",
		der: Buffer.from(certificate, "base64")
	};
	const key = object(verifier, "publicKey")["rawBytes"];
	return typeof key === "string" ? {
		kind: "key",
		der: Buffer.from(key, "base64")
	} : void 0;
}
function isKey(der, key) {
	try {
		return (0, node_crypto.createPublicKey)({
			key: der,
			format: "der",
			type: "spki"
		}).equals(key);
	} catch {
		return false;
	}
}
function parsed(body) {
	try {
		return JSON.parse(new TextDecoder().decode(body));
	} catch {
		return;
	}
}
function object(value, name) {
	return require_run.jsonObjectOf(value[name]) ?? {};
}
function first(list) {
	return (Array.isArray(list) && list.length === 1 ? require_run.jsonObjectOf(list[0]) : void 0) ?? {};
}
function text(value) {
	return typeof value === "string" ? value : "";
}
// src/services/sigstore-verify/log-proof.ts
/**
* Holds what a log entry says beside its proof to what is proven: the library believes the checkpoint, and leaves the
* rest alone.
*
* @returns what differs, as text
*/
function statedMismatch({ kindVersion: { kind, version }, logIndex, inclusionProof: proof }) {
	if (proof?.checkpoint === void 0) return void 0;
	const [, size = "", root = ""] = proof.checkpoint.envelope.split("\n");
	if (proof.treeSize !== size) return `a log entry states a log of ${proof.treeSize.slice(0, 20)} entries, and its checkpoint one of ${size}`;
	if (!Buffer.from(root, "base64").equals(proof.rootHash)) return "a log entry states another root of its log than its checkpoint";
	return version === "0.0.2" && kind !== "intoto" && logIndex !== proof.logIndex ? `a log entry states that it is number ${logIndex.slice(0, 20)}, and its proof is for number ${proof.logIndex.slice(0, 20)}` : void 0;
}
/**
* Says whether the log of an entry counted when the entry was made. The library only looks where the log promised a
* time: of others the time is what is proven elsewhere.
*
* @param times proven ones, in milliseconds; nothing can be said without one
*/
function retiredLog({ inclusionPromise, logId }, times, { tlogs }) {
	if (inclusionPromise !== void 0 || times.length === 0) return void 0;
	return tlogs.filter(({ logID }) => logID.equals(logId.keyId)).some(({ validFor: { start, end } }) => times.some((time) => start.getTime() <= time && time <= end.getTime())) ? void 0 : "a log entry is of a log that did not count at the time of signing";
}
// src/services/sigstore-verify/old-entry.ts
/**
* Whether an entry is of the kind that cosign had attestations logged as until August 2023. The library knows no body
* of it; images that were built then carry it for ever.
*/
function isOldEntry({ kindVersion: { kind, version } }) {
	return kind === "intoto" && version === "0.0.1";
}
/**
* Verifies such an entry: the log's promise, and that it is of exactly this envelope. With what it was signed is
* compared elsewhere, as for every entry.
*
* @param envelope as it was logged: the layer of an attestation; absent, nothing can be said
* @returns what does not hold, as text
* @see https://github.com/sigstore/rekor/blob/main/pkg/types/intoto/v0.0.1/intoto_v0_0_1_schema.json
*/
function oldEntryFault(entry, envelope, material) {
	const { kind, apiVersion, spec } = require_run.jsonObjectIn(entry.canonicalizedBody) ?? {};
	if (kind !== "intoto" || apiVersion !== "0.0.1") return "a log entry is of another kind than it says";
	if (entry.inclusionProof !== void 0 || envelope === void 0) return "a log entry is of the kind intoto 0.0.1, which counts for older attestations of images only";
	const hash = require_run.jsonObjectOf(require_run.jsonObjectOf(require_run.jsonObjectOf(spec)?.["content"])?.["hash"]) ?? {};
	if ((hash["algorithm"] === "sha256" ? hash["value"] : void 0) !== (0, node_crypto.createHash)("sha256").update(envelope).digest("hex")) return "a log entry is of another envelope";
	return isPromised(entry, material) ? void 0 : "a log entry is not as its log promised it";
}
/** @see https://github.com/sigstore/rekor/blob/main/pkg/api/entries.go */
function isPromised({ logId, integratedTime, logIndex, canonicalizedBody, inclusionPromise }, { tlogs }) {
	if (inclusionPromise === void 0) return false;
	const time = Number(integratedTime);
	const promised = {
		body: canonicalizedBody.toString("base64"),
		integratedTime: time,
		logID: logId.keyId.toString("hex"),
		logIndex: Number(logIndex)
	};
	const text = Buffer.from(JSON.stringify(promised));
	return tlogs.some(({ logID, publicKey, validFor: { start, end } }) => {
		return start.getTime() <= time * 1e3 && time * 1e3 <= end.getTime() && logID.equals(logId.keyId) && (0, node_crypto.verify)("sha256", text, publicKey, inclusionPromise.signedEntryTimestamp);
	});
}
// src/services/sigstore-verify/refusal.ts
/** Beginnings of the library's codes. */
const CHECKS = [
	[/^TLOG_/, "log entry"],
	[/^TIMESTAMP_/, "time"],
	[/^CERTIFICATE_/, "certificate"],
	[/^PUBLIC_KEY_/, "public key"],
	[/^SIGNATURE_/, "signature"]
];
/** Which check an error of the library is of. */
function checkOf(error) {
	const code = Error.isError(error) && "code" in error ? error.code : void 0;
	return CHECKS.find(([begin]) => typeof code === "string" && begin.test(code))?.[1] ?? "form";
}
/** The library's message, with that of its cause: which says more. */
function reasonOf(error) {
	const cause = Error.isError(error) ? error.cause : void 0;
	const fields = Error.isError(error) && "fields" in error ? error.fields : void 0;
	return [
		require_errors.messageOf(error),
		...cause === void 0 ? [] : [require_errors.messageOf(cause)],
		...Array.isArray(fields) ? [fields.join(", ")] : []
	].join(": ").slice(0, 300);
}
/** Whether what failed is that somebody is not known, who may not have been there when the trust material was made. */
function isNewer(bundle, given) {
	const material = require_run.jsonObjectOf(require_run.jsonObjectOf(bundle)?.["verificationMaterial"]) ?? {};
	const unknownLog = (Array.isArray(material["tlogEntries"]) ? material["tlogEntries"] : []).some((entry) => {
		const { keyId } = require_run.jsonObjectOf(require_run.jsonObjectOf(entry)?.["logId"]) ?? {};
		return typeof keyId === "string" && !given.logIds.has(keyId);
	});
	const { error } = given;
	const code = Error.isError(error) && "code" in error ? error.code : void 0;
	return (unknownLog || code === "CERTIFICATE_ERROR") && statedTime(material) > Date.parse(given.asOf);
}
/** When the certificate says that it begins, in milliseconds; 0 without one. */
function statedTime({ certificate, x509CertificateChain }) {
	const chain = require_run.jsonObjectOf(x509CertificateChain)?.["certificates"];
	const { rawBytes } = require_run.jsonObjectOf(certificate ?? (Array.isArray(chain) ? chain[0] : void 0)) ?? {};
	if (typeof rawBytes !== "string") return 0;
	try {
		return new node_crypto.X509Certificate(Buffer.from(rawBytes, "base64")).validFromDate.getTime();
	} catch {
		return 0;
	}
}
// src/services/sigstore-verify/verified.ts
/** A refusal that newer trust material would not change. */
function refused(check, reason) {
	return {
		check,
		refused: reason,
		unknownAuthority: false
	};
}
// src/services/sigstore-verify/written-once.ts
/**
* Has certificates keep what they are written as. The library compares them by writing them out, anew each time: half
* of the time that a bundle takes. Nothing changes them; what it does change are copies, which are written anew.
*/
function writtenOnce(certificates) {
	for (const { root } of certificates) {
		keep(root);
		const [body] = root.subs;
		if (body) keep(body);
	}
}
function keep(part) {
	const write = part.toDER.bind(part);
	let written;
	part.toDER = () => written ??= write();
}
// src/services/sigstore-verify/opened.ts
/** A bundle names a key that is not among those given. */
var UnknownKey = class extends Error {};
/** An error of the library that says why. */
var Diagnosed = class extends Error {
	code;
	constructor(message, error) {
		super(message);
		if (Error.isError(error) && "code" in error) this.code = error.code;
	}
};
/** Loads the library and the trust material. @throws Error when the trusted root is none */
async function knownOf(trust) {
	const [{ bundleFromJSON }, { TrustedRoot }, library] = await Promise.all([
		Promise.resolve().then(() => require("./chunk-sigstore.js")).then((n) => /* @__PURE__ */ require_rolldown_runtime.__toESM(n.require_dist$1(), 1)),
		Promise.resolve().then(() => require("./chunk-sigstore.js")).then((n) => /* @__PURE__ */ require_rolldown_runtime.__toESM(n.require_dist$2(), 1)),
		Promise.resolve().then(() => require("./chunk-sigstore.js")).then((n) => /* @__PURE__ */ require_rolldown_runtime.__toESM(n.require_dist(), 1))
	]);
	const root = TrustedRoot.fromJSON(trust.trustedRoot);
	if (root.tlogs.some(({ publicKey }) => publicKey?.validFor?.start === void 0)) throw new Error("Cannot use the trusted root: a log has no start of validity");
	const logIds = new Set(root.tlogs.map(({ logId }) => logId?.keyId.toString("base64")));
	const material = library.toTrustMaterial(root, keyFinder(trust.keys));
	writtenOnce(authoritiesIn(material));
	const { log, timestamp } = trust.thresholds ?? {
		log: 1,
		timestamp: 1
	};
	const judgeWith = (options) => {
		const besides = new library.Verifier(material, {
			...options,
			tlogThreshold: 0
		});
		return {
			verifier: new library.Verifier(material, options),
			besides,
			material
		};
	};
	const judges = {
		key: judgeWith({
			tlogThreshold: log,
			timestampThreshold: timestamp
		}),
		certificate: judgeWith({
			ctlogThreshold: root.ctlogs.length === 0 ? 0 : 1,
			tlogThreshold: root.tlogs.length === 0 || trust.timestampOnly === true ? 0 : 1,
			timestampThreshold: 1
		})
	};
	const candidates = (opened) => trustedKeysOf(trust, opened);
	return {
		open(bundle) {
			const parsed = bundleFromJSON(bundle);
			return {
				parsed,
				entity: entityOf(parsed, library.toSignedEntity)
			};
		},
		candidates(opened) {
			const { key } = opened.entity;
			if (key.$case === "public-key") return candidates(opened).map((trusted) => trusted.key);
			return [(0, node_crypto.createPublicKey)({
				key: key.certificate.publicKey,
				format: "der",
				type: "spki"
			})];
		},
		signedBy(opened) {
			if (opened.entity.key.$case === "certificate") return verifiedBy(judges.certificate, opened);
			return firstThatSigned(candidates(opened), judges.key, opened);
		},
		guarded(bundle, task) {
			try {
				return task();
			} catch (error) {
				const isUnknownKey = error instanceof UnknownKey;
				return {
					check: isUnknownKey ? "public key" : checkOf(error),
					refused: reasonOf(error),
					unknownAuthority: isUnknownKey || isNewer(bundle, {
						asOf: trust.asOf,
						logIds,
						error
					})
				};
			}
		}
	};
}
function authoritiesIn({ certificateAuthorities, timestampAuthorities }) {
	return [...certificateAuthorities, ...timestampAuthorities].flatMap(({ certChain }) => certChain);
}
/** @throws Diagnosed when a part of it cannot be read */
function entityOf(bundle, read) {
	try {
		const entity = read(bundle, Buffer.alloc(0));
		if (entity.key.$case === "certificate") writtenOnce([entity.key.certificate]);
		return entity;
	} catch (error) {
		throw new Diagnosed(`a certificate or timestamp cannot be read: ${require_errors.messageOf(error)}`, error);
	}
}
/** @throws UnknownKey when the bundle names none that is trusted */
function trustedKeysOf({ keys, anyHint }, { entity: { key } }) {
	const hint = key.$case === "public-key" ? key.hint : "";
	const named = anyHint === true ? keys : keys.filter(({ id }) => id === hint);
	if (named.length > 0) return named;
	throw new UnknownKey(keys.length === 0 ? `it is signed with a key, "${hint.slice(0, 80)}", and no key is trusted` : `no known key has the id "${hint.slice(0, 80)}"`);
}
/** @throws what was wrong with the last key, when none has signed it */
function firstThatSigned(keys, judge, opened) {
	let problem;
	for (const trusted of keys) {
		const key = {
			$case: "public-key",
			hint: trusted.id
		};
		try {
			const found = verifiedBy(judge, {
				...opened,
				entity: {
					...opened.entity,
					key
				}
			});
			if ("refused" in found) return found;
			return (trusted.from !== void 0 || trusted.until !== void 0) && found.times.length === 0 ? refused("time", "its key counts for some time only, and no time is proven") : found;
		} catch (error) {
			problem = error;
		}
	}
	throw problem;
}
/** A key counts inside its own window only. */
function keyFinder(keys) {
	return (hint) => {
		const found = keys.find(({ id }) => id === hint);
		if (found === void 0) throw new UnknownKey(`no known key has the id "${hint.slice(0, 80)}"`);
		const { key, from, until } = found;
		return {
			publicKey: key,
			validFor: (date) => (from === void 0 || date.getTime() >= Date.parse(from)) && (until === void 0 || date.getTime() <= Date.parse(until))
		};
	};
}
/** @throws VerificationError or Diagnosed */
function believed({ verifier, material }, entity) {
	try {
		return verifier.verify(entity);
	} catch (error) {
		const reason = diagnosisOf(error, entity, material);
		throw reason === void 0 ? error : new Diagnosed(reason, error);
	}
}
/** Verifies the rest of what has older log entries. @throws VerificationError or Diagnosed */
function besidesOld(judge, entity) {
	const tlogEntries = entity.tlogEntries.filter((entry) => !isOldEntry(entry));
	return believed({
		...judge,
		verifier: judge.besides
	}, {
		...entity,
		tlogEntries
	});
}
/** @throws VerificationError or Diagnosed */
function verifiedBy(judge, opened) {
	const { entity } = opened;
	const old = entity.tlogEntries.filter(isOldEntry);
	for (const entry of old) {
		const fault = oldEntryFault(entry, opened.logged, judge.material);
		if (fault !== void 0) return refused("log entry", fault);
	}
	const { key, identity } = old.length === 0 ? believed(judge, entity) : besidesOld(judge, entity);
	const fault = entity.key.$case === "certificate" ? certificateFault(entity.key.certificate) : void 0;
	if (fault !== void 0) return refused("certificate", fault);
	const certificate = certificateOf(opened);
	const times = timesOf(entity);
	for (const entry of entity.tlogEntries) {
		const mismatch = loggedSignerMismatch(entry.canonicalizedBody, {
			key,
			...certificate && { certificate }
		}) ?? statedMismatch(entry) ?? retiredLog(entry, times.map(Date.parse), judge.material);
		if (mismatch !== void 0) return refused("log entry", mismatch);
	}
	if (entity.key.$case === "public-key") return {
		by: "key",
		signer: { identity: `key ${entity.key.hint}` },
		times
	};
	const extensions = (identity?.oids ?? []).map(({ oid, value }) => ({
		oid: (oid?.id ?? []).join("."),
		value
	}));
	return {
		by: "certificate",
		signer: fulcioIdentity(identity?.subjectAlternativeName ?? "", extensions),
		times
	};
}
/** Those that the library has verified: an entry without a promise states a time that nobody signed. */
function timesOf({ timestamps }) {
	return timestamps.flatMap((one) => {
		if (one.$case === "timestamp-authority") return one.timestamp.signingTime;
		const { inclusionPromise, integratedTime } = one.tlogEntry;
		return inclusionPromise === void 0 ? [] : /* @__PURE__ */ new Date(Number(integratedTime) * 1e3);
	}).map((date) => date.toISOString().replace(/\.\d+Z$/, "Z")).sort();
}
function certificateOf({ parsed }) {
	const { content } = parsed.verificationMaterial;
	if (content.$case === "certificate") return content.certificate.rawBytes;
	return content.$case === "x509CertificateChain" ? content.x509CertificateChain.certificates[0]?.rawBytes : void 0;
}
// src/services/sigstore-verify/shape.ts
/** Most log entries, timestamps and certificates of one bundle: each is compared with each other. */
const MAX_WITNESSES = 8;
/** What today's rules are for: a bundle of another version may mean something else by the same fields. */
const MEDIA_TYPES = [
	"application/vnd.dev.sigstore.bundle.v0.3+json",
	"application/vnd.dev.sigstore.bundle+json;version=0.3",
	"application/vnd.dev.sigstore.bundle+json;version=0.2",
	"application/vnd.dev.sigstore.bundle+json;version=0.1"
];
/**
* Looks at a bundle before the library does: it takes versions that it does not know, of two contents the one that it
* looks for first, and lists of any length.
*
* @returns what is wrong, as text
* @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
*/
function shapeFault(bundle) {
	const object = require_run.jsonObjectOf(bundle);
	if (object === void 0) return "it is no JSON object";
	const { mediaType } = object;
	if (!MEDIA_TYPES.includes(mediaType)) return `it says that it is ${typeof mediaType === "string" ? `"${mediaType.slice(0, 100)}"` : "nothing"}, expected a Sigstore bundle of version 0.1, 0.2 or 0.3`;
	return contentFault(object) ?? materialFault(require_run.jsonObjectOf(object["verificationMaterial"]) ?? {});
}
function contentFault({ dsseEnvelope, messageSignature }) {
	if (isThere(dsseEnvelope) && isThere(messageSignature)) return "it holds both a statement and a signature of bytes";
	if (!isThere(dsseEnvelope)) return isThere(messageSignature) ? void 0 : "it holds neither a statement nor a signature";
	const { payload, signatures } = require_run.jsonObjectOf(dsseEnvelope) ?? {};
	if (typeof payload !== "string") return "its payload is no text";
	const count = Array.isArray(signatures) ? signatures.length : 0;
	return count === 1 ? void 0 : `it has ${count} signatures, expected one`;
}
function materialFault(material) {
	const { publicKey, certificate, x509CertificateChain } = material;
	const signers = [
		publicKey,
		certificate,
		x509CertificateChain
	].filter(isThere).length;
	if (signers !== 1) return signers === 0 ? "it has neither a certificate nor the name of a key" : "it says more than once with what it is signed";
	const { rfc3161Timestamps } = require_run.jsonObjectOf(material["timestampVerificationData"]) ?? {};
	const { certificates } = require_run.jsonObjectOf(x509CertificateChain) ?? {};
	return [
		material["tlogEntries"],
		rfc3161Timestamps,
		certificates
	].some((list) => Array.isArray(list) && list.length > MAX_WITNESSES) ? `it has more than ${MAX_WITNESSES} log entries, timestamps or certificates` : void 0;
}
/** As JSON of the protocol has it: what is null is not there. */
function isThere(value) {
	return value !== void 0 && value !== null;
}
// src/services/sigstore-verify.ts
/**
* Makes a verifier of Sigstore bundles that hold an in-toto statement: signature, certificate chain, signed
* certificate timestamp, log entry with its proof, and time. Whom and what the statement is about is for the
* caller to compare.
*
* @throws Error when the trusted root is none
* @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
*/
async function bundleVerifier(trust) {
	const { verifyStatement } = await sigstoreVerifier(trust);
	return verifyStatement;
}
/** The same for both kinds of bundles. @throws Error when the trusted root is none */
async function sigstoreVerifier(trust) {
	const known = await knownOf(trust);
	return {
		verifyStatement(bundle, stamped) {
			const fault = shapeFault(bundle);
			if (fault !== void 0) return refused("form", fault);
			return known.guarded(bundle, () => statementOf(known, bundle, stamped));
		},
		verifyMessage(bundle, chunks) {
			const fault = shapeFault(bundle);
			if (fault !== void 0) return Promise.resolve(refused("form", fault));
			return verifiedMessage(known, bundle, chunks);
		}
	};
}
function statementOf(known, bundle, stamped) {
	const opened = known.open(bundle);
	const { content } = opened.parsed;
	if (content.$case !== "dsseEnvelope") return refused("form", "it holds no statement");
	const { payload, payloadType } = content.dsseEnvelope;
	const signature = stampedAs(opened.entity.signature, stamped);
	const entity = {
		...opened.entity,
		signature
	};
	const signed = known.signedBy({
		...opened,
		entity,
		...stamped && { logged: stamped }
	});
	if ("refused" in signed) return signed;
	if (payloadType !== "application/vnd.in-toto+json") return refused("statement", `its payload is of type "${payloadType.slice(0, 100)}", expected an in-toto statement`);
	const statement = require_in_toto.statementIn(payload);
	return typeof statement === "string" ? refused("statement", statement) : {
		statement,
		...signed
	};
}
/** The library takes timestamps for those of `signature`; all else goes through the methods. */
function stampedAs(of, stamped) {
	if (stamped === void 0) return of;
	return {
		signature: Buffer.from(stamped),
		compareSignature: (other) => of.compareSignature(other),
		compareDigest: (other) => of.compareDigest(other),
		compareSignedDigest: (other) => of.compareSignedDigest(other),
		verifySignature: (key) => of.verifySignature(key)
	};
}
async function verifiedMessage(known, bundle, chunks) {
	const opened = known.guarded(bundle, () => known.open(bundle));
	if ("refused" in opened) return opened;
	const { content } = opened.parsed;
	if (content.$case !== "messageSignature") return refused("form", "it holds no signature of bytes");
	const { messageDigest, signature } = content.messageSignature;
	const hash = hashNamed(messageDigest.algorithm);
	if (hash === void 0) return refused("form", "its digest is of an unknown algorithm");
	const keys = known.guarded(bundle, () => known.candidates(opened));
	if ("refused" in keys) return keys;
	const read = await readMessage(chunks, {
		hash,
		signature,
		keys
	});
	const stated = messageDigest.digest.toString("hex");
	if (stated !== read.hashed) return refused("signature", `it is of bytes with the ${hash.toUpperCase()} ${stated.slice(0, 128)}, found ${read.hashed}`);
	return known.guarded(bundle, () => {
		const entity = {
			...opened.entity,
			signature: read.content(opened.entity.signature)
		};
		const signed = known.signedBy({
			...opened,
			entity
		});
		return "refused" in signed ? signed : {
			...signed,
			digest: read.digest
		};
	});
}
Object.defineProperty(exports, "GITHUB", {
	enumerable: true,
	get: function() {
		return GITHUB;
	}
});
Object.defineProperty(exports, "GITLAB", {
	enumerable: true,
	get: function() {
		return GITLAB;
	}
});
Object.defineProperty(exports, "bundleVerifier", {
	enumerable: true,
	get: function() {
		return bundleVerifier;
	}
});
Object.defineProperty(exports, "fulcioIdentity", {
	enumerable: true,
	get: function() {
		return fulcioIdentity;
	}
});
Object.defineProperty(exports, "sigstoreVerifier", {
	enumerable: true,
	get: function() {
		return sigstoreVerifier;
	}
});
